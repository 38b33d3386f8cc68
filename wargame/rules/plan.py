"""A scenario cut up for play: compiled rules with everything looked up beforehand."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import Literal

from attrs import define, field, frozen

from wargame.language.sites import DieSite, ReportSite
from wargame.rules.facts import Cause, Told
from wargame.rules.orders import Order
from wargame.scenario import model

__all__ = [
    "AgreementPlan",
    "DerivedPlan",
    "EndingPlan",
    "EventPlan",
    "Given",
    "GoalPlan",
    "OrderPlan",
    "PhasePlan",
    "Plan",
    "PromisePlan",
    "Rule",
    "SlotPlan",
    "Test",
    "VariablePlan",
]

Test = Callable[[Sequence[int], int, int, int], int]
"""A compiled expression: of the values, the turn's key, the place and the option."""

Costs = tuple[tuple[int, int], ...]
"""Amounts by the slot of the purse."""

Block = Callable[[list[int], int, int, int], None]
Effect = Callable[[list[int], int, int, int, dict[int, int]], None]
"""An order's block: it notes in the last argument what each slot it sets held before."""

Clash = Literal["add", "highest", "lowest"]


@frozen(eq=False)
class Rule:
    """A compiled block of statements, and what it is the cause of."""

    cause: Cause
    plain: Callable[..., None]
    """A `Block`, or an order's `Effect`."""

    traced: Callable[..., None]
    """As a `Block`, and told to a trace, the last argument."""

    writes: tuple[int, ...]
    dice: tuple[DieSite, ...]
    odds: tuple[tuple[Test | None, ...], ...]
    """For every die the functions of the terms of its percentage; None where there is none."""

    reports: tuple[ReportSite, ...]
    reveals: frozenset[str]


@frozen(eq=False)
class SlotPlan:
    """What one slot holds and how the changes of two orders meet in it."""

    variable: str | None
    """None for the engine's own notes."""

    place: int | None
    lo: int
    hi: int
    clash: Clash


@frozen(eq=False)
class VariablePlan:
    """A variable, constant, deal or truth: where it lies and who sees it how."""

    id: str
    about: model.Variable
    slot: int
    width: int
    """Number of slots: one, or one for each place."""

    since: int | None
    """For a flag the first slot of the steps at which it last became true."""


@frozen(eq=False)
class DerivedPlan:
    """A derived value: its function and who sees it."""

    id: str
    about: model.Derived
    function: Callable[[list[int], int], int]
    seen: frozenset[str]
    exact: frozenset[str]
    reads: frozenset[str]


@define(eq=False)
class OrderPlan:
    """An order: when it may be given, what it costs, who learns of it, what it does."""

    number: int
    """Its place among all orders, from 0; orders are told in this sequence."""

    id: str
    about: model.Order
    role: str
    phase: int
    when: Test | None
    allow: Test | None
    prices: tuple[tuple[int, Test], ...]
    """The slot of each purse with the price."""

    slot: int
    """Holds the step at which it was last carried out."""

    known: frozenset[str]
    rule: Rule | None
    ways: tuple[Given, ...] = ()
    """Every target and option there is, by place and then by option."""

    plain: Effect = field(init=False)
    """The rule's plain function; one that does nothing where there is none."""

    def __attrs_post_init__(self) -> None:
        self.plain = self.rule.plain if self.rule is not None else _nothing


def _nothing(values: list[int], key: int, here: int, option: int, held: dict[int, int]) -> None:
    pass


@frozen(eq=False)
class Given:
    """An order with its target and option as numbers."""

    rank: int
    """Decides the sequence of telling; no two have the same."""

    plan: OrderPlan
    here: int
    option: int
    order: Order
    cause: Cause
    costs: Costs | None
    """Its prices, where they do not depend on the position."""


