"""Medians and ranges of whole numbers, by nearest rank, so that no rounding hides in them."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import frozen


@frozen
class Spread:
    """Where the middle and the outer tenths of a batch lie."""

    lowest: int
    p10: int
    median: int
    p90: int
    highest: int


def spread(values: Sequence[int]) -> Spread:
    """The spread of *values*, of which there is at least one."""
    ordered = sorted(values)
    return Spread(ordered[0], rank(ordered, 10), rank(ordered, 50), rank(ordered, 90), ordered[-1])


def rank(ordered: Sequence[int], percent: int) -> int:
    """The value at *percent* of *ordered* (ascending), by nearest rank."""
    place = -(-len(ordered) * percent // 100)
    return ordered[max(place, 1) - 1]
