"""The journal against torn, changed, swapped and hostile files."""

from __future__ import annotations

import json
from pathlib import Path
from random import Random

import pytest

from tests.session.fakedisk import FakeDisk
from wargame.errors import JournalError, JournalInUse, NotSaved
from wargame.session.journal import Journal
from wargame.session.records import RECORD_LIMIT, encode
from wargame.session.scan import scan

PATH = Path("/saves/game.jsonl")
HEADER = ("header", {"session": "a1", "text": "x" * 300})


def written(*entries: tuple[str, object], session: str = "a1") -> bytes:
    """The bytes of a journal with a header and *entries*."""
    disk = FakeDisk()
    journal = Journal.create(PATH, [("header", {"session": session, "text": "x" * 300})], disk=disk)
    journal.append(*entries)
    return bytes(disk.nodes[PATH].now)


SHORT = written(
    ("draft", {"role": "a", "note": "é 'quoted' \n"}), ("locked", [1, 2, 3]), ("turn", {"n": 600 * "ab"})
)
LINES = SHORT.splitlines(keepends=True)


def verdict_when_cut(size: int) -> tuple[str, int, int]:
    """(kind, entry, records) that a journal cut to *size* bytes must get, worked out from the lines alone."""
    start = 0
    for number, line in enumerate(LINES):
        end = start + len(line)
        if size <= start:
            break
        if size == end - 1:
            return "torn", number + 1, number + 1
        if size < end:
            return ("torn", number, number) if number else ("damaged", 0, 0)
        start = end
    else:
        number = len(LINES)
    return ("clean", number - 1, number) if size else ("damaged", 0, 0)


def test_every_cut_gets_the_exact_verdict_and_keeps_all_whole_entries() -> None:
    for size in range(len(SHORT) + 1):
        found = scan(SHORT[:size])

        assert (found.verdict.kind, found.verdict.entry, len(found.records)) == verdict_when_cut(size), size


def test_every_changed_bit_is_seen() -> None:
    whole = scan(SHORT)
    starts = [sum(map(len, LINES[:number])) for number in range(len(LINES))]
    for at in range(len(SHORT)):
        entry = max(number for number, start in enumerate(starts) if start <= at)
        for bit in range(8):
            changed = bytearray(SHORT)
            changed[at] ^= 1 << bit
            found = scan(bytes(changed))

            assert found.verdict.kind != "clean", (at, bit)
            if at == len(SHORT) - 1:
                # The end of the last line: the entry is whole, and kept.
                assert found.verdict.kind == "torn"
                assert found.head == whole.head
            else:
                assert (found.verdict.kind, found.verdict.entry) == ("damaged", entry), (at, bit)
                assert [record.hash for record in found.records] == [r.hash for r in whole.records[:entry]]


def test_ten_thousand_random_edits_never_pass_for_another_game() -> None:
    rng = Random(7)
    long = written(*(("turn", {"n": number, "x": rng.randbytes(40).hex()}) for number in range(40)))
    hashes = [record.hash for record in scan(long).records]
    for _ in range(10_000):
        changed = bytearray(long)
        at = rng.randrange(len(long))
        size = rng.choice((1, 2, 8, 64, 600))
        match rng.randrange(4):
            case 0:
                changed[at : at + size] = rng.randbytes(size)
            case 1:
                del changed[at : at + size]
            case 2:
                changed[at:at] = rng.randbytes(size)
            case 3:
                changed[at:at] = long[at : at + size]
        found = scan(bytes(changed))

        kept = [record.hash for record in found.records]
        assert kept == hashes[: len(kept)]
        assert bytes(changed) == long or found.verdict.kind != "clean" or len(kept) < len(hashes)


@pytest.mark.parametrize(
    ("order", "entry"),
    [((0, 2, 1, 3), 1), ((0, 1, 3), 2), ((0, 1, 1, 2, 3), 2), ((1, 2, 3), 0), ((0, 0, 1), 1), ((0, 3), 1)],
    ids=["swapped", "deleted", "duplicated", "no header", "two headers", "two deleted"],
)
def test_moved_lines_break_the_chain(order: tuple[int, ...], entry: int) -> None:
    found = scan(b"".join(LINES[number] for number in order))

    assert (found.verdict.kind, found.verdict.entry) == ("damaged", entry)


