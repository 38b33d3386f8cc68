"""Keys in machine code, side by side: the smallest is taken first, without a branch on any of them."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import define, field

from wargame.agents.deck import size_of
from wargame.language.llvm import Writer

__all__ = ["Keys", "declarations"]

NONE = 2**63 - 1
"""Stands where there is no key; it is larger than all."""


@define(eq=False)
class Keys:
    """A key for each of so many candidates, 64-bit integers whose low bits are the candidate's number."""

    writer: Writer
    most: int
    _keys: str = field(init=False)
    _row: str = field(init=False)

    def __attrs_post_init__(self) -> None:
        self._row = f"<{max(1, self.most)} x i64>"
        self._keys = self.writer.room(f"[{max(1, self.most)} x i64]")
        if not self.most:
            self.writer.store(NONE, self._keys, 0, "i64")

    def put(self, number: int | str, key: str, truth: str = "true") -> None:
        """The *key* of a candidate, if *truth* holds, and none otherwise; to be put for every candidate."""
        w = self.writer
        w.store(w.let(f"select i1 {truth}, i64 {key}, i64 {NONE}"), self._keys, number, "i64")

    def put_all(self, keys: str, truths: str) -> None:
        """The row of all keys, each if its truth holds."""
        w = self.writer
        none = w.spread(str(NONE), "i64", self.most)
        keys = w.let(f"select <{self.most} x i1> {truths}, {self._row} {keys}, {self._row} {none}")
        w.do(f"store {self._row} {keys}, ptr {self._keys}, align 8")

    def bits(self, truths: Sequence[str]) -> str:
        """The row of single truths."""
        w, number = self.writer, f"i{len(truths)}"
        found = "0"
        for at, truth in enumerate(truths):
            bit = truth if number == "i1" else w.let(f"zext i1 {truth} to {number}")
            found = w.let(f"or {number} {found}, {w.let(f'shl {number} {bit}, {at}')}")
        return w.let(f"bitcast {number} {found} to <{len(truths)} x i1>")

    def take(self, none: str) -> str:
        """The candidate with the smallest key, which has none from now on; goes to *none* if nobody has."""
        w = self.writer
        keys = w.let(f"load {self._row}, ptr {self._keys}, align 8")
        least = w.let(f"call i64 @{_least(max(1, self.most))}({self._row} {keys})")
        w.need(w.compare("ne", least, NONE, "i64"), none)
        number = w.let(f"and i32 {w.sized(least, 'i32', 'trunc')}, {size_of(self.most) - 1}")
        w.store(NONE, self._keys, number, "i64")
        return number


def declarations(counts: set[int]) -> str:
    """What LLVM offers to find the smallest of so many keys."""
    return "\n".join(f"declare i64 @{_least(count)}(<{count} x i64>)" for count in sorted(counts))


def _least(count: int) -> str:
    return f"llvm.vector.reduce.smin.v{count}i64"
