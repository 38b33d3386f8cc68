"""
Luck against decision: what every turn's orders and every turn's dice gave each seat.

Before the orders of a turn the score a seat can expect is the mean over many games played on from there by
doctrines, with other dice. With the orders that were given it is another; what is between is what the orders
of all seats gave. What then came of the dice that were thrown is a third; what is between is luck. So over a
game

    first expectation + all decisions + all luck = score

holds exactly, for every number in it is a sum over the same games.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

from attrs import frozen

from wargame.debrief.onward import seeds
from wargame.debrief.record import Played, Record
from wargame.errors import WargameError
from wargame.lab.intervals import Estimate, mean_of
from wargame.lab.match import play_on, players
from wargame.language.native import is_there
from wargame.rules.kernel import Kernel
from wargame.rules.orders import Order
from wargame.rules.position import Position

__all__ = ["Account", "Luck", "TurnLuck", "continuations", "luck"]

Scores = dict[str, list[int]]
"""By role, the score of every continuation in their order."""


class GoOn(Protocol):
    """Plays games on."""

    def __call__(
        self, position: Position, orders: Mapping[str, Sequence[Order]] | None = None, *, talked: bool = False
    ) -> Scores:
        """The scores from *position* on; *orders* and *talked* are about its first turn."""


@frozen
class TurnLuck:
    """One turn for one seat, in points of score; sums over the continuations, so that they add up exactly."""

    turn: int
    """Calendar number, from 1."""

    expected: Estimate
    """The score to be expected as the turn began, 0 to 100."""

    decided: Estimate
    """What the orders of all seats changed in it: `own` and `others` together."""

    own: Estimate
    """What the seat's own orders gave, against what its doctrine orders there, over many dice."""

    others: Estimate
    """What the other seats' orders gave it, against what their doctrines order, its doctrine in its place."""

    luck: Estimate
    """What the dice of the turn then gave or took."""

    sums: tuple[int, int]
    """`decided` and `luck` as sums over all continuations."""


@frozen
class Account:
    """A whole game for one seat."""

    role: str
    first: Estimate
    """What was to be expected as the game began."""

    turns: tuple[TurnLuck, ...]
    score: int | float
    """What it came to, 0 to 100; of a game that goes on, what is to be expected as it stands."""

    decided: Estimate
    luck: Estimate
    adjusted: Estimate
    """The score without the luck: first expectation and decisions."""

    first_sum: int
    """`first` as a sum over all continuations."""

    @property
    def is_noise(self) -> bool:
        """Whether no luck at all would explain the score as well."""
        return not (self.luck.is_above_zero or self.luck.is_below_zero)


@frozen
class Luck:
    """A game's luck and decisions."""

    games: int
    """Continuations from every position."""

    accounts: Mapping[str, Account]


def continuations(record: Record, games: int) -> GoOn:
    """
    Plays *games* games on from a position of *record*, by its doctrines; in machine code where that is there.

    Raises:
        WargameError: If *games* is below 2.
    """
    if games < 2:
        raise WargameError("luck is measured on two continuations at least")
    kernel, named, drawn = record.kernel, record.doctrines, seeds(games)
    if is_there() and _all_doctrines(kernel, named):
        return _native(kernel, named, record.length, drawn)
    agents = players(kernel, named)

    def play(
        position: Position, orders: Mapping[str, Sequence[Order]] | None = None, *, talked: bool = False
    ) -> Scores:
        if position.is_over:
            return _settled(kernel, position, len(drawn))
        rows = [
            play_on(kernel, agents, position, seed=seed, orders=orders, talked=talked).scores
            for seed in drawn
        ]
        return {role: [row[role] for row in rows] for role in kernel.plan.roles}

    return play


def _all_doctrines(kernel: Kernel, named: Mapping[str, str]) -> bool:
    return all(name in kernel.scenario.doctrines.get(role, {}) for role, name in named.items())


def _native(kernel: Kernel, named: Mapping[str, str], length: str, drawn: Sequence[int]) -> GoOn:
    from wargame.lab.native.game import games as compiled

    ready = compiled(kernel, named, length)

    def play(
        position: Position, orders: Mapping[str, Sequence[Order]] | None = None, *, talked: bool = False
    ) -> Scores:
        if position.is_over:
            return _settled(kernel, position, len(drawn))
        rows = [scores for _, scores in ready.go_on(position, drawn, orders, talked=talked)]
        return {role: [row[role] for row in rows] for role in kernel.plan.roles}

    return play


def _settled(kernel: Kernel, position: Position, count: int) -> Scores:
    return {role: [kernel.total(position, role)] * count for role in kernel.plan.roles}


def luck(
    record: Record,
    games: int = 400,
    *,
    go_on: GoOn | None = None,
    told: Callable[[int], object] = lambda turn: None,
) -> Luck:
    """
    What orders and dice gave every seat of *record*, turn by turn, on *games* continuations each.

    *told* is called with the calendar number of every turn that is done. Of a game that is not over the score
    is what is to be expected where it stands.
    """
    play = go_on or continuations(record, games)
    rows: list[tuple[Played, Scores, Scores, Mapping[str, Scores]]] = []
    for turn in record.turns:
        given = {role: [each.order for each in given] for role, given in turn.submissions.items()}
        began, decided = play(turn.began), play(turn.ordered, given, talked=True)
        own = {
            role: play(
                turn.ordered, {other: orders for other, orders in given.items() if other != role}, talked=True
            )
            for role in record.kernel.plan.roles
        }
        rows.append((turn, began, decided, own))
        told(turn.turn)
    last = play(record.last)
    return Luck(games, {role: _account(record, role, rows, last) for role in record.kernel.plan.roles})


def _account(
    record: Record,
    role: str,
    rows: Sequence[tuple[Played, Scores, Scores, Mapping[str, Scores]]],
    last: Scores,
) -> Account:
    later = [began[role] for _, began, _, _ in rows[1:]] + [last[role]]
    turns: list[TurnLuck] = []
    count = len(last[role])
    all_decided, all_luck = [0] * count, [0] * count
    for (turn, began, decided, own), after in zip(rows, later, strict=False):
        gave = [one - other for one, other in zip(decided[role], began[role], strict=True)]
        mine = [one - other for one, other in zip(decided[role], own[role][role], strict=True)]
        theirs = [one - other for one, other in zip(own[role][role], began[role], strict=True)]
        fell = [one - other for one, other in zip(after, decided[role], strict=True)]
        all_decided = [sum + each for sum, each in zip(all_decided, gave, strict=True)]
        all_luck = [sum + each for sum, each in zip(all_luck, fell, strict=True)]
        turns.append(
            TurnLuck(
                turn.turn,
                mean_of(began[role]),
                mean_of(gave),
                mean_of(mine),
                mean_of(theirs),
                mean_of(fell),
                (sum(gave), sum(fell)),
            )
        )
    first = rows[0][1][role] if rows else last[role]
    adjusted = [one + other for one, other in zip(first, all_decided, strict=True)]
    return Account(
        role,
        mean_of(first),
        tuple(turns),
        record.kernel.total(record.last, role) if record.is_over else mean_of(last[role]).value,
        mean_of(all_decided),
        mean_of(all_luck),
        mean_of(adjusted),
        sum(first),
    )
