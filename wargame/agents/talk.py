"""The talk of a turn when every seat is an agent's."""

from __future__ import annotations

from collections.abc import Mapping

from wargame.agents.base import Agent, Chair
from wargame.rules.kernel import Kernel
from wargame.rules.orders import Act, Answer
from wargame.rules.position import Position

ROUNDS = 2
"""Twice round the table: what the last role offers, the first can still answer."""


def talk_round(kernel: Kernel, position: Position, agents: Mapping[str, Agent]) -> Position:
    """The position after every agent offered, promised and answered; nobody says a thing twice."""
    if not (kernel.scenario.agreements or kernel.scenario.promises):
        return position
    said: set[tuple[str, Act]] = set()
    for _ in range(ROUNDS):
        for role, agent in agents.items():
            for act in agent.talk(Chair(kernel, position, role)):
                if isinstance(act, Answer) or (role, act) not in said:
                    said.add((role, act))
                    position = kernel.talk(position, role, act)
    return position
