"""
The map as a raster: which place each half of a terminal cell belongs to.

With an outline, everything inside it belongs to the nearest place; without one, every place has a box of
its own and neighbours are joined by lines. A half cell is about as wide as it is high. For drawing only:
nothing here has a say in what happens.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from itertools import chain
from math import ceil, cos, floor, inf, pi, radians, sin

from attrs import field, frozen

from wargame.session.public import Public

__all__ = ["Ground", "Raster", "ground_of", "raster", "step", "way"]

NOWHERE = (0.0, 0.0)
"""What a place without coordinates has."""

NOBODY = -1
BOX = (13, 3)
"""Cells, across and down, of a place's own box: wide enough for its label."""

STRETCH, LOOSE = 1.3, 4.0
"""How much longer one direction may be drawn than the other, of a country and of boxes joined by lines."""

Point = tuple[float, float]


@frozen
class Ground:
    """What is drawn: the places with their coordinates and roads, and the outline around them."""

    ids: tuple[str, ...]
    at: tuple[Point, ...]
    """Latitude and longitude."""

    roads: tuple[tuple[int, int], ...]
    """Pairs of neighbours by number, the lower first."""

    outline: tuple[tuple[Point, ...], ...] = ()
    """Rings; what is inside an odd number of them is land."""


def ground_of(public: Public) -> Ground:
    """What there is to draw of a scenario."""
    ids = tuple(public.places)
    numbers = {id: number for number, id in enumerate(ids)}
    pairs = {
        (min(number, numbers[other]), max(number, numbers[other]))
        for number, id in enumerate(ids)
        for other in public.places[id].next_to
        if other in numbers and other != id
    }
    return Ground(
        ids, tuple(each.at for each in public.places.values()), tuple(sorted(pairs)), public.outline
    )


