"""A finished or broken-off game as the debrief reads it, up to where its save is good."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from attrs import frozen

from wargame.agents.seating import PERSON, PREFIX, default_player
from wargame.errors import JournalError
from wargame.rules.facts import Fact
from wargame.rules.kernel import Kernel
from wargame.rules.position import Position
from wargame.session.course import Course
from wargame.session.seat import Submission
from wargame.session.session import Session
from wargame.session.verdict import Verdict

__all__ = ["Played", "Record", "open_record", "record_of"]


@frozen(eq=False)
class Played:
    """One turn that was worked out."""

    turn: int
    """Calendar number, from 1."""

    step: int
    """Number among the played turns, from 1."""

    began: Position
    """As the turn began, before anybody spoke."""

    ordered: Position
    """As the orders were given: after talk and rulings."""

    after: Position
    submissions: Mapping[str, tuple[Submission, ...]]
    """By role, what it ordered, with what it wrote to that."""

    facts: tuple[Fact, ...]
    """All that the adjudication found."""


@frozen(eq=False)
class Record:
    """A game that is looked back on."""

    kernel: Kernel
    course: Course
    verdict: Verdict
    turns: tuple[Played, ...]

    @property
    def length(self) -> str:
        """Which length of the scenario was played."""
        return self.course.header.length

    @property
    def last(self) -> Position:
        """Where the game ended, or stands."""
        return self.turns[-1].after if self.turns else self.course.steps[0].position

    @property
    def is_over(self) -> bool:
        return self.last.is_over

    @property
    def has_persons(self) -> bool:
        """Whether people play it, who may not know everything while it goes on."""
        return PERSON in self.course.seats.values()

    @property
    def doctrines(self) -> dict[str, str]:
        """The doctrine that plays each seat on: its own, or its role's first for people and other players."""
        scenario, seats = self.kernel.scenario, self.course.header.seats
        found = {}
        for role in scenario.roles:
            name = seats.get(role, "").removeprefix(PREFIX)
            known = name in scenario.doctrines.get(role, {})
            found[role] = name if known else default_player(scenario, role)
        return found


def open_record(path: Path | str) -> Record:
    """
    The game saved at *path*, which is only read; of a damaged save what is good.

    Raises:
        JournalError: If it is no saved game, or holds nothing that could be shown.
    """
    with Session.open(path, read_only=True) as session:
        course, verdict = session.course, session.verdict
    if not course.steps:
        raise JournalError(f"{path}: no turn of this game can be read")
    return record_of(course, verdict)


def record_of(course: Course, verdict: Verdict) -> Record:
    """The game *course* tells, of which something was dealt."""
    turns = [
        Played(
            before.turn,
            before.step,
            began.position,
            before,
            ended.position,
            dict(ended.submissions),
            ended.facts,
        )
        for began, ended in zip(course.steps, course.steps[1:], strict=False)
        if (before := ended.before) is not None
    ]
    return Record(course.kernel, course, verdict, tuple(turns))
