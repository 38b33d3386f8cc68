"""Reads the historical line: what was ordered turn by turn, and the figures it should give."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from wargame.scenario.frame import Known
from wargame.scenario.model import History, Measure, Order, PastOrder
from wargame.scenario.pastorder import past_order
from wargame.scenario.tables import Notes, Table, shown
from wargame.scenario.wonder import Ranges, what_ifs

MOST_MEASURES = 40
_MEASURE = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,19}\Z")


def history(
    data: Mapping[str, Any] | None,
    notes: Notes,
    known: Known,
    orders: Mapping[str, Order],
    ranges: Ranges,
) -> History | None:
    """
    What `history.toml` says; None if there is no such file.

    *ranges* are the ends of what a question may begin otherwise with.
    """
    if data is None:
        return None
    root = Table(data, "history", notes)
    turns = _turns(root, known, orders)
    measures = _measures(root, known)
    bands = _bands(root.table("bands"), [each.id for each in measures], known)
    found = History(turns, measures, bands, what_ifs(root, known, orders, ranges))
    root.close()
    return found


def _turns(
    root: Table, known: Known, orders: Mapping[str, Order]
) -> dict[int, dict[str, tuple[PastOrder, ...]]]:
    found: dict[int, dict[str, tuple[PastOrder, ...]]] = {}
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
        table.text("note", most=400)
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
