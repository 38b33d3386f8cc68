"""The facilitator's console: every seat, message, event and value, and all that control may do about them."""

from __future__ import annotations

import time
from contextlib import suppress
from typing import TYPE_CHECKING

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.screen import ModalScreen, Screen
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from wargame.errors import WargameError
from wargame.session.clock import Clock
from wargame.session.control import Control
from wargame.session.entries import Argued
from wargame.tui import console, render, twin
from wargame.tui.desk import Desk
from wargame.tui.hotseat import Round
from wargame.tui.lines import STRONG, Line, line
from wargame.tui.screens import powers
from wargame.tui.screens.forms import Form
from wargame.tui.screens.help import HelpPage
from wargame.tui.screens.pick import Page, Pick
from wargame.tui.screens.projector import ProjectorScreen
from wargame.tui.screens.seat import SeatScreen
from wargame.tui.twin import PANES
from wargame.tui.widgets.footer import KeyBar
from wargame.tui.widgets.listing import Listing
from wargame.tui.widgets.strip import Strip
from wargame.tui.widgets.text import Lines, Prose, content

if TYPE_CHECKING:
    from wargame.tui.app import WargameApp

POWERS = (
    ("c", "close", "Close the turn"),
    ("s", "seat", "Seat a person"),
    ("t", "clock", "Clock"),
    ("i", "inject", "Inject a message"),
    ("e", "release", "Release an event"),
    ("v", "set_value", "Set a value"),
    ("o", "overrule", "Overrule"),
    ("a", "argue", "Argue an action"),
    ("h", "hand_over", "Hand a seat over"),
    ("r", "rewind", "Rewind"),
    ("d", "adviser", "Adviser off or on"),
    ("p", "projector", "Projector"),
)
SHOWN = ("close", "seat", "clock", "projector")
"""What stands in the footer, too."""

HELP = (
    "You lead the game from here and see everything: turn the projector off, or press "
    "{control.projector:p}, before others look.",
    "",
    "Close works out the turn. Seats that have not locked get the scenario's default orders, and all are "
    "told. Every ruling is kept in the record with its reason; what moves the game needs one.",
    "",
    "{control.adviser:d} forbids the adviser to all seats at once, or allows it again; a single seat cannot "
    "be left out. Whoever asks meanwhile is told your reason.",
    "",
    "Rewind goes on in a new save; the old one keeps everything. The twelve characters in the heading belong "
    "to the last entry: noted elsewhere, they show later whether any is missing.",
)


class Cover(ModalScreen[None]):
    """Hands the machine over, and tells nothing."""

    BINDINGS = [Binding("enter,space", "dismiss(None)", "Go on", id="cover.on", tooltip="You look alone")]
    DEFAULT_CSS = "Cover { align: center middle; background: $background; }"

    def __init__(self, words: str) -> None:
        super().__init__()
        self._words = words

    def compose(self) -> ComposeResult:
        with Vertical(classes="box"):
            yield Lines([line((self._words, STRONG)), "", "Press Enter once you alone look at the screen."])


class OrdersScreen(SeatScreen):
    """A seat's own screen, opened from the console; locking or H goes back there."""

    def _on_done(self) -> None:
        self.dismiss(None)

    async def _rise(self) -> None:
        await self._program.roomy()
        self._on_done()

    @work
    async def action_hand_over(self) -> None:
        if not self._busy:
            await self.desk.idle()
            await self._rise()


