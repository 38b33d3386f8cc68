"""A seat's private notes as lines."""

from __future__ import annotations

from collections.abc import Sequence

from wargame.session.course import Note
from wargame.tui.lines import STRONG, Line, line, quiet

HINT = "N writes a note; with nothing in it, a note is struck out. Nobody else reads them."


def notes(written: Sequence[Note], turns: Sequence[int]) -> list[Line]:
    """Every note that stands, the latest first; *turns* are the calendar numbers of the turns played."""
    rows = []
    for number, note in kept(written):
        first, *rest = note.text.split("\n")
        rows += [
            line((f"{number}. Turn {_turn(note, turns)}: ", STRONG), first),
            *(line(f"  {row}") for row in rest),
        ]
    if not rows:
        return [line("You have written down nothing yet."), quiet(HINT)]
    return [*rows, line(""), quiet(HINT)]


def kept(written: Sequence[Note]) -> list[tuple[int, Note]]:
    """The notes that are not struck out, with their numbers, the latest first."""
    return [(number, note) for number, note in enumerate(written, start=1) if note.text][::-1]


def _turn(note: Note, turns: Sequence[int]) -> int:
    return turns[note.step - 1] if 0 < note.step <= len(turns) else note.step
