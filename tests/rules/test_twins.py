"""What a role is shown does not depend on anything it may not know."""

from __future__ import annotations

from random import Random

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.rules import toys
from tests.rules.playing import SCENARIOS, everything_shown, kernel, played, twin
from wargame.rules import Cause, Change, Happened, Order, OrderGiven, Refused, Roll, Told
from wargame.rules.known import known
from wargame.scenario.model import EXACT

SEEDS = st.integers(0, 2**32)


@pytest.mark.parametrize("name", SCENARIOS)
@settings(max_examples=10)
@given(seed=SEEDS, turns=st.integers(0, 12))
def test_twin_positions_look_the_same(name, seed, turns):
    rules, random = kernel(name), Random(seed)
    position, facts = played(rules, random, turns)
    for role in rules.plan.roles:
        other = twin(rules, position, role, random)

        assert everything_shown(rules, position, role, facts) == everything_shown(rules, other, role, facts)


def test_a_twin_is_really_another_position():
    rules = kernel("harbour")
    position, _ = played(rules, Random(3), 2)
    other = twin(rules, position, "union", Random(3))
    differing = {
        rules.plan.slots[slot].variable
        for slot in range(len(position.values))
        if position.values[slot] != other.values[slot]
    }

    assert {"anger", "funds", "mood"} <= differing


@pytest.mark.parametrize("name", SCENARIOS)
@settings(max_examples=10)
@given(seed=SEEDS, turns=st.integers(1, 6))
def test_facts_a_role_may_not_know_leave_no_trace(name, seed, turns):
    rules, random = kernel(name), Random(seed)
    _, facts = played(rules, random, turns)
    for role in rules.plan.roles:
        told = rules.known(facts, role)
        thinned = [fact for fact in facts if not _is_secret(rules, fact, role) or random.random() < 0.5]

        assert repr(rules.known(thinned, role)) == repr(told)


def _is_secret(rules, fact, role):
    plan = rules.plan
    match fact:
        case Change(variable=variable):
            return role not in plan.variables[variable].about.exact
        case OrderGiven(order=order):
            return role not in plan.orders[order.id].known
        case Told(to=to):
            return role not in to
        case Happened(event=event):
            return role not in plan.scenario.events[event].to
        case Refused(role=own):
            return role != own
        case Roll(label=label):
            variables = [plan.variables[id] for id in plan.rolls[label] if id in plan.variables]
            return any(role not in variable.about.exact for variable in variables)
    return False


def test_a_secret_order_with_hidden_effects_is_not_noticed():
    rules = kernel("harbour")
    position, _ = rules.start(11)
    common = {"union": [Order("march", "docks")], "press": []}
    with_it, facts = rules.adjudicate(position, {"mayor": [Order("secret_fund")], **common})
    without, other_facts = rules.adjudicate(position, {"mayor": [], **common})

    assert with_it != without
    seen, other = rules.known(facts, "union"), rules.known(other_facts, "union")
    assert [fact for fact in seen if not isinstance(fact, Roll)] == [
        fact for fact in other if not isinstance(fact, Roll)
    ]


def test_what_others_did_in_secret_is_one_change_from_other_causes():
    rules = kernel("harbour")
    position, _ = rules.start(11)
    orders = {"mayor": [Order("secret_fund"), Order("send_guard", "docks", "police")]}
    _, facts = rules.adjudicate(position, orders)
    changes = [fact for fact in rules.known(facts, "mayor") if isinstance(fact, Change)]

    assert any(change.cause.id == "secret_fund" and change.variable == "standing" for change in changes)

    public = {**rules.plan.variables["standing"].about.seen, "union": EXACT}
    seen = [
        change
        for change in known(_showing(rules.plan, "standing", public), facts, "union")
        if isinstance(change, Change) and change.variable == "standing"
    ]

    assert {change.cause.kind for change in seen} == {"order", "other"}
    assert [change.by for change in seen if change.cause.kind == "other"] == [7]
    assert seen[0].before == 60 and seen[-1].after == rules.reading(
        _after(rules, position, orders), "standing"
    )


