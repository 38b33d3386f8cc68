"""A game beside what really happened: every order accounted for, and nobody blamed."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.lab.native_games import some_orders
from wargame.debrief.against import LEFT, against, is_recorded
from wargame.debrief.against_page import against_page
from wargame.debrief.markdown import Names
from wargame.debrief.record import Record, open_record
from wargame.rules.orders import Order
from wargame.session.kernels import load
from wargame.session.seat import Submission
from wargame.session.session import Session

SAVES = Path(__file__).parents[2] / "saves"
KAZAKHSTAN = "kazakhstan-2022"


def recorded(name: str) -> Record:
    return open_record(SAVES / f"recorded-{name}.jsonl")


def random_game(path: Path, seed: int, turns: int, length: str = "lesson") -> Record:
    """A game of people who sometimes do what was really done, and sometimes anything."""
    random = Random(seed)
    seats = dict.fromkeys(load(KAZAKHSTAN).roles, "person")
    with Session.create(KAZAKHSTAN, seed=seed, length=length, seats=seats, path=path) as session:
        past = session.scenario.history.turns if session.scenario.history else {}
        for _ in range(turns):
            turn = session.position.turn
            for role in session.scenario.roles:
                really = [Order(o.order, o.place, o.option) for o in past[turn][role]]
                orders = list(some_orders(session.kernel, session.position, role, random))
                if random.random() < 0.5 and session.kernel.allows(session.position, role, really):
                    orders = really
                session.seat(role).submit([Submission(each, "<b>why</b> | x") for each in orders])
            session.control().adjudicate()
    return open_record(path)


@settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 10_000), turns=st.integers(0, 3))
def test_every_order_given_and_every_order_recorded_is_told_once(
    tmp_path_factory: pytest.TempPathFactory, seed: int, turns: int
) -> None:
    record = random_game(tmp_path_factory.mktemp("g") / "g.jsonl", seed, turns)
    found, history = against(record), record.kernel.scenario.history
    assert found is not None and history is not None

    assert [turn.turn for turn in found.turns] == [played.turn for played in record.turns]
    for turn, played in zip(found.turns, record.turns, strict=True):
        for role, orders in played.submissions.items():
            moves = [move for move in turn.moves if move.role == role]
            assert sum(bool(move.given) for move in moves) == len(orders)
            really = [m for m in moves if m.kind in ("same", "moved", "left out", "done", "impossible")]
            # In a short length also what was done in the turns it leaves out counts as done here.
            assert len(really) >= len(history.turns[turn.turn][role])
        assert all(-1 <= level.side <= 1 for level in turn.levels)
    first = found.first
    assert first is None or all(not turn.left for turn in found.turns if turn.turn < first.turn)
    text = "\n".join(against_page(record, Names()))
    assert "<b>" not in text and text.count("### Turn ") == len(record.turns)
    assert "why" not in "\n".join(against_page(record, Names(anonymous=True)))


def test_who_does_what_was_done_never_leaves_the_line() -> None:
    record = recorded("historical-line")
    found = against(record)
    assert found is not None

    given, same = found.shared
    assert found.first is None and given == same == 77
    assert all(not move.leaves for turn in found.turns for move in turn.moves)
    assert found.ending == "crackdown" and found.hindered is not None
    page = "\n".join(against_page(record, Names()))
    assert "Nobody at the table chose to leave" in page and "ended as it really ended" in page
    assert "mistake" not in page and "wrong" not in page


def test_the_bargain_leaves_the_line_in_its_first_turn_and_ends_otherwise() -> None:
    record = recorded("bargain")
    found = against(record)
    assert found is not None and found.first is not None

    assert found.first.turn == 1
    assert {(m.role, m.kind) for m in found.first.left} >= {("tokayev", "left out"), ("protesters", "moved")}
    assert found.first_of("kremlin") == 5
    harm = next(level for level in found.turns[-1].levels if level.id == "HUMAN")
    assert harm.side == -1 and harm.band == 9 and harm.source == "facts 8.3"
    page = "\n".join(against_page(record, Names()))
    assert "comes closest to **Order, and what it cost**" in page
    assert "| facts 8.3 | the bands" in page


def test_the_victims_are_told_as_known_then_and_as_known_now() -> None:
    found = against(recorded("bargain"))
    assert found is not None

    dead = [(each.known, each.value) for each in found.figures if each.what == "dead"]
    assert ("then", "164") in dead and dead[-1] == ("now", "238")
    told = {turn.turn: [each.value for each in turn.figures] for turn in found.turns}
    assert "164" in told[9] and not told[1]
    page = "\n".join(against_page(recorded("bargain"), Names()))
    assert "Known today: 238" in page and "withdrawn as an error" in page


def test_every_source_the_history_names_stands_in_sources_md() -> None:
    scenario = load(KAZAKHSTAN)
    history = scenario.history
    assert history is not None
    texts = [*(day.source for day in history.days.values()), *(each.source for each in history.measures)]
    texts += [each.source for each in history.figures] + [history.outcome.source if history.outcome else ""]
    rows = [line.split("|")[1] for line in scenario.sources.splitlines() if line.count("|") > 2]
    words = {word.strip(" ,") for row in rows for word in (row, *row.split())}
    keys = {key.strip().removeprefix("facts ") for text in texts for key in text.split(";") if key.strip()}

    assert keys - words == set()
    assert set(history.days) == set(range(1, 13))


def test_what_a_short_length_leaves_out_is_told_before_the_next_turn(tmp_path: Path) -> None:
    record = random_game(tmp_path / "g.jsonl", 1, 2)
    found = against(record)
    assert found is not None

    assert [turn.turn for turn in found.turns] == [1, 3]
    assert [number for number, _ in found.turns[1].since] == [2]
    assert "which was not played" in "\n".join(against_page(record, Names()))


def test_a_choice_of_the_record_is_known_as_one() -> None:
    scenario = load(KAZAKHSTAN)

    assert is_recorded(scenario, 6, "kremlin", Order("accept_request"))
    assert not is_recorded(scenario, 5, "kremlin", Order("accept_request"))
    assert not is_recorded(load("tutorial"), 1, "mayor", Order("speak"))


def test_a_scenario_without_history_says_so_in_one_line(tmp_path: Path) -> None:
    seats = {"mayor": "doctrine:patient", "union": "doctrine:steady"}
    with Session.create("tutorial", seed=5, seats=seats, path=tmp_path / "g.jsonl"):
        pass
    record = open_record(tmp_path / "g.jsonl")

    assert against(record) is None and LEFT
    assert "has no record" in "\n".join(against_page(record, Names()))
