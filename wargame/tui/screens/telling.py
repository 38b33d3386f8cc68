"""The adjudication told beat by beat, with causes: step, at a pace, or all at once; all of it or a part."""

from __future__ import annotations

from collections.abc import Mapping

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.events import Click
from textual.message import Message
from textual.screen import Screen
from textual.timer import Timer

from wargame.session.projector import Projector
from wargame.session.seat import LocalSeat
from wargame.tui import telling
from wargame.tui.lines import Line, line
from wargame.tui.rules import section_for
from wargame.tui.screens.help import HelpPage
from wargame.tui.screens.pick import Pick
from wargame.tui.screens.rules import RulesScreen
from wargame.tui.screens.why import WhyScreen
from wargame.tui.story import Beat, beats
from wargame.tui.telling import Only, Telling
from wargame.tui.widgets.footer import KeyBar
from wargame.tui.widgets.text import Lines, Prose

HELP = (
    "One thing after another is told: an order, what the dice said and all it changed; then what the world "
    "does by itself. The phases follow each other, but inside a phase all orders count at once.",
    "",
    "A check shows its chance, the number rolled from 0 to 99, and by how much it succeeded or failed. Only "
    "what you may know is told: what others do in secret shows in its consequences alone.",
    "",
    "P and V leave only what concerns one place or one value; the rest is not lost: choose 'Everything'.",
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
        if not self._placed:
            self._placed = True
            self.post_message(self.Placed(self))


class TellingScreen(Screen[None]):
    """What the role learns of the turn that was played."""

    BINDINGS = [
        Binding("space,enter,n", "more", "Go on", id="telling.more", tooltip="The next thing that happened"),
        Binding("s,end", "all", "All at once", id="telling.all", tooltip="Everything that happened"),
        Binding("escape", "close", "Next turn", id="telling.close", tooltip="Ends the telling"),
        Binding(
            "p", "place", "Place", id="telling.place", show=False, tooltip="Only what concerns one place"
        ),
        Binding("v", "value", "Value", id="telling.value", show=False, tooltip="Only what moves one value"),
        Binding(
            "a",
            "pace",
            "Pace",
            id="telling.pace",
            show=False,
            tooltip="By itself, slowly or quickly",
        ),
        Binding("w", "why", "Why", id="telling.why", show=False, tooltip="Why the last number is what it is"),
        Binding("r", "rules", "Rules", id="telling.rules", show=False, tooltip="The rules of what was told"),
        Binding("f1,question_mark", "help", "Help", id="telling.help"),
        Binding("q", "app.quit", "Leave", id="telling.leave", tooltip="The game is kept"),
    ]

    def __init__(self, seat: LocalSeat | Projector, played: str) -> None:
        super().__init__()
        self._seat = seat
        self._played = played
        public = seat.scenario
        told = beats(public, seat.happened(), seat.told())
        closing = telling.standing(public, seat.view())
        self._course = Telling((*(told or (Beat((line("Nothing happened that you know of."),)),)), closing))
        self._pace = telling.BY_KEY
        self._clock: Timer | None = None

    def compose(self) -> ComposeResult:
        yield Lines([f"What happened: {self._played}"], id="heading")
        yield Story(id="story")
        yield Lines(id="progress", classes="hint")
        yield KeyBar()

    def on_mount(self) -> None:
        self.query_one(Story).focus()
        wish = getattr(getattr(self.app, "settings", None), "telling", "step")
        if wish == "all":
            self.action_all()
            return
        self._tell()
        if wish == "slow":
            self.action_pace()

    # --- Going on

    @on(Story.Clicked)
    def action_more(self) -> None:
        if not self._go_on():
            self.dismiss(None)

    def _go_on(self) -> bool:
        """Shows more of what is told, or tells more; False if nothing is left."""
        story = self.query_one(Story)
        if story.scroll_offset.y < story.max_scroll_y:
            story.scroll_page_down(animate=False)
        elif not self._course.is_over:
            self._tell()
        else:
            return False
        return True

    def action_all(self) -> None:
        self._add(self._course.all())
        self._keep_pace(0)

    def action_close(self) -> None:
        self.dismiss(None)

    def action_pace(self) -> None:
        """By itself, slowly or quickly, and by key again; whoever wants no motion is told all at once."""
        if getattr(getattr(self.app, "settings", None), "reduced_motion", False):
            self.action_all()
            return
        self._pace = telling.PACES[(telling.PACES.index(self._pace) + 1) % len(telling.PACES)]
        self._keep_pace(self._course.last_words)

    def _keep_pace(self, words: int) -> None:
        """Sets the clock for what comes next, as long as *words* words take to read."""
        if self._clock is not None:
            self._clock.stop()
            self._clock = None
        if self._pace.seconds and not self._course.is_over:
            self._clock = self.set_timer(self._pace.time_for(words), self._tick)
        self._show_progress()

    def _tick(self) -> None:
        if self.is_current:
            self._go_on()
        self._keep_pace(self._course.last_words)

    def _tell(self) -> None:
        self._add(self._course.next())
        self._keep_pace(self._course.last_words)

    # --- Choosing what is told

    @work
    async def action_place(self) -> None:
        titles = {id: each.title for id, each in self._seat.scenario.places.items()}
        await self._choose("Only what concerns which place?", "place", titles)

    @work
    async def action_value(self) -> None:
        titles = {id: note.title for id, note in self._seat.scenario.gauges.items()}
        await self._choose("Only what moves which value?", "value", titles)

    async def _choose(self, question: str, kind: str, titles: Mapping[str, str]) -> None:
        counts = self._course.counts(kind)
        known = [id for id in titles if id in counts]
        rows = ["Everything", *(f"{titles[id]} ({counts[id]})" for id in known)]
        picked = await self.app.push_screen_wait(Pick(question, rows))
        if picked is None or not self.is_mounted:
            return
        only = Only(kind, known[picked - 1], titles[known[picked - 1]]) if picked else None
        shown = self._course.choose(only)
        await self.query_one(Story).remove_children()
        self._add(shown)
        self._show_progress()

    # --- Reading on

    def action_why(self) -> None:
        if isinstance(self._seat, LocalSeat):
            self.app.push_screen(WhyScreen(self._seat, self._course.last_change()))

    def action_rules(self) -> None:
        desk = getattr(self.app, "desk", None)
        if desk is not None:
            section = section_for(self._course.last_fact())
            self.app.push_screen(RulesScreen(desk.table.session.scenario, self._seat.scenario, section))

    def action_help(self) -> None:
        self.app.push_screen(HelpPage("The telling", self.BINDINGS, HELP))

    def _show_progress(self) -> None:
        self.query_one("#progress", Lines).show([self._course.progress(self._pace)])

    def _add(self, told: list[Line]) -> None:
        if told:
            self.call_after_refresh(self._mount_lines, told)

    async def _mount_lines(self, told: list[Line]) -> None:
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
