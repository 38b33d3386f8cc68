"""Follows values and secrets through a text: the interval of every part, and what each report depends on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from itertools import pairwise
from typing import NamedTuple

from attrs import define, field

from wargame.language import typed as t
from wargame.language.faults import Faults
from wargame.language.narrow import told
from wargame.language.ranges import aggregated, among, compared, inverse
from wargame.language.types import (
    ANY,
    EITHER,
    NO,
    YES,
    Interval,
    absolute,
    add,
    floor_divide,
    modulo,
    multiply,
    negate,
    subtract,
)

MOST_SIDES = 1000
NEVER = 99
"""What `turns_since` says of something that never happened."""

Secrets = frozenset[str]
PUBLIC: Secrets = frozenset()


class Value(NamedTuple):
    """What is known of a value before play."""

    range: Interval
    secrets: Secrets
    """Ids it depends on."""


class Held(NamedTuple):
    """What is known of a local at one point of the text."""

    range: Interval
    secrets: Secrets
    always: bool
    """Whether it has a value on every path to here."""


Env = Mapping[int, Held]
"""What is known at one point of the text: of a local by its index, of a slot by `slot_key`."""


def slot_key(slot: int) -> int:
    """The key of a slot in an `Env`, where only what conditions tell about it stands."""
    return -1 - slot


@define(eq=False)
class Values:
    """Works out the interval of every part of an expression, and what it depends on."""

    faults: Faults
    known_to: Callable[[str], frozenset[str]]
    """The roles that know the exact value of an id."""

    ranges: dict[t.Expr, Interval] = field(factory=dict)
    """The interval of every part."""

    secrets: dict[t.Expr, Secrets] = field(factory=dict)
    """What every term of every percentage depends on."""

    in_part: bool = False
    """Whether some statements could not be read, so that less is known than the text says."""

    env: Env = field(factory=dict)
    """Never changed, only replaced, so that a path can be walked and taken back."""

    quiet: int = 0
    """Above 0 while a loop is followed ahead, when nothing is noted."""

    steps: int = 0

    def value(self, node: t.Expr) -> Value:
        """The interval of *node* and what it depends on; faults are noted."""
        self.steps += 1
        found = self._value(node)
        if not found.range.fits:
            found = Value(self._cut(node, found.range), found.secrets)
        if not self.quiet:
            self.ranges[node] = found.range
        return found

    def condition(self, node: t.Expr) -> Value:
        """As `value`, for what decides between two ways: it must be able to go either."""
        found = self.value(node)
        if found.range != EITHER and not self.in_part:
            word = "always" if found.range == YES else "never"
            self.fault(node, f"this condition is {word} true", "take it out, or compare with another value")
        return found

    def assume(self, node: t.Expr, holds: bool) -> None:
        """From here on the condition *node* holds, or does not."""
        for of, range_ in told(node, holds, self._quietly):
            if isinstance(of, t.Load):
                key, known = slot_key(of.slot), Held(Interval(of.lo, of.hi), PUBLIC, True)
            else:
                key, known = of.index, Held(ANY, PUBLIC, False)
            before = self.env.get(key, known)
            lo, hi = max(range_.lo, before.range.lo), min(range_.hi, before.range.hi)
            # An empty interval means that this way is never taken, which is a fault of the condition.
            if lo <= hi and before.always:
                self.env = {**self.env, key: Held(Interval(lo, hi), before.secrets, True)}

    def _quietly(self, node: t.Expr) -> Interval:
        self.quiet += 1
        found = self.value(node).range
        self.quiet -= 1
        return found

    def fault(self, node: t.Expr | t.Stmt, what: str, remedy: str) -> None:
        """Note a fault of *node*."""
        if not self.quiet:
            self.faults.add(node.at, what, remedy)

    def fault_of_values(self, node: t.Expr, what: str, remedy: str) -> None:
        """As `fault`, for what follows from intervals; those of locals are not sure in a part."""
        if not self.in_part or not t.is_bound(node):
            self.fault(node, what, remedy)

    def _cut(self, node: t.Expr, range_: Interval) -> Interval:
        self.fault_of_values(
            node,
            f"the result can be {range_}, which 32-bit numbers cannot hold",
            "clamp a part of it, or narrow a range",
        )
        return range_.meet(ANY.lo, ANY.hi)

    def _value(self, node: t.Expr) -> Value:
        match node:
            case t.Const(value=value):
                return Value(Interval(value, value), PUBLIC)
            case t.Load(slot=slot, lo=lo, hi=hi, source=source):
                held = self.env.get(slot_key(slot))
                range_ = Interval(lo, hi) if held is None else held.range
                return Value(range_, frozenset((source,)) if source else PUBLIC)
            case t.LoadAt() | t.Derived() | t.Since():
                return self._read(node)
            case t.Local():
                return self._local(node)
            case t.Here(places=count) | t.LoopPlace(places=count) | t.Option(count=count):
                return Value(Interval(0, max(0, count - 1)), PUBLIC)
            case t.Minus(of=of):
                inner = self.value(of)
                return Value(negate(inner.range), inner.secrets)
            case t.Not(of=of):
                inner = self.value(of)
                return Value(inverse(inner.range), inner.secrets)
            case t.Abs(of=of):
                inner = self.value(of)
                return Value(absolute(inner.range), inner.secrets)
            case t.Among(of=of, values=values, negated=negated):
                inner = self.value(of)
                listed = among(inner.range, values)
                return Value(inverse(listed) if negated else listed, inner.secrets)
            case t.Aggregate(source=source):
                return Value(aggregated(node), frozenset((source,)))
            case t.Ordered(source=source):
                return Value(EITHER, frozenset((source,)))
            case t.Logic():
                return self._logic(node)
            case t.Extreme(largest=largest, items=items):
                return self._extreme([self.value(item) for item in items], largest)
            case t.Either(test=test, then=then, other=other):
                tested, one, two = (
                    self.condition(test),
                    self._given(test, True, then),
                    self._given(test, False, other),
                )
                return Value(one.range.join(two.range), _union((tested, one, two)))
            case t.Chain():
                return self._chain(node)
            case t.Compare():
                return self._compare(node)
            case t.Clamp():
                return self._clamp(node)
            case t.Die():
                return self._die(node)

    def _given(self, test: t.Expr, holds: bool, node: t.Expr) -> Value:
        """The value of *node* where *test* holds, or does not."""
        before = self.env
        self.assume(test, holds)
        found = self.value(node)
        self.env = before
        return found

    def _logic(self, node: t.Logic) -> Value:
        """A later item counts only where the earlier ones have not settled it."""
        before, parts = self.env, [self.value(node.items[0])]
        for earlier, item in pairwise(node.items):
            self.assume(earlier, node.op == "and")
            parts.append(self.value(item))
        self.env = before
        return self._extreme(parts, node.op == "or")

    def _read(self, node: t.LoadAt | t.Derived | t.Since) -> Value:
        range_ = Interval(0, NEVER) if isinstance(node, t.Since) else Interval(node.lo, node.hi)
        secrets = self.value(node.place).secrets if node.place is not None else PUBLIC
        return Value(range_, secrets | {node.source} if node.source else secrets)

    def _local(self, node: t.Local) -> Value:
        held = self.env.get(node.index)
        if (held is None or not held.always) and not self.in_part:
            self.fault(
                node,
                f"'{node.name}' may have no value here",
                "give it one before, on every path" if held else "give it one on a line before",
            )
        return Value(ANY, PUBLIC) if held is None else Value(held.range, held.secrets)

    def _extreme(self, parts: list[Value], largest: bool) -> Value:
        pick = max if largest else min
        ends = Interval(pick(part.range.lo for part in parts), pick(part.range.hi for part in parts))
        return Value(ends, _union(parts))

    def _chain(self, node: t.Chain) -> Value:
        """From left to right, as it will be worked out: every result on the way must fit."""
        first = self.value(node.first)
        range_, secrets = first.range, first.secrets
        for op, part in node.rest:
            right = self.value(part)
            secrets = secrets | right.secrets
            range_ = self._arithmetic(op, range_, right.range, part)
            if not range_.fits:
                range_ = self._cut(node, range_)
        return Value(range_, secrets)

    def _arithmetic(self, op: str, a: Interval, b: Interval, divisor: t.Expr) -> Interval:
        match op:
            case "+":
                return add(a, b)
            case "-":
                return subtract(a, b)
            case "*":
                return multiply(a, b)
        if b.lo <= 0 <= b.hi:
            self.fault_of_values(divisor, f"the divisor can be 0 (it is {b})", "write max(1, ...) around it")
            most = max(abs(a.lo), abs(a.hi)) if op == "//" else max(abs(b.lo), abs(b.hi))
            return Interval(-most, most)
        return floor_divide(a, b) if op == "//" else modulo(a, b)

    def _compare(self, node: t.Compare) -> Value:
        parts = [self.value(node.first), *(self.value(part) for _, part in node.rest)]
        held = [compared(op, parts[i].range, parts[i + 1].range) for i, (op, _) in enumerate(node.rest)]
        return Value(Interval(min(h.lo for h in held), min(h.hi for h in held)), _union(parts))

    def _clamp(self, node: t.Clamp) -> Value:
        of, lo, hi = self.value(node.of), self.value(node.lo), self.value(node.hi)
        if lo.range.hi > hi.range.lo:
            self.fault_of_values(
                node, f"the bounds of clamp cross ({lo.range} and {hi.range})", "put the lower bound first"
            )
        low = min(max(of.range.lo, lo.range.lo), hi.range.lo)
        high = min(max(of.range.hi, lo.range.hi), hi.range.hi)
        return Value(Interval(low, high), _union((of, lo, hi)))

    def _die(self, node: t.Die) -> Value:
        of = self.value(node.of)
        if not self.quiet:
            for _, term in t.terms(t.limits_of(node.of)[1]):
                self.secrets[term] = self.value(term).secrets
        if node.is_chance:
            return Value(YES if of.range.lo >= 100 else NO if of.range.hi <= 0 else EITHER, of.secrets)
        if not of.range.inside(1, MOST_SIDES):
            self.fault_of_values(
                node.of, f"a die has 1 to {MOST_SIDES} sides, and this is {of.range}", "clamp it"
            )
        return Value(Interval(1, min(max(1, of.range.hi), MOST_SIDES)), of.secrets)


def _union(parts: Iterable[Value]) -> Secrets:
    return PUBLIC.union(*(part.secrets for part in parts))
