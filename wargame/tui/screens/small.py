"""What is shown while the window is too small to play in."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.screen import Screen

from wargame.tui.widgets.text import Lines

SMALLEST = (60, 20)
"""Columns and rows below which the program asks for a larger window."""


class SmallScreen(Screen[None]):
    """Asks for a larger window; the game goes on where it was as soon as there is one."""

    def compose(self) -> ComposeResult:
        columns, rows = SMALLEST
        yield Lines(
            [
                "This window is too small.",
                f"wargame needs {columns} columns and {rows} rows;",
                "80 by 24 is good. Nothing is lost.",
            ]
        )
