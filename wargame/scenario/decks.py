"""Reads the doctrines of scripted players."""

from __future__ import annotations

from collections.abc import Mapping

from wargame.scenario.entries import face
from wargame.scenario.frame import Known
from wargame.scenario.goals import MOST_GOALS, by_role, source
from wargame.scenario.model import Agreement, Doctrine, Line, Order, Promise
from wargame.scenario.tables import Table

MOST_LINES = 200
Deals = tuple[Mapping[str, Agreement], Mapping[str, Promise]]


def doctrines(
    root: Table,
    known: Known,
    orders: Mapping[str, Order],
    deals: Deals,
) -> dict[str, dict[str, Doctrine]]:
    def read(id: str, role: str, table: Table) -> Doctrine:
        return _doctrine(id, role, table, orders, deals)

    return by_role(root, "doctrines", known, MOST_GOALS, read)


def _doctrine(
    id: str,
    role: str,
    table: Table,
    orders: Mapping[str, Order],
    deals: Deals,
) -> Doctrine:
    mine = {name: order for name, order in orders.items() if order.role == role}
    offers = [name for name, deal in deals[0].items() if role in deal.parties]
    promises = [name for name, promise in deals[1].items() if promise.by == role]
    accepts = table.table("accepts")
    found = Doctrine(
        id=id,
        role=role,
        title=table.text("title", needed=True, default=id),
        about=table.about(),
        hard_when=table.rule("hard_when"),
        jitter=table.number("jitter", 0, 100, default=10),
        lines=tuple(_line(each, role, mine, offers, promises) for each in table.tables("lines")),
        accepts={
            name: text
            for name in accepts.data
            if accepts.known(name, name, offers, f"agreement of {role}")
            and (text := accepts.rule(name)) is not None
        },
        source=source(table),
    )
    if len(found.lines) > MOST_LINES:
        table.fault("lines", f"{len(found.lines)} lines", f"at most {MOST_LINES}")
    table.close()
    return found


def _line(
    table: Table, role: str, orders: Mapping[str, Order], offers: list[str], promises: list[str]
) -> Line:
    found = Line(
        when=table.rule("when"),
        weight=table.number("weight", 0, 1_000, default=0, needed=True),
        order=table.one_of("order", orders, f"order of {role}"),
        offer=table.one_of("offer", offers, f"agreement of {role}"),
        promise=table.one_of("promise", promises, f"promise of {role}"),
        option=table.text("option", most=40) or None,
        where=table.rule("where"),
        face=face(table, "face"),
        because=table.text("because", most=300, needed=True),
    )
    kinds = [name for name in ("order", "offer", "promise") if table.has(name)]
    if len(kinds) != 1:
        table.fault("", "a line does one thing", "write exactly one of `order`, `offer` and `promise`")
    _line_details(table, found, orders.get(found.order or ""))
    table.close()
    return found


def _line_details(table: Table, line: Line, order: Order | None) -> None:
    if order is None:
        return
    choices = order.choice.options if order.choice else ()
    if line.option is not None:
        table.known("option", line.option, choices, f"option of {order.id}")
    if line.where is not None and not order.target:
        table.fault("where", f"'{order.id}' has no target", "take `where` out")
