"""Talk, agreements, promises, red lines, endings and scores, one example each."""

from __future__ import annotations

import pytest

from tests.rules import toys
from wargame.errors import IllegalOrder, WargameError
from wargame.rules import (
    Answer,
    Change,
    Ended,
    Happened,
    Offer,
    Order,
    Promise,
    RedLine,
    Roll,
    Say,
    Settled,
    Told,
    TurnBegan,
)

QUIET = [Order("talk_calm")]


@pytest.fixture
def rules():
    return toys.kernel()


@pytest.fixture
def start(rules):
    return rules.start(4)[0]


def having(rules, position, **wanted):
    """*position* with variables set; a double underscore stands before a place."""
    values = list(position.values)
    for name, value in wanted.items():
        for slot in rules.slots(name.replace("__", ".")):
            values[slot] = rules.encoded(name.partition("__")[0], value)
    return position.with_values(tuple(values))


def outcomes(facts):
    return [(fact.id, fact.outcome) for fact in facts if isinstance(fact, Settled)]


def deal(rules, position, role):
    return rules.view(position, role).deals[0]


# --- Agreements


def test_an_offer_waits_for_the_other_side(rules, start):
    offered = rules.talk(start, "mayor", Offer("truce"))

    assert deal(rules, offered, "union").state == "offered"
    assert deal(rules, offered, "union").offered_by == "mayor"
    assert rules.view(offered, "press").deals == ()
    assert Answer("truce", True) in rules.acts(offered, "union")
    assert all(getattr(act, "agreement", None) != "truce" for act in rules.acts(offered, "mayor"))


def test_an_accepted_agreement_takes_effect_before_the_first_phase(rules, start):
    agreed = rules.talk(rules.talk(start, "mayor", Offer("truce")), "union", Answer("truce", True))
    assert deal(rules, agreed, "mayor").state == "accepted"
    after, facts = rules.adjudicate(agreed, {})
    first = next(fact for fact in facts if isinstance(fact, Change))

    assert outcomes(facts) == [("truce", "concluded")]
    assert (first.variable, first.by, first.cause.kind) == ("anger", -8, "agreement")
    assert deal(rules, after, "mayor").state == "standing"
    assert any(isinstance(fact, Told) and fact.text == "There is a truce." for fact in facts)
    assert not any(isinstance(fact, Told) and "truce" in fact.text for fact in rules.known(facts, "press"))


def test_a_standing_agreement_works_every_turn(rules, start):
    agreed = rules.talk(rules.talk(start, "union", Offer("truce")), "mayor", Answer("truce", True))
    after, _ = rules.adjudicate(agreed, {})
    _, facts = rules.adjudicate(after, {})
    standing = [fact.by for fact in facts if isinstance(fact, Change) and fact.cause.kind == "agreement"]

    assert standing == [1]


def test_a_named_order_breaks_an_agreement_at_the_end_of_the_turn(rules, start):
    agreed = rules.talk(rules.talk(start, "mayor", Offer("truce")), "union", Answer("truce", True))
    standing, _ = rules.adjudicate(agreed, {})
    after, facts = rules.adjudicate(standing, {"union": [Order("march", "hill")]})
    settled = next(fact for fact in facts if isinstance(fact, Settled))

    assert (settled.outcome, settled.role) == ("broken", "union")
    assert deal(rules, after, "mayor").state == "broken"
    assert any(isinstance(fact, Change) and fact.by == 9 and fact.variable == "anger" for fact in facts)


def test_a_refused_offer_can_be_made_again(rules, start):
    refused = rules.talk(rules.talk(start, "mayor", Offer("truce")), "union", Answer("truce", False))

    assert refused.digest() == start.digest()
    assert Offer("truce") in rules.acts(refused, "union")


@pytest.mark.parametrize(
    ("role", "act", "words"),
    [
        ("press", Offer("truce"), "is between others"),
        ("union", Answer("truce", True), "not on offer"),
        ("press", Answer("truce", True), "is between others"),
        ("mayor", Offer("peace"), "no agreement 'peace'"),
        ("mayor", Promise("moon"), "no promise 'moon'"),
        ("union", Promise("no_army"), "another role.s promise"),
        ("union", Promise("open_gates"), "as things stand"),
        ("mayor", Say(""), "without words"),
        ("mayor", Say("x" * 4001), "at most 4000"),
        ("mayor", Say("hello", ("moon",)), "no role 'moon'"),
        ("moon", Say("hello"), "no role 'moon'"),
    ],
)
def test_an_act_that_cannot_be_done_is_refused_in_words(rules, start, role, act, words):
    with pytest.raises(IllegalOrder, match=words):
        rules.talk(start, role, act)


def test_nobody_answers_his_own_offer_and_nothing_is_offered_twice(rules, start):
    offered = rules.talk(start, "mayor", Offer("truce"))
    with pytest.raises(IllegalOrder, match="your own offer"):
        rules.talk(offered, "mayor", Answer("truce", True))
    with pytest.raises(IllegalOrder, match="offered already"):
        rules.talk(offered, "union", Offer("truce"))
    with pytest.raises(IllegalOrder, match="as things stand"):
        rules.talk(having(rules, start, curfew=True), "union", Offer("truce"))


def test_words_change_nothing(rules, start):
    assert rules.talk(start, "press", Say("We know.", ("mayor",))) is start


# --- Promises


