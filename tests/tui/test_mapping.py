"""The raster of a map and the places of its labels, as properties."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wargame.session.kernels import kernel_for, load
from wargame.session.public import public_of
from wargame.tui.labels import spots
from wargame.tui.mapping import NOBODY, Ground, Raster, ground_of, raster, step, way

SIZES = [(60, 15), (80, 21), (118, 36)]
DIRECTIONS = [(1, 0), (-1, 0), (0, 1), (0, -1)]


def ground_for(scenario: str, role: str) -> Ground:
    return ground_of(public_of(kernel_for(load(scenario)).book, role))


@pytest.fixture(scope="module")
def kazakhstan() -> Ground:
    return ground_for("kazakhstan-2022", "west")


@pytest.fixture(scope="module")
def tutorial() -> Ground:
    return ground_for("tutorial", "mayor")


degrees = st.sampled_from([0.0, 1.0, -3.5, 44.25]) | st.floats(-80, 80).map(lambda x: round(x, 2))
points = st.tuples(degrees, degrees)


@st.composite
def grounds(draw: st.DrawFn) -> Ground:
    at = draw(st.lists(points, max_size=12))
    numbers = range(len(at))
    pairs = [(a, b) for a in numbers for b in numbers if a < b]
    roads = draw(st.lists(st.sampled_from(pairs), unique=True)) if pairs else []
    outline = draw(st.lists(st.lists(points, min_size=3, max_size=9).map(tuple), max_size=3))
    return Ground(tuple(f"p{number}" for number in numbers), tuple(at), tuple(roads), tuple(outline))


def every_cell(drawn: Raster) -> list[tuple[int, int]]:
    return [(x, row) for row in range(drawn.height) for x in range(drawn.width)]


@given(grounds(), st.integers(0, 70), st.integers(0, 25))
def test_every_place_has_a_cell_when_there_is_room(ground: Ground, width: int, height: int) -> None:
    drawn = raster(ground, width, height)
    found = {drawn.place_at(*at) for at in every_cell(drawn)}

    if ground.ids and width * height >= len(ground.ids):
        assert (drawn.width, drawn.height) == (width, height)
        assert found - {None} == set(ground.ids)
    else:
        assert drawn.width == drawn.height == 0


@given(grounds(), st.integers(0, 70), st.integers(0, 25))
def test_a_cell_stands_for_who_owns_a_half_of_it(ground: Ground, width: int, height: int) -> None:
    drawn = raster(ground, width, height)
    for x, row in every_cell(drawn):
        halves = {drawn.owner(x, 2 * row), drawn.owner(x, 2 * row + 1)}
        number = drawn.number_at(x, row)
        assert number in halves
        assert number != NOBODY or halves == {NOBODY}
    for number, cells in enumerate(drawn.cells):
        assert all(drawn.place_at(*at) == drawn.ids[number] for at in cells)
    assert sum(map(len, drawn.cells)) == sum(drawn.place_at(*at) is not None for at in every_cell(drawn))


@given(st.lists(st.tuples(st.integers(-60, 60), st.integers(-60, 60)), min_size=1, max_size=9, unique=True))
def test_inside_the_outline_the_nearest_place_owns_and_outside_nobody(at: list[tuple[int, int]]) -> None:
    # On the equator a degree is as long in both directions: a square on its corner, forty half cells across.
    places = [(lat / 10_000 + 1e-7, lon / 10_000 + 1e-7) for lat, lon in at]
    outline = (((0.01, 0.0), (0.0, 0.01), (-0.01, 0.0), (0.0, -0.01)),)
    ids = tuple(f"p{number}" for number in range(len(at)))
    drawn = raster(Ground(ids, tuple(places), (), outline), 40, 20)
    spots = [(20 + lon * 2_000, 20 - lat * 2_000) for lat, lon in places]
    for half in range(40):
        for x in range(40):
            if (x, half) in drawn.seeds:
                continue
            far = abs(x + 0.5 - 20) + abs(half + 0.5 - 20)
            owner = drawn.owner(x, half)
            if far > 20 + 1e-6:
                assert owner == NOBODY
            elif far < 20 - 1e-6:
                away = [(px - x - 0.5) ** 2 + (py - half - 0.5) ** 2 for px, py in spots]
                assert away[owner] <= min(away) + 1e-3
                assert owner != NOBODY


def test_a_lake_and_an_island_in_it_are_drawn_and_so_is_an_island_beside() -> None:
    def square(middle: float, half: float) -> tuple[tuple[float, float], ...]:
        low, high = middle - half, middle + half
        return (-half, low), (-half, high), (half, high), (half, low)

    rings = (square(0, 0.01), square(0, 0.005), square(0, 0.002), square(0.015, 0.002))
    drawn = raster(Ground(("p",), ((0.009, 0.0),), (), rings), 54, 20)
    shape = "".join("#" if drawn.owner(x, 20) != NOBODY else "." for x in range(54))

    assert re.fullmatch(r"#+\.+#+\.+#+\.+#+", shape)
    assert raster(Ground(("p",), ((0.009, 0.0),), (), tuple(reversed(rings))), 54, 20).owners == drawn.owners


def test_the_sea_and_the_neighbours_of_kazakhstan_belong_to_nobody(kazakhstan: Ground) -> None:
    drawn = raster(kazakhstan, 118, 36)

    assert drawn.place_at(0, 0) is None
    assert drawn.place_at(5, 24) is None, "the Caspian Sea"
    assert drawn.place_at(117, 35) is None
    assert 0.45 < sum(map(len, drawn.cells)) / (118 * 36) < 0.65


def test_the_same_size_is_the_same_raster(kazakhstan: Ground) -> None:
    drawn = raster(kazakhstan, 60, 15)

    assert raster(kazakhstan, 60, 15) is drawn
    raster.cache_clear()
    assert raster(kazakhstan, 60, 15).owners == drawn.owners


@given(grounds())
def test_neighbours_are_mutual(ground: Ground) -> None:
    drawn = raster(ground, 40, 12)
    for id in drawn.ids:
        assert all(id in drawn.neighbours(other) for other in drawn.neighbours(id))
        assert id not in drawn.neighbours(id)


@given(grounds(), st.data())
def test_a_step_leads_to_a_place_in_that_direction(ground: Ground, data: st.DataObject) -> None:
    drawn = raster(ground, 40, 12)
    if not drawn.ids:
        return
    id = data.draw(st.sampled_from(drawn.ids))
    across, down = data.draw(st.sampled_from(DIRECTIONS))
    to = step(drawn, id, across, down)
    (x, half), (to_x, to_half) = (drawn.seeds[drawn.ids.index(each)] for each in (id, to))

    assert to == id or (to_x - x) * across + (to_half - half) * down > 0


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("scenario", ["kazakhstan", "tutorial"])
def test_arrows_reach_every_place(
    scenario: str, size: tuple[int, int], request: pytest.FixtureRequest
) -> None:
    drawn = raster(request.getfixturevalue(scenario), *size)
    for start in drawn.ids:
        reached, open_ends = {start}, [start]
        while open_ends:
            here = open_ends.pop()
            found = {step(drawn, here, *direction) for direction in DIRECTIONS} - reached
            reached |= found
            open_ends += found
        assert reached == set(drawn.ids)


def test_without_an_outline_places_are_boxes(tutorial: Ground) -> None:
    drawn = raster(tutorial, 60, 15)

    assert drawn.boxed
    assert [len(cells) for cells in drawn.cells] == [13 * 3] * 3


def test_places_without_coordinates_are_on_the_map_all_the_same() -> None:
    ids = tuple(f"p{number}" for number in range(6))
    nowhere = Ground(ids, ((0.0, 0.0),) * 6, ((0, 1),))
    half = Ground(ids, (*((0.0, 0.0),) * 3, (50.0, 10.0), (51.0, 12.0), (52.0, 9.0)), ((0, 1),))
    for ground in (nowhere, half):
        assert all(len(cells) > 20 for cells in raster(ground, 80, 20).cells)


@given(grounds(), st.integers(0, 70), st.integers(0, 25), st.data())
def test_no_two_labels_touch(ground: Ground, width: int, height: int, data: st.DataObject) -> None:
    drawn = raster(ground, width, height)
    sizes = st.lists(st.integers(1, 14), min_size=1, max_size=3).map(tuple)
    widths = tuple(data.draw(sizes) for _ in drawn.ids)
    used: set[tuple[int, int]] = set()
    for number, spot in enumerate(spots(drawn, widths)):
        if spot is None:
            continue
        assert spot.width in widths[number]
        cells = {(x, spot.row) for x in range(spot.x, spot.x + spot.width)}
        assert cells <= set(every_cell(drawn))
        assert any(drawn.number_at(*at) == number for at in cells)
        assert not used & {(x + beside, row) for x, row in cells for beside in (-1, 0, 1)}
        used |= cells


@pytest.mark.parametrize("size", SIZES)
def test_every_place_of_kazakhstan_has_its_whole_label(kazakhstan: Ground, size: tuple[int, int]) -> None:
    found = spots(raster(kazakhstan, *size), ((11,),) * 14)

    assert None not in found


def test_a_way_begins_and_ends_where_it_should() -> None:
    assert list(way((0, 0), (4, 2))) == [(0, 0), (1, 0), (2, 1), (3, 2), (4, 2)]
    assert list(way((3, 3), (3, 3))) == [(3, 3), (3, 3)]
