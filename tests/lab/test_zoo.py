"""A scenario as a PettingZoo environment: that project's own test, and what a seat may know."""

from __future__ import annotations

import os
import re
import warnings
from pathlib import Path

import pytest

pytest.importorskip("pettingzoo", reason="pettingzoo is not installed")

import numpy as np
from pettingzoo.test import parallel_api_test

from wargame.agents.base import Silent
from wargame.agents.draws import Draws
from wargame.errors import IllegalOrder, ScenarioError, WargameError
from wargame.lab.match import play_with, players
from wargame.lab.oracles import disguised
from wargame.lab.zoo import DONE, Crisis, parallel_env
from wargame.rules.orders import Answer, Offer
from wargame.scenario.library import shipped

CYCLES = 30 if os.environ.get("FAST") else 120


@pytest.mark.parametrize("scenario", shipped())
def test_it_passes_the_api_test_of_pettingzoo(scenario: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        parallel_api_test(parallel_env(scenario), num_cycles=CYCLES)


def random_actions(env: Crisis, observations: object, draws: Draws) -> dict[str, int]:
    found = {}
    for role in env.agents:
        legal = np.flatnonzero(observations[role]["action_mask"])  # type: ignore[index]
        found[role] = int(legal[draws.below(len(legal))])
    return found


@pytest.mark.parametrize("scenario", shipped())
def test_a_random_game_stays_in_its_spaces_and_ends_with_scores(scenario: str) -> None:
    env, draws = parallel_env(scenario, render_mode="ansi"), Draws(7)
    observations, _ = env.reset(seed=3)
    rewards: dict[str, float] = {}
    while env.agents:
        for role in env.agents:
            assert env.observation_space(role).contains(observations[role])
            assert len(env.names(role)) == len(observations[role]["observation"])
        observations, rewards, ended, cut, infos = env.step(random_actions(env, observations, draws))
        assert not any(cut.values())
    assert all(ended.values()) and all(info["ending"] for info in infos.values())
    assert all(0 <= points <= 100 for points in rewards.values())
    assert str(infos[env.possible_agents[0]]["ending"]) in str(env.render())


def test_the_same_seed_and_actions_give_the_same_game() -> None:
    games = []
    for _ in range(2):
        env, draws = parallel_env("tutorial"), Draws(5)
        observations, _ = env.reset(seed=11)
        told = [observations]
        while env.agents:
            observations, rewards, *_ = env.step(random_actions(env, observations, draws))
            told.append(observations)
        games.append((told, rewards))

    assert repr(games[0]) == repr(games[1])


@pytest.mark.parametrize("scenario", shipped())
def test_what_a_role_may_not_know_changes_nothing_it_is_given(scenario: str) -> None:
    env, draws = parallel_env(scenario), Draws(9)
    observations, _ = env.reset(seed=4)
    for _ in range(8):
        if not env.agents:
            break
        observations, *_ = env.step(random_actions(env, observations, draws))
    for role in env.agents:
        position = env._position
        before = env._observations([role])[role]
        env._position = disguised(env.kernel.plan, position, role, draws)
        after = env._observations([role])[role]
        env._position = position
        assert all((before[key] == after[key]).all() for key in before)


def test_roles_left_to_doctrines_are_no_agents_and_play() -> None:
    env = parallel_env("tutorial", players={"union": "fiery"})
    env.reset(options={"seed": 6})
    rewards: dict[str, float] = {}
    while env.agents:
        _, rewards, *_ = env.step({"mayor": DONE})
    agents = {**players(env.kernel, {"union": "fiery"}), "mayor": Silent()}
    want = play_with(env.kernel, {role: agents[role] for role in env.kernel.plan.roles}, seed=6)

    assert rewards == {"mayor": want.scores["mayor"]}
    assert env._position == want.position


def test_an_offer_is_made_and_answered() -> None:
    env, draws = parallel_env("tutorial"), Draws(2)
    for seed in range(50):
        observations, _ = env.reset(options={"seed": seed})
        while env.agents:
            for role in env.agents:
                (other,) = (each for each in env.agents if each != role)
                offers = [at for at, move in enumerate(env.moves(role)) if isinstance(move.act, Offer)]
                answers = [at for at, move in enumerate(env.moves(other)) if isinstance(move.act, Answer)]
                orders = np.flatnonzero(observations[other]["action_mask"][1 : min(answers)]) + 1
                made = [at for at in offers if observations[role]["action_mask"][at]]
                if made and orders.size and not observations[other]["action_mask"][answers].any():
                    observations, *_ = env.step({role: made[0], other: int(orders[0])})
                    assert not observations[role]["action_mask"][made[0]]
                    assert observations[other]["action_mask"][answers].sum() == 2
                    return
            observations, *_ = env.step(random_actions(env, observations, draws))
    raise AssertionError("nothing was ever offered")


def test_what_cannot_be_is_refused_in_words() -> None:
    env = parallel_env("tutorial")
    observations, _ = env.reset(seed=1)
    barred = int(np.flatnonzero(observations["mayor"]["action_mask"] == 0)[0])

    for action in (barred, -1, 10_000):
        with pytest.raises(IllegalOrder, match="action mask"):
            env.step({"mayor": action, "union": DONE})
    with pytest.raises(ScenarioError, match="no role 'x'"):
        parallel_env("tutorial", players={"x": "random"})
    with pytest.raises(WargameError, match="no length 'x'"):
        parallel_env("tutorial", length="x")


def test_the_example_of_the_docs_runs(capsys: pytest.CaptureFixture[str]) -> None:
    page = (Path(__file__).parents[2] / "docs" / "environment.md").read_text(encoding="utf-8")
    (code,) = re.findall(r"```python\n(.*?)```", page, re.DOTALL)

    exec(code, {})

    assert capsys.readouterr().out.startswith("{'mayor': ")
