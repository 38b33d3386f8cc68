"""The row of names of what can be read beside the orders; each can be clicked."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.events import Click
from textual.message import Message

from wargame.tui.widgets.text import Lines

PANES = {
    "places": ("F2", "Places"),
    "values": ("F3", "Values"),
    "briefing": ("F4", "Briefing"),
    "news": ("F5", "News"),
    "deals": ("F6", "Deals"),
    "why": ("F7", "Last turn"),
}
"""The panes in their order, with the key and the name of each."""


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
        mark = "!" if marked else ""
        self.show([f"[{key} {name}{mark}]" if open_now else f" {key} {name}{mark} "])
        self.set_class(open_now, "-open")

    def on_click(self, event: Click) -> None:
        event.stop()
        self.post_message(self.Clicked(self.pane))


class PaneBar(Horizontal):
    """All names; the open pane's stands in brackets."""

    def compose(self) -> ComposeResult:
        for pane in PANES:
            yield PaneName(pane)

    def tell(self, open_now: str, marked: frozenset[str]) -> None:
        """Shows which pane is open and which wait for the player."""
        for name in self.query(PaneName):
            name.tell(name.pane == open_now, name.pane in marked)
