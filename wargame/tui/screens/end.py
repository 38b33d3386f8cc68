"""The end of a game: the ending, every scorecard, and all secrets opened."""

from __future__ import annotations

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.events import Resize
from textual.screen import Screen

from wargame.tui.desk import Desk
from wargame.tui.ending import summary
from wargame.tui.history import history
from wargame.tui.lines import STRONG, Line, line
from wargame.tui.screens.help import HelpPage
from wargame.tui.screens.pick import Page, Pick
from wargame.tui.screens.why import WhyScreen
from wargame.tui.story import story
from wargame.tui.widgets.footer import KeyBar
from wargame.tui.widgets.text import Lines

HELP = (
    "The scores of different roles are not on one scale: compare yours with what the same role reached at "
    "other tables.",
    "",
    "{end.debrief:d} goes on to the debrief: the game from every chair, who knew what, and what was luck.",
    "",
    "The game stays in its save: 'wargame show SAVE --turn N --as ROLE' prints any turn as any role knew it.",
)


class EndScreen(Screen[None]):
    """Scores and secrets."""

    BINDINGS = [
        Binding("l", "last", "Last turn", id="end.last", tooltip="What happened in the last turn"),
        Binding("h", "history", "History", id="end.history", tooltip="The game turn by turn, as you knew it"),
        Binding("w", "why", "Why", id="end.why", tooltip="Why a number is what it is"),
        Binding("d", "debrief", "Debrief", id="end.debrief", tooltip="On to the debrief: what was luck?"),
        Binding("n", "again", "Start screen", id="end.again", tooltip="Another game"),
        Binding("f1,question_mark", "help", "Help", id="end.help"),
        Binding("q", "leave", "Leave", id="end.leave", tooltip="The game stays in its save"),
        Binding("escape", "back", "Back", id="end.back", show=False, tooltip="Asks where to"),
    ]

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk

    def compose(self) -> ComposeResult:
        yield Lines([f"The end: {self._desk.seat.scenario.title}"], id="heading")
        with VerticalScroll(id="story"):
            yield Lines(id="ending")
        yield KeyBar()

    def on_mount(self) -> None:
        self.query_one("#story").focus()

    def on_resize(self, event: Resize) -> None:
        width = max(event.size.width - 4, 36)
        self.query_one("#ending", Lines).show(summary(self._desk.table, *self._desk.readers, width=width))

    def action_last(self) -> None:
        lines: list[Line] = []
        for role in self._desk.readers:
            seat = self._desk.table.session.seat(role)
            if len(self._desk.readers) > 1:
                lines.append(line((f"{seat.scenario.role.title}:", STRONG)))
            told = story(seat.scenario, seat.happened(), seat.told())
            lines += [*(told or [line("Nothing you know of.")]), line("")]
        self.app.push_screen(Page("The last turn", lines))

    def action_history(self) -> None:
        seat = self._desk.table.session.seat(self._desk.readers[0])
        width = max(min(self.size.width * 9 // 10, 108) - 6, 30)
        lines = history(seat.scenario, seat.view(), seat.past(), width)
        self.app.push_screen(Page(f"The game as {seat.scenario.role.title} knew it", lines))

    def action_why(self) -> None:
        self.app.push_screen(WhyScreen(self._desk.table.session.seat(self._desk.readers[0])))

    def action_debrief(self) -> None:
        from wargame.debrief.record import record_of
        from wargame.tui.debrief.screen import DebriefScreen

        session = self._desk.table.session
        record = record_of(session.course, session.verdict)
        self.app.push_screen(DebriefScreen(record, session.path, chair=self._desk.readers[0]))

    def action_again(self) -> None:
        from wargame.tui.app import WargameApp

        assert isinstance(self.app, WargameApp)
        self.app.start_again()

    def action_help(self) -> None:
        self.app.push_screen(HelpPage("The end", self.BINDINGS, HELP))

    @work
    async def action_back(self) -> None:
        """One Escape too many after the last turn does not cost the scores."""
        before = ["The game stays in its save: 'Open a save' on the start screen shows this end again."]
        question = Pick(
            "Leave the scores?", ["Stay with them", "To the start screen", "Leave the program"], before=before
        )
        match await self.app.push_screen_wait(question):
            case 1:
                self.action_again()
            case 2:
                self.action_leave()

    def action_leave(self) -> None:
        self.app.exit()
