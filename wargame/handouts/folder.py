"""Writing the handouts into a folder so that no page is ever there by half."""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from secrets import token_hex

from wargame.handouts.pages import Page

__all__ = ["already_there", "write"]


def already_there(folder: Path, pages: Sequence[Page]) -> Path | None:
    """The first of *pages* that is in *folder* already, whatever it is; None if all of them are new."""
    paths = (folder / page.name for page in pages)
    return next((path for path in paths if os.path.lexists(path)), None)


def write(folder: Path, pages: Sequence[Page]) -> tuple[Path, ...]:
    """
    Writes *pages* into *folder*, made if need be, in place of those of the same name; the files.

    All are written under other names first, so that a full disk leaves what was there.

    Raises:
        OSError: If the folder or the disk does not take them.
    """
    folder.mkdir(parents=True, exist_ok=True)
    waiting: list[tuple[Path, Path]] = []
    try:
        for page in pages:
            waiting.append((_written(folder, page), folder / page.name))
        for temporary, path in waiting:
            temporary.replace(path)
    finally:
        for temporary, _ in waiting:
            temporary.unlink(missing_ok=True)
    return tuple(path for _, path in waiting)


def _written(folder: Path, page: Page) -> Path:
    """A file of another name with the text of *page*, on the disk."""
    path = folder / f".{page.name}-{token_hex(4)}.part"
    try:
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(page.html)
            file.flush()
            os.fsync(file.fileno())
    except BaseException:
        with suppress(OSError):
            path.unlink()
        raise
    return path
