"""Reads the questions a scenario asks of its model: history with other orders, or from another beginning."""

from __future__ import annotations

from collections.abc import Mapping

from wargame.language.types import Number
from wargame.scenario.frame import Known
from wargame.scenario.model import Order, Variable
from wargame.scenario.pastorder import past_order
from wargame.scenario.players import Turned, WhatIf
from wargame.scenario.tables import Table

__all__ = ["Ranges", "beginnings", "what_ifs"]

MOST = 60

Ranges = Mapping[str, tuple[int, int]]
"""What a question may begin otherwise with, and between which numbers."""


def beginnings(*kinds: Mapping[str, Variable]) -> Ranges:
    """Constants and variables that are one number for the whole map."""
    return {
        id: (each.type.lo, each.type.hi)
        for kind in kinds
        for id, each in kind.items()
        if isinstance(each.type, Number) and not each.per_place
    }


def what_ifs(root: Table, known: Known, orders: Mapping[str, Order], ranges: Ranges) -> tuple[WhatIf, ...]:
    """The questions in their order."""
    return tuple(_what_if(id, table, known, orders, ranges) for id, table in root.entries("what_ifs", MOST))


def _what_if(id: str, table: Table, known: Known, orders: Mapping[str, Order], ranges: Ranges) -> WhatIf:
    found = WhatIf(
        id,
        table.text("question", most=300, needed=True, default=id),
        table.about(),
        _turns(table, known, orders),
        _start(table.table("start"), ranges),
        table.text("source", most=200),
    )
    if not (found.turns or found.start or table.has("turns") or table.has("start")):
        table.fault("turns", "this question changes nothing", "write `turns` with other orders, or `start`")
    table.close()
    return found


def _turns(table: Table, known: Known, orders: Mapping[str, Order]) -> tuple[Turned, ...]:
    found: dict[tuple[int, str], Turned] = {}
    for each in table.tables("turns"):
        turn = each.number("turn", 1, max(1, known.turns), default=0, needed=True)
        role = each.one_of("role", known.roles, "role", needed=True)
        listed = tuple(past_order(one, role, known, orders) for one in each.tables("orders"))
        if (turn, role) in found:
            each.fault("turn", f"turn {turn} of {role} stands there twice", "put its orders together")
        found[turn, role] = Turned(turn, role, listed)
        each.close()
    return tuple(found.values())


def _start(table: Table, ranges: Ranges) -> dict[str, int]:
    found = {}
    for id in table.data:
        if table.known(id, id, ranges, "number of the whole map"):
            lo, hi = ranges[id]
            found[id] = table.number(id, lo, hi, default=lo)
    table.close()
    return found
