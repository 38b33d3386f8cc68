"""The game as the entries of a journal tell it, one after the other; the same live and in replay."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from attrs import define, field, frozen

from wargame.rules.facts import Fact, Told, TurnBegan
from wargame.rules.orders import Act, Answer, Offer, Order, Promise, Say
from wargame.rules.position import Position
from wargame.rules.umpire import tell
from wargame.session.clock import DAY, Stand
from wargame.session.entries import (
    CLOCK,
    AdviserSet,
    Argued,
    ClockSet,
    Dealt,
    Draft,
    Entry,
    Facts,
    Header,
    Injected,
    Locked,
    Noted,
    Released,
    Ruling,
    SeatChanged,
    Submission,
    Talk,
    TurnPlayed,
)
from wargame.session.rulings import Decided, Disagrees, Ruled, absent, carried_out

if TYPE_CHECKING:
    from wargame.rules.kernel import Kernel

__all__ = ["Course", "Differs", "Note", "Said", "Step"]


class Differs(Exception):
    """The rules give another position than was recorded."""

    def __init__(self, turn: int, why: str) -> None:
        super().__init__(why)
        self.turn = turn
        """Calendar number; 0 for the deal."""


@frozen
class Said:
    """An act of talk, with when it was made."""

    step: int
    """Number of the turn among the played ones, from 1."""

    role: str
    act: Act


@frozen
class Note:
    """What a role wrote down for itself, with when it did."""

    step: int
    """Number of the turn among the played ones, from 1."""

    text: str


@define(eq=False)
class Step:
    """A position that was reached, and how."""

    position: Position
    orders: dict[str, tuple[Order, ...]] = field(factory=dict)
    """By role; none for the deal."""

    submissions: dict[str, tuple[Submission, ...]] = field(factory=dict)
    """The same orders with what the seats thought of them."""

    _facts: tuple[Fact, ...] = ()
    _unseen: Kernel | None = None
    """The rules that have not looked at the facts yet, if those come from a journal."""

    _since: tuple[Fact, ...] = field(default=(), init=False)

    before: Position | None = field(default=None, init=False)
    """Where the orders were given: after the talk and the rulings of that turn; None for the deal."""

    @property
    def facts(self) -> tuple[Fact, ...]:
        """What the adjudication found, and what control made of the turn that began with it."""
        return self.adjudicated + self._since

    @property
    def adjudicated(self) -> tuple[Fact, ...]:
        """What the adjudication found."""
        if self._unseen is not None:
            self._facts, self._unseen = _sensible(self._unseen, self._facts), None
        return self._facts

    @property
    def since(self) -> tuple[Fact, ...]:
        """What control made of the turn that began here."""
        return self._since

    def add(self, facts: Sequence[Fact]) -> None:
        """Notes what came of a decision of control in the turn that began here."""
        self._since += tuple(facts)


@define(eq=False)
class Course:
    """A game so far."""

    kernel: Kernel
    header: Header
    recorded: bool = False
    """Whether positions are believed as recorded, not played through again."""

    position: Position = field(init=False)
    steps: list[Step] = field(factory=list, init=False)
    drafts: dict[str, tuple[Submission, ...]] = field(factory=dict, init=False)
    locked: dict[str, tuple[Submission, ...]] = field(factory=dict, init=False)
    seats: dict[str, str] = field(init=False)
    said: list[Said] = field(factory=list, init=False)
    notes: dict[str, list[Note]] = field(factory=dict, init=False)
    """What each role wrote down for itself; a note with no text is struck out."""

    decisions: list[Decided] = field(factory=list, init=False)
    """What control decided, in its sequence."""

    clock: Stand | None = field(default=None, init=False)
    """How control left the clock of this turn; None if nobody touched it."""

    adviser: bool = field(default=True, init=False)
    """Whether control lets the seats ask the adviser."""

    _empty: list[str] = field(factory=list, init=False)
    """The roles whose turn is being closed with the scenario's default orders."""

    def __attrs_post_init__(self) -> None:
        self.seats = dict(self.header.seats)

    def take(self, entry: Entry, *, step: Step | None = None, facts: Sequence[Fact] = ()) -> None:
        """
        Goes on by one entry.

        *step* is where a turn led, if it was played just now; else *facts* are what was recorded of it.

        Raises:
            Differs: If playing the turn again leads elsewhere.
        """
        if isinstance(entry, Draft | Talk | Noted | Locked | SeatChanged):
            self._need_known(entry)
        match entry:
            case Draft(role, submissions):
                self.drafts[role] = submissions
            case Talk(role, act):
                self.said.append(Said(self.position.step, role, act))
                self.position = self._after_talk(role, act)
            case Noted(role, number, text):
                self._note(self.notes.setdefault(role, []), number, text)
            case Locked(role, submissions, by_default):
                self.locked[role] = submissions
                self.drafts.pop(role, None)
                if by_default and role not in self._empty:
                    self._empty.append(role)
            case Dealt() | TurnPlayed():
                self._reach(step or self._again(entry, tuple(facts)))
            case Ruling() | Injected() | Released() | Argued():
                self._rule(entry)
                self.decisions.append(Decided(self.position.step, entry))
            case SeatChanged(role, player):
                self.decisions.append(Decided(self.position.step, entry))
                self.seats[role] = player
            case ClockSet():
                self._set_clock(entry)
                self.decisions.append(Decided(self.position.step, entry))
            case AdviserSet(allowed):
                self.adviser = allowed
                self.decisions.append(Decided(self.position.step, entry))
            case Header() | Facts():
                pass

    def _need_known(self, entry: Draft | Talk | Noted | Locked | SeatChanged) -> None:
        """ValueError if *entry* names what the scenario does not have, which only a forged one can."""
        scenario = self.kernel.scenario
        names = [(entry.role, entry.role in scenario.roles)]
        match entry:
            case Talk(act=Say(to=to)):
                names += [(role, role in scenario.roles) for role in to]
            case Talk(act=Offer(id) | Answer(id)):
                names.append((id, id in scenario.agreements))
            case Talk(act=Promise(id)):
                names.append((id, id in scenario.promises))
        for name, is_known in names:
            if not is_known:
                raise ValueError(f"there is no '{name[:60]}'")

    def _note(self, notes: list[Note], number: int, text: str) -> None:
        if not 1 <= number <= len(notes) + 1:
            raise ValueError(f"there is no note {number}")
        notes[number - 1 : number] = [Note(self.position.step, text)]

    def _reach(self, step: Step) -> None:
        step.before = self.position if self.steps else None
        self.steps.append(step)
        self.position = step.position
        self.clock = None
        self.drafts.clear()
        self.locked.clear()
        told = [absent(self.kernel, role) for role in self._empty if role in self.kernel.scenario.roles]
        self._empty.clear()
        step.add(told)
        for each in told:
            self.position = tell(self.position, each)

    @property
    def arguments(self) -> int:
        """How many arguments were judged this turn."""
        step = self.position.step
        return sum(each.step == step and isinstance(each.what, Argued) for each in self.decisions)

    def _after_talk(self, role: str, act: Act) -> Position:
        try:
            return self.kernel.talk(self.position, role, act)
        except Exception as error:
            if self.recorded:
                return self.position
            raise Differs(self.position.turn, f"{act} by {role}: {error}") from error

    def _rule(self, entry: Ruled) -> None:
        if isinstance(entry, Argued) and entry.number != self.arguments + 1:
            raise ValueError(f"argument {entry.number} is not the next one")
        try:
            self.position, facts = carried_out(self.kernel, self.position, entry, recorded=self.recorded)
        except Disagrees as error:
            raise Differs(self.position.turn, str(error)) from error
        self.steps[-1].add(facts)

    def _set_clock(self, entry: ClockSet) -> None:
        if entry.what not in CLOCK or not 0 <= entry.seconds <= DAY:
            raise ValueError(f"no clock can do that: {entry.what[:20]} {entry.seconds}")
        left = self.clock.seconds if self.clock is not None else 0
        running = self.clock is not None and self.clock.running
        match entry.what:
            case "extend":
                self.clock = Stand(running, min(DAY, left + entry.seconds))
            case what:
                self.clock = Stand(what == "start", entry.seconds)

    def _again(self, entry: Dealt | TurnPlayed, facts: tuple[Fact, ...]) -> Step:
        orders = dict(entry.orders) if isinstance(entry, TurnPlayed) else {}
        submissions = dict(self.locked)
        position = self._as_recorded(entry, facts) if self.recorded else self._played_again(entry)
        return Step(position, orders, submissions, facts, self.kernel)

    def _played_again(self, entry: Dealt | TurnPlayed) -> Position:
        turn = entry.turn if isinstance(entry, TurnPlayed) else 0
        try:
            if isinstance(entry, TurnPlayed):
                position, _ = self.kernel.adjudicate(self.position, entry.orders, traced=False)
            else:
                position, _ = self.kernel.start(self.header.seed, self.header.length)
        except Exception as error:  # the rules of another day may fail in any way on what was recorded
            raise Differs(turn, f"{type(error).__name__}: {error}") from error
        if position.digest() != entry.digest:
            raise Differs(turn, self._difference(position, entry))
        return position

    def _difference(self, now: Position, entry: Dealt | TurnPlayed) -> str:
        """Where *now* first parts from what was recorded, in words."""
        if len(now.values) != len(entry.values):
            return f"it has {len(now.values)} values, not {len(entry.values)}"
        for slot, (new, old) in enumerate(zip(now.values, entry.values, strict=True)):
            if new != old:
                return f"value {slot} is now {new}, was {old}"
        if now.ending != entry.ending:
            return f"the ending is now {now.ending or 'none'}, was {entry.ending or 'none'}"
        return "an earlier value is another"

    def _as_recorded(self, entry: Dealt | TurnPlayed, facts: tuple[Fact, ...]) -> Position:
        """The position an entry leads to, from nothing but what was recorded."""
        if isinstance(entry, Dealt):
            past: tuple[tuple[int, ...], ...] = ()
        else:
            past = (*self.position.past, self.position.values)
        position = Position(
            seed=self.header.seed,
            step=entry.values[1],
            values=entry.values,
            past=past,
            ending=entry.ending,
            news=_news(facts),
            length=self.header.length,
        )
        # Values of other rules, or forged ones, may be such that these rules cannot show them.
        for role in (*self.kernel.scenario.roles, "control"):
            self.kernel.view(position, role)
        return position


def _sensible(kernel: Kernel, facts: tuple[Fact, ...]) -> tuple[Fact, ...]:
    """Those of *facts* the rules know how to tell: all, unless somebody forged them."""

    def can_be_told(some: tuple[Fact, ...]) -> bool:
        try:
            for fact in some:
                kernel.explain(fact)
            for role in kernel.scenario.roles:
                kernel.known(some, role)
        except (LookupError, StopIteration, TypeError):
            return False
        return True

    return facts if can_be_told(facts) else tuple(fact for fact in facts if can_be_told((fact,)))


def _news(facts: Iterable[Fact]) -> tuple[Told, ...]:
    """What the last brief among *facts* told."""
    news: list[Told] = []
    for fact in facts:
        if isinstance(fact, TurnBegan):
            news.clear()
        elif isinstance(fact, Told) and fact.cause.kind == "event":
            news.append(fact)
    return tuple(news)
