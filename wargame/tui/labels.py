"""Where the words on a map stand: each within its own place as far as it can, and no two over each other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import accumulate

from attrs import frozen

from wargame.tui.mapping import NOBODY, Raster

__all__ = ["Spot", "spots"]

FOREIGN, EMPTY = 3.0, 1.5
"""What a cell of a label costs that lies on another place, and on nobody's ground, in cells it could move."""

HIGH = 2.0
"""A row is as high as two cells are wide."""


@frozen
class Spot:
    """Where a label begins, and how many cells it has."""

    x: int
    row: int
    width: int

    @property
    def middle(self) -> tuple[int, int]:
        return self.x + self.width // 2, self.row


@lru_cache(maxsize=64)
def spots(drawn: Raster, widths: tuple[tuple[int, ...], ...]) -> tuple[Spot | None, ...]:
    """
    A spot for the label of each place, if there is room.

    *widths* gives for each place the widths its label may have, the best one first. The smallest places
    choose first; between two labels of a row there is a free cell.
    """
    taken = [[False] * drawn.width for _ in range(drawn.height)]
    found: list[Spot | None] = [None] * len(widths)
    for number in sorted(range(len(widths)), key=lambda number: (len(_cells(drawn, number)), number)):
        found[number] = spot = next(_choices(drawn, number, widths[number], taken), None)
        if spot is not None:
            for x in range(max(spot.x - 1, 0), min(spot.x + spot.width + 1, drawn.width)):
                taken[spot.row][x] = True
    return tuple(found)


def _cells(drawn: Raster, number: int) -> Sequence[tuple[int, int]]:
    return drawn.cells[number] if drawn.width else ()


def _choices(
    drawn: Raster, number: int, widths: Sequence[int], taken: Sequence[Sequence[bool]]
) -> Iterator[Spot]:
    """The best free spot for each width that has one."""
    cells = _cells(drawn, number)
    if not cells:
        return
    middle = sum(x for x, _ in cells) / len(cells), sum(row for _, row in cells) / len(cells)
    columns = min(x for x, _ in cells), max(x for x, _ in cells)
    rows = sorted({row for _, row in cells})
    for width in widths:
        best: tuple[float, int, int] | None = None
        for row in rows:
            costs = _summed(drawn, number, row, taken[row])
            for x in range(max(columns[0] - width + 1, 0), min(columns[1], drawn.width - width) + 1):
                (own, used, cost), (own_end, used_end, cost_end) = costs[x], costs[x + width]
                if own_end > own and used_end == used:
                    far = abs(x + width / 2 - middle[0] - 0.5) + HIGH * abs(row - middle[1])
                    best = min(best or (float("inf"), 0, 0), (cost_end - cost + far, row, x))
        if best is not None:
            yield Spot(best[2], best[1], width)


def _summed(drawn: Raster, number: int, row: int, taken: Sequence[bool]) -> list[tuple[int, int, float]]:
    """For each column the cells before it that are its own, those taken, and what they all cost."""
    owners = drawn.numbers[row]
    own = accumulate((owner == number for owner in owners), initial=0)
    used = accumulate(taken, initial=0)
    price = {number: 0.0, NOBODY: EMPTY}
    cost = accumulate((price.get(owner, FOREIGN) for owner in owners), initial=0.0)
    return list(zip(own, used, cost, strict=True))
