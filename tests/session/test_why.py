"""Why a number is what it is: the known changes add up, and what is not known is said as such."""

from __future__ import annotations

from pathlib import Path

import pytest

from wargame.agents.driver import Table
from wargame.agents.seating import seating
from wargame.rules.facts import Cause, Change, TurnBegan
from wargame.rules.view import Reading
from wargame.session.kernels import load
from wargame.session.public import Public
from wargame.session.session import Session
from wargame.session.why import BETWEEN, HIDDEN, Account, Moment, Move, account, named, past

ROLE = "tokayev"


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> Session:
    scenario = load("kazakhstan-2022")
    path = tmp_path_factory.mktemp("why") / "game.jsonl"
    made = Session.create(scenario, seed=3, seats=seating(scenario, {}, persons=(ROLE,)), path=path)
    table = Table.of(made)
    for _ in range(4):
        table.talk()
        made.seat(ROLE).submit([])
        table.play_agents()
        table.advance()
    return made


@pytest.fixture(scope="module")
def public(session: Session) -> Public:
    return session.seat(ROLE).scenario


def accounts(public: Public, moments: tuple[Moment, ...]) -> list[Account]:
    return [
        account(public, moments, id, place)
        for id, note in public.gauges.items()
        for place in (list(public.places) if note.per_place else [None])
    ]


@pytest.mark.parametrize("role", ["tokayev", "kremlin", "protesters", "west"])
def test_the_moves_of_every_exact_value_lead_from_its_start_to_what_it_is(
    session: Session, role: str
) -> None:
    moments = past(session, role)
    found = [each for each in accounts(session.seat(role).scenario, moments) if each.kind == "exact"]

    assert found
    for each in found:
        assert each.start is not None
        assert each.start + sum(move.by for move in each.moves) == each.stands[-1][1].value
        running = each.start
        for move in each.moves:
            assert (move.before, move.after) == (running, running + move.by)
            running = move.after


def test_nothing_moves_an_exact_value_that_is_not_told(session: Session, public: Public) -> None:
    moves = [move for each in accounts(public, past(session, ROLE)) for move in each.moves]

    assert moves
    assert not [move for move in moves if move.cause == BETWEEN]


def test_an_estimate_has_no_moves(session: Session, public: Public) -> None:
    found = [each for each in accounts(public, past(session, ROLE)) if each.kind == "estimate"]

    assert found
    assert all(not each.moves and each.start is None for each in found)
    assert all(len(each.stands) == 5 for each in found)


def test_a_derived_value_is_said_to_be_worked_out(session: Session) -> None:
    seat = session.seat("kremlin")

    assert account(seat.scenario, seat.past(), "gate").kind == "derived"


def test_what_a_role_does_not_see_is_not_accounted_for(session: Session, public: Public) -> None:
    hidden = next(id for id in session.scenario.variables if id not in public.gauges)

    assert account(public, past(session, ROLE), hidden) == Account(hidden, None, "unseen")


def test_what_control_set_by_hand_is_in_the_account(session: Session, public: Public, tmp_path: Path) -> None:
    copy = tmp_path / "copy.jsonl"
    copy.write_bytes(session.path.read_bytes())
    with Session.open(copy) as other:
        other.control().set("legitimacy", 70, reason="an example")
        told = account(public, past(other, ROLE), "legitimacy").moves[-1]
        assert (told.after, told.cause) == (70, "a ruling of control")
        other.seat(ROLE).submit([])
        table = Table.of(other)
        table.play_agents()
        table.advance()
        found = account(public, past(other, ROLE), "legitimacy")
        assert [move.cause for move in found.moves].count("a ruling of control") == 1
        assert all(move.cause != BETWEEN for move in found.moves)


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("legitimacy", ("legitimacy", None)),
        ("unrest almaty", ("unrest", "almaty")),
        ("Unrest ALMA", ("unrest", "almaty")),
        ("public_order", ("public_order", None)),
        ("no such thing", None),
        ("", None),
        ("legitimacy almaty", None),
    ],
)
def test_a_value_is_found_by_name(public: Public, words: str, found: tuple[str, str | None] | None) -> None:
    assert named(public, words) == found


def moment(turn: int, value: int, *facts: object, during: int = 0) -> Moment:
    reading = Reading("legitimacy", None, value, value, value, True, 0, str(value))
    causes = tuple(each.cause.id if isinstance(each, Change) else "" for each in facts)
    return Moment(turn, turn, "", (reading,), facts, causes, causes, during, (), frozenset())  # type: ignore[arg-type]


def moved(by: int, cause: Cause) -> Change:
    return Change("legitimacy", None, 0, by, by, cause)


def test_a_gap_between_the_facts_is_a_move_by_what_was_not_told(public: Public) -> None:
    moments = [moment(1, 50), moment(2, 58, moved(5, Cause("order", "march")), TurnBegan(2, 2))]

    assert account(public, moments, "legitimacy").moves == (
        Move(1, 5, 50, 55, "march"),
        Move(1, 3, 55, 58, BETWEEN, is_known=False),
    )


def test_hidden_causes_are_named_as_hidden_and_neighbours_of_one_cause_are_told_together(
    public: Public,
) -> None:
    other, march = Cause("other"), Cause("order", "march")
    facts = (moved(2, march), moved(3, march), moved(-1, other), TurnBegan(2, 2))

    assert account(public, [moment(1, 50), moment(2, 54, *facts)], "legitimacy").moves == (
        Move(1, 5, 50, 55, "march"),
        Move(1, -1, 55, 54, HIDDEN, is_known=False),
    )
