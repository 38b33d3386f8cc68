"""What might come, drawn in text: for every turn the range many games run in, and where this one went."""

from __future__ import annotations

from collections.abc import Sequence

from wargame.debrief.record import Record
from wargame.debrief.whatif import Fan, Spread
from wargame.lab.headlines import headlines
from wargame.tui.debrief.tables import wrapped
from wargame.tui.lines import QUIET, STRONG, Line, head, line, quiet

__all__ = ["LEGEND", "fans"]

LEGEND = "░ four fifths of the games, ▒ half of them, ┃ their median, o as this game went, ● both in one"
LEAST, MOST = 20, 50
"""Cells a scale has."""


def fans(record: Record, spread: Spread, first: int, width: int) -> list[Line]:
    """Every headline of *spread*, whose games go on from the calendar turn *first*, beside the game."""
    ranges = {each.id: each for each in headlines(record.kernel)}
    played = [each for each in record.turns if each.turn >= first]
    rows = [quiet(row) for row in wrapped(LEGEND, width)]
    for fan in spread.fans:
        about = ranges[fan.id]
        actual = [about.read(each.ordered.values) for each in played] + [about.read(record.last.values)]
        rows += [line(""), head(f"── {fan.title}"), *_fan(fan, actual, about.range, width)]
    return rows


def _fan(fan: Fan, actual: Sequence[int], ends: tuple[int, int], width: int) -> list[Line]:
    size = min(max(width - 34, LEAST), MOST)
    rows = []
    for number, bands in enumerate(fan.bands):
        last = number == len(fan.bands) - 1
        went = actual[min(number, len(actual) - 1)] if number < len(actual) or last else None
        name = "end" if last else f"T{fan.turns[number]}"
        told = f" {bands[0]}-{bands[-1]}, median {bands[2]}" + (f"; went {went}" if went is not None else "")
        rows.append(line((f"{name:>4} ", STRONG), _scale(bands, went, ends, size), (told, QUIET)))
    return rows


def _scale(bands: Sequence[int], went: int | None, ends: tuple[int, int], size: int) -> str:
    def at(value: int) -> int:
        low, high = ends
        return min(max((value - low) * (size - 1) // max(high - low, 1), 0), size - 1)

    cells = ["·"] * size
    for first, last, mark in ((0, 4, "░"), (1, 3, "▒")):
        for cell in range(at(bands[first]), at(bands[last]) + 1):
            cells[cell] = mark
    cells[at(bands[2])] = "┃"
    if went is not None:
        cells[at(went)] = "●" if cells[at(went)] == "┃" else "o"
    return "".join(cells)
