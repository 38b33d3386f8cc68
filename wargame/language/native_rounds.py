"""Loops over all places in machine code, worked out for all at once: where a condition fails, all stays."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from attrs import define

from wargame.language import typed as t
from wargame.language.native_rows import Rows
from wargame.language.types import Interval

__all__ = ["Rounds"]

Mask = str | None
"""The places a statement is for, as a truth for each; None for all."""


@define(eq=False)
class Rounds:
    """Writes the body of one loop."""

    rows: Rows
    ranges: Mapping[t.Expr, Interval]
    loop: Callable[[t.For], None]
    """Writes a loop inside a round, for one place."""

    def write(self, body: Sequence[t.Stmt]) -> None:
        """All of it; the names it gives hold what they held in the last round."""
        rows, here = self.rows, self.rows.scalars
        rows.names = {index: here.writer.room(rows.row) for index in sorted(rows.round.named)}
        self._block(body, None)
        for index, name in rows.names.items():
            row = here.writer.let(f"load {rows.row}, ptr {name}")
            last = here.writer.let(f"extractelement {rows.row} {row}, i32 {rows.count - 1}")
            here.writer.store(here.writer.sized(last, rows.width, "i32"), here.locals[index])

    def _block(self, body: Sequence[t.Stmt], mask: Mask) -> None:
        for node in body:
            match node:
                case t.SetLocal(index=index, value=value):
                    self._name(index, self.rows.number(value), mask)
                case t.SetSlot():
                    self._set(node, mask)
                case t.If(branches=branches, otherwise=otherwise):
                    self._if(branches, otherwise, mask)
                case t.For():
                    self._for(node, mask)

    def _for(self, node: t.For, mask: Mask) -> None:
        """A loop over neighbours, for one place after the other."""
        rows, here = self.rows, self.rows.scalars
        bits = None if mask is None else rows.ones([mask])
        w = here.writer
        with w.each(rows.count) as place:
            off = w.fresh("off")
            if bits is not None:
                shifted = w.let(f"lshr i64 {bits}, {w.sized(place, 'i32', 'i64', way='zext')}")
                w.need(w.let(f"trunc i64 {shifted} to i1"), off)
            here.loops[rows.round.loop or 0] = place
            self.loop(node)
            w.jump(off)
            w.label(off)

    def _if(
        self, branches: Sequence[tuple[t.Expr, Sequence[t.Stmt]]], otherwise: Sequence[t.Stmt], mask: Mask
    ) -> None:
        if not branches:
            self._block(otherwise, mask)
            return
        (test, body), *others = branches
        w, rows = self.rows.scalars.writer, self.rows
        if rows.round.varies(test):
            truth = rows.truth(test)
            self._block(body, truth if mask is None else w.let(f"and {rows.bits} {mask}, {truth}"))
            if others or otherwise:
                left = w.let(f"xor {rows.bits} {truth}, {w.spread('true', 'i1', rows.count)}")
                left = left if mask is None else w.let(f"and {rows.bits} {mask}, {left}")
                self._if(others, otherwise, left)
            return
        inside, other, after = (w.fresh(word) for word in ("in", "else", "after"))
        w.fork(rows.scalars.truth(test), inside, other)
        w.label(inside)
        self._block(body, mask)
        w.jump(after)
        w.label(other)
        self._if(others, otherwise, mask)
        w.jump(after)
        w.label(after)

    def _name(self, index: int, value: str, mask: Mask) -> None:
        w, rows = self.rows.scalars.writer, self.rows
        name = rows.names[index]
        if mask is not None:
            value = rows.picked(mask, value, w.let(f"load {rows.row}, ptr {name}"))
        w.do(f"store {rows.row} {value}, ptr {name}")

    def _set(self, node: t.SetSlot, mask: Mask) -> None:
        rows = self.rows
        if not node.is_flag:
            value = rows.cut(rows.number(node.value), self.ranges[node.value], node.lo, node.hi)
            self._give(node.base, value, mask)
            return
        w = rows.scalars.writer
        truth = rows.truth(node.value)
        if node.since is not None:
            is_off = rows.compare("eq", rows.held(node.base), rows.all(0))
            is_new = w.let(f"and {rows.bits} {truth}, {is_off}")
            is_new = is_new if mask is None else w.let(f"and {rows.bits} {mask}, {is_new}")
            self._give(node.since, rows.step(), is_new)
        self._give(node.base, w.let(f"zext {rows.bits} {truth} to {rows.row}"), mask)

    def _give(self, first: int, value: str, mask: Mask) -> None:
        rows, slots, w = self.rows, self.rows.scalars.slots, self.rows.scalars.writer
        if mask is not None:
            value = rows.picked(mask, value, rows.held(first))
        slots.store_row(w, value, first, rows.count, rows.width)
