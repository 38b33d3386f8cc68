"""A sweep told: as lines, as data, as a table, and as a picture."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from wargame.lab.sweep import Influence, Sweep
from wargame.lab.table import Column, Row, Table

__all__ = ["as_data", "as_svg", "as_table", "as_text"]

SHOWN = 20
"""Factors printed; the table has them all."""

BAR = 20
"""Cells of the longest bar."""

WIDTH, ROW, LEFT = 760, 22, 260
"""Pixels of the picture: its width, the height of a row, where the bars begin."""

CLEAR = 0.01
"""Below so much of the largest an assumption is said to decide nothing."""


def as_text(sweep: Sweep) -> str:
    """The assumptions that decide most, for a person."""
    return "\n".join(_lines(sweep))


def _lines(sweep: Sweep) -> Iterator[str]:
    played = f"{sweep.samples:,} settings of {sweep.games} games each"
    yield (
        f"{sweep.scenario}, length {sweep.length}: {len(sweep.factors)} assumptions varied, {played} "
        f"({sweep.samples * sweep.games:,} games), by {sweep.method.title()}"
    )
    yield ""
    ranked, scores = sweep.ranked(), [each for each in sweep.outcomes if each.startswith("score.")]
    most = ranked[0][1] if ranked else 0.0
    wide = max(len(factor.id) for factor, _ in ranked[:SHOWN])
    heads = "".join(f"{each.removeprefix('score.')[:11]:>12}" for each in scores)
    yield f"  {'assumption':{wide}}  {'range':>11}  {'usual':>5}  {'mean':>6}{heads}"
    for factor, mean in ranked[:SHOWN]:
        cells = "".join(f"{_figure(sweep, sweep.influence[each][factor.id]):>12}" for each in scores)
        span = f"{factor.low}..{factor.high}"
        bar = "#" * round(BAR * mean / most) if most else ""
        yield f"  {factor.id:{wide}}  {span:>11}  {factor.usual:>5}  {_number(sweep, mean):>6}{cells}  {bar}"
    silent = [factor.id for factor, mean in ranked if mean <= CLEAR * most]
    if silent:
        more = " ..." if len(silent) > 8 else ""
        yield f"  {len(silent)} decide next to nothing: {', '.join(silent[:8])}{more}"
    yield ""
    yield from _meaning(sweep)


def _meaning(sweep: Sweep) -> Iterator[str]:
    if sweep.method == "morris":
        yield "Points of score by which it moves when the assumption goes over its whole range (mu*), in the"
        yield "mean of many settings of all the others, with a 95 % interval; `mean` is that of the roles."
    else:
        yield "Share of the variance of a score that the assumption decides, alone and with others (total"
        yield "index), with a 95 % interval; `mean` is that of the roles."
    yield "It says what the model is sensitive to, not what was so."


def _figure(sweep: Sweep, each: Influence) -> str:
    return f"{_number(sweep, each.main)}±{_number(sweep, each.error)}"


def _number(sweep: Sweep, value: float) -> str:
    return f"{value:.1f}" if sweep.method == "morris" else f"{value:.2f}"


def as_data(sweep: Sweep) -> dict[str, object]:
    """The sweep for tools, with stable keys."""
    return {
        "scenario": sweep.scenario,
        "length": sweep.length,
        "method": sweep.method,
        "seats": dict(sweep.seats),
        "settings": sweep.samples,
        "games": sweep.games,
        "seed": sweep.seed,
        "factors": [
            {
                "id": factor.id,
                "low": factor.low,
                "high": factor.high,
                "usual": factor.usual,
                "mean": round(mean, 4),
                "outcomes": {
                    name: {
                        "main": round(sweep.influence[name][factor.id].main, 4),
                        "spread": round(sweep.influence[name][factor.id].spread, 4),
                        "error": round(sweep.influence[name][factor.id].error, 4),
                    }
                    for name in sweep.outcomes
                },
            }
            for factor, mean in sweep.ranked()
        ],
    }


def as_table(sweep: Sweep) -> Table:
    """One row for each assumption and outcome; figures in thousandths, for cells are whole numbers."""
    columns = (
        Column("assumption", "words", "the constant or variable, by its id"),
        Column("low", "number", "the lowest value tried", "its own"),
        Column("high", "number", "the highest value tried", "its own"),
        Column("usual", "number", "the value the scenario has", "its own"),
        Column("outcome", "words", "score.ROLE or ending.ID"),
        Column("main", "number", "mu* (Morris) or total index (Sobol)", "thousandths"),
        Column("spread", "number", "sigma (Morris) or first index (Sobol)", "thousandths"),
        Column("error", "number", "half of the 95 % interval of main", "thousandths"),
    )
    rows: tuple[Row, ...] = tuple(
        (
            factor.id,
            factor.low,
            factor.high,
            factor.usual,
            name,
            *(round(1000 * value) for value in (found.main, found.spread, found.error)),
        )
        for factor, _ in sweep.ranked()
        for name in sweep.outcomes
        for found in [sweep.influence[name][factor.id]]
    )
    return Table("sweep", columns, rows)


def as_svg(sweep: Sweep) -> str:
    """A bar for each assumption that decides much, with its 95 % interval, in the mean of the roles."""
    rows = sweep.ranked()[:SHOWN]
    scores = [each for each in sweep.outcomes if each.startswith("score.")]
    most = max((mean for _, mean in rows), default=0.0) or 1.0
    height = ROW * (len(rows) + 2)
    size = f'viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}"'
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} font-family="sans-serif" font-size="13">',
        f'<rect width="{WIDTH}" height="{height}" fill="white"/>',
        f'<text x="8" y="16" font-weight="bold">{escape(_heading(sweep))}</text>',
    ]
    for number, (factor, mean) in enumerate(rows, start=1):
        error = sum(sweep.influence[each][factor.id].error for each in scores) / len(scores)
        scale, y = (WIDTH - LEFT - 160) / most, ROW * number + 4
        long, reach = mean * scale, min(error * scale, 100)
        start, end = max(LEFT, LEFT + long - reach), LEFT + long + reach
        parts += [
            f'<text x="{LEFT - 8}" y="{y + 13}" text-anchor="end">{escape(factor.id)}</text>',
            f'<rect x="{LEFT}" y="{y}" width="{long:.1f}" height="{ROW - 6}" fill="#3b6ea5"/>',
            f'<line x1="{start:.1f}" x2="{end:.1f}" y1="{y + 8}" y2="{y + 8}" stroke="#222"/>',
            f'<text x="{end + 6:.1f}" y="{y + 13}">{_number(sweep, mean)}</text>',
        ]
    return "\n".join([*parts, "</svg>", ""])


def _heading(sweep: Sweep) -> str:
    unit = "points of score over its whole range" if sweep.method == "morris" else "share of the variance"
    return f"{sweep.scenario}: what decides the scores ({unit}, mean of the roles)"
