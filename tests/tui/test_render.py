"""The texts of the screens, as text."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from wargame.rules.menu import Bonus, MenuEntry, Odds, Price
from wargame.rules.orders import Order
from wargame.tui import render

from .games import new_table


def entry(**changes: object) -> MenuEntry:
    known: dict[str, object] = {
        "id": "march",
        "title": "March on the hall",
        "about": "All at once.",
        "phase": "street",
        "tone": "hard",
        "price": (Price("purse", "Energy", 2, 2),),
        "candidates": (Order("march", "almaty"),),
        "why_not": None,
        "odds": (Odds("l", "turnout", Order("march", "almaty"), 40, 55, 30, (Bonus("unrest", 10, 25),)),),
        "per_turn": 1,
    }
    return MenuEntry(**{**known, **changes})  # type: ignore[arg-type]


def test_an_order_row_shows_mark_price_title_and_odds() -> None:
    assert render.order_row(entry(), True, 40) == "*   2  March on the hall          40-55%"


def test_an_order_that_cannot_be_given_shows_no_odds_but_a_dash() -> None:
    assert render.order_row(entry(why_not="Not yet."), False, 40).startswith("-   2  March")
    assert "%" not in render.order_row(entry(why_not="Not yet."), False, 40)


def test_the_plain_line_says_why_not() -> None:
    assert render.order_line(entry(why_not="Not yet."), False).endswith("[Not yet.]")


def test_details_tell_every_modifier() -> None:
    [*_, last] = render.order_details(entry(), "Street")

    assert last == "Odds of 'turnout' (almaty): 40-55 % = 30, +10 to +25 unrest"


@given(st.text(max_size=60), st.integers(1, 40))
def test_a_cut_text_is_never_wider_than_its_place(text: str, width: int) -> None:
    assert cell_len(render.cut(text, width)) <= max(width, 1)


@given(st.lists(st.integers(-20, 120), max_size=12))
def test_a_sparkline_has_one_block_a_value(values: list[int]) -> None:
    line = render.sparkline(values, 0, 100)

    assert len(line) == len(values)
    assert set(line) <= set(render.BLOCKS)


@given(st.integers(-50, 150), st.integers(1, 40))
def test_a_bar_fills_exactly_its_width(value: int, width: int) -> None:
    assert len(render.bar(value, 0, 100, width)) == width


def test_every_place_has_its_row_and_no_row_is_too_wide(tmp_path: Path) -> None:
    table = new_table(tmp_path / "a.jsonl")
    seat = table.session.seat("tokayev")
    for width in (40, 60, 120):
        rows = render.places(seat.scenario, seat.view(), width)

        assert len(rows) == 15
        assert all(cell_len(row) <= width for row in rows)
