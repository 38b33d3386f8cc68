"""The toy as a PettingZoo parallel environment, written as its documentation shows."""

from __future__ import annotations

from random import Random
from typing import Any

import numpy as np
from gymnasium import spaces
from pettingzoo import ParallelEnv

from benchmarks.peers import toy


class Toy(ParallelEnv):  # type: ignore[misc]
    """Every role acts once a step; a step is a turn."""

    metadata = {"name": "toy"}  # noqa: RUF012

    def __init__(self) -> None:
        self.possible_agents = [f"r{role}" for role in range(toy.ROLES)]
        self._needs = [
            [each.needs for each in toy.actions() if each.role == role] for role in range(toy.ROLES)
        ]
        self._rules = toy.compiled()
        self._choice, self._seen = spaces.Discrete(12), spaces.Box(0, 100, (toy.VARIABLES,), np.int8)

    def observation_space(self, agent: str) -> Any:
        return self._seen

    def action_space(self, agent: str) -> Any:
        return self._choice

    def reset(self, seed: int | None = None, options: Any = None) -> Any:
        random = Random(seed)
        self._dice = lambda: random.randint(1, 6) + random.randint(1, 6)
        self.agents, self._values, self._turn = self.possible_agents[:], toy.START[:], 0
        return self._observations(), {agent: {} for agent in self.agents}

    def step(self, actions: dict[str, int]) -> Any:
        for role, agent in enumerate(self.agents):
            self._rules["ACTIONS"][role][actions[agent]](self._values, self._dice)
        self._rules["upkeep"](self._values, self._dice)
        self._turn += 1
        over = self._turn == toy.TURNS or self._values[0] >= 100
        observations, live = self._observations(), self.agents
        if over:
            self.agents = []
        rewards = {agent: float(100 - self._values[0]) if over else 0.0 for agent in live}
        ended, cut = dict.fromkeys(live, over), dict.fromkeys(live, False)
        return observations, rewards, ended, cut, {agent: {} for agent in live}

    def _observations(self) -> dict[str, Any]:
        seen = np.array(self._values, dtype=np.int8)
        return {
            agent: {
                "observation": seen,
                "action_mask": np.array(
                    [need is None or self._values[need[0]] >= need[1] for need in self._needs[role]],
                    dtype=np.int8,
                ),
            }
            for role, agent in enumerate(self.agents)
        }


def play(games: int) -> None:
    """Plays so many games of uniform choices."""
    env, random = Toy(), Random(1)
    for seed in range(games):
        observations, _ = env.reset(seed=seed)
        while env.agents:
            actions = {
                agent: random.choice(np.flatnonzero(seen["action_mask"]))
                for agent, seen in observations.items()
            }
            observations, *_ = env.step(actions)
