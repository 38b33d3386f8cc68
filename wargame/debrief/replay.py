"""A game replayed: stop by stop, what one chair was shown of it then, and no more."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cached_property

from attrs import evolve, frozen

from wargame.debrief.record import Record
from wargame.errors import WargameError
from wargame.rules.explain import describe_act, describe_order
from wargame.rules.facts import Change, Fact, PhaseBegan, TurnBegan
from wargame.rules.position import Position
from wargame.rules.trace import in_words as value_in_words
from wargame.rules.view import CONTROL, Reading, View
from wargame.session.beginning import PERSON
from wargame.session.course import Step
from wargame.session.minutes import in_words
from wargame.session.public import Public, open_book, public_of
from wargame.session.seat import Submission, hears
from wargame.session.why import Moment, moment

__all__ = [
    "BY_FACT",
    "BY_PHASE",
    "BY_TURN",
    "NotOpen",
    "Replay",
    "Stop",
    "allowed",
    "chairs",
    "moved",
    "stops",
]

BY_FACT, BY_PHASE, BY_TURN = "fact", "phase", "turn"
BRIEF, TALK, ORDERS, END = "Brief", "Talk", "Orders given", "The end"
FIRST_PHASE = 3
"""The section of a turn in which its working out begins; before it are brief, talk and orders."""

TALK_SECTION, ORDERS_SECTION, LAST = 1, 2, 1_000_000
"""Sections of a turn; the last one is how the game came out."""


class NotOpen(WargameError):
    """The chair does not exist, or is not opened while others still play."""


@frozen
class Stop:
    """One thing a chair was shown, in its place in the game."""

    step: int
    """Number of the turn among the played ones, from 1."""

    turn: int
    """The same as the calendar counts, from 1."""

    section: int
    """Which part of the turn, from 0; the same part has the same number for every chair."""

    phase: str
    """The name of that part."""

    words: str
    """As a sentence. Players' own words in it are as they wrote them: clean them before they are shown."""

    fact: Fact | None = None
    """The fact it is; None for talk, orders, rulings and scores."""

    opens: PhaseBegan | None = None
    """The phase that begins with it, if one does."""

    who: str = ""
    """The role that spoke or ordered; empty for others."""

    @property
    def place(self) -> tuple[int, int]:
        """Where it stands, to be compared between chairs."""
        return self.step, self.section


def chairs(record: Record, *, control: bool = False) -> tuple[str, ...]:
    """
    The chairs a reader may open: all of them, control's last.

    While a game with persons goes on only *control* may open more than its own chair: then it is the one
    person's, and of several persons each may ask for one alone (`Replay` takes it, this lists none).
    """
    scenario = record.kernel.scenario
    if record.is_over or control or not record.has_persons:
        return (*scenario.roles, CONTROL)
    persons = [role for role, player in record.course.seats.items() if player == PERSON]
    return tuple(persons) if len(persons) == 1 else ()


def allowed(record: Record, chair: str | None, *, control: bool) -> tuple[str, ...]:
    """
    The chairs a reader may open who comes as *chair*, if that is said.

    Raises:
        NotOpen: If it is not opened, or nothing is unless a chair is named.
    """
    known = chairs(record, control=control)
    roles = record.kernel.scenario.roles
    persons = [role for role, player in record.course.seats.items() if player == PERSON]
    if chair is not None and chair not in (*roles, CONTROL):
        raise NotOpen(f"there is no chair '{chair[:60]}'; there are: {', '.join((*roles, CONTROL))}")
    if chair is None and not known:
        raise NotOpen(f"this game goes on: say which chair is yours; there are: {', '.join(persons)}")
    if chair is None or chair in known:
        return known
    if chair in persons and len(persons) > 1:
        return (chair,)
    raise NotOpen(f"this game goes on: only who leads it opens the chair '{chair}'")


