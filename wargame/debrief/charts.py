"""The charts of a report, as SVG: values in, a picture out that needs nothing but itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import hypot

from attrs import frozen
from markupsafe import Markup

from wargame.debrief import svg

__all__ = ["Band", "Mark", "Row", "Series", "Spot", "fan_chart", "line_chart", "map_chart", "waterfall"]

WIDE, HIGH = 640, 260
LEFT, RIGHT, TOP, BOTTOM = 40, 214, 16, 30
"""Room around the field of a chart, for its axes and the names of its lines."""

SMALL, LARGE = 12, 13
"""Sizes of letters, of axes and of names: a chart is drawn about as wide as it is shown."""

FIGURE = 56
"""Room for the figure behind a bar."""

LEAST = 8.5
"""Radius of a place's disc: a number of three digits has room in it."""

ROOM = 19
"""Between the middles of two discs, at least."""

MOVES = 20

BAR = 26
"""Height of a bar of a waterfall with the room around it."""

Band = tuple[int, int] | None


@frozen
class Series:
    """One line of a chart."""

    label: str
    values: tuple[int | float | None, ...]
    """None where nothing is known."""

    bands: tuple[Band, ...] = ()
    """Around the values, from where to where each may lie."""


@frozen
class Mark:
    """A point of a line that is pointed out."""

    at: float
    """Number of the value, from 0; with a half it lies between two."""

    series: int
    label: str


@frozen
class Row:
    """One part of a waterfall."""

    label: str
    start: float
    end: float
    half: float = 0
    """Half the width of its 95 % interval."""


@frozen
class Spot:
    """A place on a map."""

    x: float
    y: float
    short: str
    value: int


@frozen
class _Field:
    """Where values stand in a chart."""

    columns: int
    low: float
    high: float
    height: int = HIGH

    def x(self, column: float) -> float:
        return LEFT + (WIDE - LEFT - RIGHT) * column / max(1, self.columns - 1)

    def y(self, value: float) -> float:
        inside = min(max(value, self.low), self.high)
        share = (inside - self.low) / max(self.high - self.low, 1e-9)
        return self.height - BOTTOM - (self.height - TOP - BOTTOM) * share

    def axes(self, heads: Sequence[str]) -> Iterator[str]:
        for share in (0, 0.25, 0.5, 0.75, 1):
            value = self.low + (self.high - self.low) * share
            at = self.y(value)
            yield svg.line((LEFT, at), (WIDE - RIGHT, at), "#999", 0.5, "" if share in (0, 1) else "2 4")
            yield svg.text((LEFT - 6, at + 4), f"{value:.0f}", SMALL, "end")
        for column, head in enumerate(heads):
            yield svg.text((self.x(column), self.height - BOTTOM + 16), head, SMALL, "middle")


def line_chart(
    title: str,
    heads: Sequence[str],
    series: Sequence[Series],
    *,
    low: float = 0,
    high: float = 100,
    marks: Sequence[Mark] = (),
) -> Markup:
    """Lines over columns called *heads*, each with its name at its end."""
    field = _Field(len(heads), low, high)
    pieces = list(field.axes(heads))
    ends: list[tuple[float, int]] = []
    for number, each in enumerate(series):
        colour = svg.COLOURS[number % len(svg.COLOURS)]
        pieces += [svg.path(area, colour, 0.15) for area in _areas(field, each.bands)]
        for run in _runs(field, each.values):
            dash = svg.DASHES[number % len(svg.DASHES)]
            one = run if len(run) > 1 else [run[0], (run[0][0] + 2, run[0][1])]
            pieces.append(svg.polyline(one, colour, 2, dash))
        last = next((value for value in reversed(each.values) if value is not None), None)
        if last is not None:
            ends.append((field.y(last), number))
    for at, number in _apart(ends, 16):
        colour = svg.COLOURS[number % len(svg.COLOURS)]
        x = WIDE - RIGHT + 8
        pieces.append(svg.line((x, at), (x + 16, at), colour, 2, svg.DASHES[number % len(svg.DASHES)]))
        pieces.append(svg.text((x + 20, at + 4), _short(series[number].label, 26), LARGE))
    pieces += _pointed_out(field, series, marks)
    return svg.picture(title, _in_words(heads, series), WIDE, HIGH, pieces, "chart")


