"""The planner: legal, the same for the same budget, blind to secrets, and better than what it plays with."""

from __future__ import annotations

from random import Random

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.rules.playing import kernel, played, twin
from wargame.agents.base import Agent, Chair
from wargame.agents.imagining import worlds
from wargame.agents.planner import LEVELS, Level, Planner
from wargame.agents.plans import Plan, plans
from wargame.agents.playing import play_turn
from wargame.agents.scripted import Scripted, scripted
from wargame.agents.seating import agent_for, default_player
from wargame.agents.trials import Trials, beats
from wargame.rules.kernel import Kernel
from wargame.rules.orders import Answer
from wargame.rules.perceive import Eyes
from wargame.rules.position import Position
from wargame.scenario.library import shipped

QUICK = Planner(Level(playouts=12, worlds=3, plans=4, tries=2))
GAMES = ["harbour", *shipped()]
seeds = st.integers(0, 2**32)


def twin_of(rules: Kernel, position: Position, role: str, random: Random) -> Position:
    """A position that differs wherever the role cannot see a difference, and was told of none."""
    other = twin(rules, position, role, random)
    told = [
        event.slot
        for event in (*rules.plan.brief, *(event for phase in rules.plan.phases for event in phase.events))
        if role in event.about.to
    ]
    rows = [list(row) for row in (*other.past, other.values)]
    for row, true in zip(rows, (*position.past, position.values), strict=True):
        for slot in told:
            row[slot] = true[slot]
    *past, now = (tuple(row) for row in rows)
    return evolve(other, past=tuple(past), values=now)


def position_of(name: str, seed: int, turns: int) -> tuple[Kernel, Position, Random]:
    """A position in a random game that is not over."""
    random = Random(seed)
    position, _ = played(kernel(name), random, turns)
    while position.is_over:
        position, _ = played(kernel(name), random, 1)
    return kernel(name), position, random


@pytest.mark.parametrize("name", GAMES)
@settings(max_examples=5)
@given(seed=seeds, turns=st.integers(0, 9))
def test_what_a_role_may_not_know_changes_neither_orders_nor_reasons_nor_talk(
    name: str, seed: int, turns: int
) -> None:
    rules, position, random = position_of(name, seed, turns)
    role = random.choice(rules.plan.roles)
    other = twin_of(rules, position, role, random)
    mine, theirs = Chair(rules, position, role), Chair(rules, other, role)

    assert repr(QUICK.choose(mine)) == repr(QUICK.choose(theirs))
    assert repr(QUICK.talk(mine)) == repr(QUICK.talk(theirs))


@pytest.mark.parametrize("name", GAMES)
@settings(max_examples=6)
@given(seed=seeds, turns=st.integers(0, 9))
def test_believed_positions_are_the_same_for_twins_and_look_to_the_role_like_the_real_one(
    name: str, seed: int, turns: int
) -> None:
    rules, position, random = position_of(name, seed, turns)
    imagined, _ = played(rules, random, turns)
    for role in rules.plan.roles:
        believed = Chair(rules, position, role).believe(imagined, "test")

        assert believed == Chair(rules, twin_of(rules, position, role, random), role).believe(
            imagined, "test"
        )
        assert believed.seed == imagined.seed
        assert rules.legal(believed, role) == rules.legal(position, role)
        assert rules.acts(believed, role) == rules.acts(position, role)
        assert could_be_seen(rules, position, believed, role)


def could_be_seen(rules: Kernel, position: Position, believed: Position, role: str) -> bool:
    """Whether every value of *believed* lies within what *role* sees of *position*, and within its range."""
    seen, known = Eyes(rules.plan, role).see(position), Eyes(rules.plan, role).see(believed)
    for variable in rules.plan.variables.values():
        sight = variable.about.seen.get(role)
        low, high = variable.about.range
        for slot in range(variable.slot, variable.slot + variable.width):
            rows = (*believed.past, believed.values)
            if not all(low <= row[slot] <= high for row in rows):
                return False
            if sight is None:
                continue
            if sight.error == sight.bias == 0:
                if known[slot] != seen[slot]:
                    return False
                continue
            then = rows[max(len(rows) - 1 - sight.delay, 0)][slot]
            shown = {min(max(then + sight.bias + by, low), high) for by in (-sight.error, sight.error)}
            if not min(shown) <= seen[slot] <= max(shown):
                return False
    return True


