"""Leading the debrief: every minute spent, every seat with something to take away, and honest counts."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.debrief.games import PEOPLE, lively_game
from wargame.debrief.luck import luck
from wargame.debrief.markdown import Names
from wargame.debrief.participation import participation, participation_page
from wargame.debrief.question import GROUPS, Question
from wargame.debrief.questions import questions
from wargame.debrief.record import Record, open_record
from wargame.debrief.room import ACT, ARRIVE, MINUTES, agenda, room_page
from wargame.debrief.takeaway import takeaways
from wargame.errors import WargameError
from wargame.session.session import Session

SAVES = Path(__file__).parents[2] / "saves"


@pytest.fixture(scope="module")
def bargain() -> Record:
    return open_record(SAVES / "recorded-bargain.jsonl")


@pytest.fixture(scope="module")
def asked(bargain: Record) -> tuple[Question, ...]:
    return questions(bargain)


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 10_000), turns=st.integers(0, 9))
def test_participation_counts_what_was_done(
    tmp_path_factory: pytest.TempPathFactory, seed: int, turns: int
) -> None:
    path = tmp_path_factory.mktemp("g") / "g.jsonl"
    did = lively_game(path, seed, turns)
    record = open_record(path)

    for part in participation(record):
        role = part.role
        assert part.turns == len(record.turns)
        assert (part.ordered, len(part.late)) == (did[role, "turns"], did[role, "late"])
        assert part.ordered + len(part.late) == part.turns
        assert (part.orders, part.confidence) == (did[role, "orders"], did[role, "confidence"])
        assert (part.reasons, part.expectations) == (did[role, "reasons"], did[role, "expectations"])
        assert (part.messages, part.offers) == (did[role, "messages"], did[role, "offers"])
        assert (part.answers, part.promises) == (did[role, "answers"], did[role, "promises"])
        assert len(part.handed) == did[role, "handed"]
    page, bare = ("\n".join(participation_page(record, names)) for names in (Names(), Names(anonymous=True)))
    assert "<script>" not in page and "\x1b" not in page and "script" not in bare
    assert {each.role for each in takeaways(record)} == set(PEOPLE)


@given(minutes=st.integers(10, 180))
def test_every_minute_is_spent_once_and_every_group_is_asked(
    asked: tuple[Question, ...], minutes: int
) -> None:
    slots = agenda(asked, minutes)

    assert slots[0].start == 0 and slots[-1].end == minutes
    assert all(one.end == after.start for one, after in pairwise(slots))
    assert all(slot.end > slot.start for slot in slots)
    assert [slot.title for slot in slots] == [ARRIVE, *GROUPS, ACT]
    for slot in slots[1:-1]:
        assert slot.questions and all(asked[number - 1].group == slot.title for number in slot.questions)
    numbers = [number for slot in slots for number in slot.questions]
    assert numbers == sorted(set(numbers))


@pytest.mark.parametrize("minutes", [0, 9, 181])
def test_no_other_length_is_planned(asked: tuple[Question, ...], minutes: int) -> None:
    with pytest.raises(WargameError, match="10 to 180 minutes"):
        agenda(asked, minutes)


def test_more_minutes_ask_more_questions(asked: tuple[Question, ...]) -> None:
    counts = [sum(len(slot.questions) for slot in agenda(asked, minutes)) for minutes in MINUTES]

    assert counts == sorted(counts) and counts[0] >= 4 and counts[-1] > counts[0]


def test_the_page_plans_three_debriefs_and_gives_every_seat_a_line(bargain: Record) -> None:
    page = "\n".join(room_page(bargain, Names(), luck(bargain, 2)))

    for minutes in MINUTES:
        assert f"## {minutes} minutes" in page
    for about in bargain.kernel.scenario.roles.values():
        assert f"### {about.title}" in page
    assert page.count("First time I can try it: . . .") == 4
    assert page.count("- **") == len(questions(bargain, luck(bargain, 2)))


def test_a_seat_that_was_late_or_too_sure_is_told_so(tmp_path: Path) -> None:
    topics: set[str] = set()
    for seed in range(8):
        lively_game(tmp_path / f"{seed}.jsonl", seed)
        topics |= {each.topic for each in takeaways(open_record(tmp_path / f"{seed}.jsonl"))}

    assert {"late", "number"} <= topics and topics & {"sure", "unsure"}


def test_who_takes_a_seat_over_is_called_by_a_name_people_know(tmp_path: Path) -> None:
    path = tmp_path / "g.jsonl"
    with Session.create("tutorial", seed=1, seats=PEOPLE, path=path) as session:
        session.control().hand_over("mayor", "patient", "ill")
        session.seat("union").submit([])
        session.control().adjudicate(fill_absent=True)
    page = "\n".join(participation_page(open_record(path), Names()))

    title = session.scenario.doctrines["mayor"]["patient"].title
    assert f"went to the doctrine '{title}' in turn 1: ill" in page
