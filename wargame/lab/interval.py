"""Means with the interval they lie in; the only floating point of the strength table."""

from __future__ import annotations

from collections.abc import Sequence
from math import inf, sqrt
from statistics import NormalDist

from attrs import frozen

__all__ = ["Interval", "interval"]

CONFIDENCE = 0.95


@frozen
class Interval:
    """A mean and, at 95 %, where the true one lies."""

    mean: float
    low: float
    """Minus infinity for fewer than two values: one value says nothing of how far they spread."""

    high: float

    @property
    def is_above(self) -> bool:
        """Whether all of it lies above 0."""
        return self.low > 0


def interval(values: Sequence[int]) -> Interval:
    """
    The mean of *values*, of which there is at least one, with Student's interval at 95 %.

    For two players that met the same games give the differences game by game: what luck did to both of
    them alike then cancels out.
    """
    count = len(values)
    mean = sum(values) / count
    if count < 2:
        return Interval(mean, -inf, inf)
    # The sum of squares about the mean, in whole numbers as long as possible.
    squares = (count * sum(value * value for value in values) - sum(values) ** 2) / count
    half = student(count - 1) * sqrt(squares / (count - 1) / count)
    return Interval(mean, mean - half, mean + half)


def student(freedom: int) -> float:
    """
    How many standard errors a 95 % interval reaches, for *freedom* degrees of freedom, from 1.

    From the normal distribution by Fisher's expansion; the small ones, where that is too short, are exact.
    """
    exact = {1: 12.706, 2: 4.303, 3: 3.182, 4: 2.776}
    if freedom in exact:
        return exact[freedom]
    z = NormalDist().inv_cdf((1 + CONFIDENCE) / 2)
    first = (z**3 + z) / 4
    second = (5 * z**5 + 16 * z**3 + 3 * z) / 96
    third = (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384
    return z + first / freedom + second / freedom**2 + third / freedom**3
