"""What can be read beside the orders: the row of its names, each to click, and the pane it stands in."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.events import Click, Resize
from textual.message import Message

from wargame.tui.keymap import shown
from wargame.tui.widgets.text import Lines

PANES = {
    "places": ("F2", "Places"),
    "map": ("P", "Map"),
    "values": ("F3", "Values"),
    "briefing": ("F4", "Briefing"),
    "news": ("F5", "News"),
    "deals": ("F6", "Deals"),
    "why": ("F7", "Last turn"),
    "history": ("F8", "History"),
    "notes": ("F9", "Notes"),
    "five": ("0", "Five"),
}
"""The panes in their order, with the key and the name of each."""

SHORT = {"briefing": "Brief", "why": "Last", "history": "Past"}
"""Names for a narrow window."""

ROOMY = 108
"""Cells across from which the full names fit."""


class PaneName(Lines):
    """One name in the row."""

    class Clicked(Message):
        """The name was clicked."""

        def __init__(self, pane: str) -> None:
            super().__init__()
            self.pane = pane

    def __init__(self, pane: str) -> None:
        super().__init__(id=f"name-{pane}", classes="pane-name")
        self.pane = pane

    def tell(self, open_now: bool, marked: bool) -> None:
        """Shows whether the pane is open, and whether something in it waits for the player."""
        key, name = PANES[self.pane]
        after = " "
        if self.app.size.width < ROOMY:
            after = ""
            key, name = key.removeprefix("F"), SHORT.get(self.pane, name)
        if changed := getattr(self.app, "keymap", {}).get(f"play.{self.pane}"):
            key = shown(changed)
        mark = "!" if marked else ""
        before = "" if after else " "
        self.show([f"{before}[{key} {name}{mark}]" if open_now else f" {key} {name}{mark}{after}"])
        self.set_class(open_now, "-open")

    def on_click(self, event: Click) -> None:
        event.stop()
        self.post_message(self.Clicked(self.pane))


class PaneBar(Horizontal):
    """All names; the open pane's stands in brackets."""

    def compose(self) -> ComposeResult:
        for pane in PANES:
            yield PaneName(pane)

    def tell(
        self, open_now: str, marked: frozenset[str], absent: frozenset[str] | set[str] = frozenset()
    ) -> None:
        """Shows which pane is open, which wait for the player, and not those that are *absent*."""
        for name in self.query(PaneName):
            name.display = name.pane not in absent
            name.tell(name.pane == open_now, name.pane in marked)


class ReadingPane(VerticalScroll):
    """What is read, which is written for the width it has."""

    class Widened(Message):
        """It has become wider or narrower: what it shows must be written anew."""

    _width = 0

    def on_resize(self, event: Resize) -> None:
        if event.size.width != self._width:
            self._width = event.size.width
            self.post_message(self.Widened())
