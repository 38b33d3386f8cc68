"""The toy as a simultaneous game of OpenSpiel in Python, with a chance node for the dice of a turn."""

from __future__ import annotations

from random import Random
from typing import Any

import pyspiel

from benchmarks.peers import toy

KIND = pyspiel.GameType(
    short_name="python_toy_crisis",
    long_name="Toy crisis",
    dynamics=pyspiel.GameType.Dynamics.SIMULTANEOUS,
    chance_mode=pyspiel.GameType.ChanceMode.EXPLICIT_STOCHASTIC,
    information=pyspiel.GameType.Information.PERFECT_INFORMATION,
    utility=pyspiel.GameType.Utility.GENERAL_SUM,
    reward_model=pyspiel.GameType.RewardModel.TERMINAL,
    max_num_players=toy.ROLES,
    min_num_players=toy.ROLES,
    provides_information_state_string=False,
    provides_information_state_tensor=False,
    provides_observation_string=False,
    provides_observation_tensor=False,
)
SEEDS = 1_000
"""Outcomes of the one chance node of a turn: it seeds the dice of that turn."""


class Game(pyspiel.Game):  # type: ignore[misc]
    """The rules."""

    def __init__(self, params: Any = None) -> None:
        info = pyspiel.GameInfo(
            num_distinct_actions=12,
            max_chance_outcomes=SEEDS,
            num_players=toy.ROLES,
            min_utility=0.0,
            max_utility=100.0,
            max_game_length=toy.TURNS,
        )
        super().__init__(KIND, info, params or {})
        self.needs = [
            [each.needs for each in toy.actions() if each.role == role] for role in range(toy.ROLES)
        ]
        self.rules = toy.compiled()

    def new_initial_state(self) -> State:
        return State(self)


class State(pyspiel.State):  # type: ignore[misc]
    """One position."""

    def __init__(self, game: Game) -> None:
        super().__init__(game)
        self.game = game
        self.values, self.turn = toy.START[:], 0
        self.chosen: list[int] | None = None

    def current_player(self) -> Any:
        if self.is_terminal():
            return pyspiel.PlayerId.TERMINAL
        return pyspiel.PlayerId.CHANCE if self.chosen is not None else pyspiel.PlayerId.SIMULTANEOUS

    def is_terminal(self) -> bool:
        return self.chosen is None and (self.turn == toy.TURNS or self.values[0] >= 100)

    def _legal_actions(self, player: int) -> list[int]:
        needs = self.game.needs[player]
        return [at for at, need in enumerate(needs) if need is None or self.values[need[0]] >= need[1]]

    def chance_outcomes(self) -> list[tuple[int, float]]:
        return [(number, 1 / SEEDS) for number in range(SEEDS)]

    def _apply_actions(self, actions: list[int]) -> None:
        self.chosen = actions

    def _apply_action(self, action: int) -> None:
        random = Random(self.turn * SEEDS + action)

        def dice() -> int:
            return random.randint(1, 6) + random.randint(1, 6)

        assert self.chosen is not None
        for role, chosen in enumerate(self.chosen):
            self.game.rules["ACTIONS"][role][chosen](self.values, dice)
        self.game.rules["upkeep"](self.values, dice)
        self.turn, self.chosen = self.turn + 1, None

    def returns(self) -> list[float]:
        return [float(100 - self.values[0])] * toy.ROLES

    def _action_to_string(self, player: int, action: int) -> str:
        return f"r{player}a{action}"


def play(games: int) -> None:
    """Plays so many games of uniform choices."""
    game, random = Game(), Random(1)
    for _ in range(games):
        state = game.new_initial_state()
        while not state.is_terminal():
            if state.is_chance_node():
                state.apply_action(random.randrange(SEEDS))
            else:
                state.apply_actions([random.choice(state.legal_actions(role)) for role in range(toy.ROLES)])
