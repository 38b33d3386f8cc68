"""Tables in text cells that always fit: what is too long for its column goes on below."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from attrs import frozen
from rich.cells import cell_len, set_cell_size

from wargame.text import clean_text
from wargame.tui.chart import Series, charts
from wargame.tui.lines import QUIET, Line, cut, fill, hung, line

__all__ = ["Cell", "drawn", "flat", "signed_bar", "table", "within", "wrapped"]

ACROSS = 36
"""Cells a chart has at least."""

LEAST = 8
"""Cells a column that goes on below has at least."""


@frozen
class Cell:
    """A text with its tone; blanks in it are kept."""

    text: str
    tone: str = ""


def flat(text: str) -> str:
    """*text* in one line, with nothing in it that a terminal would obey."""
    return " ".join(clean_text(text, newlines=1000).split())


def wrapped(text: str, width: int) -> list[str]:
    """*text* in rows of at most *width* cells, from 1; a longer word is broken."""
    rows, row = [], ""
    for word in flat(text).split(" "):
        joined = f"{row} {word}" if row else word
        if cell_len(joined) <= width:
            row = joined
            continue
        if row:
            rows.append(row)
        row = word
        while cell_len(row) > width:
            part = set_cell_size(row, width).rstrip() or row[:1]
            rows.append(part)
            row = row[len(part) :]
    return [*rows, row]


def table(
    heads: Sequence[str],
    rows: Sequence[Sequence[Cell | str]],
    width: int,
    *,
    wrap: int = -1,
    right: Sequence[int] = (),
    gap: int = 2,
) -> list[Line]:
    """
    *rows* under *heads* in at most *width* cells.

    Column *wrap*, counted from 0 or from the end, goes on below where it has too little room; if that is not
    enough the widest of the others lose some. The columns *right* stand at the right.
    """
    cells = [[_cell(each) for each in row] for row in rows]
    wrap %= len(heads)
    widths = _widths([list(map(_cell, heads)), *cells], width - gap * (len(heads) - 1), wrap)
    lines = list(_row([Cell(each, QUIET) for each in heads], widths, wrap, right, gap))
    for row in cells:
        lines += _row(row, widths, wrap, right, gap)
    return lines


def _cell(each: Cell | str) -> Cell:
    return Cell(flat(each)) if isinstance(each, str) else Cell(clean_text(each.text), each.tone)


def _widths(rows: Sequence[Sequence[Cell]], room: int, wrap: int) -> list[int]:
    widths = [max(cell_len(row[at].text) for row in rows) for at in range(len(rows[0]))]
    widths[wrap] = max(min(widths[wrap], room - sum(widths) + widths[wrap]), min(widths[wrap], LEAST))
    while sum(widths) > room and max(widths) > 1:
        widths[widths.index(max(widths))] -= 1
    return widths


def _row(
    row: Sequence[Cell], widths: Sequence[int], wrap: int, right: Sequence[int], gap: int
) -> Iterator[Line]:
    long = row[wrap].text
    indent = " " * min(len(long) - len(long.lstrip()), widths[wrap] // 2)
    parts = [indent + part for part in wrapped(long, max(widths[wrap] - len(indent), 1))]
    for number, part in enumerate(parts):
        spans: list[tuple[str, str]] = []
        for at, (each, width) in enumerate(zip(row, widths, strict=True)):
            text = part if at == wrap else each.text if not number else ""
            after = " " * gap if at < len(widths) - 1 else ""
            room = " " * (width - cell_len(cut(text, width)))
            spans += [(room, "")] if at in right else []
            spans += [(cut(text, width), each.tone), (after if at in right else room + after, "")]
        while spans and not spans[-1][0].strip():
            spans.pop()
        yield line(*spans)


def within(each: Line, width: int) -> list[Line]:
    """A line in rows of at most *width* cells: hung where it is indented or listed, plainly broken else."""
    rows = hung(each, width)
    if all(cell_len(row.text) <= width for row in rows):
        return rows
    tone = each.spans[0][1] if each.spans else ""
    return [line((part, tone)) for part in wrapped(each.text, width)]


def drawn(series: Sequence[Series], width: int, height: int) -> list[Line]:
    """Charts side by side; four of them two by two, where all four have no room, and never three and one."""
    if len(series) == 4 and ACROSS * 3 <= width < ACROSS * 4:
        width = ACROSS * 3 - 1
    return charts(series, width, height)


def signed_bar(value: float, most: float, half: int) -> str:
    """A bar of `2 * half + 1` cells: left of its middle for what was lost, right of it for what was won."""
    size = min(round(abs(value) * half / most), half) if most > 0 else 0
    left, right = ("━" * size if value < 0 else ""), ("━" * size if value > 0 else "")
    return f"{left:>{half}}│{fill(right, half)}"
