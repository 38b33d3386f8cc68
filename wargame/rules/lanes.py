"""
Many dice in one multiplication.

Numbers stand side by side in one long integer, each in a lane so wide that no carry reaches the next. What
comes out is, bit for bit, what `dice` gives one by one; tests say so.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from struct import Struct

from wargame.language.emit import MIX_A, MIX_B
from wargame.rules.dice import MASK, PLACE_INCREMENT, PLACE_MULTIPLIER

__all__ = ["HIGH", "Labels", "Places", "places", "steps_of"]

HIGH = 32
"""A face is made of the high half of 64 bits."""

WORD = 2**32 - 1
LANE = 128
"""Bits of a lane: room for the product of two 64-bit numbers with a third added."""


class Labels:
    """The 64 bits that each of several labels draws from a turn's key."""

    __slots__ = ("_labels", "_low", "_masks", "_ones", "_size", "_words")

    def __init__(self, labels: Sequence[int]) -> None:
        count = len(labels)
        self._labels = _packed(labels, LANE)
        self._ones = _packed([1] * count, LANE)
        self._low = _packed([MASK] * count, LANE)
        self._masks = tuple(_packed([MASK >> bits] * count, LANE) for bits in (30, 27, 31))
        self._size = LANE // 8 * count
        self._words = Struct("<" + "Q8x" * count)

    def raws(self, key: int) -> tuple[int, ...]:
        """For each label what `dice.raw(key, label)` gives."""
        low, (mask30, mask27, mask31) = self._low, self._masks
        x = self._labels + key * self._ones & low
        # A shift brings in bits of the lane above; the masks keep them out.
        x ^= x >> 30 & mask30
        x = x * MIX_A & low
        x ^= x >> 27 & mask27
        x = x * MIX_B & low
        x ^= x >> 31 & mask31
        return self._words.unpack(x.to_bytes(self._size, "little"))


class Places:
    """
    The dice of one purpose for many places.

    Place number i draws the high word of `raw * m**i + c(i)`, the generator after i steps.
    """

    __slots__ = ("_high", "_increments", "_multipliers", "_size", "_words")

    def __init__(self, count: int) -> None:
        steps = [steps_of(number) for number in range(count)]
        self._multipliers = _packed([multiplier for multiplier, _ in steps], LANE)
        self._increments = _packed([increment for _, increment in steps], LANE)
        self._high = _packed([WORD] * count, LANE)
        self._size = LANE // 8 * count
        self._words = Struct("<" + "4xI8x" * count)

    def faces(self, raw: int, sides: int) -> tuple[int, ...]:
        """A face from 0 to *sides* - 1 for *raw* and every later state of the generator."""
        return self._words.unpack(self._drawn(raw, sides))

    def small_faces(self, raw: int, sides: int) -> bytes:
        """As `faces`, a byte each; at most 256 sides."""
        return self._drawn(raw, sides)[HIGH // 8 :: LANE // 8]

    def _drawn(self, raw: int, sides: int) -> bytes:
        """Every lane with its face in the high half of the low 64 bits."""
        faces = (raw * self._multipliers + self._increments >> HIGH & self._high) * sides
        return faces.to_bytes(self._size, "little")


@lru_cache(maxsize=1024)
def steps_of(number: int) -> tuple[int, int]:
    """What place number *number* multiplies the 64 bits of a purpose with, and what it adds."""
    if number == 0:
        return 1, 0
    multiplier, increment = steps_of(number - 1)
    return multiplier * PLACE_MULTIPLIER & MASK, increment * PLACE_MULTIPLIER + PLACE_INCREMENT & MASK


@lru_cache(maxsize=64)
def places(count: int) -> Places:
    """The dice for *count* places, made ready once."""
    return Places(count)


def _packed(numbers: Sequence[int], width: int) -> int:
    return sum(number << width * lane for lane, number in enumerate(numbers))
