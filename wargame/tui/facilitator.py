"""Opens control's console over a table: on the command line, or from the start screen."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from wargame.agents.driver import Table
from wargame.tui.app import WargameApp

if TYPE_CHECKING:
    from wargame.session.session import Session

HERE = Path(__file__).resolve().parent


class ControlApp(WargameApp):
    """The program of somebody who leads a game and plays none of its roles."""

    CSS_PATH: ClassVar[str] = str(HERE / "wargame.tcss")

    def enter(self, table: Table, role: str, curtains: bool = True) -> None:
        open_control(self, table)


def open_control(app: WargameApp, table: Table) -> None:
    """Shows the console over *table*; a game in play is let go of."""
    from wargame.tui.desk import Desk
    from wargame.tui.screens.control import ControlScreen

    app.let_go()
    first = next(iter(table.session.seats))
    app.table, app.role = table, first
    app.desk = Desk(table, first)
    app.desk.rise()
    app.show(ControlScreen(app.desk))
    if table.session.verdict.kind == "torn":
        app.say(f"Recovered: {table.session.verdict}")


def new_class(
    scenario: str | Path,
    *,
    length: str = "full",
    seed: int | None = None,
    chosen: dict[str, str] | None = None,
    path: Path | None = None,
) -> Table:
    """
    A fresh game to lead: a role *chosen* for is played so, every other one by a person if it can be.

    Raises:
        ScenarioError: If the scenario cannot be used, or has no such length or player.
        JournalError: If the place will not take the save.
    """
    from wargame.agents.seating import PERSON, seating
    from wargame.session.kernels import load
    from wargame.session.session import Session

    loaded = load(scenario)
    given = chosen or {}
    persons = [id for id, role in loaded.roles.items() if given.get(id, PERSON) == PERSON and role.playable]
    scripted = {id: player for id, player in given.items() if player != PERSON}
    seats = seating(loaded, scripted, persons=persons)
    return Table.of(Session.create(loaded, seed=seed, length=length, seats=seats, path=path))


def led(path: Path) -> Table:
    """
    The table of a save that goes on, or has ended, to be led.

    Raises:
        JournalError: If it cannot be opened, or only be read though it has not ended.
    """
    from wargame.errors import JournalError
    from wargame.session.session import Session

    session: Session = Session.open(path)
    if session.read_only and not session.is_over:
        why = session.verdict
        session.close()
        raise JournalError(f"{path}: {why}; 'wargame show {path}' prints what can be read")
    return Table.of(session)
