"""The playing screen: gauges, what the role knows, the orders it may give and those it has chosen."""

from __future__ import annotations

from collections.abc import Sequence

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Footer

from wargame.agents.driver import Table
from wargame.errors import WargameError
from wargame.rules.menu import MenuEntry
from wargame.rules.orders import Act, Answer, Offer, Order, Promise
from wargame.session.seat import LocalSeat, Submission
from wargame.tui import render
from wargame.tui.screens.pick import Page, Pick
from wargame.tui.widgets.gauges import Gauges
from wargame.tui.widgets.orders import OrderList
from wargame.tui.widgets.text import Lines

HELP = (
    "Choose orders from the list with Enter: pick a place or an option if you are asked.",
    "A star marks an order you have chosen, a dash one that cannot be given now; the box below says why.",
    "When you are content, press L: your orders stand and the turn is worked out, all roles at once.",
    "",
    "Enter   choose the order under the cursor        D   take back a chosen order",
    "I       all about the order under the cursor     L   lock the orders and play the turn",
    "F2      the places                               F3  every value you see, with its meaning",
    "F4      your briefing                            F5  news of this turn",
    "F6      agreements and promises                  F7  what happened in the last turn, and why",
    "Tab     from pane to pane; arrows and page keys scroll",
    "Q       leave: the game is kept, with the orders chosen",
    "",
    "About 60 means an estimate: the truth may lie some points off. = means no change since the last turn.",
    "Every game is saved from its first turn. The top line says where.",
)
PANES = ("places", "values", "briefing", "news", "deals", "why")