def test_a_line_of_another_session_breaks_the_chain() -> None:
    other = written(("draft", {"role": "a"}), session="b2").splitlines(keepends=True)
    found = scan(LINES[0] + other[1])

    assert (found.verdict.kind, found.verdict.entry) == ("damaged", 1)


@pytest.mark.parametrize("zeros", [1, 7, 512, 100_000])
@pytest.mark.parametrize("cut", [0, 1, 60, 700])
def test_zeros_at_the_end_are_a_torn_tail(cut: int, zeros: int) -> None:
    found = scan(SHORT[: len(SHORT) - cut] + bytes(zeros))

    assert found.verdict.kind == "torn"
    assert len(found.records) == (4 if cut <= 1 else 3)
    assert found.zeros == zeros


def test_a_lost_sector_in_the_last_line_is_a_torn_tail_and_elsewhere_damage() -> None:
    start = len(SHORT) - len(LINES[-1])
    inside = start - start % 512 + 512
    last = SHORT[:inside] + bytes(512) + SHORT[inside + 512 :]
    earlier = SHORT[:100] + bytes(200) + SHORT[300:]

    assert scan(last).verdict.kind == "torn"
    assert scan(earlier).verdict.kind == "damaged"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\0" * 5000,
        b"\n" * 5000,
        b"{}\n",
        b"[]",
        b"null\n",
        b"\xff\xfe" * 400,
        b'{"n":0}\n',
        b"a" * 5_000_000,
    ],
)
def test_what_is_no_journal_is_told_so(content: bytes) -> None:
    found = scan(content)

    assert (found.verdict.kind, found.verdict.entry) == ("damaged", 0)
    assert found.records == ()


def test_a_line_over_the_limit_is_not_read() -> None:
    found = scan(SHORT + b"x" * RECORD_LIMIT + b"\n")

    assert (found.verdict.kind, found.verdict.entry) == ("damaged", 4)


def test_a_line_over_the_limit_is_not_written() -> None:
    disk = FakeDisk()
    journal = Journal.create(PATH, [HEADER], disk=disk)
    before = bytes(disk.nodes[PATH].now)
    with pytest.raises(NotSaved, match="limit"):
        journal.append(("talk", "x" * RECORD_LIMIT))

    assert bytes(disk.nodes[PATH].now) == before


def test_only_one_spelling_of_a_line_is_accepted() -> None:
    line = encode(0, "0" * 64, "header", {"text": "é"}).line
    assert b"\\u00e9" in line

    assert scan(line.replace(b"\\u00e9", b"\\u00E9") + b"\n").verdict.kind == "damaged"
    assert scan(line.replace(b'"n":0', b'"n": 0') + b"\n").verdict.kind == "damaged"


def test_a_torn_tail_is_kept_beside_and_play_goes_on(tmp_path: Path) -> None:
    path = tmp_path / "game.jsonl"
    path.write_bytes(SHORT[:-100])
    journal = Journal.open(path)
    assert journal.verdict.kind == "torn"
    assert not list(tmp_path.glob("*.broken-*"))
    journal.mend()
    journal.append(("turn", {"n": 1}))
    journal.close()

    assert (tmp_path / "game.jsonl.broken-1").read_bytes() == LINES[-1][:-100]
    assert path.read_bytes().startswith(b"".join(LINES[:3]))
    assert Journal.open(path, read_only=True).verdict.kind == "clean"


def test_a_missing_line_end_is_put_back(tmp_path: Path) -> None:
    path = tmp_path / "game.jsonl"
    for changed in (SHORT[:-1], SHORT[:-1] + b"\x0b", SHORT[:-1] + bytes(9)):
        path.write_bytes(changed)
        journal = Journal.open(path)
        journal.append(("turn", {"n": 1}))
        journal.close()

        assert path.read_bytes().startswith(SHORT)
        assert len(Journal.open(path, read_only=True).records) == 5


