"""One whole scripted game, without a journal and without a screen."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

from attrs import evolve, frozen

from wargame.agents import playing
from wargame.agents.base import Agent
from wargame.agents.playing import Watch
from wargame.agents.seating import agent_for, default_player
from wargame.rules.kernel import Kernel
from wargame.rules.orders import Order
from wargame.rules.position import Position

MANY = 200_000
"""New values between two looks of the collector: a game makes next to no cycles."""


@frozen
class Result:
    """How one game came out."""

    seed: int
    ending: str
    scores: Mapping[str, int]
    """0 to 100 by role."""

    turns: int
    """How many turns were played."""

    position: Position


@contextmanager
def undisturbed() -> Iterator[None]:
    """
    Keeps what is in memory now out of the way of the garbage collector for a while.

    The compiled rules are some hundred thousand values: looking through them for cycles again and again takes
    a good part of a batch's time. One inside another does nothing.
    """
    often = gc.get_threshold()
    if often[0] == MANY:
        yield
        return
    gc.collect()
    gc.freeze()
    gc.set_threshold(MANY)
    try:
        yield
    finally:
        gc.set_threshold(*often)
        gc.unfreeze()


def leave_undisturbed() -> None:
    """The same for good: for a process that does nothing but play."""
    gc.freeze()
    gc.set_threshold(MANY)


def play(
    kernel: Kernel,
    doctrines: Mapping[str, str] | None = None,
    *,
    seed: int,
    length: str = "full",
    watch: Watch | None = None,
) -> Result:
    """
    Plays one game to its end with an agent in every seat.

    *doctrines* names the player of each role; a role left out is played by its first doctrine. *watch* is
    shown the calendar number of every turn, from 1, with the position it led to.

    Raises:
        ScenarioError: If a role has no such player, or the scenario has no such length.
    """
    return play_with(kernel, players(kernel, doctrines or {}), seed=seed, length=length, watch=watch)


def players(kernel: Kernel, doctrines: Mapping[str, str]) -> dict[str, Agent]:
    """An agent for every role of the scenario; see `play`."""
    scenario = kernel.scenario
    found: dict[str, Agent] = {}
    for role in scenario.roles:
        agent = agent_for(kernel, role, doctrines.get(role, default_player(scenario, role)))
        if agent is not None:
            found[role] = agent
    return found


def play_with(
    kernel: Kernel,
    agents: Mapping[str, Agent],
    *,
    seed: int,
    length: str = "full",
    watch: Watch | None = None,
) -> Result:
    """As `play`, with the agents themselves: they keep nothing between games, so a batch shares them."""
    position, _ = kernel.start(seed, length, traced=False)
    return play_on(kernel, agents, position, watch=watch)


def play_on(
    kernel: Kernel,
    agents: Mapping[str, Agent],
    position: Position,
    *,
    seed: int | None = None,
    orders: Mapping[str, Sequence[Order]] | None = None,
    talked: bool = False,
    watch: Watch | None = None,
) -> Result:
    """
    As `play_with`, from a *position* in which orders are awaited; with another *seed* other dice are thrown.

    The roles in *orders* give those in the first turn, which must be legal; after that their agents play.
    After *talked* the offers and answers of that turn are made already.
    """
    begun = position if seed is None else evolve(position, seed=seed)
    end = playing.play_on(kernel, begun, agents, watch, orders=orders, talked=talked)
    scores = {role: kernel.total(end, role) for role in kernel.scenario.roles}
    return Result(end.seed, str(end.ending), scores, end.step, end)
