"""The texts of the screens, as text."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from wargame.errors import IllegalOrder
from wargame.rules.menu import Bonus, MenuEntry, Odds, Price
from wargame.rules.orders import Order
from wargame.rules.view import Reading
from wargame.session.kernels import kernel_for, load
from wargame.session.public import Public, public_of
from wargame.tui import lines, menus, render
from wargame.tui.lines import BAD, QUIET
from wargame.tui.terms import titled

from .games import ROLE, SCENARIO, new_table


@pytest.fixture(scope="module")
def public() -> Public:
    return public_of(kernel_for(load(SCENARIO)).book, ROLE)


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
    assert menus.order_row(entry(), True, None, 40).text == "*   2  March on the hall          40-55%"


def test_an_order_that_cannot_be_given_shows_no_odds_but_a_dash() -> None:
    row = menus.order_row(entry(), False, "Not yet.", 40).text

    assert row.startswith("-   2  March") and "%" not in row


def test_the_plain_line_says_why_not() -> None:
    assert menus.order_line(entry(), False, "Not yet.").endswith("[Not yet.]")


def test_details_tell_every_modifier(public: Public) -> None:
    told = lines.words(menus.order_details(entry(), None, public))

    assert told[-2:] == [
        "Check 'turnout': 40-55 %",
        "  Almaty: 40-55 % = 30 to begin with, +10 to +25 (Unrest)",
    ]


def test_the_price_of_each_way_is_told() -> None:
    ways = (Order("march", "almaty"), Order("march", "taraz"))
    dear = entry(candidates=ways, price=(Price("purse", "Energy", 1, 3, (1, 3)),), odds=())

    assert [menus.way_words(dear, [way]) for way in ways] == ["costs 1", "costs 3"]
    assert menus.way_words(dear, ways) == "costs 1-3"


def test_orders_that_do_not_go_with_those_chosen_say_why() -> None:
    def check(orders: Sequence[Order]) -> None:
        if len(orders) > 1:
            raise IllegalOrder("one is enough")

    assert menus.barred(check, [entry()], []) == {}
    assert menus.barred(check, [entry()], [Order("other")]) == {"march": "one is enough"}


@pytest.mark.parametrize(
    ("term", "words"),
    [
        ("unrest[here] // 5", "a fifth of Unrest here"),
        ("20 if emergency else 0", "National emergency"),
        ("20 if demand == 'regime' else 5", "Demand"),
        ("no_such_name", "no such name"),
    ],
)
def test_a_term_of_a_rule_is_told_in_titles(public: Public, term: str, words: str) -> None:
    assert titled(public, term) == words


@given(st.text(max_size=60), st.integers(1, 40))
def test_a_cut_text_is_never_wider_than_its_place(text: str, width: int) -> None:
    assert cell_len(lines.cut(text, width)) <= max(width, 1)


@given(st.lists(st.integers(-20, 120), max_size=12))
def test_a_sparkline_has_one_block_a_value(values: list[int]) -> None:
    line = render.sparkline(values, 0, 100)

    assert len(line) == len(values)
    assert set(line) <= set(render.BLOCKS)


@given(st.text(max_size=60), st.integers(1, 40))
def test_a_filled_text_is_exactly_as_wide_as_its_place(text: str, width: int) -> None:
    assert cell_len(lines.fill(text, width)) == width


@given(st.integers(-50, 150), st.integers(0, 40), st.integers(1, 40))
def test_a_bar_fills_exactly_its_width(value: int, error: int, width: int) -> None:
    reading = Reading("x", None, value, value - error, value + error, error == 0, 0, str(value))

    assert sum(map(len, render.bar(reading, 0, 100, width))) == width


def test_a_gauge_says_whether_it_is_an_estimate(public: Public) -> None:
    note = public.gauges["credibility"]
    past = [
        Reading("credibility", None, each, each - 8, each + 8, False, 0, f"about {each}") for each in (40, 33)
    ]

    assert "about 33 (25-41)" in render.gauge(note, past, 118).text
    assert render.movement(note, past).text == (
        "Credibility of the guarantor: about 33 (about -7, within the error), was about 40"
    )


def test_every_place_has_its_row_and_no_row_is_too_wide(tmp_path: Path) -> None:
    table = new_table(tmp_path / "a.jsonl")
    seat = table.session.seat("tokayev")
    for width in (22, 32, 40, 60, 120):
        rows = lines.words(render.places(seat.scenario, seat.view(), width))

        assert len(rows) == 15
        assert all(cell_len(row) <= width for row in rows)
        assert "…" not in rows[0]
    assert len(render.places_in_words(seat.scenario, seat.view())) == 14


def test_the_head_of_a_column_is_whole_or_an_abbreviation() -> None:
    wanted = (("Violence", 8), ("Violence", 6), ("雪" * 5, 5))
    heads = [lines.short_head(title, width) for title, width in wanted]

    assert heads == ["Violence", "Viol.", "雪雪."]
    assert lines.short_head("Possible crowd", 9) == "Possible"
    assert lines.short_head("Loyal troops here", 12) == "Loyal troops"
    assert lines.short_head("", 3) == ""


def test_a_dial_has_room_for_a_long_title_at_120_cells(public: Public) -> None:
    past = (Reading("credibility", None, 40, 32, 48, False, 0, "about 40"),)

    assert render._dial(public.gauges["credibility"], past, 28).title.text == "Credibility of the guarantor"


def test_prose_joins_broken_lines_and_keeps_headings_and_bullets() -> None:
    told = lines.prose("# Aims\n\nTo win\nthe day,\n**now**.\n\n- one\n  more\n- two")

    assert lines.words(told) == ["Aims", "", "To win the day, now.", "", "- one more", "- two"]


def test_a_row_too_long_goes_on_further_in() -> None:
    long = lines.line("  one two of many words and ", ("three", lines.BAD), (",four five six", lines.GOOD))
    rows = lines.hung(long, 40)
    table = lines.hung(lines.line("Seed      all dice of the game follow from it"), 40)

    assert lines.words(rows) == ["  one two of many words and three,four", "    five six"]
    assert rows[0].spans[-2:] == (("three", lines.BAD), (",four", lines.GOOD))
    assert lines.words(table) == ["Seed      all dice of the game follow", "          from it"]
    assert lines.hung(long, 80) == [long]
    assert lines.hung(lines.line("plain words " * 9), 40) == [lines.line("plain words " * 9)]


@given(st.lists(st.text(alphabet=" abc-\u4e00", max_size=30), max_size=4), st.integers(40, 60))
def test_rows_lose_no_word(texts: list[str], width: int) -> None:
    long = lines.line(*texts)
    rows = lines.hung(long, width)

    assert " ".join(row.text for row in rows).split() == long.text.split()


def test_a_dial_says_what_a_movement_within_the_error_is_worth(public: Public) -> None:
    note = public.gauges["credibility"]
    past = [
        Reading("credibility", None, each, each - 8, each + 8, False, 0, f"about {each}")
        for each in (60, 33, 40)
    ]

    assert not render.is_unsure(past[:2]) and render.is_unsure(past)
    assert render.moved(note, past) == ("~+7", QUIET)
    assert render.moved(note, past[:2])[1] == BAD
