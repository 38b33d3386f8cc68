"""The full-screen program: it owns the table in play and changes screens; it never draws."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual.app import App
from textual.events import Resize

from wargame.errors import WargameError

if TYPE_CHECKING:
    from wargame.agents.driver import Table

SMALLEST = (60, 20)
"""Columns and rows below which the program asks for a larger window."""


class WargameApp(App[None]):
    """The start screen, or straight into a game if a table is given."""

    CSS_PATH = "wargame.tcss"
    TITLE = "wargame"
    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar = []

    def __init__(self, table: Table | None = None, role: str | None = None) -> None:
        super().__init__()
        self.table = table
        self.role = role
        self.fault: BaseException | None = None

    def on_mount(self) -> None:
        if self.table is not None and self.role is not None:
            self.enter(self.table, self.role)
        else:
            from wargame.tui.screens.start import StartScreen

            self.push_screen(StartScreen())

    def enter(self, table: Table, role: str) -> None:
        """Shows the game of *table* from the seat of *role*."""
        if self.table is not None and self.table is not table:
            self.table.session.close()
        self.table, self.role = table, role
        if table.session.is_over:
            from wargame.tui.screens.end import EndScreen

            self.push_screen(EndScreen(table, role))
        else:
            from wargame.tui.screens.play import PlayScreen

            self.push_screen(PlayScreen(table, role))

    def new_game(
        self, scenario: str, role: str | None, opponents: Mapping[str, str], length: str, seed: int | None
    ) -> None:
        """Begins a game, saved from its first moment."""
        from wargame.agents.driver import Table
        from wargame.agents.seating import seating
        from wargame.session.kernels import load
        from wargame.session.session import Session

        try:
            loaded = load(scenario)
            played = role or next(id for id, each in loaded.roles.items() if each.playable)
            seats = seating(loaded, opponents, persons=(played,))
            session = Session.create(loaded, seed=seed, length=length, seats=seats)
            self.enter(Table.of(session), played)
        except WargameError as error:
            self.say(str(error))

    def open_save(self, path: str) -> None:
        """Goes on with a save; one that cannot be continued says why."""
        from wargame.agents.driver import Table
        from wargame.session.session import Session

        try:
            session = Session.open(Path(path))
        except WargameError as error:
            self.say(str(error))
            return
        persons = [role for role, player in session.seats.items() if player == "person"]
        if session.read_only and not session.is_over:
            self.say(f"This save can only be read: {session.verdict}. Print it with 'wargame show {path}'.")
            session.close()
            return
        try:
            self.enter(Table.of(session), persons[0] if persons else next(iter(session.seats)))
        except WargameError as error:
            session.close()
            self.say(str(error))

    def say(self, words: str) -> None:
        """A word to the player, never read as markup."""
        self.notify(words.splitlines()[0] if words else words, markup=False, timeout=8)

    def on_resize(self, event: Resize) -> None:
        small = event.size.width < SMALLEST[0] or event.size.height < SMALLEST[1]
        from wargame.tui.screens.small import SmallScreen

        if small and not isinstance(self.screen, SmallScreen):
            self.push_screen(SmallScreen())
        elif not small and isinstance(self.screen, SmallScreen):
            self.pop_screen()

    def _handle_exception(self, error: Exception) -> None:
        # Textual would print the local variables of every frame: other seats' secrets among them.
        self.fault = error
        if self.is_headless:
            super()._handle_exception(error)
        else:
            self.exit(return_code=70)
