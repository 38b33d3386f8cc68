"""Choosing where and how an order is given: a question for each, with what every answer costs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from textual import on
from textual.app import App
from textual.widgets import OptionList

from wargame.errors import IllegalOrder
from wargame.rules.menu import MenuEntry
from wargame.rules.orders import Order
from wargame.rules.view import View
from wargame.session.public import Public
from wargame.session.seat import LocalSeat
from wargame.tui import menus, render
from wargame.tui.lines import Line, fill, line, quiet, unwrapped
from wargame.tui.screens.pick import Pick
from wargame.tui.widgets.map import PlaceMap

ROOM = (100, 36)
"""The smallest window in which a map stands above the list of places."""


OPTION = 44
"""The most cells the name of an option takes beside its price and odds in a window of 80."""


class PickPlace(Pick):
    """Choose a place from a list or from the map above it, which keep in step."""

    AUTO_FOCUS = "OptionList"

    def __init__(
        self,
        question: str,
        rows: Sequence[Line],
        places: Sequence[str],
        known: tuple[Public, View],
        *,
        before: Sequence[Line],
        head: str,
    ) -> None:
        super().__init__(question, rows, before=before, head=head)
        self._places = places
        self._known = known

    def on_mount(self) -> None:
        if self.app.size.width >= ROOM[0] and self.app.size.height >= ROOM[1]:
            drawn = PlaceMap(id="where-map")
            drawn.tell(*self._known)
            drawn.select(self._places[0])
            self.query_one(".box").mount(drawn, before=".before")

    @on(OptionList.OptionHighlighted)
    def _row_marked(self, event: OptionList.OptionHighlighted) -> None:
        for drawn in self.query(PlaceMap):
            drawn.select(self._places[event.option_index])

    @on(PlaceMap.Looked)
    def _looked(self, event: PlaceMap.Looked) -> None:
        event.stop()
        if event.place in self._places:
            self.query_one(OptionList).highlighted = self._places.index(event.place)

    @on(PlaceMap.Chosen)
    def _chosen(self, event: PlaceMap.Chosen) -> None:
        event.stop()
        if event.place in self._places:
            self.dismiss(self._places.index(event.place))


async def choose_way(
    app: App[Any], seat: LocalSeat, view: View, entry: MenuEntry, purse: str, place: str | None = None
) -> Order | None:
    """
    The order the player wants *entry* to be given as, asking only what is open; None if they let it be.

    *purse* says what is left to pay with; a *place* that was chosen already is not asked for.

    Must be awaited in a worker, as it waits for answers.
    """
    ways: list[Order] = [way for way in entry.candidates if place is None or way.place == place]
    ways = [way for way in ways if _fits(seat, way)]
    for name in ("place", "option"):
        answers = list(dict.fromkeys(getattr(way, name) for way in ways))
        if answers == [None] or not answers or (name == "place" and place is not None):
            continue
        rows, head = _rows(seat.scenario, view, entry, name, ways)
        question = f"{entry.title}: {'where?' if name == 'place' else 'how?'}"
        before = [line(unwrapped(entry.about)), quiet(f"You have: {purse}.")]
        pick = (
            PickPlace(question, rows, answers, (seat.scenario, view), before=before, head=head)
            if name == "place"
            else Pick(question, rows, head=head, before=before)
        )
        picked = await app.push_screen_wait(pick)
        if picked is None:
            return None
        ways = [way for way in ways if getattr(way, name) == answers[picked]]
    return ways[0] if ways else None


def _fits(seat: LocalSeat, way: Order) -> bool:
    """Whether the order may be added to those already chosen."""
    try:
        seat.check([*(each.order for each in seat.drafted), way])
    except IllegalOrder:
        return False
    return True


def _rows(
    public: Public, view: View, entry: MenuEntry, name: str, ways: Sequence[Order]
) -> tuple[list[Line], str]:
    """One row for each place or option, with price and odds; and the heads of the columns."""
    notes = render.place_notes(public, view)[:3] if name == "place" else []
    width = 14 + 10 * len(notes)
    wide = min(max(len(menus.option_words(public, way)) for way in ways), OPTION)
    rows = []
    for answer in dict.fromkeys(getattr(way, name) for way in ways):
        these = [way for way in ways if getattr(way, name) == answer]
        if name == "place":
            row = render.place_row(public, view, notes, answer, width)
        else:
            row = line(fill(menus.option_words(public, these[0]), wide))
        rows.append(line(*row.spans, f"  {menus.way_words(entry, these)}"))
    return rows, render.place_head(notes, width) if notes else ""
