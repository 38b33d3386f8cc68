"""The strength table: common dice, honest intervals, the same on any number of cores."""

from __future__ import annotations

import json
from math import inf, isclose
from statistics import mean, stdev

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from tests.rules.playing import kernel
from wargame.cli.app import wargame
from wargame.errors import ScenarioError
from wargame.lab.intervals import mean_of, student
from wargame.lab.match import play
from wargame.lab.tournament import as_data, as_text, entrants, tournament


@given(values=st.lists(st.integers(-100, 100), min_size=2, max_size=60))
def test_an_interval_is_the_mean_with_students_margin_on_both_sides(values: list[int]) -> None:
    found = mean_of(values)
    margin = student(len(values) - 1) * stdev(values) / len(values) ** 0.5

    assert isclose(found.value, mean(values), abs_tol=1e-9)
    assert isclose(found.high - found.value, margin, abs_tol=1e-6)
    assert isclose(found.value - found.low, margin, abs_tol=1e-6)
    assert found.is_above_zero == (found.low > 0)


def test_one_game_says_nothing_of_how_far_scores_spread() -> None:
    assert (mean_of([50]).low, mean_of([50]).high) == (-inf, inf)
    assert not mean_of([50]).is_above_zero


@pytest.mark.parametrize(
    ("freedom", "table"), [(1, 12.706), (4, 2.776), (5, 2.571), (9, 2.262), (29, 2.045), (200, 1.972)]
)
def test_students_margin_is_the_printed_one(freedom: int, table: float) -> None:
    assert abs(student(freedom) - table) < 0.006


def test_scores_are_those_of_the_same_games_played_alone() -> None:
    rules = kernel("tutorial")
    role = rules.plan.roles[0]
    names = (*entrants(rules, role)[:1], "random")
    found = tournament(rules, {role: names}, games=6, seed=30)
    alone = {
        name: [play(rules, {role: name}, seed=seed).scores[role] for seed in range(30, 36)] for name in names
    }

    for standing in found.seats[0].standings:
        assert standing.score == mean_of(alone[standing.player])
        for other, by in standing.ahead.items():
            pairs = zip(alone[standing.player], alone[other], strict=True)
            assert by == mean_of([one - two for one, two in pairs])


def test_several_cores_find_what_one_finds() -> None:
    rules = kernel("tutorial")
    seats = {role: entrants(rules, role)[:2] for role in rules.plan.roles}
    told: list[int] = []
    together = tournament(rules, seats, games=4, seed=2, jobs=2, progress=told.append)

    assert together == tournament(rules, seats, games=4, seed=2)
    assert sum(told) == 4 * sum(len(each) for each in seats.values())


def test_the_best_stands_first_and_who_is_beaten_stands_below() -> None:
    rules = kernel("tutorial")
    found = tournament(rules, {role: entrants(rules, role) for role in rules.plan.roles}, games=3, seed=1)
    for seat in found.seats:
        names = [each.player for each in seat.standings]
        means = [each.score.value for each in seat.standings]

        assert means == sorted(means, reverse=True)
        assert all(
            names.index(other) > names.index(each.player) for each in seat.standings for other in each.beats
        )
        assert all(name in as_text(found) for name in names)
    json.dumps(as_data(found), allow_nan=False)


def test_players_nobody_has_are_refused_and_a_doctrine_sits_only_where_it_belongs() -> None:
    rules = kernel("kazakhstan-2022")

    assert entrants(rules, "west", ["cautious", "principled", "random"]) == ("principled", "random")
    with pytest.raises(ScenarioError, match="no role has a player 'nobody'"):
        entrants(rules, "west", ["nobody"])


def test_the_command_prints_a_table_or_json() -> None:
    arguments = ["tournament", "tutorial", "--games", "2", "--player", "random", "--player", "historical"]
    printed = CliRunner().invoke(wargame, arguments)
    data = CliRunner().invoke(wargame, [*arguments, "--json"])

    assert printed.exit_code == data.exit_code == 0
    assert "random" in printed.stdout and "2 games a player and seat" in printed.stdout
    assert set(json.loads(data.stdout)["seats"]) == set(kernel("tutorial").scenario.roles)
