"""Facts in words, and the odds a role is shown."""

from __future__ import annotations

import re
from random import Random

import pytest

from tests.rules import toys
from tests.rules.playing import SCENARIOS, kernel, played
from wargame.rules import Order, Roll
from wargame.rules.explain import explain


@pytest.fixture(scope="module")
def told():
    rules = toys.kernel()
    position, _ = rules.start(7)
    orders = {
        "mayor": [Order("talk_calm"), Order("send_guard", "docks", "army"), Order("secret_fund")],
        "union": [Order("march", "docks"), Order("march", "market")],
        "press": [Order("print_story", None, "sharp")],
    }
    _, facts = rules.adjudicate(position, orders)
    return [rules.explain(fact) for fact in facts]


@pytest.mark.parametrize(
    "sentence",
    [
        "The mayor: 'Send the guard' in The docks, army",
        "Funds 8 -> 6 (-2): the price of 'Send the guard' in The docks",
        "Unrest in The docks 40 -> 20 (-20): 'Send the guard' in The docks by The mayor",
        "Guard none -> army: 'Send the guard' in The docks by The mayor",
        "Closed in The docks no -> yes: 'March' in The docks by The union",
        "Check 'heard': 50% = 40 +12 (a fifth of Standing) -2 (a tenth of Anger), rolled 86, no, by 36: "
        "'Talk calmly' by The mayor",
        "Check 'more' in The docks: 7 on a die of 10: 'March' in The docks by The union",
        "Unrest in The hill 10 -> 7 (-3): 'What the cold does'",
        "Red line of The mayor crossed: The army in town (-15)",
        "A letter from the capital",
        "army in The docks.",
        "Turn 2: Two",
    ],
)
def test_a_student_can_read_what_happened(told, sentence):
    assert sentence in told


def test_a_sum_past_the_end_of_the_scale_is_told_as_it_was_worked_out():
    rules = toys.kernel()
    position, _ = rules.start(7)
    values = list(position.values)
    values[rules.slots("standing")[0]] = 98
    position = position.with_values(tuple(values))
    orders = {"mayor": [Order("talk_calm")], "press": [Order("print_story", None, "kind")]}
    after, facts = rules.adjudicate(position, orders)
    sentences = [rules.explain(fact) for fact in facts]

    assert "Standing 98 -> 100 (+2): 'Talk calmly' by The mayor" in sentences
    assert "Standing 100 -> 102 (+2): 'Print the story' by The press" in sentences
    assert "Standing 102 -> 100 (-2): the scale ends there" in sentences
    assert rules.reading(after, "standing") == 100


@pytest.mark.parametrize("name", SCENARIOS)
def test_every_fact_has_a_sentence_without_ids_or_braces(name):
    rules, random = kernel(name), Random(8)
    for turns in (0, 2, 4, 20):
        _, facts = played(rules, random, turns)
        for fact in facts:
            sentence = rules.explain(fact)

            assert sentence.strip()
            assert not re.search(r"[{}\[\]]|//|\bNone\b|\bline \d", sentence)


def test_who_may_read_the_rules_is_told_the_line():
    rules = toys.kernel()
    position, _ = rules.start(7)
    _, facts = rules.adjudicate(position, {"mayor": [Order("talk_calm")]})
    sentences = [explain(rules.scenario, fact, with_lines=True) for fact in facts]

    assert "Standing 60 -> 62 (+2): 'Talk calmly' by The mayor, line 1" in sentences


def odds_of(rules, position, role, order):
    entry = next(entry for entry in rules.menu(position, role) if entry.id == order.id)
    return {odds.title: odds for odds in entry.odds if odds.candidate == order}


def test_odds_count_what_the_order_itself_does_before_the_check():
    rules = toys.kernel()
    position, _ = rules.start(7)
    march = Order("march", "docks")
    odds = odds_of(rules, position, "union", march)["swell"]
    _, facts = rules.adjudicate(position, {"union": [march]})
    roll = next(fact for fact in facts if isinstance(fact, Roll) and fact.label == odds.label)

    assert odds.low == odds.high == roll.percent == 20 + 52 - 30
    assert [(bonus.text, bonus.low) for bonus in odds.modifiers] == [("unrest[here]", 52), ("10 * cold", -30)]


def test_a_term_the_role_does_not_see_makes_the_odds_a_range():
    rules = toys.kernel()
    position, _ = rules.start(7)
    odds = odds_of(rules, position, "mayor", Order("talk_calm"))["heard"]

    assert (odds.base, odds.low, odds.high) == (40, 42, 52)
    assert [(bonus.low, bonus.high) for bonus in odds.modifiers] == [(12, 12), (-10, 0)]


def test_an_estimated_term_counts_as_it_is_perceived():
    rules = toys.kernel()
    position, _ = rules.start(7)
    seen = rules.perceive(position, "mayor")[rules.slots("unrest.docks")[0]]
    odds = odds_of(rules, position, "mayor", Order("send_guard", "docks", "police"))["clash"]

    assert odds.modifiers[1].low == odds.modifiers[1].high == (seen - 10) // 4
