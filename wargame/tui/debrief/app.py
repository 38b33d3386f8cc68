"""The program that shows a debrief and nothing else."""

from __future__ import annotations

from pathlib import Path

from wargame.debrief.record import open_record
from wargame.tui.app import WargameApp
from wargame.tui.debrief.screen import GAMES, DebriefScreen

__all__ = ["DebriefApp", "opened", "show"]


class DebriefApp(WargameApp):
    """Opens straight at *debrief*; leaving it leaves the program."""

    CSS_PATH = "../wargame.tcss"

    def __init__(self, debrief: DebriefScreen) -> None:
        super().__init__()
        self._debrief = debrief

    def begin(self) -> None:
        self.show(self._debrief)


def opened(
    path: Path | str,
    *,
    turn: int | None = None,
    role: str | None = None,
    control: bool = False,
    games: int = GAMES,
) -> DebriefApp:
    """
    The program that shows the debrief of the save at *path*, ready to be run.

    *turn* is a calendar number, *role* the chair to look from, or `control`; *control* says that the reader
    leads the game and may open every chair while it goes on. *games* are played on from every position.

    Raises:
        JournalError: If it is no saved game, or holds nothing that could be shown.
        NotOpen: If there is no such turn or chair, or it is not opened while others play.
    """
    place = Path(path)
    record = open_record(place)
    return DebriefApp(DebriefScreen(record, place, chair=role, turn=turn, control=control, games=games))


def show(path: Path | str, *, turn: int | None, role: str | None, control: bool, games: int) -> None:
    """
    Shows the debrief of the save at *path* until its reader leaves; see `opened`.

    Raises:
        JournalError: If it is no saved game, or holds nothing that could be shown.
        NotOpen: If there is no such turn or chair, or it is not opened while others play.
    """
    opened(path, turn=turn, role=role, control=control, games=games).run()
