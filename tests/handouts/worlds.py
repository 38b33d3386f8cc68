"""Scenarios for the handouts: shipped ones, ones with other secrets, ones with hostile words."""

from __future__ import annotations

from functools import cache

from attrs import evolve

from wargame.handouts.pages import Page, pages_of
from wargame.scenario.book import Book, check
from wargame.scenario.library import load
from wargame.scenario.model import Scenario


@cache
def book_of(name: str) -> Book:
    return check(load(name))


def pages(book: Book, **options: str) -> dict[str, Page]:
    return {page.name: page for page in pages_of(book, **options)}


@cache
def shipped_pages(name: str) -> dict[str, Page]:
    return pages(book_of(name))


def with_secrets_of(book: Book, role: str, words: str) -> Book:
    """*book*, in which everything only *role* may know says *words*, and nothing else is changed."""
    scenario = book.scenario
    aims = {
        kind: {
            other: {
                id: evolve(aim, title=f"{words} {kind} {id}", about=words) if other == role else aim
                for id, aim in entries.items()
            }
            for other, entries in getattr(scenario, kind).items()
        }
        for kind in ("objectives", "red_lines", "agendas")
    }
    orders = {
        id: evolve(order, about=words, needs=words, effects=None) if order.role == role else order
        for id, order in scenario.orders.items()
    }
    variables = {
        id: evolve(each, title=f"{words} {id}", about=words) if set(each.seen) == {role} else each
        for id, each in scenario.variables.items()
    }
    agreements = {
        id: evolve(each, about=words, terms=dict.fromkeys(each.terms, words))
        if role in each.parties and not each.public and not words_reach(scenario, each.parties, role)
        else each
        for id, each in scenario.agreements.items()
    }
    doctrines = {
        other: {
            id: evolve(each, title=words, about=words, lines=()) if other == role else each
            for id, each in entries.items()
        }
        for other, entries in scenario.doctrines.items()
    }
    briefing = evolve(scenario.briefings[role], secret=f"{words}\n\n**{words}**")
    changed = evolve(
        scenario,
        **aims,
        orders=orders,
        variables=variables,
        agreements=agreements,
        doctrines=doctrines,
        briefings={**scenario.briefings, role: briefing},
    )
    return evolve(book, scenario=changed)


def words_reach(scenario: Scenario, parties: tuple[str, ...], role: str) -> bool:
    """Whether somebody besides *role* reads the terms."""
    return any(party != role for party in parties)


def hostile(book: Book, words: str) -> Book:
    """*book* with *words* in every text an author can write for readers."""
    scenario = book.scenario

    def spoilt(entries: dict[str, object]) -> dict[str, object]:
        return {id: evolve(each, title=words, about=words) for id, each in entries.items()}

    changed = evolve(
        scenario,
        title=words,
        about=words,
        phases=tuple(evolve(each, title=words) for each in scenario.phases),
        turns=tuple(evolve(each, title=words, dates=words, text=words) for each in scenario.turns),
        roles={
            id: evolve(each, title=words, short=words, about=words) for id, each in scenario.roles.items()
        },
        places={
            id: evolve(each, title=words, short=words, about=words) for id, each in scenario.places.items()
        },
        briefings={id: evolve(each, public=words, secret=words) for id, each in scenario.briefings.items()},
        **{
            kind: spoilt(getattr(scenario, kind))
            for kind in (
                "variables",
                "derived",
                "orders",
                "agreements",
                "promises",
                "truths",
                "endings",
                "events",
            )
        },
        **{
            kind: {role: spoilt(entries) for role, entries in getattr(scenario, kind).items()}
            for kind in ("objectives", "red_lines", "agendas")
        },
    )
    return evolve(book, scenario=changed)
