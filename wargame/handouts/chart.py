"""The map: places and roads laid out on a sheet, with labels that keep out of each other's way."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import cos, hypot, pi, radians, sin, sqrt
from unicodedata import east_asian_width

from attrs import frozen

from wargame.session.public import PlaceNote

__all__ = ["Chart", "Dot", "Label", "Road", "chart_of"]

WIDTH, HEIGHT = 250.0, 142.0
"""Of the sheet, in millimetres: what both A4 and Letter have room for, the long side across."""

MARGIN = 16.0
TEXT = 4.4
"""Height of a label's letters."""

SMALL = 3.0
"""Height of the second line."""

NOWHERE = (0.0, 0.0)
"""What a place without coordinates has."""

Point = tuple[float, float]
Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""


@frozen
class Label:
    """The name of a place, and beside which end of its text it stands."""

    x: float
    y: float
    """Of the foot of the first line."""

    anchor: str
    """start, middle or end, as SVG has them."""

    text: str
    note: str
    """The second line."""


@frozen
class Dot:
    """A place on the sheet."""

    x: float
    y: float
    radius: float
    short: str
    label: Label


@frozen
class Road:
    """Two places that are next to each other."""

    x1: float
    y1: float
    x2: float
    y2: float


@frozen
class Chart:
    """A map, in millimetres from the top left."""

    width: float
    height: float
    dots: tuple[Dot, ...]
    roads: tuple[Road, ...]
    outline: str
    """The rings of an SVG path, land inside an odd number of them; empty if the author drew none."""

    @property
    def text(self) -> float:
        return TEXT

    @property
    def small(self) -> float:
        return SMALL


def chart_of(places: Mapping[str, PlaceNote], outline: Sequence[Sequence[Point]] = ()) -> Chart | None:
    """The map of *places* inside *outline*, rings of latitudes and longitudes; None without places."""
    if not places:
        return None
    on_earth = {id: place.at for id, place in places.items() if place.at != NOWHERE}
    if len(on_earth) < len(places):
        # Without all coordinates a ring shows at least who is next to whom.
        at, border = _ring(places), list[list[Point]]()
    else:
        at, border = _projected(on_earth, outline)
    radii = _radii(places)
    pairs = dict.fromkeys(
        (min(id, other), max(id, other)) for id, place in places.items() for other in place.next_to
    )
    roads = tuple(Road(*at[one], *at[other]) for one, other in pairs if one in at and other in at)
    labels = _labels(places, at, radii, (*roads, *(side for ring in border for side in _sides(ring))))
    dots = tuple(Dot(*at[id], radii[id], place.short, labels[id]) for id, place in places.items())
    return Chart(WIDTH, HEIGHT, dots, roads, " ".join(map(_path, border)))


def _path(ring: Sequence[Point]) -> str:
    return f"M{' '.join(f'{x:.1f},{y:.1f}' for x, y in ring)}Z"


def _sides(ring: Sequence[Point]) -> Iterator[Road]:
    for one, other in zip(ring, [*ring[1:], *ring[:1]], strict=True):
        yield Road(*one, *other)


def _radii(places: Mapping[str, PlaceNote]) -> dict[str, float]:
    """By the people who live there: the area of a dot goes with their number."""
    most = max(place.people for place in places.values()) or 1
    return {id: 3.4 + 2.6 * sqrt(place.people / most) for id, place in places.items()}


def _ring(places: Iterable[str]) -> dict[str, Point]:
    ids = list(places)
    if len(ids) == 1:
        return {ids[0]: (WIDTH / 2, HEIGHT / 2)}
    turn = 2 * pi / len(ids)
    return {
        id: (
            WIDTH / 2 + (WIDTH / 2 - 3 * MARGIN) * sin(number * turn),
            HEIGHT / 2 - (HEIGHT / 2 - MARGIN) * cos(number * turn),
        )
        for number, id in enumerate(ids)
    }


