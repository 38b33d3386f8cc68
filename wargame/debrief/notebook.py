"""Bookmarks and notes of those who look back on a game: kept beside its save, never in it."""

from __future__ import annotations

import os
import tempfile
import tomllib
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from threading import Lock
from typing import Any

from attrs import evolve, field, frozen

from wargame.errors import WargameError
from wargame.text import clean_text, visible_text

__all__ = [
    "MOST_MARKS",
    "TEXT_LIMIT",
    "Mark",
    "Notebook",
    "NotesError",
    "add",
    "load",
    "notes_path",
    "remove",
]

SUFFIX = ".notes.toml"
TEXT_LIMIT = 2000
"""The most characters of a note."""

MOST_MARKS = 500
MOST_BYTES = 4 * 1024 * 1024
"""So much 500 notes of the longest kind may take; whatever is larger is something else."""

CHAIR_LIMIT = 60
_WRITING = Lock()
"""Held from reading to writing: two notes made at once are both kept."""

HEADER = """\
# Bookmarks and notes on the game saved beside this file. They are no part of the game:
# this file may be edited, or deleted, and the save stays as it is.
"""


class NotesError(WargameError):
    """The notes cannot be written; the file is as it was."""


@frozen
class Mark:
    """A bookmark, or a note if it has a text."""

    turn: int
    """Calendar number of the turn it is about, from 1."""

    stop: int
    """Which of the turn's stops it stands at, from 0, as its chair was shown them."""

    chair: str
    """The chair it was set from: a role's id, or `control`."""

    text: str = ""
    """What was noted; empty for a bookmark."""


@frozen
class Notebook:
    """What was marked in one game."""

    path: Path
    """Where it is kept, whether or not there is anything."""

    marks: tuple[Mark, ...] = ()
    """In the sequence of the game."""

    fault: str = ""
    """Why nothing can be read or written, in one line; the file is then left as it is."""

    _text: str = field(default="", alias="text", repr=False)
    """The file as it stands."""


def notes_path(save: Path | str) -> Path:
    """Where the notes on the game saved at *save* are kept."""
    place = Path(save)
    return place.with_name(place.name + SUFFIX)


def load(save: Path | str) -> Notebook:
    """The notes on the game saved at *save*; a file that is no notebook is named and left alone."""
    file = notes_path(save)
    try:
        if not file.exists():
            return Notebook(file)
        if not file.is_file():
            return _spoiled(file, "it is no file")
        with file.open("rb") as stream:
            raw = stream.read(MOST_BYTES + 1)
        if len(raw) > MOST_BYTES:
            return _spoiled(file, f"it is larger than {MOST_BYTES // 1024 // 1024} MB")
        text = raw.decode("utf-8-sig")
        return Notebook(file, _marks(tomllib.loads(text)), text=text)
    except OSError as error:
        return _spoiled(file, error.strerror or str(error))
    except UnicodeDecodeError:
        return _spoiled(file, "it is not UTF-8 text")
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        return _spoiled(file, f"it is no TOML ({error})")
    except ValueError as error:
        return _spoiled(file, str(error))


def add(save: Path | str, mark: Mark) -> Notebook:
    """
    Keeps *mark* on disk, and gives the notebook as it is then; the same mark again changes nothing.

    Raises:
        NotesError: If the file cannot be written or is no notebook, or there is no room for more.
    """
    text = clean_text(mark.text, newlines=5).strip()
    if len(text) > TEXT_LIMIT:
        raise NotesError(f"the note has {len(text):,} characters; {TEXT_LIMIT:,} is the most")
    kept = evolve(mark, text=text)

    def change(notebook: Notebook, tables: Any) -> None:
        if kept in notebook.marks:
            return
        if len(notebook.marks) >= MOST_MARKS:
            raise NotesError(f"there are {MOST_MARKS} notes already; strike one out first")
        tables.append(_table(kept))

    return _changed(save, change)


