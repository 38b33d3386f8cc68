"""The list of saved games."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.message import Message
from textual.screen import Screen
from textual.widgets import OptionList

from wargame.errors import WargameError
from wargame.session.saves import Saved, families, folder, listing
from wargame.tui.lines import BAD, QUIET, STRONG, Line, fill, line
from wargame.tui.screens.help import HelpPage
from wargame.tui.screens.pick import Page
from wargame.tui.widgets.footer import KeyBar
from wargame.tui.widgets.listing import Listing
from wargame.tui.widgets.text import Lines, content

HELP = (
    "Enter goes on with a game, or shows the end of one that has ended. One that is damaged or newer is",
    "shown as far as it can be read. A branch stands under the game it left. {saves.debrief:d} looks back on",
    "a game that has ended: from every chair, who knew what, and what was luck.",
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
        Binding("d", "debrief", "Debrief", id="saves.debrief", tooltip="Looks back on a game that has ended"),
        Binding("escape,q", "app.pop_screen", "Back", id="saves.back"),
        Binding("f1,question_mark", "help", "Help", id="saves.help"),
    ]

    class Found(Message):
        """The folder was read."""

        def __init__(self, saves: tuple[tuple[int, Saved], ...], fault: str) -> None:
            super().__init__()
            self.saves = saves
            self.fault = fault

    def __init__(self) -> None:
        super().__init__()
        self._saves: tuple[Saved, ...] = ()
        """In the order of the rows."""

    def compose(self) -> ComposeResult:
        yield Lines([f"Saved games in {folder()}"], id="heading")
        yield Listing(id="saves", markup=False)
        yield Lines(["Reading the folder ..."], id="details")
        yield KeyBar()

    def on_mount(self) -> None:
        self.query_one(OptionList).focus()
        self._read()

    @work(thread=True, group="files")
    def _read(self) -> None:
        try:
            self.post_message(self.Found(families(listing()), ""))
        except WargameError as error:
            self.post_message(self.Found((), str(error)))

    @on(Found)
    def _found(self, event: Found) -> None:
        self._saves = tuple(save for _, save in event.saves)
        doors = self.query_one(OptionList)
        doors.add_options([content(row(save, depth)) for depth, save in event.saves])
        nothing = event.fault or ("" if self._saves else "There is no saved game here yet.")
        self.query_one("#details", Lines).show([nothing])
        if self._saves:
            doors.highlighted = 0

    @on(OptionList.OptionHighlighted)
    def _looked(self, event: OptionList.OptionHighlighted) -> None:
        save = self._saves[event.option_index]
        self.query_one("#details", Lines).show(about(save, self._saves))

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        from wargame.tui.app import WargameApp

        assert isinstance(self.app, WargameApp)
        save = self._saves[event.option_index]
        if save.verdict in ("clean", "torn"):
            self.app.open_save(str(save.path))
        else:
            self._look_at(save)

    @work(group="files")
    async def _look_at(self, save: Saved) -> None:
        """Shows what can be read of a save that cannot go on."""
        lines = await asyncio.to_thread(readable, save)
        self.app.push_screen(Page(save.path.name, lines))

    def action_debrief(self) -> None:
        """Looks back on the game under the cursor."""
        from wargame.tui.app import WargameApp

        assert isinstance(self.app, WargameApp)
        at = self.query_one(OptionList).highlighted
        if at is None or at >= len(self._saves):
            return
        if self._saves[at].ending:
            self.app.open_debrief(self._saves[at].path)
        else:
            self.app.say("This game goes on; its debrief opens when it has ended.")

    def action_help(self) -> None:
        self.app.push_screen(HelpPage("Saved games", self.BINDINGS, HELP))


def row(save: Saved, depth: int = 0) -> Line:
    """One save in a line: date, scenario, role, turn, verdict; a branch stands further in."""
    where = "ended" if save.ending else f"turn {save.turn}" if save.turn is not None else ""
    inside = "  " * (min(depth, 4) - 1) + "└ " if depth else ""
    return line(
        (fill(save.date or "no date", 17), QUIET),
        (fill(inside + _name(save), 30), STRONG),
        f" {fill(save.role, 11)} {where:<8} ",
        (save.verdict, QUIET if save.verdict == "clean" else BAD),
    )


def _name(save: Saved) -> str:
    """The title; before it the name somebody gave the file, or two games of one scenario look alike."""
    if not save.title:
        return save.path.name
    is_ours = save.path.stem.startswith(save.scenario)
    return save.title if is_ours else f"{save.path.stem}: {save.title}"


def about(save: Saved, saves: Sequence[Saved]) -> list[Line | str]:
    """What is told of the save under the cursor."""
    lines: list[Line | str] = [save.path.name, save.detail]
    if save.parent:
        parent = next((each.path.name for each in saves if each.session == save.parent), "a game not here")
        lines.append(f"A branch: it left {parent} at the start of turn {save.left}.")
    if save.verdict not in ("clean", "torn"):
        lines.append("It cannot be played on; Enter shows what can be read of it.")
    return lines


def readable(save: Saved) -> list[Line | str]:
    """What the one person of a save knew last; of several persons nobody's secrets are shown."""
    from wargame.session.show import show

    told: list[Line | str] = [line((save.detail, BAD)), ""]
    if "," in save.role:
        return [*told, "Several persons play in it: 'wargame show --as ROLE' prints one seat's part."]
    try:
        return [*show(save.path).splitlines()]
    except WargameError as error:
        return [*told, str(error)]
