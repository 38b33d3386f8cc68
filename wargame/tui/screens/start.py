"""The start screen: go on with a game, begin one, or open a save."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.events import Resize
from textual.message import Message
from textual.screen import Screen
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from wargame.tui import opening
from wargame.tui.lines import Line, quiet
from wargame.tui.widgets.footer import KeyBar
from wargame.tui.widgets.listing import Listing
from wargame.tui.widgets.text import Lines, content

if TYPE_CHECKING:
    from wargame.tui.app import WargameApp

WIDTH, WHOLE, ROOMY = 76, 23, 36
"""Cells of the column in the middle; the rows from which all is shown, and in large letters."""

LOOKING = "Continue: looking for your last game ..."
NOTHING = "Continue: no game is under way"
BELOW = quiet("          Begin one below; finished games stand under 'Open a save'.")
DOORS = (
    ("new", "New game: choose a scenario, a role and who plays the others"),
    ("tutorial", "Tutorial: ten minutes in a small harbour town"),
    ("saves", "Open a save"),
    ("class", "Run a class: lead a game from the facilitator's console"),
    ("settings", "Settings: colours, the pace of the telling, keys"),
    ("help", "Help"),
    ("leave", "Leave"),
)
HELP = (
    "Continue      the game you left last, with the orders you had chosen",
    "New game      a scenario, a role, who plays the others, length, seed",
    "Tutorial      ten minutes in a small harbour town: the way to learn",
    "Open a save   any game in the folder of saves",
    "Run a class   see everything, rule, and show the wall; others play",
    "Settings      colours, the pace of the telling, keys; in a game {app.settings:f12}",
    "",
    "Every game is saved from its first turn; nothing is saved by hand.",
    "In a game, {play.help:f1} tells the keys. 'wargame rules' prints the rule book.",
    "Without a screen: wargame play --plain. All commands: wargame --help.",
)


class StartScreen(Screen[None]):
    """Where every game begins."""

    BINDINGS = [
        Binding("c", "door('continue')", "Continue", id="start.continue"),
        Binding("n", "door('new')", "New game", id="start.new"),
        Binding("t", "door('tutorial')", "Tutorial", id="start.tutorial"),
        Binding("o", "door('saves')", "Open", id="start.open"),
        Binding("r", "door('class')", "Run a class", id="start.class"),
        Binding("s", "door('settings')", "Settings", id="start.settings"),
        Binding("f1,question_mark", "door('help')", "Help", id="start.help"),
        Binding("q,escape", "door('leave')", "Leave", id="start.leave"),
    ]

    class Found(Message):
        """The newest game that can be continued; no path and no lines if there is none."""

        def __init__(self, path: str, shown: tuple[Line, ...]) -> None:
            super().__init__()
            self.path = path
            self.shown = shown

    def __init__(self) -> None:
        super().__init__()
        self._last = ""
        self._sought = False
        """Whether the last game was asked for before it was found."""

    def compose(self) -> ComposeResult:
        from wargame.session.saves import folder

        self._looking = _holds_saves(folder())
        with Vertical(id="start"):
            yield Lines(opening.wordmark(large=False), id="banner")
            yield Listing(
                # Two lines from the first: what is found takes their place, and nothing moves.
                Option(
                    content(*((LOOKING, "") if self._looking else (NOTHING,))),
                    id="continue",
                    disabled=not self._looking,
                ),
                *(Option(words, id=id) for id, words in DOORS),
                id="doors",
                markup=False,
            )
            yield Lines(opening.crisis(WIDTH, large=False), id="crisis")
            yield Lines([quiet(f"Games are saved in {folder()}")], id="where")
        yield KeyBar()

    def on_resize(self, event: Resize) -> None:
        large = event.size.height >= ROOMY and event.size.width > WIDTH
        for each in ("#crisis", "#where"):
            self.query_one(each).display = event.size.height >= WHOLE
        self.query_one("#banner", Lines).show(opening.wordmark(large=large))
        self.query_one("#crisis", Lines).show(opening.crisis(WIDTH, large=large))

    def on_mount(self) -> None:
        doors = self.query_one(OptionList)
        doors.highlighted = 0 if self._looking else 1
        doors.focus()
        if self._looking:
            self._look_for_last()

    @work(thread=True, group="files")
    def _look_for_last(self) -> None:
        from wargame.errors import WargameError
        from wargame.session.saves import listing

        try:
            playable = [
                each
                for each in listing()
                if each.ending is None and each.role and each.verdict in ("clean", "torn")
            ]
        except WargameError:
            playable = []
        if playable:
            last = playable[0]
            self.post_message(self.Found(str(last.path), opening.last_game(last, WIDTH - 4)))
        else:
            self.post_message(self.Found("", ()))

    @on(Found)
    def _found(self, event: Found) -> None:
        self._last, self._looking = event.path, False
        self.query_one(OptionList).replace_option_prompt(
            "continue", content(*(event.shown or (NOTHING, BELOW)))
        )
        if self._sought:
            self.action_door("continue")

    def _go_on(self) -> None:
        """Opens the last game; as soon as it is known, if it is not yet."""
        if self._last:
            self._program.open_save(self._last)
        elif self._looking:
            self._sought = True
        else:
            self._program.say("There is no game to go on with: choose 'New game' or 'Tutorial'.")

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        self.action_door(event.option.id or "")

    @property
    def _program(self) -> WargameApp:
        from wargame.tui.app import WargameApp

        assert isinstance(self.app, WargameApp)
        return self.app

    @work
    async def _lead(self) -> None:
        from wargame.tui.screens.lead import choose_class

        await choose_class(self._program)

    def action_door(self, door: str) -> None:
        match door:
            case "continue":
                self._go_on()
            case "new":
                from wargame.tui.screens.setup import SetupScreen

                self.app.push_screen(SetupScreen())
            case "tutorial":
                self._program.new_game("tutorial", None, {}, "full", None)
            case "saves":
                from wargame.tui.screens.saves import SavesScreen

                self.app.push_screen(SavesScreen())
            case "class":
                self._lead()
            case "settings":
                self._program.action_settings()
            case "help":
                from wargame.tui.screens.help import HelpPage

                self.app.push_screen(HelpPage("Help", self.BINDINGS, HELP))
            case _:
                self.app.exit()


def _holds_saves(folder: Path) -> bool:
    """Whether there is any save at all, found without reading one."""
    try:
        return any(folder.glob("*.jsonl"))
    except OSError:
        return False
