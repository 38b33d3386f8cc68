"""Who plays the seats of a run: one player for all its games, or one drawn for each game."""

from __future__ import annotations

from collections.abc import Mapping

from wargame.agents.base import Agent
from wargame.agents.seating import PREFIX, agent_for, default_player
from wargame.errors import ScenarioError
from wargame.rules.dice import deal
from wargame.rules.kernel import Kernel

__all__ = ["ANY", "agents_of", "lineup", "players_of", "pool"]

ANY = "any"
"""The name that stands for a player drawn by the game's own dice: a doctrine of the role or `random`."""


def lineup(kernel: Kernel, chosen: Mapping[str, str]) -> dict[str, str]:
    """
    The player of every role: the chosen one, or its first doctrine; `any` is one too.

    Raises:
        ScenarioError: If there is no such role, or it has no such player.
    """
    scenario = kernel.scenario
    strange = [role for role in chosen if role not in scenario.roles]
    if strange:
        raise ScenarioError(f"there is no role '{strange[0]}'; the roles are {', '.join(scenario.roles)}")
    named = {
        role: chosen.get(role, default_player(scenario, role)).removeprefix(PREFIX) for role in scenario.roles
    }
    for role, name in named.items():
        if name == "person":
            raise ScenarioError(f"{role} cannot be played by a person in a batch; name a doctrine")
        if name != ANY:
            agent_for(kernel, role, name)
    return named


def pool(kernel: Kernel, role: str) -> tuple[str, ...]:
    """Whom `any` may stand for: the role's doctrines and `random`, each as likely as the others."""
    return (*kernel.scenario.doctrines.get(role, {}), "random")


def players_of(kernel: Kernel, named: Mapping[str, str], seed: int) -> dict[str, str]:
    """The player of each role in the game of *seed*, with `any` drawn: one die a role, named for it."""
    found: dict[str, str] = {}
    for role, name in named.items():
        choices = pool(kernel, role) if name == ANY else (name,)
        found[role] = choices[deal(seed, f"lab.player.{role}", (1,) * len(choices))]
    return found


def agents_of(kernel: Kernel, players: Mapping[str, str]) -> dict[str, Agent]:
    """The agents of *players*, which names no person."""
    found = {role: agent_for(kernel, role, name) for role, name in players.items()}
    return {role: agent for role, agent in found.items() if agent is not None}
