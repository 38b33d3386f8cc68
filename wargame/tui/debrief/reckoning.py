"""Luck against decision, reckoned while the screen stays live: first roughly, then on all games."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from attrs import frozen

from wargame.debrief.knowing import Mattered, mattering, weighed
from wargame.debrief.luck import GoOn, Luck, Scores, continuations, luck
from wargame.debrief.onward import onward
from wargame.debrief.record import Record
from wargame.debrief.rolls import settle
from wargame.debrief.turning import Point, turning_points
from wargame.rules.orders import Order
from wargame.rules.position import Position

__all__ = ["Progress", "Stopped", "reckoned"]

FIRST_LOOK = 20
"""Games of the first, rough reckoning."""

WEIGHED = 100
"""The most games for single orders and rolls."""

WORTH = 5
"""It is made only if all games are so many times as many."""


class Stopped(Exception):
    """Nobody waits for it any more."""


@frozen
class Progress:
    """How far a reckoning is."""

    done: int
    """Positions from which the games were played on."""

    all: int
    games: int
    found: Luck | None = None
    """The last reckoning that is complete."""

    points: tuple[Point, ...] | None = None
    """The turning points, each order and roll weighed; None until that is done."""

    mattered: tuple[Mattered, ...] | None = None
    """Knowledge gaps that mattered, weighed; None until that is done."""


def reckoned(
    record: Record, games: int, *, told: Callable[[Progress], object], is_over: Callable[[], bool]
) -> Luck:
    """
    The luck of *record* on *games* continuations; *told* hears of every position that is done.

    Raises:
        Stopped: As soon as *is_over* says that nobody waits.
        WargameError: If *games* is below 2.
    """
    found: Luck | None = None
    for count in (FIRST_LOOK, games) if games >= FIRST_LOOK * WORTH else (games,):
        play = _watched(record, count, continuations(record, count), found, told, is_over)
        found = luck(record, count, go_on=play)
        told(Progress(0, 0, count, found))
    assert found is not None
    _weigh(record, games, found, told, is_over)
    return found


def _weigh(
    record: Record, games: int, found: Luck, told: Callable[[Progress], object], is_over: Callable[[], bool]
) -> None:
    """What single orders and rolls gave, and what gaps mattered."""
    settled, play = settle(record), onward(record, games)

    def weigh(positions: Sequence[Position]) -> Scores:
        if is_over():
            raise Stopped
        return settled(positions)

    points = turning_points(record, found, weigh=weigh, games=min(games, WEIGHED))
    told(Progress(0, 0, games, found, points))
    mattered = weighed(record, mattering(record), play)
    if is_over():
        raise Stopped
    told(Progress(0, 0, games, found, points, mattered))


def _watched(
    record: Record,
    games: int,
    play: GoOn,
    before: Luck | None,
    told: Callable[[Progress], object],
    is_over: Callable[[], bool],
) -> GoOn:
    """*play*, which tells of its progress and can be stopped."""
    everything = len(record.turns) * (2 + len(record.kernel.plan.roles)) + 1
    done = 0

    def go_on(
        position: Position, orders: Mapping[str, Sequence[Order]] | None = None, *, talked: bool = False
    ) -> Scores:
        nonlocal done
        if is_over():
            raise Stopped
        found = play(position, orders, talked=talked)
        done += 1
        told(Progress(done, everything, games, before))
        return found

    return go_on