@frozen(eq=False)
class Raster:
    """A map of *width* by *height* cells."""

    width: int
    height: int
    ids: tuple[str, ...]
    owners: tuple[tuple[int, ...], ...] = field(repr=False)
    """For each half row from the top, the number of the place each half cell belongs to, or -1."""

    seeds: tuple[tuple[int, int], ...]
    """The half cell each place itself lies in: column and half row. No two are in one cell."""

    roads: tuple[tuple[int, int], ...]
    boxed: bool
    """Whether the places are boxes joined by lines, and not parts of a country."""

    def owner(self, x: int, half: int) -> int:
        """The number of the place a half cell belongs to, or -1; so are all beyond the edge."""
        inside = 0 <= x < self.width and 0 <= half < 2 * self.height
        return self.owners[half][x] if inside else NOBODY

    def number_at(self, x: int, row: int) -> int:
        """The number of the place a whole cell stands for, or -1; so are all beyond the edge."""
        return self.numbers[row][x] if 0 <= x < self.width and 0 <= row < self.height else NOBODY

    def place_at(self, x: int, row: int) -> str | None:
        """The place a whole cell stands for, such as the one under the mouse."""
        number = self.number_at(x, row)
        return None if number == NOBODY else self.ids[number]

    def neighbours(self, id: str) -> tuple[str, ...]:
        """The places next to one, in the scenario's order."""
        here = self.ids.index(id)
        near = {pair[pair[0] == here] for pair in self.roads if here in pair}
        return tuple(self.ids[number] for number in sorted(near))

    @cached_property
    def border(self) -> frozenset[tuple[int, int]]:
        """The half cells that have another place to their right or below, as column and half row."""
        return frozenset(
            (x, half)
            for half, row in enumerate(self.owners)
            for x, here in enumerate(row)
            if here != NOBODY
            and any(
                other not in (here, NOBODY) for other in (self.owner(x + 1, half), self.owner(x, half + 1))
            )
        )

    def rim(self, id: str) -> frozenset[tuple[int, int]]:
        """The half cells along the edge of a place's ground; none where it is hardly more than an edge."""
        here = self.ids.index(id)
        own = [
            (x, half)
            for half, row in enumerate(self.owners)
            for x, number in enumerate(row)
            if number == here
        ]
        edge = frozenset(
            (x, half)
            for x, half in own
            if any(
                self.owner(x + across, half + down) != here
                for across, down in ((1, 0), (-1, 0), (0, 1), (0, -1))
            )
        )
        return edge if len(edge) * 5 <= len(own) * 3 else frozenset()

    @cached_property
    def cells(self) -> tuple[tuple[tuple[int, int], ...], ...]:
        """For each place the whole cells that stand for it, as column and row."""
        found: list[list[tuple[int, int]]] = [[] for _ in self.ids]
        for row, numbers in enumerate(self.numbers):
            for x, number in enumerate(numbers):
                if number != NOBODY:
                    found[number].append((x, row))
        return tuple(map(tuple, found))

    @cached_property
    def numbers(self) -> tuple[tuple[int, ...], ...]:
        """
        For each row the number of the place each whole cell stands for, or -1.

        A cell stands for the place that lies in it, else for the owner of its upper half, else of its lower.
        """
        rows = [
            [lower if upper == NOBODY else upper for upper, lower in zip(above, below, strict=True)]
            for above, below in zip(self.owners[::2], self.owners[1::2], strict=True)
        ]
        for number, (x, half) in enumerate(self.seeds):
            rows[half // 2][x] = number
        return tuple(map(tuple, rows))


@lru_cache(maxsize=32)
def raster(ground: Ground, width: int, height: int) -> Raster:
    """The map of *ground* in *width* by *height* cells; asked for again, the same one; empty without room."""
    width, height = max(width, 0), max(height, 0)
    if not ground.ids or width * height < len(ground.ids):
        return Raster(0, 0, ground.ids, (), (), ground.roads, boxed=True)
    points, boxed, outline = _settled(ground)
    whole = len(boxed) == len(points)
    inset = (min(BOX[0] / 2, width / 4), min(BOX[1], height / 2)) if whole else (0.0, 0.0)
    fit = _Fit.of([*points, *chain(*outline)], width, 2 * height, inset, LOOSE if whole else STRETCH)
    spots = [fit.spot(point) for point in points]
    seeds = _seeds(spots, width, height)
    grid = [[NOBODY] * width for _ in range(2 * height)]
    free = [number for number in range(len(points)) if number not in boxed]
    if free:
        rings = [[fit.spot(point) for point in ring] for ring in outline]
        _fill(grid, rings, [(spots[number], number) for number in free])
    _put_boxes(grid, {number: seeds[number] for number in boxed})
    for number, (x, half) in enumerate(seeds):
        grid[half][x] = number
    return Raster(width, height, ground.ids, tuple(map(tuple, grid)), seeds, ground.roads, whole)


def step(drawn: Raster, id: str, across: int, down: int) -> str:
    """The place one comes to from *id* going left, right, up or down; *id* itself if there is none."""
    if not drawn.seeds:
        return id
    x, half = drawn.seeds[drawn.ids.index(id)]
    best, found = inf, id
    for other, (to_x, to_half) in zip(drawn.ids, drawn.seeds, strict=True):
        along = (to_x - x) * across + (to_half - half) * down
        aside = abs((to_x - x) * down) + abs((to_half - half) * across)
        if along > 0 and along + 2 * aside < best:
            best, found = along + 2 * aside, other
    return found


def way(start: tuple[int, int], end: tuple[int, int]) -> Iterator[tuple[int, int]]:
    """The cells on the straight line from *start* to *end*, both included."""
    (x, y), (to_x, to_y) = start, end
    count = max(abs(to_x - x), abs(to_y - y), 1)
    for number in range(count + 1):
        yield x + round((to_x - x) * number / count), y + round((to_y - y) * number / count)


# --- Where everything lies


def _settled(ground: Ground) -> tuple[list[Point], frozenset[int], list[list[Point]]]:
    """Flat points of the places and of the outline's rings, and the numbers of the places that are boxes."""
    everywhere = frozenset(range(len(ground.ids)))
    nowhere = [number for number, at in enumerate(ground.at) if at == NOWHERE]
    if len(nowhere) == len(ground.ids):
        turn = 2 * pi / max(len(nowhere), 1)
        return [(-cos(turn * number), -sin(turn * number)) for number in nowhere], everywhere, []
    known = [*(at for at in ground.at if at != NOWHERE), *chain(*ground.outline)]
    middle = (min(lat for lat, _ in known) + max(lat for lat, _ in known)) / 2
    narrow = max(cos(radians(middle)), 0.05)
    points = [(lon * narrow, -lat) for lat, lon in ground.at]
    outline = [[(lon * narrow, -lat) for lat, lon in ring] for ring in ground.outline]
    if nowhere:
        flat = [(lon * narrow, -lat) for lat, lon in known]
        (left, right), (top, bottom) = (_ends(flat, axis) for axis in (0, 1))
        for count, number in enumerate(nowhere, 1):
            points[number] = (
                left + (right - left) * count / (len(nowhere) + 1),
                bottom + (bottom - top or 1) / 8,
            )
    return points, frozenset(nowhere) if outline else everywhere, outline


def _ends(points: Sequence[Point], axis: int) -> Point:
    values = [point[axis] for point in points]
    return min(values), max(values)


@frozen
class _Fit:
    """How flat points become half cells."""

    left: float
    top: float
    scale: Point
    shift: Point

    @classmethod
    def of(cls, points: Sequence[Point], width: int, halves: int, inset: Point, stretch: float) -> _Fit:
        (left, right), (top, bottom) = (_ends(points, axis) for axis in (0, 1))
        spans = (right - left, bottom - top)
        rooms = (max(width - 2 * inset[0], 1.0), max(halves - 2 * inset[1], 1.0))
        most = [room / span if span > 0 else inf for room, span in zip(rooms, spans, strict=True)]
        least = min(*most)
        x, y = (0.0 if each == inf else min(each, least * stretch) for each in most)
        return cls(left, top, (x, y), ((width - spans[0] * x) / 2, (halves - spans[1] * y) / 2))

    def spot(self, point: Point) -> Point:
        """Column and half row, not yet rounded."""
        return (
            self.shift[0] + (point[0] - self.left) * self.scale[0],
            self.shift[1] + (point[1] - self.top) * self.scale[1],
        )


def _seeds(spots: Sequence[Point], width: int, height: int) -> tuple[tuple[int, int], ...]:
    """The half cell of each place; one whose cell is taken goes to the nearest that is not."""
    taken: set[tuple[int, int]] = set()
    found = []
    for x, y in spots:
        cell = min(max(floor(x), 0), width - 1), min(max(floor(y), 0), 2 * height - 1)
        if (cell[0], cell[1] // 2) in taken:
            free = [
                (across, half)
                for half in range(2 * height)
                for across in range(width)
                if (across, half // 2) not in taken
            ]
            cell = min(free, key=lambda each: (each[0] + 0.5 - x) ** 2 + (each[1] + 0.5 - y) ** 2)
        taken.add((cell[0], cell[1] // 2))
        found.append(cell)
    return tuple(found)


# --- Whose everything is


def _fill(
    grid: list[list[int]], rings: Sequence[Sequence[Point]], spots: Sequence[tuple[Point, int]]
) -> None:
    """Give every half cell whose middle lies inside an odd number of *rings* to the nearest place."""
    width = len(grid[0])
    for half, row in enumerate(grid):
        crossings = sorted(x for ring in rings for x in _crossings(ring, half + 0.5))
        for start, end in zip(crossings[::2], crossings[1::2], strict=False):
            first, last = max(ceil(start - 0.5), 0), min(ceil(end - 0.5), width) - 1
            if first <= last:
                _split(row, first, last, half, spots)


def _crossings(ring: Sequence[Point], y: float) -> Iterator[float]:
    """Where the line around something crosses a height."""
    for (x1, y1), (x2, y2) in zip(ring, [*ring[1:], ring[0]], strict=True):
        if (y1 <= y) != (y2 <= y):
            yield x1 + (y - y1) * (x2 - x1) / (y2 - y1)


def _split(row: list[int], first: int, last: int, half: int, spots: Sequence[tuple[Point, int]]) -> None:
    """Give a stretch of a row to the nearest places; what is nearest to one place has no holes."""
    ends = (_nearest(first, half, spots), _nearest(last, half, spots))
    if ends[0] == ends[1]:
        row[first : last + 1] = [ends[0]] * (last + 1 - first)
    elif last - first < 2:
        row[first], row[last] = ends
    else:
        middle = (first + last) // 2
        _split(row, first, middle, half, spots)
        _split(row, middle + 1, last, half, spots)


def _nearest(x: int, half: int, spots: Sequence[tuple[Point, int]]) -> int:
    best, found = inf, NOBODY
    for (to_x, to_y), number in spots:
        far = (to_x - x - 0.5) ** 2 + (to_y - half - 0.5) ** 2
        if far < best:
            best, found = far, number
    return found


def _put_boxes(grid: list[list[int]], seeds: Mapping[int, tuple[int, int]]) -> None:
    """Give each of *seeds* the box around it as far as nobody is there; boxes that overlap meet halfway."""
    height, width = len(grid) // 2, len(grid[0])
    nearest: dict[tuple[int, int], tuple[float, int]] = {}
    for number, (x, half) in seeds.items():
        left = min(max(x - BOX[0] // 2, 0), max(width - BOX[0], 0))
        top = min(max(half // 2 - BOX[1] // 2, 0), max(height - BOX[1], 0))
        for row in range(2 * top, min(2 * (top + BOX[1]), 2 * height)):
            for column in range(left, min(left + BOX[0], width)):
                far = ((column - x) / BOX[0]) ** 2 + ((row - half) / (2 * BOX[1])) ** 2
                if grid[row][column] == NOBODY:
                    at = (column, row)
                    nearest[at] = min(nearest.get(at, (inf, number)), (far, number))
    for (column, row), (_, number) in nearest.items():
        grid[row][column] = number
