"""The historical line, played over many seeds and laid beside the bands it should run in."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import frozen

from wargame.agents.historical import historical
from wargame.errors import ScenarioError
from wargame.lab.batch import over_cores
from wargame.lab.match import play_with, undisturbed
from wargame.lab.measures import Measure, measures
from wargame.lab.spread import spread
from wargame.rules.kernel import Kernel
from wargame.rules.position import Position
from wargame.scenario.model import History


@frozen
class Cell:
    """One measure at the end of one turn."""

    turn: int
    measure: str
    median: float
    """On the bands' scale, as are the others."""

    p10: float
    p90: float
    band: int | None
    """The number it should be near; None where the scenario gives none."""

    within: bool | None
    """Whether the median lies within one point of the band; None without a band."""


@frozen
class Line:
    """All cells of a batch."""

    scenario: str
    games: int
    seed: int
    measures: tuple[str, ...]
    cells: tuple[Cell, ...]
    """By turn, then by measure."""

    endings: Mapping[str, int]

    @property
    def banded(self) -> int:
        """How many cells have a band."""
        return sum(cell.band is not None for cell in self.cells)

    @property
    def hits(self) -> int:
        """How many cells lie within one point of their band."""
        return sum(cell.within is True for cell in self.cells)


Columns = dict[tuple[int, str], list[int]]
"""By turn and measure the values of all games."""


@frozen
class Recorded:
    """Games by the recorded line, of which the measures and the endings are kept."""

    def __call__(self, kernel: Kernel, seeds: range) -> tuple[Columns, list[str]]:
        watched = measures(kernel)
        agents = {role: historical(kernel.scenario, role) for role in kernel.scenario.roles}
        columns: Columns = {}

        def watch(turn: int, position: Position) -> None:
            for measure in watched:
                columns.setdefault((turn, measure.id), []).append(measure.of(position))

        with undisturbed():
            endings = [play_with(kernel, agents, seed=seed, watch=watch).ending for seed in seeds]
        return columns, endings


def play_history(kernel: Kernel, *, games: int, seed: int = 1, jobs: int = 1) -> Line:
    """
    Plays the recorded orders of every role over *games* seeds from *seed* on, over *jobs* cores.

    Raises:
        ScenarioError: If the scenario records no history.
        WargameError: If a process of the batch was killed.
    """
    scenario = kernel.scenario
    if scenario.history is None or not scenario.history.turns:
        raise ScenarioError(f"{scenario.id} records no history; give it a history.toml")
    watched = measures(kernel)
    columns: Columns = {}
    endings = dict.fromkeys(scenario.endings, 0)
    for found, ended in over_cores(kernel, Recorded(), range(seed, seed + games), jobs):
        for cell, values in found.items():
            columns.setdefault(cell, []).extend(values)
        for ending in ended:
            endings[ending] += 1
    return Line(
        scenario=scenario.id,
        games=games,
        seed=seed,
        measures=tuple(measure.id for measure in watched),
        cells=tuple(
            _cell(scenario.history, turn, measure, columns[turn, measure.id])
            for turn in sorted({turn for turn, _ in columns})
            for measure in watched
        ),
        endings=endings,
    )


def _cell(history: History, turn: int, measure: Measure, values: list[int]) -> Cell:
    column = history.bands.get(measure.id, ())
    band = column[turn - 1] if turn <= len(column) else None
    found = spread(values)
    scale = measure.scale
    return Cell(
        turn=turn,
        measure=measure.id,
        median=found.median / scale,
        p10=found.p10 / scale,
        p90=found.p90 / scale,
        band=band,
        # In whole numbers, so that a cell on the very edge is in or out for a reason.
        within=None if band is None else abs(found.median - band * scale) <= scale,
    )


def as_data(line: Line) -> dict[str, object]:
    """The line for tools, every cell on the bands' scale."""
    return {
        "scenario": line.scenario,
        "games": line.games,
        "seed": line.seed,
        "cells": [
            {
                "turn": cell.turn,
                "measure": cell.measure,
                "median": cell.median,
                "p10": cell.p10,
                "p90": cell.p90,
                "band": cell.band,
                "within": cell.within,
            }
            for cell in line.cells
        ],
        "within_one_point": line.hits,
        "of": line.banded,
        "endings": dict(line.endings),
    }


def as_text(line: Line) -> str:
    """
    The line for a person: per turn one row of medians, one of ranges, one of bands.

    A median more than one point from its band carries a mark.
    """
    wide = 9
    head = "turn         " + "".join(f"{name:>{wide}}" for name in line.measures)
    lines = [f"{line.scenario}: the historical line over {line.games} seeds from {line.seed}", "", head]
    for turn in sorted({cell.turn for cell in line.cells}):
        cells = [cell for cell in line.cells if cell.turn == turn]
        lines.append("-" * len(head))
        lines.append(f"{turn:4} median  " + "".join(f"{_median(cell):>{wide}}" for cell in cells))
        lines.append("     10-90 % " + "".join(f"{f'{cell.p10:g}-{cell.p90:g}':>{wide}}" for cell in cells))
        lines.append("     band    " + "".join(f"{_band(cell):>{wide}}" for cell in cells))
    return "\n".join([*lines, "", *_summary(line)])


def _median(cell: Cell) -> str:
    return f"{'*' if cell.within is False else ''}{cell.median:g}"


def _band(cell: Cell) -> str:
    return "" if cell.band is None else str(cell.band)


def _summary(line: Line) -> list[str]:
    ends = ", ".join(f"{ending} {count}" for ending, count in line.endings.items() if count)
    if not line.banded:
        return ["this scenario gives no bands", f"endings: {ends}"]
    share = line.hits * 100 / line.banded
    return [
        f"{line.hits} of {line.banded} cells ({share:.1f} %) have their median within one point of the band",
        "* marks a median that is further away",
        f"endings: {ends}",
    ]
