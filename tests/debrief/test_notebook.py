"""Bookmarks and notes: kept beside the save, read back as written, and never in the way."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from wargame.debrief.notebook import MOST_MARKS, TEXT_LIMIT, Mark, NotesError, add, load, notes_path, remove
from wargame.text import clean_text, hidden_characters

marks = st.builds(
    Mark,
    st.integers(1, 12),
    st.integers(0, 300),
    st.sampled_from(["tokayev", "control"]),
    st.text(max_size=40)
    | st.sampled_from(["'''", '"""', "\x1b]0;PWNED\x07", "[red]", "a\r\nb", "= 1\n[mark]"]),
)


@pytest.fixture
def save(tmp_path: Path) -> Path:
    path = tmp_path / "game.jsonl"
    path.write_bytes(b"the save\n")
    return path


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(given_marks=st.lists(marks, max_size=6))
def test_what_is_noted_is_read_back_clean_and_the_save_is_not_touched(
    save: Path, given_marks: list[Mark]
) -> None:
    notes_path(save).unlink(missing_ok=True)
    for mark in given_marks:
        add(save, mark)
    found = load(save)

    wanted = {(m.turn, m.stop, m.chair, clean_text(m.text, newlines=5).strip()) for m in given_marks}
    assert {(m.turn, m.stop, m.chair, m.text) for m in found.marks} == wanted
    assert not any(hidden_characters(m.text) for m in found.marks)
    assert [m.turn for m in found.marks] == sorted(m.turn for m in found.marks)
    assert save.read_bytes() == b"the save\n"
    for mark in found.marks:
        remove(save, mark)
    assert load(save).marks == ()


def test_comments_of_the_owner_stay(save: Path) -> None:
    add(save, Mark(3, 0, "control", "first"))
    file = notes_path(save)
    file.write_text(file.read_text("utf-8") + "# mine\n", "utf-8")
    add(save, Mark(4, 2, "control"))

    text = file.read_text("utf-8")
    assert "# mine" in text and "no part of the game" in text
    assert [mark.turn for mark in load(save).marks] == [3, 4]


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"turn = ", "no TOML"),
        (b"\xff\xfe", "UTF-8"),
        (b"mark = 3", "a list of tables"),
        (b"mark = [1]", "mark 1 is no table"),
        (b"[[mark]]\nturn = true\nstop = 0", "'turn' must be a number"),
        (b"[[mark]]\nturn = 1\nstop = -1", "'stop' must be a number"),
        (b"[[mark]]\nturn = 1\nstop = 1\ntext = 3", "must be words"),
        (b"a = '\x1b[31m'", "no TOML"),
        (b"x = " + b"[" * 5000, "no TOML"),
    ],
)
def test_a_damaged_file_is_named_and_left_alone(save: Path, content: bytes, why: str) -> None:
    notes_path(save).write_bytes(content)
    found = load(save)

    assert why in found.fault and "game.jsonl.notes.toml" in found.fault and found.marks == ()
    assert "\n" not in found.fault and not hidden_characters(found.fault)
    with pytest.raises(NotesError, match=r"game\.jsonl"):
        add(save, Mark(1, 0, "control"))
    assert notes_path(save).read_bytes() == content


def test_a_folder_in_its_place_and_a_folder_that_takes_nothing_are_named(save: Path) -> None:
    notes_path(save).mkdir()
    assert "no file" in load(save).fault

    with pytest.raises(NotesError, match="not kept"):
        add(save.parent / "gone" / "game.jsonl", Mark(1, 0, "control"))


def test_there_are_limits(save: Path) -> None:
    with pytest.raises(NotesError, match="2,001 characters"):
        add(save, Mark(1, 0, "control", "x" * (TEXT_LIMIT + 1)))
    rows = [f"[[mark]]\nturn = 1\nstop = {number}\nchair = 'control'\n" for number in range(MOST_MARKS)]
    notes_path(save).write_text("".join(rows), "utf-8")
    with pytest.raises(NotesError, match="strike one out"):
        add(save, Mark(2, 0, "control"))


def test_the_same_mark_twice_is_one(save: Path) -> None:
    add(save, Mark(2, 1, "control", "look here"))

    assert len(add(save, Mark(2, 1, "control", "look here")).marks) == 1


def test_notes_made_at_once_are_all_kept(save: Path) -> None:
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda number: add(save, Mark(1, number, "control")), range(12)))

    assert [mark.stop for mark in load(save).marks] == list(range(12))
