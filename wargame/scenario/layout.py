"""The slots of a position: which number of the list holds what."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from attrs import define, field

from wargame.language.scope import OrderName, Scope, VariableName
from wargame.language.types import Choice
from wargame.scenario.model import AGREEMENT_STATES, EXACT, PROMISE_STATES, TRUTH, Scenario, Variable

TURN_SLOT = 0
STEP_SLOT = 1


@define(eq=False)
class Layout:
    """
    Where each value of a scenario lies in the flat list of integers.

    In this order: the calendar turn, the step (played turns so far), each variable and constant (per-place
    ones occupy one slot a place), each deal's state, the truth, the steps at which flags last became true,
    the steps at which orders were last carried out, and the engine's own notes.
    """

    scenario: Scenario
    size: int = field(init=False, default=2)
    """How many slots there are."""

    variables: Mapping[str, Variable] = field(init=False, factory=dict)
    """All that rule texts can read as a variable: declared ones, constants, deals and `truth`."""

    first: Mapping[str, int] = field(init=False, factory=dict)
    """By variable, its first slot."""

    since: Mapping[str, int] = field(init=False, factory=dict)
    """By flag, the first slot of the step at which it last became true; 0 there means never."""

    orders: Mapping[str, int] = field(init=False, factory=dict)
    """By order, the slot of the step at which it was last carried out; 0 there means never."""

    offered_by: Mapping[str, int] = field(init=False, factory=dict)
    """By agreement, the slot that holds which party offered it: 1 or 2, and 0 for neither."""

    agreed: Mapping[str, int] = field(init=False, factory=dict)
    """By agreement, the slot that is 1 once the offer is accepted but not yet in effect."""

    given: Mapping[str, int] = field(init=False, factory=dict)
    """By promise, the slot of the step in which it was given; 0 there means never."""

    agendas: Mapping[str, int] = field(init=False, factory=dict)
    """By role that has agendas, the slot of the number of the one dealt, from 0."""

    red_lines: Mapping[tuple[str, str], int] = field(init=False, factory=dict)
    """By role and red line, the slot of the step at which it was crossed; 0 there means not yet."""

    events: Mapping[str, int] = field(init=False, factory=dict)
    """By event, the slot of the step at which it last happened; 0 there means never."""

    def __attrs_post_init__(self) -> None:
        scenario = self.scenario
        self.variables = {**scenario.variables, **scenario.constants, **_implied(scenario)}
        self.first = {id: self._take(self.width(id)) for id in self.variables}
        flags = [id for id, variable in self.variables.items() if variable.is_flag]
        self.since = {id: self._take(self.width(id)) for id in flags}
        self.orders = {id: self._take() for id in scenario.orders}
        self.offered_by = {id: self._take() for id in scenario.agreements}
        self.agreed = {id: self._take() for id in scenario.agreements}
        self.given = {id: self._take() for id in scenario.promises}
        self.agendas = {role: self._take() for role, agendas in scenario.agendas.items() if agendas}
        self.red_lines = {
            (role, id): self._take() for role, lines in scenario.red_lines.items() for id in lines
        }
        self.events = {id: self._take() for id in scenario.events}

    def _take(self, slots: int = 1) -> int:
        first, self.size = self.size, self.size + slots
        return first

    def width(self, id: str) -> int:
        """How many slots the variable occupies."""
        return len(self.scenario.places) if self.variables[id].per_place else 1

    def slot(self, id: str, place: str | None = None) -> int:
        """The slot of a variable, at *place* if it is one per place."""
        return self.first[id] + (self.places[place] if place is not None else 0)

    @cached_property
    def places(self) -> Mapping[str, int]:
        """By place, its number from 0."""
        return {id: index for index, id in enumerate(self.scenario.places)}

    @cached_property
    def neighbours(self) -> tuple[tuple[int, ...], ...]:
        """For each place the numbers of its neighbours, ascending; the relation is symmetric."""
        found: list[set[int]] = [set() for _ in self.places]
        for id, place in self.scenario.places.items():
            for other in place.next_to:
                if other in self.places and other != id:
                    found[self.places[id]].add(self.places[other])
                    found[self.places[other]].add(self.places[id])
        return tuple(tuple(sorted(numbers)) for numbers in found)

    @cached_property
    def owners(self) -> tuple[tuple[str, str | None] | None, ...]:
        """For each slot the variable and place it holds; None for the engine's own."""
        found: list[tuple[str, str | None] | None] = [None] * self.size
        for id, first in self.first.items():
            if self.variables[id].per_place:
                for place, index in self.places.items():
                    found[first + index] = (id, place)
            else:
                found[first] = (id, None)
        return tuple(found)

    def start(self) -> list[int]:
        """The values as play begins, before anything is dealt and before the first turn."""
        values = [0] * self.size
        for id, variable in self.variables.items():
            if variable.per_place:
                for place, index in self.places.items():
                    own = self.scenario.places[place].start
                    values[self.first[id] + index] = own.get(id, variable.start)
            else:
                values[self.first[id]] = variable.start
        return values

    @cached_property
    def scope(self) -> Scope:
        """The names rule texts may use; derived values are added by the check."""
        roles = frozenset(self.scenario.roles)
        return Scope(
            variables={id: self._name(id) for id in self.variables},
            derived={},
            orders={
                order.id: OrderName(order.id, self.orders[order.id], order.role, order.visible & roles)
                for order in self.scenario.orders.values()
            },
            places=tuple(self.scenario.places),
            neighbours=self.neighbours,
            roles=tuple(self.scenario.roles),
            turns=max(1, len(self.scenario.turns)),
            turn_slot=TURN_SLOT,
            step_slot=STEP_SLOT,
        )

    def _name(self, id: str) -> VariableName:
        variable = self.variables[id]
        return VariableName(
            id=id,
            slot=self.first[id],
            type=variable.type,
            per_place=variable.per_place,
            writable=variable.kind == "variable",
            exact=variable.exact,
            seen=frozenset(variable.seen),
            since=self.since.get(id),
        )


def _implied(scenario: Scenario) -> dict[str, Variable]:
    """The choice variables that deals and truths bring with them."""
    found: dict[str, Variable] = {}
    everybody = dict.fromkeys(scenario.roles, EXACT)
    for deal in scenario.agreements.values():
        seen = everybody if deal.public else dict.fromkeys(deal.parties, EXACT)
        type_ = Choice(deal.id, AGREEMENT_STATES)
        found[deal.id] = Variable(deal.id, deal.title, type_, deal.about, seen=seen, kind="agreement")
    for promise in scenario.promises.values():
        seen = everybody if promise.public else dict.fromkeys((promise.by, *promise.to), EXACT)
        type_ = Choice(promise.id, PROMISE_STATES)
        title, about = promise.title, promise.about
        found[promise.id] = Variable(promise.id, title, type_, about, seen=seen, kind="promise")
    if scenario.truths:
        type_ = Choice(TRUTH, tuple(scenario.truths))
        found[TRUTH] = Variable(TRUTH, "The hidden truth", type_, kind="truth")
    return found
