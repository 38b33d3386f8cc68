"""What is shown while the window is too small to play in."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.screen import Screen

from wargame.tui.widgets.text import Lines


class SmallScreen(Screen[None]):
    """Asks for a larger window; the game goes on where it was as soon as there is one."""

    def compose(self) -> ComposeResult:
        yield Lines(
            ["This window is too small.", "wargame needs 60 columns and 20 rows;", "80 by 24 is good."]
        )
