"""
The map drawn: half blocks in colours from dark to bright, or dots, marks and numbers without colour.

Whatever the colours say is said by the numbers as well; which colours they are is in `ramps`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from attrs import evolve, frozen
from rich.cells import cell_len

from wargame.tui.labels import Spot, spots
from wargame.tui.layers import Layer, Mark
from wargame.tui.mapping import NOBODY, Raster, way
from wargame.tui.ramps import BLACK, DARK, WHITE, Colour, Ramp, against, lightness

__all__ = ["Ink", "Look", "picture", "place_under"]

SHADE = 60
"""The lightness of a border, in hundredths of what it would be inside."""

BRIGHT = 165
"""The lightness from which a white frame is lost."""

WORDS = (4, 5)
"""Cells kept for the words of a label, tight or not, so that labels stay where they are in every layer."""

BORDER, ROAD, TRAIL, CHOSEN = "·", "·", "•", "░"
HEADS = {(1, 0): "▶", (-1, 0): "◀", (0, 1): "▼", (0, -1): "▲"}


@frozen
class Ink:
    """How a cell is drawn; what is None is the screen's own."""

    text: Colour | None = None
    ground: Colour | None = None
    strong: bool = False
    under: bool = False
    reverse: bool = False


PLAIN = Ink()
Row = tuple[tuple[str, Ink], ...]


@frozen
class Look:
    """What of a map is marked, and in what colours."""

    chosen: str | None = None
    """The place under the cursor."""

    trails: bool = False
    """Whether lines lead from it to its neighbours."""

    colours: bool = True
    ramp: Ramp = DARK


def picture(drawn: Raster, layer: Layer, names: Sequence[str], look: Look) -> tuple[Row, ...]:
    """
    *layer* drawn on a raster, row by row as (text, ink) parts.

    *names* are the places' short names in the raster's order; they hold nothing that takes no cell.
    """
    sheet = _Sheet.of(drawn, layer, look)
    labels = _spots(drawn, layer, names)
    chosen = drawn.ids.index(look.chosen) if look.chosen in drawn.ids else NOBODY
    if drawn.boxed:
        for start, end in drawn.roads:
            sheet.road(labels[start], labels[end])
    if look.trails and chosen != NOBODY:
        for id in drawn.neighbours(drawn.ids[chosen]):
            sheet.trail(chosen, drawn.ids.index(id), labels)
    near = {drawn.ids.index(id) for id in drawn.neighbours(drawn.ids[chosen])} if chosen != NOBODY else set()
    for number, spot in enumerate(labels):
        if spot is not None:
            mark = layer.marks[drawn.ids[number]]
            sheet.label(spot, number, names[number], mark, number == chosen, number in near)
    return tuple(_merged(row) for row in sheet.cells)


def place_under(drawn: Raster, layer: Layer, names: Sequence[str], x: int, row: int) -> str | None:
    """The place whose label or ground is at a cell."""
    for number, spot in enumerate(_spots(drawn, layer, names)):
        if spot is not None and spot.row == row and spot.x <= x < spot.x + spot.width:
            return drawn.ids[number]
    return drawn.place_at(x, row)


def _frame(ground: Colour) -> Colour:
    """What stands out from the ground of the chosen place, and from darker ones around it."""
    return BLACK if lightness(ground) >= BRIGHT else WHITE


def _spots(drawn: Raster, layer: Layer, names: Sequence[str]) -> tuple[Spot | None, ...]:
    sizes = [
        (cell_len(name), cell_len(layer.marks[id].words)) for id, name in zip(drawn.ids, names, strict=True)
    ]
    widths = [
        (name + max(words, WORDS[1]) + 3, name + max(words, WORDS[0]) + 1, name) for name, words in sizes
    ]
    return spots(drawn, tuple(widths))


def _merged(row: Sequence[tuple[str, Ink]]) -> Row:
    return tuple(
        ("".join(text for text, _ in parts), ink) for ink, parts in groupby(row, key=lambda part: part[1])
    )


