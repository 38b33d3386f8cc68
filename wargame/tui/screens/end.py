"""The end of a game: the ending, every scorecard, and all secrets opened."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.screen import Screen
from textual.widgets import Footer

from wargame.agents.driver import Table
from wargame.tui.ending import summary
from wargame.tui.widgets.text import Lines


class EndScreen(Screen[None]):
    """Scores and secrets."""

    BINDINGS = [
        Binding("q,escape,ctrl+q", "leave", "Leave", id="end.leave"),
        Binding("n", "again", "Start screen", id="end.again"),
    ]

    def __init__(self, table: Table, role: str) -> None:
        super().__init__()
        self._table = table
        self._role = role

    def compose(self) -> ComposeResult:
        yield Lines(["The end"], id="heading")
        with VerticalScroll(id="story"):
            yield Lines(summary(self._table, self._role))
        yield Footer(show_command_palette=False, compact=True)

    def on_mount(self) -> None:
        self.query_one("#story").focus()

    def action_leave(self) -> None:
        self.app.exit()

    def action_again(self) -> None:
        from wargame.tui.screens.start import StartScreen

        self._table.session.close()
        self.app.switch_screen(StartScreen())
