"""Properties of adjudication, on the toy and on every shipped scenario."""

from __future__ import annotations

from collections import Counter
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.rules.playing import SCENARIOS, all_orders, is_sound, kernel, played, some_talk
from wargame.errors import IllegalOrder
from wargame.rules import Change, Order, Roll

SEEDS = st.integers(0, 2**32)
everywhere = pytest.mark.parametrize("name", SCENARIOS)
few = settings(max_examples=12)


@everywhere
@few
@given(seed=SEEDS, turns=st.integers(0, 6))
def test_permuting_roles_and_orders_changes_nothing(name, seed, turns):
    rules, random = kernel(name), Random(seed)
    position, _ = played(rules, random, turns)
    if position.is_over:
        return
    orders = all_orders(rules, position, random)
    roles = list(orders)
    random.shuffle(roles)
    shuffled = {role: random.sample(orders[role], len(orders[role])) for role in roles}

    assert rules.adjudicate(position, orders) == rules.adjudicate(position, shuffled)


@everywhere
@few
@given(seed=SEEDS, length=st.booleans())
def test_plain_and_traced_agree_over_whole_games(name, seed, length):
    rules, random = kernel(name), Random(seed)
    length = list(rules.plan.calendars)[-1] if length else "full"
    position, _ = rules.start(seed, length)
    assert rules.start(seed, length, traced=False) == (position, ())
    while not position.is_over:
        position = some_talk(rules, position, random)
        orders = all_orders(rules, position, random)
        after, facts = rules.adjudicate(position, orders)

        assert rules.adjudicate(position, orders, traced=False) == (after, ())
        assert rules.play(position, [order for own in orders.values() for order in own]) == after
        assert facts
        is_sound(rules, after)
        position = after
    assert position.step <= len(rules.plan.calendars[length])


@everywhere
@few
@given(seed=SEEDS)
def test_the_same_orders_give_the_same_game(name, seed):
    rules = kernel(name)
    games = []
    for _ in range(2):
        position, facts = played(rules, Random(seed), 20)
        games.append((position.digest(), repr(facts)))
        assert position.is_over

    assert games[0] == games[1]


@everywhere
@few
@given(seed=SEEDS, turns=st.integers(0, 6))
def test_changes_told_to_control_add_up_to_the_position(name, seed, turns):
    rules, random = kernel(name), Random(seed)
    position, _ = played(rules, random, turns)
    if position.is_over:
        return
    after, facts = rules.adjudicate(position, all_orders(rules, position, random))
    values = list(position.values)
    for fact in facts:
        if isinstance(fact, Change):
            slot = rules.slots(fact.variable if fact.place is None else f"{fact.variable}.{fact.place}")[0]

            assert values[slot] == fact.before and fact.after == fact.before + fact.by != fact.before
            values[slot] = fact.after
    for slot, about in enumerate(rules.plan.slots):
        if about.variable is not None and rules.plan.variables[about.variable].about.kind == "variable":
            assert values[slot] == after.values[slot], (about.variable, about.place)


@everywhere
@few
@given(seed=SEEDS, turns=st.integers(0, 6))
def test_a_check_that_still_happens_falls_as_it_fell(name, seed, turns):
    rules, random = kernel(name), Random(seed)
    position, _ = played(rules, random, turns)
    if position.is_over:
        return
    faces = []
    for _ in range(2):
        _, facts = rules.adjudicate(position, all_orders(rules, position, random))
        rolls = [fact for fact in facts if isinstance(fact, Roll)]
        # A die of another size falls on another face, by the same throw.
        keys = [(roll.label, roll.place, None if roll.percent is not None else roll.base) for roll in rolls]
        unique = {key for key, count in Counter(keys).items() if count == 1}
        faces.append({key: roll.face for key, roll in zip(keys, rolls, strict=True) if key in unique})

    assert all(faces[1][key] == face for key, face in faces[0].items() if key in faces[1])


@everywhere
@few
@given(seed=SEEDS, turns=st.integers(0, 8))
def test_legal_orders_are_accepted_and_all_others_refused(name, seed, turns):
    rules = kernel(name)
    position, _ = played(rules, Random(seed), turns)
    for role in rules.plan.roles:
        legal = set(rules.legal(position, role))
        menu = [order for entry in rules.menu(position, role) for order in entry.candidates]

        assert set(menu) == legal and len(menu) == len(legal)
        assert all((entry.why_not is None) == bool(entry.candidates) for entry in rules.menu(position, role))
        for order in rules.plan.ways:
            assert rules.allows(position, role, [order]) == (order in legal)


