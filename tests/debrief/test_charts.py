"""Charts are pictures of their values, whatever is written in them."""

from __future__ import annotations

from math import isfinite
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wargame.debrief.charts import (
    Mark,
    Row,
    Series,
    Spot,
    fan_chart,
    line_chart,
    map_chart,
    waterfall,
)

EVIL = (
    "<script>alert(1)</script>",
    "</text></svg><script>x</script>",
    "]]><img src=x onerror=alert(1)>",
    '" onload="alert(1)',
    "' style='background:url(http://x)",
    "&lt;&amp;&#60;",
    "a\u202eb\u0000c\x1b[2J",
    "\ud83d\ude00" * 2,
    "{{ 7*7 }}",
)
WORDS = st.one_of(st.text(max_size=40), st.sampled_from(EVIL))
VALUES = st.one_of(st.none(), st.integers(-200, 300))
SPACE = "{http://www.w3.org/2000/svg}"


def read(svg: str) -> ElementTree.Element:
    """The picture as XML; numbers in it are finite, and there is nothing but drawing in it."""
    root = ElementTree.fromstring(svg)
    for element in root.iter():
        assert element.tag.removeprefix(SPACE) in {
            "svg",
            "title",
            "desc",
            "line",
            "polyline",
            "polygon",
            "rect",
            "circle",
            "text",
            "path",
        }
        for name, value in element.attrib.items():
            assert not name.startswith("on") and (name == "aria-label" or "url(" not in value)
            if name in ("x", "y", "x1", "y1", "x2", "y2", "cx", "cy", "r", "width", "height"):
                assert isfinite(float(value))
    return root


@settings(max_examples=40)
@given(title=WORDS, label=WORDS, head=WORDS, values=st.lists(VALUES, min_size=1, max_size=9))
def test_any_words_leave_a_picture(title: str, label: str, head: str, values: list[int | None]) -> None:
    heads = [head] * len(values)
    bands = tuple(None if value is None else (value - 3, value + 3) for value in values)
    series = [Series(label, tuple(values), bands), Series(label, tuple(values))]
    rows = [Row(label, 0, float(values[0] or 0), 3.0), Row(label, 5, 2)]
    spots = [Spot(10.0, 10.0, label, value or 0) for value in values]
    fan = [tuple(sorted((value or 0) + step for step in range(5))) for value in values]

    for svg in (
        line_chart(title, heads, series, marks=[Mark(0, 0, label)]),
        waterfall(title, rows),
        fan_chart(title, heads, fan, Series(label, tuple(values))),
        map_chart(title, 250, 142, "M1,2 3,4Z", spots, low=0, high=100),
    ):
        read(str(svg))


def test_what_is_drawn_stands_in_words_for_those_who_do_not_see_it() -> None:
    svg = line_chart("Order", ["T1", "end"], [Series("Public order", (80, 12))])
    root = read(str(svg))

    assert root.find(f"{SPACE}title") is not None
    assert "Public order: T1 80, end 12" in str(root.findtext(f"{SPACE}desc"))


def test_a_higher_value_stands_higher() -> None:
    root = read(str(line_chart("x", ["T1", "T2"], [Series("a", (10, 90))])))
    (line,) = root.iter(f"{SPACE}polyline")
    (_, low), (_, high) = (pair.split(",") for pair in line.attrib["points"].split())

    assert float(high) < float(low)


def test_lines_differ_in_more_than_colour() -> None:
    root = read(str(line_chart("x", ["T1", "T2"], [Series(str(number), (1, 2)) for number in range(6)])))
    dashes = [line.attrib.get("stroke-dasharray", "") for line in root.iter(f"{SPACE}polyline")]

    assert len(set(dashes)) == 6


@pytest.mark.parametrize("many", [2, 14, 40])
def test_no_disc_covers_another_ones_number(many: int) -> None:
    spots = [Spot(100 + number % 3, 70 + number % 5, str(number), number) for number in range(many)]
    root = read(str(map_chart("x", 250, 142, "", spots, low=0, high=100)))
    discs = [(float(each.attrib["cx"]), float(each.attrib["cy"])) for each in root.iter(f"{SPACE}circle")][
        ::2
    ]

    assert len(discs) == many
    near = [
        (one, other)
        for number, one in enumerate(discs)
        for other in discs[:number]
        if (one[0] - other[0]) ** 2 + (one[1] - other[1]) ** 2 < 8**2
    ]
    assert not near


def test_bars_add_up() -> None:
    rows = [Row("expected", 0, 60), Row("decisions", 60, 45), Row("luck", 45, 50), Row("score", 0, 50)]
    told = [element.text for element in read(str(waterfall("x", rows))).iter(f"{SPACE}text")]

    assert {"60.0", "-15.0", "+5.0", "50.0"} <= set(told)