def _runs(field: _Field, values: Sequence[int | float | None]) -> Iterator[list[svg.Point]]:
    run: list[svg.Point] = []
    for column, value in enumerate(values):
        if value is not None:
            run.append((field.x(column), field.y(value)))
        elif run:
            yield run
            run = []
    if run:
        yield run


def _areas(field: _Field, bands: Sequence[Band]) -> Iterator[list[svg.Point]]:
    run: list[tuple[float, float, float]] = []
    for column, band in enumerate((*bands, None)):
        if band is not None:
            run.append((field.x(column), field.y(band[0]), field.y(band[1])))
        elif run:
            yield [(x, low) for x, low, _ in run] + [(x, high) for x, _, high in reversed(run)]
            run = []


def _pointed_out(field: _Field, series: Sequence[Series], marks: Sequence[Mark]) -> Iterator[str]:
    labels: dict[svg.Point, list[str]] = {}
    for mark in marks:
        value = _between(series[mark.series].values, mark.at)
        if value is not None:
            labels.setdefault((field.x(mark.at), field.y(value)), []).append(mark.label)
    for x in sorted({x for x, _ in labels}):
        column = sorted(at for at in labels if at[0] == x)
        for height, number in _apart([(at[1], number) for number, at in enumerate(column)], 13):
            yield svg.circle(column[number], 5, "none", "currentColor", 1.5)
            yield svg.text((x + 8, height + 4), ", ".join(labels[column[number]]), LARGE, bold=True)


def _between(values: Sequence[int | float | None], at: float) -> float | None:
    """Where a line stands at *at*; None where one of its two ends is not known."""
    before, after = values[int(at)], values[min(int(at) + 1, len(values) - 1)]
    if before is None or after is None:
        return before if at == int(at) else None
    return before + (after - before) * (at - int(at))


def _apart(ends: Sequence[tuple[float, int]], room: float) -> list[tuple[float, int]]:
    """The heights of labels, moved so far that none lies on another."""
    found: list[tuple[float, int]] = []
    for at, number in sorted(ends):
        found.append((max(at, found[-1][0] + room) if found else max(at, TOP), number))
    over = max(0.0, found[-1][0] - (HIGH - BOTTOM)) if found else 0.0
    return [(at - over, number) for at, number in found]


def _short(words: str, most: int) -> str:
    return words if len(words) <= most else f"{words[: most - 1]}…"


def _in_words(heads: Sequence[str], series: Sequence[Series]) -> str:
    parts = []
    for each in series:
        pairs = zip(heads, each.values, strict=False)
        told = ", ".join(f"{head} {value:g}" for head, value in pairs if value is not None)
        parts.append(f"{each.label}: {told}")
    return ". ".join(parts)


def waterfall(title: str, rows: Sequence[Row], *, low: float = 0, high: float = 100) -> Markup:
    """Bars that begin where the one above ends; a whisker shows how sure each is."""
    height = TOP + BAR * len(rows) + BOTTOM
    left = LEFT + 96
    width = WIDE - left - FIGURE

    def x(value: float) -> float:
        inside = min(max(value, low), high)
        return left + width * (inside - low) / (high - low)

    pieces = [
        svg.line((x(value), TOP - 4), (x(value), height - BOTTOM), "#999", 0.5, "2 4")
        for value in (0, 25, 50, 75, 100)
    ]
    pieces += [
        svg.text((x(value), height - BOTTOM + 14), str(value), SMALL, "middle")
        for value in (0, 25, 50, 75, 100)
    ]
    for number, row in enumerate(rows):
        at, change = TOP + BAR * number, row.end - row.start
        is_whole = row.start == low
        colour = svg.COLOURS[6] if is_whole else svg.COLOURS[2] if change >= 0 else svg.COLOURS[1]
        first, last = sorted((x(row.start), x(row.end)))
        pieces.append(svg.box(first, at + 4, max(last - first, 1), BAR - 10, colour, 0.85))
        if row.half:
            ends = (x(row.end - row.half), at + 9), (x(row.end + row.half), at + 9)
            pieces.append(svg.line(*ends, "currentColor", 1.5))
        pieces.append(svg.text((left - 8, at + 14), row.label, LARGE, "end"))
        told = f"{row.end:.1f}" if is_whole else f"{change:+.1f}"
        pieces.append(svg.text((max(last, x(row.end + row.half)) + 6, at + 14), told, LARGE, bold=True))
    about = "; ".join(f"{row.label} from {row.start:.1f} to {row.end:.1f}" for row in rows)
    return svg.picture(title, about, WIDE, height, pieces, "chart")


