"""Several persons at one machine as lines of text: a line says whose turn it is, and waits for Enter."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, TextIO

from attrs import define, field

from wargame.session.projector import Projector
from wargame.tui import ending, render
from wargame.tui.hotseat import Round, following, persons, waiting
from wargame.tui.lines import line
from wargame.tui.plain import Game, Left
from wargame.tui.plain_twins import HELP
from wargame.tui.story import story

if TYPE_CHECKING:
    from wargame.agents.driver import Table

HAND = "hand            hand over without locking; your seat comes round again"
SPARE = 5
"""Blank lines beyond the height of the terminal."""


def run(
    table: Table, read: TextIO | None = None, write: TextIO | None = None, *, curtains: bool = True
) -> None:
    """Plays all persons of *table* in turn until the game ends or they leave; nothing is lost by leaving."""
    try:
        Seats(table, read or sys.stdin, write or sys.stdout, Round(curtains)).play()
    finally:
        table.close()


@define(eq=False)
class Seats:
    """All persons of one game, one after the other."""

    table: Table
    read: TextIO
    write: TextIO
    round: Round
    _last: str | None = field(default=None, init=False)

    def play(self) -> None:
        """Seat after seat, until the end."""
        session = self.table.session
        host = Visit(self.table, session.seat(self._persons[0]), self.read, self.write, self.round)
        host.say(f"{session.scenario.title}. Several persons play at this machine.")
        host.say(f"The game is saved in {session.path}. Type 'help' for the commands.")
        try:
            while not session.is_over:
                role = following(self._persons, waiting(session.seats, session.course.locked), self._last)
                if role is None:
                    self._work_out(host)
                else:
                    Visit(self.table, session.seat(role), self.read, self.write, self.round).visit()
                self._last = role
        except Left:
            host.say("The game is kept. Goodbye.")
            return
        host.say("", *ending.summary(self.table, *self._persons))

    @property
    def _persons(self) -> Sequence[str]:
        return persons(self.table.session.seats)

    def _work_out(self, host: Visit) -> None:
        """All have locked: the turn is worked out, and what everybody may know of it is told to all."""
        common = Projector(self.table.session)
        played = render.heading(common.view())
        if self.round.curtains:
            host.cover()
            host.ask("All orders are locked. Press Enter when everybody listens: ")
        self.table.play_agents()
        self.table.advance()
        self.round.played = played
        if self.round.curtains:
            told = story(common.scenario, common.happened(), common.told())
            host.say(
                "", f"What happened, for everybody. {played}", *(told or [line("Nothing that all know of.")])
            )


@define(eq=False)
class Visit(Game):
    """One person's stay at the machine."""

    round: Round = field(factory=Round)
    _rose: bool = field(default=False, init=False)

    def visit(self) -> None:
        """Hands over, tells what the last turn brought, and lets the person choose until the seat is left."""
        title = self.seat.scenario.role.title
        if self.round.curtains:
            self.cover()
            self.ask(f"Hand over to {title}; the others look away. Press Enter to take the seat: ")
        self.say("", f"You play {title}.")
        step = len(self.table.session.course.steps) - 1
        if self.round.must_hear(self.seat.role, step, bool(self.seat.drafted)):
            self.say(f"What happened, for {title} alone. {self.round.played}")
            self.do_why([])
            self.round.heard(self.seat.role, step)
        self.turn()

    def cover(self) -> None:
        """Moves what was said out of sight, where there is a terminal to see it on."""
        if self.write.isatty():
            self.write.write("\n" * (shutil.get_terminal_size().lines + SPARE))
            self.write.flush()

    @property
    def is_done(self) -> bool:
        return self._rose or super().is_done

    def adjudicate(self) -> None:
        self.say("Your orders are locked.")

    def do_hand(self, words: list[str]) -> None:
        self._rose = True
        self.say("Your choices are kept.")

    def do_help(self, words: list[str]) -> None:
        self.say(HELP, HAND)
