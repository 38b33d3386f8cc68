"""A save that branches off another: the same game up to the start of a turn, and free from there on."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from attrs import evolve

from wargame import __version__
from wargame.errors import JournalError
from wargame.session.beginning import line_of
from wargame.session.course import Course
from wargame.session.entries import FORMAT, Branch, Dealt, SeatChanged, TurnPlayed
from wargame.session.journal import Journal
from wargame.session.records import Record
from wargame.session.replay import play_again, tell
from wargame.session.saves import new_path
from wargame.session.storage import Disk
from wargame.session.verdict import Verdict

__all__ = ["branched_off", "turns_of"]

KEPT = "as it was before the turn was taken back"


def turns_of(course: Course) -> tuple[int, ...]:
    """The calendar turns a game has come to, from 1: where it can branch."""
    return tuple(step.position.turn for step in course.steps if step.position.ending is None)


def branched_off(
    journal: Journal,
    course: Course,
    turn: int,
    reason: str,
    *,
    seats: Mapping[str, str],
    path: Path | None,
    disk: Disk,
) -> tuple[Journal, Course]:
    """
    A new journal and its game at the start of *turn*, with *seats* as they are now; *journal* is not touched.

    Raises:
        JournalError: If the game has not come to that turn, these rules do not play it up to there, or the
            place does not take the new save.
    """
    records = _up_to(journal, course, turn)
    header = evolve(
        course.header,
        format=FORMAT,
        engine=__version__,
        session=secrets.token_hex(16),
        created=datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        branch=Branch(course.header.session, turn, records[-1].number, records[-1].hash, reason),
    )
    # The old entries are played before there is a file: a branch that cannot be played is never made.
    told = tell(records, Verdict("clean", records[-1].number, "clean: branched off"))
    again, verdict = play_again(told)
    if again is None or not verdict.can_continue:
        raise JournalError(f"no game can go on from turn {turn}: {verdict}")
    lines = [line_of(header)]
    lines += [(record.kind, record.data()) for record in records[1:]]
    changed = [SeatChanged(role, who, KEPT) for role, who in seats.items() if again.seats.get(role) != who]
    lines += [line_of(entry) for entry in changed]
    place = new_path(header.scenario, journal.path.parent) if path is None else path
    made = Journal.create(place, lines, disk=disk)
    again.header = header
    for entry in changed:
        again.take(entry)
    return made, again


def _up_to(journal: Journal, course: Course, turn: int) -> Sequence[Record]:
    """The lines up to the one that led to the start of *turn*."""
    turns = turns_of(course)
    if turn not in turns:
        known = ", ".join(map(str, turns)) or "none"
        raise JournalError(f"{journal.path.name} has not come to turn {turn}; it has {known}")
    reached = [step.position.turn if step.position.ending is None else None for step in course.steps]
    story = tell(journal.records, journal.verdict)
    ends = [record.number for record, entry in story.entries if isinstance(entry, (Dealt, TurnPlayed))]
    number = ends[reached.index(turn)]
    return [record for record in journal.records if record.number <= number]
