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

from wargame.session.projector import Projector
from wargame.session.seat import LocalSeat
from wargame.tui import render
from wargame.tui.lines import Line, head, line
from wargame.tui.screens.help import HelpPage
from wargame.tui.story import Beat, beats
from wargame.tui.widgets.text import Lines, Prose

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


class Told(Prose):
    """What one key told."""

    class Placed(Message):
        """It has its place in the story for the first time."""

        def __init__(self, beat: Told) -> None:
            super().__init__()
            self.beat = beat

    _placed = False

    def on_resize(self) -> None:
        super().on_resize()
        if not self._placed:
            self._placed = True
            self.post_message(self.Placed(self))


class TellingScreen(Screen[None]):
    """What the role learns of the turn that was played."""

    BINDINGS = [
        Binding("space,enter,n", "more", "Go on", id="telling.more", tooltip="The next thing that happened"),
        Binding("s,end", "all", "All at once", id="telling.all", tooltip="Everything that happened"),
        Binding("escape", "close", "Next turn", id="telling.close", tooltip="Ends the telling"),
        Binding("f1,question_mark", "help", "Help", id="telling.help"),
        Binding("q", "app.quit", "Leave", id="telling.leave", tooltip="The game is kept"),
    ]

    def __init__(self, seat: LocalSeat | Projector, played: str) -> None:
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
        story = self.query_one(Story)
        if story.scroll_offset.y < story.max_scroll_y:
            story.scroll_page_down(animate=False)
        elif self._told < len(self._beats):
            self._tell(1)
        else:
            self.dismiss(None)

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
            else "That is all: Space reads to the end, and goes on to the next turn."
        )
        self.query_one("#progress", Lines).show([words])
        if fresh:
            self.call_after_refresh(self._add, [each for beat in fresh for each in beat.lines])

    async def _add(self, told: list[Line]) -> None:
        story = self.query_one(Story)
        await story.mount(Told(told, width=story.content_size.width, classes="beat"))

    @on(Told.Placed)
    def _bring(self, event: Told.Placed) -> None:
        """Scrolls to what is new: to its end, or to its beginning if it is longer than the window."""
        story, beat = self.query_one(Story), event.beat
        if beat.size.height > story.size.height:
            story.scroll_to(y=beat.virtual_region.y, animate=False)
        else:
            story.scroll_end(animate=False)
