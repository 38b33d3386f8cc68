"""Programs that play: legal, deterministic, and blind to what their role may not know."""

from __future__ import annotations

from functools import cache

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from wargame.agents.base import Agent, Chair, Fixed, Silent
from wargame.agents.seating import PLANNERS, agent_for, default_player, players, seating
from wargame.agents.talk import talk_round
from wargame.errors import AgentError, ScenarioError
from wargame.rules.kernel import Kernel
from wargame.rules.legal import Basket
from wargame.rules.orders import Order
from wargame.rules.position import Position
from wargame.scenario.book import check
from wargame.scenario.library import load, shipped


@cache
def kernel_of(name: str) -> Kernel:
    return Kernel(check(load(name)))


def seats_of(name: str) -> list[tuple[str, str, str]]:
    scenario = kernel_of(name).scenario
    return [(name, role, player) for role in scenario.roles for player in players(scenario, role)]


SEATS = [seat for name in shipped() for seat in seats_of(name) if seat[2] not in PLANNERS]
"""Planners think too long for all of this: test_planner.py asks the same of one with a small budget."""
seeds = st.integers(0, 2**53 - 1)


@cache
def positions_of(name: str, seed: int) -> tuple[Position, ...]:
    """Every position of one game, each role played by its first doctrine or, on odd seeds, at random."""
    kernel = kernel_of(name)
    agents: dict[str, Agent] = {}
    for role in kernel.scenario.roles:
        agent = agent_for(kernel, role, "random" if seed % 2 else default_player(kernel.scenario, role))
        assert agent is not None
        agents[role] = agent
    position, _ = kernel.start(seed)
    found = [position]
    while position.ending is None:
        position, chairs = talk_round(kernel, position, agents)
        orders = {role: [each.order for each in agent.choose(chairs[role])] for role, agent in agents.items()}
        position, _ = kernel.adjudicate(position, orders, traced=False)
        found.append(position)
    return tuple(found)


def agent_of(name: str, role: str, player: str) -> Agent:
    agent = agent_for(kernel_of(name), role, player)
    assert agent is not None
    return agent


@pytest.mark.parametrize(("name", "role", "player"), SEATS)
def test_every_order_is_legal_and_all_together_are_allowed(name: str, role: str, player: str) -> None:
    kernel, agent = kernel_of(name), agent_of(name, role, player)
    for seed in range(4):
        for position in positions_of(name, seed)[:-1]:
            orders = [choice.order for choice in agent.choose(Chair(kernel, position, role))]

            kernel.check(position, role, orders)
            assert set(orders) <= set(kernel.legal(position, role))
            assert len(orders) <= kernel.scenario.roles[role].orders


@pytest.mark.parametrize(("name", "role", "player"), SEATS)
def test_an_agent_asked_twice_answers_alike_with_its_reasons(name: str, role: str, player: str) -> None:
    kernel, agent = kernel_of(name), agent_of(name, role, player)
    for position in positions_of(name, 1)[:-1]:
        first, second = Chair(kernel, position, role), Chair(kernel, position, role)

        assert agent.choose(first) == agent.choose(second)
        assert agent.talk(first) == agent.talk(second)
        assert all(choice.reason for choice in agent.choose(first))
        assert all("{" not in choice.reason for choice in agent.choose(first))


@pytest.mark.parametrize(("name", "role", "player"), SEATS)
@given(seed=st.integers(0, 5), turn=st.integers(0, 11), noise=st.randoms(use_true_random=False))
def test_an_agent_decides_only_from_what_its_role_sees(
    name: str, role: str, player: str, seed: int, turn: int, noise: object
) -> None:
    """Change everything the role may not know, and every order, reason and act stays the same."""
    kernel, agent = kernel_of(name), agent_of(name, role, player)
    game = positions_of(name, seed)[:-1]
    position = game[turn % len(game)]
    twin = _twin(kernel, position, role, noise)
    mine, other = Chair(kernel, position, role), Chair(kernel, twin, role)

    assert agent.choose(mine) == agent.choose(other)
    assert agent.talk(mine) == agent.talk(other)


