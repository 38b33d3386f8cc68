"""The journal: lines that are appended and on the disk before anyone is told, and never rewritten."""

from __future__ import annotations

import contextlib
import errno
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from attrs import evolve

from wargame.errors import JournalError, JournalInUse, NotSaved
from wargame.session.lock import holder_of, leave_note, take_note_away
from wargame.session.records import FIRST, Record, encode
from wargame.session.scan import Scan, scan
from wargame.session.storage import REAL, Disk, File
from wargame.session.verdict import Verdict

__all__ = ["JOURNAL_LIMIT", "Journal"]

JOURNAL_LIMIT = 64 * 2**20
"""The most bytes of a journal; a long game has about two million."""

_FULL = frozenset({errno.ENOSPC, errno.EFBIG} | {getattr(errno, name, -1) for name in ("EDQUOT",)})
_FORBIDDEN = frozenset({errno.EROFS, errno.EACCES, errno.EPERM})


class Journal:
    """The lines of one game and, unless it is only read, the file they are appended to."""

    def __init__(self, path: Path, found: Scan, disk: Disk, file: File | None) -> None:
        self.path = path
        self.verdict = found.verdict
        """The verdict when it was opened."""

        self.read_only = file is None
        self._records = list(found.records)
        self._size = sum(len(record.line) + 1 for record in found.records)
        self._torn = found if found.verdict.kind == "torn" else None
        self._disk = disk
        self._file = file

    @classmethod
    def create(cls, path: Path, entries: Iterable[tuple[str, Any]], *, disk: Disk = REAL) -> Journal:
        """
        A new journal with *entries*, (kind, data) each, the header first.

        Raises:
            JournalError: If there is such a file already, or the folder will not take it.
        """
        try:
            file = disk.create(path)
        except OSError as error:
            raise JournalError(f"no game can be saved as {path}: {_words(error)}") from error
        journal = cls(path, Scan((), 0, Verdict("clean", None, "clean: new")), disk, file)
        try:
            file.lock()
            journal.append(*entries)
            disk.sync_folder(path.parent)
        except (OSError, NotSaved) as error:
            journal._drop()
            with contextlib.suppress(OSError):
                disk.remove(path)
            raise JournalError(f"no game can be saved as {path}: {_words(error)}") from error
        leave_note(disk, path)
        return journal

    @classmethod
    def open(cls, path: Path, *, read_only: bool = False, disk: Disk = REAL) -> Journal:
        """
        An existing journal; a damaged one is open for reading only.

        Nothing is changed yet: a torn tail is cut off by `mend`, or by the first `append`.

        Raises:
            JournalInUse: If it is not only to be read, and somebody else writes to it.
            JournalError: If it cannot be read, is no journal, or cannot be written and should be.
        """
        if read_only:
            return cls(path, _need_header(path, scan(_read(path, disk))), disk, None)
        file = _open_locked(path, disk)
        try:
            found = _need_header(path, scan(file.read(JOURNAL_LIMIT)))
        except JournalError:
            file.close()
            raise
        except OSError as error:
            file.close()
            raise JournalError(f"{path}: {_words(error)}") from error
        journal = cls(path, found, disk, file)
        if found.verdict.can_continue:
            leave_note(disk, path)
        else:
            journal.stop(found.verdict)
        return journal

    @property
    def records(self) -> Sequence[Record]:
        """All lines, the header first."""
        return self._records

    @property
    def head(self) -> str:
        """The hash of the last line: who has noted it can tell later whether lines are missing at the end."""
        return self._records[-1].hash if self._records else FIRST

    def append(self, *entries: tuple[str, Any]) -> None:
        """
        Appends *entries*, (kind, data) each; when it returns they are on the disk, all of them.

        Raises:
            NotSaved: If the disk did not take them. None of them counts; the next call tries afresh.
            JournalError: If the journal is open for reading only.
        """
        if self.read_only:
            raise JournalError(f"{self.path.name} is open for reading only: {self.verdict}")
        file = self._writable()
        fresh: list[Record] = []
        size = self._size
        for kind, data in entries:
            fresh.append(self._encode(fresh, kind, data))
        for record in fresh:
            # One at a time: if the power fails, only the last line can have holes.
            self._write(file, record.line + b"\n")
            size += len(record.line) + 1
        self._records += fresh
        self._size = size

    def mend(self) -> None:
        """
        Cuts off a torn tail, and keeps its bytes beside the journal.

        Raises:
            NotSaved: If the disk does not take that.
        """
        if self._torn is None or self._file is None:
            return
        try:
            kept = _mend(self.path, self._file, self._torn, self._disk)
        except OSError as error:
            raise self._refusal(error) from error
        self._torn = None
        if kept is not None:
            told = f"{self.verdict.detail}; what was cut off is kept in {kept.name}"
            self.verdict = evolve(self.verdict, detail=told)

    def stop(self, verdict: Verdict) -> None:
        """From here on it is only read, for the reason that *verdict* gives."""
        self.verdict = verdict
        self.close()

    def save_as(self, path: Path, *, disk: Disk = REAL) -> Journal:
        """
        The same lines as a new journal elsewhere, open for writing: for when the disk of this one fails.

        Raises:
            JournalError: If that place does not take it either.
        """
        entries = [(record.kind, record.data()) for record in self._records]
        copy = Journal.create(path, entries, disk=disk)
        self.close()
        return copy

    def close(self) -> None:
        """Lets go of the file. Nothing is pending: every line was on the disk when it was appended."""
        if self._file is not None:
            take_note_away(self._disk, self.path)
            self._drop()
        self.read_only = True

    def _encode(self, fresh: Sequence[Record], kind: str, data: Any) -> Record:
        number = len(self._records) + len(fresh)
        try:
            record = encode(number, fresh[-1].hash if fresh else self.head, kind, data)
        except ValueError as error:
            raise NotSaved(f"not saved: {error}") from error
        if self._size + sum(len(each.line) + 1 for each in (*fresh, record)) > JOURNAL_LIMIT:
            raise NotSaved(f"not saved: {self.path.name} has reached {JOURNAL_LIMIT // 2**20} MB")
        return record

    def _write(self, file: File, line: bytes) -> None:
        try:
            # Written at once or not at all: disks take less than they are given only when they are full.
            if file.append(line) != len(line):
                raise OSError(errno.ENOSPC, "only a part was written")
        except OSError as error:
            self._cut_back(file)
            raise self._refusal(error) from error
        try:
            file.sync()
        except OSError as error:
            # What the disk holds now is unknown, and asking the same handle again would only hide that.
            self._drop()
            raise self._refusal(error) from error

    def _cut_back(self, file: File) -> None:
        # Synced at once, or a loss of power could mix these bytes with those of the next entry.
        try:
            file.truncate(self._size)
            file.sync()
        except OSError:
            self._drop()

    def _writable(self) -> File:
        """The file; after a failure a new handle, once the disk is seen to hold what we hold."""
        if self._file is not None:
            self.mend()
            return self._file
        try:
            file = _open_locked(self.path, self._disk)
        except JournalInUse:
            raise
        except JournalError as error:
            raise NotSaved(f"not saved: {error}") from error
        try:
            self._resume(file)
        except OSError as error:
            with contextlib.suppress(OSError):
                file.close()
            raise self._refusal(error) from error
        except NotSaved:
            file.close()
            raise
        self._file = file
        return file

    def _resume(self, file: File) -> None:
        content = file.read(JOURNAL_LIMIT)
        known = b"".join(record.line + b"\n" for record in self._records)
        if not content.startswith(known):
            raise NotSaved(f"not saved: {self.path} has been changed by others; save the game elsewhere")
        file.truncate(len(known))
        file.sync()
        self._torn = None

    def _drop(self) -> None:
        if self._file is not None:
            with contextlib.suppress(OSError):
                self._file.close()
        self._file = None

    def _refusal(self, error: OSError) -> NotSaved:
        return NotSaved(f"not saved: {_words(error)}. Nothing has changed; {_way_out(error)}")


