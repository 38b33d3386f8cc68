"""A journal played through again: every position from the recorded orders, and the verdict on the whole."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

from attrs import frozen

from wargame import __version__
from wargame.errors import JournalError, ScenarioError
from wargame.session.codec import NotUnderstood, structure
from wargame.session.course import Course, Differs
from wargame.session.entries import FORMAT, KINDS, Dealt, Entry, Facts, Header, TurnPlayed
from wargame.session.journal import JOURNAL_LIMIT
from wargame.session.kernels import kernel_of
from wargame.session.records import Record
from wargame.session.scan import scan
from wargame.session.storage import REAL
from wargame.session.verdict import Kind, Verdict
from wargame.text import visible_text

__all__ = ["Story", "commitment", "play_again", "tell", "verify"]


@frozen(eq=False)
class Story:
    """The entries of a journal as far as they are understood."""

    header: Header
    entries: tuple[tuple[Record, Entry], ...]
    """All after the header."""

    verdict: Verdict


def verify(path: Path | str) -> Verdict:
    """
    Plays a save through again, without changing anything.

    Raises:
        JournalError: If there is no such file, or it cannot be read.
    """
    place = Path(path)
    try:
        content = REAL.read(place, JOURNAL_LIMIT)
    except OSError as error:
        raise JournalError(f"{place}: {error.strerror or error}") from error
    found = scan(content)
    if not found.records:
        return found.verdict
    try:
        story = tell(found.records, found.verdict)
    except NotAGame as error:
        return error.verdict
    _, verdict = play_again(story)
    return verdict


class NotAGame(JournalError):
    """The first line cannot be used, so that there is no game to show."""

    def __init__(self, verdict: Verdict) -> None:
        super().__init__(verdict.detail)
        self.verdict = verdict


def tell(records: Sequence[Record], verdict: Verdict) -> Story:
    """
    The entries on *records*, up to the first that is not understood.

    Raises:
        NotAGame: If the header is not understood.
    """
    header = _header(records[0])
    entries: list[tuple[Record, Entry]] = []
    parts = 0
    for record in records[1:]:
        try:
            entry = _entry(record)
            parts = _count(entry, parts)
        except NotUnderstood as error:
            return Story(header, tuple(entries), _not_understood(record, header, str(error)))
        entries.append((record, entry))
    return Story(header, tuple(entries), verdict)


def play_again(story: Story, *, recorded: bool = False) -> tuple[Course | None, Verdict]:
    """
    The game as the recorded orders make it, and the verdict.

    Where the rules differ the game is told as recorded instead; None if these rules cannot read its scenario.
    """
    try:
        kernel = kernel_of(story.header)
    except ScenarioError as error:
        why = f"rules differ at the start: the recorded scenario is no longer accepted ({_first(error)})"
        return None, _verdict("differs", 0, why, 0)
    course = Course(kernel, story.header, recorded)
    parts: list[Facts] = []
    for record, entry in story.entries:
        count = entry.parts if isinstance(entry, (Dealt, TurnPlayed)) else 0
        try:
            course.take(entry, facts=[fact for part in parts[len(parts) - count :] for fact in part.facts])
        except Differs as error:
            verdict = _differs(story, error, record.number)
            return play_again(story, recorded=True)[0], verdict
        except (ValueError, KeyError, IndexError, TypeError, AttributeError) as error:
            why = f"damaged at entry {record.number}: it makes no sense here ({error})"
            return course, _verdict("damaged", record.number, why)
        parts = [*parts, entry] if isinstance(entry, Facts) else []
    return course, story.verdict


def commitment(seed: int, salt: str) -> str:
    """What is shown of a seed before the end."""
    return sha256(f"{seed}:{salt}".encode("ascii")).hexdigest()


def _header(record: Record) -> Header:
    try:
        data = record.data()
    except ValueError as error:
        raise NotAGame(_damaged(record, str(error))) from error
    version = data.get("format") if isinstance(data, dict) else None
    if type(version) is int and version > FORMAT:
        made = f"made by {data.get('engine', 'a newer version')}"
        why = f"newer: {made} in format {version}, this program reads up to {FORMAT}"
        raise NotAGame(_verdict("newer", 0, why))
    try:
        header = structure(data, Header)
    except NotUnderstood as error:
        raise NotAGame(_newer_or_damaged(record, _engine_of(data), str(error))) from error
    if record.kind != "header" or header.commitment != commitment(header.seed, header.salt):
        raise NotAGame(_damaged(record, "the seed is not the one that was promised"))
    return header


def _entry(record: Record) -> Entry:
    made = KINDS.get(record.kind)
    if made is None:
        raise NotUnderstood(f"'{record.kind}' is unknown")
    try:
        entry = structure(record.data(), made)
    except ValueError as error:
        raise NotUnderstood(str(error)) from error
    if isinstance(entry, Header):
        raise NotUnderstood("a second header")
    return entry


def _count(entry: Entry, parts: int) -> int:
    """How many lines of facts stand in a row; an entry may not ask for more than there are."""
    if isinstance(entry, Facts):
        return parts + 1
    if isinstance(entry, (Dealt, TurnPlayed)) and not 0 <= entry.parts <= parts:
        raise NotUnderstood("facts are missing before it")
    return 0


def _not_understood(record: Record, header: Header, why: str) -> Verdict:
    if record.kind not in KINDS:
        detail = f"newer: made by {header.engine}; entry {record.number}, '{record.kind}', is unknown here"
        return _verdict("newer", record.number, detail)
    return _newer_or_damaged(record, header.engine, why)


def _newer_or_damaged(record: Record, engine: str, why: str) -> Verdict:
    if _numbers(engine) > _numbers(__version__):
        return _verdict("newer", record.number, f"newer: made by {engine}; entry {record.number}: {why}")
    return _damaged(record, why)


def _damaged(record: Record, why: str) -> Verdict:
    at = f"damaged at entry {record.number}: "
    what = at if record.number else "not a saved game, or damaged at its start: "
    return _verdict("damaged", record.number, what + why)


def _differs(story: Story, error: Differs, entry: int) -> Verdict:
    when = f"turn {error.turn}" if error.turn else "the start"
    made = f"; it was played with version {story.header.engine}, this is {__version__}"
    rest = "it can be viewed as recorded, not continued"
    verdict = _verdict("differs", entry, f"rules differ at {when}: {error}{made}; {rest}", error.turn)
    return verdict if story.verdict.can_continue else story.verdict


def _verdict(kind: Kind, entry: int, detail: str, turn: int | None = None) -> Verdict:
    # What is quoted from the file may be anything.
    return Verdict(kind, entry, visible_text(detail[:1000]), turn)


def _engine_of(data: Any) -> str:
    engine = data.get("engine") if isinstance(data, dict) else None
    return engine if isinstance(engine, str) else ""


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split(".")[:3] if part.isdecimal() and len(part) < 9)


def _first(error: ScenarioError) -> str:
    return str(error.problems[0]) if error.problems else str(error)
