"""A game in progress: the only thing that changes, and nothing in it changes before it is on the disk."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from wargame.errors import IllegalOrder, JournalError, WargameError
from wargame.rules.explain import describe_act
from wargame.rules.facts import Fact
from wargame.rules.orders import Act
from wargame.rules.position import Position
from wargame.session.beginning import PERSON, deal, header_for, line_of, loaded, place_of, seated
from wargame.session.branching import branched_off
from wargame.session.codec import fact_lines
from wargame.session.control import Control
from wargame.session.course import Course, Step
from wargame.session.entries import Dealt, Entry, Talk, TurnPlayed
from wargame.session.journal import Journal
from wargame.session.kernels import kernel_for
from wargame.session.projector import Projector
from wargame.session.replay import play_again, tell
from wargame.session.seat import LocalSeat
from wargame.session.storage import REAL, Disk
from wargame.session.verdict import Verdict
from wargame.text import clean_text

if TYPE_CHECKING:
    from wargame.rules.kernel import Kernel
    from wargame.scenario.model import Scenario

__all__ = ["PERSON", "Session"]


class Session:
    """One game: its position, its journal and its seats."""

    def __init__(self, journal: Journal, course: Course) -> None:
        self.journal = journal
        self.course = course

    @classmethod
    def create(
        cls,
        scenario: Scenario | str | Path,
        *,
        seed: int | None = None,
        length: str = "full",
        seats: Mapping[str, str] | None = None,
        path: Path | str | None = None,
        disk: Disk = REAL,
    ) -> Session:
        """
        A new game, saved from its first moment.

        *seats* says who plays each role: `person`, or an agent such as `doctrine:cautious`. A role left out
        is played by its first doctrine; without *seats* all are persons. Without *path* the save goes to the
        folder of saves; without *seed* one is drawn.

        Raises:
            ScenarioError: If the scenario cannot be used, or has no such length or role.
            JournalError: If the place will not take the save.
        """
        made = loaded(scenario)
        kernel = kernel_for(made)
        header = header_for(made, secrets.randbits(53) if seed is None else seed, length, seated(made, seats))
        course = Course(kernel, header)
        dealt, step, lines = deal(course)
        journal = Journal.create(place_of(made, path), [line_of(header), *lines], disk=disk)
        course.take(dealt, step=step)
        return cls(journal, course)

    @classmethod
    def open(cls, path: Path | str, *, read_only: bool = False, disk: Disk = REAL) -> Session:
        """
        A saved game, played through again; `verdict` says what was found.

        A damaged, newer or differing save is open for reading only.

        Raises:
            JournalInUse: If it is being played elsewhere, and *read_only* is not asked for.
            JournalError: If it is no saved game, or holds nothing that could be shown.
        """
        journal = Journal.open(Path(path), read_only=read_only, disk=disk)
        try:
            story = tell(journal.records, journal.verdict)
            course, verdict = play_again(story)
            if course is None:
                raise JournalError(f"{path}: {verdict}")
            if verdict.can_continue:
                journal.mend()
            else:
                journal.stop(verdict)
            if not course.steps:
                # It broke off while it was made; the cards follow from the seed, so they are dealt again.
                dealt, step, lines = _dealt_again(course, path)
                if not journal.read_only:
                    journal.append(*lines)
                course.take(dealt, step=step)
        except BaseException:
            journal.close()
            raise
        return cls(journal, course)

    @classmethod
    def branch(
        cls,
        path: Path | str,
        turn: int,
        reason: str = "",
        *,
        to: Path | str | None = None,
        disk: Disk = REAL,
    ) -> Session:
        """
        A new game that is the saved one up to the start of *turn*, and free from there.

        *turn* is a calendar number, from 1. The save at *path* is only read, whatever its verdict. The new
        one goes beside it, or to *to*; its header names the game it comes from, the turn and the *reason*.

        Raises:
            JournalError: If *path* is no saved game or has not come to that turn, if these rules do not play
                it up to there, or if the place does not take the new save.
        """
        with cls.open(path, read_only=True, disk=disk) as parent:
            place = None if to is None else Path(to)
            words = clean_text(reason, newlines=2).strip()[:500]
            made = branched_off(parent.journal, parent.course, turn, words, seats={}, path=place, disk=disk)
        return cls(*made)

    @property
    def kernel(self) -> Kernel:
        """The rules of the scenario."""
        return self.course.kernel

    @property
    def scenario(self) -> Scenario:
        """The scenario as it is stored in the save."""
        return self.course.kernel.scenario

    @property
    def path(self) -> Path:
        """Where the game is saved."""
        return self.journal.path

    @property
    def verdict(self) -> Verdict:
        """What was found when the save was opened."""
        return self.journal.verdict

    @property
    def read_only(self) -> bool:
        """Whether the game can only be looked at."""
        return self.journal.read_only

    @property
    def position(self) -> Position:
        """Where the game stands, what was agreed in this turn's talk included."""
        return self.course.position

    @property
    def turn(self) -> int:
        """Calendar number of the turn, from 1."""
        return self.course.position.turn

    @property
    def is_over(self) -> bool:
        return self.course.position.ending is not None

    @property
    def ending(self) -> str | None:
        """The ending's id; None while play goes on."""
        return self.course.position.ending

    @property
    def length(self) -> str:
        """Which length of the scenario is played."""
        return self.course.header.length

    @property
    def seed(self) -> int:
        """What all dice come from: a secret until the end."""
        return self.course.header.seed

    @property
    def commitment(self) -> str:
        """A hash that binds the game to its seed without telling it."""
        return self.course.header.commitment

    @property
    def seats(self) -> Mapping[str, str]:
        """Who plays each role now."""
        return dict(self.course.seats)

    @property
    def facts(self) -> tuple[Fact, ...]:
        """All that the last adjudication found; the deal's, before the first."""
        return self.course.steps[-1].facts

    @property
    def history(self) -> tuple[tuple[Position, tuple[Fact, ...]], ...]:
        """Every position reached, the deal's first, with the facts that led to it."""
        return tuple((step.position, step.facts) for step in self.course.steps)

    def seat(self, role: str) -> LocalSeat:
        """
        The seat of *role*.

        Raises:
            IllegalOrder: If there is no such role.
        """
        if role not in self.scenario.roles:
            raise IllegalOrder(f"there is no role '{role}'; the roles are {', '.join(self.scenario.roles)}")
        return LocalSeat(self, role)

    def control(self) -> Control:
        """The facilitator's seat, which sees everything."""
        return Control(self)

    def need_open_turn(self, role: str) -> None:
        """
        Nothing, if *role* may still decide something this turn.

        Raises:
            IllegalOrder: If the game is over or the role's orders are locked.
            JournalError: If the game can only be looked at.
        """
        self.need_open_game()
        if role in self.course.locked:
            title = self.scenario.roles[role].title
            raise IllegalOrder(
                f"{title} has locked its orders of turn {self.turn}; wait for the adjudication"
            )

    def need_open_game(self) -> None:
        """
        Nothing, if the game goes on.

        Raises:
            IllegalOrder: If it is over.
            JournalError: If it can only be looked at.
        """
        if self.read_only:
            raise JournalError(f"the game is open for reading only: {self.verdict}")
        if self.is_over:
            raise IllegalOrder("the game is over")

    def say(self, role: str, act: Act) -> None:
        """
        Makes an act of talk, and records it.

        Raises:
            IllegalOrder: If the role may not do that now.
            NotSaved: If the disk does not take it.
        """
        self.need_open_turn(role)
        self.kernel.talk(self.position, role, act)
        self.record(Talk(role, act))

    def adjudicate(self) -> None:
        """
        Works out the turn from the locked orders.

        Raises:
            IllegalOrder: If the game is over.
            NotSaved: If the disk does not take it. Nothing has happened then; try again.
        """
        self.need_open_game()
        before, locked = self.position, dict(self.course.locked)
        orders = {role: tuple(each.order for each in given) for role, given in sorted(locked.items())}
        after, facts = self.kernel.adjudicate(before, orders, traced=True)
        lines = fact_lines(facts)
        entry = TurnPlayed(
            before.turn, before.step, orders, len(lines), after.values, after.digest(), after.ending
        )
        self.journal.append(*lines, line_of(entry))
        self.course.take(entry, step=Step(after, dict(orders), locked, tuple(facts)))

    def record(self, entry: Entry) -> None:
        """
        Writes *entry*, and then lets it count.

        Raises:
            NotSaved: If the disk does not take it.
        """
        self.journal.append(line_of(entry))
        self.course.take(entry)

    def in_words(self, facts: Sequence[Fact]) -> tuple[str, ...]:
        """*facts* as English sentences."""
        return tuple(self.kernel.explain(fact) for fact in facts)

    def act_in_words(self, act: Act) -> str:
        """An act of talk as English words."""
        return describe_act(self.scenario, act)

    def save_as(self, path: Path | str, *, disk: Disk = REAL) -> None:
        """
        Goes on in a new save, with everything up to now: for when the disk of the old one fails.

        Raises:
            JournalError: If that place does not take it either.
        """
        self.journal = self.journal.save_as(Path(path), disk=disk)

    def rewind(self, turn: int, reason: str, *, path: Path | str | None = None, disk: Disk = REAL) -> None:
        """
        Goes on in a new save that branches off this one at the start of *turn*; see `Control.rewind`.

        Raises:
            JournalError: If the game has not come to that turn, or the place does not take the new save.
        """
        place = None if path is None else Path(path)
        made = branched_off(
            self.journal, self.course, turn, reason, seats=self.course.seats, path=place, disk=disk
        )
        self.journal.close()
        self.journal, self.course = made

    def public(self) -> Projector:
        """What may stand on a wall: only what every role knows."""
        return Projector(self)

    def close(self) -> None:
        """Lets go of the save. Nothing is lost: everything was on the disk when it counted."""
        self.journal.close()

    def __enter__(self) -> Session:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __repr__(self) -> str:
        stand = f"ended: {self.ending}" if self.is_over else f"turn {self.turn}"
        return f"<Session of {self.scenario.id}, {stand}, {self.path.name}>"


def _dealt_again(course: Course, path: Path | str) -> tuple[Dealt, Step, list[tuple[str, Any]]]:
    try:
        return deal(course)
    except WargameError as error:  # a length or a seed that only a forged header can have
        raise JournalError(f"{path}: {error}") from error
