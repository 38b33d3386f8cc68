"""How far numbers reach on the way: never less than they do."""

from __future__ import annotations

import os
from random import Random

import pytest

from tests.language.fuzz import random_text
from tests.language.small import DERIVED, SCOPE, checked
from tests.language.worlds import random_world
from wargame.language.check import Checked, check_expression
from wargame.language.python import Builder
from wargame.language.reach import FAR, Reach, names_in, narrowest
from wargame.language.types import Number

TEXTS = 300 if os.environ.get("FAST") else 2_000


def reach_of(text: str) -> int:
    found = checked(text, want=Number())
    assert not isinstance(found.tree, tuple)
    return Reach({}, 12).of(found.tree)


def test_no_random_expression_comes_to_more() -> None:
    random, seen = Random(3), 0
    for _ in range(TEXTS):
        world = random_world(random)
        text, use, want, is_block = random_text(random, world)
        found = None if is_block else check_expression(text, world.scope, use, want)
        if not isinstance(found, Checked) or isinstance(found.tree, tuple):
            continue
        builder = Builder(world.scope)
        for id, derived in world.checked.items():
            builder.add_derived(world.scope.derived[id].index, derived)
        name = builder.add(found)
        function = builder.build("plain")[name]
        far = Reach({each.index: world.checked[id] for id, each in world.scope.derived.items()}, 150)
        here = random.randrange(len(world.scope.places)) if use.here else 0
        option = random.randrange(len(use.option.options)) if use.option else 0
        for _ in range(3):
            value = int(function(tuple(world.values(random)), random.getrandbits(64), here, option))
            assert abs(value) <= far.value(found.tree), text
            seen += value != 0

    assert seen > TEXTS / 4


@pytest.mark.parametrize(
    ("text", "far"),
    [
        ("7", 7),
        ("legitimacy", 100),
        ("legitimacy + legitimacy", 200),
        ("legitimacy * legitimacy // 100", 10_000),
        ("(0 - legitimacy) // 30", 100),
        ("legitimacy * 3 % 7", 300),
        ("min(legitimacy, 5) * 2", 200),
        ("clamp(legitimacy * 9, 0, 10)", 900),
    ],
)
def test_what_is_reckoned_on_the_way_counts(text: str, far: int) -> None:
    assert reach_of(text) == far


def test_what_rounds_down_may_go_one_further() -> None:
    found = checked("(0 - legitimacy) // 30", want=Number())

    assert not isinstance(found.tree, tuple)
    assert Reach({}, 12).value(found.tree) == 4


def names(text: str) -> list[int]:
    found = checked(text)
    assert isinstance(found.tree, tuple)
    return list(names_in(found.tree, {}, 12).values())


def test_a_name_reaches_as_far_as_what_it_is_given() -> None:
    assert names("a = 5\nif legitimacy > 50:\n  a = legitimacy * 2\nlegitimacy += a") == [200]


def test_of_a_name_that_grows_nothing_is_known() -> None:
    assert names("a = 0\nfor p in places:\n  a = a + unrest[p]\nlegitimacy += a") == [FAR]


@pytest.mark.parametrize(
    ("far", "least", "type_"),
    [
        (2**15 - 1, "i16", "i16"),
        (2**15, "i16", "i32"),
        (5, "i32", "i32"),
        (2**31 - 1, "i16", "i32"),
        (2**31, "i16", "i64"),
    ],
)
def test_the_narrowest_type_that_holds_a_number(far: int, least: str, type_: str) -> None:
    assert narrowest(far, least) == type_


def test_a_derived_value_reaches_as_far_as_its_text_on_the_way() -> None:
    heat = checked(DERIVED["heat"], want=SCOPE.derived["heat"].type)
    found = checked("heat[here]", want=Number())
    assert not isinstance(found.tree, tuple)

    reach = Reach({SCOPE.derived["heat"].index: heat}, 12)

    assert reach.value(found.tree) == 200
    assert reach.of(found.tree) == 250
