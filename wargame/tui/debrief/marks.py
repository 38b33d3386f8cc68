"""The bookmarks and notes of those who look back, as lines and as places to go to."""

from __future__ import annotations

from collections.abc import Sequence

from wargame.debrief.notebook import Mark, Notebook
from wargame.debrief.replay import Replay
from wargame.tui.debrief.scene import chair_title
from wargame.tui.debrief.tables import flat, within
from wargame.tui.lines import BAD, STRONG, Line, head, line, quiet

__all__ = ["mark_of", "mark_row", "notes_lines", "stop_of"]

HINT = "They are kept beside the save, never in it: {}"


def mark_of(replay: Replay, number: int, text: str = "") -> Mark:
    """A mark at stop *number*."""
    turn = replay.stops[number].turn
    return Mark(turn, number - replay.at_turn(turn), replay.chair, text)


def stop_of(replay: Replay, mark: Mark) -> int:
    """
    The stop *mark* stands at; the last of its turn if the turn has become shorter.

    Raises:
        NotOpen: If the game has no such turn.
    """
    first = replay.at_turn(mark.turn)
    last = max(at for at, stop in enumerate(replay.stops) if stop.turn == mark.turn)
    return min(first + mark.stop, last)


def mark_row(replay: Replay, mark: Mark) -> str:
    """A mark in a line: where it stands, and what was noted."""
    known = mark.chair in replay.public.roles or mark.chair == "control"
    who = chair_title(replay.public, mark.chair) if known else mark.chair
    return f"Turn {mark.turn}, {flat(who)}: {flat(mark.text) or 'bookmark'}"


def notes_lines(
    replay: Replay, notebook: Notebook, marks: Sequence[Mark], how: str, width: int
) -> list[Line]:
    """All *marks*, in the sequence of the game; *how* says with which keys they are made."""
    if notebook.fault:
        return within(line((flat(notebook.fault), BAD)), width)
    rows = [head("── Bookmarks and notes")]
    for number, mark in enumerate(marks, start=1):
        rows += within(line(f"  {number:>2}  ", (mark_row(replay, mark), STRONG if mark.text else "")), width)
    if not marks:
        rows.append(line("There are none yet."))
    rows += [line(""), *within(quiet(how), width)]
    return [*rows, *within(quiet(HINT.format(flat(str(notebook.path)))), width)]
