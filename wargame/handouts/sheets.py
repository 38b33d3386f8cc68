"""What is on the sheets of one role: all of it its own or everybody's, nothing taken out of anything."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial

from attrs import frozen

from wargame.handouts.deeds import Deeds, deeds_of
from wargame.handouts.sentences import Sentences, sentences_of
from wargame.scenario.book import Book
from wargame.scenario.model import Agreement, Order, Promise, Scenario
from wargame.session.public import Gauge, Pact, Public, RoleNote, public_of

__all__ = ["Aim", "Deal", "OrderCard", "RoleSheets", "Watched", "agendas_of", "sheets_of", "value_words"]


@frozen
class OrderCard:
    """An order as its role reads it."""

    id: str
    title: str
    about: str
    phase: int
    """Number of the phase, from 1."""

    phase_title: str
    price: str
    target: str
    """What it is given for; empty where it has no target."""

    choice: str
    options: tuple[str, ...]
    needs: tuple[tuple[str, str], ...]
    """What must hold for it to be given: an option, or nothing for all of them, and a clause."""

    limits: tuple[str, ...]
    """How often it may be given."""

    known: str
    """Who learns that it was given."""

    deeds: Deeds


@frozen
class Aim:
    """An objective, a red line or a secret agenda."""

    title: str
    about: str
    points: int
    """The weight of an objective, the penalty of a red line, the reward of an agenda."""

    measure: str
    """The formula or the condition, in words."""


@frozen
class Deal:
    """An agreement or promise the role can have a part in."""

    kind: str
    title: str
    about: str
    between: str
    terms: tuple[tuple[str, str], ...]
    notes: tuple[tuple[str, str], ...]
    """Such as when it can be made and what breaks it."""


@frozen
class Watched:
    """A value the role can follow, as a row to fill in."""

    title: str
    about: str
    scale: str
    start: str
    sight: str
    """How well the role sees it."""


@frozen
class Spread:
    """A value of every place the role can follow, as a row to fill in."""

    title: str
    sight: str
    """Its scale, and how well the role sees it."""

    starts: tuple[str, ...]
    """By place; empty where the role is only told an estimate."""


@frozen(eq=False)
class RoleSheets:
    """Everything a role is handed."""

    public: Public
    role: RoleNote
    others: tuple[RoleNote, ...]
    orders: tuple[OrderCard, ...]
    phases: tuple[str, ...]
    purses: tuple[str, ...]
    """The titles of what its orders are paid from."""

    objectives: tuple[Aim, ...]
    red_lines: tuple[Aim, ...]
    deals: tuple[Deal, ...]
    watched: tuple[Watched, ...]
    spread: tuple[Spread, ...]
    has_agendas: bool
    """Whether it is dealt one."""

    @property
    def weights(self) -> int:
        return sum(aim.points for aim in self.objectives)


def sheets_of(book: Book, role: str) -> RoleSheets:
    """The sheets of *role*."""
    scenario, public = book.scenario, public_of(book, role)
    words = sentences_of(scenario)
    mine = [order for order in scenario.orders.values() if order.role == role]
    purses = dict.fromkeys(purse for order in mine for purse in order.spend)
    return RoleSheets(
        has_agendas=bool(scenario.agendas.get(role)),
        public=public,
        role=public.role,
        others=tuple(note for id, note in public.roles.items() if id != role),
        orders=tuple(map(partial(_order, scenario, public, words), mine)),
        phases=tuple(phase.title for phase in public.phases),
        purses=tuple(scenario.variables[purse].title for purse in purses),
        objectives=tuple(
            Aim(each.title, each.about, each.weight, words.formula(each.value))
            for each in scenario.objectives.get(role, {}).values()
        ),
        red_lines=tuple(
            Aim(each.title, each.about, each.penalty, words.condition(each.when))
            for each in scenario.red_lines.get(role, {}).values()
        ),
        deals=tuple(_deals(scenario, public, words)),
        spread=tuple(_spread(scenario, gauge, role) for gauge in public.gauges.values() if gauge.per_place),
        watched=tuple(_watched(scenario, public, gauge) for gauge in _followed(public, purses)),
    )


def agendas_of(scenario: Scenario, role: str) -> tuple[Aim, ...]:
    """The secret agendas of which *role* is dealt one."""
    words = sentences_of(scenario)
    return tuple(
        Aim(each.title, each.about, each.points, words.condition(each.when))
        for each in scenario.agendas.get(role, {}).values()
    )


def _order(scenario: Scenario, public: Public, words: Sentences, order: Order) -> OrderCard:
    phases = [phase.id for phase in public.phases]
    prices = [
        f"{words.price(price, order.choice)} {scenario.variables[purse].title}"
        for purse, price in order.spend.items()
    ]
    number = phases.index(order.phase)
    return OrderCard(
        id=order.id,
        title=order.title,
        about=order.about,
        phase=number + 1,
        phase_title=public.phases[number].title,
        price=" and ".join(prices) or "nothing",
        target="a place" if order.target else "",
        choice=order.choice.name.replace("_", " ") if order.choice else "",
        options=order.choice.shown if order.choice else (),
        needs=tuple(_needs(words, order)),
        limits=tuple(_limits(order)),
        known=_known(public, order),
        deeds=deeds_of(order.effects, public.gauges, words),
    )


def _needs(words: Sentences, order: Order) -> Iterator[tuple[str, str]]:
    if order.when:
        yield "", words.condition(order.when)
    yield from words.by_option(order.allow, order.choice)


def _limits(order: Order) -> Iterator[str]:
    if order.once:
        yield "once a game"
    if order.per_turn > 1:
        yield f"for up to {order.per_turn} places a turn"


def _known(public: Public, order: Order) -> str:
    """Who learns that the order was given, in words."""
    others = [note.title for id, note in public.roles.items() if id in order.visible and id != public.role.id]
    if len(others) == len(public.roles) - 1 and others:
        return "everybody"
    return " and ".join(others) if others else "nobody else"


def _deals(scenario: Scenario, public: Public, words: Sentences) -> Iterator[Deal]:
    for id, pact in public.agreements.items():
        yield _deal(public, "Agreement", pact, _agreement_notes(scenario, words, scenario.agreements[id]))
    for id, pact in public.promises.items():
        yield _deal(public, "Promise", pact, _promise_notes(words, scenario.promises[id]))


def _deal(public: Public, kind: str, pact: Pact, notes: Iterator[tuple[str, str]]) -> Deal:
    titles = [public.roles[party].title for party in pact.parties]
    between = " and ".join(titles) if kind == "Agreement" else f"{titles[0]} to {', '.join(titles[1:])}"
    terms = tuple((public.roles[party].title, text) for party, text in pact.terms.items())
    return Deal(kind, pact.title, pact.about, between, terms, tuple(notes))


def _agreement_notes(scenario: Scenario, words: Sentences, deal: Agreement) -> Iterator[tuple[str, str]]:
    if deal.when:
        yield "Can be made when", words.condition(deal.when)
    if deal.broken_by:
        yield "Broken by", ", ".join(scenario.orders[order].title for order in deal.broken_by)


def _promise_notes(words: Sentences, promise: Promise) -> Iterator[tuple[str, str]]:
    if promise.when:
        yield "Can be given when", words.condition(promise.when)
    if promise.kept_when:
        yield "Kept when", words.condition(promise.kept_when)
    if promise.broken_when:
        yield "Broken when", words.condition(promise.broken_when)
    if promise.due is not None:
        yield "Due", f"{promise.due} turns, the one it was given in included"


def _followed(public: Public, purses: Mapping[str, None]) -> Iterator[Gauge]:
    """The values worth a row: what the orders are paid from, then the headlines."""
    first = [public.gauges[purse] for purse in purses if purse in public.gauges]
    yield from first
    yield from (
        gauge
        for gauge in public.gauges.values()
        if gauge.headline and not gauge.per_place and gauge not in first
    )


def _watched(scenario: Scenario, public: Public, gauge: Gauge) -> Watched:
    """A row; what is seen exactly has its starting value in it, what is estimated is told each turn."""
    variable = scenario.variables.get(gauge.id)
    low, high = gauge.range
    scale = f"{low} to {high}"
    if variable is not None and variable.options:
        scale = " / ".join(variable.shown)
    elif variable is not None and variable.is_flag:
        scale = "no / yes"
    if variable is None:
        return Watched(gauge.title, gauge.about, scale, "", "worked out")
    sight = variable.seen[public.role.id]
    notes = [f"\u00b1{sight.error}"] if sight.error else []
    notes += [f"{sight.delay} turn{'s' if sight.delay > 1 else ''} late"] if sight.delay else []
    start = "" if notes or sight.bias else value_words(scenario, gauge.id, variable.start)
    return Watched(
        gauge.title, gauge.about, scale, start, ", ".join(notes) or ("about" if sight.bias else "exact")
    )


def _spread(scenario: Scenario, gauge: Gauge, role: str) -> Spread:
    variable = scenario.variables.get(gauge.id)
    places = scenario.places.values()
    low, high = gauge.range
    if variable is None:
        return Spread(gauge.title, f"{low} to {high}, worked out", ("",) * len(places))
    sight = variable.seen[role]
    scale = "no / yes" if variable.is_flag else " / ".join(variable.shown) or f"{low} to {high}"
    notes = [f"\u00b1{sight.error}"] if sight.error else []
    notes += [f"{sight.delay} turn{'s' if sight.delay > 1 else ''} late"] if sight.delay else []
    if notes or sight.bias:
        return Spread(gauge.title, ", ".join([scale, *notes]), ("",) * len(places))
    starts = (value_words(scenario, gauge.id, place.start.get(gauge.id, variable.start)) for place in places)
    return Spread(gauge.title, scale, tuple(starts))


def value_words(scenario: Scenario, id: str, value: int) -> str:
    """A value of a variable as it is written down."""
    variable = scenario.variables[id]
    if variable.options:
        return variable.shown[value]
    return ("no", "yes")[value] if variable.is_flag else str(value)
