"""The clock of a turn: for people only; nothing in the game is worked out from it."""

from __future__ import annotations

from collections.abc import Callable
from math import ceil
from typing import Literal

from attrs import define, field, frozen

__all__ = ["DAY", "SLEEP", "Clock", "Stand"]

SLEEP = 60
"""A gap between two ticks of more seconds than this means that the machine slept."""

DAY = 24 * 60 * 60
"""The most seconds a clock may be given."""

State = Literal["paused", "running", "slept", "out"]


@frozen
class Stand:
    """What the record says of the clock: how it stood when control last touched it."""

    running: bool
    seconds: int
    """Left at that moment; from 0."""


@define(eq=False)
class Clock:
    """
    Counts a turn's seconds down.

    It knows only the time it is given: *now* returns seconds that never go back, such as `time.monotonic`.
    Whoever shows it calls `tick` every second or so.
    """

    _now: Callable[[], float]
    _left: float = field(default=0.0, init=False)
    _at: float = field(default=0.0, init=False)
    state: State = field(default="paused", init=False)
    """`slept` is a pause nobody asked for: control decides how to go on. `out` is a clock at 0."""

    @classmethod
    def of(cls, stand: Stand | None, now: Callable[[], float]) -> Clock:
        """A clock as a save left it: always paused, for nobody knows how long the save lay closed."""
        clock = cls(now)
        clock._left = stand.seconds if stand is not None else 0
        return clock

    @property
    def left(self) -> int:
        """Whole seconds left at the last tick, rounded up; from 0."""
        return ceil(self._left)

    @property
    def is_out(self) -> bool:
        """Whether it ran down to 0."""
        return self.state == "out"

    def start(self, seconds: int | None = None) -> None:
        """Runs from now on, with *seconds* if they are given (0 to `DAY`), else with what is left."""
        if seconds is not None:
            self._left = max(0, min(DAY, seconds))
        self._at = self._now()
        self.state = "running" if self._left > 0 else "out"

    def pause(self) -> None:
        """Stands still, with what is left."""
        self.tick()
        if self.state == "running":
            self.state = "paused"

    def extend(self, seconds: int) -> None:
        """Adds *seconds*; a clock that had run out stands paused with them."""
        self.tick()
        self._left = max(0.0, min(float(DAY), self._left + seconds))
        if self.state == "out" and self._left > 0:
            self.state = "paused"

    def tick(self) -> State:
        """Counts the time since the last tick; after a gap that is sleep none of it, and the clock pauses."""
        now = self._now()
        gap, self._at = max(0.0, now - self._at), now
        if self.state != "running":
            return self.state
        if gap > SLEEP:
            self.state = "slept"
        else:
            self._left = max(0.0, self._left - gap)
            if self._left == 0:
                self.state = "out"
        return self.state
