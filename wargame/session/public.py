"""What one role may read of a scenario: built piece by piece, never by leaving out."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from attrs import evolve, field, frozen

from wargame.language.types import Type
from wargame.scenario.book import Book
from wargame.scenario.model import Phase, Scenario, Turn

__all__ = ["Gauge", "Pact", "PlaceNote", "Public", "RoleNote", "open_book", "public_of"]

NOTHING = ""


@frozen
class RoleNote:
    """A party, as everybody knows it."""

    id: str
    title: str
    short: str
    about: str
    orders: int
    """The most orders it may give in a turn."""


@frozen
class PlaceNote:
    """A place on the map, without what is going on there."""

    id: str
    title: str
    short: str
    at: tuple[float, float]
    """Latitude and longitude in degrees; for drawing only."""

    people: int
    """In thousands."""

    next_to: tuple[str, ...]
    about: str


@frozen
class Gauge:
    """A value the role can see, exactly or as an estimate."""

    id: str
    title: str
    about: str
    range: tuple[int, int]
    unit: str
    good: str
    """`high`, `low`, or empty where neither is good."""

    headline: bool
    per_place: bool
    type: Type
    fixed: bool = False
    """Whether no rule ever changes it: a trait, such as being a port."""


@frozen
class Pact:
    """An agreement or promise the role knows of."""

    id: str
    title: str
    about: str
    parties: tuple[str, ...]
    """The parties; of a promise the one who gives it first."""

    terms: Mapping[str, str]
    """What each party binds itself to."""


@frozen(eq=False)
class Public:
    """The scenario as one role may read it."""

    id: str
    title: str
    about: str
    role: RoleNote
    """The reader's own."""

    briefing: str
    """What everybody may read about the role, in Markdown."""

    secret: str
    """The reader's own secret briefing, in Markdown."""

    phases: tuple[Phase, ...]
    turns: tuple[Turn, ...]
    """All of the calendar."""

    roles: Mapping[str, RoleNote]
    briefings: Mapping[str, str]
    """The public briefing of every role, in Markdown."""

    places: Mapping[str, PlaceNote]
    outline: tuple[tuple[tuple[float, float], ...], ...]
    """Rings of latitudes and longitudes around the country; none if its author drew none."""

    gauges: Mapping[str, Gauge]
    agreements: Mapping[str, Pact]
    promises: Mapping[str, Pact]
    constants: Mapping[str, str]
    """Titles by id: constants are open to all."""

    endings: Mapping[str, str]
    """Titles by id."""

    options: Mapping[str, Mapping[str, str]] = field(factory=dict)
    """By the reader's own order the titles of its options, where its author gave some."""


def public_of(book: Book, role: str) -> Public:
    """What *role* may read of the scenario in *book*."""
    scenario = book.scenario
    notes = {
        each.id: RoleNote(each.id, each.title, each.short, each.about, each.orders)
        for each in scenario.roles.values()
    }
    own = scenario.briefings.get(role)
    return Public(
        id=scenario.id,
        title=scenario.title,
        about=scenario.about,
        role=notes[role],
        briefing=own.public if own else NOTHING,
        secret=own.secret if own else NOTHING,
        phases=scenario.phases,
        turns=scenario.turns,
        roles=notes,
        briefings={id: briefing.public for id, briefing in scenario.briefings.items()},
        places=_places(scenario),
        outline=scenario.map.outline,
        gauges=_gauges(book, role),
        agreements=_agreements(scenario, role),
        promises=_promises(scenario, role),
        constants={id: each.title for id, each in scenario.constants.items()},
        endings={ending.id: ending.title for ending in scenario.endings.values()},
        options=_options(scenario, role),
    )


def open_book(book: Book) -> Public:
    """The scenario with everything open, as control reads it: every value, agreement and promise."""
    scenario = book.scenario
    title = "Control"
    return evolve(
        public_of(book, next(iter(scenario.roles))),
        role=RoleNote("control", title, title, "", 0),
        briefing=NOTHING,
        secret=NOTHING,
        gauges=_gauges(book, None),
        agreements=_agreements(scenario, None),
        promises=_promises(scenario, None),
        options=_options(scenario, None),
    )


def _places(scenario: Scenario) -> dict[str, PlaceNote]:
    return {
        each.id: PlaceNote(each.id, each.title, each.short, each.at, each.people, each.next_to, each.about)
        for each in scenario.places.values()
    }


def _gauges(book: Book, role: str | None) -> dict[str, Gauge]:
    scenario, scope, moving = book.scenario, book.scope, _moving(book)
    gauges = {
        each.id: Gauge(
            each.id,
            each.title,
            each.about,
            each.range,
            each.unit,
            each.good,
            each.headline,
            each.per_place,
            each.type,
            fixed=each.id not in moving,
        )
        for each in scenario.variables.values()
        if role is None or role in each.seen
    }
    for derived in scenario.derived.values():
        if role is None or role in scope.derived[derived.id].seen:
            gauges[derived.id] = Gauge(
                derived.id,
                derived.title,
                derived.about,
                (derived.type.lo, derived.type.hi),
                derived.unit,
                derived.good,
                derived.headline,
                derived.per_place,
                derived.type,
            )
    return gauges


@lru_cache(maxsize=8)
def _moving(book: Book) -> frozenset[str]:
    """The variables that some rule sets or some price is paid from."""
    paid = {purse for order in book.scenario.orders.values() for purse in order.spend}
    return frozenset(paid.union(*(checked.written for checked in book.texts.values())))


def _options(scenario: Scenario, role: str | None) -> dict[str, Mapping[str, str]]:
    return {
        id: each.choice.titles
        for id, each in scenario.orders.items()
        if each.choice is not None and (role is None or role == each.role)
    }


def _agreements(scenario: Scenario, role: str | None) -> dict[str, Pact]:
    return {
        each.id: Pact(each.id, each.title, each.about, each.parties, each.terms)
        for each in scenario.agreements.values()
        if each.public or role is None or role in each.parties
    }


def _promises(scenario: Scenario, role: str | None) -> dict[str, Pact]:
    return {
        each.id: Pact(each.id, each.title, each.about, (each.by, *each.to), {})
        for each in scenario.promises.values()
        if each.public or role is None or role == each.by or role in each.to
    }
