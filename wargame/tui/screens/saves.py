"""The list of saved games."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Footer, OptionList

from wargame.errors import WargameError
from wargame.session.saves import Saved, folder, listing
from wargame.tui.widgets.text import Lines


class SavesScreen(Screen[None]):
    """Choose a save to go on with, or a finished one to look at its end."""

    BINDINGS = [Binding("escape,q", "app.pop_screen", "Back", id="saves.back")]

    def compose(self) -> ComposeResult:
        yield Lines([f"Saved games in {folder()}"], id="heading")
        yield OptionList(id="saves", markup=False)
        yield Footer(show_command_palette=False, compact=True)

    def on_mount(self) -> None:
        self._saves: tuple[Saved, ...] = ()
        doors = self.query_one(OptionList)
        try:
            self._saves = listing()
        except WargameError as error:
            self.notify(str(error), markup=False)
        for each in self._saves:
            doors.add_option(Content(words(each)))
        if not self._saves:
            self.query_one("#heading", Lines).show([f"No saved games in {folder()}"])
        else:
            doors.highlighted = 0
        doors.focus()

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        from wargame.tui.app import WargameApp

        assert isinstance(self.app, WargameApp)
        self.app.open_save(str(self._saves[event.option_index].path))


def words(save: Saved) -> str:
    """One save in a line: date, scenario, role, turn, verdict."""
    where = f"ended: {save.ending}" if save.ending else f"turn {save.turn}"
    return f"{save.date or '?':<17} {save.title or save.path.name}  {save.role}  {where}  [{save.verdict}]"
