"""What players are given: briefings, the doctrines of scripted ones, the historical line."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from attrs import field, frozen

__all__ = ["Briefing", "Doctrine", "Face", "History", "Line", "Measure", "PastOrder", "Turned", "WhatIf"]

Face = Literal["hard", "soft"]


@frozen
class Line:
    """One line of a doctrine: when, what, and why."""

    when: str | None
    weight: int
    order: str | None = None
    offer: str | None = None
    promise: str | None = None
    option: str | None = None
    where: str | None = None
    """An expression about `here`; the legal place with the highest value is taken."""

    face: Face | None = None
    because: str = ""


@frozen
class Doctrine:
    """A scripted player's way of playing one role."""

    id: str
    role: str
    title: str
    about: str = ""
    hard_when: str | None = None
    jitter: int = 10
    """The largest number the dice add to a line's weight."""

    lines: tuple[Line, ...] = ()
    accepts: Mapping[str, str] = field(factory=dict)
    """By agreement, the condition on which it says yes to an offer."""

    source: str = ""


@frozen
class Briefing:
    """What a role reads before the game, in Markdown."""

    public: str = ""
    secret: str = ""


@frozen
class PastOrder:
    """An order of the historical line."""

    order: str
    place: str | None = None
    option: str | None = None


@frozen
class Turned:
    """What one role orders in one turn of a what-if, in place of what it ordered in history."""

    turn: int
    """Calendar number, from 1."""

    role: str
    orders: tuple[PastOrder, ...]


@frozen
class WhatIf:
    """A question that is asked of the model: history with other orders, or from another beginning."""

    id: str
    question: str
    about: str = ""
    """What the answer can say and what not."""

    turns: tuple[Turned, ...] = ()
    start: Mapping[str, int] = field(factory=dict)
    """By variable or constant, how it begins otherwise."""

    source: str = ""


@frozen
class Measure:
    """One figure by which the historical line is compared with its bands."""

    id: str
    value: str
    title: str = ""
    role: str | None = None
    """Measured as this role sees it; None for the true value."""

    scale: int = 1
    """The value is divided by this to come to the bands' scale."""


@frozen
class History:
    """The recorded line: what was ordered, and the figures it should give."""

    turns: Mapping[int, Mapping[str, tuple[PastOrder, ...]]] = field(factory=dict)
    measures: tuple[Measure, ...] = ()
    bands: Mapping[str, tuple[int, ...]] = field(factory=dict)
    """By measure, one number a turn of the calendar."""

    what_ifs: tuple[WhatIf, ...] = ()
