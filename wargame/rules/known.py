"""The facts one role may know, each in the words of what it may know."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from attrs import define, evolve, field

from wargame.rules.facts import (
    Cause,
    Change,
    Ended,
    Fact,
    Happened,
    OrderGiven,
    PhaseBegan,
    RedLine,
    Refused,
    Roll,
    Settled,
    Told,
    TurnBegan,
)
from wargame.rules.perceive import sees_exactly
from wargame.rules.plan import Plan

__all__ = ["heard", "known"]

OTHER = Cause("other")


def known(plan: Plan, facts: Iterable[Fact], role: str) -> tuple[Fact, ...]:
    """
    Those of *facts* the role may know.

    Of what it sees exactly, all that others did in secret comes as one change a phase, from other causes.
    """
    told: list[Fact] = []
    phase = _Phase(plan, role)
    for fact in facts:
        if isinstance(fact, TurnBegan | PhaseBegan):
            told += phase.close()
            told.append(fact)
        elif isinstance(fact, Change):
            phase.change(fact)
        elif isinstance(fact, Told):
            phase.facts += heard(plan, (fact,), role)
        elif _may_know(plan, fact, role):
            phase.facts.append(fact)
    return (*told, *phase.close())


def heard(plan: Plan, told: Iterable[Told], role: str) -> tuple[Told, ...]:
    """What of all that was told the role hears: not whether it is true, nor what secret deed is behind it."""
    return tuple(
        evolve(each, claim=False, cause=each.cause if _knows(plan, each.cause, role) else OTHER)
        for each in told
        if role in each.to
    )


@define(eq=False)
class _Phase:
    """The facts of one phase, collected until its changes can be added up."""

    plan: Plan
    role: str
    facts: list[Fact] = field(factory=list)
    """What is told, with changes by known causes still as they were."""

    _start: dict[tuple[str, str | None], int] = field(factory=dict)
    _hidden: dict[tuple[str, str | None], int] = field(factory=dict)
    """By variable and place, the sum of what unknown causes changed; of numbers only."""

    _set: dict[tuple[str, str | None], int] = field(factory=dict)
    """By flag or choice and place, how the phase has left it, whoever did it."""

    _limits: list[Change] = field(factory=list)

    def change(self, change: Change) -> None:
        if not sees_exactly(self.plan, self.role, change.variable):
            return
        at = (change.variable, change.place)
        self._start.setdefault(at, change.before)
        if not self._adds_up(change.variable):
            self._set[at] = change.after
            if _knows(self.plan, change.cause, self.role):
                self.facts.append(change)
        elif change.cause.kind == "limit":
            self._limits.append(change)
        elif _knows(self.plan, change.cause, self.role):
            self.facts.append(change)
        else:
            self._hidden[at] = self._hidden.get(at, 0) + change.by

    def close(self) -> list[Fact]:
        """What is told of the phase; begins the next one."""
        for limit in self._limits:
            at = (limit.variable, limit.place)
            if at in self._hidden:
                # The size of what was cut off would tell how much others did.
                self._hidden[at] += limit.by
            else:
                self.facts.append(limit)
        others = [
            Change(variable, place, 0, 0, by, OTHER) for (variable, place), by in self._hidden.items() if by
        ]
        told = self._retold([*self.facts, *sorted(others, key=self._number)])
        self.facts, self._limits = [], []
        self._start, self._hidden, self._set = {}, {}, {}
        return told

    def _adds_up(self, variable: str) -> bool:
        """Whether it is a number: a flag or choice is set, and what set it last counts."""
        return self.plan.slots[self.plan.variables[variable].slot].clash == "add"

    def _number(self, change: Change) -> int:
        first = self.plan.variables[change.variable].slot
        return first + (0 if change.place is None else self.plan.places.index(change.place))

    def _retold(self, facts: Sequence[Fact]) -> list[Fact]:
        """The changes of each variable as a chain from its value at the start of the phase."""
        running = dict(self._start)
        told: list[Fact] = []
        for fact in facts:
            if not isinstance(fact, Change):
                told.append(fact)
                continue
            at = (fact.variable, fact.place)
            before = running[at]
            running[at] = after = before + fact.by if self._adds_up(fact.variable) else fact.after
            if after != before:
                told.append(evolve(fact, before=before, after=after, by=after - before))
        left = [
            Change(variable, place, running[variable, place], after, after - running[variable, place], OTHER)
            for (variable, place), after in self._set.items()
            if running[variable, place] != after
        ]
        return [*told, *sorted(left, key=self._number)]


def _knows(plan: Plan, cause: Cause, role: str) -> bool:
    """Whether the role learns of what caused something."""
    match cause.kind:
        case "order":
            return role in plan.orders[cause.id].known
        case "price":
            return role == cause.role
        case "event":
            return role in plan.scenario.events[cause.id].to
        case "agreement" | "promise":
            return sees_exactly(plan, role, cause.id)
        case _:
            # What the referee does and says is done and said openly to those who see it at all.
            return cause.kind in ("procedure", "ruling", "inject", "table")


def _may_know(plan: Plan, fact: Fact, role: str) -> bool:
    match fact:
        case OrderGiven(order=order):
            return role in plan.orders[order.id].known
        case Refused(role=own) | RedLine(role=own):
            return role == own
        case Roll(label=label, cause=cause):
            return _knows(plan, cause, role) and all(
                sees_exactly(plan, role, id) for id in plan.rolls.get(label, ())
            )
        case Happened(event=event):
            return role in plan.scenario.events[event].to
        case Settled(id=id):
            return sees_exactly(plan, role, id)
        case Ended() | TurnBegan() | PhaseBegan():
            return True
        case Change() | Told():
            return False
