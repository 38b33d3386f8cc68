"""The whole game as lines of text on standard input and output: for screen readers, scripts and tests."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, TextIO, TypeVar

from attrs import define, field

from wargame.errors import WargameError
from wargame.language.faults import nearest
from wargame.rules.menu import MenuEntry
from wargame.rules.orders import Answer, Offer, Order, Promise
from wargame.session.seat import LocalSeat, Submission
from wargame.text import clean_text
from wargame.tui import because, ending, framework, history, menus, notes, outlook, reading, render, rules
from wargame.tui.lines import Line, line
from wargame.tui.plain_twins import HELP, Twins

if TYPE_CHECKING:
    from wargame.agents.driver import Table

T = TypeVar("T")

LINE_LIMIT = 2000
"""Characters of the longest line of input that is obeyed."""


def run(table: Table, role: str, read: TextIO | None = None, write: TextIO | None = None) -> None:
    """Plays *role* until the game ends or the player leaves; nothing is lost by leaving."""
    game = Game(table, table.session.seat(role), read or sys.stdin, write or sys.stdout)
    try:
        game.play()
    finally:
        table.close()


class Left(Exception):
    """The player leaves, or the input has ended."""


@define(eq=False)
class Game(Twins):
    """One role's game in lines of text."""

    table: Table
    seat: LocalSeat
    read: TextIO
    write: TextIO
    _menu: Sequence[MenuEntry] = field(factory=tuple, init=False)

    def play(self) -> None:
        """Turn after turn, until the end."""
        self.say(f"{self.seat.scenario.title}. You play {self.seat.scenario.role.title}.")
        self.say(f"The game is saved in {self.table.session.path}. Type 'help' for the commands.")
        if self.table.session.verdict.kind == "torn":
            self.say(f"Recovered: {self.table.session.verdict}.")
        try:
            while not self.table.session.is_over:
                self.turn()
        except Left:
            self.say("The game is kept. Goodbye.")
            return
        self.end()

    def turn(self) -> None:
        """One turn: the talk, the choices, the lock, what came of it."""
        if self.seat.locked:  # The program was stopped between the lock and the adjudication.
            self.adjudicate()
            return
        self.table.talk()
        self._menu = menus.by_phase(self.seat.scenario, self.seat.menu())
        self.brief_turn()
        while not self.is_done:
            words = self.ask("> ").split()
            if not words:
                continue
            if words[0].lower() in ("lock", "end"):
                self.lock()
                return
            self.obey(words)

    @property
    def is_done(self) -> bool:
        """Whether no more commands are asked for."""
        return self.table.session.is_over

    def obey(self, words: list[str]) -> None:
        """One command; what is wrong with it is said, and nothing changes then."""
        if words[0].isdecimal():
            self.attempt(lambda: self.choose(words))
            return
        command = getattr(self, f"do_{words[0].lower()}", None)
        if command is None or not words[0].isascii():
            self.say(f"There is no command '{clean_text(words[0])[:40]}'. Type 'help' for the commands.")
            return
        self.attempt(lambda: command(words[1:]))

    def attempt(self, action: Callable[[], None]) -> None:
        try:
            action()
        except WargameError as error:
            self.say(f"Not done: {error}")

    # --- Commands

    def do_help(self, words: list[str]) -> None:
        self.say(HELP)

    def do_orders(self, words: list[str]) -> None:
        """The list of orders, grouped by phase."""
        drafted = [each.order for each in self.seat.drafted]
        taken = {order.id for order in drafted}
        barred = menus.barred(self.seat.check, self._menu, drafted)
        phase = ""
        for number, entry in enumerate(self._menu, start=1):
            if entry.phase != phase:
                phase = entry.phase
                self.say(f"{self.phase_title(phase)}:")
            self.say(f"{number:>3} {menus.order_line(entry, entry.id in taken, barred.get(entry.id))}")

    def do_info(self, words: list[str]) -> None:
        entry = self._picked(words[:1], self._menu, "order")
        if entry is not None:
            public = self.seat.scenario
            first, *details = menus.order_details(entry, entry.why_not, public)
            touches = outlook.outlook(self.table.session.scenario, public, entry.id)
            self.say(entry.title, first, *touches, *details)

    def do_chosen(self, words: list[str]) -> None:
        limit = self.seat.view().limit
        self.say(*(self.chosen() or ["No orders chosen."]), f"At most {limit} a turn.")

    def do_drop(self, words: list[str]) -> None:
        kept = list(self.seat.drafted)
        gone = self._picked(words[:1], kept, "chosen order")
        if gone is not None:
            kept.remove(gone)
            self.seat.draft(kept)
            self.do_chosen([])

    def do_status(self, words: list[str]) -> None:
        view = self.seat.view()
        self.say(*render.in_words(self.seat.scenario, view), "", *render.values(self.seat.scenario, view))

    def do_places(self, words: list[str]) -> None:
        self.say(*render.places_in_words(self.seat.scenario, self.seat.view()))

    def do_brief(self, words: list[str]) -> None:
        self.say(*reading.briefing(self.seat.scenario))

    def do_news(self, words: list[str]) -> None:
        self.say(*reading.news(self.seat, self.seat.view()))

    def do_why(self, words: list[str]) -> None:
        if words:
            self.say(*because.answer(self.seat.scenario, self.seat.past(), " ".join(words)))
        else:
            self.say(*reading.last_turn(self.seat))

    def do_history(self, words: list[str]) -> None:
        self.say(*history.history(self.seat.scenario, self.seat.view(), self.seat.past(), 100))

    def do_five(self, words: list[str]) -> None:
        cases = framework.cases_of(self.seat.scenario.id)
        self.say(*framework.framework(self.seat.scenario, self.seat.view(), cases, 100))

    def do_notes(self, words: list[str]) -> None:
        turns = [moment.turn for moment in self.seat.past()]
        self.say(*notes.notes(self.seat.notes, turns, notes.TYPED))

    def do_note(self, words: list[str]) -> None:
        if words and words[0].isdecimal() and len(words[0]) < 6:
            self.seat.note(" ".join(words[1:]), int(words[0]))
        else:
            self.seat.note(" ".join(words))
        self.say("Noted.")

    def do_rules(self, words: list[str]) -> None:
        parts = (*rules.sections(), *rules.tables(self.table.session.scenario, self.seat.scenario))
        self.say(*rules.printed(parts, " ".join(words)))

    def do_deals(self, words: list[str]) -> None:
        view = self.seat.view()
        self.say(*(f"{offer}." for offer in render.open_offers(self.seat.scenario, view)))
        self.say(*(render.deals(self.seat.scenario, view) or [line("No agreement or promise stands.")]))
        self.say(*reading.said(self.seat, view))
        for number, act in enumerate(view.acts, start=1):
            self.say(f"{number:>3} {render.act_words(self.seat.scenario, act)}")
            self.say(*(f"    {each.text}" for each in render.act_details(self.seat.scenario, act)))

    def do_do(self, words: list[str]) -> None:
        act = self._picked(words[:1], self.seat.view().acts, "offer, answer or promise")
        match act:
            case Offer(id):
                self.seat.offer(id)
            case Answer(id, accept):
                self.seat.answer(id, accept)
            case Promise(id):
                self.seat.promise(id)
            case _:
                return
        before = len(self.seat.messages())
        self.table.talk()
        answers = self.seat.messages()[before:]
        self.say("Done.", *(f"{self.seat.in_words(said)}." for said in answers))
        self.do_deals([])

    def do_say(self, words: list[str]) -> None:
        text = " ".join(words)
        role, colon, rest = text.partition(":")
        known = role.strip().lower()
        if colon and known in self.seat.scenario.roles:
            self.seat.say(rest, (known,))
            self.say(f"Said to {self.seat.scenario.roles[known].title} alone.")
        elif colon and known not in ("all", "") and " " not in known:
            # Words meant for one must not go to all because of a slip.
            near = nearest(known, self.seat.scenario.roles)
            hint = f" Did you mean '{near}'?" if near else ""
            self.say(
                f"Not said: there is no role '{clean_text(known)[:40]}'.{hint} For everybody: say all: ..."
            )
        else:
            self.seat.say(rest if colon and known == "all" else text)
            self.say("Said to all.")

    def do_save(self, words: list[str]) -> None:
        self.say(f"The game is saved in {self.table.session.path}.")

    def do_quit(self, words: list[str]) -> None:
        raise Left

    do_exit = do_quit

    # --- Orders

    def choose(self, words: list[str]) -> None:
        """Adds the order named by its number, asking for what is missing."""
        entry = self._picked(words[:1], self._menu, "order")
        if entry is None:
            return
        drafted = [each.order for each in self.seat.drafted]
        why = menus.barred(self.seat.check, [entry], drafted).get(entry.id)
        if why is not None:
            self.say(f"It cannot be given now: {why}")
            return
        order = self._narrowed(entry, words[1:])
        if order is not None:
            self.seat.draft([*self.seat.drafted, Submission(order)])
            self.do_chosen([])

    def _narrowed(self, entry: MenuEntry, words: list[str]) -> Order | None:
        """One way to give the order: the target first, then the option."""
        ways: list[Order] = [way for way in entry.candidates if self._fits(way)]
        for name in ("place", "option"):
            options = list(dict.fromkeys(getattr(way, name) for way in ways))
            if options == [None]:
                continue
            if not words:
                for number, option in enumerate(options, start=1):
                    these = [way for way in ways if getattr(way, name) == option]
                    self.say(f"{number:>3} {self._named(name, these[0])} ({menus.way_words(entry, these)})")
                words = self.ask(f"Which {'place' if name == 'place' else 'option'}? ").split()
            picked = self._picked(words[:1], options, name)
            if picked is None:
                return None
            words = words[1:]
            ways = [way for way in ways if getattr(way, name) == picked]
        return ways[0]

    def _fits(self, way: Order) -> bool:
        try:
            self.seat.check([*(each.order for each in self.seat.drafted), way])
        except WargameError:
            return False
        return True

    def lock(self) -> None:
        try:
            self.seat.submit(self.seat.drafted)
        except WargameError as error:
            self.say(f"Not locked: {error}")
            return
        self.adjudicate()

    def adjudicate(self) -> None:
        self.say("Orders are locked. The others decide.")
        self.table.play_agents()
        self.table.advance()
        self.say("", "What happened:")
        self.do_why([])

    # --- Texts

    def brief_turn(self) -> None:
        """What a player needs as a turn begins."""
        view = self.seat.view()
        self.say("", render.heading(view))
        self.do_news([])
        self.say("", *render.in_words(self.seat.scenario, view), "")
        self.do_orders([])
        if self.seat.drafted:
            self.say("Chosen before you left:", *self.chosen())

    def chosen(self) -> list[str]:
        drafted = self.seat.drafted
        rows = menus.chosen(self.seat.scenario, self._menu, drafted)
        noted = map(outlook.note_words, drafted)
        return [f"{row}  ({note})" if note else row for row, note in zip(rows, noted, strict=True)]

    def end(self) -> None:
        """The ending, the scores and the secrets."""
        self.say("", *ending.summary(self.table, self.seat.role))

    def phase_title(self, phase: str) -> str:
        return next((each.title for each in self.seat.scenario.phases if each.id == phase), phase)

    def _named(self, kind: str, way: Order) -> str:
        if kind == "place" and way.place is not None:
            return self.seat.scenario.places[way.place].title
        return menus.option_words(self.seat.scenario, way)

    def _picked(self, words: Sequence[str], things: Sequence[T], noun: str) -> T | None:
        number = int(words[0]) if words and words[0].isdecimal() and len(words[0]) < 6 else 0
        if 1 <= number <= len(things):
            return things[number - 1]
        known = f"Which {noun}? Give a number from 1 to {len(things)}."
        self.say(known if things else f"There is no {noun}.")
        return None

    def ask(self, prompt: str) -> str:
        """The next line of input; one that is too long is refused as a whole."""
        while True:
            self.write.write(prompt)
            self.write.flush()
            line = self.read.readline(LINE_LIMIT)
            if not line:
                self.say("")  # Behind the prompt that nobody answered.
                raise Left
            if line.endswith("\n") or len(line) < LINE_LIMIT:
                return line
            while line and not line.endswith("\n"):
                line = self.read.readline(65536)
            self.say(f"Not done: a line may have {LINE_LIMIT - 1} characters at most.")

    def say(self, *lines: Line | str) -> None:
        for each in lines:
            text = each if isinstance(each, str) else each.text
            self.write.write(clean_text(text, newlines=100_000) + "\n")
        self.write.flush()
