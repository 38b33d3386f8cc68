"""What a screen of a game in play can open to read: why, the rules, and the seat's own notes."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual import on, work
from textual.binding import Binding
from textual.screen import Screen

from wargame.errors import WargameError
from wargame.session.seat import LocalSeat
from wargame.tui.desk import Desk
from wargame.tui.notes import kept
from wargame.tui.screens.pick import Ask, Pick
from wargame.tui.screens.rules import RulesScreen
from wargame.tui.screens.why import WhyScreen
from wargame.tui.widgets.gauges import Asked

SECTIONS = {"why": "4", "deals": "8", "values": "6", "places": "6", "news": "7", "history": "12"}
"""The section of the rules that goes with a pane; for others it is the list of orders."""


class Reader(Screen[None]):
    """A screen at a desk from which the books can be opened."""

    READING: ClassVar = [
        Binding(
            "f8,8",
            "pane('history')",
            "History",
            id="play.history",
            show=False,
            tooltip="The game so far, turn by turn",
        ),
        Binding("f9,9", "pane('notes')", "Notes", id="play.notes", show=False, tooltip="Your private notes"),
        Binding(
            "0",
            "pane('five')",
            "Five",
            id="play.five",
            show=False,
            tooltip="The five questions of intervention, where the game asks them",
        ),
        Binding("w", "reasons", "Why", id="play.reasons", show=False, tooltip="Why a number is what it is"),
        Binding("r", "rules", "Rules", id="play.rules", show=False, tooltip="The rules, with a search"),
        Binding("n", "note", "Note", id="play.note", show=False, tooltip="Write a note, or change one"),
    ]
    BINDINGS = [*READING]

    desk: Desk
    seat: LocalSeat
    _pane: str

    def action_reasons(self) -> None:
        self.app.push_screen(WhyScreen(self.seat))

    @on(Asked)
    def _asked(self, event: Asked) -> None:
        event.stop()
        self.app.push_screen(WhyScreen(self.seat, (event.value, None)))

    def action_rules(self) -> None:
        scenario = self.desk.table.session.scenario
        self.app.push_screen(RulesScreen(scenario, self.seat.scenario, SECTIONS.get(self._pane, "3")))

    @work
    async def action_note(self) -> None:
        self.action_pane("notes")
        written = kept(self.seat.notes)
        number, before = None, ""
        if written:
            rows = ["A new note", *(f"Change or strike out: {note.text}" for _, note in written)]
            picked = await self.app.push_screen_wait(Pick("Your notes", rows))
            if picked is None:
                return
            if picked:
                number, note = written[picked - 1]
                before = note.text
        ask = Ask("For yourself alone, in one line:", before=before.replace("\n", " "))
        text = await self.app.push_screen_wait(ask)
        if text or (text is not None and number is not None):
            await self._write(lambda: self.seat.note(text, number))

    async def _write(self, action: Callable[[], None]) -> None:
        try:
            await self.desk.do(action)
        except WargameError as error:
            self.say(str(error))
        if self.is_mounted:
            self.action_pane("notes")

    def action_pane(self, name: str) -> None:
        """Opens a pane."""
        raise NotImplementedError

    def say(self, words: str) -> None:
        """A short word to the player."""
        raise NotImplementedError
