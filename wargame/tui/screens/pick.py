"""Small questions that are answered with one choice, a line of text or a key."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical, VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList

from wargame.tui.keymap import in_force, with_keys
from wargame.tui.lines import Line, as_line, fitted
from wargame.tui.widgets.listing import Listing
from wargame.tui.widgets.text import Lines, Prose, Words, content

BACK = Binding("escape", "dismiss(None)", "Back", id="question.back", tooltip="Without an answer")


class Pick(ModalScreen[int | None]):
    """Choose one of several; None if the player thinks better of it."""

    BINDINGS = [BACK]

    def __init__(
        self,
        question: str,
        options: Sequence[Line | str],
        *,
        before: Sequence[Line | str] = (),
        head: str = "",
    ) -> None:
        super().__init__()
        self._question = question
        self._options = options
        self._before = before
        self._head = head

    def compose(self) -> ComposeResult:
        with Vertical(classes="box"):
            yield Lines([self._question], classes="question")
            if self._before:
                yield Lines(self._before, classes="before")
            if self._head:
                yield Lines([self._head], classes="head")
            yield Listing(*(content(option) for option in self._options), markup=False)
            yield _hint(self, "Enter chooses, {question.back:escape} goes back.")

    def on_mount(self) -> None:
        self._fit()

    def on_resize(self) -> None:
        self._fit()

    def _fit(self) -> None:
        """Leaves the list of answers the rows that the rest of the box does not need."""
        size = self.app.size
        width = min(size.width * 92 // 100, 100) - 4
        above = [as_line(each) for each in (self._question, *self._before)]
        taken = len(fitted(above, width, 1000, "")) + 6 + bool(self._before) + bool(self._head)
        self.query_one(OptionList).styles.max_height = max(size.height - taken, 3)

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(event.option_index)


class PickSeveral(ModalScreen[tuple[int, ...] | None]):
    """Choose one or several: Space marks, Enter takes what is marked, or else the one under the cursor."""

    BINDINGS = [BACK, Binding("space", "mark", "Mark", id="question.mark", tooltip="Mark, or no longer")]

    def __init__(self, question: str, options: Sequence[str], *, alone: int | None = None) -> None:
        """*alone* is the number of an option that goes with no other."""
        super().__init__()
        self._question = question
        self._options = options
        self._alone = alone
        self._marked: set[int] = set()

    def compose(self) -> ComposeResult:
        with Vertical(classes="box"):
            yield Lines([self._question], classes="question")
            yield Listing(*(content(self._row(at)) for at in range(len(self._options))), markup=False)
            yield _hint(
                self, "{question.mark:space} marks several, Enter chooses, {question.back:escape} goes back."
            )

    def _row(self, at: int) -> str:
        return f"[{'x' if at in self._marked else ' '}] {self._options[at]}"

    def action_mark(self) -> None:
        listed = self.query_one(OptionList)
        at = listed.highlighted
        if at is None:
            return
        if at in self._marked:
            self._marked.remove(at)
        elif self._alone is not None and self._alone in (at, *self._marked):
            self._marked = {at}
        else:
            self._marked.add(at)
        for number in range(len(self._options)):
            listed.replace_option_prompt_at_index(number, content(self._row(number)))

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(tuple(sorted(self._marked)) or (event.option_index,))


class Ask(ModalScreen[str | None]):
    """Type a line; None if the player thinks better of it."""

    BINDINGS = [BACK]

    def __init__(self, question: str, *, before: str = "", only: str | None = None, limit: int = 500) -> None:
        super().__init__()
        self._question = question
        self._before = before
        self._only = only
        self._limit = limit

    def compose(self) -> ComposeResult:
        with Vertical(classes="box"):
            yield Lines([self._question], classes="question")
            yield Words(self._before, restrict=self._only, max_length=self._limit)
            yield _hint(self, "Enter takes it, {question.back:escape} goes back.")

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.dismiss(event.value.strip())


class Page(ModalScreen[None]):
    """A text to read; any of the usual keys closes it."""

    BINDINGS = [
        Binding("escape,q,enter,f1,i", "dismiss(None)", "Back", id="page.close", tooltip="Closes the page")
    ]

    def __init__(self, title: str, lines: Sequence[Line | str]) -> None:
        super().__init__()
        self._title = title
        self._lines = lines

    def compose(self) -> ComposeResult:
        with Vertical(classes="box page"):
            yield Lines([self._title], classes="question")
            with VerticalScroll():
                yield Prose(self._lines)
            yield _hint(self, "{page.close:escape} closes this page; arrows scroll.")

    def on_mount(self) -> None:
        self.query_one(VerticalScroll).focus()


def _hint(screen: ModalScreen[Any], words: str) -> Lines:
    """What the keys do, as they are set now."""
    return Lines([with_keys(words, in_force(screen.app))], classes="hint")