def _open_locked(path: Path, disk: Disk) -> File:
    try:
        file = disk.open(path)
    except OSError as error:
        raise JournalError(f"{path}: {_words(error)}") from error
    try:
        file.lock()
    except BlockingIOError as error:
        file.close()
        raise JournalInUse(f"{path.name} is in use by {holder_of(disk, path)}") from error
    except OSError as error:
        file.close()
        raise JournalError(f"{path}: it cannot be locked against a second writer: {_words(error)}") from error
    return file


def _read(path: Path, disk: Disk) -> bytes:
    try:
        return disk.read(path, JOURNAL_LIMIT)
    except OSError as error:
        raise JournalError(f"{path}: {_words(error)}") from error


def _need_header(path: Path, found: Scan) -> Scan:
    if not found.records:
        raise JournalError(f"{path}: {found.verdict}")
    return found


def _mend(path: Path, file: File, found: Scan, disk: Disk) -> Path | None:
    """Puts the torn bytes aside, then ends the last whole line; the file they went to, if there were any."""
    kept = _keep(path, found.cut, disk) if found.cut else None
    if found.cut or found.zeros:
        file.truncate(found.good)
    if not found.ended and file.append(b"\n") != 1:
        raise OSError(errno.ENOSPC, "nothing was written")
    file.sync()
    return kept


def _keep(path: Path, cut: bytes, disk: Disk) -> Path:
    for number in range(1, 1000):
        place = path.with_name(f"{path.name}.broken-{number}")
        with contextlib.suppress(FileExistsError):
            aside = disk.create(place)
            break
    else:
        raise OSError(errno.EEXIST, "a thousand broken tails stand beside it already")
    try:
        while cut:
            taken = aside.append(cut)
            if taken <= 0:
                raise OSError(errno.ENOSPC, "nothing was written")
            cut = cut[taken:]
        aside.sync()
    finally:
        aside.close()
    disk.sync_folder(path.parent)
    return place


def _words(error: OSError | NotSaved) -> str:
    if isinstance(error, NotSaved):
        return str(error).removeprefix("not saved: ").partition(". Nothing has changed")[0]
    if error.errno in _FULL and "saved game" not in (error.strerror or ""):
        return "the disk is full"
    if error.errno in _FORBIDDEN:
        return "it may not be written there"
    match error:
        case FileExistsError():
            return "there is a file of that name already"
        case FileNotFoundError():
            return "there is no such file or folder"
        case IsADirectoryError():
            return "it is a folder"
    words = error.strerror or str(error) or "the disk reports an error"
    return words[:1].lower() + words[1:]


def _way_out(error: OSError) -> str:
    if error.errno in _FULL:
        return "free some space and try again"
    return "try again, or save the game elsewhere"