class PlayScreen(Screen[None]):
    """One turn of one role: it reads the seat, and tells the seat what was chosen."""

    BINDINGS = [
        Binding("l", "lock", "Lock", id="play.lock", tooltip="Your orders stand; the turn is worked out"),
        Binding("d", "drop", "Take back", id="play.drop", tooltip="Take back a chosen order"),
        Binding("i", "info", "About", id="play.info", tooltip="All about the order under the cursor"),
        Binding("f1,question_mark", "help", "Help", id="play.help", tooltip="Keys and marks"),
        Binding("f2", "pane('places')", "Places", id="play.places"),
        Binding("f3", "pane('values')", "Values", id="play.values"),
        Binding("f4", "pane('briefing')", "Brief", id="play.briefing"),
        Binding("f5", "pane('news')", "News", id="play.news"),
        Binding("f6", "deals", "Deals", id="play.deals", tooltip="Agreements and promises"),
        Binding("f7", "pane('why')", "Why", id="play.why", tooltip="What happened, with causes"),
        Binding("q,ctrl+q", "leave", "Leave", id="play.leave", tooltip="The game is kept"),
    ]

    class TurnPlayed(Message):
        """The turn was adjudicated and is on the disk."""

    class Failed(Message):
        """Something could not be done, in words."""

        def __init__(self, words: str) -> None:
            super().__init__()
            self.words = words

    def __init__(self, table: Table, role: str) -> None:
        super().__init__()
        self.table = table
        self.seat: LocalSeat = table.session.seat(role)
        self._menu: Sequence[MenuEntry] = ()
        self._pane = "news"
        self._busy = False

    def compose(self) -> ComposeResult:
        yield Lines(id="heading")
        yield Gauges()
        with Horizontal(id="middle"):
            with Vertical(id="left"):
                yield Lines(id="pane-title", classes="title")
                with VerticalScroll(id="pane"):
                    yield Lines(id="pane-text")
            with Vertical(id="right"):
                yield OrderList()
                yield Lines(id="details")
                yield Lines(id="chosen")
        yield Footer(show_command_palette=False, compact=True)

    def on_mount(self) -> None:
        self.begin_turn()
        self.query_one(OrderList).focus()

    def begin_turn(self) -> None:
        """Shows a turn that begins, or goes on with one that was locked when the program stopped."""
        self._pane = "news"
        self.refresh_all()
        if self.seat.locked and not self.table.session.is_over:
            self._play_turn()
        else:
            self._talk()

    def refresh_all(self) -> None:
        """Tells every pane what the role knows now."""
        public, view = self.seat.scenario, self.seat.view()
        where = self.table.session.path
        self.query_one("#heading", Lines).show(
            [f"{public.role.title} — {render.heading(view)}", f"saved in {where}"]
        )
        self.query_one(Gauges).tell(public, view)
        self._menu = self.seat.menu()
        taken = frozenset(each.order.id for each in self.seat.drafted)
        self.query_one(OrderList).tell(public, self._menu, taken)
        self._show_chosen()
        self._show_pane()

    # --- Choosing

    @on(OrderList.Looked)
    def _looked(self, event: OrderList.Looked) -> None:
        entry = event.entry
        first = f"Not now: {entry.why_not}" if entry.why_not else f"Costs {entry.prices_of() or 'nothing'}."
        lines = [first, entry.about]
        self.query_one("#details", Lines).show(lines)

    @on(OrderList.Chosen)
    def _chosen(self, event: OrderList.Chosen) -> None:
        if event.entry.why_not is not None:
            self.say(f"It cannot be given now: {event.entry.why_not}")
        else:
            self._choose(event.entry)

    @work
    async def _choose(self, entry: MenuEntry) -> None:
        ways: list[Order] = list(entry.candidates)
        for name in ("place", "option"):
            options = list(dict.fromkeys(getattr(way, name) for way in ways))
            if options == [None]:
                continue
            titles = [self._option_words(entry, name, option) for option in options]
            picked = await self.app.push_screen_wait(Pick(entry.title, titles))
            if picked is None:
                return
            ways = [way for way in ways if getattr(way, name) == options[picked]]
        self._draft([*self.seat.drafted, Submission(ways[0])])

    def _option_words(self, entry: MenuEntry, name: str, option: str) -> str:
        odds = render.odds_range([each for each in entry.odds if getattr(each.candidate, name) == option])
        places = self.seat.scenario.places
        if name == "place" and option in places:
            title = places[option].title
            state = [
                reading.words
                for reading in self.seat.view().readings
                if reading.place == option and reading.id in ("unrest", "violence")
            ]
            title += f"   unrest {state[0]}, violence {state[1]}" if len(state) == 2 else ""
        else:
            title = option.replace("_", " ")
        return f"{title}   ({odds})" if odds else title

    def _draft(self, submissions: Sequence[Submission]) -> None:
        try:
            self.seat.draft(submissions)
        except WargameError as error:
            self.say(str(error))
        self.refresh_all()

    def action_drop(self) -> None:
        self._drop()

    @work
    async def _drop(self) -> None:
        drafted = list(self.seat.drafted)
        if not drafted:
            self.say("No orders are chosen yet.")
            return
        words = render.chosen(self.seat.scenario, self._menu, drafted)
        picked = 0 if len(drafted) == 1 else await self.app.push_screen_wait(Pick("Take back", words))
        if picked is not None:
            del drafted[picked]
            self._draft(drafted)

    def action_info(self) -> None:
        at = self.query_one(OrderList).highlighted
        option = None if at is None else self.query_one(OrderList).get_option_at_index(at)
        entry = next((each for each in self._menu if option is not None and each.id == option.id), None)
        if entry is not None:
            titles = {phase.id: phase.title for phase in self.seat.scenario.phases}
            lines = render.order_details(entry, titles.get(entry.phase, entry.phase))
            self.app.push_screen(Page(entry.title, lines[1:]))

    # --- Talking

    def action_deals(self) -> None:
        self.action_pane("deals")
        self._deal()

    @work
    async def _deal(self) -> None:
        acts = self.seat.view().acts
        if not acts:
            self.say("There is nothing to offer, answer or promise now.")
            return
        words = [render.act_words(self.seat.scenario, act) for act in acts]
        picked = await self.app.push_screen_wait(Pick("Offer, answer or promise", words))
        if picked is not None:
            self._act(acts[picked])

    def _act(self, act: Act) -> None:
        try:
            match act:
                case Offer(id):
                    self.seat.offer(id)
                case Answer(id, accept):
                    self.seat.answer(id, accept)
                case Promise(id):
                    self.seat.promise(id)
        except WargameError as error:
            self.say(str(error))
        self._talk()

    # --- The turn

    def action_lock(self) -> None:
        if not self._busy:
            self._confirm_lock()

    @work
    async def _confirm_lock(self) -> None:
        count, limit = len(self.seat.drafted), self.seat.view().limit
        question = f"Lock {count} of at most {limit} orders and play the turn?"
        answer = await self.app.push_screen_wait(Pick(question, ["Yes, lock them", "No, not yet"]))
        if answer != 0:
            return
        try:
            self.seat.submit(self.seat.drafted)
        except WargameError as error:
            self.say(str(error))
            return
        self._play_turn()

    def _play_turn(self) -> None:
        self._busy = True
        self.query_one("#pane-title", Lines).show(["The others decide ..."])
        self._adjudicate()

    @work(thread=True, exclusive=True, group="table")
    def _adjudicate(self) -> None:
        try:
            self.table.play_agents()
            self.table.advance()
        except WargameError as error:
            self.post_message(self.Failed(str(error)))
        else:
            self.post_message(self.TurnPlayed())

    @work(thread=True, exclusive=True, group="table")
    def _talk(self) -> None:
        try:
            self.table.talk()
        except WargameError as error:
            self.post_message(self.Failed(str(error)))
        else:
            self.app.call_from_thread(self._talked)

    def _talked(self) -> None:
        if self.is_mounted and not self._busy:
            self.refresh_all()

    @on(TurnPlayed)
    def _turn_played(self) -> None:
        self._busy = False
        self._tell()

    @on(Failed)
    def _failed(self, event: Failed) -> None:
        self._busy = False
        self.say(event.words)
        self.refresh_all()

    @work
    async def _tell(self) -> None:
        from wargame.tui.screens.telling import TellingScreen

        await self.app.push_screen_wait(TellingScreen(self.seat))
        if self.table.session.is_over:
            from wargame.tui.screens.end import EndScreen

            self.app.switch_screen(EndScreen(self.table, self.seat.role))
        else:
            self.begin_turn()
            self.query_one(OrderList).focus()

    # --- Panes

    def action_pane(self, name: str) -> None:
        self._pane = name
        self._show_pane()
        self.query_one("#pane", VerticalScroll).scroll_home(animate=False)

    def _show_pane(self) -> None:
        public, view = self.seat.scenario, self.seat.view()
        match self._pane:
            case "places":
                width = max(self.query_one("#pane").size.width - 2, 30)
                title, lines = "Places", render.places(public, view, width)
            case "values":
                title, lines = "What you see", render.values(public, view)
            case "briefing":
                title, lines = f"Briefing: {public.role.title}", [public.briefing, "", public.secret]
            case "deals":
                title, lines = "Agreements and promises", render.deals(public, view) or ["None stands."]
            case "why":
                told = render.story(public, self.seat.told())
                title, lines = "What happened", told or ["Nothing you know of."]
            case _:
                news = [told.text for told in view.news]
                title, lines = "News", [view.text, *news] if view.text else news or ["No news."]
        self.query_one("#pane-title", Lines).show([title])
        self.query_one("#pane-text", Lines).show(lines)

    def _show_chosen(self) -> None:
        limit = self.seat.view().limit
        lines = render.chosen(self.seat.scenario, self._menu, self.seat.drafted)
        purse = render.purse(self.seat.scenario, self.seat.view(), self._menu)
        head = f"Chosen {len(lines)} of {limit}" + (f" — {purse}" if purse else "")
        self.query_one("#chosen", Lines).show([head, *lines])

    def action_help(self) -> None:
        self.app.push_screen(Page("Help", HELP))

    def action_leave(self) -> None:
        self.app.exit()

    def on_resize(self) -> None:
        self._show_pane()

    def say(self, words: str) -> None:
        """A short word to the player that covers nothing important."""
        self.notify(words, markup=False, timeout=6)
