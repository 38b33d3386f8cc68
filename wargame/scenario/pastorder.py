"""Reads one order of the historical line, or of a question to it."""

from __future__ import annotations

from collections.abc import Mapping

from wargame.scenario.frame import Known
from wargame.scenario.model import Order, PastOrder
from wargame.scenario.tables import Table


def past_order(table: Table, role: str, known: Known, orders: Mapping[str, Order]) -> PastOrder:
    """An order that was given, or might have been."""
    mine = [id for id, order in orders.items() if order.role == role]
    id = table.one_of("order", mine, f"order of {role}", needed=True)
    place = table.one_of("place", known.places, "place")
    option = table.text("option", most=40) or None
    if id in mine:
        order = orders[id]
        choices = order.choice.options if order.choice else ()
        if option is not None:
            table.known("option", option, choices, f"option of {id}")
        elif choices:
            table.fault("option", f"'{id}' needs an option", f"one of: {', '.join(choices)}")
        if (place is not None) != order.target and (place is not None or not table.has("place")):
            wanted = "needs a place" if order.target else "has no target"
            table.fault("place", f"'{id}' {wanted}", "add it" if order.target else "take `place` out")
    table.text("note", most=400)
    table.close()
    return PastOrder(id, place, option)
