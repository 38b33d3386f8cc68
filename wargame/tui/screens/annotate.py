"""What a player does with orders already chosen: note why, move, take back; and what an adviser would add."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from attrs import evolve
from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input

from wargame.errors import WargameError
from wargame.rules.menu import MenuEntry
from wargame.session.seat import NOTE_LIMIT, Submission
from wargame.tui import menus, outlook
from wargame.tui.keymap import in_force, with_keys
from wargame.tui.screens.pick import BACK, Page, Pick
from wargame.tui.screens.press import Talking
from wargame.tui.widgets.chosen import ChosenOrders
from wargame.tui.widgets.orders import OrderList
from wargame.tui.widgets.text import Lines, Words

HINT = (
    "Enter goes on and keeps it after the last field, {question.back:escape} goes back. "
    "All of it may stay empty."
)


class Annotate(ModalScreen[Submission | None]):
    """Reason, expectation and confidence of a chosen order; None if the player thinks better of it."""

    BINDINGS = [
        BACK,
        Binding("ctrl+s", "keep", "Keep", id="annotate.keep", tooltip="Keep what stands there"),
    ]

    def __init__(self, title: str, submission: Submission) -> None:
        super().__init__()
        self._title = title
        self._submission = submission

    def compose(self) -> ComposeResult:
        known = self._submission
        sure = "" if known.confidence is None else str(known.confidence)
        with Vertical(classes="box"):
            yield Lines([self._title], classes="question")
            yield Lines(["Why do you give it?"])
            yield Words(" ".join(known.reason.split()), max_length=NOTE_LIMIT, id="reason")
            yield Lines(["What do you expect to come of it?"])
            yield Words(" ".join(known.expects.split()), max_length=NOTE_LIMIT, id="expects")
            yield Lines(["How sure are you, from 0 to 100 percent?"])
            yield Words(sure, restrict="[0-9]*", max_length=3, id="confidence")
            yield Lines([with_keys(HINT, in_force(self.app))], classes="hint")

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        if event.input.id == "confidence":
            self.action_keep()
        else:
            self.focus_next()

    def action_keep(self) -> None:
        reason, expects, sure = (
            self.query_one(f"#{name}", Words).value.strip() for name in ("reason", "expects", "confidence")
        )
        confidence = int(sure) if sure.isdecimal() else None
        if confidence is not None and confidence > 100:
            self.query_one(".hint", Lines).show(["How sure you are is a number from 0 to 100."])
            self.query_one("#confidence").focus()
            return
        self.dismiss(evolve(self._submission, reason=reason, expects=expects, confidence=confidence))


class Drafting(Talking):
    """A screen on which orders are chosen."""

    _menu: Sequence[MenuEntry]

    def _draft(self, submissions: Sequence[Submission]) -> None:
        self._change(lambda: self.seat.draft(submissions))

    def _rows(self) -> list[str]:
        return menus.chosen(self.seat.scenario, self._menu, self.seat.drafted)

    async def _one(self, question: str) -> int | None:
        """The number of the chosen order that is meant; asked only where it is open."""
        drafted, listed = self.seat.drafted, self.query_one(ChosenOrders)
        if not drafted:
            self.say("No orders are chosen yet.")
            return None
        if len(drafted) == 1:
            return 0
        if listed.has_focus and listed.highlighted is not None:
            return listed.highlighted
        return await self.app.push_screen_wait(Pick(question, self._rows()))

    @work
    async def action_drop(self) -> None:
        picked = await self._one("Take back")
        if picked is not None:
            self._drop(picked)

    def _drop(self, number: int) -> None:
        drafted = self.seat.drafted
        self._draft([*drafted[:number], *drafted[number + 1 :]])

    def _move(self, number: int, by: int) -> None:
        drafted = list(self.seat.drafted)
        if 0 <= number < len(drafted) and 0 <= number + by < len(drafted):
            drafted.insert(number + by, drafted.pop(number))
            self._draft(drafted)

    @work
    async def action_annotate(self) -> None:
        entry = self.query_one(OrderList).current
        here = [at for at, each in enumerate(self.seat.drafted) if entry and each.order.id == entry.id]
        listed = self.query_one(ChosenOrders).has_focus
        picked = here[0] if len(here) == 1 and not listed else await self._one("Say why to which order?")
        if picked is not None:
            await self._annotate(picked)

    async def _annotate(self, number: int) -> None:
        before = self.seat.drafted[number]
        words = menus.order_words(self.seat.scenario, self._menu, before.order)
        noted = await self.app.push_screen_wait(Annotate(words, before))
        # The turn may have gone on, or the orders have been moved, while the form was open.
        if noted is not None and before in self.seat.drafted:
            self._draft([noted if each == before else each for each in self.seat.drafted])

    @on(ChosenOrders.Moved)
    def _chosen_moved(self, event: ChosenOrders.Moved) -> None:
        event.stop()
        self._move(event.number, event.by)

    @on(ChosenOrders.Dropped)
    def _chosen_dropped(self, event: ChosenOrders.Dropped) -> None:
        event.stop()
        if event.number < len(self.seat.drafted):
            self._drop(event.number)

    @on(ChosenOrders.Opened)
    @work
    async def _chosen_opened(self, event: ChosenOrders.Opened) -> None:
        if type(event) is not ChosenOrders.Opened or event.number >= len(self.seat.drafted):
            return
        at, rows = event.number, self._rows()
        choices = [
            "Say why, and what you expect ({play.annotate:e})",
            "Take it back ({play.drop:d})",
            "Move it up ({chosen.up:left_square_bracket})",
            "Move it down ({chosen.down:right_square_bracket})",
        ]
        choices = [with_keys(each, in_force(self.app)) for each in choices]
        before = [note] if (note := outlook.note_words(self.seat.drafted[at])) else []
        picked = await self.app.push_screen_wait(Pick(rows[at], choices, before=before))
        if at >= len(self.seat.drafted):
            return
        match picked:
            case 0:
                await self._annotate(at)
            case 1:
                self._drop(at)
            case 2 | 3:
                self._move(at, -1 if picked == 2 else 1)

    # --- Reading about orders

    def action_info(self) -> None:
        entry = self.query_one(OrderList).current
        if entry is None:
            return
        public, scenario = self.seat.scenario, self.desk.table.session.scenario
        details = menus.order_details(entry, self._why_barred(entry), public)
        lines = [*details[:2], *outlook.outlook(scenario, public, entry.id), *details[2:]]
        self.app.push_screen(Page(entry.title, lines))

    def _why_barred(self, entry: MenuEntry) -> str | None:
        """Why an order cannot be given now; None if it can, or is chosen."""
        raise NotImplementedError

    @work
    async def action_advise(self) -> None:
        if self._busy or self.seat.locked:
            return
        orders = [each.order for each in self.seat.drafted]
        ask = partial(self.desk.table.advise, self.seat.role, orders)
        try:
            found = await self.desk.do(ask)
        except WargameError as error:
            self.say(str(error))
            return
        if not found:
            self.say(outlook.no_advice(orders))
            return
        rows = outlook.advice_rows(self.seat.scenario, self._menu, found)
        before = ["From what you see, people of your side would consider this. Enter takes one."]
        picked = await self.app.push_screen_wait(Pick("What would you consider?", rows, before=before))
        if picked is not None and not self._busy:
            self._draft([*self.seat.drafted, Submission(found[picked].order)])