class ControlScreen(Screen[None]):
    """Everything a facilitator sees and does."""

    BINDINGS = [
        *(
            Binding(key, action, words, id=f"control.{action}", show=action in SHOWN)
            for key, action, words in POWERS
        ),
        *(
            Binding(f"{number},f{number + 1}", f"pane('{id}')", words, id=f"control.{id}", show=False)
            for number, (id, words) in enumerate(PANES, start=1)
        ),
        Binding("m", "minutes", "50/100 min", id="control.minutes", show=False, tooltip="Script: 50 or 100"),
        Binding("f1,question_mark", "help", "Help", id="control.help"),
        Binding("escape,q", "app.quit", "Leave", id="control.leave", tooltip="The game is kept"),
    ]
    DEFAULT_CSS = """
    ControlScreen #console { height: 1fr; }
    ControlScreen #side { width: 24; border-right: solid $panel; }
    ControlScreen #powers { height: 1fr; padding: 0 1; }
    ControlScreen #pane { height: 1fr; padding: 0 1; }
    ControlScreen #pane-text { height: auto; }
    """

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.clock = Clock.of(self.control.clock, time.monotonic)
        self._round = Round(curtains=True)
        self._pane = "table"
        self._minutes = 50
        self._planned: int | None = None
        self._busy = False

    @property
    def control(self) -> Control:
        """Control of the game as it is now; a rewind changes the save, not the session."""
        return self.desk.table.session.control()

    def compose(self) -> ComposeResult:
        yield Lines(id="heading")
        yield Strip(PANES)
        with Horizontal(id="console"):
            with Vertical(id="side"):
                yield Listing(
                    *(Option(content(f"{key.upper()}  {words}"), id=action) for key, action, words in POWERS),
                    id="powers",
                    markup=False,
                )
            with VerticalScroll(id="pane"):
                yield Prose(id="pane-text")
        yield KeyBar()

    def on_mount(self) -> None:
        self.query_one("#powers").focus()
        self.set_interval(1, self._tick)
        self.show_all()

    # --- What is shown

    def show_all(self) -> None:
        """Draws everything as it is now."""
        self._planned = twin.planned(self.desk.table.session, self._minutes)
        self._show_heading()
        self.query_one(Strip).tell(self._pane)
        self.query_one("#pane-text", Prose).show(
            twin.pane(self.desk.table.session, self._pane, self._minutes)
        )

    def _show_heading(self) -> None:
        self.query_one("#heading", Lines).show(
            console.heading(self.desk.table.session, self.clock, self._planned)
        )

    def _tick(self) -> None:
        before = self.clock.state
        if self.clock.tick() != before:
            self._program.say(f"Clock {console.clock_words(self.clock)}")
            if self.clock.state == "slept":
                self._note_sleep()
        if self.is_current:
            self._show_heading()

    @work
    async def _note_sleep(self) -> None:
        """The record says that the clock stood from then on, as it does for any other pause."""
        if not self.desk.table.session.is_over:
            with suppress(WargameError):
                await self.desk.do(lambda: self.control.pause_clock(self.clock.left, "the machine slept"))

    def action_pane(self, pane: str) -> None:
        self._pane = pane
        self.show_all()
        self.query_one("#pane").scroll_home(animate=False)

    @on(Strip.Clicked)
    def _pane_clicked(self, event: Strip.Clicked) -> None:
        self.action_pane(event.pane)

    def action_minutes(self) -> None:
        self._minutes = 150 - self._minutes
        self.action_pane("script")

    @on(OptionList.OptionSelected, "#powers")
    async def _chosen(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        if event.option.id:
            await self.run_action(event.option.id)

    # --- What control does

    @work
    async def _fill_in(self, form: Form | None, done: str, pane: str) -> None:
        if form is None:
            self._program.say("Every event of the scenario has happened.")
        elif await self.app.push_screen_wait(form):
            self._program.say(done)
            self.action_pane(pane)

    def _open(self) -> bool:
        """Whether the game goes on; says so if not."""
        if self.desk.table.session.is_over:
            self._program.say("The game is over: only looking and taking back are left.")
        return not self.desk.table.session.is_over

    def action_inject(self) -> None:
        if self._open():
            self._fill_in(powers.inject(self.desk), "They have been told.", "record")

    def action_release(self) -> None:
        if self._open():
            self._fill_in(powers.release(self.desk), "It has happened.", "record")

    def action_set_value(self) -> None:
        if self._open():
            self._fill_in(powers.set_value(self.desk), "The value is set.", "record")

    def action_overrule(self) -> None:
        if self._open():
            self._fill_in(powers.overrule(self.desk), "The outcome is overruled.", "record")

    @work
    async def action_argue(self) -> None:
        if not self._open() or not await self.app.push_screen_wait(powers.argue(self.desk)):
            return
        self.action_pane("record")
        decided = self.control.decisions()[-1].what
        if isinstance(decided, Argued):
            lines = console.verdict(self.desk.table.session, decided)
            self.app.push_screen(Page(f"Argument {decided.number}: read it out", lines))

    def action_adviser(self) -> None:
        if self._open():
            self._fill_in(powers.adviser(self.desk), "That holds for all seats from now on.", "record")

    def action_clock(self) -> None:
        if self._open():
            self._fill_in(powers.clock(self.desk, self.clock, self._planned), "The clock is set.", self._pane)

    @work
    async def action_rewind(self) -> None:
        if await self.app.push_screen_wait(powers.rewind(self.desk)):
            self._fresh_clock()
            self._program.say(f"The game goes on in {self.control.path.name}")
            self.action_pane("table")

    @work
    async def action_hand_over(self) -> None:
        if not self._open():
            return
        session = self.desk.table.session
        roles = list(session.seats)
        rows = [f"{console.title(session, id)}: {console.player_words(session.seats[id])}" for id in roles]
        chosen = await self.app.push_screen_wait(Pick("Hand over which seat?", rows))
        if chosen is not None and await self.app.push_screen_wait(powers.hand_over(self.desk, roles[chosen])):
            self.action_pane("table")

    @work
    async def action_close(self) -> None:
        if self._busy or not self._open():
            return
        session = self.desk.table.session
        missing = console.waiting(self.control, session)
        before: list[Line | str] = []
        if missing:
            defaults = self.control.defaults()
            before = ["Not locked yet; these default orders would stand, and all are told:"]
            before += console.absent(session, {role: defaults[role] for role in missing})
        # Where somebody is missing, the answer that takes nothing from anybody comes first.
        answers = ["No, wait for them", "Yes, close it without them"] if missing else ["Yes", "No, not yet"]
        question = Pick("Close the turn and work it out?", answers, before=before)
        if await self.app.push_screen_wait(question) == (1 if missing else 0):
            await self._work_out(missing)

    async def _work_out(self, missing: list[str]) -> None:
        self._busy = True
        played = render.heading(self.desk.common.view())
        try:
            await self.desk.do(self._adjudicate)
        except WargameError as error:
            self._program.say(f"Not done: {error}")
        else:
            self._fresh_clock()
            self._round.played = played
            named = ", ".join(self.desk.titles[role] for role in missing)
            self._program.say(f"The turn is worked out.{f' Default orders: {named}.' if named else ''}")
        finally:
            self._busy = False
        self.action_pane("record")

    def _adjudicate(self) -> None:
        self.desk.table.play_agents()
        self.control.adjudicate(fill_absent=True)

    def _fresh_clock(self) -> None:
        self.clock = Clock.of(self.control.clock, time.monotonic)

    @work
    async def action_projector(self) -> None:
        self.query_one("#console").display = False
        await self.app.push_screen_wait(ProjectorScreen(self.desk.table.session.public, self.clock))
        self.query_one("#console").display = True
        self.show_all()

    @work
    async def action_seat(self) -> None:
        if not self._open():
            return
        waiting = console.waiting(self.control, self.desk.table.session)
        if not waiting:
            self._program.say("No person has still to choose. H hands a seat to a person, C closes the turn.")
            return
        rows = [self.desk.titles[role] for role in waiting]
        chosen = await self.app.push_screen_wait(Pick("Who comes to this machine?", rows))
        if chosen is not None:
            await self._sit(waiting[chosen])

    async def _sit(self, role: str) -> None:
        # Hidden, not only covered: no frame between two screens may show it.
        self.query_one("#console").display = False
        self._program.wipe()
        await self.app.push_screen_wait(Cover(f"Hand over to {self.desk.titles[role]}"))
        self.desk.sit(role)
        await self.app.push_screen_wait(OrdersScreen(self.desk, self._round))
        self.desk.rise()
        self._program.wipe()
        await self.app.push_screen_wait(Cover("Hand back to control"))
        self.query_one("#console").display = True
        self.action_pane("table")

    def action_help(self) -> None:
        self.app.push_screen(HelpPage("Control", self.BINDINGS, HELP))

    @property
    def _program(self) -> WargameApp:
        from wargame.tui.app import WargameApp

        assert isinstance(self.app, WargameApp)
        return self.app