def _projected(
    places: Mapping[str, Point], outline: Sequence[Sequence[Point]]
) -> tuple[dict[str, Point], list[list[Point]]]:
    """Degrees on the sheet, north up, the middle of the map undistorted."""
    known = [*places.values(), *(point for ring in outline for point in ring)]
    middle = radians((min(lat for lat, _ in known) + max(lat for lat, _ in known)) / 2)
    shrink = max(cos(middle), 0.05)
    across, down = [lon * shrink for _, lon in known], [-lat for lat, _ in known]
    # An outline keeps the labels off the edge; without one they need room of their own.
    side, top = (2.0, 2.0) if outline else (MARGIN * 2, MARGIN)
    scale = min(
        (WIDTH - 2 * side) / ((max(across) - min(across)) or 1e-9),
        (HEIGHT - 2 * top) / ((max(down) - min(down)) or 1e-9),
        1e6,
    )

    def at(point: Point) -> Point:
        lat, lon = point
        return (
            WIDTH / 2 + (lon * shrink - (max(across) + min(across)) / 2) * scale,
            HEIGHT / 2 + (-lat - (max(down) + min(down)) / 2) * scale,
        )

    rings = [[at(point) for point in ring] for ring in outline]
    return _apart({id: at(point) for id, point in places.items()}), rings


def _apart(at: dict[str, Point]) -> dict[str, Point]:
    """*at* with places that lie on one spot moved side by side."""
    placed: dict[str, Point] = {}
    for id, (x, y) in at.items():
        while any(hypot(x - other, y - below) < 2 * TEXT for other, below in placed.values()) and x < WIDTH:
            x += 2 * TEXT
        placed[id] = (x, y)
    return placed


def _labels(
    places: Mapping[str, PlaceNote],
    at: Mapping[str, Point],
    radii: Mapping[str, float],
    roads: Sequence[Road],
) -> dict[str, Label]:
    """A spot for every label, where it covers the least; the places with most roads choose first."""
    taken: list[Box] = [
        (x - radii[id], y - radii[id], x + radii[id], y + radii[id]) for id, (x, y) in at.items()
    ]
    labels: dict[str, Label] = {}
    for id in sorted(places, key=lambda id: -len(places[id].next_to)):
        ways = list(_ways(places[id], *at[id], radii[id]))
        label, box = min(ways, key=lambda way: _cover(way[1], taken, roads))
        labels[id] = label
        taken.append(box)
    return labels


def _ways(place: PlaceNote, x: float, y: float, radius: float) -> Iterator[tuple[Label, Box]]:
    """Right and left, each also higher and lower, below and above; with the room each takes."""
    people = _people(place.people)
    wide = max(_wide(place.title) * TEXT, _wide(people) * SMALL)
    tall = TEXT + (SMALL + 1 if people else 0)
    gap = radius + 1.5
    for anchor, left, top in (
        ("start", x + gap, y - tall / 2),
        ("end", x - gap - wide, y - tall / 2),
        ("start", x + gap * 0.8, y - gap * 0.5 - tall),
        ("start", x + gap * 0.8, y + gap * 0.5),
        ("end", x - gap * 0.8 - wide, y - gap * 0.5 - tall),
        ("end", x - gap * 0.8 - wide, y + gap * 0.5),
        ("middle", x - wide / 2, y + gap),
        ("middle", x - wide / 2, y - gap - tall),
    ):
        edge = {"start": left, "end": left + wide, "middle": x}[anchor]
        yield (
            Label(edge, top + TEXT * 0.85, anchor, place.title, people),
            (left, top, left + wide, top + tall),
        )


def _people(thousands: int) -> str:
    """How many live in a place, in words."""
    if thousands >= 1000:
        return f"{thousands / 1000:.1f} million people"
    return f"{thousands},000 people" if thousands else ""


def _wide(text: str) -> float:
    """About how wide *text* is, in heights of its letters."""
    return sum(1.0 if east_asian_width(char) in "WF" else 0.56 for char in text)


def _cover(box: Box, taken: Iterable[Box], roads: Iterable[Road]) -> float:
    """How bad it is to put a label on *box*."""
    left, top, right, bottom = box
    outside = max(0.0, -left) + max(0.0, right - WIDTH) + max(0.0, -top) + max(0.0, bottom - HEIGHT)
    shared = sum(
        max(0.0, min(right, other[2]) - max(left, other[0]))
        * max(0.0, min(bottom, other[3]) - max(top, other[1]))
        for other in taken
    )
    return outside * 100 + shared * 10 + sum(_length_inside(road, box) for road in roads)


def _length_inside(road: Road, box: Box) -> float:
    """About how much of *road* runs through *box*."""
    steps = 40
    inside = 0
    for step in range(steps + 1):
        part = step / steps
        x, y = road.x1 + (road.x2 - road.x1) * part, road.y1 + (road.y2 - road.y1) * part
        inside += box[0] <= x <= box[2] and box[1] <= y <= box[3]
    return inside / steps * hypot(road.x2 - road.x1, road.y2 - road.y1)
