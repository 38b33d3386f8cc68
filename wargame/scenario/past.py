"""Reads the historical line: what was ordered turn by turn, and the figures it should give."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import Any

from wargame.scenario.frame import Known
from wargame.scenario.goals import source
from wargame.scenario.model import History, Measure, Order, PastOrder
from wargame.scenario.pastorder import past_order
from wargame.scenario.players import Day, Figure, Outcome, WhatIf
from wargame.scenario.tables import Notes, Table, shown

MOST_MEASURES = 40
MOST_FIGURES = 60
MOST_NOTE = 400
_MEASURE = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,19}\Z")


def history(
    data: Mapping[str, Any] | None,
    notes: Notes,
    known: Known,
    orders: Mapping[str, Order],
    asked: tuple[WhatIf, ...] = (),
    endings: Collection[str] = (),
    sources: str = "",
) -> History | None:
    """
    What `history.toml` says; None if there is no such file.

    *asked* are the questions put to it, *sources* is the text of `sources.md`.
    """
    if data is None:
        for each in asked:
            remedy = "add a history.toml"
            notes.add(f"what_ifs.{each.id}", "a question is asked of history, and there is none", remedy)
        return None
    root = Table(data, "history", notes)
    turns, days = _turns(root, known, orders)
    measures = _measures(root, known)
    bands = _bands(root.table("bands"), [each.id for each in measures], known)
    found = History(
        turns,
        measures,
        bands,
        days,
        _figures(root, known, sources),
        _outcome(root, endings),
        asked,
    )
    root.close()
    return found


def _turns(
    root: Table, known: Known, orders: Mapping[str, Order]
) -> tuple[dict[int, dict[str, tuple[PastOrder, ...]]], dict[int, Day]]:
    found: dict[int, dict[str, tuple[PastOrder, ...]]] = {}
    days: dict[int, Day] = {}
    for table in root.tables("turns"):
        turn = table.number("turn", 1, max(1, known.turns), default=0, needed=True)
        if turn in found:
            table.fault("turn", f"turn {turn} stands there twice", "put its orders together")
        given = table.table("orders")
        roles = [role for role in given.data if given.known(role, role, known.roles, "role")]
        found[turn] = {
            role: tuple(past_order(each, role, known, orders) for each in given.tables(role))
            for role in roles
        }
        day = Day(_note(table), source(table))
        if day.note:
            days[turn] = day
        table.close()
    return found, days


def _note(table: Table) -> str:
    return " ".join(table.text("note", most=MOST_NOTE).split())


def _figures(root: Table, known: Known, sources: str) -> tuple[Figure, ...]:
    found: list[Figure] = []
    for table in root.tables("figures"):
        about = table.one_of("known", ("then", "now"), "kind of figure", needed=True)
        figure = Figure(
            what=table.text("what", most=60, needed=True),
            value=_value(table),
            known="then" if about == "then" else "now",
            date=table.text("date", most=40, needed=True),
            source=table.text("source", most=200, needed=True),
            turn=table.number("turn", 1, max(1, known.turns)) or None,
            note=_note(table),
        )
        if about == "then" and figure.turn is None and not table.has("turn"):
            table.fault("turn", "what was known then needs its turn", "say in which turn it was published")
        _need_sources(table, figure.source, sources)
        found.append(figure)
        table.close()
    if len(found) > MOST_FIGURES:
        root.fault("figures", f"{len(found)} figures", f"at most {MOST_FIGURES}")
    return tuple(found)


def _value(table: Table) -> str:
    """A number from 0, as people write it, or words."""
    if isinstance(table.data.get("value"), str):
        return table.text("value", most=40, needed=True)
    return f"{table.number('value', 0, 999_999_999, needed=True):,}"


def _need_sources(table: Table, keys: str, sources: str) -> None:
    """Every key must stand in `sources.md`, if the scenario has one."""
    for key in [each.strip() for each in keys.split(";") if each.strip()] if sources else ():
        if not re.search(rf"(?<!\w){re.escape(key)}(?!\w)", sources):
            table.fault("source", f"sources.md does not say what {shown(key)} is", "add a row for it there")


def _outcome(root: Table, endings: Collection[str]) -> Outcome | None:
    if not root.has("outcome"):
        return None
    table = root.table("outcome")
    found = Outcome(table.about(), table.one_of("ending", endings, "ending"), source(table))
    table.close()
    return found


def _measures(root: Table, known: Known) -> tuple[Measure, ...]:
    found: dict[str, Measure] = {}
    for table in root.tables("measures"):
        id = table.text("id", most=20, needed=True)
        if not _MEASURE.match(id) or id in found:
            table.fault(
                "id", f"{shown(id)} cannot be a measure's id, or is one already", "letters and digits"
            )
            continue
        found[id] = Measure(
            id=id,
            value=table.rule("value", needed=True) or "0",
            title=table.text("title", default=id),
            role=table.one_of("role", known.roles, "role"),
            scale=table.number("scale", 1, 10_000, default=1),
            source=source(table),
        )
        table.close()
    if len(found) > MOST_MEASURES:
        root.fault("measures", f"{len(found)} measures", f"at most {MOST_MEASURES}")
    return tuple(found.values())


def _bands(table: Table, measures: list[str], known: Known) -> dict[str, tuple[int, ...]]:
    found: dict[str, tuple[int, ...]] = {}
    for id in table.data:
        if not table.known(id, id, measures, "measure"):
            continue
        listed = table.raw(id, list) or []
        if len(listed) != known.turns or any(type(each) is not int or abs(each) > 10_000 for each in listed):
            table.fault(id, "this is no band", f"{known.turns} whole numbers, one for each turn")
        else:
            found[id] = tuple(listed)
    return found
