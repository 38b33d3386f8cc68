"""Games that could be the one that is played, as far as one role can tell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

from attrs import frozen

from wargame.agents.base import Agent, Chair, Choice, within
from wargame.agents.draws import Draws
from wargame.agents.playing import play_turn
from wargame.agents.random_ import Random
from wargame.agents.scripted import scripted
from wargame.agents.talk import chairs_at
from wargame.rules.kernel import Kernel
from wargame.rules.orders import Act, Order
from wargame.rules.position import Position

__all__ = ["World", "doctrines_of", "worlds"]


@frozen(eq=False)
class World:
    """One position that could be the real one, and who may sit in the other seats there."""

    position: Position
    others: Mapping[str, Agent]
    """By role, without the one that imagines."""

    opening: tuple[Order, ...]
    """What the others order there in this turn, if nothing more is said before."""


@frozen(eq=False)
class _Game:
    """An imagined game up to the turn that is played."""

    position: Position
    others: Mapping[str, Agent]


@frozen(eq=False)
class _Recalling:
    """Gives the orders a role remembers having given; where and how is drawn, for that is not remembered."""

    memory: Sequence[frozenset[str]]
    """The ids of orders by turn played, the role's own and others'."""

    then: Agent
    """Talks in its place."""

    def talk(self, chair: Chair) -> tuple[Act, ...]:
        return self.then.talk(chair)

    def choose(self, chair: Chair) -> tuple[Choice, ...]:
        remembered = self.memory[chair.step - 1]
        draws, wanted = Draws(chair.die("recalling")), list[Choice]()
        by_id: dict[str, list[Order]] = {}
        for order in chair.legal():
            if order.id in remembered:
                by_id.setdefault(order.id, []).append(order)
        for ways in by_id.values():
            wanted.append(Choice(ways[draws.below(len(ways))]))
        return within(chair, wanted)


def doctrines_of(kernel: Kernel, role: str) -> tuple[Agent, ...]:
    """The ways *role* is known to be played: its doctrines, or chance if it has none."""
    found = kernel.scenario.doctrines.get(role, {})
    return tuple(scripted(kernel, role, id) for id in found) or (Random(),)


def worlds(chair: Chair, count: int, tries: int) -> tuple[World, ...]:
    """
    *count* worlds that agree with all that the role of *chair* knows.

    Each comes from a game with a seed of its own in which the others' doctrines are drawn. *tries* games are
    imagined, at least *count*, and those kept whose known orders come nearest to what the role saw happen.
    """
    games = _games(
        chair.kernel, chair.role, chair.length, chair.carried_out(), chair.die("worlds"), count, tries
    )
    return tuple(_world(chair, game, number) for number, game in enumerate(games))


def _world(chair: Chair, game: _Game, number: int) -> World:
    position = chair.believe(game.position, f"world.{number}")
    chairs = chairs_at(chair.kernel, position, game.others)
    opening = [choice.order for role, agent in game.others.items() for choice in agent.choose(chairs[role])]
    return World(position, game.others, tuple(opening))


@lru_cache(maxsize=8)
def _games(
    kernel: Kernel,
    role: str,
    length: str,
    memory: tuple[frozenset[str], ...],
    start: int,
    count: int,
    tries: int,
) -> tuple[_Game, ...]:
    """The *count* imagined games that come nearest to *memory*; they serve the whole turn."""
    draws = Draws(start)
    games = [_imagined(kernel, role, length, memory, draws) for _ in range(max(tries, count))]
    # Of equals the earlier: the same chair always believes the same.
    ranked = sorted(games, key=lambda game: _mismatch(kernel, role, memory, game.position))
    return tuple(ranked[:count])


def _imagined(
    kernel: Kernel, role: str, length: str, memory: tuple[frozenset[str], ...], draws: Draws
) -> _Game:
    seed, seats = draws.raw(), dict[str, Agent]()
    for each in kernel.scenario.roles:
        ways = doctrines_of(kernel, each)
        drawn = ways[draws.below(len(ways))]
        seats[each] = _Recalling(memory, drawn) if each == role else drawn
    position, _ = kernel.start(seed, length, traced=False)
    for _ in memory:
        if position.is_over:
            break
        position = play_turn(kernel, position, seats)
    return _Game(position, {each: agent for each, agent in seats.items() if each != role})


def _mismatch(kernel: Kernel, role: str, memory: tuple[frozenset[str], ...], position: Position) -> int:
    """In how many known orders an imagined game differs from *memory*; one that ended early is last."""
    if position.is_over:
        return len(kernel.plan.orders) * (len(memory) + 1)
    imagined = kernel.carried_out(position, role)
    return sum(len(mine ^ other) for mine, other in zip(memory, imagined, strict=True))
