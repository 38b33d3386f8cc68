"""The question before a game is left."""

from __future__ import annotations

import time

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import OptionList

from wargame.tui.lines import Line, line, quiet
from wargame.tui.widgets.text import Lines, content

CALM = 0.3
"""Seconds before an answer counts, and between two, so that neither a paste nor a key held down answers."""

ANSWERS = (("leave", "Yes, leave (Y)"), ("start", "To the start screen (S)"), ("stay", "No, stay (N)"))


class LeaveQuestion(ModalScreen[str]):
    """Leave, go to the start screen, or stay: `leave`, `start` or `stay`."""

    BINDINGS = [
        ("y", "answer('leave')", "Leave"),
        ("s", "answer('start')", "Start screen"),
        ("escape,n", "answer('stay')", "Stay"),
    ]

    def __init__(self, path: str, chosen: int) -> None:
        super().__init__()
        self._path = path
        self._chosen = chosen
        self._asked = time.monotonic()

    def compose(self) -> ComposeResult:
        orders = f", with the {_orders(self._chosen)} you have chosen" if self._chosen else ""
        before: list[Line | str] = [
            f"The game is kept{orders}; 'Continue' on the start screen goes on with it. It is saved in",
            quiet(self._path),
        ]
        with Vertical(classes="box"):
            yield Lines([line("Leave the game?")], classes="question")
            yield Lines(before, classes="before")
            yield OptionList(*(content(words) for _, words in ANSWERS), markup=False)
            yield Lines(["Y or Enter leaves, Escape stays; Ctrl+C leaves at once."], classes="hint")

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.action_answer(ANSWERS[event.option_index][0])

    def action_answer(self, answer: str) -> None:
        now, before = time.monotonic(), self._asked
        self._asked = now
        if answer == "stay" or now - before >= CALM:
            self.dismiss(answer)


def _orders(count: int) -> str:
    return "order" if count == 1 else f"{count} orders"