def test_a_promise_to_leave_something_undone_is_kept_by_lasting(rules, start):
    promised = rules.talk(start, "mayor", Promise("no_army"))
    assert rules.view(promised, "press").pledges[0].turns_left == 2
    first, facts = rules.adjudicate(promised, {})
    assert outcomes(facts) == []
    _, facts = rules.adjudicate(first, {})

    assert outcomes(facts) == [("no_army", "kept")]
    assert any(isinstance(fact, Change) and fact.by == 5 and fact.cause.kind == "promise" for fact in facts)


def test_a_promise_is_broken_as_soon_as_the_deed_is_done(rules, start):
    promised = rules.talk(start, "mayor", Promise("no_army"))
    after, facts = rules.adjudicate(promised, {"mayor": [Order("send_guard", "docks", "army")]})

    assert outcomes(facts) == [("no_army", "broken")]
    assert rules.view(after, "union").pledges[0].state == "broken"
    with pytest.raises(IllegalOrder, match="given already"):
        rules.talk(after, "mayor", Promise("no_army"))


def test_a_promise_to_do_something_is_kept_when_done_and_broken_when_time_runs_out(rules, start):
    shut = having(rules, start, closed__docks=True)
    promised = rules.talk(shut, "union", Promise("open_gates"))
    _, facts = rules.adjudicate(having(rules, promised, closed__docks=False), {})
    assert outcomes(facts) == [("open_gates", "kept")]

    position, told = promised, []
    for _ in range(3):
        position, facts = rules.adjudicate(position, {})
        told.append(outcomes(facts))

    assert told == [[], [], [("open_gates", "broken")]]


def test_what_cannot_be_judged_at_the_end_is_moot(rules):
    position, _ = rules.start(4)
    for _ in range(4):
        position, _ = rules.adjudicate(position, {"mayor": QUIET})
    position = rules.talk(position, "mayor", Promise("no_army"))
    _, facts = rules.adjudicate(position, {})

    assert ("no_army", "moot") in outcomes(facts)


# --- Red lines, endings, scores


def test_a_red_line_is_crossed_once_and_for_good(rules, start):
    after, facts = rules.adjudicate(start, {"mayor": [Order("set_curfew", None, "on")]})
    assert RedLine("union", "curfew_on") in facts
    assert RedLine("union", "curfew_on") not in rules.known(facts, "mayor")
    after, facts = rules.adjudicate(after, {"mayor": [Order("set_curfew", None, "off")]})

    assert not any(isinstance(fact, RedLine) for fact in facts)
    assert [line.crossed for line in rules.score(after, "union").red_lines] == [True]


def test_an_early_ending_ends_the_game_at_once(rules, start):
    after, facts = rules.adjudicate(having(rules, start, standing=12), {})

    assert after.ending == "fall" and after.is_over
    assert facts[-1] == Ended("fall")
    assert after.turn == 1 and len(after.past) == 1


def test_other_endings_wait_for_the_last_turn_and_the_last_one_needs_no_condition(rules, start):
    ends = []
    for unrest in (0, 90):
        position = start
        while not position.is_over:
            position = having(rules, position, unrest=unrest)
            position, _ = rules.adjudicate(position, {}, traced=False)
        ends.append((position.ending, position.step))

    assert ends == [("calm", 5), ("open", 5)]


def test_the_score_is_the_weighted_mean_with_agenda_and_penalties(rules, start):
    position = having(rules, start, unrest=20, standing=70, funds=8, guard="army")
    card = rules.score(position, "mayor")
    assert [mark.value for mark in card.objectives] == [80, 70]
    assert card.agenda is not None and card.agenda.reached
    assert card.total == (2 * 80 + 70) // 3 + 10

    after, _ = rules.adjudicate(position, {}, traced=False)
    assert rules.score(after, "mayor").red_lines[0].crossed
    values = rules.score(after, "mayor")
    assert values.total == sum(m.weight * m.value for m in values.objectives) // 3 - 15 + (
        10 if values.agenda.reached else 0
    )


# --- Calendar, events and cards


def test_an_event_timed_for_a_turn_left_out_comes_in_the_next_one_played(rules):
    full, _ = rules.start(4)
    _, facts = rules.adjudicate(full, {})
    assert Happened("letter") in facts and TurnBegan(2, 2) in facts

    short, _ = rules.start(4, "short")
    after, facts = rules.adjudicate(short, {})
    assert Happened("letter") in facts and TurnBegan(3, 2) in facts
    assert [told.text for told in rules.view(after, "mayor").news] == ["The capital is watching."]
    assert rules.view(after, "union").news == ()
    _, facts = rules.adjudicate(after, {})
    assert Happened("letter") not in facts


def test_a_claim_is_marked_in_the_record(rules, start):
    told = []
    for seed in range(12):
        position, _ = rules.start(seed)
        _, facts = rules.adjudicate(having(rules, position, unrest=80, anger=100), {})
        told += [fact for fact in facts if isinstance(fact, Told) and fact.cause.id == "rumour"]
        rolls = [fact for fact in facts if isinstance(fact, Roll) and fact.label == "events.rumour"]
        assert len(rolls) == 1
        assert rolls[0].passed == (Happened("rumour") in facts)

    assert told and all(fact.claim for fact in told)


def test_cards_are_dealt_by_the_seed_and_differ_between_seeds(rules):
    deals = {tuple(rules.start(seed)[0].values) for seed in range(60)}

    assert 4 <= len(deals) <= 6
    assert rules.start(9)[0] == rules.start(9)[0]


def test_a_game_cannot_start_from_nonsense(rules):
    with pytest.raises(WargameError, match="seed -1"):
        rules.start(-1)
    with pytest.raises(WargameError, match="no length 'long'"):
        rules.start(1, "long")