def fan_chart(
    title: str,
    heads: Sequence[str],
    bands: Sequence[Sequence[int]],
    actual: Series | None = None,
    *,
    low: float = 0,
    high: float = 100,
    label: str = "played on",
) -> Markup:
    """
    What might come: the middle half and the middle four fifths of many games as areas, the median as a line.

    Each of *bands* is the percentiles 10, 25, 50, 75 and 90 of one column.
    """
    field = _Field(len(heads), low, high)
    pieces = list(field.axes(heads))
    colour = svg.COLOURS[0]
    for outer, inner, opacity in ((0, 4, 0.15), (1, 3, 0.3)):
        pieces += [
            svg.path(area, colour, opacity)
            for area in _areas(field, [(row[outer], row[inner]) for row in bands])
        ]
    median = Series(f"{label}, median", tuple(row[2] for row in bands))
    pieces += [svg.polyline(run, colour, 2, svg.DASHES[1]) for run in _runs(field, median.values)]
    ends = [(field.y(bands[-1][2]), 0)] if bands else []
    if actual is not None:
        pieces += [svg.polyline(run, svg.COLOURS[1], 2.5) for run in _runs(field, actual.values)]
        last = next((value for value in reversed(actual.values) if value is not None), None)
        ends += [(field.y(last), 1)] if last is not None else []
    names = [(median.label, colour, svg.DASHES[1]), (actual.label if actual else "", svg.COLOURS[1], "")]
    for at, number in _apart(ends, 16):
        words, ink, dash = names[number]
        x = WIDE - RIGHT + 8
        pieces += [
            svg.line((x, at), (x + 16, at), ink, 2, dash),
            svg.text((x + 20, at + 4), _short(words, 26), LARGE),
        ]
    about = _in_words(heads, [median, *([actual] if actual else [])])
    return svg.picture(title, about, WIDE, HIGH, pieces, "chart")


def map_chart(
    title: str, width: float, height: float, outline: str, spots: Sequence[Spot], *, low: int, high: int
) -> Markup:
    """
    Places with their values: the fuller a disc, the higher its value, which stands in it as well.

    *outline* is the border as the data of an SVG path, made of numbers alone.
    """
    pieces = []
    if outline:
        pieces.append(
            f'<path d="{outline}" fill="#8882" fill-rule="evenodd" stroke="#888" stroke-width="1"/>'
        )
    placed = _beside(spots)
    for spot, at in placed:
        share = (min(max(spot.value, low), high) - low) / max(1, high - low)
        pieces += [svg.circle(at, LEAST, "#fff", "#555", 0.6), _filled(at, LEAST, share)]
    for spot, (x, y) in placed:
        pieces.append(svg.text((x, y + 3), str(spot.value), 8.5, "middle", "#000", bold=True))
        pieces.append(svg.text((x, y + LEAST + 6.5), spot.short, 7, "middle"))
    about = ", ".join(f"{spot.short} {spot.value}" for spot in spots)
    return svg.picture(title, about, width, height, pieces, "map")


def _beside(spots: Sequence[Spot]) -> list[tuple[Spot, svg.Point]]:
    """Where discs stand: those that would lie on one another are moved apart, along the line between them."""
    at = [[spot.x, spot.y] for spot in spots]
    for _ in range(MOVES):
        for number, one in enumerate(at):
            for other in at[:number]:
                across, down = one[0] - other[0], one[1] - other[1]
                far = hypot(across, down)
                if far < ROOM:
                    # Two in the same spot have no line between them.
                    x, y = (across / far, down / far) if far else (1.0, 0.0)
                    step = (ROOM - far) / 2
                    one[0], one[1] = one[0] + step * x, one[1] + step * y
                    other[0], other[1] = other[0] - step * x, other[1] - step * y
    return [(spot, (x, y)) for spot, (x, y) in zip(spots, at, strict=True)]


def _filled(at: svg.Point, radius: float, share: float) -> str:
    return (
        f'<circle cx="{at[0]:.1f}" cy="{at[1]:.1f}" r="{radius - 0.6:.1f}" fill="{svg.COLOURS[1]}" '
        f'fill-opacity="{0.75 * share:.2f}"/>'
    )
