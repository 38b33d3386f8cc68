"""Questions for the room: in order, drawn from this game, without blame, and luck called luck."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.debrief.games import lively_game
from wargame.debrief.luck import luck
from wargame.debrief.markdown import Names
from wargame.debrief.question import GROUPS
from wargame.debrief.questions import questions, questions_page
from wargame.debrief.record import Record, open_record

SAVES = Path(__file__).parents[2] / "saves"
BLAME = ("mistake", "blame", "fault", "wrong", "should have", "guilty", "fail", "bad decision", "stupid")


def recorded(name: str) -> Record:
    return open_record(SAVES / f"recorded-{name}.jsonl")


def check(record: Record, *, with_luck: bool = False) -> None:
    measured = luck(record, 2) if with_luck else None
    found = questions(record, measured)

    assert [each.group for each in found] == sorted((each.group for each in found), key=GROUPS.index)
    for group in GROUPS:
        assert 2 <= sum(each.group == group for each in found) <= 4
    calendar = record.kernel.plan.calendars[record.length]
    for each in found:
        assert each.turn in calendar and "?" in each.text and each.listen
        assert str(each.turn) in each.text
        # What authors called an order is theirs; only our own words are looked at.
        own = re.sub(r"'[^']*'", "", f"{each.text} {each.listen} {each.also}").lower()
        assert not [word for word in BLAME if re.search(rf"\b{word}", own)]
        if each.topic in ("dice", "unlikely roll"):
            assert "luck" in each.text
    assert len({each.text for each in found}) == len(found)
    assert found == questions(record, measured)


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 10_000), turns=st.integers(0, 9))
def test_every_group_has_questions_in_order_about_turns_of_this_game(
    tmp_path_factory: pytest.TempPathFactory, seed: int, turns: int
) -> None:
    path = tmp_path_factory.mktemp("g") / "g.jsonl"
    lively_game(path, seed, turns)
    record = open_record(path)

    check(record, with_luck=turns == 1)
    page, bare = ("\n".join(questions_page(record, names)) for names in (Names(), Names(anonymous=True)))
    assert "<script>" not in page and "\x1b" not in page and "script" not in bare
    assert [page.index(f"## {number}. ") for number in range(1, 5)] == sorted(
        page.index(f"## {number}. ") for number in range(1, 5)
    )


@pytest.mark.parametrize("name", ["bargain", "historical-line"])
def test_of_the_shipped_games(name: str) -> None:
    record = recorded(name)

    check(record)
    check(record, with_luck=True)


def test_they_are_about_what_happened_in_the_game() -> None:
    bargain = {each.topic for each in questions(recorded("bargain"))}
    line = questions(recorded("historical-line"))

    assert {"left the record", "refused offer", "kept agreement", "history", "victims"} <= bargain
    assert any(each.topic == "red line" and each.turn == 8 for each in line)
    assert "left the record" not in {each.topic for each in line}
    # Who did what was really done is never asked why it strayed, and the facilitator is told so.
    assert any("The record made the same choice" in each.also for each in line)


def test_confidence_is_asked_about_and_late_turns_are(tmp_path: Path) -> None:
    topics: set[str] = set()
    for seed in range(6):
        lively_game(tmp_path / f"{seed}.jsonl", seed)
        topics |= {each.topic for each in questions(open_record(tmp_path / f"{seed}.jsonl"))}

    assert {"confidence", "time", "unlikely roll"} <= topics


def test_luck_adds_what_dice_and_orders_gave() -> None:
    record = recorded("historical-line")
    topics = {each.topic for each in questions(record, luck(record, 60))}

    assert {"dice", "turning point"} & topics
