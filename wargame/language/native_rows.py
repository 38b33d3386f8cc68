"""Expressions for all places side by side in machine code: rows with a number, or a truth, for each place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import reduce

from attrs import define, evolve, field

from wargame.language import typed as t
from wargame.language.apart import Round
from wargame.language.check import Checked
from wargame.language.flow import NEVER
from wargame.language.llvm import Writer, listed
from wargame.language.native_expressions import COMPARE, TRUTHS, Expressions
from wargame.language.reach import FAR, narrowest
from wargame.language.types import Interval

__all__ = ["Rows", "row_width"]


def row_width(w: Writer, *far: int) -> str:
    """The type of the numbers in a row that reach so *far*; where slots are wide, so are all rows."""
    return narrowest(max(far), w.cells) if max(far) < FAR else "i32"


@define(eq=False)
class Rows:
    """Writes the expressions of rounds that do not meet; what is the same in all is worked out once."""

    round: Round
    scalars: Expressions
    """Writes what does not hang on the round's place."""

    width: str = "i32"
    """The type of the numbers in a row: `i16` where none reaches further on the way."""

    names: dict[int, str] = field(factory=dict)
    """Where the rows of the rounds' names lie, by their number."""

    @property
    def count(self) -> int:
        return len(self.round.scope.places)

    @property
    def row(self) -> str:
        """The type of a number for each place."""
        return f"<{self.count} x {self.width}>"

    @property
    def bits(self) -> str:
        """The type of a truth for each place."""
        return f"<{self.count} x i1>"

    def truth(self, node: t.Expr) -> str:
        """The register of a truth for each place."""
        if not self.round.varies(node):
            return self._same(self.scalars.truth(node), "i1")
        w = self.scalars.writer
        match node:
            case t.Not(of=of):
                return w.let(f"xor {self.bits} {self.truth(of)}, {self._same('true', 'i1')}")
            case t.Compare(first=first, rest=rest):
                return self._compare(first, rest)
            case t.Among(of=of, values=values, negated=negated):
                value = self.number(of)
                found = self._joined("or", [self.compare("eq", value, self.all(each)) for each in values])
                return w.let(f"xor {self.bits} {found}, {self._same('true', 'i1')}") if negated else found
            case t.Logic(op=op, items=items):
                return self._joined(op, [self.truth(item) for item in items])
            case _:
                return self.compare("ne", self.number(node), self.all(0))

    def number(self, node: t.Expr) -> str:
        """The register of a number for each place."""
        if not self.round.varies(node):
            return self._same(self._narrowed(self.scalars.number(node)), self.width)
        w = self.scalars.writer
        if isinstance(node, TRUTHS):
            return w.let(f"zext {self.bits} {self.truth(node)} to {self.row}")
        match node:
            case t.LoopPlace() | t.Here():
                return listed(self.width, range(self.count))
            case t.Local(index=index):
                return w.let(f"load {self.row}, ptr {self.names[index]}")
            case t.LoadAt(base=base):
                return self.held(base)
            case t.Derived(index=index):
                first = self.scalars.ready_at(node)
                return self._derived(index) if first is None else self.held(first)
            case t.Since():
                return self._since(node)
            case t.Either(test=test, then=then, other=other):
                return self.picked(self.truth(test), self.number(then), self.number(other))
            case t.Minus(of=of):
                return w.let(f"sub {self.row} {self.all(0)}, {self.number(of)}")
            case t.Abs(of=of):
                value = self.number(of)
                return self.extreme(True, value, w.let(f"sub {self.row} {self.all(0)}, {value}"))
            case t.Extreme(largest=largest, items=items):
                rows = [self.number(item) for item in items]
                return reduce(lambda one, two: self.extreme(largest, one, two), rows)
            case t.Clamp(of=of, lo=lo, hi=hi):
                value = self.extreme(True, self.number(of), self.number(lo))
                return self.extreme(False, value, self.number(hi))
            case t.Chain():
                return self._chain(node)
            case _:
                raise TypeError(f"no machine code side by side for {type(node).__name__}")

    def value(self, text: Checked) -> str:
        """A whole text, cut to its bounds."""
        if isinstance(text.tree, tuple):
            raise TypeError("a block of statements has no value")
        found = self.number(text.tree)
        return found if text.clamp is None else self.cut(found, text.ranges[text.tree], *text.clamp)

    # Parts.

    def all(self, value: int) -> str:
        """The same number for every place."""
        return self._same(str(value), self.width)

    def held(self, first: int) -> str:
        """What the slots of all places hold, from the *first* on."""
        return self.scalars.slots.load_row(self.scalars.writer, first, self.count, self.width)

    def compare(self, how: str, one: str, two: str) -> str:
        return self.scalars.writer.let(f"icmp {how} {self.row} {one}, {two}")

    def picked(self, truth: str, one: str, two: str) -> str:
        """*one* where the truth holds, *two* elsewhere."""
        return self.scalars.writer.let(f"select {self.bits} {truth}, {self.row} {one}, {self.row} {two}")

    def extreme(self, largest: bool, one: str, two: str) -> str:
        return self.picked(self.compare("sgt" if largest else "slt", one, two), one, two)

    def ones(self, truths: Sequence[str]) -> str:
        """The register of an `i64` with a bit for each place at which one of *truths* holds."""
        w = self.scalars.writer
        bits = w.let(f"bitcast {self.bits} {self._joined('or', truths)} to i{self.count}")
        return w.let(f"zext i{self.count} {bits} to i64")

    def step(self) -> str:
        """The step of the game, for every place."""
        step = self.scalars.slots.load(self.scalars.writer, self.round.scope.step_slot)
        return self._same(self._narrowed(step), self.width)

    def cut(self, value: str, range_: Interval, lo: int, hi: int) -> str:
        """*value*, which lies in *range_*, cut to its bounds where it may lie outside."""
        if range_.lo < lo:
            value = self.extreme(True, value, self.all(lo))
        return self.extreme(False, value, self.all(hi)) if range_.hi > hi else value

    def _narrowed(self, value: str) -> str:
        return self.scalars.writer.sized(value, "i32", self.width)

    def _same(self, value: str, type_: str) -> str:
        """One number or truth for every place."""
        return self.scalars.writer.spread(value, type_, self.count)

    def _joined(self, op: str, truths: Sequence[str]) -> str:
        found, *others = truths
        for other in others:
            found = self.scalars.writer.let(f"{op} {self.bits} {found}, {other}")
        return found

    def _compare(self, first: t.Expr, rest: Sequence[tuple[str, t.Expr]]) -> str:
        left, found = self.number(first), list[str]()
        for op, part in rest:
            right = self.number(part)
            found.append(self.compare(COMPARE[op], left, right))
            left = right
        return self._joined("and", found)

    def _chain(self, node: t.Chain) -> str:
        w, value = self.scalars.writer, self.number(node.first)
        words: Mapping[str, str] = {"+": "add", "-": "sub", "*": "mul"}
        for op, part in node.rest:
            if op in words:
                value = w.let(f"{words[op]} {self.row} {value}, {self.number(part)}")
            else:
                value = self._divided(op, value, part)
        return value

    def _divided(self, op: str, value: str, by: t.Expr) -> str:
        """The quotient rounds down, and the rest has the sign of the divisor."""
        if isinstance(by, t.Either):
            yes, no = self._divided(op, value, by.then), self._divided(op, value, by.other)
            return self.picked(self.truth(by.test), yes, no)
        if not isinstance(by, t.Const):
            raise TypeError("side by side only numbers that stand in the text divide")
        w, two, none = self.scalars.writer, self.all(by.value), self.all(0)
        rest = w.let(f"srem {self.row} {value}, {two}")
        differ = self.compare("slt" if by.value > 0 else "sgt", rest, none)
        if op == "%":
            return self.picked(differ, w.let(f"add {self.row} {rest}, {two}"), rest)
        quotient = w.let(f"sdiv {self.row} {value}, {two}")
        return w.let(f"add {self.row} {quotient}, {w.let(f'sext {self.bits} {differ} to {self.row}')}")

    def _derived(self, index: int) -> str:
        return evolve(self, round=self.round.inner(), names={}).value(self.round.derived[index])

    def _since(self, node: t.Since) -> str:
        w, scope = self.scalars.writer, self.round.scope
        since = self.held(node.since)
        held = self.compare("ne", since, self.all(0))
        if node.flag is not None:
            held = self._joined("and", [held, self.compare("ne", self.held(node.flag), self.all(0))])
        turns = w.let(f"sub {self.row} {self.step()}, {since}")
        if scope.turns > NEVER:
            turns = self.extreme(False, turns, self.all(NEVER))
        return self.picked(held, turns, self.all(NEVER))
