"""A row of draws from one die, for agents that need several."""

from __future__ import annotations

from wargame.rules.dice import MASK, mix

__all__ = ["Draws"]


class Draws:
    """Numbers that follow from where they start, 64 bits of a die."""

    def __init__(self, start: int) -> None:
        self._at = start

    def raw(self) -> int:
        """64 bits."""
        self._at = mix(self._at + 1 & MASK)
        return self._at

    def below(self, sides: int) -> int:
        """From 0 to *sides* - 1."""
        return (self.raw() >> 32) * sides >> 32
