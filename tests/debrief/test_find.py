"""A decision put to somebody again, and what came of three answers to it."""

from __future__ import annotations

from pathlib import Path

import pytest

from wargame.debrief.find import DRAWN, doctrines_choices, in_words, puzzles, tried, was_so
from wargame.debrief.luck import luck
from wargame.debrief.record import Record, open_record
from wargame.debrief.turning import Point
from wargame.debrief.whatif import given, played
from wargame.errors import IllegalOrder
from wargame.lab.intervals import Estimate
from wargame.rules.orders import Order

SAVES = Path(__file__).parents[2] / "saves"
GAMES = 60
BY = Estimate(-3, -4, -2, 100)


@pytest.fixture(scope="module")
def line() -> Record:
    return open_record(SAVES / "recorded-historical-line.jsonl")


def test_a_puzzle_does_not_tell_what_was_done(line: Record) -> None:
    points = [
        Point(5, "tokayev", "orders", BY, ("'Take the Security Council'",)),
        Point(5, "tokayev", "dice", BY, ("'the units obey'",)),
        Point(6, "west", "orders", BY, ("no orders",)),
    ]
    found = puzzles(line, points)

    assert [(each.turn, each.role) for each in found] == [(5, "tokayev"), (6, "west")]
    assert "Security Council from" not in repr(found[1])


def test_the_same_orders_are_as_good_as_what_was_done(line: Record) -> None:
    done = given(played(line, 6))["tokayev"]
    trial = tried(line, 6, "tokayev", done, GAMES)

    assert trial.own_score == trial.done_score
    assert (trial.over_done.low, trial.over_done.value, trial.over_done.high) == (0, 0, 0)
    assert any("within noise" in sentence for sentence in in_words(line, trial))


def test_what_history_did_is_not_called_a_mistake(line: Record) -> None:
    done = given(played(line, 6))["tokayev"]
    assert was_so(line, 6, "tokayev", done)
    sentences = in_words(line, tried(line, 6, "tokayev", (), GAMES))

    assert any("hindsight is no reason" in sentence for sentence in sentences)
    assert not any("mistake" in each for each in sentences if "no reason" not in each)


def test_to_call_nobody_costs_the_president(line: Record) -> None:
    trial = tried(line, 6, "tokayev", (), 200)

    assert trial.over_done.is_below_zero
    assert "worse by" in "\n".join(in_words(line, trial))
    assert not was_so(line, 6, "tokayev", ())


def test_the_doctrines_answer_may_be_given(line: Record) -> None:
    for role in line.kernel.scenario.roles:
        for turn in (1, 6, 9):
            then = played(line, turn)
            choices = doctrines_choices(line, then, role)

            for orders, _ in choices:
                line.kernel.check(then.ordered, role, orders)
            assert sum(times for _, times in choices) == DRAWN


def test_the_doctrine_is_judged_as_in_the_account_of_luck(line: Record) -> None:
    then = played(line, 6)
    account = luck(line, GAMES).accounts["tokayev"]

    trial = tried(line, 6, "tokayev", given(then)["tokayev"], GAMES)

    turn = next(each for each in account.turns if each.turn == 6)
    assert trial.over_doctrine.value == pytest.approx(turn.own.value)
    assert trial.over_done.value == 0


def test_an_answer_that_may_not_be_given_is_refused(line: Record) -> None:
    with pytest.raises(IllegalOrder):
        tried(line, 6, "tokayev", (Order("accept_request"),), GAMES)
