"""The panes of control's console, by name, and all of them as plain text."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from wargame.errors import WargameError
from wargame.tui import console
from wargame.tui.lines import Line, line, words

if TYPE_CHECKING:
    from wargame.handouts.lesson import Guide
    from wargame.session.session import Session

PANES = (
    ("table", "Table"),
    ("messages", "Messages"),
    ("values", "Values"),
    ("events", "Events"),
    ("record", "Record"),
    ("script", "Script"),
)


def pane(session: Session, id: str, minutes: int) -> list[Line]:
    """What the pane *id* holds; the script is that of a class of *minutes*."""
    match id:
        case "table":
            return [*console.table(session), *_script_now(session, minutes)]
        case "messages":
            return console.messages(session)
        case "values":
            return console.values(session)
        case "events":
            return console.injects(session)
        case "record":
            return console.record(session)
        case _:
            return _script(session, minutes)


def planned(session: Session, minutes: int) -> int | None:
    """The minutes a class of *minutes* has for this turn; None if it has none."""
    from wargame.handouts.lesson import lesson_of

    steps = lesson_of(session.scenario, minutes).steps
    return next((each.end - each.start for each in steps if each.turn == session.turn), None)


def _script_now(session: Session, minutes: int) -> list[Line]:
    from wargame.handouts.lesson import lesson_of

    if session.is_over:
        return []
    now = console.script_now(lesson_of(session.scenario, minutes), _guide(session), session.turn)
    return [line(""), *now] if now else []


def _script(session: Session, minutes: int) -> list[Line]:
    from wargame.handouts.lesson import lesson_of

    return console.script(lesson_of(session.scenario, minutes), _guide(session), session.turn)


def _guide(session: Session) -> Guide:
    from wargame.handouts.lesson import guide_of
    from wargame.handouts.script import guide_text

    scenario = session.scenario
    try:
        return guide_of(scenario, guide_text(scenario.id))
    except WargameError:
        # A save keeps its scenario, but not what its folder says about teaching it.
        return guide_of(scenario, "")


def plain(session: Session, minutes: int) -> str:
    """Everything on the console, one pane below the other."""
    from wargame.session.clock import Clock

    clock = Clock.of(session.control().clock, time.monotonic)
    rows = words(console.heading(session, clock, planned(session, minutes)))
    for id, title in PANES:
        rows += ["", f"== {title} ==", *words(pane(session, id, minutes))]
    return "\n".join(row.rstrip() for row in rows)
