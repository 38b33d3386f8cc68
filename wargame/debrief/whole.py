"""Everything a debrief tells of one game, worked out once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from attrs import frozen

from wargame.debrief.calibration import Calibration, calibration
from wargame.debrief.deeds import Deed, deeds
from wargame.debrief.find import doctrines_choices
from wargame.debrief.gaps import Gap, gaps
from wargame.debrief.knowing import Mattered, mattering, weighed
from wargame.debrief.luck import Luck, continuations, luck
from wargame.debrief.onward import Onward, nobody, onward
from wargame.debrief.record import Record
from wargame.debrief.rolls import settle
from wargame.debrief.sensitive import GAMES, Lean, leaning
from wargame.debrief.turning import Point, turning_points
from wargame.debrief.whatif import Change, Compared, compare, given, played
from wargame.language.native import is_there

__all__ = ["COMPARED", "Debrief", "Otherwise", "look_back", "steps_of"]

COMPARED = 3
"""Decisions that are played on otherwise, each in a fan."""

ROLLED = 100
"""The most games for single rolls and orders: each works a whole turn out."""


@frozen
class Otherwise:
    """A decision that is played on otherwise: with what the seat's doctrine orders most often beside it."""

    compared: Compared
    times: int
    """How often it orders that, under `find.DRAWN` dice."""

    same: int
    """How often it orders just what was given."""


@frozen
class Debrief:
    """What is to be told of a game."""

    record: Record
    luck: Luck
    points: tuple[Point, ...]
    gaps: tuple[Gap, ...]
    mattered: tuple[Mattered, ...]
    """Gaps that changed what a doctrine would order, the most telling first."""

    deeds: tuple[Deed, ...]
    calibration: tuple[Calibration, ...]
    compared: tuple[Otherwise, ...]
    """The decisions among the turning points, beside what the seat's doctrine orders there."""

    leaning: tuple[Lean, ...]
    """The model's assumptions, the one that decides most first; none where that takes too long."""


def steps_of(record: Record) -> int:
    """How often `look_back` tells that it is further."""
    return len(record.turns) + 4


def look_back(
    record: Record, games: int = 400, *, leans: int | None = None, told: Callable[[int], object] = nobody
) -> Debrief:
    """
    The debrief of a game on *games* (from 2) continuations of every position.

    Assumptions are tried out on *leans* (from 2) games at each end, or not at all if that is 0; usually on as
    many as there are continuations, at most 60. *told* is called with 1 as often as `steps_of` says.
    """
    found = luck(record, games, go_on=continuations(record, games), told=lambda turn: told(1))
    points = turning_points(record, found, weigh=settle(record), games=min(games, ROLLED))
    told(1)
    play = onward(record, games)
    mattered = weighed(record, mattering(record), play)
    told(1)
    decided = sorted((each for each in points if each.kind == "orders"), key=lambda each: -abs(each.by.value))
    compared = tuple(_otherwise(record, decided[:COMPARED], games, play))
    told(1)
    # In plain Python this would take minutes.
    tries = min(games, GAMES) if leans is None else leans
    tried = leaning(record, tries, play=settle(record)) if tries and is_there() else ()
    told(1)
    return Debrief(
        record, found, points, gaps(record), mattered, deeds(record), calibration(record), compared, tried
    )


def _otherwise(record: Record, points: Iterable[Point], games: int, play: Onward) -> Iterator[Otherwise]:
    for point in points:
        then = played(record, point.turn)
        done = set(given(then).get(point.role, ()))
        choices = doctrines_choices(record, then, point.role)
        same = sum(times for orders, times in choices if set(orders) == done)
        others = [(orders, times) for orders, times in choices if set(orders) != done]
        if others:
            orders, times = others[0]
            change = Change(point.turn, point.role, orders)
            yield Otherwise(compare(record, change, games, play=play), times, same)
