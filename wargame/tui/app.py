"""The full-screen program: it owns the table in play and changes screens; it never draws."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from textual import work
from textual.binding import Binding
from textual.driver import Driver
from textual.events import Resize
from textual.geometry import Size

from wargame.errors import WargameError
from wargame.text import clean_text
from wargame.tui.preferences import PreferringApp

if TYPE_CHECKING:
    from textual.screen import Screen

    from wargame.agents.driver import Table
    from wargame.tui.desk import Desk
    from wargame.tui.hotseat import Round


class WargameApp(PreferringApp):
    """The start screen, or straight into a game if a table is given."""

    CSS_PATH = "wargame.tcss"
    TITLE = "wargame"
    BINDINGS: ClassVar = [
        Binding("ctrl+c", "interrupt", "Leave", show=False, priority=True, system=True),
        Binding("ctrl+q", "quit", "Leave", show=False, priority=True),
    ]
    HORIZONTAL_BREAKPOINTS = [(0, "-slim"), (80, "-narrow"), (100, "-wide")]
    VERTICAL_BREAKPOINTS = [(0, "-short"), (30, "-tall")]

    def __init__(self, table: Table | None = None, role: str | None = None, *, curtains: bool = True) -> None:
        super().__init__()
        self.table = table
        self.role = role
        self.curtains = curtains
        self.desk: Desk | None = None
        self.round: Round | None = None
        self.fault: BaseException | None = None
        self._opening = False
        self._interrupted = False
        self._roomy = asyncio.Event()

    async def run_async(self, **options: Any) -> None:
        """
        Runs to the end, and leaves nothing of what was typed or pasted to the shell.

        Raises:
            KeyboardInterrupt: If the player left by Ctrl+C, or the program was sent SIGINT twice.
        """
        # Windows has no such handlers, and neither has any thread but the first.
        with suppress(NotImplementedError, RuntimeError, ValueError):
            asyncio.get_running_loop().add_signal_handler(signal.SIGINT, self.action_interrupt)
        from wargame.tui.terminal import drain

        await super().run_async(**options)
        await asyncio.to_thread(drain)
        if self._interrupted:
            raise KeyboardInterrupt

    def get_driver_class(self) -> type[Driver]:
        from wargame.tui.terminal import guarded

        return guarded(super().get_driver_class())

    def on_mount(self) -> None:
        self.begin()

    def begin(self) -> None:
        """Shows the first screen."""
        if self.table is not None and self.role is not None:
            self.enter(self.table, self.role, self.curtains)
        else:
            self.start_again()

    def start_again(self) -> None:
        """Shows the start screen; a game in play is let go of."""
        from wargame.tui.screens.start import StartScreen

        self.let_go()
        self.show(StartScreen())

    def enter(self, table: Table, role: str, curtains: bool = True) -> None:
        """Shows the game of *table*: from the seat of *role*, or a curtain if several persons play."""
        from wargame.tui.desk import Desk
        from wargame.tui.hotseat import Round

        self.let_go()
        self.table, self.role = table, role
        self.desk, self.round = Desk(table, role), Round(curtains)
        if table.session.is_over:
            from wargame.tui.screens.end import EndScreen

            self.show(EndScreen(self.desk))
        elif len(self.desk.persons) > 1:
            self.next_seat(None)
        else:
            from wargame.tui.screens.play import PlayScreen

            self.show(PlayScreen(self.desk))
        if table.session.verdict.kind == "torn":
            self.say(f"Recovered: {table.session.verdict}")

    def next_seat(self, after: str | None) -> None:
        """Whoever sits at the machine rises, and it is handed over to the next seat that has to choose."""
        from wargame.tui.hotseat import following
        from wargame.tui.screens.curtain import CurtainScreen, GatherScreen
        from wargame.tui.screens.end import EndScreen

        assert self.desk is not None and self.round is not None
        self.desk.rise()
        self.wipe()
        role = following(self.desk.persons, self.desk.waiting, after)
        if self.desk.table.session.is_over:
            self.show(EndScreen(self.desk))
        elif role is None:
            self.show(GatherScreen(self.desk, self.round))
        elif self.round.curtains:
            self.show(CurtainScreen(self.desk, self.round, role))
        else:
            self.sit_down(role)

    def sit_down(self, role: str) -> None:
        """The person of *role* plays, on a screen that nobody used before."""
        from wargame.tui.screens.seat import SeatScreen

        assert self.desk is not None and self.round is not None
        self.desk.sit(role)
        self.show(SeatScreen(self.desk, self.round))

    def wipe(self) -> None:
        """Leaves nothing of the last seat: no notice, nothing to paste, not a word on the terminal."""
        self.clear_notifications()
        self.copy_to_clipboard("")
        if self._driver is not None:
            self._driver.write("\x1b[2J")

    def new_game(
        self,
        scenario: str,
        role: str | None,
        opponents: Mapping[str, str],
        length: str,
        seed: int | None,
        curtains: bool = True,
    ) -> None:
        """Begins a game, saved from its first moment; *opponents* may name more persons at this machine."""
        self._open(lambda: _begun(scenario, role, opponents, length, seed), curtains)

    def open_save(self, path: str) -> None:
        """Goes on with a save; one that cannot be continued says why."""
        self._open(lambda: _continued(path))

    @work(group="files")
    async def _open(self, opened: Callable[[], tuple[Table, str]], curtains: bool = True) -> None:
        if self._opening:
            return
        self._opening = True
        try:
            table, role = await asyncio.to_thread(opened)
        except WargameError as error:
            self.say(str(error))
        else:
            self.enter(table, role, curtains)
        finally:
            self._opening = False

    @work(group="files")
    async def open_debrief(self, path: Path) -> None:
        """Shows the debrief of a save over the screen that is open; one that cannot be shown says why."""
        from wargame.debrief.record import open_record
        from wargame.tui.debrief.screen import DebriefScreen

        if self._opening:
            return
        self._opening = True
        try:
            record = await asyncio.to_thread(open_record, path)
            self.push_screen(DebriefScreen(record, path))
        except WargameError as error:
            self.say(str(error))
        finally:
            self._opening = False

    def leave_debrief(self, screen: Screen[None]) -> None:
        """Back to what *screen* was opened from; if that is nothing, out of the program."""
        if len(self.screen_stack) > 2:
            screen.dismiss(None)
        else:
            self.exit()

    # --- Leaving

    @property
    def is_playing(self) -> bool:
        """Whether a game is open that has not ended."""
        return self.desk is not None and not self.desk.table.session.is_over

    async def action_quit(self) -> None:
        self.ask_to_leave()

    @work
    async def ask_to_leave(self) -> None:
        """Leaves; if a game is running, only when the player says so once more."""
        from wargame.tui.screens.leave import LeaveQuestion

        if self.desk is None or not self.is_playing:
            self.exit()
        elif not isinstance(self.screen, LeaveQuestion):
            drafted = len(self.desk.drafted)
            question = LeaveQuestion(str(self.desk.table.session.path), drafted)
            match await self.push_screen_wait(question):
                case "leave":
                    self.exit()
                case "start":
                    self.start_again()

    def action_interrupt(self) -> None:
        """Ctrl+C or SIGINT: asks first while a game is running; the second time it leaves."""
        from wargame.tui.screens.leave import LeaveQuestion
        from wargame.tui.screens.small import SmallScreen

        here = self.screen_stack[-1] if self.screen_stack else None
        if isinstance(here, SmallScreen) and self.is_playing and not here.warned:
            here.warn()
        elif self.is_playing and not isinstance(here, (LeaveQuestion, SmallScreen)):
            self.ask_to_leave()
        else:
            self._interrupted = True
            self.exit()

    # --- What is shown

    def get_key_display(self, binding: Binding) -> str:
        shown = super().get_key_display(binding)
        return shown.upper() if len(shown) <= 2 else shown[0].upper() + shown[1:]

    def say(self, words: str) -> None:
        """A word to the player in place of the last one, never read as markup."""
        first = clean_text(words.splitlines()[0] if words else words)
        self.clear_notifications()
        self.notify(first, markup=False, timeout=8)

    def on_resize(self, event: Resize) -> None:
        self._measure(event.size)

    def _measure(self, size: Size) -> None:
        """Asks for a larger window as long as this one is too small."""
        from wargame.tui.screens.small import SMALLEST, SmallScreen

        small = size.width < SMALLEST[0] or size.height < SMALLEST[1]
        if small:
            self._roomy.clear()
        else:
            self._roomy.set()
        if small and not isinstance(self.screen, SmallScreen):
            self.push_screen(SmallScreen())
        elif not small and isinstance(self.screen, SmallScreen):
            self.pop_screen()

    async def roomy(self) -> None:
        """Returns when the window is large enough to show something new."""
        await self._roomy.wait()

    def on_unmount(self) -> None:
        self.let_go()

    def show(self, screen: object) -> None:
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

    def let_go(self) -> None:
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
    from wargame.agents.seating import PERSON, seating
    from wargame.session.kernels import load
    from wargame.session.session import Session

    loaded = load(scenario)
    played = role or next(id for id, each in loaded.roles.items() if each.playable)
    others = {id: player for id, player in opponents.items() if player != PERSON}
    persons = (played, *(id for id in opponents if id not in others))
    seats = seating(loaded, others, persons=persons)
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
