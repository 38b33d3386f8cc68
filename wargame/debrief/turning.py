"""Turning points: the orders and the dice that moved the expected outcome most, in words."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import evolve, frozen

from wargame.debrief.luck import Luck, TurnLuck
from wargame.debrief.record import Played, Record
from wargame.debrief.rolls import GAMES, RollLuck, Settle, order_worth, roll_luck
from wargame.lab.intervals import Estimate
from wargame.rules.explain import describe_order
from wargame.rules.facts import Roll

__all__ = ["Point", "point_words", "turning_points"]

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
    """`orders` (its own, against what its doctrine usually orders there), `others` (theirs) or `dice`."""

    by: Estimate
    """In points of score."""

    words: tuple[str, ...]
    """
    The orders, each other seat's orders, or the least likely rolls of that turn.

    Where own orders and rolls were weighed, each stands with what it gave.
    """


def turning_points(
    record: Record, luck: Luck, most: int = MOST, *, weigh: Settle | None = None, games: int = GAMES
) -> tuple[Point, ...]:
    """
    The *most* points that moved expectations furthest, beyond noise; in the sequence of the game.

    With *weigh* single orders and rolls are weighed, on *games* (from 2) continuations each.
    """
    chosen = _furthest(record, luck, most)
    if weigh is None:
        return chosen
    turns = {played.turn: played for played in record.turns}
    return tuple(
        evolve(point, words=tuple(_weighed(record, turns[point.turn], point, weigh, games)) or point.words)
        for point in chosen
    )


def point_words(point: Point) -> str:
    """What moved the expectation, by how much, and what it came from: a sentence without its full stop."""
    size, what = f"{abs(point.by.value):.1f} points", "; ".join(point.words)
    gave = "gave" if point.by.value > 0 else "cost" if point.kind == "orders" else "took"
    told = {
        "orders": f"the seat's orders {gave} it {size} against what its doctrine usually orders there",
        "others": f"what the others ordered {gave} {size}",
    }.get(point.kind, f"the dice {gave} {size}")
    return f"{told}: {what}" if what else told


def _furthest(record: Record, luck: Luck, most: int) -> tuple[Point, ...]:
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
    if _is_clear(turn.others):
        yield Point(turn.turn, role, "others", turn.others, tuple(_others(record, role, played)))
    if _is_clear(turn.luck):
        yield Point(turn.turn, role, "dice", turn.luck, tuple(_rolls(record, played)))


def _others(record: Record, role: str, played: Played) -> Iterator[str]:
    """What each other seat ordered."""
    scenario = record.kernel.scenario
    for other, given in played.submissions.items():
        if other != role:
            told = ", ".join(describe_order(scenario, each.order) for each in given)
            yield f"{scenario.roles[other].title}: {told or 'no orders'}"


def _weighed(record: Record, played: Played, point: Point, weigh: Settle, games: int) -> Iterator[str]:
    """The orders or rolls of a point with what each gave its role, the most telling first."""
    scenario = record.kernel.scenario
    if point.kind == "orders":
        worth = [each for each in order_worth(record, played, games, play=weigh) if each.role == point.role]
        for each in sorted(worth, key=lambda one: -abs(one.by.value)):
            yield f"{describe_order(scenario, each.order)} {_gave(each.by)}"
        return
    if point.kind != "dice":
        return
    fell = roll_luck(record, played, games, play=weigh)
    for rolls in sorted(fell, key=lambda one: -abs(one.by[point.role].value))[:ROLLS]:
        if _is_beyond_noise(rolls.by[point.role]):
            yield f"{_fell(record, rolls)} {_gave(rolls.by[point.role])}"


def _gave(by: Estimate) -> str:
    return f"({by.value:+.1f})" if _is_beyond_noise(by) else "(within noise)"


def _fell(record: Record, luck: RollLuck) -> str:
    """What was rolled, in words."""
    if len(luck.rolls) > 1:
        came = sum(roll.passed for roll in luck.rolls)
        return f"'{luck.title}' came true {came} times in {len(luck.rolls)} rolls"
    return _told(record, luck.rolls[0])


def _is_beyond_noise(by: Estimate) -> bool:
    return by.is_above_zero or by.is_below_zero


def _is_clear(by: Estimate) -> bool:
    return _is_beyond_noise(by) and abs(by.value) >= 1


def _rolls(record: Record, played: Played) -> Iterator[str]:
    """The rolls of a turn that were least likely to come out as they did."""
    rolls = [fact for fact in played.facts if isinstance(fact, Roll) and fact.percent is not None]
    rolls.sort(key=lambda roll: _likely(roll))
    for roll in rolls[:ROLLS]:
        yield _told(record, roll)


def _told(record: Record, roll: Roll) -> str:
    """A roll in words."""
    where = f" in {record.kernel.scenario.places[roll.place].title}" if roll.place else ""
    if roll.percent is None:
        name = "a die" if roll.title.isdigit() else f"'{roll.title}'"
        return f"{name}{where} showed {roll.face} of {roll.base}"
    came = "came true" if roll.passed else "did not come true"
    return f"'{roll.title}'{where}, with a chance of {min(max(roll.percent, 0), 100)} %, {came}"


def _likely(roll: Roll) -> int:
    percent = min(max(roll.percent or 0, 0), 100)
    return percent if roll.passed else 100 - percent
