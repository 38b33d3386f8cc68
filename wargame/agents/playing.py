"""A game played on to its end by agents alone, without a journal."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from wargame.agents.base import Agent
from wargame.agents.talk import Chairs, chairs_at, talk_round
from wargame.rules.kernel import Kernel
from wargame.rules.orders import Order
from wargame.rules.position import Position

__all__ = ["Watch", "play_on", "play_turn"]

Watch = Callable[[int, Position], None]


def play_turn(
    kernel: Kernel,
    position: Position,
    agents: Mapping[str, Agent],
    orders: Mapping[str, Sequence[Order]] | None = None,
    *,
    talked: bool = False,
) -> Position:
    """
    The position after one turn, talk and orders, with an agent in every seat.

    The roles in *orders* give those, which must be legal. After *talked* the talk of the turn is over.
    """
    given = orders or {}
    if talked:
        chairs: Chairs = chairs_at(kernel, position, agents)
    else:
        position, chairs = talk_round(kernel, position, agents)
    chosen: list[Order] = []
    for role, agent in agents.items():
        if role in given:
            chosen += given[role]
        else:
            chosen += [choice.order for choice in agent.choose(chairs[role])]
    return kernel.play(position, chosen)


def play_on(
    kernel: Kernel,
    position: Position,
    agents: Mapping[str, Agent],
    watch: Watch | None = None,
    *,
    orders: Mapping[str, Sequence[Order]] | None = None,
    talked: bool = False,
) -> Position:
    """
    The end of the game that goes on from *position*; *orders* and *talked* are about its first turn.

    *watch* is shown the calendar number of every turn, from 1, with the position it led to.
    """
    while position.ending is None:
        turn = position.turn
        position = play_turn(kernel, position, agents, orders, talked=talked)
        orders, talked = None, False
        if watch is not None:
            watch(turn, position)
    return position
