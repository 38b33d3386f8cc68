"""Keys in machine code, side by side: the smallest is taken first, without a branch on any of them."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import define, field

from wargame.agents.deck import size_of
from wargame.language.llvm import Writer
from wargame.language.reach import bits_of

__all__ = ["Keys", "declarations"]


@define(eq=False)
class Keys:
    """A key for each of so many candidates: integers whose low bits are the candidate's number."""

    writer: Writer
    most: int
    number: str
    """The type of a key, wide enough for any of them and for one that is larger than all."""

    _keys: str = field(init=False)
    _row: str = field(init=False)

    def __attrs_post_init__(self) -> None:
        self._row = f"<{max(1, self.most)} x {self.number}>"
        self._keys = self.writer.room(f"[{max(1, self.most)} x {self.number}]")
        if not self.most:
            self.writer.store(self._none, self._keys, 0, self.number)

    @property
    def _none(self) -> int:
        """Stands where there is no key."""
        return int(2 ** (bits_of(self.number) - 1) - 1)

    def put(self, number: int | str, key: str, truth: str = "true") -> None:
        """The *key* of a candidate, if *truth* holds, and none otherwise; to be put for every candidate."""
        w, of = self.writer, self.number
        w.store(w.let(f"select i1 {truth}, {of} {key}, {of} {self._none}"), self._keys, number, of)

    def put_all(self, keys: str, truths: str) -> None:
        """The row of all keys, each if its truth holds."""
        w = self.writer
        none = w.spread(str(self._none), self.number, self.most)
        keys = w.let(f"select <{self.most} x i1> {truths}, {self._row} {keys}, {self._row} {none}")
        w.do(f"store {self._row} {keys}, ptr {self._keys}, align 4")

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
        w, of = self.writer, self.number
        keys = w.let(f"load {self._row}, ptr {self._keys}, align 4")
        least = w.let(f"call {of} @{_least(max(1, self.most), of)}({self._row} {keys})")
        w.need(w.compare("ne", least, self._none, of), none)
        number = w.let(f"and i32 {w.sized(least, of, 'i32')}, {size_of(self.most) - 1}")
        w.store(self._none, self._keys, number, of)
        return number


def declarations(counts: set[int]) -> set[str]:
    """What LLVM offers to find the smallest of so many keys."""
    return {
        f"declare {of} @{_least(count, of)}(<{count} x {of}>)" for count in counts for of in ("i32", "i64")
    }


def _least(count: int, of: str) -> str:
    return f"llvm.vector.reduce.smin.v{count}{of}"