@frozen(eq=False)
class _Sheet:
    """The cells of the drawing as they are filled; a cell behind a wide letter is empty."""

    drawn: Raster
    look: Look
    grounds: tuple[Colour, ...]
    rim: frozenset[tuple[int, int]]
    """The half cells around the chosen place."""

    cells: list[list[tuple[str, Ink]]]

    @classmethod
    def of(cls, drawn: Raster, layer: Layer, look: Look) -> _Sheet:
        rim = drawn.rim(look.chosen) if look.chosen in drawn.ids else frozenset[tuple[int, int]]()
        sheet = cls(drawn, look, tuple(look.ramp.at(layer.marks[id].share) for id in drawn.ids), rim, [])
        draw = sheet._blocks if look.colours else sheet._dots
        sheet.cells.extend(list(draw(row)) for row in range(drawn.height))
        return sheet

    def _blocks(self, row: int) -> Iterator[tuple[str, Ink]]:
        """A row of half blocks."""
        for x in range(self.drawn.width):
            upper, lower = self._colour(x, 2 * row), self._colour(x, 2 * row + 1)
            if upper == lower:
                yield " ", Ink(ground=upper) if upper else PLAIN
            elif upper is None:
                yield "▄", Ink(lower)
            else:
                yield "▀", Ink(upper, lower)

    def _colour(self, x: int, half: int) -> Colour | None:
        number = self.drawn.owner(x, half)
        if number == NOBODY:
            return None
        if (x, half) in self.rim:
            return _frame(self.grounds[number])
        colour = self.grounds[number]
        if (x, half) in self.drawn.border:
            red, green, blue = (part * SHADE // 100 for part in colour)
            return red, green, blue
        return colour

    def _dots(self, row: int) -> Iterator[tuple[str, Ink]]:
        """A row of borders; the chosen place is filled."""
        for x in range(self.drawn.width):
            number = self.drawn.number_at(x, row)
            around = [self.drawn.number_at(x + across, row + down) for across, down in ((1, 0), (0, 1))]
            coast = [self.drawn.number_at(x + across, row + down) for across, down in ((-1, 0), (0, -1))]
            if number == NOBODY:
                yield " ", PLAIN
            elif any(other != number for other in around) or NOBODY in coast:
                yield BORDER, PLAIN
            else:
                yield CHOSEN if self.drawn.ids[number] == self.look.chosen else " ", PLAIN

    def put(self, x: int, row: int, text: str, ink: Ink) -> None:
        """Write a cell; what stood there is gone."""
        self.cells[row][x] = (text, ink)

    def road(self, start: Spot | None, end: Spot | None) -> None:
        """Draw the straight line between two labels where it is nobody's ground."""
        if start is None or end is None:
            return
        for x, row in way(start.middle, end.middle):
            if self.drawn.number_at(x, row) == NOBODY:
                self.put(x, row, ROAD, PLAIN)

    def trail(self, here: int, there: int, labels: Sequence[Spot | None]) -> None:
        """Draw a line from one place's ground to another's label, or box, with an arrow head at its end."""
        start, end = labels[here], labels[there]
        if start is None or end is None:
            return
        passed = {here, there} if self.drawn.boxed else {here}
        free = [
            at
            for at in way(start.middle, end.middle)
            if self.drawn.number_at(*at) not in passed and not any(_covers(label, *at) for label in labels)
        ]
        for x, row in free:
            self.put(x, row, TRAIL, self._on_ground(x, row))
        if free:
            x, row = free[-1]
            across, down = end.middle[0] - x, end.middle[1] - row
            steep = abs(down) * 2 > abs(across) and down != 0
            way_on = (0, 1 if down > 0 else -1) if steep else (1 if across > 0 else -1, 0)
            self.put(x, row, HEADS[way_on], evolve(self._on_ground(x, row), strong=True))

    def _on_ground(self, x: int, row: int) -> Ink:
        """Ink that can be read on what is drawn at a cell."""
        number = self.drawn.number_at(x, row)
        if not self.look.colours or number == NOBODY:
            return PLAIN
        return Ink(against(self.grounds[number]), self.grounds[number])

    def label(self, spot: Spot, number: int, name: str, mark: Mark, chosen: bool, near: bool) -> None:
        """Write a label: the name and the words as far as there is room, in brackets if it is chosen."""
        text = f"{name} {mark.words}"
        if spot.width < cell_len(text):
            text = name
        before = max(spot.width - cell_len(text), 0) // 2
        x = spot.x + before
        if spot.width >= cell_len(text) + 2:
            text, x = f"[{text}]" if chosen else f" {text} ", x - 1
        ink = Ink(strong=mark.words.endswith("!") or chosen, under=near)
        if self.look.colours:
            ground = _frame(self.grounds[number]) if chosen else self.grounds[number]
            ink = evolve(ink, text=against(ground), ground=ground)
        elif chosen:
            ink = evolve(ink, reverse=True)
        for char in text:
            self.put(x, spot.row, char, ink)
            if cell_len(char) == 2:
                self.put(x + 1, spot.row, "", ink)
            x += cell_len(char)


def _covers(label: Spot | None, x: int, row: int) -> bool:
    return label is not None and label.row == row and label.x <= x < label.x + label.width


def text_of(rows: Sequence[Row]) -> str:
    """A drawing without its colours."""
    return "\n".join("".join(text for text, _ in row).rstrip() for row in rows)
