"""Other orders in one turn: no change leads nowhere else, dice are the same, a branch can be played."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.debrief.test_debrief import random_game
from tests.lab.native_games import some_orders
from wargame.agents.driver import Table
from wargame.debrief import onward as lab
from wargame.debrief.branch import branch
from wargame.debrief.onward import Begun, onward
from wargame.debrief.record import Record, open_record
from wargame.debrief.whatif import BANDS, Change, Others, compare, same_dice
from wargame.debrief.whatif import given as ordered
from wargame.errors import IllegalOrder, WargameError
from wargame.lab.headlines import headlines
from wargame.rules.orders import Order
from wargame.session.replay import verify
from wargame.session.session import Session

SAVES = sorted((Path(__file__).parents[2] / "saves").glob("recorded-*.jsonl"))
GAMES = 20


@pytest.fixture(scope="module", params=SAVES, ids=lambda path: path.stem)
def recorded(request: pytest.FixtureRequest) -> Record:
    return open_record(request.param)


def unchanged(record: Record, number: int, role: str) -> Change:
    """What the role did order in a turn."""
    then = record.turns[number]
    return Change(then.turn, role, ordered(then).get(role, ()))


@settings(max_examples=10)
@given(seed=st.integers(0, 2**32))
def test_a_change_that_changes_nothing_leads_where_the_game_went(
    tmp_path_factory: pytest.TempPathFactory, seed: int
) -> None:
    record = open_record(random_game(tmp_path_factory.mktemp("game") / "a.jsonl", seed))
    others: list[Others] = ["doctrines", "recorded"]
    for number, then in enumerate(record.turns):
        for role in record.kernel.scenario.roles:
            for who in others:
                found = same_dice(record, unchanged(record, number, role), who)

                assert found == tuple(each.after for each in record.turns[number:])
        assert then.ordered.turn == then.turn


def test_nothing_changed_is_no_gain_for_anybody(recorded: Record) -> None:
    role = next(iter(recorded.kernel.scenario.roles))
    found = compare(recorded, unchanged(recorded, 4, role), GAMES)

    assert found.actual == found.other and found.is_noise
    assert all((gain.value, gain.low, gain.high) == (0, 0, 0) for gain in found.gain.values())


@settings(max_examples=8)
@given(seed=st.integers(0, 2**32))
def test_other_orders_are_played_to_the_end_with_the_same_dice(
    tmp_path_factory: pytest.TempPathFactory, seed: int
) -> None:
    path = random_game(tmp_path_factory.mktemp("game") / "a.jsonl", seed)
    record, random = open_record(path), Random(seed)
    then, role = random.choice(record.turns), random.choice(list(record.kernel.scenario.roles))
    change = Change(then.turn, role, tuple(some_orders(record.kernel, then.ordered, role, random)))
    found = same_dice(record, change)

    assert found[-1].is_over and {each.seed for each in found} == {record.last.seed}
    assert found == same_dice(record, change)
    assert same_dice(record, change, "recorded")[-1].is_over

    saved = branch(path, change, to=path.with_name("b.jsonl"))
    assert verify(saved).kind == "clean"
    with Session.open(saved) as session:
        assert session.position == found[0]
        assert session.course.header.branch is not None and session.course.header.branch.turn == then.turn
        assert session.seats[role] == "person"
        if not session.is_over:
            assert Table.of(session).waiting == tuple(record.kernel.scenario.roles)
            session.control().hand_over(role, f"doctrine:{record.doctrines[role]}")
            Table.of(session).play_to_the_end()
        assert session.position == found[-1]


def test_the_fan_is_made_of_the_games(recorded: Record) -> None:
    then = recorded.turns[3]
    found = compare(recorded, Change(then.turn, "tokayev", ()), GAMES)
    lines = onward(recorded, GAMES)(Begun(then.ordered, ordered(then), talked=True))

    assert sum(found.actual.endings.values()) == sum(found.other.endings.values()) == GAMES
    for fan, about in zip(found.actual.fans, headlines(recorded.kernel), strict=True):
        assert fan.id == about.id and len(fan.bands) == len(fan.turns) + 1
        assert fan.turns[0] == then.turn
        assert set(fan.bands[0]) == {about.read(then.ordered.values)}, "the turn begins as it did"
        for row in fan.bands:
            assert len(row) == len(BANDS) and list(row) == sorted(row)
    assert {line.ending for line in lines} == set(found.actual.endings)


def test_without_machine_code_the_lines_are_the_same(
    recorded: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    then = recorded.turns[6]
    begun = Begun(then.ordered, ordered(then), talked=True)
    quick = onward(recorded, 6)(begun)
    heard: list[int] = []
    monkeypatch.setattr(lab, "is_there", lambda: False)

    assert onward(recorded, 6)(begun, heard.append) == quick
    assert sum(heard) == 6


def test_after_the_end_nothing_is_played(recorded: Record) -> None:
    lines = onward(recorded, 3)(Begun(recorded.last))

    assert [line.ending for line in lines] == [recorded.last.ending] * 3
    assert all(len(line.rows) == 1 for line in lines)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (Change(99, "tokayev", ()), "turn 99 was not played in this game; it has 1, 2, 3"),
        (Change(1, "nobody", ()), "there is no role 'nobody'; the roles are kremlin"),
    ],
)
def test_what_cannot_be_asked_is_refused_in_one_line(recorded: Record, change: Change, words: str) -> None:
    with pytest.raises(WargameError, match=words) as refused:
        compare(recorded, change, GAMES)
    assert "\n" not in str(refused.value)


def test_an_order_that_could_not_be_given_is_refused(recorded: Record, tmp_path: Path) -> None:
    then = recorded.turns[0]
    legal = recorded.kernel.legal(then.ordered, "tokayev")
    change = Change(then.turn, "tokayev", (*legal[:1], evolve(legal[0], id="fly_home")))

    with pytest.raises(IllegalOrder):
        same_dice(recorded, change)
    with pytest.raises(IllegalOrder):
        branch(SAVES[0], Change(1, "tokayev", (Order("fly_home"),)), to=tmp_path / "b.jsonl")
    assert not (tmp_path / "b.jsonl").exists()
    with pytest.raises(WargameError, match="2 continuations at least"):
        onward(recorded, 1)
