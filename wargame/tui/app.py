"""The full-screen program: it owns the table in play and changes screens; it never draws."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.app import App
from textual.events import Resize
from textual.geometry import Size

from wargame.errors import WargameError
from wargame.text import clean_text

if TYPE_CHECKING:
    from wargame.agents.driver import Table
    from wargame.tui.desk import Desk


class WargameApp(App[None]):
    """The start screen, or straight into a game if a table is given."""

    CSS_PATH = "wargame.tcss"
    TITLE = "wargame"
    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar = []
    HORIZONTAL_BREAKPOINTS = [(0, "-slim"), (80, "-narrow"), (100, "-wide")]
    VERTICAL_BREAKPOINTS = [(0, "-short"), (30, "-tall")]

    def __init__(self, table: Table | None = None, role: str | None = None) -> None:
        super().__init__()
        self.table = table
        self.role = role
        self.desk: Desk | None = None
        self.fault: BaseException | None = None
        self._opening = False

    def on_mount(self) -> None:
        if self.table is not None and self.role is not None:
            self.enter(self.table, self.role)
        else:
            self.start_again()

    def start_again(self) -> None:
        """Shows the start screen; a game in play is let go of."""
        from wargame.tui.screens.start import StartScreen

        self._let_go()
        self._show(StartScreen())

    def enter(self, table: Table, role: str) -> None:
        """Shows the game of *table* from the seat of *role*."""
        from wargame.tui.desk import Desk

        self._let_go()
        self.table, self.role = table, role
        self.desk = Desk(table, role)
        if table.session.is_over:
            from wargame.tui.screens.end import EndScreen

            self._show(EndScreen(self.desk))
        else:
            from wargame.tui.screens.play import PlayScreen

            self._show(PlayScreen(self.desk))
        if table.session.verdict.kind == "torn":
            self.say(f"Recovered: {table.session.verdict}")

    def new_game(
        self, scenario: str, role: str | None, opponents: Mapping[str, str], length: str, seed: int | None
    ) -> None:
        """Begins a game, saved from its first moment."""
        self._open(lambda: _begun(scenario, role, opponents, length, seed))

    def open_save(self, path: str) -> None:
        """Goes on with a save; one that cannot be continued says why."""
        self._open(lambda: _continued(path))

    @work(group="files")
    async def _open(self, opened: Callable[[], tuple[Table, str]]) -> None:
        if self._opening:
            return
        self._opening = True
        try:
            table, role = await asyncio.to_thread(opened)
        except WargameError as error:
            self.say(str(error))
        else:
            self.enter(table, role)
        finally:
            self._opening = False

    def say(self, words: str) -> None:
        """A word to the player, never read as markup."""
        first = words.splitlines()[0] if words else words
        self.notify(clean_text(first), markup=False, timeout=8)

    def on_resize(self, event: Resize) -> None:
        self._measure(event.size)

    def _measure(self, size: Size) -> None:
        """Asks for a larger window as long as this one is too small."""
        from wargame.tui.screens.small import SMALLEST, SmallScreen

        small = size.width < SMALLEST[0] or size.height < SMALLEST[1]
        if small and not isinstance(self.screen, SmallScreen):
            self.push_screen(SmallScreen())
        elif not small and isinstance(self.screen, SmallScreen):
            self.pop_screen()

    def on_unmount(self) -> None:
        self._let_go()

    def _show(self, screen: object) -> None:
        """Puts *screen* in place of all that are open."""
        from textual.screen import Screen

        assert isinstance(screen, Screen)
        while len(self.screen_stack) > 2:
            self.pop_screen()
        if len(self.screen_stack) == 2:
            self.switch_screen(screen)
        else:
            self.push_screen(screen)
        self.call_after_refresh(self._measure, self.size)

    def _let_go(self) -> None:
        if self.desk is not None:
            self.desk.close()
            self.desk = None

    def _handle_exception(self, error: Exception) -> None:
        # Textual would print the local variables of every frame: other seats' secrets among them.
        self.fault = error
        if self.is_headless:
            super()._handle_exception(error)
        else:
            self.exit(return_code=70)


def _begun(
    scenario: str, role: str | None, opponents: Mapping[str, str], length: str, seed: int | None
) -> tuple[Table, str]:
    from wargame.agents.driver import Table
    from wargame.agents.seating import seating
    from wargame.session.kernels import load
    from wargame.session.session import Session

    loaded = load(scenario)
    played = role or next(id for id, each in loaded.roles.items() if each.playable)
    seats = seating(loaded, opponents, persons=(played,))
    return Table.of(Session.create(loaded, seed=seed, length=length, seats=seats)), played


def _continued(path: str) -> tuple[Table, str]:
    from wargame.agents.driver import Table
    from wargame.errors import JournalError
    from wargame.session.session import Session

    session = Session.open(Path(path))
    try:
        if session.read_only and not session.is_over:
            raise JournalError(
                f"This save can only be read: {session.verdict}. Print it with 'wargame show {path}'."
            )
        persons = [role for role, player in session.seats.items() if player == "person"]
        if not persons and not session.is_over:
            raise JournalError("No person plays in this game; 'wargame show' prints it.")
        return Table.of(session), persons[0] if persons else next(iter(session.seats))
    except WargameError:
        session.close()
        raise
