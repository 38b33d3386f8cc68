"""The debrief: a game from any chair, step by step, and what the whole of it shows."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from attrs import frozen
from textual import on, work
from textual.app import ComposeResult
from textual.message import Message
from textual.worker import get_current_worker

from wargame.debrief import notebook
from wargame.debrief.notebook import Mark
from wargame.debrief.record import Record
from wargame.debrief.replay import NotOpen, Replay, allowed
from wargame.debrief.turning import turning_points
from wargame.errors import WargameError
from wargame.rules.facts import Change
from wargame.rules.view import CONTROL, View
from wargame.session.public import Public
from wargame.session.why import Moment
from wargame.tui.debrief import fortune, pages, scene
from wargame.tui.debrief.answers import Result, asking_lines
from wargame.tui.debrief.asking import Asking
from wargame.tui.debrief.keys import ACTIONS, ASKING, HELP, NOTING
from wargame.tui.debrief.marks import mark_row, notes_lines, stop_of
from wargame.tui.debrief.noting import Noting
from wargame.tui.debrief.playing import Playing
from wargame.tui.debrief.reckoning import Progress, Stopped, reckoned
from wargame.tui.debrief.stage import SIDES, Stage
from wargame.tui.keymap import in_force, with_keys
from wargame.tui.lines import BAD, Line, line
from wargame.tui.rules import section_for
from wargame.tui.screens.help import HelpPage
from wargame.tui.screens.pick import Pick
from wargame.tui.screens.rules import RulesScreen
from wargame.tui.screens.why import WhyScreen
from wargame.tui.widgets.footer import KeyBar
from wargame.tui.widgets.gauges import Asked
from wargame.tui.widgets.map import PlaceMap
from wargame.tui.widgets.panes import ReadingPane
from wargame.tui.widgets.strip import Strip
from wargame.tui.widgets.text import Lines, Prose

__all__ = ["GAMES", "DebriefScreen"]

GAMES = 400
"""Games played on from every position, unless the reader wants another number."""


@frozen
class Onlooker:
    """A chair at one stop, as whoever asks why meets it."""

    replay: Replay
    number: int

    @property
    def scenario(self) -> Public:
        return self.replay.public

    def view(self) -> View:
        return self.replay.view(self.number)

    def past(self) -> tuple[Moment, ...]:
        return self.replay.past(self.number)


class DebriefScreen(Noting, Playing, Asking):
    """Looks back on one game; it changes nothing but the notes beside its save."""

    BINDINGS = [*ACTIONS]
    DEFAULT_CSS = """
    DebriefScreen #debrief-page { height: 1fr; padding: 0 1; scrollbar-gutter: stable; }
    DebriefScreen #debrief-text { height: auto; }
    """

    class Reckoned(Message):
        """The reckoning of luck has gone on."""

        def __init__(self, progress: Progress) -> None:
            super().__init__()
            self.progress = progress

        def can_replace(self, message: Message) -> bool:
            return isinstance(message, DebriefScreen.Reckoned)

    def __init__(
        self,
        record: Record,
        path: Path,
        *,
        chair: str | None = None,
        turn: int | None = None,
        control: bool = False,
        games: int = GAMES,
    ) -> None:
        """
        Opens the game of *record*, saved at *path*, from *chair* at *turn*, a calendar number.

        Raises:
            NotOpen: If there is no such chair or turn, or the chair is not opened while others play.
        """
        super().__init__()
        self._record, self._path, self._games, self._control = record, path, games, control
        self._chairs = allowed(record, chair, control=control)
        first = chair or (CONTROL if CONTROL in self._chairs else self._chairs[0])
        self._replays: dict[str, Replay] = {}
        self._replay = self._of(first)
        self._here = 0 if turn is None else self._replay.at_turn(turn)
        self._beside: Replay | None = None
        self._side: str | None = None
        self._tabs = pages.tabs_for(record, control=control)
        self._tab = "replay"
        self._notes = notebook.load(path)
        self._progress: Progress | None = None
        self._fault = ""
        self._results: list[Result] = []
        self._working: tuple[str, int, int] | None = None

    def compose(self) -> ComposeResult:
        yield Lines(id="heading")
        yield Strip(self._tabs, pages.SHORT, pages.ROOMY)
        yield Stage()
        with ReadingPane(id="debrief-page"):
            yield Prose(id="debrief-text")
        yield KeyBar()

    def on_mount(self) -> None:
        self._show()
        self._take_focus()
        if self._record.verdict.kind != "clean":
            self._program.say(f"Of the save: {self._record.verdict}.")
        if self._notes.fault:
            self._program.say(self._notes.fault)

    # --- What is shown

    def _of(self, chair: str) -> Replay:
        if chair not in self._replays:
            self._replays[chair] = Replay(self._record, chair)
        return self._replays[chair]

    def _show(self) -> None:
        """Draws the open tab as it is now."""
        replaying = self._tab == "replay"
        self.query_one(Strip).tell(self._tab)
        stage, page = self.query_one(Stage), self.query_one("#debrief-page", ReadingPane)
        stage.display, page.display = replaying, not replaying
        if replaying:
            told = scene.heading(self._replay, self._here).split("\n")
            self.query_one("#heading", Lines).show(told)
            stage.tell(self._replay, self._here, self._beside, self._side)
        else:
            self.query_one("#heading", Lines).show([f"Debrief: {self._replay.public.title}"])
            width = max(page.scrollable_content_region.width, 40)
            self.query_one("#debrief-text", Prose).show(self._page(width))

    def _page(self, width: int) -> list[Line]:
        if self._tab == "notes":
            how = with_keys(NOTING, in_force(self.app))
            return notes_lines(self._replay, self._notes, self._marks, how, width)
        if self._tab == "asked":
            return asking_lines(self._record, self._results, self._working, self._asking_keys(), width)
        if self._fault and self._tab in ("luck", "turning"):
            return [line((self._fault, BAD))]
        return pages.page(self._tab, self._replay, self._progress, width)

    def _take_focus(self) -> None:
        if self._tab != "replay":
            self.query_one("#debrief-page").focus()
        elif self.query_one("#chair-one").display:
            self.query_one("#chair-one ReadingPane").focus()
        else:
            self.set_focus(None)

    @on(ReadingPane.Widened)
    def _widened(self, event: ReadingPane.Widened) -> None:
        event.stop()
        if self._tab != "replay":
            self._show()

    def action_tab(self, id: str) -> None:
        if id not in dict(self._tabs):
            return
        self._stop_playing()
        self._tab = id
        if id in ("luck", "turning", "known", "asked") and self._progress is None:
            self._progress = Progress(0, 0, self._games)
            self._reckon()
        # The page has its width only once it stands there.
        self._show()
        self.call_after_refresh(self._show)
        self.query_one("#debrief-page", ReadingPane).scroll_home(animate=False)
        self._take_focus()
        self.refresh_bindings()

    @on(Strip.Clicked)
    def _tab_clicked(self, event: Strip.Clicked) -> None:
        self.action_tab(event.pane)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action in ("step", "play", "side", "value", "beside") and self._tab != "replay":
            return False
        if action in ("other", "find", "prepared", "branch") and self._tab != "asked":
            return False
        if action in ("chair", "beside", "why") and self._tab == "asked":
            return False
        return not (action == "tab" and parameters and str(parameters[0]) not in dict(self._tabs))

    # --- Going

    @work
    async def action_go(self) -> None:
        self._stop_playing()
        replay = self._replay
        rows, places = list[str](), list[Callable[[], None]]()
        for turn in replay.turns:
            number = replay.at_turn(turn)
            rows.append(f"Turn {turn}: {replay.view(number).title}")
            places.append(lambda number=number: self._to(number))  # type: ignore[misc]
        for mark in self._marks:
            rows.append(f"Note - {mark_row(replay, mark)}")
            places.append(lambda mark=mark: self._to_mark(mark))  # type: ignore[misc]
        if self._progress is not None and self._progress.found is not None:
            for point in turning_points(self._record, self._progress.found):
                rows.append(f"Turning point - {fortune.point_title(self._record, point)}")
                places.append(lambda turn=point.turn: self._to(self._replay.at_turn(turn)))  # type: ignore[misc]
        picked = await self.app.push_screen_wait(Pick("Go to", rows))
        if picked is not None and self.is_mounted:
            if self._tab != "replay":
                self.action_tab("replay")
            places[picked]()

    def _to_mark(self, mark: Mark) -> None:
        if mark.chair in self._chairs:
            self._replay = self._of(mark.chair)
        try:
            self._to(stop_of(self._replay, mark))
        except NotOpen as error:
            self._program.say(str(error))

    # --- Chairs and map

    @work
    async def action_chair(self) -> None:
        self._stop_playing()
        if len(self._chairs) < 2:
            self._program.say("While the game goes on you see it from your own chair.")
            return
        picked = await self.app.push_screen_wait(Pick("From which chair?", self._titles))
        if picked is not None and self.is_mounted:
            stop = self._replay.stops[self._here]
            self._replay = self._of(self._chairs[picked])
            self._to(self._replay.same_place(stop))

    @work
    async def action_beside(self) -> None:
        self._stop_playing()
        if len(self._chairs) < 2:
            self._program.say("While the game goes on you see it from your own chair.")
            return
        picked = await self.app.push_screen_wait(Pick("Whose chair beside it?", [*self._titles, "None"]))
        if picked is not None and self.is_mounted:
            self._beside = self._of(self._chairs[picked]) if picked < len(self._chairs) else None
            self._show()
            self._take_focus()

    @property
    def _titles(self) -> list[str]:
        return [scene.chair_title(self._replay.public, chair) for chair in self._chairs]

    def action_side(self) -> None:
        now = self.query_one(Stage).side
        self._side, self._beside = SIDES[(SIDES.index(now) + 1) % len(SIDES)], None
        self._show()
        self._take_focus()

    def action_value(self) -> None:
        if self.query_one(Stage).side == "map":
            self.query_one(PlaceMap).action_turn(1)

    # --- Reading on

    def action_why(self) -> None:
        fact = self._replay.stops[self._here].fact
        self._ask((fact.variable, fact.place) if isinstance(fact, Change) else None)

    @on(Asked)
    def _asked(self, event: Asked) -> None:
        event.stop()
        self._ask((event.value, None))

    def _ask(self, about: tuple[str, str | None] | None) -> None:
        self._stop_playing()
        self.app.push_screen(WhyScreen(Onlooker(self._replay, self._here), about))

    def action_rules(self) -> None:
        self._stop_playing()
        section = section_for(self._replay.stops[self._here].fact)
        self.app.push_screen(RulesScreen(self._record.kernel.scenario, self._replay.public, section))

    def action_help(self) -> None:
        self.app.push_screen(HelpPage("The debrief", self.BINDINGS, HELP))

    def action_leave(self) -> None:
        if self._clock is not None:
            self._stop_playing()
            self._program.say("It stands still now; once more leaves.")
            return
        self._program.leave_debrief(self)

    def _open_game(self, path: Path) -> None:
        self._program.open_save(str(path))

    def _asking_keys(self) -> list[str]:
        return [with_keys(each, in_force(self.app)) for each in ASKING]

    # --- Luck

    @work(thread=True, group="luck")
    def _reckon(self) -> None:
        worker = get_current_worker()

        def tell(progress: Progress) -> None:
            self.post_message(self.Reckoned(progress))

        try:
            reckoned(self._record, self._games, told=tell, is_over=lambda: worker.is_cancelled)
        except Stopped:
            return
        except WargameError as error:
            self._fault = str(error)
            tell(Progress(0, 0, self._games))

    @on(Reckoned)
    def _gone_on(self, event: Reckoned) -> None:
        self._progress = event.progress
        if self._tab in ("luck", "turning", "known"):
            self._show()
        if self._is_finding and self._tab == "asked" and event.progress.found is not None:
            self.action_find()
