"""What the game was worth to a role: objectives, red lines and the secret agenda."""

from __future__ import annotations

from attrs import frozen

__all__ = ["Crossing", "Mark", "Purpose", "Scorecard"]


@frozen
class Mark:
    """One objective and how far it was reached."""

    id: str
    title: str
    weight: int
    value: int
    """0 to 100."""


@frozen
class Crossing:
    """One red line, crossed or not."""

    id: str
    title: str
    penalty: int
    crossed: bool


@frozen
class Purpose:
    """The secret agenda the role was dealt."""

    id: str
    title: str
    points: int
    reached: bool


@frozen
class Scorecard:
    """A role's score, with all that went into it."""

    role: str
    total: int
    """0 to 100."""

    objectives: tuple[Mark, ...]
    red_lines: tuple[Crossing, ...]
    agenda: Purpose | None
