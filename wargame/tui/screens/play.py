"""The playing screen: gauges, what the role knows, the orders it may give and those it has chosen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.widgets import Footer

from wargame.errors import WargameError
from wargame.rules.menu import MenuEntry
from wargame.rules.orders import Act, Answer, Offer, Promise
from wargame.rules.view import View
from wargame.session.seat import Submission
from wargame.tui import menus, reading, render
from wargame.tui.desk import Desk
from wargame.tui.lines import STRONG, Line, fitted, line, quiet
from wargame.tui.screens.choose import choose_way
from wargame.tui.screens.help import HelpPage
from wargame.tui.screens.pick import Ask, Page, Pick
from wargame.tui.screens.reader import Reader
from wargame.tui.widgets.gauges import Gauges
from wargame.tui.widgets.orders import OrderList
from wargame.tui.widgets.panes import PaneBar, PaneName
from wargame.tui.widgets.text import Lines, Prose

if TYPE_CHECKING:
    from wargame.tui.app import WargameApp

HELP = (
    "Choose orders with Enter; you are asked for a place or an option where there is a choice. Enter on a "
    "chosen order takes it back. When you are content, press L: your orders stand, the turn is worked out "
    "for all roles at once, and you are told what happened and why. Tab goes to the text beside the list and "
    "back; there the arrows, Page Up and Page Down scroll.",
)
MARKS = (
    "*               chosen",
    "-               cannot be given now; the box below the list says why",
    "!               grave, or waiting for you",
    "~ and 'about'   an estimate: the truth may lie some points off",
    "=               no change since the last turn",
    f"{render.SURE * 3}{render.UNSURE * 3}{render.REST * 3}       surely so far, possibly so far, the rest",
    "",
)


class PlayScreen(Reader):
    """One turn of one role: it reads the seat, and tells the seat what was chosen."""

    afterwards = "play the turn"

    BINDINGS = [
        Binding("l", "lock", "Lock", id="play.lock", tooltip="Your orders stand; the turn is worked out"),
        Binding("d", "drop", "Take back", id="play.drop", tooltip="Take back a chosen order"),
        Binding("i", "info", "About", id="play.info", tooltip="All about the order under the cursor"),
        Binding("o", "deal", "Offer", id="play.deal", tooltip="Offer, answer or promise"),
        Binding("m", "message", "Message", id="play.message", tooltip="Say something to the others"),
        Binding("f1,question_mark", "help", "Help", id="play.help", tooltip="Keys and marks"),
        Binding("q", "leave", "Leave", id="play.leave", tooltip="The game is kept"),
        Binding("z", "wide", "Wide", id="play.wide", tooltip="Give the text the whole width, and back"),
        Binding(
            "f2,2",
            "pane('places')",
            "Places",
            id="play.places",
            show=False,
            tooltip="The places and their state",
        ),
        Binding(
            "f3,3",
            "pane('values')",
            "Values",
            id="play.values",
            show=False,
            tooltip="Every value you see, with its meaning",
        ),
        Binding(
            "f4,4", "pane('briefing')", "Briefing", id="play.briefing", show=False, tooltip="Your briefing"
        ),
        Binding("f5,5", "pane('news')", "News", id="play.news", show=False, tooltip="News of this turn"),
        Binding(
            "f6,6", "pane('deals')", "Deals", id="play.deals", show=False, tooltip="Agreements and promises"
        ),
        Binding(
            "f7,7",
            "pane('why')",
            "Last turn",
            id="play.why",
            show=False,
            tooltip="What happened in the last turn, with causes",
        ),
    ]

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.seat = desk.seat
        self._view: View = self.seat.view()
        self._menu: Sequence[MenuEntry] = ()
        self._barred: dict[str, str] = {}
        self._pane = "news"
        self._busy = False

    def compose(self) -> ComposeResult:
        yield Lines(id="heading")
        yield Gauges()
        yield PaneBar(id="panes")
        with Horizontal(id="middle"):
            with Vertical(id="left"):
                yield Lines(id="standing")
                with VerticalScroll(id="pane"):
                    yield Prose(id="pane-text")
            with Vertical(id="right"):
                yield Lines(id="row-head")
                yield OrderList()
                yield Lines(id="details")
                yield Lines(id="chosen")
        yield Footer(show_command_palette=False, compact=True)

    def on_mount(self) -> None:
        self.query_one(OrderList).focus()
        self.begin_turn()

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
        self.query_one(Gauges).tell(public, self._view)
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

    def _show_chosen(self) -> None:
        drafted = self.seat.drafted
        width = max(self.query_one("#row-head").size.width - 2, 40)
        rows = menus.chosen_rows(self.seat.scenario, self._menu, drafted, width)
        purse = menus.purse(self.seat.scenario, self._view, self._menu, drafted, "/")
        head = f"Orders {len(rows)}/{self._view.limit}" + (f". {purse}" if purse else "")
        self.query_one("#chosen", Lines).show([line((head, STRONG)), *rows])

    def _show_pane(self) -> None:
        text = self.query_one("#pane-text", Lines)
        width = max(self.query_one("#pane").size.width - 1, 24)
        text.show(reading.pane_lines(self._pane, self.desk, self._view, width))
        marked = frozenset({"deals"} if render.open_offers(self.seat.scenario, self._view) else ())
        self.query_one(PaneBar).tell(self._pane, marked, reading.absent(self.seat.scenario))
        standing = self.query_one("#standing", Lines)
        standing.display = self._has_room and self._pane != "places"
        if standing.display:
            room = max(self.query_one("#left").size.width - 3, 24)
            standing.show(render.places(self.seat.scenario, self._view, room))
        self.query_one("#row-head", Lines).show(
            [quiet(menus.row_head(self.query_one(OrderList).size.width - 2))]
        )

    @property
    def _has_room(self) -> bool:
        """Whether the places can be shown above what is read."""
        return self.app.size.height >= len(self.seat.scenario.places) + 22 and self.app.size.width >= 100

    def on_resize(self) -> None:
        self.call_after_refresh(self._resized)

    def _resized(self) -> None:
        if self.is_mounted:
            self._show_heading()
            self._show_pane()

    def action_pane(self, name: str) -> None:
        self._pane = name
        self._show_pane()
        self.query_one("#pane", VerticalScroll).scroll_home(animate=False)

    @on(PaneName.Clicked)
    def _pane_clicked(self, event: PaneName.Clicked) -> None:
        self.action_pane(event.pane)

    def action_wide(self) -> None:
        self.toggle_class("-reading")
        target = self.query_one("#pane") if self.has_class("-reading") else self.query_one(OrderList)
        target.focus()
        self.call_after_refresh(self._show_pane)

    # --- Choosing

    @on(OrderList.Looked)
    def _looked(self, event: OrderList.Looked) -> None:
        entry = event.entry
        brief = menus.order_brief(entry, self._barred.get(entry.id), self._taken(entry))
        width, rows = self.query_one("#row-head").size.width - 2, 4 if self.app.size.height < 30 else 9
        self.query_one("#details", Lines).show(fitted(brief, width, rows, "(I tells all)"))

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
    async def _choose(self, entry: MenuEntry) -> None:
        purse = menus.purse(self.seat.scenario, self._view, self._menu, self.seat.drafted)
        way = await choose_way(self.app, self.seat, self._view, entry, purse)
        if way is not None:
            self._draft([*self.seat.drafted, Submission(way)])

    def _draft(self, submissions: Sequence[Submission]) -> None:
        self._change(lambda: self.seat.draft(submissions))

    @work
    async def action_drop(self) -> None:
        drafted = list(self.seat.drafted)
        if not drafted:
            self.say("No orders are chosen yet.")
            return
        rows = menus.chosen(self.seat.scenario, self._menu, drafted)
        picked = 0 if len(drafted) == 1 else await self.app.push_screen_wait(Pick("Take back", rows))
        if picked is not None:
            del drafted[picked]
            self._draft(drafted)

    def action_info(self) -> None:
        entry = self.query_one(OrderList).current
        if entry is not None:
            barred = None if self._taken(entry) else self._barred.get(entry.id)
            details = menus.order_details(entry, barred, self.seat.scenario)
            self.app.push_screen(Page(entry.title, details))

    # --- Talking

    @work
    async def action_deal(self) -> None:
        self.action_pane("deals")
        public, acts = self.seat.scenario, self._view.acts
        if not acts:
            self.say("There is nothing to offer, answer or promise now.")
            return
        rows = [render.act_words(public, act) for act in acts]
        picked = await self.app.push_screen_wait(Pick("Offer, answer or promise", rows))
        if picked is None:
            return
        act = acts[picked]
        question = Pick(f"{rows[picked]}?", ["Yes", "No"], before=render.act_details(public, act))
        if await self.app.push_screen_wait(question) == 0:
            self._change(lambda: self._act(act))

    def _act(self, act: Act) -> None:
        match act:
            case Offer(id):
                self.seat.offer(id)
            case Answer(id, accept):
                self.seat.answer(id, accept)
            case Promise(id):
                self.seat.promise(id)

    @work
    async def action_message(self) -> None:
        others = [role for role in self.seat.scenario.roles.values() if role.id != self.seat.role]
        titles = ["everybody", *(role.title for role in others)]
        picked = await self.app.push_screen_wait(Pick("A message to whom?", titles))
        if picked is None:
            return
        text = await self.app.push_screen_wait(Ask(f"To {titles[picked]}, in one line:"))
        if text:
            to = (others[picked - 1].id,) if picked else ()
            self._change(lambda: self.seat.say(text, to))

    @work
    async def _change(self, action: Callable[[], None]) -> None:
        """Does something with the seat, lets the others answer, and shows what has become of it."""
        if self._busy:
            return
        offers = set(render.open_offers(self.seat.scenario, self._view))
        heard = len(self.seat.messages())
        try:
            await self.desk.do(action)
            if not self.seat.locked:
                await self.desk.do(self.desk.table.talk)
        except WargameError as error:
            self.say(str(error))
        if self.is_mounted and not self._busy:
            self.refresh_all()
            now = render.open_offers(self.seat.scenario, self._view)
            news = [f"{words}." for words in reading.answers(self.seat, heard)]
            if fresh := [words for words in now if words not in offers]:
                news.append(f"{'; '.join(fresh)}. Press O to answer.")
            if news:
                self.say(" ".join(news))

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
