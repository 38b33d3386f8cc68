"""The adjudication told fact by fact, with causes: step, or see it all at once."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.screen import Screen
from textual.widgets import Footer

from wargame.session.seat import LocalSeat
from wargame.tui import render
from wargame.tui.widgets.text import Lines

STEP = 6
"""Facts told at one key."""


class TellingScreen(Screen[None]):
    """What the role learns of the turn that was played."""

    BINDINGS = [
        Binding("space,enter,down", "more", "Go on", id="telling.more"),
        Binding("s,end", "all", "All at once", id="telling.all"),
        Binding("escape,q", "close", "To the next turn", id="telling.close"),
    ]

    def __init__(self, seat: LocalSeat) -> None:
        super().__init__()
        self._facts = render.story(seat.scenario, seat.told()) or ["Nothing happened that you know of."]
        self._told = 0

    def compose(self) -> ComposeResult:
        yield Lines(["What happened"], id="heading")
        with VerticalScroll(id="story"):
            yield Lines(id="facts")
        yield Lines(id="progress", classes="hint")
        yield Footer(show_command_palette=False, compact=True)

    def on_mount(self) -> None:
        self.query_one("#story", VerticalScroll).can_focus = False
        self._tell(STEP)

    def action_more(self) -> None:
        if self._told >= len(self._facts):
            self.dismiss(None)
        else:
            self._tell(STEP)

    def action_all(self) -> None:
        self._tell(len(self._facts))

    def action_close(self) -> None:
        self.dismiss(None)

    def _tell(self, count: int) -> None:
        self._told = min(self._told + count, len(self._facts))
        self.query_one("#facts", Lines).show(self._facts[: self._told])
        left = len(self._facts) - self._told
        words = f"{left} more: Space goes on, S shows all" if left else "That is all: Space goes on"
        self.query_one("#progress", Lines).show([words])
        self.query_one("#story", VerticalScroll).scroll_end(animate=False)
