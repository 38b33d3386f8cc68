"""The adjudication told beat by beat, with causes: step, or see it all at once."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.events import Click
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Footer

from wargame.session.seat import LocalSeat
from wargame.tui import render
from wargame.tui.lines import head, line
from wargame.tui.screens.help import HelpPage
from wargame.tui.story import Beat, beats
from wargame.tui.widgets.text import Lines

HELP = (
    "One thing after another is told: an order, what the dice said and all it changed; then what the world "
    "does by itself. The phases follow each other, but inside a phase all orders count at once.",
    "",
    "A check shows its chance, the number rolled from 0 to 99, and by how much it succeeded or failed. Only "
    "what you may know is told: what others do in secret shows in its consequences alone.",
)


class Story(VerticalScroll):
    """What has been told so far; a click goes on."""

    class Clicked(Message):
        """The story was clicked."""

    def on_click(self, event: Click) -> None:
        event.stop()
        self.post_message(self.Clicked())


class TellingScreen(Screen[None]):
    """What the role learns of the turn that was played."""

    BINDINGS = [
        Binding("space,enter,n", "more", "Go on", id="telling.more", tooltip="The next thing that happened"),
        Binding("s,end", "all", "All at once", id="telling.all", tooltip="Everything that happened"),
        Binding("escape", "close", "Next turn", id="telling.close", tooltip="Ends the telling"),
        Binding("f1,question_mark", "help", "Help", id="telling.help"),
        Binding("q", "app.quit", "Leave", id="telling.leave", tooltip="The game is kept"),
    ]

    def __init__(self, seat: LocalSeat, played: str) -> None:
        super().__init__()
        self._played = played
        public = seat.scenario
        told = beats(public, seat.happened(), seat.told())
        closing = Beat((line(""), head("── Where it stands"), *render.movements(public, seat.view())))
        self._beats = (*(told or (Beat((line("Nothing happened that you know of."),)),)), closing)
        self._told = 0

    def compose(self) -> ComposeResult:
        yield Lines([f"What happened: {self._played}"], id="heading")
        yield Story(id="story")
        yield Lines(id="progress", classes="hint")
        yield Footer(show_command_palette=False, compact=True)

    def on_mount(self) -> None:
        self.query_one(Story).focus()
        self._tell(1)

    @on(Story.Clicked)
    def action_more(self) -> None:
        if self._told >= len(self._beats):
            self.dismiss(None)
        else:
            self._tell(1)

    def action_all(self) -> None:
        self._tell(len(self._beats))

    def action_close(self) -> None:
        self.dismiss(None)

    def action_help(self) -> None:
        self.app.push_screen(HelpPage("The telling", self.BINDINGS, HELP))

    def _tell(self, count: int) -> None:
        fresh = self._beats[self._told : self._told + count]
        self._told = min(self._told + count, len(self._beats))
        left = len(self._beats) - self._told
        words = (
            f"{left} more: Space goes on, S tells all."
            if left
            else "That is all: Space goes on to the next turn."
        )
        self.query_one("#progress", Lines).show([words])
        if fresh:
            told = [each for beat in fresh for each in beat.lines]
            self.call_after_refresh(self._add, Lines(told, classes="beat"), count > 1)

    async def _add(self, beat: Lines, everything: bool) -> None:
        story = self.query_one(Story)
        first = not story.children
        await story.mount(beat)
        if not (first and everything):
            self.call_after_refresh(story.scroll_end, animate=False)
