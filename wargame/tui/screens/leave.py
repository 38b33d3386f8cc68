"""The question before a game is left."""

from __future__ import annotations

import time

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import OptionList

from wargame.tui.keymap import in_force, with_keys
from wargame.tui.lines import Line, line, quiet
from wargame.tui.widgets.listing import Listing
from wargame.tui.widgets.text import Lines, content

CALM = 0.3
"""Seconds before an answer counts, and between two, so that neither a paste nor a key held down answers."""

ANSWERS = (
    ("leave", "Yes, leave ({leave.yes:y})"),
    ("start", "To the start screen ({leave.start:s})"),
    ("stay", "No, stay"),
)
HINT = "Enter chooses, {leave.stay:escape} stays; Ctrl+C leaves at once."


class LeaveQuestion(ModalScreen[str]):
    """Leave, go to the start screen, or stay: `leave`, `start` or `stay`."""

    BINDINGS = [
        Binding("y", "answer('leave')", "Leave", id="leave.yes", tooltip="The game is kept"),
        Binding("s", "answer('start')", "Start screen", id="leave.start", tooltip="Another game"),
        Binding("escape,n", "answer('stay')", "Stay", id="leave.stay", tooltip="Back to the game"),
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
            keys = in_force(self.app)
            yield Listing(*(content(with_keys(words, keys)) for _, words in ANSWERS), markup=False)
            yield Lines([with_keys(HINT, keys)], classes="hint")

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
