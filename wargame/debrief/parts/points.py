"""Turning points: the orders and rolls that moved expectations most, and what others might have led to."""

from __future__ import annotations

from collections.abc import Iterator

from wargame.debrief.charts import Mark, Series, fan_chart, line_chart
from wargame.debrief.find import DRAWN, was_so
from wargame.debrief.markdown import Names
from wargame.debrief.parts.part import Part, Picture, is_clear, role_titles, short_heads
from wargame.debrief.record import Record
from wargame.debrief.turning import Point, point_words
from wargame.debrief.whatif import Compared, given, played
from wargame.debrief.whole import Debrief, Otherwise
from wargame.lab.headlines import headlines
from wargame.rules.explain import describe_order
from wargame.rules.orders import Order

__all__ = ["points"]

CIRCLES = "The score each seat could expect as each turn began; circles within a turn are its turning points."
AREAS = "half of all games run in the dark area, four fifths in the light one."
FANS = 2
"""Headline values that are drawn of each decision played on otherwise."""


def points(debrief: Debrief, names: Names) -> Part:
    """The handful that mattered most."""
    pictures = (
        *_expectations(debrief),
        *(one for each in debrief.compared for one in _fans(debrief, each.compared)),
    )
    return Part("points", "Turning points", tuple(_lines(debrief)), pictures)


def _lines(debrief: Debrief) -> Iterator[str]:
    if not debrief.points:
        yield from ("No order and no roll moved an expectation beyond noise.", "")
        return
    titles = role_titles(debrief.record)
    for number, point in enumerate(debrief.points, start=1):
        yield f"{number}. Turn {point.turn}, {titles[point.role]}: {_told(debrief.record, point)}"
    yield ""
    for each in debrief.compared:
        yield from _otherwise(debrief.record, each, titles[each.compared.change.role])


def _told(record: Record, point: Point) -> str:
    told = f"{point_words(point)}."
    if point.kind == "dice":
        return f"{told} That is luck, not judgement."
    orders = given(played(record, point.turn)).get(point.role, ())
    if point.kind == "orders" and was_so(record, point.turn, point.role, orders):
        return f"{told} It is what was done in history."
    return told


def _otherwise(record: Record, otherwise: Otherwise, title: str) -> Iterator[str]:
    compared, change = otherwise.compared, otherwise.compared.change
    gain = compared.gain[change.role]
    more, sure = "more" if gain.value > 0 else "less", f"({gain.low:+.1f} to {gain.high:+.1f})"
    how = f"{abs(gain.value):.1f} points {more} {sure}" if is_clear(gain) else "no difference beyond noise"
    same = f", and in {otherwise.same} what was ordered" if otherwise.same else ""
    yield (
        f"What if, in turn {change.turn}, {title} had ordered {_orders(record, change.orders)}? Its doctrine "
        f"does so in {otherwise.times} of {DRAWN} games from there{same}. By {compared.actual.games} games "
        f"played on from each, over the same dice: {how}."
    )
    yield ""


def _orders(record: Record, orders: tuple[Order, ...]) -> str:
    scenario = record.kernel.scenario
    return "; ".join(describe_order(scenario, order) for order in orders) or "no orders"


def _expectations(debrief: Debrief) -> Iterator[Picture]:
    titles, accounts = role_titles(debrief.record), debrief.luck.accounts
    if not debrief.record.turns:
        return
    series = [
        Series(titles[role], (*(turn.expected.value for turn in account.turns), account.score))
        for role, account in accounts.items()
    ]
    rows, turns = list(accounts), [each.turn for each in debrief.record.turns]
    marks = [
        Mark(turns.index(point.turn) + 0.5, rows.index(point.role), str(number))
        for number, point in enumerate(debrief.points, start=1)
    ]
    least = min(value for each in series for value in each.values if value is not None)
    svg = line_chart(
        "The score each seat could expect",
        short_heads(debrief.record),
        series,
        low=least // 20 * 20,
        marks=marks,
    )
    yield Picture(svg, CIRCLES)


def _fans(debrief: Debrief, compared: Compared) -> Iterator[Picture]:
    record, change = debrief.record, compared.change
    title = role_titles(record)[change.role]
    shown = {each.id: each for each in headlines(record.kernel)}
    rows = [each for each in record.turns if each.turn >= change.turn]
    for fan in compared.other.fans[:FANS]:
        about = shown[fan.id]
        heads = [*(f"T{turn}" for turn in fan.turns), "end"]
        actual = [about.read(each.ordered.values) for each in rows] + [about.read(record.last.values)]
        values = (*actual, *[None] * (len(heads) - len(actual)))[: len(heads)]
        low, high = about.range
        svg = fan_chart(
            f"{fan.title} after turn {change.turn}, had {title} ordered otherwise",
            heads,
            fan.bands,
            Series("as it went", values),
            low=low,
            high=high,
            label="otherwise",
        )
        told = f"{fan.title}, had {title} in turn {change.turn} ordered {_orders(record, change.orders)}"
        yield Picture(svg, f"{told}: {AREAS}")
