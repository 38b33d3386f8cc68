"""The start screen: go on with a game, begin one, or open a save."""

from __future__ import annotations

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Footer, OptionList
from textual.widgets.option_list import Option

from wargame.tui.screens.pick import Page
from wargame.tui.widgets.text import Lines

TITLE = "wargame"
ABOUT = (
    "A crisis, several roles, secret orders. All orders are worked out at once,",
    "and every change is explained. Choose with the arrows and Enter.",
)
HELP = (
    "New game      choose a scenario, a role, who plays the others, the length and the seed",
    "Tutorial      ten minutes in a small harbour town: the quickest way to learn",
    "Continue      the game you left last, as you left it",
    "Open a save   any game in the folder of saves",
    "",
    "Without a screen: wargame play --plain. All commands: wargame --help.",
)


class StartScreen(Screen[None]):
    """Where every game begins."""

    BINDINGS = [
        Binding("f1,question_mark", "help", "Help", id="start.help"),
        Binding("q,escape,ctrl+q", "leave", "Leave", id="start.leave"),
    ]

    class Found(Message):
        """The newest game that can be continued, if there is one."""

        def __init__(self, path: str, words: str) -> None:
            super().__init__()
            self.path = path
            self.words = words

    def __init__(self) -> None:
        super().__init__()
        self._last = ""

    def compose(self) -> ComposeResult:
        with Vertical(id="start"):
            yield Lines([TITLE], id="banner")
            yield Lines(ABOUT, id="about")
            yield OptionList(
                Option("New game", id="new"),
                Option("Tutorial: ten minutes", id="tutorial"),
                Option("Open a save", id="saves"),
                Option("Leave", id="leave"),
                id="doors",
            )
        yield Footer(show_command_palette=False, compact=True)

    def on_mount(self) -> None:
        self.query_one(OptionList).focus()
        self._look_for_last()

    @work(thread=True)
    def _look_for_last(self) -> None:
        from wargame.errors import WargameError
        from wargame.session.saves import listing

        try:
            open_games = [each for each in listing() if each.ending is None and each.role]
        except WargameError:
            return
        playable = [each for each in open_games if each.verdict in ("clean", "torn")]
        if playable:
            last = playable[0]
            words = f"Continue: {last.title}, {last.role}, turn {last.turn} ({last.date})"
            self.post_message(self.Found(str(last.path), words))

    @on(Found)
    def _found(self, event: Found) -> None:
        self._last = event.path
        doors = self.query_one(OptionList)
        doors.clear_options()
        doors.add_option(Option(Content(event.words), id="continue"))
        for id, words in (
            ("new", "New game"),
            ("tutorial", "Tutorial: ten minutes"),
            ("saves", "Open a save"),
            ("leave", "Leave"),
        ):
            doors.add_option(Option(words, id=id))
        doors.highlighted = 0

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        from wargame.tui.app import WargameApp

        assert isinstance(self.app, WargameApp)
        match event.option.id:
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
            case _:
                self.app.exit()

    def action_help(self) -> None:
        self.app.push_screen(Page("Help", HELP))

    def action_leave(self) -> None:
        self.app.exit()
