"""Statements in machine code, which set values of a position."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from attrs import define

from wargame.language import typed as t
from wargame.language.apart import round_of
from wargame.language.check import Checked
from wargame.language.native_expressions import Expressions
from wargame.language.native_rounds import Rounds
from wargame.language.native_rows import Rows
from wargame.language.types import Interval

__all__ = ["Statements", "names_of"]


def names_of(body: Sequence[t.Stmt]) -> frozenset[int]:
    """The numbers of all names the statements give to values."""
    found: set[int] = set()
    for node in body:
        match node:
            case t.SetLocal(index=index):
                found.add(index)
            case t.If(branches=branches, otherwise=otherwise):
                found |= names_of(otherwise).union(*(names_of(inner) for _, inner in branches))
            case t.For(body=inner):
                found |= names_of(inner)
    return frozenset(found)


@define(eq=False)
class Statements:
    """Writes the statements of one block."""

    expressions: Expressions
    ranges: Mapping[t.Expr, Interval]
    derived: Mapping[int, Checked]
    """The texts of derived values, by number."""

    def block(self, body: Sequence[t.Stmt]) -> None:
        for node in body:
            match node:
                case t.SetSlot():
                    self._set(node)
                case t.SetLocal(index=index, value=value):
                    here = self.expressions
                    here.writer.store(here.number(value), here.locals[index])
                case t.If():
                    self._if(node)
                case t.For():
                    self._for(node)
                case t.Report():
                    pass

    def _if(self, node: t.If) -> None:
        w = self.expressions.writer
        after = w.fresh("after")
        for test, body in node.branches:
            inside, other = w.fresh("in"), w.fresh("else")
            w.fork(self.expressions.truth(test), inside, other)
            w.label(inside)
            self.block(body)
            w.jump(after)
            w.label(other)
        self.block(node.otherwise)
        w.jump(after)
        w.label(after)

    def _for(self, node: t.For) -> None:
        here, w = self.expressions, self.expressions.writer
        round_ = round_of(node, here.scope, self.derived)
        if round_ is not None:
            Rounds(Rows(round_, here), self.ranges).write(node.body)
            return
        if node.of is None:
            with w.each(len(here.scope.places)) as place:
                here.loops[node.index] = place
                self.block(node.body)
            return
        of = here.number(node.of)
        first = w.load("@near_first", of)
        end = w.load("@near_first", w.let(f"add i32 {of}, 1"))
        with w.each(end, first) as number:
            here.loops[node.index] = w.load("@near", number)
            self.block(node.body)

    def _set(self, node: t.SetSlot) -> None:
        here, w = self.expressions, self.expressions.writer
        slot = str(node.base) if node.place is None else here.slot(node.base, node.place)
        if not node.is_flag:
            value = here.cut(here.number(node.value), self.ranges[node.value], node.lo, node.hi)
            self._give(slot, value, node.base)
            return
        if isinstance(node.value, t.Const):
            self._give_flag(node, slot, bool(node.value.value))
            return
        yes, no, after = (w.fresh(word) for word in ("on", "off", "after"))
        w.fork(here.truth(node.value), yes, no)
        for label, on in ((yes, True), (no, False)):
            w.label(label)
            self._give_flag(node, slot, on)
            w.jump(after)
        w.label(after)

    def _give_flag(self, node: t.SetSlot, slot: str, on: bool) -> None:
        w = self.expressions.writer
        if not on or node.since is None:
            self._give(slot, str(int(on)), node.base)
            return
        slots = self.expressions.slots
        with w.unless(w.compare("ne", slots.load(w, slot, node.base), 0)):
            self._give(slot, "1", node.base)
            gap = node.since - node.base
            since = w.let(f"add i32 {slot}, {gap}") if slot.startswith("%") else str(int(slot) + gap)
            self._give(since, slots.load(w, self.expressions.scope.step_slot), node.since)

    def _give(self, slot: str, value: str, owner: int) -> None:
        self.expressions.slots.store(self.expressions.writer, value, slot, owner)
