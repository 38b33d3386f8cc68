"""Who knew what: the widest gaps, those that mattered, and what each seat was shown beside what was true."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from wargame.debrief.charts import Series, line_chart
from wargame.debrief.gaps import Gap
from wargame.debrief.knowing import Mattered
from wargame.debrief.markdown import Names, counted, table
from wargame.debrief.parts.part import Part, Picture, is_clear, role_titles
from wargame.debrief.record import Record
from wargame.debrief.whole import Debrief
from wargame.lab.headlines import headlines
from wargame.rules.explain import describe_order
from wargame.rules.orders import Order

__all__ = ["MATTERED", "NONE_MATTERED", "knowledge", "mattered_words"]

MATTERED = (
    "Where a seat's doctrine, told the truth of one value, would have ordered something else; and what that "
    "would have given the seat. For a seat that somebody else played, its doctrine stands in."
)
NONE_MATTERED = "No seat would have ordered anything else, had it known one value more as it was."

WIDEST = 6
"""Gaps that are told."""

DRAWN = 4
"""Values of a seat that are drawn."""


def knowledge(debrief: Debrief, names: Names) -> Part:
    """What was true, shown, and acted on."""
    record = debrief.record
    lines = (*_widest(record, debrief.gaps), *_mattered(record, debrief.mattered))
    return Part("knowledge", "Who knew what", lines, tuple(_drawn(record, debrief.gaps)))


def _widest(record: Record, found: Sequence[Gap]) -> Iterator[str]:
    widest = sorted((gap for gap in found if gap.wide), key=lambda gap: -gap.wide)[:WIDEST]
    if not widest:
        yield from ("Whoever saw a headline value saw it as it was.", "")
        return
    titles = role_titles(record)
    rows = [
        [titles[gap.role], gap.turn, gap.title, gap.true, gap.shown, f"{gap.low} to {gap.high}", gap.wide]
        for gap in widest
    ]
    yield from table(["seat", "turn", "value", "true", "shown", "said to lie in", "off by"], rows, 3)


def _mattered(record: Record, found: Sequence[Mattered]) -> Iterator[str]:
    yield from ("### Gaps that mattered", "")
    if not found:
        yield from (NONE_MATTERED, "")
        return
    yield from (MATTERED, "")
    telling, others = sifted(found)
    yield from (f"- {mattered_words(record, gap)}" for gap in telling)
    if others:
        yield from ("", others)
    yield ""


def sifted(found: Sequence[Mattered]) -> tuple[tuple[Mattered, ...], str]:
    """The gaps worth telling of those that changed an order, and a sentence on the others."""
    noise = [gap for gap in found if gap.by is not None and not is_clear(gap.by)]
    telling = tuple(gap for gap in found if gap not in noise)[:WIDEST]
    others = (
        counted(len(noise), "gap", "gaps") if not telling else counted(len(noise), "more gap", "more gaps")
    )
    return telling, f"{others} would have changed an order, but no score beyond noise." if noise else ""


def mattered_words(record: Record, gap: Mattered) -> str:
    """What a seat did not know, what it would have ordered, and what that would have given it."""
    titles, places = role_titles(record), record.kernel.scenario.places
    where = f" in {places[gap.place].title}" if gap.place else ""
    shown = "it could not see it" if gap.shown is None else f"it was shown {gap.shown}"
    dropped = _orders(record, [each for each in gap.blind if each not in gap.knowing])
    added = _orders(record, [each for each in gap.knowing if each not in gap.blind])
    worth = f"{gap.by.value:+.1f} points" if gap.by is not None and is_clear(gap.by) else "within noise"
    return (
        f"Turn {gap.turn}, {titles[gap.role]}: {gap.title}{where} was {gap.true}, {shown}. Knowing that, its "
        f"doctrine orders {added or 'nothing'} in place of {dropped or 'nothing'} ({worth})."
    )


def _orders(record: Record, orders: Sequence[Order]) -> str:
    return "; ".join(describe_order(record.kernel.scenario, order) for order in orders)


def _drawn(record: Record, found: Sequence[Gap]) -> Iterator[Picture]:
    ranges, titles = {each.id: each.range for each in headlines(record.kernel)}, role_titles(record)
    turns = [f"T{played.turn}" for played in record.turns]
    if len(turns) < 2:
        return
    worst: dict[tuple[str, str], int] = {}
    for gap in found:
        key = (gap.role, gap.id)
        worst[key] = max(worst.get(key, 0), gap.wide)
    widest = sorted((key for key, wide in worst.items() if wide), key=lambda key: -worst[key])
    for role, id in widest[:DRAWN]:
        row = [gap for gap in found if (gap.role, gap.id) == (role, id)]
        low, high = ranges.get(id, (0, 100))
        bands = tuple(None if gap.low is None or gap.high is None else (gap.low, gap.high) for gap in row)
        shown = Series("shown", tuple(gap.shown for gap in row), bands)
        svg = line_chart(
            f"{row[0].title}: true, and as shown to {titles[role]}",
            turns,
            [Series("true", tuple(gap.true for gap in row)), shown],
            low=low,
            high=high,
        )
        told = "the area is where it was said to lie"
        yield Picture(svg, f"{row[0].title}, true and as shown to {titles[role]}; {told}.")
