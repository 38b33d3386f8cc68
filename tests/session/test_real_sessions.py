"""Whole recorded sessions: cut at every byte, changed, and of every format there has been."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from tests.session.golden.record import FOLDER
from tests.session.playing import new, play
from wargame.session.entries import FORMAT
from wargame.session.records import Record, read_line
from wargame.session.replay import verify
from wargame.session.scan import scan
from wargame.session.session import Session
from wargame.session.show import show

GOLDEN = sorted(FOLDER.glob("format-*.jsonl"))


@pytest.fixture(scope="module")
def content(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A session of one turn, and a little of the next."""
    session = play(new(tmp_path_factory.mktemp("game") / "game.jsonl", seed=5), Random(5), 1)
    session.seat("mayor").submit([])
    session.close()
    return session.path.read_bytes()


def test_every_cut_of_a_real_session_gets_the_exact_verdict(content: bytes) -> None:
    starts = [0]
    for line in content.splitlines(keepends=True):
        starts.append(starts[-1] + len(line))
    entry = 0
    for size in range(1, len(content) + 1):
        while starts[entry + 1] < size:
            entry += 1
        found = scan(content[:size])

        if size == starts[entry + 1]:
            expected = ("clean", entry, entry + 1, 0)
        elif size == starts[entry + 1] - 1:
            expected = ("torn", entry + 1, entry + 1, 0)
        elif entry == 0:
            expected = ("damaged", 0, 0, 0)
        else:
            expected = ("torn", entry, entry, size - starts[entry])
        assert (found.verdict.kind, found.verdict.entry, len(found.records), len(found.cut)) == expected, size


def test_every_changed_bit_of_every_line_is_seen(content: bytes) -> None:
    """All bits of all lines, but of the long header every seventh byte; line ends are in test_journal."""
    previous = "0" * 64
    for number, line in enumerate(content.splitlines()):
        record = read_line(line, number, previous)
        assert isinstance(record, Record)
        for at in range(0, len(line), 1 if len(line) < 3000 else 7):
            changed = bytearray(line)
            for bit in range(8):
                changed[at] ^= 1 << bit
                assert isinstance(read_line(bytes(changed), number, previous), str), (number, at, bit)
                changed[at] ^= 1 << bit
        previous = record.hash


def test_a_session_cut_anywhere_opens_and_plays_on(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "game.jsonl"
    ends = [at + 1 for at, byte in enumerate(content) if byte == 10]
    rng = Random(1)
    for number, end in enumerate(ends[1:], 1):
        for size in {end, end - 1, rng.randint(ends[number - 1] + 1, end - 1)}:
            path.write_bytes(content[:size])
            session = Session.open(path)
            for role in session.scenario.roles:
                if not session.seat(role).locked:
                    session.seat(role).submit([])
            turn = session.turn
            session.control().adjudicate()
            session.close()

            assert session.turn == turn + 1
            assert verify(path).kind == "clean"


def test_a_session_that_broke_off_while_it_was_made_is_dealt_again(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "game.jsonl"
    lines = content.splitlines(keepends=True)
    for count in (1, 2):
        path.write_bytes(b"".join(lines[:count]) + b'{"n":')
        with Session.open(path, read_only=True) as seen, Session.open(path) as session:
            assert seen.position == session.position
            assert (session.turn, session.seed) == (1, 5)

        assert path.read_bytes().endswith(lines[2]) == (count == 1)
        assert verify(path).kind == "clean"


@pytest.mark.parametrize("path", GOLDEN, ids=lambda path: path.stem)
def test_a_session_of_every_format_opens_for_ever(path: Path) -> None:
    assert str(verify(path)).startswith("clean: ")
    with Session.open(path, read_only=True) as session:
        assert session.is_over
        assert session.history[-1][0] == session.position
    for role in (*session.scenario.roles, "control"):
        for turn in range(1, session.turn + 1):
            assert f"Turn {turn} of" in show(path, turn, role)


def test_there_is_a_session_of_the_present_format() -> None:
    assert [path.stem for path in GOLDEN] == [f"format-{number}" for number in range(1, FORMAT + 1)]
