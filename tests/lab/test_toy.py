"""The toy that engines are compared on is the same game in each of them."""

from __future__ import annotations

from random import Random
from statistics import mean

from benchmarks.peers import toy
from wargame.lab.simulate import doctrines, simulate
from wargame.rules.kernel import Kernel
from wargame.scenario.book import check
from wargame.scenario.library import load_bundle

GAMES = 300


def test_the_toy_is_read_whole() -> None:
    assert [sum(each.role == role for each in toy.actions()) for role in range(toy.ROLES)] == [12] * 4
    assert all(len(each.body) == 6 for each in (*toy.actions(), *[toy.Action(0, 0, None, toy.upkeep())]))
    assert sum(each.needs is None for each in toy.actions()) == toy.ROLES


def test_as_a_scenario_it_comes_out_as_in_plain_python() -> None:
    kernel = Kernel(check(load_bundle(toy.scenario())))
    ours = simulate(kernel, doctrines(kernel, {}), games=GAMES, seed=1)
    theirs = [100 - _plain(Random(seed)) for seed in range(GAMES)]

    assert abs(ours.means["r0"] - mean(theirs)) < 3
    assert ours.endings["over"] / GAMES < 0.05


def _plain(random: Random) -> int:
    """The last v0 of one game of uniform choices."""
    rules, values = toy.compiled(), toy.START[:]

    def dice() -> int:
        return random.randint(1, 6) + random.randint(1, 6)

    for _ in range(toy.TURNS):
        chosen = [
            random.choice(
                [
                    each.number
                    for each in toy.actions()
                    if each.role == role and (each.needs is None or values[each.needs[0]] >= each.needs[1])
                ]
            )
            for role in range(toy.ROLES)
        ]
        for role, number in enumerate(chosen):
            rules["ACTIONS"][role][number](values, dice)
        rules["upkeep"](values, dice)
        if values[0] >= 100:
            break
    return values[0]
