"""What single rolls and orders gave: rolls add up to the luck of their turn, and nothing is left out."""

from __future__ import annotations

from pathlib import Path

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.debrief.test_debrief import random_game
from wargame.debrief import rolls as lab
from wargame.debrief.luck import luck
from wargame.debrief.record import Record, open_record
from wargame.debrief.rolls import order_worth, roll_luck
from wargame.debrief.whatif import given as ordered
from wargame.rules.facts import Roll

SAVES = sorted((Path(__file__).parents[2] / "saves").glob("recorded-*.jsonl"))
GAMES = 6


@pytest.fixture(scope="module", params=SAVES, ids=lambda path: path.stem)
def recorded(request: pytest.FixtureRequest) -> Record:
    return open_record(request.param)


@settings(max_examples=5)
@given(seed=st.integers(0, 2**32))
def test_the_rolls_of_a_turn_add_up_to_its_luck_exactly(
    tmp_path_factory: pytest.TempPathFactory, seed: int
) -> None:
    record = open_record(random_game(tmp_path_factory.mktemp("game") / "a.jsonl", seed))
    found = luck(record, GAMES)
    for number, then in enumerate(record.turns):
        rolls = roll_luck(record, then, GAMES)

        for role, account in found.accounts.items():
            assert sum(each.sums[role] for each in rolls) == account.turns[number].sums[1]


def test_so_they_do_in_the_shipped_games(recorded: Record) -> None:
    found = luck(recorded, GAMES)
    for number in (4, 7):
        rolls = roll_luck(recorded, recorded.turns[number], GAMES)

        for role, account in found.accounts.items():
            assert sum(each.sums[role] for each in rolls) == account.turns[number].sums[1]


def test_every_roll_of_the_turn_is_accounted_for(recorded: Record) -> None:
    then = recorded.turns[4]
    told = [fact for fact in then.facts if isinstance(fact, Roll)]
    found = [roll for each in roll_luck(recorded, then, 2) for roll in each.rolls]

    assert sorted(found, key=repr) == sorted(told, key=repr)


def test_laid_down_dice_show_what_they_showed(recorded: Record) -> None:
    for then in recorded.turns[:6]:
        after, throws = recorded.kernel.thrown(then.ordered, ordered(then))
        assert after == then.after
        other = evolve(then.ordered, seed=7)
        again, _ = recorded.kernel.thrown(other, ordered(then), {each.die: each.face for each in throws})

        assert again.values == then.after.values
        assert recorded.kernel.thrown(other, ordered(then))[0] == recorded.kernel.play(
            other, [order for each in ordered(then).values() for order in each]
        )


def test_without_machine_code_it_is_the_same(recorded: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    then = recorded.turns[-2]
    rolls, orders = roll_luck(recorded, then, 3), order_worth(recorded, then, 3)
    monkeypatch.setattr(lab, "is_there", lambda: False)

    assert (roll_luck(recorded, then, 3), order_worth(recorded, then, 3)) == (rolls, orders)


def test_every_order_is_weighed_against_the_turn_without_it(recorded: Record) -> None:
    then = recorded.turns[5]
    found = order_worth(recorded, then, 40)

    assert [(each.role, each.order) for each in found] == [
        (role, order) for role, mine in ordered(then).items() for order in mine
    ]
    assert any(each.by.is_above_zero or each.by.is_below_zero for each in found)
