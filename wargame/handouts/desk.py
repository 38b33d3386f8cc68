"""The sheet a turn is worked out by: all that happens in it, in its order, with nobody's secrets left out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from attrs import frozen

from wargame.handouts.sheets import OrderCard, sheets_of
from wargame.handouts.working import Line, Working, working_of
from wargame.scenario.book import Book
from wargame.scenario.model import BRIEF, Agreement, Event, Promise, Scenario, Variable

__all__ = ["Deed", "Desk", "Seen", "desk_of"]


@frozen
class Deed:
    """Something that changes the position: an order, what the world does, an event, a deal."""

    title: str
    who: str
    """The role that orders it; empty for the world."""

    notes: tuple[str, ...]
    """When it comes, what it costs, whom it tells what."""

    steps: tuple[tuple[str, tuple[Line, ...]], ...]
    """Under a heading, or under none."""


@frozen
class Stage:
    """A phase of the adjudication."""

    title: str
    orders: tuple[Deed, ...]
    world: tuple[Deed, ...]
    events: tuple[Deed, ...]


@frozen
class Seen:
    """A value not every role sees as it is, and what each is told of it."""

    title: str
    by: tuple[str, ...]
    """By role, in the scenario's order; a dash for nothing."""


@frozen
class Desk:
    """Everything a turn is worked out by."""

    roles: tuple[str, ...]
    """As the columns of what is seen name them."""

    seen: tuple[Seen, ...]
    open: tuple[str, ...]
    """The titles of what every role is told as it is."""

    defaults: tuple[tuple[str, str], ...]
    """What is ordered for each role that hands in no slip."""

    before: tuple[Deed, ...]
    """Events of the brief."""

    stages: tuple[Stage, ...]
    deals: tuple[Deed, ...]
    derived: tuple[tuple[str, str], ...]
    """Titles and formulas."""

    endings: tuple[tuple[str, str], ...]
    """Titles of the endings that are tested, in their order, and when they come."""


def desk_of(book: Book) -> Desk:
    """The sheet of the facilitator who adjudicates *book* with a pencil."""
    scenario, words = book.scenario, working_of(book.scenario)
    played = [role for role in scenario.roles.values() if role.playable]
    cards = {card.id: card for role in scenario.roles for card in sheets_of(book, role).orders}
    events = list(_ranked(scenario.events.values()))
    told = list(scenario.variables.values())
    return Desk(
        roles=tuple(role.short for role in played),
        seen=tuple(
            Seen(each.title, tuple(_sight(each, role.id) for role in played))
            for each in told
            if each.kind == "variable" and not all(role.id in each.exact for role in played)
        ),
        open=tuple(each.title for each in told if all(role.id in each.exact for role in played)),
        defaults=tuple(
            (role.title, ", ".join(scenario.orders[order].title for order in role.default) or "no orders")
            for role in played
        ),
        before=tuple(_event(scenario, words, each) for each in events if each.after == BRIEF),
        stages=tuple(_stages(scenario, words, cards, events)),
        deals=(
            *(_agreement(scenario, words, each) for each in scenario.agreements.values()),
            *(_promise(scenario, words, each) for each in scenario.promises.values()),
        ),
        derived=tuple(
            (f"{each.title}{', in each place' if each.per_place else ''}", words.formula(each.value))
            for each in scenario.derived.values()
        ),
        endings=tuple(
            (
                each.title,
                f"{'every turn' if each.early else 'after the last turn'}, {_when(words, each.when)}",
            )
            for each in scenario.endings.values()
        ),
    )


def _when(words: Working, text: str | None) -> str:
    return f"when {words.condition(text)}" if text else "if no other came"


def _ranked(events: Iterable[Event]) -> list[Event]:
    return sorted(events, key=lambda each: each.rank)


def _sight(variable: Variable, role: str) -> str:
    """What *role* is told, for a table."""
    if role not in variable.seen:
        return "\u2013"
    sight = variable.seen[role]
    notes = [f"\u00b1{sight.error}"] if sight.error else []
    notes += [f"{sight.bias:+d}".replace("-", "\u2212")] if sight.bias else []
    notes += [f"{sight.delay} late"] if sight.delay else []
    return ", ".join(notes) or "as it is"


