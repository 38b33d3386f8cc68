"""Intervals of what is more than arithmetic: comparisons, lists and aggregates."""

from __future__ import annotations

from wargame.language import typed as t
from wargame.language.types import EITHER, NO, YES, Interval


def compared(op: str, a: Interval, b: Interval) -> Interval:
    """Whether `a op b` holds always, never or sometimes, whatever the values."""
    match op:
        case "<":
            return _settled(a.hi < b.lo, a.lo >= b.hi)
        case "<=":
            return _settled(a.hi <= b.lo, a.lo > b.hi)
        case ">":
            return _settled(a.lo > b.hi, a.hi <= b.lo)
        case ">=":
            return _settled(a.lo >= b.hi, a.hi < b.lo)
        case "==":
            return _settled(a.lo == a.hi == b.lo == b.hi, a.hi < b.lo or b.hi < a.lo)
        case _:
            return _settled(a.hi < b.lo or b.hi < a.lo, a.lo == a.hi == b.lo == b.hi)


def _settled(always: bool, never: bool) -> Interval:
    return YES if always else NO if never else EITHER


def among(a: Interval, values: tuple[int, ...]) -> Interval:
    """Whether a value of *a* is one of *values* (sorted, each once)."""
    inside = sum(1 for value in values if a.lo <= value <= a.hi)
    return _settled(inside == a.hi - a.lo + 1, inside == 0)


def inverse(a: Interval) -> Interval:
    """The interval of `not a`."""
    return Interval(1 - a.hi, 1 - a.lo)


def aggregated(node: t.Aggregate) -> Interval:
    """The interval of a total, highest, lowest, mean or count."""
    match node.function:
        case "total":
            return Interval(node.places * node.lo, node.places * node.hi)
        case "count":
            everywhere = node.lo > 0 or node.hi < 0
            return Interval(node.places if everywhere else 0, 0 if node.lo == node.hi == 0 else node.places)
        case _:
            return Interval(node.lo, node.hi)