def _after(rules, position, orders):
    return rules.adjudicate(position, orders, traced=False)[0]


def _showing(plan, id, seen):
    """The plan with a variable shown to others than the author says."""
    variable = plan.variables[id]
    shown = evolve(variable, about=evolve(variable.about, seen=seen))
    return evolve(plan, variables={**plan.variables, id: shown})


def test_known_changes_form_chains():
    rules, random = kernel("harbour"), Random(5)
    for _ in range(30):
        _, facts = played(rules, random, random.randint(1, 5))
        for role in rules.plan.roles:
            running: dict[tuple[str, str | None], int] = {}
            for fact in rules.known(facts, role):
                if isinstance(fact, Change):
                    at = (fact.variable, fact.place)

                    assert fact.after == fact.before + fact.by
                    assert running.get(at, fact.before) == fact.before
                    running[at] = fact.after


def test_nobody_but_control_learns_that_a_claim_is_one():
    rules = kernel("harbour")
    for seed in range(12):
        position, _ = rules.start(seed)
        values = list(position.values)
        values[rules.slots("unrest")[0]] = 90
        _, facts = rules.adjudicate(position.with_values(tuple(values)), {})
        claims = [fact for fact in facts if isinstance(fact, Told) and fact.claim]
        heard = [fact for fact in rules.known(facts, "press") if isinstance(fact, Told)]

        assert len(heard) == len(claims)
        assert not any(fact.claim or "Claimed" in rules.explain(fact) for fact in heard)


def test_a_report_of_a_secret_deed_does_not_name_who_did_it():
    text = toys.HARBOUR.replace("mood = 'split'\n", "mood = 'split'\nreport(\"Money moves.\", to=union)\n")
    rules = toys.kernel(text)
    position, _ = rules.start(1)
    _, facts = rules.adjudicate(position, {"mayor": [Order("secret_fund")]})
    heard = [fact for fact in rules.known(facts, "union") if isinstance(fact, Told)]

    assert [(fact.text, fact.cause.kind) for fact in heard] == [("Money moves.", "other")]
    assert "secret_fund" not in repr(rules.known(facts, "union"))


def _turned(before: int, after: int, cause: Cause) -> Change:
    return Change("curfew", None, before, after, after - before, cause)


SECRET, OPEN = Cause("order", "secret_fund", "mayor"), Cause("procedure", "drift")


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        ([_turned(1, 0, SECRET), _turned(0, 1, OPEN)], []),
        ([_turned(1, 0, SECRET)], [(1, 0, "other")]),
        ([_turned(1, 0, OPEN), _turned(0, 1, SECRET)], [(1, 0, "procedure"), (0, 1, "other")]),
        ([_turned(1, 0, SECRET), _turned(0, 1, OPEN), _turned(1, 0, SECRET)], [(1, 0, "other")]),
    ],
)
def test_a_flag_turned_in_secret_and_back_is_told_as_it_was_seen(
    facts: list[Change], told: list[tuple[int, int, str]]
) -> None:
    known = kernel("harbour").known(facts, "union")

    assert [(fact.before, fact.after, fact.cause.kind) for fact in known] == told


@pytest.mark.parametrize("name", SCENARIOS)
def test_what_is_told_of_a_flag_or_choice_stays_within_what_it_can_be(name: str) -> None:
    rules = kernel(name)
    for seed in range(12):
        _, facts = played(rules, Random(seed), seed % 6 + 1)
        for role in rules.scenario.roles:
            for fact in rules.known(facts, role):
                if isinstance(fact, Change):
                    slot = rules.plan.slots[rules.plan.variables[fact.variable].slot]
                    assert slot.clash == "add" or slot.lo <= min(fact.before, fact.after)
                    assert slot.clash == "add" or max(fact.before, fact.after) <= slot.hi
