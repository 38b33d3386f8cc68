"""How orders of one phase meet, each example a rule of the book."""

from __future__ import annotations

import pytest

from tests.rules import toys
from tests.rules.test_settling import QUIET, having
from wargame.rules import Change, Order

MARCH = [Order("march", "docks"), Order("march", "market")]


@pytest.fixture
def rules():
    return toys.kernel()


@pytest.fixture
def start(rules):
    return rules.start(4)[0]


def after(rules, position, *orders, traced=True):
    by_role = {role: [o for o in orders if rules.plan.orders[o.id].role == role] for role in rules.plan.roles}
    return rules.adjudicate(position, by_role, traced)


@pytest.mark.parametrize("traced", [False, True])
def test_of_two_options_the_later_wins_unless_the_variable_says_lowest(rules, start, traced):
    position, _ = after(
        rules,
        start,
        Order("send_guard", "docks", "army"),
        Order("send_guard", "market", "police"),
        traced=traced,
    )
    assert rules.reading(position, "guard") == rules.encoded("guard", "army")

    position, _ = after(rules, start, Order("secret_fund"), Order("set_curfew", None, "on"), traced=traced)
    assert rules.reading(position, "mood") == rules.encoded("mood", "tense")


@pytest.mark.parametrize("traced", [False, True])
def test_setting_a_flag_to_what_it_was_has_no_say(rules, start, traced):
    position, _ = after(rules, start, Order("set_curfew", None, "on"), *MARCH, traced=traced)

    assert rules.reading(position, "curfew") == 1


def test_of_several_settings_only_the_one_that_prevails_is_told(rules, start):
    _, facts = after(rules, start, Order("secret_fund"), Order("set_curfew", None, "on"))
    moods = [fact for fact in facts if isinstance(fact, Change) and fact.variable == "mood"]

    assert [(change.after, change.cause.id) for change in moods] == [(1, "set_curfew")]


def test_an_order_reads_the_start_of_its_phase_and_its_own_changes_only(rules, start):
    alone, _ = after(rules, start, Order("march", "docks"))
    together, facts = after(rules, start, Order("march", "docks"), Order("send_guard", "docks", "army"))
    changes = [fact for fact in facts if isinstance(fact, Change) and fact.variable == "unrest"]
    marched = [c.by for c in changes if c.cause.id == "march"]
    _, lonely = after(rules, start, Order("march", "docks"))
    lone = [
        f.by for f in lonely if isinstance(f, Change) and f.cause.id == "march" and f.variable == "unrest"
    ]

    assert alone != together
    assert marched == lone


def test_an_order_counts_as_carried_out_from_the_end_of_its_phase_orders_on(rules, start):
    position, facts = after(rules, having(rules, start, curfew=True), Order("march", "hill"))
    by_drift = [
        fact.by
        for fact in facts
        if isinstance(fact, Change) and fact.variable == "anger" and fact.cause.line == 9
    ]
    slot = rules.plan.orders["march"].slot

    assert position.values[slot] == 1
    assert by_drift == []  # the march lifted the curfew, so `turns_since(curfew)` is 99
    assert Order("rest") in rules.legal(position, "union")
    position, facts = after(rules, position, Order("set_curfew", None, "on"), Order("march", "docks"))
    assert any(isinstance(fact, Change) and fact.by == 4 and fact.cause.line == 9 for fact in facts)


def test_an_order_given_once_cannot_be_given_again(rules, start):
    position, _ = after(rules, start, Order("secret_fund"))
    menu = {entry.id: entry for entry in rules.menu(position, "mayor")}

    assert Order("secret_fund") not in rules.legal(position, "mayor")
    assert menu["secret_fund"].why_not == "it can be given only once in a game, and it has been"


def test_prices_are_paid_before_the_first_phase(rules, start):
    _, facts = after(rules, start, Order("send_guard", "docks", "army"), Order("secret_fund"))
    paid = [fact for fact in facts if isinstance(fact, Change) and fact.cause.kind == "price"]

    assert [(fact.variable, fact.by) for fact in paid] == [("funds", -2), ("funds", -3)]
    assert facts.index(paid[-1]) < next(i for i, f in enumerate(facts) if getattr(f, "phase", "") == "words")


def test_what_the_end_of_a_scale_cut_off_does_not_tell_how_much_others_did():
    text = toys.HARBOUR.replace(
        'seen = { mayor = "exact", union = 10, press = { error = 15, delay = 1, bias = -5 } }',
        'seen = { mayor = "exact", union = "exact" }',
    )
    story = text.index("[orders.print_story]")
    text = text[:story] + text[story:].replace('visible = "all"', "visible = []", 1)
    rules = toys.kernel(text)
    position = having(rules, rules.start(7)[0], standing=99)
    _, facts = after(rules, position, *QUIET, Order("print_story", None, "kind"))

    def told(role):
        known = rules.known(facts, role)
        changes = [fact for fact in known if isinstance(fact, Change) and fact.variable == "standing"]
        return [(change.before, change.after, change.cause.kind) for change in changes]

    assert told("control") == [(99, 100, "order"), (100, 101, "order"), (101, 100, "limit")]
    assert told("union") == told("mayor") == [(99, 100, "order")]


def test_a_delay_of_two_turns_shows_the_turn_before_the_last():
    text = toys.HARBOUR.replace('closed"]\n', "").replace(
        'seen = { mayor = 10, union = "exact", press = { delay = 1 } }',
        'seen = { mayor = 10, union = "exact", press = { delay = 2 } }',
    )
    rules = toys.kernel(text)
    position, _ = rules.start(2)
    slot = rules.slots("unrest.docks")[0]
    line = [position.values[slot]]
    for _ in range(3):
        position, _ = rules.adjudicate(position, {"union": [Order("march", "docks")]}, traced=False)
        line.append(position.values[slot])

        assert rules.perceive(position, "press")[slot] == line[max(0, len(line) - 3)]
    assert len(set(line)) == len(line)
