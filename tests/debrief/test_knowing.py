"""Gaps that mattered: only what a seat could not know, and where its doctrine would order something else."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.debrief.test_debrief import random_game
from wargame.debrief.knowing import mattering, weighed
from wargame.debrief.onward import onward
from wargame.debrief.record import Record, open_record
from wargame.debrief.whatif import played

SAVES = sorted((Path(__file__).parents[2] / "saves").glob("recorded-*.jsonl"))


@pytest.fixture(scope="module", params=SAVES, ids=lambda path: path.stem)
def recorded(request: pytest.FixtureRequest) -> Record:
    return open_record(request.param)


def holds(record: Record) -> int:
    """How many gaps mattered; each is one, and both choices could have been ordered."""
    found = mattering(record)
    for each in found:
        about = record.kernel.scenario.variables[each.id]
        sight = about.seen.get(each.role)
        then = played(record, each.turn)

        assert sight is None or not sight.is_exact
        assert (each.shown is None) == (sight is None)
        assert each.shown != each.true
        assert set(each.blind) != set(each.knowing)
        for orders in (each.blind, each.knowing):
            record.kernel.check(then.ordered, each.role, orders)
    return len(found)


@settings(max_examples=15)
@given(seed=st.integers(0, 2**32))
def test_what_mattered_was_not_known(tmp_path_factory: pytest.TempPathFactory, seed: int) -> None:
    holds(open_record(random_game(tmp_path_factory.mktemp("game") / "a.jsonl", seed)))


def test_in_the_shipped_games_some_gaps_mattered(recorded: Record) -> None:
    assert holds(recorded) > 3
    assert holds(recorded) < 60


def test_the_most_telling_comes_first(recorded: Record) -> None:
    found = mattering(recorded)
    ranked = weighed(recorded, found, onward(recorded, 12))
    sizes = [abs(each.by.value) for each in ranked if each.by is not None]

    assert sizes == sorted(sizes, reverse=True) and len(sizes) == len(found)


def test_who_did_not_play_by_the_doctrine_has_a_stand_in(recorded: Record) -> None:
    seats = recorded.course.header.seats
    for each in mattering(recorded):
        assert each.is_stand_in == (seats[each.role] != f"doctrine:{recorded.doctrines[each.role]}")
