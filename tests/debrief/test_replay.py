"""Replay: every chair is shown what it was shown in the game, and no more; control is shown everything."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest
from attrs import evolve
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.lab.native_games import some_orders
from wargame.debrief.record import Record, open_record, record_of
from wargame.debrief.replay import BY_FACT, BY_PHASE, BY_TURN, LAST, NotOpen, Replay, chairs, moved, stops
from wargame.rules.facts import Change, Fact, PhaseBegan
from wargame.rules.orders import Act, Answer, Offer, Promise
from wargame.rules.trace import in_words
from wargame.rules.view import CONTROL, Reading, View
from wargame.session.kernels import kernel_for, load
from wargame.session.public import open_book
from wargame.session.seat import Submission
from wargame.session.session import Session
from wargame.session.why import account

SAVES = sorted((Path(__file__).parents[2] / "saves").glob("recorded-*.jsonl"))
ROLES = ("mayor", "union")
TUTORIAL = kernel_for(load("tutorial"))
PEOPLE = dict.fromkeys(ROLES, "person")


class Witness:
    """What each seat of a game was shown while it was played, and what it did."""

    def __init__(self) -> None:
        self.views: dict[tuple[str, int, str], View] = {}
        """By role, played turn and when in it: as it began, as orders were given, or how it came out."""

        self.facts: dict[tuple[str, int], list[Fact]] = {}
        """By role and played turn, all it was told from its beginning to the next one's."""

        self.heard: dict[str, list[str]] = {}
        self.reasons: dict[str, list[str]] = {}

    def look(self, session: Session, when: str) -> None:
        for role in session.scenario.roles:
            view = session.seat(role).view()
            self.views[role, session.position.step, when] = view

    def told(self, session: Session, step: int) -> None:
        for role in session.scenario.roles:
            self.facts.setdefault((role, step), []).extend(session.seat(role).happened())


def talks(session: Session, role: str, random: Random) -> None:
    seat = session.seat(role)
    if random.random() < 0.5:
        other = next(each for each in session.scenario.roles if each != role)
        seat.say(f"{role} says {random.randrange(100)}", to=random.choice(((), (other,), (role,))))
    acts: list[Act] = [act for act in seat.view().acts if isinstance(act, Offer | Answer | Promise)]
    if acts and random.random() < 0.6:
        session.say(role, random.choice(acts))


def played(path: Path, seed: int, turns: int) -> tuple[Record, Witness]:
    """A tutorial game of two persons at random, with talk, and with rulings of control; and what they saw."""
    random, witness = Random(seed), Witness()
    with Session.create("tutorial", seed=seed, seats=PEOPLE, path=path) as session:
        for _ in range(turns):
            if session.is_over:
                break
            step = session.position.step
            witness.look(session, "began")
            for role in ROLES:
                talks(session, role, random)
            if random.random() < 0.4:
                session.control().inject("Rain is forecast.", to=(random.choice(ROLES),), reason="secret why")
            witness.told(session, step)
            witness.look(session, "ordered")
            for role in ROLES:
                given = some_orders(session.kernel, session.position, role, random)
                why = f"{role} why {random.randrange(10**6)}"
                witness.reasons.setdefault(role, []).append(why)
                session.seat(role).submit([Submission(each, why, "", 70) for each in given])
            session.control().adjudicate()
            witness.told(session, step)
        witness.look(session, "end" if session.is_over else "began")
        if not session.is_over:
            witness.told(session, session.position.step)
        for role in ROLES:
            seat = session.seat(role)
            witness.heard[role] = [seat.in_words(said) for said in seat.messages()]
        record = record_of(session.course, session.verdict)
    return record, witness


def as_known(view: View) -> tuple[object, ...]:
    return view.turn, view.readings, view.history, view.deals, view.acts


def told_of(replay: Replay, number: int) -> dict[tuple[str, str | None], int]:
    """What the changes told of the turn, up to that stop, have led to."""
    stops = replay.so_far(number) if replay.stops[number].section != LAST else ()
    facts = [stop.fact for stop in stops if stop.section > 2]
    return {(fact.variable, fact.place): fact.after for fact in facts if isinstance(fact, Change)}


def after(reading: Reading, told: dict[tuple[str, str | None], int]) -> Reading:
    value = told.get((reading.id, reading.place))
    if value is None or not reading.exact:
        return reading
    words = in_words(TUTORIAL.plan.variables[reading.id].about.type, value)
    return evolve(reading, value=value, low=value, high=value, words=words)


GAMES = settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@GAMES
@given(seed=st.integers(0, 10_000), turns=st.integers(0, 9))
def test_a_chair_is_shown_no_more_than_its_seat_was_in_the_game(
    tmp_path_factory: pytest.TempPathFactory, seed: int, turns: int
) -> None:
    record, witness = played(tmp_path_factory.mktemp("g") / "g.jsonl", seed, turns)
    for role in ROLES:
        replay = Replay(record, role)
        other = next(each for each in ROLES if each != role)
        for number, stop in enumerate(replay.stops):
            when = "end" if stop.section == LAST else "began" if stop.section < 2 else "ordered"
            seen, told = witness.views[role, stop.step, when], told_of(replay, number)
            expected = evolve(seen, readings=tuple(after(each, told) for each in seen.readings))
            assert as_known(replay.view(number)) == as_known(expected)
            assert stop.fact is None or stop.fact in witness.facts[role, stop.step]
            assert not any(why in stop.words for why in witness.reasons.get(other, ()))
            assert "secret why" not in stop.words and stop.who != CONTROL
            if stop.phase == "Talk" and stop.fact is None:
                assert stop.words in witness.heard[role]
            if stop.phase == "Orders given" and stop.fact is None:
                assert stop.who == role
        talk = [stop.words for stop in replay.stops if stop.phase == "Talk" and stop.fact is None]
        assert talk == witness.heard[role]


