"""Between two seats: a screen that tells only whose turn it is, and the one where the turn is worked out."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical, VerticalScroll
from textual.events import Click
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Input

from wargame.errors import WargameError
from wargame.tui import render
from wargame.tui.desk import Desk
from wargame.tui.hotseat import PIN_LIMIT, Round
from wargame.tui.lines import GOOD, HEAD, QUIET, STRONG, WARN, Line, fill, line, quiet
from wargame.tui.screens.help import HelpPage
from wargame.tui.screens.pick import Pick
from wargame.tui.widgets.footer import KeyBar
from wargame.tui.widgets.text import Lines, Words

if TYPE_CHECKING:
    from wargame.tui.app import WargameApp

CALM = 0.6
"""Seconds without a key before Enter counts, so that a key held down does not open the next seat."""

FIRST = "A PIN for this seat, if you like; Enter alone does without one."
AGAIN = "The same PIN once more."
NEEDED = "Your PIN, then Enter."
FREE = "Press Enter once you alone look at the screen."
HELP = (
    "Several persons play at this machine, one after the other. The screen is covered between them: whoever "
    "is named takes the seat, and the others look away.",
    "",
    "When you take your seat for the first time you may choose a PIN. It is kept in memory only: it is gone "
    "when the program is left, and whoever can open the save can read the game. It keeps neighbours honest, "
    "no more.",
    "",
    "Up and Down choose another seat that has not locked its orders yet.",
)


class SeatRow(Lines):
    """One seat; a click chooses it."""

    class Clicked(Message):
        """The seat was clicked."""

        def __init__(self, role: str) -> None:
            super().__init__()
            self.role = role

    def __init__(self, role: str) -> None:
        super().__init__(classes="seat")
        self.role = role

    def on_click(self, event: Click) -> None:
        event.stop()
        self.post_message(self.Clicked(self.role))


class CurtainScreen(Screen[None]):
    """Hands over to a role; it knows no secret of any seat."""

    BINDINGS = [
        Binding(
            "f2",
            "sit",
            "Sit down",
            id="curtain.sit",
            tooltip="Take the seat that is named; Enter does it too",
        ),
        Binding("up", "other(-1)", "Seat before", id="curtain.before", show=False),
        Binding(
            "down", "other(1)", "Next seat", id="curtain.next", tooltip="Another seat that has to choose"
        ),
        Binding(
            "f3", "open_table", "No curtains", id="curtain.open", tooltip="One person plays all these seats"
        ),
        Binding("f1", "help", "Help", id="curtain.help"),
        Binding("escape", "app.quit", "Leave", id="curtain.leave", tooltip="The game is kept"),
    ]

    def __init__(self, desk: Desk, round: Round, role: str) -> None:
        super().__init__()
        self._desk = desk
        self._round = round
        self._role = role
        self._first = ""
        """A new PIN that has to be typed once more."""
        self._touched = time.monotonic()

    def compose(self) -> ComposeResult:
        yield Lines([line((self._desk.title, STRONG))], id="heading")
        with VerticalScroll(id="curtain", can_focus=False), Vertical(classes="box"):
            yield Lines(id="whose")
            for role in self._desk.persons:
                yield SeatRow(role)
            yield Lines(id="pin-words")
            yield Words(password=True, max_length=PIN_LIMIT, id="pin")
            yield Lines(id="wrong")
        yield KeyBar()

    def on_mount(self) -> None:
        self._program.wipe()
        field = self.query_one("#pin", Words)
        field.cursor_blink = False
        field.focus()
        self._draw()

    # --- What is shown

    def _draw(self, wrong: str = "") -> None:
        pins, titles = self._round.pins, self._desk.titles
        self.query_one("#whose", Lines).show(
            [line(("Hand over to", QUIET)), line((titles[self._role], HEAD)), ""]
        )
        for row in self.query(SeatRow):
            row.show([self._seat(row.role)])
        asked, guarded = pins.asked(self._role), pins.guards(self._role)
        words = NEEDED if guarded else FREE if asked else AGAIN if self._first else FIRST
        self.query_one("#pin-words", Lines).show(["", words])
        field = self.query_one("#pin", Words)
        field.value = ""
        field.disabled = False
        self.query_one("#wrong", Lines).show(
            [line((wrong, WARN)) if wrong else quiet("The others look away.")]
        )

    def _seat(self, role: str) -> Line:
        chosen = role == self._role
        mark, width = (">" if chosen else " "), 40
        if role not in self._desk.waiting:
            return line(f"{mark} ", (fill(self._desk.titles[role], width), QUIET), (" has locked", GOOD))
        return line(
            f"{mark} ",
            (fill(self._desk.titles[role], width), STRONG if chosen else ""),
            (" has to choose", QUIET),
        )

    # --- Choosing a seat

    @on(SeatRow.Clicked)
    def _clicked(self, event: SeatRow.Clicked) -> None:
        if event.role in self._desk.waiting:
            self._turn_to(event.role)

    def action_other(self, by: int) -> None:
        seats = self._desk.waiting
        self._turn_to(seats[(seats.index(self._role) + by) % len(seats)])

    def _turn_to(self, role: str) -> None:
        self._role, self._first = role, ""
        self._draw()

    # --- Sitting down

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.action_sit()

    def action_sit(self) -> None:
        now = time.monotonic()
        calm = now - self._touched >= CALM
        self._touched = now
        typed = self.query_one("#pin", Words).value
        if not calm and not typed:
            return
        pins = self._round.pins
        if pins.guards(self._role):
            self._unlock(typed, now)
        elif pins.asked(self._role):
            self._sit()
        elif not typed and not self._first:
            pins.choose(self._role, "")
            self._sit()
        else:
            self._choose_pin(typed)

    def _unlock(self, typed: str, now: float) -> None:
        pins = self._round.pins
        if pins.opens(self._role, typed, now):
            self._sit()
        elif left := pins.closed(self._role, now):
            self._draw(f"Wrong too often: this seat takes a PIN again in {left} seconds.")
        else:
            self._draw("That is not the PIN of this seat.")

    def _choose_pin(self, typed: str) -> None:
        if not self._first:
            self._first = typed
            self._draw()
        elif typed == self._first:
            self._round.pins.choose(self._role, typed)
            self._sit()
        else:
            self._first = ""
            self._draw("The two were not the same. Choose again.")

    def _sit(self) -> None:
        self.query_one("#pin", Words).value = ""
        self._program.sit_down(self._role)

    @work
    async def action_open_table(self) -> None:
        if self._round.pins.any:
            self._draw("A seat has a PIN: the curtains stay.")
            return
        rows = ["Yes, I play them all", "No, keep the curtains"]
        if await self.app.push_screen_wait(Pick("Does one person play all these seats?", rows)) == 0:
            self._round.curtains = False
            self._sit()

    def action_help(self) -> None:
        self.app.push_screen(HelpPage("The curtain", self.BINDINGS, HELP))

    @property
    def _program(self) -> WargameApp:
        from wargame.tui.app import WargameApp

        assert isinstance(self.app, WargameApp)
        return self.app


class GatherScreen(Screen[None]):
    """All have locked: the turn is worked out, and what everybody may know of it is told to all together."""

    BINDINGS = [
        Binding("enter,space,f2", "work_out", "Work out the turn", id="gather.work_out"),
        Binding("f1,question_mark", "help", "Help", id="gather.help"),
        Binding("escape,q", "app.quit", "Leave", id="gather.leave", tooltip="The game is kept"),
    ]

    def __init__(self, desk: Desk, round: Round) -> None:
        super().__init__()
        self._desk = desk
        self._round = round
        self._busy = False
        self._touched = time.monotonic()

    def compose(self) -> ComposeResult:
        yield Lines([line((self._desk.title, STRONG))], id="heading")
        with VerticalScroll(id="curtain"), Vertical(classes="box"):
            yield Lines(id="whose")
            yield Lines(id="wrong")
        yield KeyBar()

    def on_mount(self) -> None:
        self._program.wipe()
        self._draw()
        if not self._round.curtains:
            self._work_out()

    def _draw(self, fault: str = "") -> None:
        words = "The others decide ..." if self._busy else "Press Enter when everybody looks at the screen."
        then = (
            "First what all may know is told to all together, then each seat's own part to that seat alone."
        )
        self.query_one("#whose", Lines).show(
            [line(("All orders are locked.", HEAD)), "", words, "", *([quiet(then)] if not fault else [])]
        )
        self.query_one("#wrong", Lines).show([line((fault, WARN))] if fault else [])

    def action_work_out(self) -> None:
        now, before = time.monotonic(), self._touched
        self._touched = now
        if not self._busy and now - before >= CALM:
            self._work_out()

    @work
    async def _work_out(self) -> None:
        from wargame.tui.screens.telling import TellingScreen

        self._busy = True
        self._draw()
        common = self._desk.common
        played = render.heading(common.view())
        try:
            await self._desk.do(self._advance)
        except WargameError as error:
            self._busy = False
            self._draw(f"{error} Enter tries again.")
            return
        self._round.played = played
        if self._round.curtains:
            await self._program.roomy()
            await self.app.push_screen_wait(TellingScreen(common, f"for everybody. {played}"))
        self._program.next_seat(None)

    def _advance(self) -> None:
        self._desk.table.play_agents()
        self._desk.table.advance()

    def action_help(self) -> None:
        self.app.push_screen(HelpPage("The turn", self.BINDINGS, HELP))

    @property
    def _program(self) -> WargameApp:
        from wargame.tui.app import WargameApp

        assert isinstance(self.app, WargameApp)
        return self.app
