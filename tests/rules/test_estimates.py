"""What a role sees of a value: width, bias, delay, and derived values worked out from what it sees."""

from __future__ import annotations

from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.rules.playing import all_orders, kernel, played
from wargame.rules import Order
from wargame.rules.dice import MASK, label_key, mix, turn_key
from wargame.rules.perceive import Eyes

SEEDS = st.integers(0, 2**32)


@settings(max_examples=30)
@given(seed=SEEDS, turns=st.integers(0, 5))
def test_an_estimate_lies_within_its_width_of_what_is_seen(seed, turns):
    for name in ("harbour", "kazakhstan-2022"):
        rules = kernel(name)
        position, _ = played(rules, Random(seed), turns)
        for variable in rules.plan.variables.values():
            for role, sight in variable.about.seen.items():
                source = position.values
                if sight.delay and position.past:
                    source = position.past[max(0, len(position.past) - sight.delay)]
                lo, hi = variable.about.range
                seen = rules.perceive(position, role)
                for slot in range(variable.slot, variable.slot + variable.width):
                    centre = source[slot] + sight.bias
                    least = min(max(centre - sight.error, lo), hi)

                    assert least <= seen[slot] <= max(min(centre + sight.error, hi), lo)


def test_errors_are_spread_over_the_whole_width_and_differ_by_turn_and_role():
    rules = kernel("harbour")
    first = {rules.perceive(rules.start(seed)[0], "union")[rules.slots("standing")[0]] for seed in range(400)}
    assert first == set(range(50, 71))

    position, _ = rules.start(8)
    slot = rules.slots("unrest.market")[0]
    over_time = set()
    while not position.is_over:
        over_time.add(rules.perceive(position, "mayor")[slot] - position.values[slot])
        position, _ = rules.adjudicate(position, {}, traced=False)
    assert len(over_time) > 1


def test_places_have_errors_of_their_own():
    rules = kernel("harbour")
    pairs = set()
    for seed in range(300):
        seen = rules.perceive(rules.start(seed)[0], "mayor")
        pairs.add(tuple(seen[slot] for slot in rules.slots("unrest"))[1:])

    assert len(pairs) > 150


def test_a_delay_shows_the_turn_before():
    rules = kernel("harbour")
    position, _ = rules.start(2)
    slot = rules.slots("unrest.docks")[0]
    assert rules.perceive(position, "press")[slot] == position.values[slot]
    for _ in range(3):
        before = position
        position, _ = rules.adjudicate(position, {"union": [Order("march", "docks")]}, traced=False)

        assert rules.perceive(position, "press")[slot] == before.values[slot] != position.values[slot]


def test_a_derived_value_is_worked_out_from_what_the_role_sees():
    rules = kernel("harbour")
    position, _ = played(rules, Random(6), 2)
    reading = rules.view(position, "mayor").reading("street")
    seen = rules.perceive(position, "mayor")

    assert reading is not None and not reading.exact
    assert reading.value == sum(seen[slot] for slot in rules.slots("unrest"))
    assert rules.view(position, "union").reading("street").exact
    assert rules.view(position, "union").reading("heat", "docks") is None


def test_a_view_shows_only_what_is_seen_and_says_how_sure_it_is():
    rules = kernel("harbour")
    view = rules.view(rules.start(3)[0], "press")
    standing = view.reading("standing")

    assert {reading.id for reading in view.readings} == {
        *("standing", "unrest", "curfew", "closed", "guard", "cold", "no_army", "street"),
    }
    assert standing.low == standing.value - 15 and standing.high == standing.value + 15
    assert standing.words == f"about {standing.value}" and standing.delay == 1
    assert view.reading("anger") is None and view.deals == ()


def test_the_history_of_a_headline_is_what_was_seen_at_the_time():
    rules = kernel("harbour")
    position, _ = rules.start(3)
    told = []
    random = Random(3)
    while not position.is_over:
        told.append(rules.view(position, "press").reading("standing"))
        position, _ = rules.adjudicate(position, all_orders(rules, position, random), traced=False)

        assert rules.view(position, "press").history["standing"][: len(told)] == tuple(told)


def test_eyes_for_some_variables_see_those_as_all_eyes_do():
    rules = kernel("kazakhstan-2022")
    position, _ = played(rules, Random(4), 3)
    wanted = list(rules.plan.variables)[::3]
    for role in rules.plan.roles:
        some = Eyes(rules.plan, role, wanted).see(position)
        everything = rules.perceive(position, role)

        assert all(some[slot] == everything[slot] for id in wanted for slot in rules.slots(id))


def test_errors_are_those_of_the_written_formula():
    rules = kernel("harbour")
    position, _ = rules.start(77)
    state = mix(turn_key(77, 1) + label_key("estimate.unrest.mayor") & MASK)
    expected = []
    for slot in rules.slots("unrest"):
        error = ((state >> 32) * 21 >> 32) - 10
        expected.append(min(max(position.values[slot] + error, 0), 100))
        state = (state * 6364136223846793005 + 1442695040888963407) & MASK

    assert [rules.perceive(position, "mayor")[slot] for slot in rules.slots("unrest")] == expected
