"""The list of saved games."""

from __future__ import annotations

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Footer, OptionList

from wargame.errors import WargameError
from wargame.session.saves import Saved, folder, listing
from wargame.tui.lines import BAD, QUIET, STRONG, Line, fill, line
from wargame.tui.screens.help import HelpPage
from wargame.tui.widgets.text import Lines, content

HELP = (
    "Enter goes on with a game, or shows the end of one that has ended.",
    "",
    "clean     whole",
    "torn      the program was stopped while it wrote; the game goes on from the last whole entry",
    "damaged   somebody or something changed the file; it can be looked at up to the damage",
    "newer     made by a newer version of the program",
    "",
    "'wargame verify SAVE' gives the verdict in full, 'wargame show SAVE' prints a turn.",
)


class SavesScreen(Screen[None]):
    """Choose a save to go on with, or a finished one to look at its end."""

    BINDINGS = [
        Binding("escape,q", "app.pop_screen", "Back", id="saves.back"),
        Binding("f1,question_mark", "help", "Help", id="saves.help"),
    ]

    class Found(Message):
        """The folder was read."""

        def __init__(self, saves: tuple[Saved, ...], fault: str) -> None:
            super().__init__()
            self.saves = saves
            self.fault = fault

    def __init__(self) -> None:
        super().__init__()
        self._saves: tuple[Saved, ...] = ()

    def compose(self) -> ComposeResult:
        yield Lines([f"Saved games in {folder()}"], id="heading")
        yield OptionList(id="saves", markup=False)
        yield Lines(["Reading the folder ..."], id="details")
        yield Footer(show_command_palette=False, compact=True)

    def on_mount(self) -> None:
        self.query_one(OptionList).focus()
        self._read()

    @work(thread=True, group="files")
    def _read(self) -> None:
        try:
            self.post_message(self.Found(listing(), ""))
        except WargameError as error:
            self.post_message(self.Found((), str(error)))

    @on(Found)
    def _found(self, event: Found) -> None:
        self._saves = event.saves
        doors = self.query_one(OptionList)
        doors.add_options([content(row(save)) for save in self._saves])
        nothing = event.fault or ("" if self._saves else "There is no saved game here yet.")
        self.query_one("#details", Lines).show([nothing])
        if self._saves:
            doors.highlighted = 0

    @on(OptionList.OptionHighlighted)
    def _looked(self, event: OptionList.OptionHighlighted) -> None:
        save = self._saves[event.option_index]
        self.query_one("#details", Lines).show([save.path.name, save.detail])

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        from wargame.tui.app import WargameApp

        assert isinstance(self.app, WargameApp)
        self.app.open_save(str(self._saves[event.option_index].path))

    def action_help(self) -> None:
        self.app.push_screen(HelpPage("Saved games", self.BINDINGS, HELP))


def row(save: Saved) -> Line:
    """One save in a line: date, scenario, role, turn, verdict."""
    where = "ended" if save.ending else f"turn {save.turn}" if save.turn is not None else ""
    return line(
        (fill(save.date or "no date", 17), QUIET),
        (fill(save.title or save.path.name, 30), STRONG),
        f" {fill(save.role, 11)} {where:<8} ",
        (save.verdict, QUIET if save.verdict == "clean" else BAD),
    )
