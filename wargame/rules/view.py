"""What a role may know, built field by field."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import frozen

from wargame.rules.facts import Fact, Told
from wargame.rules.orders import Act

__all__ = ["Deal", "Pledge", "Reading", "View"]


@frozen
class Reading:
    """One value as a role sees it."""

    id: str
    """The variable, constant or derived value."""

    place: str | None
    value: int
    """A number, 0 or 1 for a flag, or the position from 0 of a choice's option."""

    low: int
    """The lowest value that is consistent with the source's error; equal to `value` when exact."""

    high: int
    exact: bool
    delay: int
    """How many turns old it is."""

    words: str
    """The value in words: `60`, `about 60`, `yes`, `guard`."""


@frozen
class Deal:
    """An agreement as one of those who know of it sees it."""

    id: str
    title: str
    parties: tuple[str, ...]
    state: str
    """none, offered, standing or broken."""

    offered_by: str | None


@frozen
class Pledge:
    """A promise as one of those who know of it sees it."""

    id: str
    title: str
    by: str
    to: tuple[str, ...]
    state: str
    """none, given, kept, broken or moot."""

    turns_left: int | None
    """Turns until it is due, this one included; None unless given."""


@frozen
class View:
    """The position as one role sees it."""

    role: str
    """The role's id, or `control`, who sees everything."""

    turn: int
    """Calendar number, from 1."""

    step: int
    """Number among the played turns, from 1."""

    steps: int
    """How many turns are played in all, if nothing ends the game before."""

    title: str
    dates: str
    text: str
    ending: str | None
    readings: tuple[Reading, ...]
    """Everything seen, in the scenario's order; places in their order."""

    history: Mapping[str, tuple[Reading, ...]]
    """Each headline value as it was seen at the start of every turn so far, this one last."""

    deals: tuple[Deal, ...]
    pledges: tuple[Pledge, ...]
    acts: tuple[Act, ...]
    """The offers, answers and promises the role may make now."""

    news: tuple[Told, ...]
    """What this turn's brief told the role."""

    facts: tuple[Fact, ...]
    """What the role knows of the last adjudication."""

    agenda: str | None
    """The id of the role's own secret agenda."""

    limit: int
    """The most orders the role may give this turn."""

    def reading(self, id: str, place: str | None = None) -> Reading | None:
        """What the role sees of one value; None if it does not see it."""
        for reading in self.readings:
            if reading.id == id and reading.place == place:
                return reading
        return None