@frozen(eq=False)
class EventPlan:
    """An event: when it happens, whom it tells what, what it does."""

    id: str
    about: model.Event
    once: bool
    turn: int | None
    when: Test | None
    percent: Test | None
    """None if it needs no die."""

    die: int
    """The label key of its own die."""

    label: str
    secrets: frozenset[str]
    """Ids of all that its chance depends on."""

    slot: int
    """Holds the step at which it last happened, 0 for never."""

    told: Told | None
    rule: Rule | None
    cause: Cause


@frozen(eq=False)
class PhasePlan:
    """A phase: its procedures and the events that follow it."""

    id: str
    title: str
    procedures: tuple[Rule, ...]
    events: tuple[EventPlan, ...]
    plain: tuple[Block, ...] = field(init=False)
    """The procedures' plain functions."""

    @plain.default
    def _plain(self) -> tuple[Block, ...]:
        return tuple(rule.plain for rule in self.procedures)


@frozen(eq=False)
class AgreementPlan:
    """An agreement: its slots and its rules."""

    id: str
    about: model.Agreement
    slot: int
    offered_by: int
    """Slot of the party that offered it: 1 or 2; 0 for neither."""

    agreed: int
    """Slot that is 1 between the answer and the adjudication in which it takes effect."""

    when: Test | None
    effects: Rule | None
    each_turn: Rule | None
    broken_by: tuple[OrderPlan, ...]
    on_break: Rule | None


@frozen(eq=False)
class PromisePlan:
    """A promise: its slots and its rules."""

    id: str
    about: model.Promise
    slot: int
    given: int
    """Slot of the step at which it was given."""

    when: Test | None
    kept_when: Test | None
    broken_when: Test | None
    on_kept: Rule | None
    on_broken: Rule | None


@frozen(eq=False)
class GoalPlan:
    """An objective (of 0 to 100), a red line or an agenda (of 0 or 1), with what it is worth."""

    id: str
    title: str
    worth: int
    """The weight, the penalty or the points."""

    value: Test
    slot: int = 0
    """For a red line the slot of the step at which it was crossed."""


@frozen(eq=False)
class EndingPlan:
    """A way the game can end."""

    id: str
    about: model.Ending
    when: Test | None


@frozen(eq=False)
class Plan:
    """All of a scenario, ready to play."""

    scenario: model.Scenario
    start: tuple[int, ...]
    slots: tuple[SlotPlan, ...]
    roles: tuple[str, ...]
    places: tuple[str, ...]
    place_titles: tuple[str, ...]
    variables: Mapping[str, VariablePlan]
    derived: Mapping[str, DerivedPlan]
    orders: Mapping[str, OrderPlan]
    ways: Mapping[Order, Given]
    menus: Mapping[str, tuple[OrderPlan, ...]]
    """Each role's orders."""

    phases: tuple[PhasePlan, ...]
    brief: tuple[EventPlan, ...]
    agreements: Mapping[str, AgreementPlan]
    promises: Mapping[str, PromisePlan]
    objectives: Mapping[str, tuple[GoalPlan, ...]]
    red_lines: Mapping[str, tuple[GoalPlan, ...]]
    agendas: Mapping[str, tuple[GoalPlan, ...]]
    agenda_slots: Mapping[str, int]
    truth_slot: int | None
    truth_weights: tuple[int, ...]
    endings: tuple[EndingPlan, ...]
    calendars: Mapping[str, tuple[int, ...]]
    """Per length the calendar numbers of the turns played."""

    early: tuple[EndingPlan, ...] = field(init=False)
    """The endings that are tested every turn."""

    find_rolls: Callable[[], Mapping[str, frozenset[str]]] = dict
    """Works out `rolls`."""

    @early.default
    def _early(self) -> tuple[EndingPlan, ...]:
        return tuple(ending for ending in self.endings if ending.about.early)

    @cached_property
    def rolls(self) -> Mapping[str, frozenset[str]]:
        """Per die label the ids one must know exactly to be told of the roll; no replay asks for it."""
        return self.find_rolls()
