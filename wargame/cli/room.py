"""Whether files can be written where somebody wants them, asked before the work is done."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import click

from wargame.text import visible_text

__all__ = ["need_room"]

OTHERS = {".pdf", ".doc", ".docx", ".odt"}
"""Endings of what we do not write."""


def need_room(files: Sequence[Path], saves: Iterable[Path]) -> None:
    """
    Nothing, if all *files* can be written and none is one of *saves*, or any other saved game.

    Raises:
        click.UsageError: With what stands in the way, and what to do.
    """
    kept = [save.resolve() for save in saves]
    for path in files:
        name = visible_text(str(path))
        if path.resolve() in kept or _is_save(path):
            raise click.UsageError(f"{name} is a saved game, which would be lost; name another file")
        if sum(path.resolve() == other.resolve() for other in files) > 1:
            raise click.UsageError(f"{name} is named twice; give each of them a file of its own")
        if path.suffix.lower() in OTHERS:
            raise click.UsageError(
                f"{name} cannot be made here; write name.html, open it in a browser and print it as a PDF"
            )
        if not path.parent.is_dir():
            folder = visible_text(str(path.parent))
            raise click.UsageError(f"there is no folder {folder}; make it first, or name another")


def _is_save(path: Path) -> bool:
    if not path.is_file():
        return False
    with path.open("rb") as file:
        return file.read(300).startswith(b'{"n":') or path.suffix.lower() == ".jsonl"
