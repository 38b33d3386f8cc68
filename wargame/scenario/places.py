"""Reads the places on the map, with what begins differently there, and the outline around them."""

from __future__ import annotations

from collections.abc import Mapping

from wargame.scenario.frame import Known, value_of
from wargame.scenario.model import Map, Place, Variable
from wargame.scenario.tables import MOST_TEXT, Table, shown

Ring = tuple[tuple[float, float], ...]
"""Latitudes and longitudes of points that go once around something; the last is joined to the first."""

MOST_PLACES = 60
"""Dice tell at most 63 places apart."""

MOST_POINTS = 400
"""In all rings of the outline together."""

MOST_RINGS = 40
DECIMALS = 4
_DEGREES = "latitude -90..90 and longitude -180..180, such as [51.1, 71.4]"


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


def drawn(root: Table) -> Map:
    """What is drawn around the places."""
    table = root.table("map")
    found = Map(_outline(table), table.text("source", most=MOST_TEXT))
    table.close()
    return found


def _outline(table: Table) -> tuple[Ring, ...]:
    """One ring, written as a list of points, or several, as a list of those; none where one is at fault."""
    listed = table.raw("outline", list)
    if listed is None:
        return ()
    several = any(isinstance(each, list) and any(isinstance(part, list) for part in each) for each in listed)
    if not several:
        ring = _ring(table, listed, "")
        return (ring,) if ring else ()
    if len(listed) > MOST_RINGS:
        table.fault("outline", f"{len(listed)} rings", f"at most {MOST_RINGS}")
        return ()
    found: list[Ring] = []
    for number, each in enumerate(listed, 1):
        if (ring := _ring(table, each, f"ring {number}: ")) is None:
            return ()
        if ring in found:
            what = f"ring {number} is ring {found.index(ring) + 1} again"
            table.fault("outline", what, "two that are alike leave nothing inside")
            return ()
        found.append(ring)
    if (count := sum(map(len, found))) > MOST_POINTS:
        table.fault("outline", f"{count} points in all rings", f"at most {MOST_POINTS}")
        return ()
    return tuple(found)


def _ring(table: Table, listed: object, which: str) -> Ring | None:
    """The points of one ring; None, with the fault noted after *which*, if it is none."""
    if not isinstance(listed, list):
        table.fault("outline", f"{which}a list of points is wanted here, not {shown(listed)}")
        return None
    if not 3 <= len(listed) <= MOST_POINTS:
        wanted = f"3 to {MOST_POINTS}, each [latitude, longitude]"
        table.fault("outline", f"{which}{len(listed)} points", wanted)
        return None
    points: list[tuple[float, float]] = []
    for number, each in enumerate(listed, 1):
        point = _point(each)
        if point is None:
            table.fault("outline", f"{which}point {number} is no position", _DEGREES)
            return None
        if point != tuple(round(degrees, DECIMALS) for degrees in point):
            what = f"{which}point {number} has more than {DECIMALS} decimals"
            table.fault("outline", what, "two are fine enough for any screen")
            return None
        points.append(point)
    if len({lat for lat, _ in points}) == 1 or len({lon for _, lon in points}) == 1:
        table.fault("outline", f"{which}the points lie on one line", "go once around the country")
        return None
    return tuple(points)


def _coordinates(table: Table) -> tuple[float, float]:
    listed = table.raw("at", list)
    if listed is None:
        return 0.0, 0.0
    point = _point(listed)
    if point is None:
        table.fault("at", "this is no position", _DEGREES)
        return 0.0, 0.0
    return point


def _point(listed: object) -> tuple[float, float] | None:
    """Latitude and longitude in degrees, if that is what *listed* holds."""
    if not isinstance(listed, list) or len(listed) != 2:
        return None
    if any(type(each) not in (int, float) or not abs(each) <= 180 for each in listed) or abs(listed[0]) > 90:
        return None
    return float(listed[0]), float(listed[1])


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
