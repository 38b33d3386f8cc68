"""What the open screen shows, as plain text: to be put on the clipboard and into a file."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from textual.command import CommandPalette
from textual.containers import Horizontal
from textual.content import Content
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Digits, Footer, Input, OptionList, Static

from wargame.session.saves import folder
from wargame.text import clean_text
from wargame.tui.widgets.map import PlaceMap
from wargame.tui.widgets.panes import PaneBar
from wargame.tui.widgets.strip import Strip

if TYPE_CHECKING:
    from wargame.tui.preferences import PreferringApp

FILE = "copied.txt"
MOST = 70_000
"""Characters that are put on a clipboard; many terminals take no more, and a part would mislead."""

LINES = 100_000
CURTAIN = "Nothing is copied here: the screen covers a seat, or asks for a key or for room."


def copied(app: PreferringApp) -> str:
    """Copies what *app* shows; what the player is told about it."""
    screen = next((each for each in reversed(app.screen_stack) if not isinstance(each, CommandPalette)), None)
    if screen is None or is_covered(screen):
        return CURTAIN
    text = text_of(screen)
    fits = len(text) <= MOST
    if fits:
        app.copy_to_clipboard(text)
    clipboard = "Copied to the clipboard" if fits else "It is too long for a clipboard"
    if _is_shared(app):
        why = "no file is written, since several persons play at this machine"
        return f"{clipboard}; {why}."
    try:
        where = written(text)
    except OSError as error:
        return f"{clipboard}; not written to a file: {error.strerror or error}"
    return (
        f"{clipboard} (if the terminal allows it) and into {where}" if fits else f"{clipboard}: see {where}"
    )


def is_covered(screen: Screen[object]) -> bool:
    """Whether *screen* stands between two seats, or has nothing to read."""
    from wargame.tui.screens.control import Cover
    from wargame.tui.screens.curtain import CurtainScreen, GatherScreen
    from wargame.tui.screens.settings import KeyQuestion
    from wargame.tui.screens.small import SmallScreen

    return isinstance(screen, (CurtainScreen, GatherScreen, Cover, KeyQuestion, SmallScreen))


def _is_shared(app: PreferringApp) -> bool:
    """Whether who sits here is one of several: a file could tell the next what this one knows."""
    desk = getattr(app, "desk", None)
    return desk is not None and desk.sits and len(desk.persons) > 1 and not desk.table.session.is_over


def written(text: str, where: Path | None = None) -> Path:
    """The file beside the saves that now holds *text*, for its owner alone; it held what was copied last."""
    file = (where or folder()) / FILE
    file.parent.mkdir(parents=True, exist_ok=True)
    new = file.with_name(f".{FILE}.{os.getpid()}")
    handle = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8", errors="replace") as out:
        out.write(text)
    new.replace(file)
    return file


def text_of(screen: Widget) -> str:
    """All that *screen* shows, part by part, with what is scrolled out of sight and without its keys."""
    parts = [clean_text(part, newlines=LINES).rstrip() for part in _parts(screen)]
    rows = "\n".join(part for part in parts if part.strip()).split("\n")
    return "\n".join(row.rstrip() for row in rows) + "\n"


def _parts(node: Widget) -> Iterator[str]:
    for each in node.displayed_children:
        if isinstance(each, (PaneBar, Strip)):
            yield " ".join("".join(_parts(each)).split())
        elif isinstance(each, Horizontal) and each.has_class("dial-middle"):
            number, *side = list(_parts(each))
            yield " ".join((number, *" ".join(side).split("\n")))
        elif not isinstance(each, Footer):
            yield from _own_text(each)
            yield from _parts(each)


def _own_text(widget: Widget) -> Iterator[str]:
    """What *widget* itself shows; of what is typed in secret nothing."""
    if isinstance(widget, Input):
        yield "" if widget.password else widget.value
    elif isinstance(widget, OptionList):
        at = widget.highlighted
        for number, option in enumerate(widget.options):
            yield f"{'>' if number == at else ' '} {_plain(option.prompt)}"
    elif isinstance(widget, Digits):
        yield widget.value
    elif isinstance(widget, PlaceMap):
        yield "\n".join(widget.render_line(y).text for y in range(widget.size.height))
    elif isinstance(widget, Static):
        yield _plain(widget.render())


def _plain(shown: object) -> str:
    return shown.plain if isinstance(shown, Content) else str(shown)
