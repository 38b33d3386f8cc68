"""Journals somebody forged, chain and all: a verdict in words, never a crash."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest

from tests.session.playing import new, play
from wargame.errors import JournalError, NotSaved, WargameError
from wargame.session.records import Record, encode
from wargame.session.replay import verify
from wargame.session.saves import saved
from wargame.session.scan import scan
from wargame.session.session import Session
from wargame.session.show import show

STRANGE: tuple[Any, ...] = (
    None, True, -1, 0, 1, 2**31, 2**64, 10**30, 1.5, "", "x", "mayor", "\ud800", "\x1b[31m", "__class__",
    [], [[]], {}, {"a": 1}, {"0": 5}, "x" * 3000, ["mayor"] * 500,
)  # fmt: skip


@pytest.fixture(scope="module")
def entries(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[str, Any]]:
    session = new(tmp_path_factory.mktemp("game") / "game.jsonl", seed=9)
    play(session, Random(9), 2)
    control = session.control()
    control.hand_over("press", "random")
    control.set("curfew", True, reason="to see")
    control.inject("Bells.", "press", claim=True, reason="to see")
    control.release("rumour", reason="to see")
    control.argue("union", "asks", ["a"], ["b"], success={"anger": 5}, failure={"guard": "army"})
    control.start_clock(60)
    control.adjudicate(fill_absent=True)
    control.argue("press", "asks")
    session.close()
    return [(record.kind, record.data()) for record in session.journal.records]


def spots(value: Any) -> Iterator[tuple[Any, Any]]:
    """Every (container, key) inside a JSON value."""
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in list(pairs):
        yield value, key
        yield from spots(inner)


def spoil(entries: list[tuple[str, Any]], rng: Random) -> list[tuple[str, Any]]:
    """A copy with one to three things changed, taken out, added or moved."""
    forged = copy.deepcopy(entries)
    for _ in range(rng.randint(1, 3)):
        number = rng.randrange(len(forged)) if rng.random() < 0.7 else 0
        found = list(spots(forged[number][1]))
        match rng.randrange(6):
            case 0 | 1 | 2 if found:
                container, key = rng.choice(found)
                container[key] = copy.deepcopy(rng.choice(STRANGE))
            case 3 if found:
                container, key = rng.choice(found)
                del container[key]
            case 4:
                forged.insert(rng.randrange(1, len(forged)), copy.deepcopy(rng.choice(forged)))
            case 5:
                del forged[rng.randrange(len(forged))]
    return forged


def chained(entries: list[tuple[str, Any]]) -> bytes:
    records: list[Record] = []
    for number, (kind, data) in enumerate(entries):
        records.append(encode(number, records[-1].hash if records else "0" * 64, kind, data))
    return b"".join(record.line + b"\n" for record in records)


def test_no_forged_journal_crashes_anything(entries: list[tuple[str, Any]], tmp_path: Path) -> None:
    rng = Random(2022)
    path = tmp_path / "game.jsonl"
    kinds = set()
    for _ in range(300):
        forged = spoil(entries, rng)
        path.write_bytes(chained(forged))
        found = verify(path)
        kinds.add(found.kind)

        assert found.detail.isprintable()
        assert saved(path).verdict in ("clean", "damaged", "newer")
        try:
            text = show(path)
        except JournalError as error:
            assert str(error)
        else:
            assert "\x1b" not in text
        play_on(path)
    assert kinds >= {"clean", "damaged", "differs"}


def play_on(path: Path) -> None:
    """Opens a save and plays a turn, as far as it lets one."""
    try:
        with Session.open(path) as session:
            session.control().adjudicate(fill_absent=True)
    except WargameError as error:
        assert not isinstance(error, NotSaved)


def test_an_entry_nobody_could_write_is_not_played(entries: list[tuple[str, Any]], tmp_path: Path) -> None:
    path = tmp_path / "game.jsonl"
    for values in ({"1": 10**9}, {"0": -5}, {"5": 10**9}, {"x": 1}, {"99999": 1}, {"-1": 0}):
        ruling = ("ruling", {"what": "a", "reason": "b", "values": values})
        path.write_bytes(chained([*entries, ruling]))

        assert verify(path).kind == "damaged"
        Session.open(path, read_only=True).close()


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        ("inject", {"text": "a", "to": []}),
        ("inject", {"text": "a", "to": ["nobody"]}),
        ("release", {"event": "nothing", "reason": "b"}),
        ("clock", {"what": "stop", "seconds": 5}),
        ("clock", {"what": "start", "seconds": -5}),
        ("clock", {"what": "extend", "seconds": 10**9}),
        ("argument", {"number": 1, "role": "nobody"}),
        ("argument", {"number": 7}),
        ("argument", {"success": {"moon": 1}}),
        ("argument", {"to": []}),
        ("ruling", {"what": "a", "reason": "b", "values": {"\u0661": 1}}),
    ],
)
def test_a_decision_nobody_could_take_is_damage(
    entries: list[tuple[str, Any]], tmp_path: Path, kind: str, data: dict[str, Any]
) -> None:
    path = tmp_path / "game.jsonl"
    before = entries[:-1]
    if kind == "argument":
        data = {**entries[-1][1], **data}
    path.write_bytes(chained([*before, (kind, data)]))

    assert verify(path).kind == "damaged"
    assert verify(path).entry == len(before)
    Session.open(path, read_only=True).close()


@pytest.mark.parametrize(
    ("kind", "changes"),
    [
        ("argument", {"face": 3}),
        ("argument", {"percent": 95}),
        ("argument", {"values": {"6": 7}}),
        ("release", {"values": {}}),
        ("release", {"values": {"6": 7}}),
    ],
)
def test_a_decision_that_now_comes_out_otherwise_is_rules_that_differ(
    entries: list[tuple[str, Any]], tmp_path: Path, kind: str, changes: dict[str, Any]
) -> None:
    path = tmp_path / "game.jsonl"
    forged = copy.deepcopy(entries)
    number = next(number for number, entry in enumerate(forged) if entry[0] == kind)
    forged[number][1].update(changes)
    path.write_bytes(chained(forged))
    found = verify(path)

    assert (found.kind, found.entry) == ("differs", number)
    with Session.open(path) as session:
        assert session.read_only
        assert show(path)


def test_the_chain_itself_is_sound(entries: list[tuple[str, Any]], tmp_path: Path) -> None:
    path = tmp_path / "game.jsonl"
    path.write_bytes(chained(entries))

    assert scan(path.read_bytes()).verdict.kind == "clean"
    assert verify(path).kind == "clean"
    assert json.dumps(entries)