@GAMES
@given(seed=st.integers(0, 10_000), turns=st.integers(0, 9))
def test_control_is_shown_every_fact_every_word_and_every_order(
    tmp_path_factory: pytest.TempPathFactory, seed: int, turns: int
) -> None:
    record, _ = played(tmp_path_factory.mktemp("g") / "g.jsonl", seed, turns)
    found = stops(record, CONTROL)
    shown = [stop.fact for stop in found if stop.fact is not None]

    everything = [fact for step in record.course.steps for fact in step.facts]
    assert sorted(map(repr, shown)) == sorted(
        repr(fact) for fact in everything if not isinstance(fact, PhaseBegan)
    )
    words = "\n".join(stop.words for stop in found)
    given_reasons = [
        each.reason for turn in record.turns for given in turn.submissions.values() for each in given
    ]
    assert all(why in words for why in given_reasons)
    assert sum(stop.phase == "Talk" and stop.who in ROLES for stop in found) == len(record.course.said)
    assert sum(stop.who == CONTROL for stop in found) == len(record.course.decisions)
    assert len(found) >= len(stops(record, "mayor"))


@GAMES
@given(seed=st.integers(0, 10_000), turns=st.integers(1, 9), here=st.integers(0, 10_000))
def test_one_comes_everywhere_and_back(
    tmp_path_factory: pytest.TempPathFactory, seed: int, turns: int, here: int
) -> None:
    record, _ = played(tmp_path_factory.mktemp("g") / "g.jsonl", seed, turns)
    mine, whole = Replay(record, "mayor"), Replay(record, CONTROL)
    found, here = mine.stops, here % len(mine.stops)
    for unit in (BY_FACT, BY_PHASE, BY_TURN):
        forward, back = moved(found, here, unit, 1), moved(found, here, unit, -1)
        assert back <= here <= forward and (forward > here or here == len(found) - 1)
        assert back < here or here == 0
        assert moved(found, len(found) - 1, unit, 1) == len(found) - 1
    assert {found[moved(found, at, BY_TURN, 1)].step - found[at].step for at in range(len(found))} <= {0, 1}
    assert [found[mine.at_turn(turn)].turn for turn in mine.turns] == list(mine.turns)
    assert [stop.place for stop in found] == sorted(stop.place for stop in found)
    there = whole.stops[whole.same_place(found[here])]
    assert there.place <= found[here].place and there.step == found[here].step
    assert mine.so_far(here)[-1] is found[here]
    moments = mine.past(here)
    assert found[here].step <= len(moments) <= found[here].step + 1
    # How a turn begins is known as it begins; of what comes of it only what has been told.
    told = [stop.fact for at, stop in enumerate(found) if at <= here or stop.section < 2]
    for reading in mine.view(here).readings:
        way = account(mine.public, moments, reading.id, reading.place)
        # What is told by W is what is shown, and nothing that is told later.
        assert way.kind == "unseen" or way.stands[-1][1] == reading
        if way.kind == "exact":
            assert (way.start or 0) + sum(move.by for move in way.moves) == reading.value
    known = [fact for moment in moments for fact in moment.facts if isinstance(fact, Change)]
    assert all(fact in told for fact in known)


def test_control_can_ask_why_of_any_number_at_any_stop() -> None:
    record = open_record(SAVES[0])
    replay = Replay(record, CONTROL)
    number = replay.at_turn(7)

    found = account(open_book(record.kernel.book), replay.past(number), "legitimacy")
    assert found.kind == "exact" and found.stands[-1][0] == 7
    assert (found.start or 0) + sum(move.by for move in found.moves) == found.stands[-1][1].value


def test_while_persons_play_only_control_opens_other_chairs(tmp_path: Path) -> None:
    record, _ = played(tmp_path / "g.jsonl", 1, 1)

    assert chairs(record) == ()
    assert chairs(record, control=True) == ("mayor", "union", CONTROL)
    assert chairs(open_record(SAVES[0]))[-1] == CONTROL
    with Session.create("tutorial", seed=1, seats={"mayor": "person"}, path=tmp_path / "one.jsonl") as one:
        assert chairs(record_of(one.course, one.verdict)) == ("mayor",)


def test_what_does_not_exist_is_named(tmp_path: Path) -> None:
    record = open_record(SAVES[0])

    with pytest.raises(NotOpen, match=r"no chair 'king'; there are: kremlin"):
        Replay(record, "king")
    with pytest.raises(NotOpen, match="no turn 99; it has 1, 2, 3"):
        Replay(record, CONTROL).at_turn(99)


def test_a_save_cut_short_is_replayed_up_to_where_it_is_good(tmp_path: Path) -> None:
    lines = SAVES[0].read_bytes().splitlines(keepends=True)
    short = tmp_path / "short.jsonl"
    short.write_bytes(b"".join(lines[: len(lines) // 2]) + b"garbage")
    replay = Replay(open_record(short), CONTROL)

    assert 1 < len(replay.turns) < 12
    assert replay.stops[-1].section != LAST
