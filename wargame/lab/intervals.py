"""95 % intervals for means and shares, with the standard library alone."""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt

from attrs import frozen

__all__ = ["Estimate", "Z", "mean_of", "share_of", "student"]

Z = 1.959963984540054
"""The 97.5 % point of the normal distribution."""


@frozen
class Estimate:
    """A figure measured on a sample, and the 95 % interval around it."""

    value: float
    low: float
    high: float
    count: int
    """How many values it was measured on, from 0."""

    @property
    def is_above_zero(self) -> bool:
        """Whether the whole interval lies above zero."""
        return self.low > 0

    @property
    def is_below_zero(self) -> bool:
        """Whether the whole interval lies below zero."""
        return self.high < 0


def mean_of(values: Sequence[int]) -> Estimate:
    """
    The mean of *values* with its interval by Student's t; of one value the interval is unbounded.

    Sums are whole numbers, so the order of *values* changes nothing.

    Raises:
        ValueError: If there are no values.
    """
    count = len(values)
    if not count:
        raise ValueError("the mean of no values")
    total = sum(values)
    mean = total / count
    if count == 1:
        return Estimate(mean, float("-inf"), float("inf"), 1)
    squares = count * sum(value * value for value in values) - total * total
    half = student(count - 1) * sqrt(squares / (count * count * (count - 1)))
    return Estimate(mean, mean - half, mean + half, count)


def share_of(hits: int, count: int) -> Estimate:
    """
    The share, 0 to 1, of *hits* among *count* (from 1), with Wilson's score interval.

    Raises:
        ValueError: If *count* is below 1, or *hits* is not between 0 and *count*.
    """
    if not 0 <= hits <= count or not count:
        raise ValueError(f"{hits} of {count} is no share")
    share, square = hits / count, Z * Z
    middle = (share + square / (2 * count)) / (1 + square / count)
    half = Z / (1 + square / count) * sqrt(share * (1 - share) / count + square / (4 * count * count))
    # At the ends the formula touches 0 and 1 but for rounding.
    low = 0.0 if hits == 0 else middle - half
    return Estimate(share, low, 1.0 if hits == count else middle + half, count)


def student(freedom: int) -> float:
    """
    The 97.5 % point of Student's t for *freedom* degrees of freedom, from 1: to three digits and better.

    By Fisher's expansion about the normal distribution; the first ones, where that is too short, are exact.
    """
    exact = {1: 12.706204736, 2: 4.302652730, 3: 3.182446305, 4: 2.776445105}
    if freedom in exact:
        return exact[freedom]
    z, n = Z, freedom
    terms = (
        z,
        (z**3 + z) / 4 / n,
        (5 * z**5 + 16 * z**3 + 3 * z) / 96 / n**2,
        (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384 / n**3,
        (79 * z**9 + 776 * z**7 + 1482 * z**5 - 1920 * z**3 - 945 * z) / 92160 / n**4,
    )
    return sum(terms)