@frozen(eq=False, slots=False)
class Replay:
    """A game as one chair was shown it."""

    record: Record
    chair: str
    """A role, or `control`, to which everything was open."""

    def __attrs_post_init__(self) -> None:
        if self.chair not in (*self.record.kernel.scenario.roles, CONTROL):
            known = ", ".join((*self.record.kernel.scenario.roles, CONTROL))
            raise NotOpen(f"there is no chair '{self.chair[:60]}'; there are: {known}")

    @cached_property
    def public(self) -> Public:
        """What the chair may read of the scenario."""
        book = self.record.kernel.book
        return open_book(book) if self.chair == CONTROL else public_of(book, self.chair)

    @cached_property
    def stops(self) -> tuple[Stop, ...]:
        """All it was shown, in its sequence; at least one stop for every turn."""
        return tuple(stop for number in range(len(self._steps)) for stop in self._turn(number))

    @property
    def turns(self) -> tuple[int, ...]:
        """The calendar numbers of the turns there are."""
        return tuple(dict.fromkeys(stop.turn for stop in self.stops))

    def at_turn(self, turn: int) -> int:
        """
        The number, from 0, of the first stop of *turn*, a calendar number.

        Raises:
            NotOpen: If the game has not come to it.
        """
        for number, stop in enumerate(self.stops):
            if stop.turn == turn:
                return number
        raise NotOpen(f"this game has no turn {turn}; it has {', '.join(map(str, self.turns))}")

    def same_place(self, other: Stop) -> int:
        """The last stop this chair was shown up to the part of the game in which *other* stands."""
        return max(bisect_right(self.stops, other.place, key=lambda stop: stop.place) - 1, 0)

    def so_far(self, number: int) -> tuple[Stop, ...]:
        """The stops of the turn that holds stop *number*, up to it."""
        here = self.stops[number]
        return tuple(stop for stop in self.stops[: number + 1] if stop.step == here.step)

    def view(self, number: int) -> View:
        """
        What the chair knew at stop *number*: as the turn began, as orders were given, or at the end.

        While a turn is told, what it saw exactly moves with every change it is told of; the rest stays.
        """
        found = self.record.kernel.view(self._position(self.stops[number]), self.chair)
        changes = {
            (each.variable, each.place): each for each in self._told(number) if isinstance(each, Change)
        }
        if not changes:
            return found
        readings = tuple(
            self._moved(each, changes.get((each.id, each.place))) if each.exact else each
            for each in found.readings
        )
        return evolve(found, readings=readings)

    def past(self, number: int) -> tuple[Moment, ...]:
        """Every turn up to stop *number* as the chair knew it; what is told of that turn is the last."""
        stop, course = self.stops[number], self.record.course
        positions = [step.position for step in course.steps[: stop.step - 1]]
        is_over = stop.section == LAST and stop.step < len(course.steps)
        begun = course.steps[stop.step - 1].position if is_over else self._position(stop)
        moments = [
            moment(course, self.chair, at, position) for at, position in enumerate([*positions, begun], 1)
        ]
        if is_over:
            moments.append(moment(course, self.chair, stop.step + 1, course.steps[stop.step].position))
        elif told := len(self._told(number)):
            moments.append(self._so_far(number, told))
        return tuple(moments)

    def _so_far(self, number: int, told: int) -> Moment:
        """The turn of stop *number* after so many of its facts."""
        stop, course = self.stops[number], self.record.course
        whole = moment(course, self.chair, stop.step + 1, course.steps[stop.step].position)
        ends = [at for at, fact in enumerate(whole.facts, 1) if not isinstance(fact, PhaseBegan)]
        end = ends[told - 1]
        return evolve(
            whole,
            turn=stop.turn,
            readings=self.view(number).readings,
            facts=whole.facts[:end],
            sentences=whole.sentences[:end],
            causes=whole.causes[:end],
            during=0,
        )

    def _told(self, number: int) -> list[Fact]:
        """What the chair was told of the adjudication of its turn, up to stop *number*."""
        if not FIRST_PHASE <= self.stops[number].section < LAST:
            return []
        return [
            stop.fact for stop in self.so_far(number) if stop.section >= FIRST_PHASE and stop.fact is not None
        ]

    def _moved(self, reading: Reading, change: Change | None) -> Reading:
        if change is None:
            return reading
        type_ = self.record.kernel.plan.variables[reading.id].about.type
        value = change.after
        return evolve(reading, value=value, low=value, high=value, words=value_in_words(type_, value))

    # --- How it is put together

    @property
    def _steps(self) -> Sequence[Step]:
        """The steps that led to a turn: all but the last one of a game that is over."""
        steps = self.record.course.steps
        return steps[:-1] if self.record.is_over and len(steps) > 1 else steps

    def _position(self, stop: Stop) -> Position:
        steps = self.record.course.steps
        begun, ended = steps[stop.step - 1], steps[stop.step] if stop.step < len(steps) else None
        if stop.section == LAST and ended is not None:
            return ended.position
        if stop.section < ORDERS_SECTION:
            return begun.position
        return ended.before or begun.position if ended is not None else self.record.course.position

    def _turn(self, number: int) -> Iterator[Stop]:
        """The stops of the turn that begins with step *number*, from 0."""
        steps = self.record.course.steps
        begun, ended = steps[number], steps[number + 1] if number + 1 < len(steps) else None
        step, turn = number + 1, begun.position.turn
        brief, _ = self._settled(begun)
        yield from self._facts(step, turn, 0, BRIEF, brief)
        if not brief:  # A forged save may tell nothing of it.
            yield Stop(step, turn, 0, BRIEF, f"Turn {turn}")
        yield from self._talk(step, turn, begun)
        given = ended.submissions if ended is not None else self.record.course.locked
        for role, submissions in given.items():
            if self.chair in (CONTROL, role):
                for each in submissions or (None,):
                    words = self._order(role, each)
                    yield Stop(step, turn, ORDERS_SECTION, ORDERS, words, who=role)
        if ended is not None:
            yield from self._worked_out(step, turn, self._settled(ended)[1])
            if ended.position.ending is not None:
                yield from self._end(step, turn, ended.position)

    def _settled(self, step: Step) -> tuple[list[Fact], list[Fact]]:
        """What the chair knows of what led to *step*: how the next turn began, and how the last one ended."""
        known = list(self.record.kernel.known(step.adjudicated, self.chair))
        begins = [at for at, fact in enumerate(known) if isinstance(fact, TurnBegan)]
        at = begins[-1] if begins else len(known)
        return known[at:], known[:at]

    def _facts(self, step: int, turn: int, section: int, phase: str, facts: Sequence[Fact]) -> Iterator[Stop]:
        opens = None
        for fact in facts:
            if isinstance(fact, PhaseBegan):
                opens = fact
            else:
                yield Stop(step, turn, section, phase, self.record.kernel.explain(fact), fact, opens)
                opens = None

    def _talk(self, step: int, turn: int, begun: Step) -> Iterator[Stop]:
        kernel, course = self.record.kernel, self.record.course
        for said in course.said:
            if said.step == step and (self.chair == CONTROL or hears(kernel, self.chair, said)):
                act = describe_act(kernel.scenario, said.act)
                words = f"{kernel.scenario.roles[said.role].title}: {act}"
                yield Stop(step, turn, TALK_SECTION, TALK, words, who=said.role)
        for decided in course.decisions:
            if decided.step == step and self.chair == CONTROL:
                words = f"Control: {in_words(kernel.scenario, decided.what)}"
                yield Stop(step, turn, TALK_SECTION, TALK, words, who=CONTROL)
        since = kernel.known(begun.since, self.chair)
        yield from self._facts(step, turn, TALK_SECTION, TALK, since)

    def _order(self, role: str, given: Submission | None) -> str:
        scenario = self.record.kernel.scenario
        what = "no orders" if given is None else describe_order(scenario, given.order)
        return f"{scenario.roles[role].title}: {what}{'' if given is None else _notes(given)}"

    def _worked_out(self, step: int, turn: int, facts: Sequence[Fact]) -> Iterator[Stop]:
        section, begun, phase = FIRST_PHASE, 0, ORDERS
        for at, fact in enumerate((*facts, PhaseBegan(""))):
            if isinstance(fact, PhaseBegan):
                yield from self._facts(step, turn, section, phase, facts[begun:at])
                if fact.phase:
                    section, begun, phase = section + 1, at, self.record.kernel.explain(fact)

    def _end(self, step: int, turn: int, position: Position) -> Iterator[Stop]:
        kernel = self.record.kernel
        for role in kernel.scenario.roles if self.chair == CONTROL else (self.chair,):
            points = kernel.score(position, role).total
            words = f"{kernel.scenario.roles[role].title}: {points} of 100 points"
            yield Stop(step, turn, LAST, END, words, who=role)


