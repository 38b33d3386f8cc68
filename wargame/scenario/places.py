"""Reads the places on the map, with what begins differently there."""

from __future__ import annotations

from collections.abc import Mapping

from wargame.scenario.frame import Known, value_of
from wargame.scenario.model import Place, Variable
from wargame.scenario.tables import MOST_TEXT, Table

MOST_PLACES = 60
"""Dice tell at most 63 places apart."""


def places(root: Table, known: Known, variables: Mapping[str, Variable]) -> dict[str, Place]:
    found: dict[str, Place] = {}
    for id, table in root.entries("places", MOST_PLACES):
        next_to = table.many("next_to", known.places, "place")
        if id in next_to:
            table.fault("next_to", f"'{id}' is next to itself", "take it out")
        found[id] = Place(
            id=id,
            title=table.text("title", needed=True, default=id),
            short=table.text("short", most=4, default=id[:4].upper()),
            at=_coordinates(table),
            people=table.number("people", 0, 10_000_000),
            next_to=tuple(other for other in next_to if other != id),
            start=_starts(table.table("start"), variables),
            about=table.about(),
            source=table.text("source", most=MOST_TEXT),
        )
        table.close()
    return found


def _coordinates(table: Table) -> tuple[float, float]:
    listed = table.raw("at", list)
    if listed is None:
        return 0.0, 0.0
    numbers = [float(each) for each in listed if type(each) in (int, float) and abs(each) <= 180]
    if len(listed) != 2 or len(numbers) != 2 or abs(numbers[0]) > 90:
        table.fault(
            "at", "this is no position", "latitude -90..90 and longitude -180..180, such as [51.1, 71.4]"
        )
        return 0.0, 0.0
    return numbers[0], numbers[1]


def _starts(table: Table, variables: Mapping[str, Variable]) -> dict[str, int]:
    found: dict[str, int] = {}
    per_place = [id for id, variable in variables.items() if variable.per_place]
    for id in table.data:
        table.has(id)
        if id in variables and not variables[id].per_place:
            table.fault(id, f"'{id}' has one value, not one for each place", "set it in [variables]")
        elif table.known(id, id, per_place, "per-place variable"):
            found[id] = value_of(table, id, variables[id].type, variables[id].start)
    return found
