"""All handouts of a scenario as pages of HTML that need nothing but themselves."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from attrs import frozen
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from wargame.handouts.chart import chart_of
from wargame.handouts.desk import desk_of
from wargame.handouts.lesson import CLASSES, GOOD, guide_of, lesson_of
from wargame.handouts.prose import as_html, set_off
from wargame.handouts.sheets import RoleSheets, agendas_of, sheets_of, value_words
from wargame.lab.rulebook import appendix, rule_book
from wargame.scenario.book import Book
from wargame.scenario.model import Scenario, Variable
from wargame.session.public import public_of

__all__ = ["PAPERS", "Page", "pages_of", "playable_roles"]

PAPERS = {"a4": "A4", "letter": "Letter"}
"""The sizes of paper, as CSS calls them."""

ALL = "everybody"
CONTROL = "the facilitator"
ROLL_ROWS, CHANGE_ROWS = 12, 16
"""Lines for dice on a record sheet, and for changes."""

TURN_COLUMNS = 12
"""The most turns a row of values has room for."""


@frozen
class Page:
    """One file to print."""

    name: str
    """Of the file."""

    title: str
    reader: str
    """Whose hands it is for."""

    copies: str
    """How often it is to be printed."""

    html: str


def playable_roles(scenario: Scenario) -> tuple[str, ...]:
    """The roles somebody at the table can play."""
    return tuple(role.id for role in scenario.roles.values() if role.playable)


def pages_of(book: Book, *, paper: str = "a4", guide: str = "") -> tuple[Page, ...]:
    """
    Every page for a class that plays *book* on paper; *guide* is the text of its `facilitating.md`.

    Raises:
        ScenarioError: If the guide speaks of a turn that does not exist.
    """
    press = _Press(book, PAPERS[paper], guide)
    found = (
        press.for_everybody(),
        press.map_sheet(),
        press.rules(),
        *(page for role in playable_roles(book.scenario) for page in press.for_role(role)),
        *press.for_facilitator(),
    )
    return (press.index(found), *found)


class _Press:
    """Fills the templates for one scenario."""

    def __init__(self, book: Book, paper: str, guide: str) -> None:
        self._book, self._scenario = book, book.scenario
        self._guide = guide_of(book.scenario, guide)
        environment = Environment(
            loader=FileSystemLoader(Path(__file__).parent / "templates", encoding="utf-8"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        environment.filters["prose"] = as_html
        environment.globals.update(
            paper=paper,
            scenario_title=self._scenario.title,
            turn_columns=min(len(self._scenario.turns), TURN_COLUMNS),
        )
        self._environment = environment

    def index(self, pages: tuple[Page, ...]) -> Page:
        return self._page("index", "What to print", CONTROL, "", pages=pages)

    def for_everybody(self) -> Page:
        scenario = self._scenario
        return self._page(
            "everybody",
            "The situation",
            ALL,
            "one for each group, or one on the wall",
            about=scenario.about,
            roles=[scenario.roles[role] for role in scenario.roles],
            places=scenario.places.values(),
            next_to={id: _neighbours(scenario, id) for id in scenario.places},
            phases=scenario.phases,
            turns=scenario.turns,
        )

    def map_sheet(self) -> Page:
        public = public_of(self._book, next(iter(self._scenario.roles)))
        chart = chart_of(public.places, public.outline)
        return self._page("map", "The map", ALL, "one for each group", chart=chart)

    def rules(self) -> Page:
        return self._page("rules", "The rules", ALL, "one for each group", text=rule_book(), secret=False)

    def for_role(self, role: str) -> Iterator[Page]:
        sheets = sheets_of(self._book, role)
        title = sheets.role.title
        yield self._page(
            "role", title, title, "one for each player of the role", f"role-{role}", sheets=sheets
        )
        yield self._page(
            "slips",
            f"Order slips: {title}",
            title,
            "one for every two turns",
            f"role-{role}-slips",
            sheets=sheets,
        )

    def for_facilitator(self) -> Iterator[Page]:
        scenario = self._scenario
        yield self._page(
            "facilitator",
            "The facilitator's script",
            CONTROL,
            "once",
            lessons=[lesson_of(scenario, minutes) for minutes in CLASSES],
            guide=self._guide,
            good=GOOD,
            lengths=scenario.lengths.items(),
            turns=scenario.turns,
            roles=[scenario.roles[role] for role in playable_roles(scenario)],
            endings=scenario.endings.values(),
            cards=bool(scenario.truths or any(scenario.agendas.values())),
            truths=scenario.truths,
        )
        if scenario.truths or any(scenario.agendas.values()):
            yield self._page(
                "cards",
                "Cards to deal",
                CONTROL,
                "once, to be cut",
                "facilitator-cards",
                hands=[(scenario.roles[role], agendas_of(scenario, role)) for role in scenario.roles],
                truths=scenario.truths.values(),
            )
        yield from self._on_the_desk()
        yield self._page(
            "rules",
            "The tables",
            CONTROL,
            "to look things up: the rule texts word for word",
            "facilitator-tables",
            text=set_off(appendix(scenario)),
            secret=True,
        )

    def _on_the_desk(self) -> Iterator[Page]:
        """What the facilitator writes on, and what a turn is worked out by."""
        scenario = self._scenario
        yield self._page(
            "scores",
            "Scores of all roles",
            CONTROL,
            "once",
            "facilitator-scores",
            hands=[(self._sheets(role), agendas_of(scenario, role)) for role in playable_roles(scenario)],
            endings=scenario.endings.values(),
        )
        yield self._page(
            "turn",
            "Working out a turn",
            CONTROL,
            "once, to play without a computer",
            "facilitator-turn",
            desk=desk_of(self._book),
            lowest=[each.title for each in scenario.variables.values() if each.clash == "lowest"],
        )
        yield self._page(
            "record",
            "Turn record",
            CONTROL,
            "one for every turn",
            "facilitator-record",
            roles=scenario.roles.values(),
            phases=scenario.phases,
            roll_rows=ROLL_ROWS,
            change_rows=CHANGE_ROWS,
        )
        state = self._state()
        yield self._page("state", "State of the crisis", CONTROL, "once", "facilitator-state", **state)
        if state["moving"]:
            yield self._page("places", "Places", CONTROL, "one for every turn", "facilitator-places", **state)

    def _sheets(self, role: str) -> RoleSheets:
        return sheets_of(self._book, role)

    def _state(self) -> dict[str, Any]:
        """Every value as play begins, headlines first, and those of places by place."""
        scenario = self._scenario
        single = [each for each in scenario.variables.values() if not each.per_place and not _is_dealt(each)]
        local = [each for each in scenario.variables.values() if each.per_place]

        def row(each: Variable) -> tuple[Variable, str, list[str]]:
            starts = (place.start.get(each.id, each.start) for place in scenario.places.values())
            return each, _scale(each), [value_words(scenario, each.id, start) for start in starts]

        return {
            "values": [
                (each, value_words(scenario, each.id, each.start), _scale(each))
                for each in sorted(single, key=lambda each: not each.headline)
            ],
            "places": scenario.places.values(),
            "local": [row(each) for each in local],
            "moving": [row(each) for each in local if _moves(scenario, each)],
        }

    def _page(
        self, template: str, title: str, reader: str, copies: str, name: str = "", **values: Any
    ) -> Page:
        html = self._environment.get_template(f"{template}.html.jinja").render(
            title=title, reader=reader, **values
        )
        return Page(f"{name or template}.html", title, reader, copies, html)


def _neighbours(scenario: Scenario, place: str) -> str:
    """The titles of the places next to *place*, whichever of the two names the other."""
    near = scenario.places[place].next_to
    return ", ".join(
        other.title for id, other in scenario.places.items() if id in near or place in other.next_to
    )


def _moves(scenario: Scenario, variable: Variable) -> bool:
    """Whether any rule text changes it."""
    changed = re.compile(rf"\b{variable.id}\s*\[[^\]]*\]\s*[-+]?=(?!=)")
    return any(changed.search(text) for text in _rule_texts(scenario))


def _rule_texts(scenario: Scenario) -> Iterator[str]:
    yield from (order.effects or "" for order in scenario.orders.values())
    yield from (event.effects or "" for event in scenario.events.values())
    yield from (each.rules for each in scenario.procedures.values())
    for deal in scenario.agreements.values():
        yield from (text or "" for text in (deal.effects, deal.each_turn, deal.on_break))
    for promise in scenario.promises.values():
        yield from (text or "" for text in (promise.on_kept, promise.on_broken))


def _is_dealt(variable: Variable) -> bool:
    """Whether the seed or the talk sets it, not the state of the crisis."""
    return variable.kind == "truth"


def _scale(variable: Variable) -> str:
    low, high = variable.range
    if variable.is_flag:
        return "no / yes"
    return " / ".join(variable.shown) or f"{low} to {high}"
