"""The end of a game: the ending, every scorecard, and all secrets opened."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.screen import Screen
from textual.widgets import Footer

from wargame.tui.desk import Desk
from wargame.tui.ending import summary
from wargame.tui.lines import STRONG, Line, line
from wargame.tui.screens.help import HelpPage
from wargame.tui.screens.pick import Page
from wargame.tui.story import story
from wargame.tui.widgets.text import Lines

HELP = (
    "The scores of different roles are not on one scale: compare yours with what the same role reached at "
    "other tables.",
    "",
    "The game stays in its save: 'wargame show SAVE --turn N --as ROLE' prints any turn as any role knew it.",
)


class EndScreen(Screen[None]):
    """Scores and secrets."""

    BINDINGS = [
        Binding("l", "last", "Last turn", id="end.last", tooltip="What happened in the last turn"),
        Binding("n", "again", "Start screen", id="end.again", tooltip="Another game"),
        Binding("f1,question_mark", "help", "Help", id="end.help"),
        Binding("q,escape", "leave", "Leave", id="end.leave", tooltip="The game stays in its save"),
    ]

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk

    def compose(self) -> ComposeResult:
        yield Lines([f"The end: {self._desk.seat.scenario.title}"], id="heading")
        with VerticalScroll(id="story"):
            yield Lines(summary(self._desk.table, *self._desk.readers))
        yield Footer(show_command_palette=False, compact=True)

    def on_mount(self) -> None:
        self.query_one("#story").focus()

    def action_last(self) -> None:
        lines: list[Line] = []
        for role in self._desk.readers:
            seat = self._desk.table.session.seat(role)
            if len(self._desk.readers) > 1:
                lines.append(line((f"{seat.scenario.role.title}:", STRONG)))
            told = story(seat.scenario, seat.happened(), seat.told())
            lines += [*(told or [line("Nothing you know of.")]), line("")]
        self.app.push_screen(Page("The last turn", lines))

    def action_again(self) -> None:
        from wargame.tui.app import WargameApp

        assert isinstance(self.app, WargameApp)
        self.app.start_again()

    def action_help(self) -> None:
        self.app.push_screen(HelpPage("The end", self.BINDINGS, HELP))

    def action_leave(self) -> None:
        self.app.exit()
