"""What can be said of a saved game: whole, torn, damaged, newer, or no longer played the same."""

from __future__ import annotations

from typing import Literal

from attrs import frozen

__all__ = ["Kind", "Verdict"]

Kind = Literal["clean", "torn", "damaged", "newer", "differs"]

_CODES: dict[Kind, int] = {"clean": 0, "torn": 3, "damaged": 4, "newer": 5, "differs": 6}


@frozen
class Verdict:
    """The verdict on one journal."""

    kind: Kind
    entry: int | None
    """
    The entry it is about, from 0, which is the header: the last good one of a clean journal, the first that
    cannot be read of a torn or damaged one, the first unknown one of a newer one, the turn's for `differs`.
    """

    detail: str
    """One sentence for a person."""

    turn: int | None = None
    """For `differs`: the first turn, by the calendar, that now comes out otherwise; 0 for the deal."""

    @property
    def exit_code(self) -> int:
        """0 clean, 3 torn, 4 damaged, 5 newer, 6 rules differ."""
        return _CODES[self.kind]

    @property
    def can_continue(self) -> bool:
        """Whether play may go on from the last whole entry."""
        return self.kind in ("clean", "torn")

    def __str__(self) -> str:
        return self.detail
