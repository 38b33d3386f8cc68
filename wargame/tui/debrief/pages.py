"""What each tab of the debrief holds, as lines; the same on the screen and in plain text."""

from __future__ import annotations

from wargame.debrief.against_page import against_page
from wargame.debrief.markdown import Names
from wargame.debrief.questions import questions_page
from wargame.debrief.record import Record
from wargame.debrief.replay import Replay, allowed, chairs
from wargame.rules.view import CONTROL
from wargame.tui.debrief import fortune, knowledge, scene
from wargame.tui.debrief.reckoning import Progress
from wargame.tui.debrief.tables import wrapped
from wargame.tui.debrief.timeline import timeline
from wargame.tui.debrief.written import written_lines
from wargame.tui.lines import STRONG, Line, head, hung, line, words

__all__ = ["OPEN_TABS", "ROOMY", "SHORT", "TABS", "page", "plain", "printed", "tabs_for"]

TABS = (
    ("replay", "Replay"),
    ("timeline", "Timeline"),
    ("notes", "Notes"),
    ("known", "Who knew what"),
    ("deeds", "Promises"),
    ("luck", "Luck"),
    ("turning", "Turning points"),
    ("sure", "How sure"),
    ("asked", "What if"),
    ("history", "History"),
)
"""The tabs in their order; the number of each is its key, 0 that of the tenth."""

SHORT = {
    "replay": "Play",
    "timeline": "Time",
    "notes": "Note",
    "known": "Knew",
    "deeds": "Deed",
    "turning": "Turn",
    "sure": "Sure",
    "asked": "If",
    "history": "Past",
}
"""Names for a narrow window."""

ROOMY = 120
"""Cells across from which the full names fit."""

PRINTED = 80
"""Columns of what is printed."""

OPEN_TABS = ("replay", "timeline", "notes")
"""What tells no more than one chair was shown; all that may be opened of a game others still play."""


def tabs_for(record: Record, *, control: bool) -> tuple[tuple[str, str], ...]:
    """The tabs of a game: all of them, unless it goes on and the reader does not lead it."""
    everything = CONTROL in chairs(record, control=control)
    return TABS if everything else tuple(tab for tab in TABS if tab[0] in OPEN_TABS)


def page(id: str, replay: Replay, progress: Progress | None, width: int) -> list[Line]:
    """What the tab *id* holds in *width* cells; replay, notes and what was asked are not among them."""
    record = replay.record
    match id:
        case "timeline":
            return timeline(replay, width)
        case "known":
            return knowledge.who_knew(record, width, None if progress is None else progress.mattered)
        case "deeds":
            return knowledge.words_and_deeds(record, width)
        case "sure":
            return knowledge.how_sure(record, width)
        case "history":
            return _beside_history(record, width)
        case _:
            return _reckoned(id, record, progress, width)


def _beside_history(record: Record, width: int) -> list[Line]:
    """The game beside what really happened, and questions for the room."""
    names = Names()
    return written_lines(
        [*against_page(record, names), "", *questions_page(record, names, leads=False)], width
    )


def _reckoned(id: str, record: Record, progress: Progress | None, width: int) -> list[Line]:
    if progress is None:
        return [line("Nothing has been reckoned yet.")]
    rows: list[Line] = []
    if progress.all or progress.found is None:
        rows = fortune.waiting(progress.done, progress.all, progress.games, width)
    if progress.found is None:
        return rows
    if rows:
        more = f"Until then, a first look at only {progress.found.games} games:"
        rows += [line(""), *(line((row, STRONG)) for row in wrapped(more, width)), line("")]
    if id == "luck":
        return [*rows, *fortune.luck_lines(record, progress.found, width)]
    return [*rows, *fortune.turning_lines(record, progress.found, width, progress.points)]


def plain(
    replay: Replay, number: int, progress: Progress | None, width: int, *, control: bool = False
) -> str:
    """Every tab below the other, the replay as it stands at stop *number*."""
    view = replay.view(number)
    rows = [*scene.heading(replay, number).split("\n"), ""]
    shown = [*scene.gauges(replay.public, view, width), line(""), *scene.told(replay, number)]
    rows += words(part for row in shown for part in hung(row, width))
    for id, title in tabs_for(replay.record, control=control):
        if id not in ("replay", "notes", "asked"):
            rows += ["", *words([head(f"== {title} ==")]), *words(page(id, replay, progress, width))]
    return "\n".join(row.rstrip() for text in rows for row in _rows(text, width)) + "\n"


def printed(
    record: Record, turn: int | None, chair: str | None, progress: Progress | None, *, control: bool = False
) -> str:
    """
    What the screen shows of a game at *turn* from *chair*, as plain text of 80 columns.

    Raises:
        NotOpen: If there is no such turn or chair, or it is not opened while others play.
    """
    known = allowed(record, chair, control=control)
    replay = Replay(record, chair or (CONTROL if CONTROL in known else known[0]))
    if turn is None:
        return plain(replay, len(replay.stops) - 1, progress, PRINTED, control=control)
    number = replay.at_turn(turn)
    step = replay.stops[number].step
    last = max(at for at, stop in enumerate(replay.stops) if stop.step == step)
    return plain(replay, last, progress, PRINTED, control=control)


def _rows(text: str, width: int) -> list[str]:
    """A text in rows; a drawing, which fits, is left as it is."""
    if len(text) <= width:
        return [text]
    indent = " " * (len(text) - len(text.lstrip()))
    return [indent + part for part in wrapped(text, width - len(indent))]
