"""The dice of many labels at once, side by side in one long integer: what `dice.raw` gives singly."""

from __future__ import annotations

from collections.abc import Sequence
from struct import Struct

from wargame.language.emit import MIX_A, MIX_B
from wargame.rules.dice import MASK

__all__ = ["Labels"]

LANE = 128
"""Bits of a lane: room for the product of two 64-bit numbers, so that no carry reaches the next."""


class Labels:
    """The 64 bits that each of several labels draws from a turn's key."""

    __slots__ = ("_labels", "_low", "_masks", "_ones", "_size", "_words")

    def __init__(self, labels: Sequence[int]) -> None:
        count = len(labels)
        self._labels = _packed(labels)
        self._ones = _packed([1] * count)
        self._low = _packed([MASK] * count)
        self._masks = tuple(_packed([MASK >> bits] * count) for bits in (30, 27, 31))
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


def _packed(numbers: Sequence[int]) -> int:
    return sum(number << LANE * lane for lane, number in enumerate(numbers))
