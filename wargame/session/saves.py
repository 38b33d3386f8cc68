"""Where saves are kept, how they are named, and a list of them."""

from __future__ import annotations

import os
import re
import secrets
import tomllib
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from attrs import frozen

from wargame.errors import JournalError
from wargame.session.journal import JOURNAL_LIMIT
from wargame.session.records import Record
from wargame.session.scan import scan
from wargame.session.storage import REAL

__all__ = ["SUFFIX", "Saved", "families", "folder", "listing", "new_path", "saved"]

SUFFIX = ".jsonl"
FOLDER_VARIABLE = "WARGAME_SAVES"
"""The environment variable that names another folder."""


@frozen
class Saved:
    """One save, as a list shows it: read and its chain checked, but not played through again."""

    path: Path
    date: str
    """When the game began, local time, as `2026-01-31 10:20`; empty if unknown."""

    scenario: str
    title: str
    role: str
    """The roles persons play, in the scenario's order."""

    turn: int | None
    """Calendar number of the turn it stands at, from 1."""

    verdict: str
    """`clean`, `torn`, `damaged` or `newer`."""

    detail: str
    """The verdict as a sentence."""

    ending: str | None = None
    """The ending's id, if the game has ended."""

    session: str = ""
    """What names the game; copies of a save have the same. Empty if unknown."""

    parent: str = ""
    """The `session` of the game it branched off, if it did."""

    left: int | None = None
    """The calendar turn at whose start it branched off."""


def folder() -> Path:
    """The checkout's `saves` if the program runs from one, else the platform's folder for data."""
    named = os.environ.get(FOLDER_VARIABLE)
    if named:
        return Path(named)
    checkout = Path(__file__).resolve().parents[2]
    if _is_checkout(checkout):
        return checkout / "saves"
    from platformdirs import user_data_path

    return user_data_path("wargame", appauthor=False) / "saves"


def new_path(scenario: str, where: Path | None = None) -> Path:
    """
    A free name for a new save in the folder of saves, which is made if it is not there.

    Raises:
        JournalError: If the folder cannot be made.
    """
    place = folder() if where is None else where
    try:
        place.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise JournalError(f"no folder for saves at {place}: {error.strerror or error}") from error
    # Nothing a person wrote gets into a file name but the letters and digits of the scenario's id.
    name = re.sub(r"[^a-z0-9]+", "-", scenario.lower()).strip("-")[:40] or "game"
    now = datetime.now().strftime("%Y%m%d-%H%M%S")
    return place / f"{name}-{now}-{secrets.token_hex(2)}{SUFFIX}"


def listing(where: Path | None = None) -> tuple[Saved, ...]:
    """
    The saves in a folder, the newest first.

    Raises:
        JournalError: If the folder cannot be read; a missing one has no saves.
    """
    place = folder() if where is None else where
    try:
        paths = sorted(path for path in place.iterdir() if path.suffix == SUFFIX)
    except FileNotFoundError:
        return ()
    except OSError as error:
        raise JournalError(f"{place} cannot be read: {error.strerror or error}") from error
    return tuple(sorted((saved(path) for path in paths), key=lambda each: each.date, reverse=True))


def families(saves: Sequence[Saved]) -> tuple[tuple[int, Saved], ...]:
    """*saves* in their order, but each branch under the game it left; with how deep it stands, from 0."""
    roots: list[Saved] = []
    under: dict[Path, list[Saved]] = {}
    for each in saves:
        # Of several copies the whole one is taken for the parent.
        found = [other for other in saves if each.parent and other.session == each.parent and other != each]
        if found:
            parent = next((other for other in found if other.verdict == "clean"), found[0])
            under.setdefault(parent.path, []).append(each)
        else:
            roots.append(each)
    ordered: list[tuple[int, Saved]] = []
    waiting = [(0, each) for each in reversed(roots)]
    while waiting:
        depth, each = waiting.pop()
        ordered.append((depth, each))
        waiting += [(depth + 1, branch) for branch in reversed(under.get(each.path, []))]
    # Forged files may name each other as parents: they are listed all the same.
    reached = {each.path for _, each in ordered}
    return (*ordered, *((0, each) for each in saves if each.path not in reached))


def saved(path: Path) -> Saved:
    """What a list shows of one save; never raises for what is in the file."""
    try:
        found = scan(REAL.read(path, JOURNAL_LIMIT))
    except OSError as error:
        return _unknown(path, f"it cannot be read: {error.strerror or error}")
    if not found.records:
        return _unknown(path, found.verdict.detail)
    from wargame.session.replay import NotAGame, tell

    try:
        story = tell(found.records[:1], found.verdict)
    except NotAGame as error:
        return _unknown(path, error.verdict.detail, error.verdict.kind)
    header = story.header
    turn, ending = _stand(found.records)
    return Saved(
        path=path,
        date=_local(header.created),
        scenario=header.scenario,
        title=header.title,
        role=", ".join(role for role, player in header.seats.items() if player == "person"),
        turn=turn,
        verdict=found.verdict.kind,
        detail=found.verdict.detail,
        ending=ending,
        session=header.session,
        parent="" if header.branch is None else header.branch.session,
        left=None if header.branch is None else header.branch.turn,
    )


def _unknown(path: Path, detail: str, verdict: str = "damaged") -> Saved:
    return Saved(path, "", "", "", "", None, verdict, detail)


def _stand(records: tuple[Record, ...]) -> tuple[int | None, str | None]:
    """The calendar turn and the ending after the last adjudication."""
    for record in reversed(records):
        if record.kind in ("turn", "dealt"):
            try:
                data = record.data()
                return int(data["values"][0]), data.get("ending")
            except (ValueError, KeyError, IndexError, TypeError, AttributeError):
                return None, None
    return None, None


def _local(created: str) -> str:
    try:
        return datetime.fromisoformat(created).astimezone().strftime("%Y-%m-%d %H:%M")
    except (ValueError, OverflowError, OSError):
        return ""


def _is_checkout(place: Path) -> bool:
    try:
        project = tomllib.loads((place / "pyproject.toml").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    named = project.get("project", {})
    return isinstance(named, dict) and named.get("name") == "wargame"
