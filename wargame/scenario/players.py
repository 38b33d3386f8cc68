"""What players are given: briefings, the doctrines of scripted ones, the historical line."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from attrs import field, frozen

__all__ = [
    "Briefing",
    "Day",
    "Doctrine",
    "Face",
    "Figure",
    "History",
    "Line",
    "Measure",
    "Outcome",
    "PastOrder",
    "Turned",
    "WhatIf",
]

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

    source: str = ""


@frozen
class Figure:
    """A number that was published about what really happened, such as of the dead."""

    what: str
    """What was counted."""

    value: str
    """A number, or words where nobody had one."""

    known: Literal["then", "now"]
    """Whether those who decided could know it, or it is what is known today."""

    date: str
    """When it was published, in words."""

    source: str
    turn: int | None = None
    """The turn of the calendar, from 1, in which it was published; None if that was after the last."""

    note: str = ""


@frozen
class Outcome:
    """How it really ended."""

    about: str = ""
    ending: str | None = None
    """The ending of the scenario that is most like it."""

    source: str = ""


@frozen
class Day:
    """What happened in a turn of the calendar, in words."""

    note: str = ""
    source: str = ""


@frozen
class History:
    """The recorded line: what was ordered, and the figures it should give."""

    turns: Mapping[int, Mapping[str, tuple[PastOrder, ...]]] = field(factory=dict)
    measures: tuple[Measure, ...] = ()
    bands: Mapping[str, tuple[int, ...]] = field(factory=dict)
    """By measure, one number a turn of the calendar."""

    days: Mapping[int, Day] = field(factory=dict)
    """By turn of the calendar, what happened in it; only turns of which something is told."""

    figures: tuple[Figure, ...] = ()
    """What was published, in the sequence of its author."""

    outcome: Outcome | None = None
    what_ifs: tuple[WhatIf, ...] = ()
