"""Private notes of a seat: kept with the game, and read by nobody else."""

from __future__ import annotations

from pathlib import Path

import pytest

from wargame.agents.driver import Table
from wargame.agents.seating import seating
from wargame.errors import IllegalOrder, JournalError
from wargame.session.kernels import load
from wargame.session.replay import verify
from wargame.session.session import Session
from wargame.session.show import show

SECRET = "Trust nobody from the barracks"


def new_session(path: Path) -> Session:
    scenario = load("tutorial")
    return Session.create(scenario, seed=1, seats=seating(scenario, {}, persons=("mayor",)), path=path)


def role_of(session: Session) -> str:
    return next(role for role, player in session.seats.items() if player == "person")


def test_notes_are_kept_with_the_game_changed_and_struck_out(tmp_path: Path) -> None:
    path = tmp_path / "game.jsonl"
    with new_session(path) as session:
        seat = session.seat(role_of(session))
        seat.note(SECRET)
        seat.note("second")
        seat.note("third\nline", 2)
        seat.note("", 1)
        before = path.stat().st_size
        seat.note("third\nline", 2)
        assert path.stat().st_size == before

    assert verify(path).kind == "clean"
    with Session.open(path) as session:
        assert [note.text for note in session.seat(role_of(session)).notes] == ["", "third\nline"]


def test_no_other_seat_reads_them(tmp_path: Path) -> None:
    with new_session(tmp_path / "game.jsonl") as session:
        own = role_of(session)
        session.seat(own).note(SECRET)
        for role in session.scenario.roles:
            if role != own:
                seat = session.seat(role)
                assert SECRET not in repr(
                    (seat.notes, seat.view(), seat.messages(), seat.told(), seat.past())
                )
                assert SECRET not in show(session.path, role=role)


def test_notes_change_nothing_in_the_game_and_can_be_made_when_it_has_ended(tmp_path: Path) -> None:
    with new_session(tmp_path / "game.jsonl") as session:
        table, seat = Table.of(session), session.seat(role_of(session))
        while not session.is_over:
            digest = session.position.digest()
            seat.note(f"turn {session.turn}")
            assert session.position.digest() == digest
            seat.submit([])
            table.play_agents()
            table.advance()
        seat.note("afterwards")
        count = len(seat.notes)

    assert verify(tmp_path / "game.jsonl").kind == "clean"
    with Session.open(tmp_path / "game.jsonl") as session:
        assert len(session.seat(role_of(session)).notes) == count


@pytest.mark.parametrize(
    ("text", "number"), [("", None), ("x" * 2001, None), ("x", 1), ("x", 0), ("\x1b", None)]
)
def test_what_cannot_be_noted_is_refused(tmp_path: Path, text: str, number: int | None) -> None:
    with new_session(tmp_path / "game.jsonl") as session, pytest.raises(IllegalOrder):
        session.seat(role_of(session)).note(text, number)


def test_a_game_that_can_only_be_read_takes_no_notes(tmp_path: Path) -> None:
    path = tmp_path / "game.jsonl"
    new_session(path).close()
    with Session.open(path, read_only=True) as session, pytest.raises((JournalError, IllegalOrder)):
        session.seat(role_of(session)).note("x")
