"""Reads what roles are scored by, the hidden truths and the endings."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeVar

from wargame.scenario.frame import Known
from wargame.scenario.model import Agenda, Ending, Objective, RedLine, Truth
from wargame.scenario.tables import MOST_TEXT, Table

MOST_GOALS = 20
_T = TypeVar("_T")


def source(table: Table) -> str:
    """Where an entry is taken from."""
    return table.text("source", most=MOST_TEXT)


def by_role(
    root: Table, kind: str, known: Known, most: int, read: Callable[[str, str, Table], _T]
) -> dict[str, dict[str, _T]]:
    """Entries that stand under a role."""
    found: dict[str, dict[str, _T]] = {}
    table = root.table(kind)
    for role in table.data:
        if table.known(role, role, known.roles, "role"):
            found[role] = {id: read(id, role, entry) for id, entry in table.entries(role, most)}
    return found


def objectives(root: Table, known: Known) -> dict[str, dict[str, Objective]]:
    return by_role(root, "objectives", known, MOST_GOALS, _objective)


def _objective(id: str, role: str, table: Table) -> Objective:
    found = Objective(
        id=id,
        title=table.text("title", needed=True, default=id),
        weight=table.number("weight", 1, 1_000, default=1, needed=True),
        value=table.rule("value", needed=True) or "0",
        about=table.about(),
        source=source(table),
    )
    table.close()
    return found


def red_lines(root: Table, known: Known) -> dict[str, dict[str, RedLine]]:
    return by_role(root, "red_lines", known, MOST_GOALS, _red_line)


def _red_line(id: str, role: str, table: Table) -> RedLine:
    found = RedLine(
        id=id,
        title=table.text("title", needed=True, default=id),
        when=table.rule("when", needed=True) or "false",
        penalty=table.number("penalty", 1, 100, default=1, needed=True),
        about=table.about(),
        source=source(table),
    )
    table.close()
    return found


def agendas(root: Table, known: Known) -> dict[str, dict[str, Agenda]]:
    return by_role(root, "agendas", known, MOST_GOALS, _agenda)


def _agenda(id: str, role: str, table: Table) -> Agenda:
    found = Agenda(
        id=id,
        title=table.text("title", needed=True, default=id),
        when=table.rule("when", needed=True) or "false",
        points=table.number("points", 1, 100, default=1, needed=True),
        about=table.about(),
        source=source(table),
    )
    table.close()
    return found


def truths(root: Table) -> dict[str, Truth]:
    found: dict[str, Truth] = {}
    for id, table in root.entries("truths", MOST_GOALS):
        found[id] = Truth(
            id=id,
            title=table.text("title", needed=True, default=id),
            weight=table.number("weight", 1, 1_000, default=1),
            about=table.about(),
            source=source(table),
        )
        table.close()
    return found


def endings(root: Table) -> dict[str, Ending]:
    found: dict[str, Ending] = {}
    for id, table in root.entries("endings", MOST_GOALS):
        found[id] = Ending(
            id=id,
            title=table.text("title", needed=True, default=id),
            when=table.rule("when"),
            early=table.flag("early"),
            about=table.about(),
            source=source(table),
        )
        table.close()
    _default_ending(root, found)
    return found


def _default_ending(root: Table, found: Mapping[str, Ending]) -> None:
    open_ended = [id for id, ending in found.items() if ending.when is None]
    last = list(found)[-1] if found else None
    for id in open_ended:
        if id != last:
            remedy = "give it a `when`; only the last ending may hold whatever happens"
            root.fault(f"endings.{id}", "an ending without `when` that is not the last", remedy)
        elif found[id].early:
            root.fault(
                f"endings.{id}.early", "it would end the game after its first turn", "take `early` away"
            )
    if last not in open_ended:
        remedy = "add a last ending without `when`, for all other cases"
        root.fault("endings", "a game could come to its last turn without an ending", remedy)
