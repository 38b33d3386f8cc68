"""
One turn, from orders to the next brief.

    pay         every order's price, before anything happens
    take_effect agreements accepted in the talk
    phases      in each: all orders at once, then procedures, then events
    settle      agreements, promises, red lines, the end of play
    brief       the next turn begins, with its events
"""

from __future__ import annotations

from collections.abc import Sequence

from wargame.rules.dice import face, turn_key
from wargame.rules.facts import Cause, Change, Ended, Happened, PhaseBegan, Refused, Roll, Told, TurnBegan
from wargame.rules.legal import costs_of
from wargame.rules.orders import Order
from wargame.rules.plan import EventPlan, Given, Plan, Rule
from wargame.rules.position import Position
from wargame.rules.settle import ending_of, settle, take_effect
from wargame.rules.simultaneous import carry_out
from wargame.rules.trace import Trace

__all__ = ["Turn", "adjudicate", "begin"]

Refusals = Sequence[tuple[str, Order, str]]


class Turn:
    """A turn being worked out: its values as they change, its dice, and the trace if one is kept."""

    __slots__ = ("calendar", "key", "news", "plan", "seed", "trace", "values")

    def __init__(
        self, plan: Plan, seed: int, calendar: tuple[int, ...], values: list[int], trace: Trace | None
    ) -> None:
        self.plan = plan
        self.seed = seed
        self.calendar = calendar
        self.values = values
        self.trace = trace
        self.key = turn_key(seed, values[1])
        self.news: list[Told] = []

    def run(self, rule: Rule | None) -> None:
        """Work out *rule* in sequence."""
        if rule is None:
            return
        if self.trace is None:
            rule.plain(self.values, self.key, 0, 0)
        else:
            self.trace.begin(rule)
            rule.traced(self.values, self.key, 0, 0, self.trace)

    def began(self, phase: str) -> None:
        if self.trace is not None:
            self.trace.facts.append(PhaseBegan(phase))

    def begin_turn(self, step: int) -> None:
        """Move on to the played turn *step* and hold its brief."""
        self.values[0] = self.calendar[step - 1]
        self.values[1] = step
        self.key = turn_key(self.seed, step)
        self.news = []
        if self.trace is not None:
            self.trace.facts += (TurnBegan(self.values[0], step), PhaseBegan("brief"))
        self.events(self.plan.brief)

    def events(self, events: Sequence[EventPlan]) -> None:
        """Let every event happen whose time or condition has come."""
        values, key = self.values, self.key
        for event in events:
            if event.once and values[event.slot]:
                continue
            if event.turn is not None and not self._is_time(event.turn):
                continue
            if event.when is not None and not event.when(values, key, 0, 0):
                continue
            if event.percent is None or self._chance(event, event.percent(values, key, 0, 0)):
                self.happen(event)

    def _is_time(self, turn: int) -> bool:
        """Whether *turn* has come; what was timed for turns left out comes in the next one played."""
        step = self.values[1]
        last = self.calendar[step - 2] if step > 1 else 0
        return last < turn <= self.values[0]

    def _chance(self, event: EventPlan, percent: int) -> bool:
        shown = face(self.key, event.die, 0, 100)
        if self.trace is not None:
            shown = self.trace.fell(event.die, 0, shown)
            roll = Roll(
                event.label,
                event.about.title,
                None,
                percent,
                percent,
                (),
                shown,
                shown < percent,
                percent - shown,
                event.cause,
            )
            self.trace.facts.append(roll)
        return shown < percent

    def happen(self, event: EventPlan) -> None:
        """Let *event* happen: it is noted, told and worked out."""
        self.values[event.slot] = self.values[1]
        if self.trace is not None:
            self.trace.facts.append(Happened(event.id))
        if event.told is not None:
            self.news.append(event.told)
            if self.trace is not None:
                self.trace.facts.append(event.told)
        self.run(event.rule)


def begin(plan: Plan, seed: int, length: str, values: list[int], trace: Trace | None) -> Position:
    """The first position of a game whose cards are dealt into *values*."""
    turn = Turn(plan, seed, plan.calendars[length], values, trace)
    turn.begin_turn(1)
    return Position(seed, 1, tuple(values), (), None, tuple(turn.news), length)


def adjudicate(
    plan: Plan, position: Position, orders: Sequence[Given], refused: Refusals, trace: Trace | None
) -> Position:
    """The position after *orders*, which are legal and sorted by rank."""
    turn = Turn(plan, position.seed, plan.calendars[position.length], list(position.values), trace)
    turn.began("orders")
    if trace is not None:
        trace.facts += [Refused(role, order, why) for role, order, why in refused]
    _pay(turn, position.values, orders)
    take_effect(turn)
    _phases(turn, orders)
    settle(turn, orders)
    step = position.step
    past = (*position.past, position.values)
    ending = ending_of(turn, is_last=step >= len(turn.calendar))
    if ending is not None:
        if trace is not None:
            trace.facts.append(Ended(ending))
        return Position(position.seed, step, tuple(turn.values), past, ending, (), position.length)
    turn.begin_turn(step + 1)
    return Position(
        position.seed, step + 1, tuple(turn.values), past, None, tuple(turn.news), position.length
    )


def _pay(turn: Turn, start: Sequence[int], orders: Sequence[Given]) -> None:
    values = turn.values
    for given in orders:
        for slot, cost in given.costs or costs_of(given, start):
            if cost:
                about, before = turn.plan.slots[slot], values[slot]
                values[slot] = after = max(about.lo, before - cost)
                if turn.trace is not None and about.variable is not None:
                    cause = Cause("price", given.plan.id, given.plan.role, None, given.order.place)
                    turn.trace.facts.append(
                        Change(about.variable, None, before, after, after - before, cause)
                    )


def _phases(turn: Turn, orders: Sequence[Given]) -> None:
    by_phase: dict[int, list[Given]] = {}
    for given in orders:
        by_phase.setdefault(given.plan.phase, []).append(given)
    for number, phase in enumerate(turn.plan.phases):
        turn.began(phase.id)
        if number in by_phase:
            carry_out(turn.plan, turn.values, turn.key, by_phase[number], turn.trace)
        if turn.trace is None:
            values, key = turn.values, turn.key
            for plain in phase.plain:
                plain(values, key, 0, 0)
        else:
            for rule in phase.procedures:
                turn.run(rule)
        if phase.events:
            turn.events(phase.events)
