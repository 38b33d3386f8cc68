"""Reading the lines of a journal as far as they hold, and the verdict on the rest."""

from __future__ import annotations

from attrs import frozen

from wargame.session.records import FIRST, Record, limit_of, read_line
from wargame.session.verdict import Verdict

__all__ = ["Scan", "scan"]

SECTOR = 512
"""Bytes a disk writes at once; after a loss of power each may or may not have arrived."""


@frozen(eq=False)
class Scan:
    """What a journal's bytes hold."""

    records: tuple[Record, ...]
    good: int
    """Bytes up to the end of the last good record, without the end of its line if that is missing."""

    verdict: Verdict
    cut: bytes = b""
    """What stands behind the good bytes, for a torn journal: zeros at the very end left out."""

    zeros: int = 0
    """Zeros at the very end, for a torn journal."""

    ended: bool = True
    """Whether the last good line has its end."""

    @property
    def head(self) -> str:
        """The hash of the last good record: the same head means the same game up to here."""
        return self.records[-1].hash if self.records else FIRST


def scan(content: bytes) -> Scan:
    """Reads line after line, stopping at the first that does not hold."""
    records: list[Record] = []
    at, previous = 0, FIRST
    while at < len(content):
        end = content.find(b"\n", at)
        if end < 0:
            return _unended(content, at, records)
        found = read_line(content[at:end], len(records), previous)
        if isinstance(found, str):
            return _stopped(content, at, end, records, found)
        records.append(found)
        at, previous = end + 1, found.hash
    if not records:
        return Scan(
            (), 0, Verdict("damaged", 0, "the file is empty: not a saved game; look for a copy of it")
        )
    head = f"{len(records)} entries, head {previous[:12]}"
    return Scan(tuple(records), at, Verdict("clean", len(records) - 1, f"clean: {head}"))


def _unended(content: bytes, at: int, records: list[Record]) -> Scan:
    """The verdict when the last line has no end."""
    tail = content[at:].rstrip(b"\0")
    zeros = len(content) - at - len(tail)
    number, previous = len(records), records[-1].hash if records else FIRST
    # The end of the line alone may be missing, or be the one byte that was changed.
    for whole in (tail, tail[:-1]):
        found = read_line(whole, number, previous)
        if isinstance(found, Record):
            good = at + len(whole)
            detail = f"the end of entry {number} was cut off; the entry is whole and kept"
            verdict = Verdict("torn", number + 1, f"torn: {detail}")
            return Scan((*records, found), good, verdict, tail[len(whole) :], zeros, ended=False)
    if len(tail) >= limit_of(number):
        return _damaged(records, at, f"a line longer than {limit_of(number) // 1024} kB")
    return _torn(records, at, tail, zeros)


def _stopped(content: bytes, at: int, end: int, records: list[Record], why: str) -> Scan:
    """The verdict when the line from *at* to *end* does not hold."""
    tail = content[at:].rstrip(b"\0")
    is_last = at + len(tail) <= end + 1
    if is_last and len(tail) < limit_of(len(records)) and _has_lost_sector(content, at, end + 1):
        return _torn(records, at, tail, len(content) - at - len(tail))
    return _damaged(records, at, why)


def _has_lost_sector(content: bytes, start: int, end: int) -> bool:
    """
    Whether a piece of the last line never reached the disk, so that zeros stand there.

    Only zeros that fill a sector, or the line's part of one, count: one changed bit can make a zero too.
    """
    if b"\0" not in content[start:end]:
        return False
    first = start - start % SECTOR
    for sector in range(first, end, SECTOR):
        piece = content[max(start, sector) : min(end, sector + SECTOR)]
        if not piece.strip(b"\0"):
            return True
    return False


def _torn(records: list[Record], at: int, tail: bytes, zeros: int) -> Scan:
    number = len(records)
    if number == 0:
        return _damaged(records, at, "it was cut off before its first line was whole")
    filling = f" and {zeros:,} zeros" if zeros else ""
    cut = f"{len(tail):,} bytes of an unfinished entry{filling}"
    verdict = Verdict("torn", number, f"torn: {cut} at the end (entry {number}); all before it is whole")
    return Scan(tuple(records), at, verdict, tail, zeros)


def _damaged(records: list[Record], at: int, why: str) -> Scan:
    number = len(records)
    if number == 0:
        return Scan(
            (),
            0,
            Verdict("damaged", 0, f"not a saved game, or damaged at its start: {why}; look for a copy of it"),
        )
    detail = f"damaged at entry {number} (byte {at:,}): {why}; it can be read up to entry {number - 1}"
    return Scan(tuple(records), at, Verdict("damaged", number, detail))
