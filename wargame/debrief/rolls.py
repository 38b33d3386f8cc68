"""
What single rolls and single orders of a turn gave or took.

The dice of a turn are laid down one after the other as they fell, in the sequence of the adjudication, while
those that follow are still thrown anew; what the expectation moves by with each is what it gave. When all are
laid down the turn is what it was, so that over a turn the rolls add up to its luck exactly. Rolls of one
purpose, such as a rally in twelve towns, are laid down together.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from attrs import evolve, frozen

from wargame.debrief.onward import seeds
from wargame.debrief.record import Played, Record
from wargame.debrief.whatif import given
from wargame.lab.intervals import Estimate, mean_of
from wargame.lab.match import play_on, players
from wargame.language.native import is_there
from wargame.rules.facts import Roll
from wargame.rules.kernel import Kernel
from wargame.rules.orders import Order
from wargame.rules.position import Position

__all__ = ["GAMES", "OrderWorth", "RollLuck", "Settle", "order_worth", "roll_luck", "settle"]

GAMES = 100
"""Continuations for each roll: each turn is worked out so many times for every purpose of its dice."""

Scores = dict[str, list[int]]
"""By role, the score of every continuation in their order."""

Settle = Callable[[Sequence[Position]], Scores]
"""How games come out that go on from these positions by doctrines, each with the dice of its own seed."""


@frozen
class RollLuck:
    """The rolls of one purpose in one turn."""

    turn: int
    """Calendar number, from 1."""

    title: str
    """The purpose in words."""

    rolls: tuple[Roll, ...]
    by: Mapping[str, Estimate]
    """What they gave each role, in points of score."""

    sums: Mapping[str, int]
    """The same as sums over all continuations."""


@frozen
class OrderWorth:
    """One order of one turn."""

    turn: int
    """Calendar number, from 1."""

    role: str
    order: Order
    by: Estimate
    """What it gave the role that gave it, against the same turn without it, in points of score."""


def settle(record: Record) -> Settle:
    """Plays games of *record* to their ends: in machine code where that is there."""
    kernel, named = record.kernel, record.doctrines
    if is_there() and all(name in kernel.scenario.doctrines.get(role, {}) for role, name in named.items()):
        return _native(kernel, named, record.length)
    agents = players(kernel, named)

    def play(positions: Sequence[Position]) -> Scores:
        rows = [
            play_on(kernel, agents, position).scores if not position.is_over else _totals(kernel, position)
            for position in positions
        ]
        return {role: [row[role] for row in rows] for role in kernel.plan.roles}

    return play


def _native(kernel: Kernel, named: Mapping[str, str], length: str) -> Settle:
    from wargame.lab.native.game import games as compiled

    ready = compiled(kernel, named, length)

    def play(positions: Sequence[Position]) -> Scores:
        open_ = [position for position in positions if not position.is_over]
        played = iter(ready.go_on(open_, [each.seed for each in open_]) if open_ else [])
        rows = [_totals(kernel, each) if each.is_over else next(played)[1] for each in positions]
        return {role: [row[role] for row in rows] for role in kernel.plan.roles}

    return play


def _totals(kernel: Kernel, position: Position) -> dict[str, int]:
    return {role: kernel.total(position, role) for role in kernel.plan.roles}


def roll_luck(
    record: Record, then: Played, games: int = GAMES, *, play: Settle | None = None
) -> tuple[RollLuck, ...]:
    """What the rolls of one turn gave each seat, purpose by purpose, on *games* (from 2) continuations."""
    kernel, orders, play = record.kernel, given(then), play or settle(record)
    drawn = [evolve(then.ordered, seed=seed) for seed in seeds(games)]
    _, throws = kernel.thrown(then.ordered, orders)
    purposes: dict[str, list[Roll]] = {}
    faces: dict[str, dict[tuple[int, int], int]] = {}
    for throw in throws:
        purposes.setdefault(throw.roll.label, []).append(throw.roll)
        faces.setdefault(throw.roll.label, {})[throw.die] = throw.face
    laid: dict[tuple[int, int], int] = {}
    before = play([kernel.thrown(position, orders, laid)[0] for position in drawn])
    found: list[RollLuck] = []
    for label, rolls in purposes.items():
        laid |= faces[label]
        if all(_is_sure(roll) for roll in rolls):
            gave = {role: [0] * games for role in before}
        else:
            after = play([kernel.thrown(position, orders, laid)[0] for position in drawn])
            gave = {
                role: [new - old for new, old in zip(after[role], before[role], strict=True)]
                for role in before
            }
            before = after
        by = {role: mean_of(values) for role, values in gave.items()}
        sums = {role: sum(values) for role, values in gave.items()}
        found.append(RollLuck(then.turn, rolls[0].title, tuple(rolls), by, sums))
    return tuple(found)


def _is_sure(roll: Roll) -> bool:
    return roll.percent is not None and not 0 < roll.percent < 100


def order_worth(
    record: Record, then: Played, games: int = GAMES, *, play: Settle | None = None
) -> tuple[OrderWorth, ...]:
    """What each order of a turn gave its seat, on *games* (from 2) continuations with the same dice."""
    kernel, orders, play = record.kernel, given(then), play or settle(record)
    drawn = [evolve(then.ordered, seed=seed) for seed in seeds(games)]

    def scores(which: Mapping[str, Sequence[Order]]) -> Scores:
        flat = [order for each in which.values() for order in each]
        return play([kernel.play(position, flat) for position in drawn])

    whole = scores(orders)
    found: list[OrderWorth] = []
    for role, mine in orders.items():
        for number, order in enumerate(mine):
            without = scores({**orders, role: (*mine[:number], *mine[number + 1 :])})
            gave = [one - other for one, other in zip(whole[role], without[role], strict=True)]
            found.append(OrderWorth(then.turn, role, order, mean_of(gave)))
    return tuple(found)