@everywhere
def test_every_role_may_do_nothing(name):
    rules = kernel(name)
    position, _ = rules.start(1)
    for role in rules.plan.roles:
        rules.check(position, role, [])
    after, _ = rules.adjudicate(position, {})

    assert after.step == 2


@pytest.mark.parametrize(
    ("role", "orders", "words"),
    [
        ("mayor", [Order("nonsense")], "no such order"),
        ("mayor", [Order("march", "docks")], "order of The union"),
        ("mayor", [Order("talk_calm", "docks")], "not given for a place"),
        ("mayor", [Order("send_guard", None, "police")], "name the place"),
        ("mayor", [Order("send_guard", "moon", "police")], "no place 'moon'"),
        ("mayor", [Order("send_guard", "docks", "fleet")], "choose one of police, army"),
        ("mayor", [Order("send_guard", "docks")], "choose one of police, army"),
        ("mayor", [Order("talk_calm", None, "loud")], "no options"),
        ("mayor", [Order("set_curfew", None, "off")], "cannot be given for off now"),
        ("mayor", [Order("talk_calm"), Order("talk_calm")], "already among"),
        ("mayor", [Order("send_guard", "docks", "police"), Order("send_guard", "docks", "army")], "already"),
        ("mayor", [Order("send_guard", at, "police") for at in ("docks", "market", "hill")], "2 places"),
        ("press", [Order("print_story", None, "kind")] * 2, "only 1 order may"),
        ("union", [Order("march", at) for at in ("docks", "market", "hill")] + [Order("rest")], "only 3"),
        ("crowd", [], "no role 'crowd'"),
    ],
)
def test_a_refusal_says_what_is_wrong(role, orders, words):
    rules = kernel("harbour")
    with pytest.raises(IllegalOrder, match=words) as refused:
        rules.check(rules.start(5)[0], role, orders)

    assert "cannot give" not in refused.value.why


@everywhere
def test_a_refusal_speaks_of_titles_and_of_no_ids(name):
    rules = kernel(name)
    position, _ = rules.start(5)
    refusals = []
    for about in rules.scenario.orders.values():
        options = about.choice.options if about.choice else ()
        for role in rules.scenario.roles:
            for place in (None, *list(rules.scenario.places)[:2]):
                for option in (None, *options):
                    order = Order(about.id, place, option)
                    try:
                        rules.check(position, role, [order, order])
                    except IllegalOrder as error:
                        refusals.append((about.title, str(error)))

    assert refusals
    assert [words for title, words in refusals if title not in words or "_" in words] == []


def test_orders_that_cost_more_than_the_purse_together_are_refused():
    rules = kernel("harbour")
    position, _ = rules.start(5)
    funds = rules.slots("funds")[0]
    values = list(position.values)
    values[funds] = 4
    position = position.with_values(tuple(values))
    rules.check(position, "mayor", [Order("secret_fund"), Order("send_guard", "docks", "police")])
    with pytest.raises(IllegalOrder, match="together the orders cost 5 of Funds, and there is 4"):
        rules.check(position, "mayor", [Order("secret_fund"), Order("send_guard", "docks", "army")])


def test_an_order_that_has_become_illegal_is_refused_and_the_rest_is_carried_out():
    rules = kernel("harbour")
    position, _ = rules.start(5)
    orders = {"mayor": [Order("set_curfew", None, "off"), Order("talk_calm"), Order("nonsense")]}
    after, facts = rules.adjudicate(position, orders)

    assert [type(fact).__name__ for fact in facts[:4]] == ["PhaseBegan", "Refused", "Refused", "PhaseBegan"]
    assert after == rules.adjudicate(position, {"mayor": [Order("talk_calm")]}, traced=False)[0]


def test_nothing_can_be_ordered_after_the_end():
    rules = kernel("harbour")
    position, _ = played(rules, Random(1), 20)

    assert rules.legal(position, "mayor") == ()
    assert rules.acts(position, "mayor") == ()
    with pytest.raises(IllegalOrder, match="over"):
        rules.check(position, "mayor", [Order("talk_calm")])
    with pytest.raises(IllegalOrder, match="over"):
        rules.adjudicate(position, {})
