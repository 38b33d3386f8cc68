"""A game played on to its end by agents alone, without a journal."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from wargame.agents.base import Agent
from wargame.agents.talk import talk_round
from wargame.rules.kernel import Kernel
from wargame.rules.position import Position

__all__ = ["Watch", "play_on", "play_turn"]

Watch = Callable[[int, Position], None]


def play_turn(kernel: Kernel, position: Position, agents: Mapping[str, Agent]) -> Position:
    """The position after one turn, talk and orders, with an agent in every seat."""
    position, chairs = talk_round(kernel, position, agents)
    orders = [choice.order for role, agent in agents.items() for choice in agent.choose(chairs[role])]
    return kernel.play(position, orders)


def play_on(
    kernel: Kernel, position: Position, agents: Mapping[str, Agent], watch: Watch | None = None
) -> Position:
    """
    The end of the game that goes on from *position*.

    *watch* is shown the calendar number of every turn, from 1, with the position it led to.
    """
    while position.ending is None:
        turn = position.turn
        position = play_turn(kernel, position, agents)
        if watch is not None:
            watch(turn, position)
    return position
