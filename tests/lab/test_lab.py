"""The laboratory: batches, the historical line, the framework."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import cache
from itertools import product

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from wargame.errors import ScenarioError, WargameError
from wargame.lab import framework, history, simulate
from wargame.lab.batch import over_cores
from wargame.lab.match import play
from wargame.lab.spread import rank, spread
from wargame.language.check import Checked, check_expression
from wargame.language.python import Builder
from wargame.language.scope import Use, VariableName
from wargame.language.types import Number
from wargame.rules.kernel import Kernel
from wargame.scenario.book import check
from wargame.scenario.library import load, shipped


@cache
def kernel_of(name: str) -> Kernel:
    return Kernel(check(load(name)))


@pytest.mark.parametrize("name", shipped())
@given(seed=st.integers(0, 2**53 - 1))
def test_a_game_ends_within_its_turns_and_comes_out_the_same_twice(name: str, seed: int) -> None:
    kernel = kernel_of(name)
    result = play(kernel, seed=seed)

    assert result == play(kernel, seed=seed)
    assert result.ending in kernel.scenario.endings
    assert 1 <= result.turns <= len(kernel.scenario.turns)
    assert all(0 <= score <= 100 for score in result.scores.values())


@pytest.mark.parametrize("length", load("kazakhstan-2022").lengths)
def test_every_length_is_played_to_its_end(length: str) -> None:
    kernel = kernel_of("kazakhstan-2022")
    seen: list[int] = []
    play(kernel, seed=5, length=length, watch=lambda turn, _: seen.append(turn))

    assert tuple(seen) == kernel.scenario.lengths[length][: len(seen)]


def test_random_players_can_play_every_role_of_every_scenario() -> None:
    for name in shipped():
        kernel = kernel_of(name)
        for seed in range(20):
            play(kernel, dict.fromkeys(kernel.scenario.roles, "random"), seed=seed)


def test_a_batch_counts_every_game_and_names_every_ending() -> None:
    kernel = kernel_of("kazakhstan-2022")
    outcome = simulate.simulate(kernel, simulate.doctrines(kernel, {}), games=12, seed=3)
    data = simulate.as_data(outcome)

    assert sum(outcome.endings.values()) == 12
    assert list(outcome.endings) == list(kernel.scenario.endings)
    assert set(data["scores"]) == set(kernel.scenario.roles)  # type: ignore[call-overload]
    assert all(kernel.scenario.endings[each].title in simulate.as_text(outcome) for each in outcome.endings)


def test_a_batch_is_the_games_it_is_made_of() -> None:
    kernel = kernel_of("kazakhstan-2022")
    named = simulate.doctrines(kernel, {"kremlin": "random"})
    outcome = simulate.simulate(kernel, named, games=6, seed=40)
    alone = [play(kernel, named, seed=seed).ending for seed in range(40, 46)]

    assert {ending: count for ending, count in outcome.endings.items() if count} == {
        ending: alone.count(ending) for ending in alone
    }


@pytest.mark.parametrize("games", [50, 61])
def test_several_cores_find_what_one_finds(games: int) -> None:
    kernel = kernel_of("tutorial")
    named = simulate.doctrines(kernel, {})
    alone, together = (
        simulate.as_data(simulate.simulate(kernel, named, games=games, seed=7, jobs=jobs)) for jobs in (1, 2)
    )
    assert alone.pop("jobs") == 1
    assert together.pop("jobs") == 2
    for data in (alone, together):
        del data["seconds"], data["games_per_second"]

    assert alone == together


def test_several_cores_play_the_recorded_line_as_one_does() -> None:
    kernel = kernel_of("kazakhstan-2022")

    assert history.play_history(kernel, games=50, jobs=2) == history.play_history(kernel, games=50)


def test_a_killed_process_of_a_batch_is_told_in_a_line() -> None:
    kernel = kernel_of("tutorial")

    with pytest.raises(WargameError, match="stopped from outside"):
        list(over_cores(kernel, Killed(), range(200), 2))


class Killed:
    """A share that ends its process without a word."""

    def __call__(self, kernel: Kernel, seeds: range) -> None:
        os._exit(9)


def test_a_doctrine_there_is_not_is_refused_before_any_game() -> None:
    with pytest.raises(ScenarioError, match="no doctrine"):
        simulate.doctrines(kernel_of("kazakhstan-2022"), {"west": "hawkish-dove"})


def test_the_historical_line_gives_every_cell_on_the_bands_scale() -> None:
    kernel = kernel_of("kazakhstan-2022")
    line = history.play_history(kernel, games=6)
    recorded = kernel.scenario.history
    assert recorded is not None

    assert {(cell.turn, cell.measure) for cell in line.cells} == set(
        product(range(1, len(kernel.scenario.turns) + 1), (each.id for each in recorded.measures))
    )
    assert all(cell.p10 <= cell.median <= cell.p90 for cell in line.cells)
    assert all(0 <= cell.median <= 10 for cell in line.cells)
    assert line.banded == sum(len(band) for band in recorded.bands.values())
    assert line.hits == sum(
        abs(cell.median - (cell.band or 0)) <= 1 for cell in line.cells if cell.band is not None
    )


def test_the_historical_line_keeps_to_its_bands() -> None:
    line = history.play_history(kernel_of("kazakhstan-2022"), games=60)

    assert line.hits * 100 >= line.banded * 95, [cell for cell in line.cells if cell.within is False]


def test_a_scenario_without_a_history_says_so() -> None:
    without = [name for name in shipped() if load(name).history is None]
    for name in without:
        with pytest.raises(ScenarioError, match="records no history"):
            history.play_history(kernel_of(name), games=1)


def test_the_framework_fails_where_the_facts_say_it_fails() -> None:
    table = framework.cases("kazakhstan-2022")
    failing = [case.name for case in table if not case.agrees]

    assert len(table) == 9
    assert failing == ["Ukraine (as the analyst saw it)"]
    assert all(case.why for case in table if not case.agrees)
    assert [(case.lowest, case.total) for case in table] == [
        (3, 17), (2, 11), (3, 17), (1, 9), (2, 15), (3, 19), (3, 19), (0, 7), (3, 17),
    ]  # fmt: skip


def test_the_gate_of_the_ruleset_is_the_rule_of_the_framework() -> None:
    """For all 3,125 assessments, whether the sitting government asks or not."""
    gate = gate_of_the_ruleset()
    every = [(values, asked) for values in product(range(5), repeat=5) for asked in (False, True)]
    doses = {
        (values, asked): (framework.DOSES[gate(values, asked)], framework.dose(values, is_target=not asked))
        for values, asked in every
    }

    assert {each: pair for each, pair in doses.items() if pair[0] != pair[1]} == {}


def gate_of_the_ruleset() -> Callable[[tuple[int, ...], bool], int]:
    """The derived value `gate` as a function of the five variables and of whether Moscow was asked."""
    kernel = kernel_of("kazakhstan-2022")
    start, asked_at = list(kernel.plan.start), kernel.slots("request_standing")[0]
    five = {
        name: VariableName(name, len(start) + number, Number(0, 4))
        for number, name in enumerate(framework.VARIABLES)
    }
    helpers = [
        name for id, name in kernel.book.scope.derived.items() if id in ("gate", *_read_by_gate(kernel))
    ]
    names = {name.id: evolve(name, index=index) for index, name in enumerate(helpers)}
    scope = evolve(kernel.book.scope, variables={**kernel.book.scope.variables, **five}, derived=names)
    builder = Builder(scope)
    for id, name in names.items():
        checked = check_expression(kernel.scenario.derived[id].value, scope, Use("value"), name.type)
        assert isinstance(checked, Checked), checked
        builder.add_derived(name.index, checked)
    function = builder.build("plain")[f"d{names['gate'].index}"]

    def gate(values: tuple[int, ...], asked: bool) -> int:
        start[asked_at] = int(asked)
        return int(function([*start, *values], 0))

    return gate


def _read_by_gate(kernel: Kernel) -> frozenset[str]:
    return kernel.book.texts["derived.gate.value"].derived - set(framework.VARIABLES)


@given(values=st.lists(st.integers(-100, 100), min_size=1, max_size=60))
def test_a_spread_is_made_of_values_that_occur_in_order(values: list[int]) -> None:
    found = spread(values)
    row = [found.lowest, found.p10, found.median, found.p90, found.highest]

    assert row == sorted(row)
    assert set(row) <= set(values)
    assert sum(value <= found.median for value in values) * 2 >= len(values)


def test_ranks_are_the_nearest() -> None:
    assert [rank(range(1, 11), percent) for percent in (1, 10, 11, 50, 90, 100)] == [1, 1, 2, 5, 9, 10]