@pytest.mark.parametrize("name", GAMES)
@settings(max_examples=5)
@given(seed=seeds, turns=st.integers(0, 9))
def test_orders_are_legal_the_same_twice_and_reasoned(name: str, seed: int, turns: int) -> None:
    rules, position, random = position_of(name, seed, turns)
    role = random.choice(rules.plan.roles)
    chosen = QUICK.choose(Chair(rules, position, role))
    unexplained = QUICK.choose(Chair(rules, position, role, explains=False))

    rules.check(position, role, [each.order for each in chosen])
    assert chosen == QUICK.choose(Chair(rules, position, role))
    assert [each.order for each in chosen] == [each.order for each in unexplained]
    assert all("my score" in each.reason for each in chosen)
    assert not any(each.reason for each in unexplained)


@pytest.mark.parametrize("name", GAMES)
@settings(max_examples=5)
@given(seed=seeds, turns=st.integers(0, 9))
def test_talk_is_legal_and_answers_every_offer_once(name: str, seed: int, turns: int) -> None:
    rules, position, _ = position_of(name, seed, turns)
    for role in rules.plan.roles:
        acts = QUICK.talk(Chair(rules, position, role))
        offered = {act.agreement for act in rules.acts(position, role) if isinstance(act, Answer)}
        answered = [act.agreement for act in acts if isinstance(act, Answer)]

        assert set(acts) <= set(rules.acts(position, role))
        assert sorted(answered) == sorted(offered)


def test_the_seed_of_the_game_is_not_the_seed_of_any_world() -> None:
    rules, position, _ = position_of("tutorial", 5, 2)
    found = worlds(Chair(rules, position, rules.plan.roles[0]), 20, 20)

    assert len({world.position.seed for world in found} | {position.seed}) == 21
    assert all(world.position.step == position.step for world in found)


def test_what_happened_tells_how_the_others_play() -> None:
    """The more games are imagined for each world kept, the oftener the others' real doctrines are in it."""
    rules = kernel("kazakhstan-2022")
    names = {role: list(rules.scenario.doctrines[role])[-1] for role in rules.plan.roles}
    agents = {role: scripted(rules, role, name) for role, name in names.items()}
    right = dict.fromkeys((1, 5), 0)
    for seed in range(4):
        position, _ = rules.start(seed)
        for _ in range(4):
            position = play_turn(rules, position, agents)
        chair = Chair(rules, position, "west")
        for tries in right:
            found = worlds(chair, 6, 6 * tries)
            right[tries] += sum(
                isinstance(agent, Scripted) and agent.deck is agents[role].deck
                for world in found
                for role, agent in world.others.items()
            )

            assert all(rules.carried_out(world.position, "west") == chair.carried_out() for world in found)

    assert right[1] < right[5]


def test_the_best_plan_wins_the_race_and_no_continuation_is_played_twice() -> None:
    rules, position, _ = position_of("tutorial", 8, 1)
    role = rules.plan.roles[0]
    chair = Chair(rules, position, role)
    trials = Trials(rules, role, worlds(chair, 12, 12))
    best: Agent = scripted(rules, role, default_player(rules.scenario, role))
    options = plans(chair, [best], best, 8)
    totals = {plan: sum(trials.scores(plan, 12)) for plan in options}
    played_before = trials.played
    won = trials.race(options, 10_000)

    assert totals[won] == max(totals.values())
    assert trials.played == played_before == 12 * len(options)
    assert Plan((), best) in options
    assert len({frozenset(plan.orders) for plan in options}) == len(options)


@given(scores=st.lists(st.tuples(st.integers(0, 100), st.integers(0, 100)), min_size=2, max_size=30))
def test_to_beat_is_to_be_ahead_by_more_than_luck(scores: list[tuple[int, int]]) -> None:
    mine, others = [one for one, _ in scores], [two for _, two in scores]

    assert not beats(mine, mine)
    assert not (beats(mine, others) and beats(others, mine))
    if beats(mine, others):
        assert sum(mine) > sum(others)
    assert beats([score + 1 for score in mine], mine)


def test_levels_grow_and_are_seated_by_name() -> None:
    rules = kernel("tutorial")
    budgets = [level.playouts for level in LEVELS.values()]

    assert budgets == sorted(budgets)
    for name, level in LEVELS.items():
        assert agent_for(rules, rules.plan.roles[0], f"planner:{name}") == Planner(level)
