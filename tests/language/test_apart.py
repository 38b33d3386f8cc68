"""Loops worked out for all places at once: only those whose rounds do not meet, with the same result."""

from __future__ import annotations

import os
from collections import Counter
from random import Random

import pytest
from attrs import evolve

from tests.language import natives
from tests.language.loops import random_loop
from tests.language.small import DERIVED, SCOPE, SLOTS, STEP, TURN
from wargame.language import typed as t
from wargame.language.apart import conditions_of, round_of
from wargame.language.check import Checked, check_block, check_expression
from wargame.language.native import is_there
from wargame.language.scope import Use

HEAT = evolve(SCOPE.derived["heat"], reads=frozenset({"secret", "unrest"}))
EXACT = evolve(SCOPE, derived={**SCOPE.derived, "heat": HEAT})
USES = (Use("procedure", entry="procedures.any"), Use("order", here=True, entry="orders.any"))
TEXTS = 40 if os.environ.get("FAST") else 200


def derived() -> dict[str, Checked]:
    found: dict[str, Checked] = {}
    for name, text in DERIVED.items():
        about = EXACT.derived[name]
        checked = check_expression(text, EXACT, Use("value", here=about.per_place), about.type)
        assert isinstance(checked, Checked)
        found[name] = checked
    return found


def block(text: str, use: Use = USES[0]) -> Checked | None:
    found = check_block(text, EXACT, use)
    return found if isinstance(found, Checked) else None


def loop_of(text: str) -> t.For:
    found = block(text)
    assert found is not None and isinstance(found.tree, tuple)
    return next(node for node in found.tree if isinstance(node, t.For))


def by_number() -> dict[int, Checked]:
    return {EXACT.derived[name].index: text for name, text in derived().items()}


def random_values(random: Random) -> list[int]:
    values = [0] * SLOTS
    for variable in EXACT.variables.values():
        width = 3 if variable.per_place else 1
        lo, hi = getattr(variable.type, "lo", 0), getattr(variable.type, "hi", 1)
        for slot in range(variable.slot, variable.slot + width):
            values[slot] = random.choice((lo, hi, random.randint(lo, hi)))
        if variable.since is not None:
            for slot in range(variable.since, variable.since + width):
                values[slot] = random.randint(0, 4)
    values[TURN] = values[STEP] = 4
    return values


@pytest.mark.skipif(not is_there(), reason="llvmlite is not installed")
def test_random_loops_mean_the_same_in_machine_code() -> None:
    random, texts, kinds = Random(3), list[Checked](), Counter[str]()
    while len(texts) < TEXTS:
        found = block(random_loop(random), USES[len(texts) % 2])
        if found is None or not isinstance(found.tree, tuple):
            continue
        loop = next(node for node in found.tree if isinstance(node, t.For))
        together = round_of(loop, EXACT, by_number()) is not None
        early = conditions_of(loop, EXACT, by_number()) is not None
        kinds["together" if together else "some" if early else "one by one"] += 1
        texts.append(found)

    pairs = natives.pairs_of(EXACT, SLOTS, derived(), texts)

    for pair in pairs:
        for _ in range(10):
            pair.agrees(random_values(random), random.getrandbits(64), random.randrange(3), 0)
    assert min(kinds[kind] for kind in ("together", "one by one")) > TEXTS // 5
    assert kinds["some"] > TEXTS // 40


@pytest.mark.skipif(not is_there(), reason="llvmlite is not installed")
@pytest.mark.parametrize("places", [(), ("aktau",)])
def test_a_crisis_of_one_place_or_none_has_loops_too(places: tuple[str, ...]) -> None:
    variables = {id: each for id, each in EXACT.variables.items() if places or not each.per_place}
    scope = evolve(EXACT, variables=variables, derived={}, places=places, neighbours=((),) * len(places))
    texts = ["for p in places:\n    if troops > 3:\n        legitimacy += 1"]
    if places:
        texts += [
            "for p in places:\n    unrest[p] += count(lost) + mean(unrest)",
            "troops += highest(unrest) // 9",
        ]
    found = [check_block(text, scope, USES[0]) for text in texts]

    pairs = natives.pairs_of(scope, SLOTS, {}, [each for each in found if isinstance(each, Checked)])

    assert len(pairs) == len(texts)
    for pair in pairs:
        pair.agrees(random_values(Random(4)), 1, 0, 0)


@pytest.mark.parametrize(
    "body",
    [
        "unrest[p] += legitimacy // 2",
        "if lost[p] and troops > 3:\n        unrest[p] -= troops\n    else:\n        lost[p] = true",
        "goal = unrest[p] * 2\n    if goal > 30:\n        goal = 30\n    unrest[p] = goal",
        "unrest[p] += heat[p] // 3",
        "for q in neighbours(p):\n        if lost[q]:\n            unrest[p] += 2",
        "if turns_since(lost[p]) <= 1:\n        unrest[p] += count(lost)",
    ],
)
def test_rounds_that_do_not_meet_are_worked_out_together(body: str) -> None:
    assert round_of(loop_of(f"for p in places:\n    {body}"), EXACT, by_number()) is not None


@pytest.mark.parametrize(
    ("body", "why"),
    [
        ("unrest[p] += unrest[almaty] // 2", "reads another place of what it sets"),
        ("unrest[p] += highest(unrest) // 2", "reads all places of what it sets"),
        ("unrest[p] += anger", "reads a derived value of what it sets"),
        ("unrest[almaty] += unrest[p] // 9", "sets another place"),
        ("troops += 1 if lost[p] else 0", "sets what has no place"),
        ("if chance(50):\n        unrest[p] += 1", "throws dice"),
        ("for q in neighbours(p):\n        unrest[p] += unrest[q] // 9", "reads a neighbour's"),
        ("for q in neighbours(p):\n        unrest[q] += 1", "sets a neighbour's"),
        ("if lost[p]:\n        goal = 3\n    unrest[p] += goal", "a name keeps its value"),
        ("unrest[p] += goal\n    goal = 3", "a name has the value of the round before"),
    ],
)
def test_rounds_that_meet_are_worked_out_one_by_one(body: str, why: str) -> None:
    text = f"goal = 5\nfor p in places:\n    {body}"

    assert round_of(loop_of(text), EXACT, by_number()) is None, why


@pytest.mark.parametrize(
    ("body", "is_early"),
    [
        ("if lost[p]:\n        troops += 1", True),
        ("if lost[p]:\n        troops += 1\n    if unrest[p] > 5:\n        legitimacy -= 1", True),
        ("if lost[p]:\n        troops += 1\n    else:\n        troops -= 1", False),
        ("if lost[p]:\n        lost[almaty] = true", False),
        ("if lost[p] and troops < 3:\n        troops += 1", False),
        ("if chance(5):\n        troops += 1", False),
        ("troops += 1\n    if lost[p]:\n        legitimacy -= 1", False),
    ],
)
def test_rounds_without_effect_are_passed_over_only_if_it_is_known_before(body: str, is_early: bool) -> None:
    assert (
        conditions_of(loop_of(f"for p in places:\n    {body}"), EXACT, by_number()) is not None
    ) is is_early
