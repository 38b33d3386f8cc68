"""Charts, the account of a value, the history and the rest of what is read, as text."""

from __future__ import annotations

import pytest
from rich.cells import cell_len

from wargame.tui.chart import BELIEVED, Series, beside, chart, charts
from wargame.tui.lines import line, words


def test_a_chart_is_a_line_between_the_ends_of_its_scale() -> None:
    drawn = words(chart(Series("Order", 0, 100, (100, 100, 50, 0)), 24, 5))

    assert [row.rstrip() for row in drawn] == [
        "Order",
        " 100┤─────────╮",
        "    │         │",
        "    │         ╰─────╮",
        "    │               │",
        "   0┤               ╰───",
        "     start           end",
    ]


def test_what_was_believed_stands_where_it_was_another_row() -> None:
    drawn = words(chart(Series("Order", 0, 100, (100, 100), (100, 0)), 20, 3))

    assert drawn[1].count(BELIEVED) == 0
    assert drawn[3].count(BELIEVED) == 1


@pytest.mark.parametrize("width", [5, 20, 36, 80, 120, 200])
@pytest.mark.parametrize("values", [(), (5,), (0, 100), tuple(range(0, 101, 5)), (-30, 400), (7,) * 300])
def test_charts_keep_to_their_width(width: int, values: tuple[int, ...]) -> None:
    series = [Series("A long title of a value 漢字", 0, 100, values, values[::-1])] * 5
    room = max(width, 13)
    each = chart(series[0], width, 6)

    assert all(cell_len(row) <= room for row in words(each))
    if width >= 80:
        assert all(cell_len(row) <= width for row in words(charts(series, width, 6)))


def test_a_scale_of_one_point_is_drawn() -> None:
    assert words(chart(Series("x", 3, 3, (3, 3)), 20, 2))


def test_blocks_stand_side_by_side_whatever_their_height() -> None:
    rows = words(beside([[line("a"), line("bb")], [line("c")]], 4))

    assert rows == ["a     c   ", "bb        "]
