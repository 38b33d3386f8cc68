"""Loads and stores of slots in machine code; LLVM is told that no two variables share a slot."""

from __future__ import annotations

from attrs import define, field

from wargame.language.llvm import Writer
from wargame.language.scope import Scope

__all__ = ["Slots"]


@define(eq=False)
class Slots:
    """The slots of one scenario, each marked with the variable it belongs to (type-based alias analysis)."""

    scope: Scope
    _first: dict[int, int] = field(factory=dict, init=False)
    """By slot of a per-place variable, the first one of it."""

    _used: set[int] = field(factory=set, init=False)

    def __attrs_post_init__(self) -> None:
        for variable in self.scope.variables.values():
            for first in (variable.slot, variable.since):
                if variable.per_place and first is not None:
                    self._first |= dict.fromkeys(range(first, first + len(self.scope.places)), first)

    def load(self, w: Writer, slot: int | str, owner: int | None = None) -> str:
        """What a slot of `%s` holds; of one known only in play, *owner* is the first slot of its variable."""
        at = w.slot("%s", slot)
        return w.sized(w.let(f"load {w.cells}, ptr {at}{self._tag(slot, owner)}"), w.cells, "i32")

    def load_row(self, w: Writer, first: int, count: int, number: str) -> str:
        """What *count* slots of `%s` hold, as a row of the type *number*."""
        row = w.let(f"load <{count} x {w.cells}>, ptr {self._at(w, first)}")
        return w.sized(row, w.cells, number, count)

    def store(self, w: Writer, value: str, slot: int | str, owner: int | None = None) -> None:
        """Gives a slot of `%s` a value that fits into it."""
        at = w.slot("%s", slot)
        w.do(f"store {w.cells} {w.sized(value, 'i32', w.cells)}, ptr {at}{self._tag(slot, owner)}")

    def store_row(self, w: Writer, value: str, first: int, count: int, number: str) -> None:
        """Gives *count* slots of `%s` a row of the type *number*."""
        value = w.sized(value, number, w.cells, count)
        w.do(f"store <{count} x {w.cells}> {value}, ptr {self._at(w, first)}")

    def _at(self, w: Writer, first: int) -> str:
        """A row begins where a single number may: it is not aligned as LLVM would have rows."""
        return f"{w.slot('%s', first)}, align {w.cell_bytes}{self._tag(first, None)}"

    def text(self) -> str:
        """What the marks mean."""
        lines = ['!0 = !{!"slots"}']
        for first in sorted(self._used):
            lines += [f'!{2 * first + 1} = !{{!"{first}", !0, i64 0}}']
            lines += [f"!{2 * first + 2} = !{{!{2 * first + 1}, !{2 * first + 1}, i64 0}}"]
        return "\n".join(lines)

    def _tag(self, slot: int | str, owner: int | None) -> str:
        first = int(slot) if owner is None else owner
        first = self._first.get(first, first)
        self._used.add(first)
        return f", !tbaa !{2 * first + 2}"
