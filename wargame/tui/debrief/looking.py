"""What every part of the debrief's screen knows: the game, the chair, the stop."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from textual.screen import Screen

from wargame.debrief.notebook import Notebook
from wargame.debrief.replay import Replay

if TYPE_CHECKING:
    from wargame.tui.app import WargameApp

__all__ = ["Looking"]


class Looking(Screen[None]):
    """A screen that stands at a stop of a replay."""

    _path: Path
    _chairs: tuple[str, ...]
    """Those that may be opened."""

    _replay: Replay
    _here: int
    """The number of the stop, from 0."""

    _notes: Notebook
    _tab: str

    def _show(self) -> None:
        """Draws the open tab as it is now."""
        raise NotImplementedError

    def _to(self, number: int) -> None:
        """Goes to stop *number*."""
        self._here = number
        self._show()

    @property
    def _program(self) -> WargameApp:
        from wargame.tui.app import WargameApp

        assert isinstance(self.app, WargameApp)
        return self.app
