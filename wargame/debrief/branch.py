"""A what-if as a save of its own, that one can open and play on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from wargame.agents.seating import PERSON, PREFIX
from wargame.debrief.record import open_record
from wargame.debrief.whatif import Change, checked
from wargame.session.entries import Argued, Dealt, Entry, Injected, Locked, Released, Ruling, Talk, TurnPlayed
from wargame.session.replay import tell
from wargame.session.seat import Submission
from wargame.session.session import Session

__all__ = ["REASON", "branch"]

REASON = "what if"
"""The reason that stands in the save, unless another is given."""


def branch(path: Path | str, change: Change, *, to: Path | str | None = None, reason: str = REASON) -> Path:
    """
    A new save in which *change* was ordered; its path. The save at *path* stays as it is.

    It is the same game with the same dice up to that turn, the turn's talk and control's rulings among it,
    and the other seats order there what they did. The changed seat is a person's from then on, doctrines play
    the others: one opens it and plays on.

    Raises:
        JournalError: If *path* is no saved game, these rules do not play it up to there, or the place does
            not take the new save.
        WargameError: If the game has not played that turn, or there is no such role.
        IllegalOrder: If the role could not have given these orders then.
    """
    record = open_record(path)
    then = checked(record, change)
    with Session.branch(path, change.turn, reason, to=to) as session:
        for entry in _of_turn(path, then.step):
            session.record(entry)
        for role in session.scenario.roles:
            if role != change.role:
                session.record(Locked(role, then.submissions.get(role, ())))
        session.seat(change.role).submit([Submission(order) for order in change.orders])
        for role, who in session.seats.items():
            wanted = PERSON if role == change.role else f"{PREFIX}{record.doctrines[role]}"
            if wanted != who and (role == change.role or who == PERSON):
                session.control().hand_over(role, wanted, reason)
        session.control().adjudicate()
        return session.path


def _of_turn(path: Path | str, step: int) -> Iterator[Entry]:
    """What was said and ruled in a turn, in its sequence, without its orders."""
    with Session.open(path, read_only=True) as session:
        entries = tell(session.journal.records, session.verdict).entries
    now = 0
    for _, entry in entries:
        if isinstance(entry, Dealt | TurnPlayed):
            now += 1
        elif now == step and isinstance(entry, Talk | Ruling | Injected | Released | Argued):
            yield entry
