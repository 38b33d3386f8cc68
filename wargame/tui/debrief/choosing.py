"""Choosing orders for a turn that is over: from all the seat could have given then."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from textual.app import App

from wargame.debrief.record import Played, Record
from wargame.errors import IllegalOrder
from wargame.rules.explain import describe_order
from wargame.rules.menu import MenuEntry
from wargame.rules.orders import Order
from wargame.tui.lines import Line, line, quiet, unwrapped
from wargame.tui.screens.pick import Pick

__all__ = ["choose_orders", "known_then"]

ROWS = 5
"""Headline values that are told before the choice."""


def known_then(record: Record, then: Played, role: str) -> list[Line]:
    """What the seat knew as it chose: the turn, and the headline values as it saw them."""
    view = record.kernel.view(then.ordered, role)
    about = {each.id: each.title for each in record.kernel.scenario.variables.values() if each.headline}
    about |= {each.id: each.title for each in record.kernel.scenario.derived.values() if each.headline}
    seen = [
        f"{about[each.id]} {each.words}" for each in view.readings if each.id in about and each.place is None
    ]
    return [line(unwrapped(view.text)), quiet(", ".join(seen[:ROWS]))]


async def choose_orders(
    app: App[Any], record: Record, then: Played, role: str, start: Sequence[Order], before: Sequence[Line]
) -> tuple[Order, ...] | None:
    """
    The orders somebody chooses for *role* in that turn, beginning with *start*; None if he lets it be.

    Must be awaited in a worker, as it waits for answers.
    """
    chosen = list(start)
    scenario = record.kernel.scenario
    limit = scenario.roles[role].orders
    while True:
        rows = [f"Play on with {'these' if chosen else 'no orders'}"]
        rows += ["Add an order"] if len(chosen) < limit else []
        rows += [f"Take back {describe_order(scenario, order)}" for order in chosen]
        told = [*before, quiet(f"Orders chosen: {len(chosen)}, of {limit} at most.")]
        picked = await app.push_screen_wait(
            Pick(f"{scenario.roles[role].title}, turn {then.turn}: which orders?", rows, before=told)
        )
        if picked is None:
            return None
        if picked == 0:
            return tuple(chosen)
        if rows[picked] == "Add an order":
            added = await _added(app, record, then, role, chosen)
            if added is not None:
                chosen.append(added)
        else:
            del chosen[picked - len(rows) + len(chosen)]


async def _added(
    app: App[Any], record: Record, then: Played, role: str, chosen: Sequence[Order]
) -> Order | None:
    """One order more that may be given together with *chosen*."""
    kernel, scenario = record.kernel, record.kernel.scenario
    ways = [way for way in kernel.legal(then.ordered, role) if _fits(record, then, role, [*chosen, way])]
    if not ways:
        await app.push_screen_wait(Pick("No other order may be given with these.", ["Back"]))
        return None
    ids = list(dict.fromkeys(way.id for way in ways))
    entries = {entry.id: entry for entry in kernel.menu(then.ordered, role)}
    picked = await app.push_screen_wait(Pick("Which order?", [_priced(entries[id]) for id in ids]))
    if picked is None:
        return None
    entry = entries[ids[picked]]
    mine = [way for way in ways if way.id == ids[picked]]
    if len(mine) == 1:
        return mine[0]
    rows = [f"{describe_order(scenario, way)}{_chances(entry, way)}" for way in mine]
    told = [line(entry.about)] if entry.about else []
    which = await app.push_screen_wait(Pick(f"{entry.title}: which?", rows, before=told))
    return None if which is None else mine[which]


def _priced(entry: MenuEntry) -> str:
    """An order with its price and, where it is the same for every way to give it, its chance."""
    chances = {_chances(entry, way) for way in entry.candidates}
    price = entry.prices_of()
    return f"{entry.title}{f': {price}' if price else ''}{chances.pop() if len(chances) == 1 else ''}"


def _chances(entry: MenuEntry, way: Order) -> str:
    """The chances of an order's checks as the seat could reckon them then, in brackets."""
    told = [
        f"{each.title} {each.low}{f'-{each.high}' if each.high != each.low else ''} %"
        for each in entry.odds
        if each.candidate == way
    ]
    return f" ({', '.join(told)})" if told else ""


def _fits(record: Record, then: Played, role: str, orders: Sequence[Order]) -> bool:
    try:
        record.kernel.check(then.ordered, role, orders)
    except IllegalOrder:
        return False
    return True