def _stages(
    scenario: Scenario, words: Working, cards: dict[str, OrderCard], events: list[Event]
) -> Iterator[Stage]:
    for phase in scenario.phases:
        orders = [each for each in scenario.orders.values() if each.phase == phase.id]
        world = [each for each in scenario.procedures.values() if each.phase == phase.id]
        yield Stage(
            phase.title,
            tuple(
                Deed(
                    order.title,
                    scenario.roles[order.role].title,
                    tuple(_order_notes(cards[order.id])),
                    (("", words.with_choice(order.choice).steps(order.effects)),),
                )
                for order in orders
            ),
            tuple(
                Deed(each.title, "", (), (("", words.steps(each.rules)),))
                for each in sorted(world, key=lambda each: each.rank)
            ),
            tuple(_event(scenario, words, each) for each in events if each.after == phase.id),
        )


def _order_notes(card: OrderCard) -> Iterator[str]:
    yield f"Price: {card.price}"
    if card.target:
        yield "for a place"
    for option, need in card.needs:
        yield f"\u2018{option}\u2019 only when {need}" if option else f"only when {need}"
    yield from card.limits
    yield f"known to {card.known}"


def _event(scenario: Scenario, words: Working, event: Event) -> Deed:
    causes = [f"on turn {event.turn}"] if event.turn is not None else []
    causes += [f"when {words.condition(event.when)}"] if event.when else []
    causes += [f"if a die falls below {words.formula(event.percent)}"] if event.percent != "100" else []
    notes = [f"{', '.join(causes) or 'every turn'}; {'once' if event.once else 'again and again'}"]
    if event.tell:
        named = [scenario.roles[role].title for role in event.to if role in scenario.roles]
        readers = named if len(named) < len(scenario.roles) else []
        so = "tell" if event.truth else "tell, though it is not so,"
        notes.append(
            f"{so} {' and '.join(readers) or 'everybody'}: \u201c{' '.join(event.tell.split())}\u201d"
        )
    return Deed(event.title, "", tuple(notes), (("", words.steps(event.effects)),))


def _agreement(scenario: Scenario, words: Working, deal: Agreement) -> Deed:
    notes = [f"agreement of {' and '.join(scenario.roles[party].title for party in deal.parties)}"]
    notes += [f"can be made when {words.condition(deal.when)}"] if deal.when else []
    broken = [f"\u2018{scenario.orders[order].title}\u2019" for order in deal.broken_by]
    notes += [f"broken by {' or '.join(broken)}"] if broken else []
    texts = (
        ("As it begins", deal.effects),
        ("At the end of each turn it stands", deal.each_turn),
        ("When it is broken, and no more then", deal.on_break),
    )
    return Deed(deal.title, "", tuple(notes), _parts(words, texts))


def _promise(scenario: Scenario, words: Working, promise: Promise) -> Deed:
    to = " and ".join(scenario.roles[role].title for role in promise.to)
    notes = [f"promise of {scenario.roles[promise.by].title} to {to}"]
    notes += [f"can be given when {words.condition(promise.when)}"] if promise.when else []
    notes += [f"broken when {words.condition(promise.broken_when)}"] if promise.broken_when else []
    notes += [f"kept when {words.condition(promise.kept_when)}"] if promise.kept_when else []
    if promise.due is not None:
        end = "broken" if promise.kept_when else "kept"
        notes.append(f"{end} after {promise.due} turns, the one it was given in included")
    texts = (("When it is kept", promise.on_kept), ("When it is broken", promise.on_broken))
    return Deed(promise.title, "", tuple(notes), _parts(words, texts))


def _parts(
    words: Working, texts: Iterable[tuple[str, str | None]]
) -> tuple[tuple[str, tuple[Line, ...]], ...]:
    found = ((heading, words.steps(text)) for heading, text in texts)
    return tuple((heading, steps) for heading, steps in found if steps)