def _notes(given: Submission) -> str:
    notes = [
        f"because: {given.reason}" if given.reason else "",
        f"expects: {given.expects}" if given.expects else "",
        f"{given.confidence} % sure" if given.confidence is not None else "",
    ]
    words = "; ".join(note for note in notes if note)
    return f" ({words})" if words else ""


def stops(record: Record, chair: str) -> tuple[Stop, ...]:
    """
    All that *chair*, a role or `control`, was shown of the game, in its sequence.

    Raises:
        NotOpen: If there is no such chair.
    """
    return Replay(record, chair).stops


def moved(found: Sequence[Stop], here: int, unit: str, by: int) -> int:
    """
    The number of the stop one *unit* (fact, phase or turn) on from *here*, or back if *by* is negative.

    By phase one comes to the end of this one first, then of the next, so that a phase is told as a whole;
    back to the end of the one before. By turn one comes to beginnings, this turn's first if it is back. At
    either end of the game one stays.
    """
    last = len(found) - 1
    if unit == BY_FACT:
        return min(max(here + (1 if by > 0 else -1), 0), last)
    if unit == BY_PHASE and by > 0:
        start = min(here + 1, last)
        return next(
            (at - 1 for at in range(start + 1, last + 1) if found[at].place != found[start].place), last
        )
    if unit == BY_PHASE:
        return next((at for at in range(here - 1, -1, -1) if found[at].place != found[here].place), 0)
    if by > 0:
        return next((at for at in range(here + 1, last + 1) if found[at].step != found[here].step), last)
    start = max(here - 1, 0)
    return next((at + 1 for at in range(start - 1, -1, -1) if found[at].step != found[start].step), 0)
