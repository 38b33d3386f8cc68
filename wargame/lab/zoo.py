"""
Any scenario as a PettingZoo parallel environment: every role an agent that sees what its seat would.

It needs the extra `pettingzoo`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, ClassVar

import numpy as np
from attrs import frozen
from gymnasium import spaces
from gymnasium.utils.seeding import np_random
from numpy.typing import NDArray
from pettingzoo import ParallelEnv

from wargame.agents.base import Agent, Chair
from wargame.agents.seating import agent_for
from wargame.errors import IllegalOrder, ScenarioError, WargameError
from wargame.rules.kernel import Kernel
from wargame.rules.orders import Act, Answer, Offer, Order, Promise, Say
from wargame.rules.position import Position
from wargame.session.kernels import kernel_for, load

__all__ = ["Crisis", "Move", "parallel_env"]

Observation = dict[str, NDArray[Any]]
DONE = 0
"""The action that ends a role's part of the turn."""


@frozen
class Move:
    """What an action of a role stands for: an order, an offer, answer or promise; neither: to be done."""

    order: Order | None = None
    act: Act | None = None

    def __str__(self) -> str:
        return str(self.order or self.act or "done")


class Crisis(ParallelEnv[str, Observation, int]):
    """
    One game. All roles act at once, one thing a step, until each has chosen `DONE`; then the turn is played.

    An action is a number below `action_space(role).n`: `moves(role)` says what it stands for, and the mask of
    the observation which are legal now. A role that is done can only be done. The observation is what the
    role sees, in the sequence of `names(role)`: every value as an integer, what it does not see as it stood
    at the start of the game; then its own agenda, and the orders it has chosen this turn, each 0 or 1. The
    reward is the role's score, 0 to 100, when the game ends, and 0 before.
    """

    metadata: ClassVar[dict[str, Any]] = {
        "name": "wargame",
        "render_modes": ["ansi"],
        "is_parallelizable": True,
    }

    def __init__(
        self, kernel: Kernel, players: Mapping[str, str], length: str, render_mode: str | None
    ) -> None:
        if length not in kernel.plan.calendars:
            raise WargameError(f"there is no length '{length}'; there are {', '.join(kernel.plan.calendars)}")
        if unknown := [role for role in players if role not in kernel.plan.roles]:
            raise ScenarioError(
                f"there is no role '{unknown[0]}'; the roles are {', '.join(kernel.plan.roles)}"
            )
        found = {role: agent_for(kernel, role, name) for role, name in players.items()}
        self.render_mode = render_mode
        self.kernel = kernel
        self._length = length
        self._others: dict[str, Agent] = {role: agent for role, agent in found.items() if agent is not None}
        self.possible_agents = [role for role in kernel.plan.roles if role not in self._others]
        self.agents: list[str] = []
        self._random, _ = np_random(None)
        self._position = kernel.start(0, length, traced=False)[0]
        self._chosen: dict[str, list[Order]] = {}
        self._done: set[str] = set()
        self._spaces = {role: self._space(role) for role in self.possible_agents}
        self._choices = {role: spaces.Discrete(len(self.moves(role))) for role in self.possible_agents}

    # --- What PettingZoo asks for

    def observation_space(self, agent: str) -> spaces.Dict:
        return self._spaces[agent]

    def action_space(self, agent: str) -> spaces.Discrete:
        return self._choices[agent]

    def reset(
        self, seed: int | None = None, options: dict[str, Any] | None = None
    ) -> tuple[dict[str, Observation], dict[str, dict[str, Any]]]:
        """
        Begins a game.

        The game's own seed is drawn from *seed*, or follows from the game before; `options={"seed": N}` gives
        it itself.
        """
        if seed is not None:
            self._random, _ = np_random(seed)
        game = int((options or {}).get("seed", self._random.integers(2**53)))
        self._position, _ = self.kernel.start(game, self._length, traced=False)
        self.agents = list(self.possible_agents)
        self._begin_turn()
        return self._observations(self.agents), {role: {} for role in self.agents}

    def step(
        self, actions: Mapping[str, int]
    ) -> tuple[
        dict[str, Observation],
        dict[str, float],
        dict[str, bool],
        dict[str, bool],
        dict[str, dict[str, Any]],
    ]:
        """
        Lets every role do one thing; the turn is played once all are done.

        Raises:
            IllegalOrder: For an action the mask does not allow; nothing has happened then.
        """
        live = list(self.agents)
        moves = {role: self._move(role, int(actions[role])) for role in live}
        self._carry_out(moves)
        if self._done >= set(live):
            self._play()
        over = self._position.is_over
        rewards = {role: float(self.kernel.total(self._position, role)) if over else 0.0 for role in live}
        if over:
            self.agents = []
        elif not self._done:
            self._begin_turn()
        return (
            self._observations(live),
            rewards,
            dict.fromkeys(live, over),
            dict.fromkeys(live, False),
            {role: {"ending": self._position.ending} if over else {} for role in live},
        )

    def render(self) -> str | None:
        """The turn, in one line of text that tells no secret."""
        if self.render_mode != "ansi":
            return None
        turn = f"{self.kernel.scenario.title}, turn {self._position.turn}"
        return f"{turn}: {self._position.ending}" if self._position.is_over else turn

    def close(self) -> None:
        """Nothing is held that would have to be let go of."""

    # --- What an agent may look up

    @cache  # noqa: B019 - an environment lives as long as what is kept of it
    def moves(self, role: str) -> tuple[Move, ...]:
        """What every action of *role* stands for; the first is to be done."""
        plan = self.kernel.plan
        acts: list[Act] = []
        for id, agreement in plan.agreements.items():
            if role in agreement.about.parties:
                acts += [Offer(id), Answer(id, True), Answer(id, False)]
        acts += [Promise(id) for id, promise in plan.promises.items() if promise.about.by == role]
        orders = [Move(order=way.order) for order in plan.menus[role] for way in order.ways]
        return (Move(), *orders, *(Move(act=act) for act in acts))

    @cache  # noqa: B019
    def names(self, role: str) -> tuple[str, ...]:
        """What every number of the role's observation is: a value, with its place, or an order chosen."""
        places = self.kernel.plan.places
        found = [f"slot.{number}" for number in range(len(self.kernel.plan.slots))]
        for variable in self.kernel.plan.variables.values():
            for at in range(variable.width):
                here = f".{places[at]}" if variable.width > 1 else ""
                found[variable.slot + at] = f"{variable.id}{here}"
        found[:2] = ["turn", "step"]
        chosen = [f"chosen.{move}" for move in self.moves(role) if move.order is not None]
        return (*found, "agenda", *chosen)

    # --- How a turn goes

    def _begin_turn(self) -> None:
        self._chosen = {role: [] for role in self.possible_agents}
        self._done = set()
        for role, agent in self._others.items():
            for act in agent.talk(self._chair(role)):
                self._say(role, act)

    def _move(self, role: str, action: int) -> Move:
        moves = self.moves(role)
        if not 0 <= action < len(moves) or not self._mask(role)[action]:
            name = moves[action] if 0 <= action < len(moves) else action
            raise IllegalOrder(f"{role} cannot do '{name}' now: its action mask says which actions are legal")
        return moves[action]

    def _carry_out(self, moves: Mapping[str, Move]) -> None:
        for role, move in moves.items():
            if move.order is not None:
                self._chosen[role].append(move.order)
            elif move.act is None:
                self._done.add(role)
            # Of two who say the same at once, the first has said it.
            elif move.act in self.kernel.acts(self._position, role):
                self._say(role, move.act)
        for role, agent in self._others.items():
            chair = self._chair(role)
            for act in agent.talk(chair) if chair.is_asked else ():
                if isinstance(act, Answer):
                    self._say(role, act)

    def _say(self, role: str, act: Act) -> None:
        if not isinstance(act, Say) and act in self.kernel.acts(self._position, role):
            self._position = self.kernel.talk(self._position, role, act)

    def _play(self) -> None:
        orders = [order for given in self._chosen.values() for order in given]
        for role, agent in self._others.items():
            orders += [choice.order for choice in agent.choose(self._chair(role))]
        self._position = self.kernel.play(self._position, orders)
        self._done = set()

    def _chair(self, role: str) -> Chair:
        return Chair(self.kernel, self._position, role, explains=False)

    # --- What a role sees

    def _observations(self, roles: Sequence[str]) -> dict[str, Observation]:
        return {
            role: {"observation": self._seen(self._position, role), "action_mask": self._mask(role)}
            for role in roles
        }

    def _seen(self, position: Position, role: str) -> NDArray[np.int32]:
        plan, chosen = self.kernel.plan, set(self._chosen.get(role, ()))
        agenda = position.values[plan.agenda_slots[role]] if plan.agendas.get(role) else 0
        picked = [int(move.order in chosen) for move in self.moves(role) if move.order is not None]
        return np.array([*self.kernel.perceive(position, role), agenda, *picked], dtype=np.int32)

    def _mask(self, role: str) -> NDArray[np.int8]:
        moves = self.moves(role)
        mask = np.zeros(len(moves), dtype=np.int8)
        mask[DONE] = 1
        if role in self._done or self._position.is_over:
            return mask
        chosen = self._chosen[role]
        legal = set(self.kernel.legal(self._position, role))
        if len(chosen) == self.kernel.scenario.roles[role].orders:
            legal = set()
        acts = set(self.kernel.acts(self._position, role))
        for at, move in enumerate(moves):
            if move.order is not None and move.order in legal:
                mask[at] = self.kernel.allows(self._position, role, [*chosen, move.order])
            elif move.act is not None and move.act in acts:
                mask[at] = 1
        return mask

    def _space(self, role: str) -> spaces.Dict:
        plan, moves = self.kernel.plan, self.moves(role)
        orders = sum(move.order is not None for move in moves)
        cards = len(plan.agendas.get(role, ()))
        low = [*(slot.lo for slot in plan.slots), 0, *[0] * orders]
        high = [*(slot.hi for slot in plan.slots), max(0, cards - 1), *[1] * orders]
        seen = spaces.Box(np.array(low, dtype=np.int32), np.array(high, dtype=np.int32), dtype=np.int32)
        return spaces.Dict({"observation": seen, "action_mask": spaces.MultiBinary(len(moves))})


def parallel_env(
    scenario: str | Path,
    *,
    players: Mapping[str, str] | None = None,
    length: str = "full",
    render_mode: str | None = None,
) -> Crisis:
    """
    The scenario called so, or lying there, as an environment.

    The roles in *players* are no agents of the environment: they are played by a doctrine, such as
    `doctrine:cautious`, or by `random`.

    Raises:
        ScenarioError: If there is no such scenario, role or player.
        WargameError: If the scenario has no such length.
    """
    return Crisis(kernel_for(load(scenario)), players or {}, length, render_mode)
