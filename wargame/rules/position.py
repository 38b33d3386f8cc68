"""Where a game stands: everything the rules need to go on, as one immutable value."""

from __future__ import annotations

from hashlib import sha256

from attrs import field, frozen

from wargame.rules.facts import Told

__all__ = ["Position"]


@frozen
class Position:
    """A game between two turns: the brief is done, orders are awaited; or the game has ended."""

    seed: int
    """0 to 2**64 - 1."""

    step: int
    """Number of this turn among the played ones, from 1."""

    values: tuple[int, ...]
    """Every slot; the layout says what each one holds. Slot 0 is the calendar turn, slot 1 the step."""

    past: tuple[tuple[int, ...], ...] = ()
    """The values at the start of each earlier turn played; of the last one too, once the game has ended."""

    ending: str | None = None
    """The ending's id, None while play goes on."""

    news: tuple[Told, ...] = field(default=(), eq=False)
    """What this turn's brief told, to whomever; it follows from the rest."""

    length: str = "full"

    @property
    def turn(self) -> int:
        """The calendar number of this turn, from 1."""
        return self.values[0]

    @property
    def is_over(self) -> bool:
        return self.ending is not None

    def with_values(self, values: tuple[int, ...]) -> Position:
        """The same position with other values: for control's rulings, what-ifs and tests."""
        return Position(self.seed, values[1], values, self.past, self.ending, self.news, self.length)

    def digest(self) -> str:
        """SHA-256 in hexadecimal of everything that decides how the game goes on."""
        rows = [f"{self.seed} {self.step} {self.length} {self.ending or '-'}"]
        rows += [" ".join(map(str, row)) for row in (*self.past, self.values)]
        return sha256("\n".join(rows).encode("ascii")).hexdigest()
