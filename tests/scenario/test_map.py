"""The outline of a country: what may be written, what is refused, and that it changes nothing else."""

from __future__ import annotations

import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.scenario.page import files_on_page
from wargame.errors import ScenarioError
from wargame.scenario import library
from wargame.scenario.book import check
from wargame.scenario.model import Map
from wargame.session.public import public_of

SQUARE = "[[54.3, 7.8], [54.3, 8], [54.1, 8], [54.1, 7.8]]"
MANY = "[" + "[1.5, 2.5], " * 401 + "]"


def with_map(text: str) -> dict[str, str]:
    return {**files_on_page(), "map.toml": f"[map]\n{text}\n"}


def said(text: str) -> str:
    with pytest.raises(ScenarioError) as raised:
        library.load_bundle(with_map(text))
    return str(raised.value)


def test_an_outline_reaches_the_screens() -> None:
    scenario = library.load_bundle(with_map(f'outline = {SQUARE}\nsource = "By hand."'))
    public = public_of(check(scenario), "mayor")

    assert scenario.map == Map((((54.3, 7.8), (54.3, 8.0), (54.1, 8.0), (54.1, 7.8)),), "By hand.")
    assert public.outline == scenario.map.outline


def test_an_outline_may_be_several_rings() -> None:
    island = "[[54, 7], [54, 7.2], [53.9, 7.1]]"
    alone = library.load_bundle(with_map(f"outline = {island}"))
    both = library.load_bundle(with_map(f"outline = [{SQUARE}, {island}]"))

    assert [len(ring) for ring in both.map.outline] == [4, 3]
    assert both.map.outline[1:] == alone.map.outline
    assert library.load_bundle(with_map(f"outline = [{island}]")).map == alone.map


def test_all_rings_together_have_at_most_so_many_points() -> None:
    ring = "[" + ",\n".join(f"[{number % 7}, {number}]" for number in range(170)) + "]"
    other = ring.replace("[0, 0]", "[1, 0]", 1)

    assert "510 points in all rings" in said(
        f"outline = [{ring}, {other}, {ring.replace('[1, 1]', '[2, 1]')}]"
    )


def test_without_one_there_is_none() -> None:
    assert library.load_bundle(files_on_page()).map == Map()


def test_kazakhstan_has_one_around_all_its_places() -> None:
    scenario = library.load("kazakhstan-2022")

    [ring] = scenario.map.outline
    assert len(ring) > 90
    assert "Natural Earth" in scenario.map.source
    lats, lons = zip(*ring, strict=True)
    for place in scenario.places.values():
        assert min(lats) < place.at[0] < max(lats)
        assert min(lons) < place.at[1] < max(lons)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("outline = 3", "a list is wanted here, not 3"),
        ("outline = []", "0 points"),
        ("outline = [[1, 2], [3, 4]]", "2 points"),
        (f"outline = {MANY}".replace("], [", "],\n["), "401 points"),
        ("outline = [[1, 2], [3, 4], [5]]", "point 3 is no position"),
        ("outline = [[1, 2], [3, 4], 5]", "point 3 is no position"),
        ("outline = [[1, 2], [91, 4], [5, 6]]", "point 2 is no position"),
        ("outline = [[1, 2], [3, 181], [5, 6]]", "point 2 is no position"),
        ("outline = [[1, 2], [3, true], [5, 6]]", "point 2 is no position"),
        (f"outline = [[1, 2], [3, {10**40}], [5, 6]]", "point 2 is no position"),
        ("outline = [[1, 2], [3, nan], [5, 6]]", "nan is no number"),
        ("outline = [[1, 2], [3, -inf], [5, 6]]", "-inf is no number"),
        ("outline = [[1, 2], [3, 1.23456], [5, 6]]", "point 2 has more than 4 decimals"),
        ("outline = [[1, 2], [1, 3], [1, 4]]", "on one line"),
        (f"outline = [{SQUARE}, 3]", "ring 2: a list of points is wanted here, not 3"),
        (f"outline = [{SQUARE}, []]", "ring 2: 0 points"),
        (f"outline = [{SQUARE}, [[1, 2], [3, 4], [5]]]", "ring 2: point 3 is no position"),
        (f"outline = [{SQUARE}, [[1, 2], [1, 3], [1, 4]]]", "ring 2: the points lie on one line"),
        (f"outline = [{SQUARE}, {SQUARE}]", "ring 2 is ring 1 again"),
        (f"outline = [{', '.join([SQUARE] * 41)}]", "41 rings"),
        (f"outline = [[{SQUARE}]]", "ring 1: 1 points"),
        ("outlin = []", "unknown key 'outlin'"),
        ("source = 3", "put it in quotes"),
    ],
)
def test_what_is_wrong_is_said_with_the_key(text: str, words: str) -> None:
    told = said(text)

    assert words in told
    assert "map.toml" in told
    assert "map" in told.split("map.toml", 1)[1]


def test_a_map_that_is_no_table_is_refused() -> None:
    with pytest.raises(ScenarioError, match="a table is wanted here"):
        library.load_bundle({**files_on_page(), "map.toml": "map = 3\n"})


_numbers: Any = st.integers(-200, 200) | st.floats(-200, 200, allow_nan=False).map(lambda x: round(x, 4))


@given(st.lists(st.tuples(_numbers, _numbers), min_size=3, max_size=12))
def test_a_list_of_points_is_taken_whole_or_refused(points: list[tuple[float, float]]) -> None:
    text = "outline = [" + ",\n".join(f"[{lat:.4f}, {lon:.4f}]" for lat, lon in points) + "]"
    try:
        scenario = library.load_bundle(with_map(text))
    except ScenarioError:
        return
    [ring] = scenario.map.outline
    assert len(ring) == len(points)
    assert all(
        math.isclose(a, b, abs_tol=1e-9)
        for p, q in zip(points, ring, strict=True)
        for a, b in zip(p, q, strict=True)
    )
