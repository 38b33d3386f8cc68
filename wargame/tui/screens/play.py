"""The playing screen: gauges, what the role knows, the orders it may give and those it has chosen."""

from __future__ import annotations

import gc
from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical

from wargame.errors import WargameError
from wargame.rules.menu import MenuEntry
from wargame.rules.view import View
from wargame.session.seat import Submission
from wargame.tui import menus, outlook, press, render
from wargame.tui.desk import Desk
from wargame.tui.keymap import in_force, with_keys
from wargame.tui.lines import STRONG, Line, fitted, line, quiet
from wargame.tui.reading import absent, pane_lines
from wargame.tui.screens.annotate import Drafting
from wargame.tui.screens.choose import choose_way
from wargame.tui.screens.help import HelpPage
from wargame.tui.screens.keys import HELP, MARKS, PLAY_KEYS
from wargame.tui.screens.pick import Pick
from wargame.tui.widgets.chosen import ChosenOrders
from wargame.tui.widgets.dials import Dials
from wargame.tui.widgets.footer import KeyBar
from wargame.tui.widgets.gauges import Gauges
from wargame.tui.widgets.map import PlaceMap
from wargame.tui.widgets.orders import OrderList
from wargame.tui.widgets.panes import PaneBar, PaneName, ReadingPane
from wargame.tui.widgets.text import Lines, Prose

if TYPE_CHECKING:
    from wargame.tui.app import WargameApp

READ = 11
"""Rows that the map leaves at least to what is read below it."""

UNANSWERED = "{question.back:escape} goes back, and {play.deal:o} answers."
TO_SAY = "{play.message:m} says something."

AT_REST = 0.5
"""Seconds after which the screen, once opened, is looked at and not waited for."""


