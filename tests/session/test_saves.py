"""The folder of saves, what a list shows of them, and turns printed as text."""

from __future__ import annotations

import re
from pathlib import Path
from random import Random

import pytest

from tests.session.playing import harbour, new, play
from wargame.errors import JournalError
from wargame.session import saves
from wargame.session.session import Session
from wargame.session.show import show


@pytest.fixture
def game(tmp_path: Path) -> Session:
    """A finished game, closed."""
    session = play(new(tmp_path / "game.jsonl", seed=6), Random(6))
    session.close()
    return session


def test_saves_go_to_the_checkout_or_where_the_environment_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(saves.FOLDER_VARIABLE, raising=False)
    assert saves.folder() == Path(saves.__file__).parents[2] / "saves"
    monkeypatch.setenv(saves.FOLDER_VARIABLE, str(tmp_path))
    assert saves.folder() == tmp_path


def test_an_installed_program_saves_in_the_platforms_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(saves.FOLDER_VARIABLE, raising=False)
    monkeypatch.setattr(saves, "_is_checkout", lambda place: False)

    assert saves.folder().parts[-2:] == ("wargame", "saves")


@pytest.mark.parametrize("name", ["harbour", "../../etc/passwd", "CON", "", "ü" * 300, "a b\n\x1b[31m"])
def test_names_of_saves_are_from_a_safe_alphabet(tmp_path: Path, name: str) -> None:
    path = saves.new_path(name, tmp_path / "not" / "yet")

    assert path.parent == tmp_path / "not" / "yet"
    assert path.parent.is_dir()
    assert re.fullmatch(r"[a-z0-9-]{1,40}-\d{8}-\d{6}-[0-9a-f]{4}\.jsonl", path.name)


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(JournalError, match="no folder for saves"):
        saves.new_path("harbour", tmp_path / "file" / "saves")


def test_a_game_without_a_path_goes_to_the_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(saves.FOLDER_VARIABLE, str(tmp_path))
    session = Session.create(harbour(), seed=1)
    session.close()

    assert [each.path for each in saves.listing()] == [session.path]


def test_the_list_shows_every_save_whatever_its_state(game: Session, tmp_path: Path) -> None:
    content = game.path.read_bytes()
    (tmp_path / "torn.jsonl").write_bytes(content[:-9])
    (tmp_path / "damaged.jsonl").write_bytes(content[:9000] + b"#" + content[9001:])
    (tmp_path / "empty.jsonl").write_bytes(b"")
    (tmp_path / "garbage.jsonl").write_bytes(b"\xff" * 999)
    (tmp_path / "folder.jsonl").mkdir()
    (tmp_path / "notes.txt").write_text("not a save")
    listed = {each.path.name: each for each in saves.listing(tmp_path)}

    assert {name: each.verdict for name, each in listed.items()} == {
        "game.jsonl": "clean",
        "torn.jsonl": "torn",
        "damaged.jsonl": "damaged",
        "empty.jsonl": "damaged",
        "garbage.jsonl": "damaged",
        "folder.jsonl": "damaged",
    }
    whole = listed["game.jsonl"]
    assert (whole.title, whole.role, whole.turn) == ("Harbour", "mayor, union, press", game.turn)
    assert whole.ending == game.ending
    assert re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d", whole.date)
    assert listed["torn.jsonl"].ending is None


def test_a_missing_folder_has_no_saves(tmp_path: Path) -> None:
    assert saves.listing(tmp_path / "none") == ()


def test_looking_at_the_list_changes_nothing(game: Session, tmp_path: Path) -> None:
    (tmp_path / "torn.jsonl").write_bytes(game.path.read_bytes()[:-9])
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    saves.listing(tmp_path)
    show(tmp_path / "torn.jsonl")

    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


# --- Show


def test_every_turn_can_be_shown_from_every_chair(game: Session) -> None:
    for role in (*game.scenario.roles, "control"):
        for turn in range(1, game.turn + 1):
            text = show(game.path, turn, role)

            assert text.startswith(f"Harbour\nTurn {turn} of 5: ")
            assert max(map(len, text.splitlines())) <= 100
            assert "\x1b" not in text


def test_the_last_turn_is_shown_without_being_named(game: Session) -> None:
    assert show(game.path) == show(game.path, game.turn)
    assert "The end" in show(game.path)
    assert "The end" not in show(game.path, 1)


def test_a_role_is_shown_its_own_orders_and_no_seed(game: Session) -> None:
    everything, own = show(game.path, 1), show(game.path, 1, "union")

    assert "seed 6" in everything
    assert "seed" not in own
    orders = own.split("\nOrders\n")[1].split("\n\n")[0]
    assert all(line.startswith(("  The union:", "    ")) for line in orders.splitlines())


def test_a_turn_in_progress_shows_what_was_chosen(tmp_path: Path) -> None:
    from wargame.session.seat import Submission

    session = new(tmp_path / "game.jsonl")
    seat = session.seat("mayor")
    seat.say("to work")
    seat.draft([Submission(seat.legal()[0], "habit", confidence=80)])
    session.seat("union").submit([])
    session.close()
    text = show(session.path, role="control")

    assert "Orders so far\n  The union: none\n" in text
    assert "(because: habit; sure: 80%)" in text.split("Chosen, not locked")[1]
    assert "The mayor: to work" in text
    assert "Chosen" not in show(session.path, 1, "union")
    assert "The union: none" not in show(session.path), "nothing of another seat without being asked"


@pytest.mark.parametrize(
    ("turn", "role", "words"), [(99, "control", "no turn 99"), (1, "king", "no role 'king'")]
)
def test_what_is_not_there_is_told(game: Session, turn: int, role: str, words: str) -> None:
    with pytest.raises(JournalError, match=words):
        show(game.path, turn, role)
