"""A scenario that passes the check cannot fail in play."""

from __future__ import annotations

from random import Random

from tests.scenario.fuzz import worlds
from tests.scenario.worlds import random_bundle

WORLDS = 40


def test_a_scenario_that_passes_the_check_cannot_fail_in_play() -> None:
    assert worlds(WORLDS, 2022) > 5 * WORLDS


def test_the_same_seed_makes_the_same_scenario() -> None:
    assert random_bundle(Random(7)) == random_bundle(Random(7))