class PlayScreen(Drafting):
    """One turn of one role: it reads the seat, and tells the seat what was chosen."""

    afterwards = "play the turn"

    BINDINGS = PLAY_KEYS

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.seat = desk.seat
        self._view: View = self.seat.view()
        self._menu: Sequence[MenuEntry] = ()
        self._barred: dict[str, str] = {}
        self._pane = "news"
        self._busy = False
        self._fresh: frozenset[int] = frozenset()

    def compose(self) -> ComposeResult:
        yield Lines(id="heading")
        yield Gauges()
        yield Dials()
        yield PaneBar(id="panes")
        with Horizontal(id="middle"):
            with Vertical(id="left"):
                yield Lines(id="standing")
                yield PlaceMap()
                with ReadingPane(id="pane"):
                    yield Prose(id="pane-text")
            with Vertical(id="right"):
                yield Lines(id="row-head")
                yield OrderList()
                yield Lines(id="details")
                yield Lines(id="chosen")
                yield ChosenOrders()
        yield KeyBar()

    def on_mount(self) -> None:
        self.query_one(OrderList).focus()
        self.begin_turn()
        self.set_timer(AT_REST, self._settle)

    def _settle(self) -> None:
        """What would make a key wait later is done while the player reads."""
        self.seat.past()  # the panes of the past read it
        gc.unfreeze()  # a game that was left goes
        gc.collect()
        gc.freeze()  # the collector need not walk the rules again and again

    def begin_turn(self) -> None:
        """Shows a turn that begins, or goes on with one that was locked when the program stopped."""
        self._pane = "news"
        self.refresh_all()
        if self.seat.locked and not self.desk.table.session.is_over:
            self._play_turn()
        else:
            self._change(lambda: None)

    # --- What is shown

    def refresh_all(self) -> None:
        """Tells every pane what the role knows now."""
        public = self.seat.scenario
        self._view, self._menu = self.seat.view(), self.seat.menu()
        drafted = [each.order for each in self.seat.drafted]
        self._barred = menus.barred(self.seat.check, self._menu, drafted)
        self._show_heading()
        self._show_gauges()
        taken = frozenset(order.id for order in drafted)
        self.query_one(OrderList).tell(public, self._menu, taken, self._barred)
        self._show_chosen()
        self._show_pane()

    def _show_heading(self) -> None:
        role = self.seat.scenario.role
        name = role.title if self.app.size.width >= 100 else role.short or role.title
        words = f"{name}: {'the others decide ...' if self._busy else render.heading(self._view)}"
        lines: list[Line | str] = [line((words, STRONG))]
        if self.app.size.height >= 30:
            lines.append(quiet(f"Saved in {self.desk.table.session.path}"))
        self.query_one("#heading", Lines).show(lines)

    def _show_gauges(self) -> None:
        """The headline values: a row each, or as large dials where the window has room for both."""
        rows, dials = self.query_one(Gauges), self.query_one(Dials)
        dials.display = self._is_large
        self.set_class(self._is_large, "-large")
        rows.display = not dials.display
        (dials if dials.display else rows).tell(self.seat.scenario, self._view)

    @property
    def _is_large(self) -> bool:
        """Whether the window has room for the map and the headline values at their best."""
        return self.app.size.width >= 120 and self.app.size.height >= 40

    def _show_chosen(self) -> None:
        drafted = self.seat.drafted
        width = max(self.query_one("#row-head").size.width - 2, 40)
        notes = [outlook.note_words(each) for each in drafted]
        rows = menus.chosen_rows(self.seat.scenario, self._menu, drafted, notes, width)
        purse = menus.purse(self.seat.scenario, self._view, self._menu, drafted, "/")
        head = f"Orders {len(rows)}/{self._view.limit}" + (f". {purse}" if purse else "")
        self.query_one("#chosen", Lines).show([line((head, STRONG))])
        self.query_one(ChosenOrders).tell(rows)

    def _show_pane(self) -> None:
        text = self.query_one("#pane-text", Lines)
        width = max(self.query_one("#pane").size.width - 1, 24)
        lines = pane_lines(self._pane, self.desk, self._view, width, in_force(self.app))
        if self._pane == "deals":
            self._fresh |= self._seen()
            said = self.seat.messages()
            lines += [line(""), *press.transcript(self.seat.scenario, said, self._fresh, self._view.step)]
            lines += [] if said else [quiet(with_keys(TO_SAY, in_force(self.app)))]
        text.show(lines)
        waits = render.open_offers(self.seat.scenario, self._view) or self._unread
        marked = frozenset({"deals"} if waits else ())
        self.query_one(PaneBar).tell(self._pane, marked, absent(self.seat.scenario))
        self._show_map()
        standing = self.query_one("#standing", Lines)
        drawn = self.query_one(PlaceMap).display
        standing.display = self._has_room and self._pane != "places" and not drawn
        if standing.display:
            room = max(self.query_one("#left").size.width - 3, 24)
            standing.show(render.places(self.seat.scenario, self._view, room))
        self._show_row_head()

    @property
    def _map_rows(self) -> int:
        """The rows of the map above what is read, the same for every pane: a map that grows is restless."""
        width, height = self.query_one("#left").size
        return max(14, min(width * 2 // 5, height - READ))

    def _show_map(self) -> None:
        """The map as a pane of its own, or above what is read where the window has room for both."""
        alone = self._pane == "map"
        drawn = self.query_one(PlaceMap)
        drawn.display = alone or self._is_large
        drawn.styles.height = "1fr" if alone else self._map_rows
        drawn.set_class(not alone, "-small")
        self.query_one("#pane").display = not alone
        if drawn.display:
            drawn.tell(self.seat.scenario, self._view)

    @property
    def _has_room(self) -> bool:
        """Whether the places can be shown above what is read."""
        return self.app.size.height >= len(self.seat.scenario.places) + 22 and self.app.size.width >= 100

    def on_resize(self) -> None:
        self.call_after_refresh(self._resized)

    def _resized(self) -> None:
        if self.is_mounted:
            self._show_heading()
            self._show_gauges()
            self._show_pane()

    @on(ReadingPane.Widened)
    def _widened(self) -> None:
        self._show_chosen()
        self._show_pane()

    def action_pane(self, name: str) -> None:
        if name == self._pane == "values":  # The key or the name once more: each value on a page.
            self.action_reasons()
            return
        self._pane = name
        pane = self.query_one(ReadingPane)
        self._fresh = frozenset()
        if self.query_one(PlaceMap).has_focus:  # The arrows were the map's; now they choose orders again.
            self.query_one(OrderList).focus()
        self._show_pane()
        if self._fresh:
            self.call_after_refresh(pane.scroll_end, animate=False)
        else:
            pane.scroll_home(animate=False)
        if name == "map":
            self.query_one(PlaceMap).focus()

    @on(PaneName.Clicked)
    def _pane_clicked(self, event: PaneName.Clicked) -> None:
        self.action_pane(event.pane)

    def action_more(self) -> None:
        """Reads on in what is open; at its end, from its beginning."""
        pane = self.query_one(ReadingPane)
        if pane.scroll_offset.y < pane.max_scroll_y:
            pane.scroll_page_down(animate=False)
        else:
            pane.scroll_home(animate=False)

    def action_wide(self) -> None:
        self.toggle_class("-reading")
        read = self.query_one(PlaceMap) if self._pane == "map" else self.query_one("#pane")
        (read if self.has_class("-reading") else self.query_one(OrderList)).focus()
        self.call_after_refresh(self._show_pane)

    # --- Choosing

    @on(PlaceMap.Chosen)
    @work
    async def _place_chosen(self, event: PlaceMap.Chosen) -> None:
        """Enter on the map: what can be ordered there."""
        place, public = event.place, self.seat.scenario
        entries = [
            entry
            for entry in menus.by_phase(public, self._menu)
            if entry.id not in self._barred and any(way.place == place for way in entry.candidates)
        ]
        title = public.places[place].title
        if self._busy or not entries:
            self.say(f"There is nothing to order in {title} now.")
            return
        rows = [
            line(
                entry.title,
                f"  {menus.way_words(entry, [way for way in entry.candidates if way.place == place])}",
            )
            for entry in entries
        ]
        picked = await self.app.push_screen_wait(Pick(f"{title}: which order?", rows))
        if picked is not None:
            self._choose(entries[picked], place)

    @on(OrderList.Looked)
    def _looked(self, event: OrderList.Looked) -> None:
        entry, barred = event.entry, self._barred.get(event.entry.id)
        self._show_row_head()
        width, rows = self.query_one("#row-head").size.width - 2, 4 if self.app.size.height < 30 else 9
        brief = menus.order_brief(entry, barred, self._taken(entry))
        if rows > 4 or entry.title not in menus.order_row(entry, False, barred, width).text:
            brief = [line((entry.title, STRONG)), *brief]
        self.query_one("#details", Lines).show(
            fitted(brief, width, rows, with_keys("({play.info:i} tells all)", in_force(self.app)))
        )

    def _show_row_head(self) -> None:
        heads = menus.row_head(self.query_one(OrderList).size.width - 2)
        self.query_one("#row-head", Lines).show([quiet(heads)])

    def _taken(self, entry: MenuEntry) -> bool:
        """Whether the order is chosen, and cannot be given once more."""
        return entry.id in self._barred and any(each.order.id == entry.id for each in self.seat.drafted)

    @on(OrderList.Chosen)
    def _chosen(self, event: OrderList.Chosen) -> None:
        entry = event.entry
        drafted = self.seat.drafted
        if self._busy:
            return
        if entry.id not in self._barred:
            self._choose(entry)
        elif self._taken(entry):
            self._draft([each for each in drafted if each.order.id != entry.id])
        else:
            self.app.bell()  # The box below the list says why.

    @work
    async def _choose(self, entry: MenuEntry, place: str | None = None) -> None:
        purse = menus.purse(self.seat.scenario, self._view, self._menu, self.seat.drafted)
        way = await choose_way(self.app, self.seat, self._view, entry, purse, place)
        if way is not None:
            self._draft([*self.seat.drafted, Submission(way)])

    def _why_barred(self, entry: MenuEntry) -> str | None:
        return None if self._taken(entry) else self._barred.get(entry.id)

    # --- The turn

    @work
    async def action_lock(self) -> None:
        if self._busy:
            return
        if self.seat.locked:  # The disk did not take the turn the last time.
            self._play_turn()
            return
        drafted = self.seat.drafted
        rows = menus.chosen(self.seat.scenario, self._menu, drafted) or ["No orders: you let the turn pass."]
        if waiting := render.open_offers(self.seat.scenario, self._view):
            words = f"Not answered yet: {'; '.join(waiting)}. {UNANSWERED}"
            rows = [*rows, with_keys(words, in_force(self.app))]
        question = f"Lock {len(drafted)} of at most {self._view.limit} orders and {self.afterwards}?"
        answer = await self.app.push_screen_wait(
            Pick(question, ["Yes, lock them", "No, not yet"], before=rows)
        )
        if answer == 0 and not self._busy:
            self._play_turn()

    @work
    async def _play_turn(self) -> None:
        self._busy = True
        self._show_heading()
        played = render.heading(self._view)
        try:
            await self.desk.do(self._adjudicate)
        except WargameError as error:
            self._busy = False
            self.say(str(error))
            self.refresh_all()
            return
        self._busy = False
        await self._tell(played)

    def _adjudicate(self) -> None:
        if not self.seat.locked:
            self.seat.submit(self.seat.drafted)
        self.desk.table.play_agents()
        self.desk.table.advance()

    async def _tell(self, played: str) -> None:
        from wargame.tui.screens.telling import TellingScreen

        await self._program.roomy()
        self.app.clear_notifications()
        await self.app.push_screen_wait(TellingScreen(self.seat, played))
        if self.desk.table.session.is_over:
            from wargame.tui.screens.end import EndScreen

            self.app.switch_screen(EndScreen(self.desk))
        else:
            self.query_one(OrderList).focus()
            self.query_one(OrderList).action_first()
            self.begin_turn()

    # --- The rest

    def action_help(self) -> None:
        where = quiet(f"This game is saved in {self.desk.table.session.path}")
        self.app.push_screen(HelpPage("Help", [*self.BINDINGS, *self.READING], HELP, [*MARKS, where]))

    @property
    def _program(self) -> WargameApp:
        from wargame.tui.app import WargameApp

        assert isinstance(self.app, WargameApp)
        return self.app

    def action_leave(self) -> None:
        self._program.ask_to_leave()

    def say(self, words: str) -> None:
        """A short word to the player that covers nothing important."""
        self._program.say(words)
