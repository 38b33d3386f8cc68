"""The pages of those who lead a debrief, and of a class with several tables, as parts of a page."""

from __future__ import annotations

from collections.abc import Iterator

from wargame.debrief.charts import Series, line_chart
from wargame.debrief.markdown import Names, told
from wargame.debrief.parts.part import Part, Picture
from wargame.debrief.parts.room import inner
from wargame.debrief.room import room_page
from wargame.debrief.tables import Sitting, Tables
from wargame.debrief.tables_page import tables_page
from wargame.debrief.whole import Debrief
from wargame.lab.headlines import Headline, headlines
from wargame.rules.position import Position

__all__ = ["leading", "side_by_side"]


def leading(debrief: Debrief, names: Names) -> Part:
    """The facilitator's page: minutes, questions with what to listen for, sentences to finish."""
    return Part("leading", "Leading the debrief", inner(room_page(debrief.record, names, debrief.luck)))


def side_by_side(tables: Tables, names: Names) -> Part:
    """Several tables of one class."""
    shown = headlines(tables.sittings[0].record.kernel)
    pictures = tuple(_drawn(tables.sittings, each, names) for each in shown)
    return Part("tables", "The tables side by side", inner(tables_page(tables, names)), pictures)


def _ordered(sitting: Sitting) -> Iterator[Position]:
    return (played.ordered for played in sitting.record.turns)


def _drawn(sittings: tuple[Sitting, ...], headline: Headline, names: Names) -> Picture:
    rows = [
        [headline.read(position.values) for position in (*_ordered(each), each.record.last)]
        for each in sittings
    ]
    wide = max(map(len, rows))
    calendar = sittings[0].record.kernel.plan.calendars[sittings[0].record.length]
    heads = [f"T{turn}" for turn in calendar[: wide - 1]] + ["end"]
    series = [
        Series(
            f"table {each.number}" if names.anonymous else f"{each.number}: {told(each.name)}",
            (*row, *[None] * (wide - len(row))),
        )
        for each, row in zip(sittings, rows, strict=True)
    ]
    low, high = headline.range
    title = f"{headline.about.title} at every table"
    return Picture(line_chart(title, heads, series, low=low, high=high), title)
