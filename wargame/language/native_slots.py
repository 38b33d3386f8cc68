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

    def load(self, w: Writer, slot: int | str, owner: int | None = None, type_: str = "i32") -> str:
        """
        What a slot of `%s` holds; of one known only in play, *owner* is the first slot of its variable.

        *type_* is that of a row, if as many slots are meant.
        """
        return w.let(f"load {type_}, ptr {w.at('%s', slot)}, align 4{self._tag(slot, owner)}")

    def store(
        self, w: Writer, value: str, slot: int | str, owner: int | None = None, type_: str = "i32"
    ) -> None:
        """Gives a slot of `%s`, or a row of them, a value."""
        w.do(f"store {type_} {value}, ptr {w.at('%s', slot)}, align 4{self._tag(slot, owner)}")

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
