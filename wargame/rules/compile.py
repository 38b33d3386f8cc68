"""Makes the plan of a scenario from its book: every rule compiled, every name looked up."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property
from types import CodeType
from typing import Any, TypeVar

from wargame.language.check import Checked
from wargame.language.python import Builder
from wargame.rules.dice import label_key
from wargame.rules.exposure import secrets_of_dice
from wargame.rules.facts import Cause, Told
from wargame.rules.orders import Order
from wargame.rules.plan import (
    AgreementPlan,
    Clash,
    Costs,
    DerivedPlan,
    EndingPlan,
    EventPlan,
    Given,
    GoalPlan,
    OrderPlan,
    PhasePlan,
    Plan,
    PromisePlan,
    Rule,
    SlotPlan,
    Test,
    VariablePlan,
)
from wargame.scenario import model
from wargame.scenario.book import Book

__all__ = ["Functions", "plan_of"]

LARGEST = 2**31 - 1
Goal = TypeVar("Goal", model.Objective, model.RedLine, model.Agenda)


class Functions:
    """The compiled texts of a book by dotted key; the traced ones are made when first asked for."""

    def __init__(self, book: Book, code: CodeType | None = None) -> None:
        self.book = book
        self.builder = Builder(book.scope)
        self.names: dict[str, str] = {}
        for key, checked in book.texts.items():
            self.names[key] = self._add(key, checked)
        self.code = code or self.builder.code("plain")
        self.plain: Mapping[str, Callable[..., Any]] = self.builder.build("plain", self.code)

    def _add(self, key: str, checked: Checked) -> str:
        if key.startswith("derived."):
            return self.builder.add_derived(self.book.scope.derived[key.split(".")[1]].index, checked)
        return self.builder.add(checked)

    @cached_property
    def traced(self) -> Mapping[str, Callable[..., Any]]:
        return self.builder.build("traced")

    def get(self, key: str) -> Test | None:
        """The expression called *key*; None if the author left it out."""
        return self.plain[self.names[key]] if key in self.names else None

    def rule(self, key: str, cause: Cause, reveals: frozenset[str] = frozenset()) -> Rule | None:
        """The block called *key*; None if the author left it out."""
        if key not in self.names:
            return None
        name, checked = self.names[key], self.book.texts[key]
        odds = tuple(
            tuple(None if part is None else self.plain[part] for part in parts)
            for parts in self.builder.part_functions(name)
        )
        return Rule(
            cause,
            self.plain[name],
            lambda *args: self.traced[name](*args),
            tuple(sorted(checked.writes)),
            checked.dice,
            odds,
            checked.reports,
            reveals,
        )


def plan_of(functions: Functions) -> Plan:
    """The plan of the book whose functions these are."""
    book = functions.book
    scenario, layout = book.scenario, book.layout
    variables = {
        id: VariablePlan(id, about, layout.first[id], layout.width(id), layout.since.get(id))
        for id, about in layout.variables.items()
    }
    orders = _orders(functions)
    ways = [given for order in orders.values() for given in order.ways]
    causes = {id: Cause("event", id) for id in scenario.events}
    events = {
        id: _event(functions, about, causes[id])
        for id, about in sorted(scenario.events.items(), key=lambda item: item[1].rank)
    }
    return Plan(
        scenario=scenario,
        start=tuple(layout.start()),
        slots=_slots(book, variables),
        roles=tuple(scenario.roles),
        places=tuple(scenario.places),
        place_titles=tuple(place.title for place in scenario.places.values()),
        variables=variables,
        derived=_derived(functions),
        orders=orders,
        ways={given.order: given for given in ways},
        menus={
            role: tuple(order for order in orders.values() if order.role == role) for role in scenario.roles
        },
        phases=_phases(functions, events),
        brief=tuple(event for event in events.values() if event.about.after == model.BRIEF),
        agreements={id: _agreement(functions, id, orders) for id in scenario.agreements},
        promises={id: _promise(functions, id) for id in scenario.promises},
        objectives=_goals(functions, "objectives", scenario.objectives),
        red_lines=_goals(functions, "red_lines", scenario.red_lines),
        agendas=_goals(functions, "agendas", scenario.agendas),
        agenda_slots=layout.agendas,
        truth_slot=layout.first.get(model.TRUTH),
        truth_weights=tuple(truth.weight for truth in scenario.truths.values()),
        endings=tuple(
            EndingPlan(id, about, functions.get(f"endings.{id}.when"))
            for id, about in scenario.endings.items()
        ),
        calendars=scenario.lengths or {"full": tuple(turn.number for turn in scenario.turns)},
        find_rolls=lambda: _rolls(functions, events),
    )


def _slots(book: Book, variables: Mapping[str, VariablePlan]) -> tuple[SlotPlan, ...]:
    slots = [SlotPlan(None, None, 0, LARGEST, "highest")] * book.layout.size
    for variable in variables.values():
        about = variable.about
        clash: Clash = about.clash if about.is_flag or about.options else "add"
        for index in range(variable.width):
            place = index if about.per_place else None
            slots[variable.slot + index] = SlotPlan(variable.id, place, *about.range, clash)
    return tuple(slots)


def _derived(functions: Functions) -> dict[str, DerivedPlan]:
    scope = functions.book.scope
    return {
        id: DerivedPlan(
            id,
            about,
            functions.plain[f"d{scope.derived[id].index}"],
            scope.derived[id].seen,
            scope.derived[id].exact,
            scope.derived[id].reads,
        )
        for id, about in functions.book.scenario.derived.items()
    }


def _orders(functions: Functions) -> dict[str, OrderPlan]:
    book = functions.book
    phases = [phase.id for phase in book.scenario.phases]
    orders: dict[str, OrderPlan] = {}
    rank = 0
    for number, about in enumerate(book.scenario.orders.values()):
        key = f"orders.{about.id}"
        prices = ((purse, functions.get(f"{key}.spend.{purse}")) for purse in about.spend)
        order = OrderPlan(
            number=number,
            id=about.id,
            about=about,
            role=about.role,
            phase=phases.index(about.phase),
            when=functions.get(f"{key}.when"),
            allow=functions.get(f"{key}.allow"),
            prices=tuple((book.layout.first[purse], price) for purse, price in prices if price is not None),
            slot=book.layout.orders[about.id],
            known=about.visible | {about.role},
            rule=functions.rule(f"{key}.effects", Cause("order", about.id, about.role), about.reveals),
        )
        is_fixed = not any(_reads(book.texts[f"{key}.spend.{purse}"]) for purse in about.spend)
        order.ways = _ways(order, tuple(book.scenario.places), rank, is_fixed)
        rank += len(order.ways)
        orders[about.id] = order
    return orders


def _reads(text: Checked) -> frozenset[str]:
    return text.reads | text.derived | text.asks


def _ways(order: OrderPlan, places: tuple[str, ...], rank: int, is_fixed: bool) -> tuple[Given, ...]:
    about = order.about
    targets: list[str | None] = list(places) if about.target else [None]
    options: list[str | None] = list(about.choice.options) if about.choice else [None]
    found: list[Given] = []
    for here, place in enumerate(targets):
        cause = Cause("order", about.id, about.role, None, place)
        for number, option in enumerate(options):
            costs = _costs(order, here, number) if is_fixed else None
            given = Order(about.id, place, option)
            found.append(Given(rank + len(found), order, here, number, given, cause, costs))
    return tuple(found)


def _costs(order: OrderPlan, here: int, option: int) -> Costs | None:
    try:
        return tuple((slot, price((), 0, here, option)) for slot, price in order.prices)
    except IndexError:  # it reads the number of the turn
        return None


def _event(functions: Functions, about: model.Event, cause: Cause) -> EventPlan:
    key = f"events.{about.id}"
    texts = functions.book.texts
    certain = about.percent.strip() == "100"
    secrets: frozenset[str] = frozenset()
    for text in (texts.get(f"{key}.when"), texts.get(f"{key}.percent")):
        if text is not None:
            secrets |= _reads(text)
    return EventPlan(
        id=about.id,
        about=about,
        once=about.once,
        turn=about.turn,
        when=functions.get(f"{key}.when"),
        percent=None if certain else functions.get(f"{key}.percent"),
        die=label_key(key),
        label=key,
        secrets=secrets - about.reveals,
        slot=functions.book.layout.events[about.id],
        told=Told(about.to, about.tell, not about.truth, cause) if about.tell else None,
        rule=functions.rule(f"{key}.effects", cause, about.reveals),
        cause=cause,
    )


def _phases(functions: Functions, events: Mapping[str, EventPlan]) -> tuple[PhasePlan, ...]:
    scenario = functions.book.scenario
    procedures = sorted(scenario.procedures.values(), key=lambda each: each.rank)
    phases: list[PhasePlan] = []
    for phase in scenario.phases:
        rules = [
            functions.rule(f"procedures.{each.id}.rules", Cause("procedure", each.id), each.reveals)
            for each in procedures
            if each.phase == phase.id
        ]
        after = tuple(event for event in events.values() if event.about.after == phase.id)
        present = tuple(rule for rule in rules if rule is not None)
        phases.append(PhasePlan(phase.id, phase.title, present, after))
    return tuple(phases)


def _agreement(functions: Functions, id: str, orders: Mapping[str, OrderPlan]) -> AgreementPlan:
    about, layout = functions.book.scenario.agreements[id], functions.book.layout
    key, cause = f"agreements.{id}", Cause("agreement", id)
    return AgreementPlan(
        id=id,
        about=about,
        slot=layout.first[id],
        offered_by=layout.offered_by[id],
        agreed=layout.agreed[id],
        when=functions.get(f"{key}.when"),
        effects=functions.rule(f"{key}.effects", cause, about.reveals),
        each_turn=functions.rule(f"{key}.each_turn", cause, about.reveals),
        broken_by=tuple(orders[order] for order in about.broken_by),
        on_break=functions.rule(f"{key}.on_break", cause, about.reveals),
    )


def _promise(functions: Functions, id: str) -> PromisePlan:
    about, layout = functions.book.scenario.promises[id], functions.book.layout
    key, cause = f"promises.{id}", Cause("promise", id)
    return PromisePlan(
        id=id,
        about=about,
        slot=layout.first[id],
        given=layout.given[id],
        when=functions.get(f"{key}.when"),
        kept_when=functions.get(f"{key}.kept_when"),
        broken_when=functions.get(f"{key}.broken_when"),
        on_kept=functions.rule(f"{key}.on_kept", cause, about.reveals),
        on_broken=functions.rule(f"{key}.on_broken", cause, about.reveals),
    )


def _goals(
    functions: Functions,
    kind: str,
    goals: Mapping[str, Mapping[str, Goal]],
) -> dict[str, tuple[GoalPlan, ...]]:
    """Objectives, red lines or agendas, by role."""
    slots = functions.book.layout.red_lines
    found: dict[str, tuple[GoalPlan, ...]] = {}
    for role, by_id in goals.items():
        plans: list[GoalPlan] = []
        for id, goal in by_id.items():
            test = functions.get(f"{kind}.{role}.{id}.{'value' if kind == 'objectives' else 'when'}")
            assert test is not None
            plans.append(GoalPlan(id, goal.title, _worth(goal), test, slots.get((role, id), 0)))
        found[role] = tuple(plans)
    return found


def _worth(goal: model.Objective | model.RedLine | model.Agenda) -> int:
    match goal:
        case model.Objective():
            return goal.weight
        case model.RedLine():
            return goal.penalty
        case _:
            return goal.points


def _rolls(functions: Functions, events: Mapping[str, EventPlan]) -> dict[str, frozenset[str]]:
    """Per die label the ids one must know exactly to be told of the roll."""
    found = {event.label: event.secrets for event in events.values()}
    scenario = functions.book.scenario
    for key, checked in functions.book.texts.items():
        if checked.dice:
            kind, id, *_ = key.split(".")
            reveals: frozenset[str] = getattr(scenario, kind)[id].reveals
            for die, secrets in zip(checked.dice, secrets_of_dice(checked), strict=True):
                found[die.label] = found.get(die.label, frozenset()) | (secrets - reveals)
    return found
