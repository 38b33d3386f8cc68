"""What is shown while the window is too small to play in."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.screen import Screen

from wargame.tui.widgets.text import Lines

SMALLEST = (60, 20)
"""Columns and rows below which the program asks for a larger window."""


class SmallScreen(Screen[None]):
    """Asks for a larger window; the game goes on where it was as soon as there is one."""

    warned = False

    def compose(self) -> ComposeResult:
        yield Lines(["Window too small, need 80x24.", "Nothing is lost."])

    def warn(self) -> None:
        """Says what the next Ctrl+C does."""
        self.warned = True
        self.query_one(Lines).show(["Ctrl+C again leaves.", "The game is kept."])
