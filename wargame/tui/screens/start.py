"""The start screen: go on with a game, begin one, or open a save."""

from __future__ import annotations

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Footer, OptionList
from textual.widgets.option_list import Option

from wargame import __version__
from wargame.tui.lines import QUIET, head, line, quiet
from wargame.tui.widgets.text import Lines, content

ABOUT = (
    "A crisis, several roles, secret orders. All orders are worked out at once,",
    "and every change is explained. Choose with the arrows and Enter.",
)
LOOKING = "Continue: looking for your last game ..."
DOORS = (
    ("new", "New game: choose a scenario, a role and who plays the others"),
    ("tutorial", "Tutorial: ten minutes in a small harbour town"),
    ("saves", "Open a save"),
    ("help", "Help"),
    ("leave", "Leave"),
)
HELP = (
    "Continue      the game you left last, as you left it, with the orders you had chosen",
    "New game      choose a scenario, a role, who plays the others, the length and the seed",
    "Tutorial      ten minutes in a small harbour town: the quickest way to learn",
    "Open a save   any game in the folder of saves",
    "",
    "Every game is saved from its first turn; there is nothing to save by hand.",
    "In a game, F1 tells the keys. 'wargame rules' prints the rule book.",
    "Without a screen: wargame play --plain. All commands: wargame --help.",
)


class StartScreen(Screen[None]):
    """Where every game begins."""

    BINDINGS = [
        Binding("n", "door('new')", "New game", id="start.new"),
        Binding("t", "door('tutorial')", "Tutorial", id="start.tutorial"),
        Binding("o", "door('saves')", "Open", id="start.open"),
        Binding("f1,question_mark", "door('help')", "Help", id="start.help"),
        Binding("q,escape", "door('leave')", "Leave", id="start.leave"),
    ]

    class Found(Message):
        """The newest game that can be continued; both texts are empty if there is none."""

        def __init__(self, path: str, words: str) -> None:
            super().__init__()
            self.path = path
            self.words = words

    def __init__(self) -> None:
        super().__init__()
        self._last = ""

    def compose(self) -> ComposeResult:
        with Vertical(id="start"):
            yield Lines([head("W A R G A M E"), quiet(__version__)], id="banner")
            yield Lines(ABOUT, id="about")
            yield OptionList(
                Option(LOOKING, id="continue", disabled=True),
                *(Option(words, id=id) for id, words in DOORS),
                id="doors",
                markup=False,
            )
            yield Lines(id="where")
        yield Footer(show_command_palette=False, compact=True)

    def on_mount(self) -> None:
        doors = self.query_one(OptionList)
        doors.highlighted = 1
        doors.focus()
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
            words = f"Continue: {last.title}, {last.role}, turn {last.turn} ({last.date})"
            self.post_message(self.Found(str(last.path), words))
        else:
            self.post_message(self.Found("", ""))

    @on(Found)
    def _found(self, event: Found) -> None:
        from wargame.session.saves import folder

        self._last = event.path
        doors = self.query_one(OptionList)
        words = event.words or "Continue: there is no game to go on with yet"
        doors.replace_option_prompt("continue", content(words))
        if event.path:
            doors.enable_option("continue")
            if doors.highlighted == 1:
                doors.highlighted = 0
        self.query_one("#where", Lines).show([line((f"Games are saved in {folder()}", QUIET))])

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        self.action_door(event.option.id or "")

    def action_door(self, door: str) -> None:
        from wargame.tui.app import WargameApp

        assert isinstance(self.app, WargameApp)
        match door:
            case "continue":
                self.app.open_save(self._last)
            case "new":
                from wargame.tui.screens.setup import SetupScreen

                self.app.push_screen(SetupScreen())
            case "tutorial":
                self.app.new_game("tutorial", None, {}, "full", None)
            case "saves":
                from wargame.tui.screens.saves import SavesScreen

                self.app.push_screen(SavesScreen())
            case "help":
                from wargame.tui.screens.help import HelpPage

                self.app.push_screen(HelpPage("Help", self.BINDINGS, HELP))
            case _:
                self.app.exit()
