"""Games played on from a position by doctrines, with the headline values of every turn on the way."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

from attrs import frozen

from wargame.agents.base import Agent
from wargame.debrief.record import Record
from wargame.errors import WargameError
from wargame.lab.batch import over_cores
from wargame.lab.headlines import Headline, headlines
from wargame.lab.match import play_on, players, undisturbed
from wargame.language.native import is_there
from wargame.rules.dice import label_key, raw
from wargame.rules.kernel import Kernel
from wargame.rules.orders import Order
from wargame.rules.position import Position

__all__ = ["LEAST", "Begun", "Line", "Onward", "onward", "seeds"]

LEAST = 2
"""So many continuations at least: of one there is no spread."""

SHARE = 50
"""Continuations between two words of how far it is."""

Orders = Mapping[str, Sequence[Order]]


@frozen
class Begun:
    """Where games go on from."""

    position: Position
    orders: Orders | None = None
    """Those of the first turn, by role; the doctrines give the others'."""

    talked: bool = False
    """Whether the talk of that turn is over."""


@frozen
class Line:
    """One game from there to its end."""

    ending: str
    scores: Mapping[str, int]
    """By role, 0 to 100."""

    rows: tuple[tuple[int, ...], ...]
    """The headline values as the orders of each turn were given, from the first turn on, and of the end."""


class Onward(Protocol):
    """Plays games on, always with the same dice."""

    def __call__(self, begun: Begun, told: Callable[[int], object] = ...) -> list[Line]:
        """The games from there, in the sequence of their dice; *told* hears how many more are done."""


def seeds(count: int) -> list[int]:
    """The dice of the continuations: the same for every position and every game."""
    return [raw(number, label_key("debrief")) for number in range(count)]


def nobody(_: int) -> None:
    """Hears how far it is, and does nothing."""


def onward(record: Record, games: int, jobs: int = 1, *, native: bool | None = None) -> Onward:
    """
    Plays *games* games on by the doctrines of *record*: in machine code where it is, else on *jobs* cores.

    Whether it is *native* may be said; the games are the same.

    Raises:
        WargameError: If *games* is below 2.
    """
    if games < LEAST:
        raise WargameError(f"{LEAST} continuations at least are played, for of one there is no spread")
    kernel, named = record.kernel, record.doctrines
    quick = is_there() if native is None else native
    if quick and all(name in kernel.scenario.doctrines.get(role, {}) for role, name in named.items()):
        return _native(kernel, named, record.length, seeds(games))
    return _reference(kernel, named, games, jobs)


def _native(kernel: Kernel, named: Mapping[str, str], length: str, drawn: Sequence[int]) -> Onward:
    from wargame.lab.native.game import games as compiled

    ready = compiled(kernel, named, length)

    def play(begun: Begun, told: Callable[[int], object] = nobody) -> list[Line]:
        if begun.position.is_over:
            return _settled(kernel, begun.position, len(drawn), told)
        found = ready.lines(begun.position, drawn, begun.orders, talked=begun.talked)
        told(len(drawn))
        return [Line(ending, scores, tuple(rows)) for (ending, scores), rows in found]

    return play


@frozen
class _Share:
    """What each core does; it holds only values, so that it travels between processes."""

    named: Mapping[str, str]
    begun: Begun

    def __call__(self, kernel: Kernel, seeds: range) -> list[Line]:
        agents, shown, begun = players(kernel, self.named), headlines(kernel), self.begun
        return [_line(kernel, agents, shown, begun, raw(seed, label_key("debrief"))) for seed in seeds]


def _reference(kernel: Kernel, named: Mapping[str, str], games: int, jobs: int) -> Onward:
    def play(begun: Begun, told: Callable[[int], object] = nobody) -> list[Line]:
        if begun.position.is_over:
            return _settled(kernel, begun.position, games, told)
        found: list[Line] = []
        with undisturbed():
            for some in over_cores(kernel, _Share(named, begun), range(games), jobs, SHARE):
                found += some
                told(len(some))
        return found

    return play


def _line(
    kernel: Kernel, agents: Mapping[str, Agent], shown: Sequence[Headline], begun: Begun, seed: int
) -> Line:
    result = play_on(kernel, agents, begun.position, seed=seed, orders=begun.orders, talked=begun.talked)
    end = result.position
    rows = (*end.past[begun.position.step - 1 :], end.values)
    return Line(result.ending, result.scores, tuple(tuple(each.read(row) for each in shown) for row in rows))


def _settled(kernel: Kernel, position: Position, count: int, told: Callable[[int], object]) -> list[Line]:
    scores = {role: kernel.total(position, role) for role in kernel.plan.roles}
    row = tuple(each.read(position.values) for each in headlines(kernel))
    told(count)
    return [Line(str(position.ending), scores, (row,))] * count