def remove(save: Path | str, mark: Mark) -> Notebook:
    """
    Strikes *mark* out on disk, and gives the notebook as it is then.

    Raises:
        NotesError: If the file cannot be written, or is no notebook.
    """

    def change(notebook: Notebook, tables: Any) -> None:
        for at in range(len(tables) - 1, -1, -1):
            if _mark(tables[at], at) == mark:
                del tables[at]

    return _changed(save, change)


def _changed(save: Path | str, change: Callable[[Notebook, Any], None]) -> Notebook:
    """The file read anew, changed and written; comments in it stay."""
    with _WRITING:
        notebook = load(save)
        if notebook.fault:
            raise NotesError(notebook.fault)
        _write(notebook.path, _changed_text(notebook, change))
        return load(save)


def _changed_text(notebook: Notebook, change: Callable[[Notebook, Any], None]) -> str:
    import tomlkit
    from tomlkit.exceptions import TOMLKitError

    try:
        document = tomlkit.parse(notebook._text or HEADER)
        tables = document.get("mark")
        if tables is None:
            tables = tomlkit.aot()
            change(notebook, tables)
            document["mark"] = tables
        else:
            change(notebook, tables)
        text = tomlkit.dumps(document)
        tomllib.loads(text)
        return text
    except (TOMLKitError, tomllib.TOMLDecodeError, TypeError, AttributeError) as error:
        why = visible_text(str(error)[:200])
        raise NotesError(f"not kept: {visible_text(str(notebook.path))} cannot be changed ({why})") from None


def _table(mark: Mark) -> Any:
    import tomlkit

    table = tomlkit.table()
    for key, value in (("turn", mark.turn), ("stop", mark.stop), ("chair", mark.chair), ("text", mark.text)):
        if value != "":
            table[key] = value
    table.add(tomlkit.nl())
    return table


def _marks(tables: dict[str, Any]) -> tuple[Mark, ...]:
    """
    The marks of a file.

    Raises:
        ValueError: If something in it is no mark.
    """
    found = tables.get("mark", [])
    if not isinstance(found, list) or len(found) > 2 * MOST_MARKS:
        raise ValueError("'mark' must be a list of tables")
    marks = [_mark(each, number) for number, each in enumerate(found)]
    return tuple(sorted(marks, key=lambda mark: (mark.turn, mark.stop, mark.chair)))


def _mark(table: Any, number: int) -> Mark:
    where = f"mark {number + 1}"
    if not isinstance(table, dict):
        raise ValueError(f"{where} is no table")
    numbers = [table.get(key) for key in ("turn", "stop")]
    chair, text = table.get("chair", ""), table.get("text", "")
    for key, value in zip(("turn", "stop"), numbers, strict=True):
        if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= 1_000_000:
            raise ValueError(f"{where}: '{key}' must be a number from 0")
    if not isinstance(chair, str) or not isinstance(text, str):
        raise ValueError(f"{where}: 'chair' and 'text' must be words")
    words = clean_text(text, newlines=5).strip()[:TEXT_LIMIT]
    return Mark(int(str(numbers[0])), int(str(numbers[1])), clean_text(chair)[:CHAIR_LIMIT], words)


def _spoiled(file: Path, why: str) -> Notebook:
    name = visible_text(file.name)
    fault = f"the notes in {name} cannot be read: {visible_text(why[:200])}; mend or move the file"
    return Notebook(file, fault=fault.replace("\n", " "))


def _write(file: Path, text: str) -> None:
    """Puts *text* in place of the file at once: a power cut leaves the old one or the new one."""
    temporary: str | None = None
    try:
        target = file.resolve()  # A linked file stays linked.
        handle, temporary = tempfile.mkstemp(prefix=".notes-", dir=target.parent)
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as stream:
            stream.write(text)
            stream.flush()
            os.fsync(stream.fileno())
        Path(temporary).replace(target)
    except OSError as error:
        if temporary is not None:
            with suppress(OSError):
                Path(temporary).unlink()
        raise NotesError(f"not kept: {visible_text(str(file))}: {error.strerror or error}") from None