def test_broken_tails_are_numbered(tmp_path: Path) -> None:
    path = tmp_path / "game.jsonl"
    for _ in range(3):
        path.write_bytes(SHORT[:-5])
        journal = Journal.open(path)
        journal.mend()
        journal.close()

    assert sorted(each.name for each in tmp_path.glob("*.broken-*")) == [
        f"game.jsonl.broken-{number}" for number in (1, 2, 3)
    ]


def test_looking_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "game.jsonl"
    path.write_bytes(SHORT[:-5])
    journal = Journal.open(path, read_only=True)
    with pytest.raises(JournalError, match="reading only"):
        journal.append(("turn", {}))

    assert path.read_bytes() == SHORT[:-5]
    assert [each.name for each in tmp_path.iterdir()] == ["game.jsonl"]


def test_a_damaged_journal_is_open_for_reading_only(tmp_path: Path) -> None:
    path = tmp_path / "game.jsonl"
    damaged = LINES[0] + LINES[1] + LINES[2].replace(b"1", b"7", 1) + LINES[3]
    path.write_bytes(damaged)
    journal = Journal.open(path)
    assert (journal.read_only, len(journal.records)) == (True, 2)
    with pytest.raises(JournalError, match="damaged at entry 2"):
        journal.append(("turn", {}))

    assert path.read_bytes() == damaged


def test_a_second_writer_is_told_who_is_in(tmp_path: Path) -> None:
    import os

    path = tmp_path / "game.jsonl"
    first = Journal.create(path, [HEADER])
    with pytest.raises(JournalInUse, match=rf"in use by pid {os.getpid()} on \S+ since \d\d:\d\d"):
        Journal.open(path)
    assert len(Journal.open(path, read_only=True).records) == 1
    first.close()

    assert [each.name for each in tmp_path.iterdir()] == ["game.jsonl"]
    Journal.open(path).close()


def test_a_journal_is_readable_by_its_owner_only(tmp_path: Path) -> None:
    path = tmp_path / "game.jsonl"
    Journal.create(path, [HEADER]).close()

    assert path.stat().st_mode & 0o077 == 0


def test_no_journal_takes_the_place_of_another_file(tmp_path: Path) -> None:
    path = tmp_path / "game.jsonl"
    path.write_text("something dear")
    with pytest.raises(JournalError, match="already"):
        Journal.create(path, [HEADER])

    assert path.read_text() == "something dear"


def test_what_cannot_be_opened_is_told_in_words(tmp_path: Path) -> None:
    import os

    fifo = tmp_path / "pipe.jsonl"
    os.mkfifo(fifo)
    for path, words in (
        (tmp_path / "none.jsonl", "no such file"),
        (tmp_path, "not a file"),
        (fifo, "not a file"),
        (Path("/dev/zero"), "not a file"),
    ):
        for read_only in (True, False):
            with pytest.raises(JournalError, match=words):
                Journal.open(path, read_only=read_only)


def test_two_gigabytes_of_nothing_are_refused_at_once(tmp_path: Path) -> None:
    path = tmp_path / "game.jsonl"
    with path.open("wb") as file:
        file.truncate(2 * 2**30)
    with pytest.raises(JournalError, match="too large"):
        Journal.open(path, read_only=True)


def test_save_as_takes_every_line_along(tmp_path: Path) -> None:
    journal = Journal.create(tmp_path / "a.jsonl", [HEADER])
    journal.append(("turn", {"n": 1}))
    copy = journal.save_as(tmp_path / "b.jsonl")
    copy.append(("turn", {"n": 2}))
    copy.close()

    assert (tmp_path / "b.jsonl").read_bytes().startswith((tmp_path / "a.jsonl").read_bytes())
    assert [record.data() for record in Journal.open(tmp_path / "b.jsonl", read_only=True).records[1:]] == [
        {"n": 1},
        {"n": 2},
    ]


def test_every_line_is_one_json_value() -> None:
    for number, line in enumerate(LINES):
        assert json.loads(line)["n"] == number
