"""Commands of the plain game that answer to parts of the screens: the map, the talk, reasons, advice."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from attrs import evolve

from wargame.errors import IllegalOrder
from wargame.rules.menu import MenuEntry
from wargame.rules.view import View
from wargame.session.public import Public
from wargame.session.seat import NOTE_LIMIT, LocalSeat, Submission
from wargame.tui import layers, outlook, press
from wargame.tui.lines import Line, line

if TYPE_CHECKING:
    from wargame.agents.driver import Table

HELP = """\
NUMBER          choose the order with that number; target and option are asked for
NUMBER T O      the same with the numbers of its target and option
info NUMBER     all about an order: what it does, what it may change, its price, its odds
orders          the list of orders, with price and odds, and why one cannot be given
chosen          the orders chosen so far
drop NUMBER     take back a chosen order
move NUMBER TO  put a chosen order in another place of the sequence
reason N TEXT   why you give the chosen order N; 'expects N TEXT' what you expect, 'sure N PERCENT' how sure
advise          two or three orders your advisers would consider
status          the gauges and all values you see
places          the places and their state
map NUMBER      one value in all places, with the neighbours of each; 'map' lists the values
brief           your briefing, public and secret
news            what you were told this turn
why             what happened in the last turn, with causes
why NAME PLACE  why a value is what it is, from the start of the game; PLACE only where it is kept by place
history         the game so far, turn by turn
five            the five questions of intervention, where the game asks them
note TEXT       a note for yourself alone; notes lists them, 'note NUMBER TEXT' changes one
rules WORDS     the rules that have these words, or the section of that number
deals           agreements and promises, and what you can offer, answer or promise
do NUMBER       make the offer, answer or promise with that number
say TEXT        a message to everybody; say ROLE: TEXT to one role
talk            all that was said in the game, as far as you heard it
lock            give the chosen orders; the turn is played
save            where the game is saved
quit            leave; the game is kept, with the orders chosen"""

NO = "-"
"""What the map shows where something does not hold."""


class Twins:
    """What a player of the plain game can read and note besides the orders themselves."""

    table: Table
    seat: LocalSeat
    _menu: Sequence[MenuEntry]

    def say(self, *lines: Line | str) -> None:
        """Writes lines."""
        raise NotImplementedError

    def do_chosen(self, words: list[str]) -> None:
        """The orders chosen so far."""
        raise NotImplementedError

    def do_map(self, words: list[str]) -> None:
        self.say(*map_lines(self.seat.scenario, self.seat.view(), " ".join(words)))

    def do_talk(self, words: list[str]) -> None:
        said = self.seat.messages()
        self.say(*press.transcript(self.seat.scenario, said))

    def do_advise(self, words: list[str]) -> None:
        orders = [each.order for each in self.seat.drafted]
        found = self.table.advise(self.seat.role, orders)
        rows = outlook.advice_rows(self.seat.scenario, self._menu, found)
        self.say(*(rows or [line(outlook.no_advice(orders))]))

    def do_move(self, words: list[str]) -> None:
        at, to = (self._place_of(words[number : number + 1]) for number in (0, 1))
        drafted = list(self.seat.drafted)
        drafted.insert(to, drafted.pop(at))
        self.seat.draft(drafted)
        self.do_chosen([])

    def do_reason(self, words: list[str]) -> None:
        self._annotate(words, lambda order, text: evolve(order, reason=text))

    def do_expects(self, words: list[str]) -> None:
        self._annotate(words, lambda order, text: evolve(order, expects=text))

    def do_sure(self, words: list[str]) -> None:
        text = "".join(words[1:]).rstrip("%")
        if text and not (text.isascii() and text.isdecimal() and len(text) < 4 and int(text) <= 100):
            raise IllegalOrder("how sure you are is a number from 0 to 100")
        sure = int(text) if text else None
        self._annotate(words, lambda order, _: evolve(order, confidence=sure))

    def _annotate(self, words: list[str], change: Callable[[Submission, str], Submission]) -> None:
        at, text = self._place_of(words[:1]), " ".join(words[1:])
        if len(text) > NOTE_LIMIT:
            raise IllegalOrder(f"the text has {len(text):,} characters; {NOTE_LIMIT} is the most")
        drafted = list(self.seat.drafted)
        drafted[at] = change(drafted[at], text)
        self.seat.draft(drafted)
        self.do_chosen([])

    def _place_of(self, words: Sequence[str]) -> int:
        """The place from 0 of the chosen order with that number."""
        count = len(self.seat.drafted)
        number = int(words[0]) if words and words[0].isdecimal() and len(words[0]) < 4 else 0
        if not 1 <= number <= count:
            known = f"give the number of a chosen order, from 1 to {count}" if count else "no order is chosen"
            raise IllegalOrder(known)
        return number - 1


def map_lines(public: Public, view: View, wanted: str) -> list[Line | str]:
    """What the map shows of one value, place by place; without *wanted* the values it can show."""
    kinds = layers.layers(public, view)
    named = [each for each in kinds if each.title.casefold() == wanted.strip().casefold()]
    if wanted.isdecimal() and len(wanted) < 4 and 1 <= int(wanted) <= len(kinds):
        named = [kinds[int(wanted) - 1]]
    if not named:
        rows: list[Line | str] = [f"{number:>3} {each.title}" for number, each in enumerate(kinds, start=1)]
        return rows or ["There is nothing on the map."]
    layer = named[0]
    low, high = layer.ends
    scale = f", from {low} to {high}; ~ is an estimate, ! is grave" if low != NO else ""
    told: list[Line | str] = [f"{layer.title}{scale}:"]
    for id, place in public.places.items():
        words = layer.marks[id].words.strip() if id in layer.marks else layers.UNSEEN
        near = ", ".join(public.places[each].title for each in place.next_to if each in public.places)
        beside = f"; next to {near}" if near else ""
        told.append(f"{place.title}: {'no' if words == NO else words}{beside}")
    return told
