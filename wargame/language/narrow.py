"""What a condition tells about values where it holds, and where it does not."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from wargame.language import typed as t
from wargame.language.types import NO, YES, Interval

Told = tuple[t.Load | t.Local, Interval]

_OPPOSITE = {"<": ">=", "<=": ">", ">": "<=", ">=": "<", "==": "!=", "!=": "=="}
_MIRROR = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "==": "==", "!=": "!="}


def told(node: t.Expr, holds: bool, range_of: Callable[[t.Expr], Interval]) -> Iterator[Told]:
    """The intervals of single variables and locals, given that the condition *node* holds or does not."""
    match node:
        case t.Load() | t.Local():
            yield node, YES if holds else NO
        case t.Not(of=of):
            yield from told(of, not holds, range_of)
        case t.Logic(op=op, items=items) if (op == "and") == holds:
            for item in items:
                yield from told(item, holds, range_of)
        case t.Compare(first=first, rest=rest) if holds or len(rest) == 1:
            left = first
            for op, right in rest:
                yield from _compared(left, op if holds else _OPPOSITE[op], right, range_of)
                left = right
        case t.Among(of=(t.Load() | t.Local()) as of, values=values, negated=negated):
            yield of, _listed(range_of(of), values, negated != holds)


def _compared(left: t.Expr, op: str, right: t.Expr, range_of: Callable[[t.Expr], Interval]) -> Iterator[Told]:
    if isinstance(left, t.Load | t.Local):
        yield left, _cut(range_of(left), op, range_of(right))
    if isinstance(right, t.Load | t.Local):
        yield right, _cut(range_of(right), _MIRROR[op], range_of(left))


def _cut(a: Interval, op: str, b: Interval) -> Interval:
    """What is left of *a* where `a op b` holds; it may be empty."""
    match op:
        case "<":
            return Interval(a.lo, min(a.hi, b.hi - 1))
        case "<=":
            return Interval(a.lo, min(a.hi, b.hi))
        case ">":
            return Interval(max(a.lo, b.lo + 1), a.hi)
        case ">=":
            return Interval(max(a.lo, b.lo), a.hi)
        case "==":
            return Interval(max(a.lo, b.lo), min(a.hi, b.hi))
        case _:
            return _listed(a, (b.lo,), False) if b.lo == b.hi else a


def _listed(a: Interval, values: tuple[int, ...], inside: bool) -> Interval:
    if inside:
        return Interval(max(a.lo, values[0]), min(a.hi, values[-1]))
    lo, hi = a
    while lo in values:
        lo += 1
    while hi in values:
        hi -= 1
    return Interval(lo, hi)
