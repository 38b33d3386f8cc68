"""Statements in machine code, which set values of a position."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from attrs import define

from wargame.language import typed as t
from wargame.language.apart import Round, conditions_of, round_of
from wargame.language.native_expressions import Expressions
from wargame.language.native_rounds import Rounds
from wargame.language.native_rows import Rows, row_width
from wargame.language.reach import Reach
from wargame.language.types import Interval

__all__ = ["Statements", "names_of"]


def names_of(body: Sequence[t.Stmt]) -> frozenset[int]:
    """The numbers of all names the statements give to values."""
    return frozenset(node.index for node in t.statements(body) if isinstance(node, t.SetLocal))


@define(eq=False)
class Statements:
    """Writes the statements of one block."""

    expressions: Expressions
    ranges: Mapping[t.Expr, Interval]
    reach: Reach
    """How far numbers reach, by the names of the whole block."""

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
        if not here.scope.places:
            return
        round_ = round_of(node, here.scope, self.reach.derived)
        if round_ is not None:
            rows = Rows(round_, here, width=row_width(w, self.reach.of_body(node.body)))
            Rounds(rows, self.ranges, self._for).write(node.body)
            return
        early = conditions_of(node, here.scope, self.reach.derived)
        if early is not None:
            self._for_some(node, *early)
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

    def _for_some(self, node: t.For, round_: Round, tests: Sequence[t.Expr]) -> None:
        """Only the rounds in which a condition holds, from the first place on."""
        here, w = self.expressions, self.expressions.writer
        rows = Rows(round_, here, width=row_width(w, *map(self.reach.of, tests)))
        left = w.room("i64", rows.ones([rows.truth(test) for test in tests]))
        if node.of is not None:
            near = w.load("@near_bits", here.number(node.of), "i64")
            w.store(w.let(f"and i64 {w.load(left, 0, 'i64')}, {near}"), left, 0, "i64")
        again, inside, after = (w.fresh(word) for word in ("again", "each", "done"))
        w.jump(again)
        w.label(again)
        bits = w.load(left, 0, "i64")
        w.fork(w.compare("ne", bits, 0, "i64"), inside, after)
        w.label(inside)
        w.store(w.let(f"and i64 {bits}, {w.let(f'sub i64 {bits}, 1')}"), left, 0, "i64")
        place = w.let(f"call i64 @llvm.cttz.i64(i64 {bits}, i1 true)")
        here.loops[node.index] = w.sized(place, "i64", "i32")
        self.block(node.body)
        w.jump(again)
        w.label(after)

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
