"""The verdicts on saves: torn, newer, forged, and of rules that differ."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from random import Random

import pytest

from tests.session.playing import new, play
from wargame.errors import JournalError
from wargame.rules.kernel import Kernel
from wargame.session.codec import kind_of, structure, unstructure
from wargame.session.entries import (
    KINDS,
    AdviserSet,
    Argued,
    Branch,
    ClockSet,
    Header,
    Injected,
    Noted,
    Released,
    Ruling,
    SeatChanged,
)
from wargame.session.records import Record, encode
from wargame.session.replay import verify
from wargame.session.scan import scan
from wargame.session.session import Session


@pytest.fixture
def save(tmp_path: Path) -> Path:
    """A game of three turns."""
    live = play(new(tmp_path / "game.jsonl", seed=8), Random(8), 3)
    live.close()
    return live.path


def forge(path: Path, number: int, kind: str | None = None, **changes: object) -> None:
    """Changes one entry and makes the chain right again, as only somebody who means to could."""
    records = list(scan(path.read_bytes()).records)
    lines: list[Record] = []
    for record in records:
        data = record.data()
        changed = record.number == number
        if changed:
            data.update(changes)
        previous = lines[-1].hash if lines else "0" * 64
        lines.append(encode(record.number, previous, kind if changed and kind else record.kind, data))
    path.write_bytes(b"".join(line.line + b"\n" for line in lines))


def number_of(path: Path, kind: str) -> int:
    """The last entry of a kind."""
    return max(record.number for record in scan(path.read_bytes()).records if record.kind == kind)


def test_an_entry_of_a_newer_version_stops_play_and_shows_all_before(save: Path) -> None:
    number = number_of(save, "turn")
    forge(save, number, kind="hologram")
    found = verify(save)
    assert (found.kind, found.entry, found.exit_code) == ("newer", number, 5)
    assert "'hologram', is unknown" in str(found)
    session = Session.open(save)

    assert (session.read_only, session.turn) == (True, 3)
    with pytest.raises(JournalError, match="reading only"):
        session.seat("mayor").submit([])


def test_a_newer_format_is_refused_whole(save: Path) -> None:
    before = save.read_bytes()
    forge(save, 0, format=2, engine="9.1")
    forged = save.read_bytes()
    found = verify(save)

    assert (found.kind, found.entry) == ("newer", 0)
    assert "made by 9.1 in format 2" in str(found)
    with pytest.raises(JournalError, match="format 2"):
        Session.open(save)
    assert save.read_bytes() == forged != before


def test_an_unknown_field_is_newer_if_the_program_was(save: Path) -> None:
    number = number_of(save, "locked")
    forge(save, number, mood="sour")
    assert verify(save).kind == "damaged"
    forge(save, 0, engine="7.0.0")

    assert (verify(save).kind, verify(save).entry) == ("newer", number)


@pytest.mark.parametrize(
    ("kind", "changes"),
    [
        ("locked", {"role": 5}),
        ("locked", {"submissions": "none"}),
        ("locked", {"submissions": [{"order": {"id": "a\ud800"}}]}),
        ("turn", {"orders": {"mayor": [{"id": 1}]}}),
        ("turn", {"parts": 900}),
        ("turn", {"parts": -1}),
        ("turn", {"values": [1.5]}),
        ("dealt", {"digest": None}),
        ("header", {"seed": True}),
        ("header", {"seed": 5}),
        ("header", {"bundle": []}),
        ("header", {"seats": None}),
    ],
)
def test_a_forged_entry_is_damage(save: Path, kind: str, changes: dict[str, object]) -> None:
    number = number_of(save, kind)
    forge(save, number, **changes)
    found = verify(save)

    assert (found.kind, found.entry) == ("damaged", number)


def test_forged_orders_show_as_rules_that_differ(save: Path) -> None:
    number = number_of(save, "turn")
    data = scan(save.read_bytes()).records[number].data()
    forge(save, number, digest="0" * 64)
    found = verify(save)

    assert (found.kind, found.entry, found.turn, found.exit_code) == ("differs", number, data["turn"], 6)


@pytest.mark.parametrize(
    "orders", [{"nobody": []}, {"mayor": [{"id": "no_such"}]}, {"mayor": [{"id": "march", "place": "moon"}]}]
)
def test_orders_that_do_not_exist_are_no_crash(save: Path, orders: dict[str, object]) -> None:
    forge(save, number_of(save, "turn"), orders=orders, digest="0" * 64)

    assert verify(save).kind == "differs"


def test_talk_that_is_not_legal_shows_as_rules_that_differ(save: Path) -> None:
    forge(save, number_of(save, "locked"), kind="talk")
    assert verify(save).kind == "damaged"


def test_a_deeply_nested_entry_is_damage(save: Path) -> None:
    records = scan(save.read_bytes()).records
    import hashlib

    body = (
        f'{{"n":{len(records)},"prev":"{records[-1].hash}","kind":"draft","data":{"[" * 20_000}{"]" * 20_000}'
    )
    line = f'{body},"hash":"{hashlib.sha256(body.encode()).hexdigest()}"}}\n'
    save.write_bytes(save.read_bytes() + line.encode())

    assert (verify(save).kind, verify(save).entry) == ("damaged", len(records))


def test_differing_rules_are_named_and_the_game_is_shown_as_recorded(
    save: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Session.open(save) as recorded:
        before = recorded.history
    adjudicate = Kernel.adjudicate

    def other_rules(self: Kernel, position: object, *args: object, **kwargs: object) -> object:
        after, facts = adjudicate(self, position, *args, **kwargs)  # type: ignore[arg-type]
        changed = list(after.values)
        changed[5] += after.step == 3
        return after.with_values(tuple(changed)), facts

    monkeypatch.setattr(Kernel, "adjudicate", other_rules)
    found = verify(save)
    assert (found.kind, found.turn) == ("differs", 2)
    assert "rules differ at turn 2: value 5 is now" in str(found)
    session = Session.open(save)

    assert session.read_only
    assert session.verdict == found
    assert session.history == before
    assert [p.news for p, _ in session.history] == [p.news for p, _ in before]
    with pytest.raises(JournalError, match="reading only: rules differ"):
        session.control().adjudicate()


def test_a_scenario_no_longer_accepted_is_told(save: Path) -> None:
    forge(save, 0, bundle={"scenario.toml": "format = 1\n"})
    found = verify(save)

    assert (found.kind, found.turn) == ("differs", 0)
    with pytest.raises(JournalError, match="no longer accepted"):
        Session.open(save)


def test_replay_uses_the_stored_scenario_and_no_file_of_the_machine(save: Path, tmp_path: Path) -> None:
    code = (
        "import sys; from wargame.session.replay import verify; import wargame.scenario.library as library\n"
        "library.find = library.load = None\n"
        "print(verify(sys.argv[1]).kind)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(save)], capture_output=True, text=True, check=False, timeout=60
    )

    assert (done.stdout, done.stderr) == ("clean\n", "")


@pytest.mark.parametrize("hash_seed", ["0", "1", "4242"])
def test_a_replay_does_not_depend_on_the_order_of_hashes(save: Path, hash_seed: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", "import sys, wargame; print(wargame.verify(sys.argv[1]).kind)", str(save)],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
        env={**os.environ, "PYTHONHASHSEED": hash_seed},
    )

    assert (done.stdout, done.stderr) == ("clean\n", "")


def test_a_torn_save_goes_on_and_says_what_it_lost(save: Path) -> None:
    content = save.read_bytes()
    save.write_bytes(content[:-30])
    assert verify(save).exit_code == 3
    assert save.read_bytes() == content[:-30]
    session = Session.open(save)
    assert "unfinished entry" in str(session.verdict)
    assert str(session.verdict).endswith("kept in game.jsonl.broken-1")
    # The turn was never told, so its orders still stand and it is worked out again, to the same.
    assert session.turn == 3
    session.control().adjudicate()
    session.close()

    assert save.with_name(save.name + ".broken-1").exists()
    assert verify(save).kind == "clean"
    turns = [record.data() for record in scan(save.read_bytes()).records if record.kind == "turn"]
    assert turns[-1]["digest"] in content[-5000:].decode()


def test_every_kind_of_entry_keeps_its_shape() -> None:
    for entry in (
        Ruling("a", "b", {"3": 4}),
        SeatChanged("a", "person", "c"),
        Noted("a", 2, "b"),
        Injected("a", ("b", "c"), True, "d"),
        Released("a", "b", {"3": 4}),
        Argued(1, "a", "b", ("c",), (), 60, 3, ("a",), {"d": -5}, {"e.f": 1}, {"3": 4}, "g"),
        ClockSet("extend", 60, "a"),
        AdviserSet(False, "a"),
        Header(1, "a", "b", "c", "d", "e", "f", "g", 1, "h", "i", {}, {}, Branch("a", 1, 2, "b", "c")),
    ):
        data = json.loads(json.dumps(unstructure(entry)))

        assert structure(data, KINDS[kind_of(entry)]) == entry
