"""Who writes to a journal: a note beside it that tells a second writer whom to ask."""

from __future__ import annotations

import contextlib
import os
import socket
from datetime import UTC, datetime
from pathlib import Path

from wargame.session.storage import Disk

__all__ = ["holder_of", "leave_note", "take_note_away"]

# The lock itself is the operating system's, on the journal: it ends with the process, however that ends.
# The note only tells people; one left behind by a crash means nothing.


def leave_note(disk: Disk, journal: Path) -> None:
    """Says beside *journal* who writes to it. A disk that will not take the note changes nothing."""
    note = _note_of(journal)
    with contextlib.suppress(OSError):
        disk.remove(note)
        file = disk.create(note)
        try:
            since = datetime.now(UTC).astimezone().strftime("%H:%M on %d %B %Y")
            file.append(f"pid {os.getpid()} on {socket.gethostname()} since {since}\n".encode())
        finally:
            file.close()


def take_note_away(disk: Disk, journal: Path) -> None:
    """Removes the note, when the writing is over."""
    with contextlib.suppress(OSError):
        disk.remove(_note_of(journal))


def holder_of(disk: Disk, journal: Path) -> str:
    """Who holds *journal*, in words."""
    try:
        text = disk.read(_note_of(journal), 1000).decode("utf-8", "replace").strip()
    except OSError:
        return "another program"
    return text or "another program"


def _note_of(journal: Path) -> Path:
    # Hidden, so that `wargame verify saves/*` does not take it for a save.
    return journal.with_name(f".{journal.name}.lock")