def _twin(kernel: Kernel, position: Position, role: str, noise: object) -> Position:
    """*position* with every variable *role* does not see, and every other role's secret, at random."""
    layout = kernel.book.layout
    values, past = list(position.values), [list(row) for row in position.past]
    draw = noise.randint  # type: ignore[attr-defined]
    for id, variable in layout.variables.items():
        if role in variable.seen:
            continue
        low, high = variable.range
        for slot in range(layout.first[id], layout.first[id] + layout.width(id)):
            for row in (values, *past):
                row[slot] = draw(low, high)
    for other, slot in layout.agendas.items():
        if other != role:
            for row in (values, *past):
                row[slot] = draw(0, len(kernel.scenario.agendas[other]) - 1)
    for order, slot in layout.orders.items():
        if role not in kernel.plan.orders[order].known:
            for row in (values, *past):
                row[slot] = draw(0, position.step - 1)
    return evolve(position, values=tuple(values), past=tuple(tuple(row) for row in past))


@pytest.mark.parametrize("name", shipped())
def test_every_scripted_role_finds_something_to_do(name: str) -> None:
    kernel = kernel_of(name)
    for role in kernel.scenario.roles:
        for doctrine in kernel.scenario.doctrines.get(role, {}):
            agent = agent_of(name, role, doctrine)
            given_orders = [
                agent.choose(Chair(kernel, position, role))
                for seed in range(3)
                for position in positions_of(name, seed)[:-1]
            ]

            assert any(given_orders), (role, doctrine)


@pytest.mark.parametrize("name", shipped())
def test_every_role_has_two_temperaments(name: str) -> None:
    scenario = kernel_of(name).scenario

    assert all(
        len(scenario.doctrines.get(role, {})) >= 2 for role, each in scenario.roles.items() if each.playable
    )


def test_a_chair_lends_no_other_roles_eyes() -> None:
    kernel = kernel_of("kazakhstan-2022")
    position, _ = kernel.start(1)
    chair = Chair(kernel, position, "west")

    for role in ("kremlin", "control"):
        with pytest.raises(AgentError):
            chair.see(kernel.eyes(role))


def test_silent_gives_nothing_and_fixed_gives_what_is_legal() -> None:
    kernel = kernel_of("kazakhstan-2022")
    position, _ = kernel.start(1)
    chair = Chair(kernel, position, "tokayev")
    legal = chair.legal()[0]

    assert Silent().choose(chair) == ()
    assert [each.order for each in Fixed((Order("no_such_order"), legal, legal)).choose(chair)] == [legal]


def test_an_unknown_player_is_named_with_the_nearest() -> None:
    scenario = kernel_of("kazakhstan-2022").scenario

    with pytest.raises(ScenarioError, match="did you mean 'cautious'"):
        seating(scenario, {"kremlin": "cautios"})
    with pytest.raises(ScenarioError, match="kremlin has no doctrine"):
        agent_for(kernel_of("kazakhstan-2022"), "kremlin", "doctrine:nothing")


def test_seating_names_players_as_a_save_keeps_them() -> None:
    scenario = kernel_of("kazakhstan-2022").scenario
    seated = seating(scenario, {"west": "random"}, persons=("tokayev",))

    assert seated["tokayev"] == "person"
    assert seated["west"] == "random"
    assert seated["kremlin"] == f"doctrine:{default_player(scenario, 'kremlin')}"


@pytest.mark.parametrize("name", shipped())
@given(data=st.data())
def test_the_quick_question_of_two_orders_together_is_the_full_one(name: str, data: st.DataObject) -> None:
    kernel = kernel_of(name)
    position = data.draw(st.sampled_from(positions_of(name, data.draw(st.integers(0, 5)))[:-1]))
    role = data.draw(st.sampled_from(list(kernel.scenario.roles)))
    legal = kernel.legal(position, role)
    orders = data.draw(st.lists(st.sampled_from(legal), max_size=3)) if legal else []
    own, basket = [], Basket(list(position.values))
    for order in orders:
        added = kernel.plan.ways[order]
        together = kernel.allows(position, role, [*(each.order for each in own), order])
        if len(own) < kernel.scenario.roles[role].orders:
            assert basket.takes(added) == together
        if together:
            own.append(added)


@pytest.mark.parametrize("limit", [0, 1, 2])
def test_a_doctrine_gives_no_more_orders_than_its_role_may(limit: int) -> None:
    scenario = load("tutorial")
    roles = {id: evolve(role, orders=limit) for id, role in scenario.roles.items()}
    kernel = Kernel(check(evolve(scenario, roles=roles)))
    position, _ = kernel.start(1)

    for role in roles:
        agent = agent_for(kernel, role, default_player(scenario, role))
        assert agent is not None
        assert len(agent.choose(Chair(kernel, position, role))) <= limit
