"""A line chart in text cells: what a value was turn by turn, and what somebody believed it was."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import frozen
from rich.cells import cell_len

from wargame.tui.lines import ACCENT, QUIET, STRONG, Line, fill, line, quiet

BELIEVED = "o"
FLAT, UP_FROM, UP_TO, DOWN_FROM, DOWN_TO, RISE = "─", "╯", "╭", "╮", "╰", "│"
SCALE = 4
"""Cells left of the axis."""


@frozen
class Series:
    """One value over the turns."""

    title: str
    low: int
    high: int
    values: tuple[int, ...]
    believed: tuple[int, ...] = ()
    """What the reader took it for at the same times; empty if it is not to be drawn."""


def chart(series: Series, width: int, height: int) -> list[Line]:
    """
    One value as a line of *height* rows in *width* cells, under its title.

    `o` stands where the reader believed something else by so much that it is another row.
    """
    rows = [line((fill(series.title, width), STRONG))]
    if not series.values:
        return [*rows, quiet(fill("nothing is known", width))]
    room = max(width - SCALE - 1, 8)
    drawn = _grid(series, room, height)
    for number, row in enumerate(drawn):
        mark = series.high if number == 0 else series.low if number == height - 1 else ""
        tone = QUIET if BELIEVED not in row else ACCENT
        rows.append(
            line((f"{mark:>{SCALE}}", QUIET), ("┤" if mark != "" else "│", QUIET), (fill(row, room), tone))
        )
    return rows


def _grid(series: Series, room: int, height: int) -> list[str]:
    values = series.values[-room:]
    step = max(min((room - 1) // max(len(values) - 1, 1), 6), 1)
    cells = [[" "] * room for _ in range(height)]
    levels = [_level(series, value, height) for value in values]
    for number, here in enumerate(levels):
        at = number * step
        cells[here][at] = FLAT
        if number == len(levels) - 1:
            break
        there = levels[number + 1]
        turn = at + max(step // 2, 1) if step > 1 else at + 1
        for x in range(at, min(turn, room)):
            cells[here][x] = FLAT
        for x in range(turn, min(at + step + 1, room)):
            cells[there][x] = FLAT
        if here != there and turn < room:
            _bend(cells, turn, here, there)
    for number, value in enumerate(series.believed[-room:]):
        there = _level(series, value, height)
        if number < len(levels) and there != levels[number]:
            cells[there][number * step] = BELIEVED
    return ["".join(row).rstrip() for row in cells]


def _bend(cells: list[list[str]], x: int, here: int, there: int) -> None:
    """A step from row *here* to row *there*; row 0 is the highest."""
    rises = there < here
    cells[here][x] = UP_FROM if rises else DOWN_FROM
    cells[there][x] = UP_TO if rises else DOWN_TO
    for y in range(min(here, there) + 1, max(here, there)):
        cells[y][x] = RISE


def _level(series: Series, value: int, height: int) -> int:
    span = max(series.high - series.low, 1)
    inside = min(max(value, series.low), series.high) - series.low
    return height - 1 - (inside * (height - 1) * 2 + span) // (2 * span)


def charts(all_series: Sequence[Series], width: int, height: int) -> list[Line]:
    """Several charts, as many side by side as *width* allows, at most four."""
    across = max(min(width // 36, 4, len(all_series)), 1)
    each = min((width - 2 * (across - 1)) // across, 60)
    rows: list[Line] = []
    for first in range(0, len(all_series), across):
        drawn = [chart(series, each, height) for series in all_series[first : first + across]]
        rows += [*beside(drawn, each), line("")]
    if any(series.believed for series in all_series):
        rows.append(
            quiet(f"The line is how it truly was, from turn to turn; {BELIEVED} is what you took it for.")
        )
    elif rows:
        rows.pop()
    return rows


def beside(columns: Sequence[Sequence[Line]], width: int, gap: int = 2) -> list[Line]:
    """Blocks of lines side by side, each in *width* cells; what is too long has to be wrapped before."""
    rows = []
    for number in range(max(map(len, columns), default=0)):
        spans: list[tuple[str, str]] = []
        for place, column in enumerate(columns):
            here = column[number] if number < len(column) else line("")
            missing = width - cell_len(here.text)
            spans += [*here.spans, (" " * max(missing, 0), "")]
            spans += [(" " * gap, "")] if place < len(columns) - 1 else []
        rows.append(Line(tuple(spans)))
    return rows
