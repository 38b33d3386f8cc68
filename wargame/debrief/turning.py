"""Turning points: the orders and the dice that moved the expected outcome most, in words."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import frozen

from wargame.debrief.luck import Luck, TurnLuck
from wargame.debrief.record import Played, Record
from wargame.lab.intervals import Estimate
from wargame.rules.explain import describe_order
from wargame.rules.facts import Roll

__all__ = ["Point", "turning_points"]

MOST = 6
"""So many are told; more would be a history."""

ROLLS = 3


@frozen
class Point:
    """One turn at which a seat's expectation moved."""

    turn: int
    """Calendar number, from 1."""

    role: str
    kind: str
    """`orders` (its own, against what its doctrine would have given) or `dice`."""

    by: Estimate
    """In points of score."""

    words: tuple[str, ...]
    """The orders, or the least likely rolls of that turn."""


def turning_points(record: Record, luck: Luck, most: int = MOST) -> tuple[Point, ...]:
    """The *most* points that moved expectations furthest, beyond noise; in the sequence of the game."""
    found = [
        point
        for role, account in luck.accounts.items()
        for turn, played in zip(account.turns, record.turns, strict=True)
        for point in _points(record, role, turn, played)
    ]
    found.sort(key=lambda point: -abs(point.by.value))
    return tuple(sorted(found[:most], key=lambda point: (point.turn, point.role)))


def _points(record: Record, role: str, turn: TurnLuck, played: Played) -> Iterator[Point]:
    if _is_clear(turn.own):
        given = played.submissions.get(role, ())
        words = tuple(describe_order(record.kernel.scenario, each.order) for each in given)
        yield Point(turn.turn, role, "orders", turn.own, words or ("no orders",))
    if _is_clear(turn.luck):
        yield Point(turn.turn, role, "dice", turn.luck, tuple(_rolls(record, played)))


def _is_clear(by: Estimate) -> bool:
    return (by.is_above_zero or by.is_below_zero) and abs(by.value) >= 1


def _rolls(record: Record, played: Played) -> Iterator[str]:
    """The rolls of a turn that were least likely to come out as they did."""
    rolls = [fact for fact in played.facts if isinstance(fact, Roll) and fact.percent is not None]
    rolls.sort(key=lambda roll: _likely(roll))
    for roll in rolls[:ROLLS]:
        where = f" in {record.kernel.scenario.places[roll.place].title}" if roll.place else ""
        came = "came true" if roll.passed else "did not"
        yield f"'{roll.title}'{where}, at {min(max(roll.percent or 0, 0), 100)} %, {came}"


def _likely(roll: Roll) -> int:
    percent = min(max(roll.percent or 0, 0), 100)
    return percent if roll.passed else 100 - percent
