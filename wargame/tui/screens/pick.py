"""Small questions that are answered with one choice, a yes or a key."""

from __future__ import annotations

from collections.abc import Sequence

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import OptionList

from wargame.tui.widgets.text import Lines


class Pick(ModalScreen[int | None]):
    """Choose one of several; None if the player thinks better of it."""

    BINDINGS = [("escape", "dismiss(None)", "Back")]

    def __init__(self, question: str, options: Sequence[str]) -> None:
        super().__init__()
        self._question = question
        self._options = options

    def compose(self) -> ComposeResult:
        with Vertical(classes="box"):
            yield Lines([self._question], classes="question")
            yield OptionList(*(Content(option) for option in self._options), markup=False)

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(event.option_index)


class Page(ModalScreen[None]):
    """A text to read; any of the usual keys closes it."""

    BINDINGS = [("escape,q,enter,f1", "dismiss(None)", "Back")]

    def __init__(self, title: str, lines: Sequence[str]) -> None:
        super().__init__()
        self._title = title
        self._lines = lines

    def compose(self) -> ComposeResult:
        with Vertical(classes="box page"):
            yield Lines([self._title], classes="question")
            with VerticalScroll():
                yield Lines(self._lines)
            yield Lines(["Escape closes this page; arrows scroll."], classes="hint")

    def on_mount(self) -> None:
        self.query_one(VerticalScroll).focus()
