"""The playing screen of one of several persons at a machine: locking hands over, and so does a key."""

from __future__ import annotations

from textual import work
from textual.binding import Binding

from wargame.errors import WargameError
from wargame.tui.desk import Desk
from wargame.tui.hotseat import Round
from wargame.tui.keymap import in_force, with_keys
from wargame.tui.lines import quiet
from wargame.tui.screens.help import HelpPage
from wargame.tui.screens.keys import HELP, MARKS
from wargame.tui.screens.play import PlayScreen
from wargame.tui.widgets.orders import OrderList

SHARED = (
    "",
    "Several persons play at this machine. {play.lock:l} locks your orders and covers the screen for "
    "the next one; {seat.hand_over:h} covers it without locking: your choices are kept, and your seat comes "
    "round again.",
)


class SeatScreen(PlayScreen):
    """One visit of one person: what happened, then the choices; a fresh screen each time."""

    BINDINGS = [
        Binding("h", "hand_over", "Hand on", id="seat.hand_over", tooltip="Cover the screen; lock later"),
    ]

    def __init__(self, desk: Desk, round: Round) -> None:
        super().__init__(desk)
        self._round = round
        if self.desk.waiting != (self.seat.role,):
            self.afterwards = "hand over" if round.curtains else "go on with the next seat"

    def begin_turn(self) -> None:
        begun = bool(self.seat.drafted) or self.seat.locked
        if self._round.must_hear(self.seat.role, self.desk.step, begun):
            self._hear()
        else:
            super().begin_turn()

    @work
    async def _hear(self) -> None:
        from wargame.tui.screens.telling import TellingScreen

        role = self.seat.scenario.role
        whose = role.title.replace("The ", "the ", 1) if role.title.startswith("The ") else role.title
        words = f"for {whose} alone. {self._round.played}"
        await self._program.roomy()
        await self.app.push_screen_wait(TellingScreen(self.seat, words))
        self._round.heard(self.seat.role, self.desk.step)
        self.query_one(OrderList).focus()
        super().begin_turn()

    @work
    async def _play_turn(self) -> None:
        self._busy = True
        try:
            await self.desk.do(self._lock)
        except WargameError as error:
            self._busy = False
            self.say(str(error))
            self.refresh_all()
            return
        await self._rise()

    def _lock(self) -> None:
        if not self.seat.locked:
            self.seat.submit(self.seat.drafted)

    @work
    async def action_hand_over(self) -> None:
        if self._busy:
            return
        if self.desk.waiting == (self.seat.role,):
            words = "The others have locked their orders: {play.lock:l} locks yours and plays the turn."
            self.say(with_keys(words, in_force(self.app)))
            return
        self._busy = True
        await self.desk.idle()
        await self._rise()

    async def _rise(self) -> None:
        await self._program.roomy()
        self._program.next_seat(self.seat.role)

    def action_help(self) -> None:
        where = quiet(f"This game is saved in {self.desk.table.session.path}")
        keys = [*PlayScreen.BINDINGS, *self.BINDINGS, *self.READING]
        self.app.push_screen(HelpPage("Help", keys, [*HELP, *SHARED], [*MARKS, where]))

    def say(self, words: str) -> None:
        # What comes late is not told to the next person.
        if self.desk.sits and self in self.app.screen_stack:
            super().say(words)
