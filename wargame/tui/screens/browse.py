"""A list with a search on the left, and the text of what is under its cursor on the right."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.screen import Screen
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from wargame.tui.lines import Line
from wargame.tui.screens.help import HelpPage
from wargame.tui.widgets.footer import KeyBar
from wargame.tui.widgets.listing import Listing
from wargame.tui.widgets.text import Lines, Prose, Words, content

LONGEST = 60


class Browse(Screen[None]):
    """What is to be read is said by `rows` and `text`; `first` is the row the cursor begins on."""

    name_of_screen = ""
    wanted_hint = ""
    help_words: ClassVar[tuple[str, ...]] = ()
    first = 0

    BINDINGS: ClassVar = [
        Binding("slash", "find", "Find", id="browse.find", tooltip="Only what has these words"),
        Binding("enter", "swap", "Text or list", id="browse.swap", tooltip="Into the text, and back"),
        Binding("f1,question_mark", "help", "Help", id="browse.help"),
        Binding("escape,q", "close", "Back", id="browse.close"),
    ]

    def rows(self, wanted: str, width: int) -> Sequence[Line | str]:
        """The rows of the list in *width* cells; only those with all the words in *wanted*."""
        raise NotImplementedError

    def text(self, number: int, wanted: str) -> Sequence[Line | str]:
        """What is read when the cursor stands on row *number* of the list last asked for."""
        raise NotImplementedError

    def compose(self) -> ComposeResult:
        yield Lines([self.name_of_screen], id="heading")
        with Horizontal(id="middle"):
            with Vertical(id="browse-left"):
                yield Words(placeholder=self.wanted_hint, id="browse-find", max_length=LONGEST, compact=True)
                yield Listing(id="browse-list", markup=False)
            with VerticalScroll(id="browse-right"):
                yield Prose(id="browse-text")
        yield KeyBar()

    def on_mount(self) -> None:
        self._list("", self.first)
        self.query_one(OptionList).focus()

    def on_resize(self) -> None:
        self.call_after_refresh(lambda: self._list(self._wanted, self.query_one(OptionList).highlighted or 0))

    @property
    def _wanted(self) -> str:
        return self.query_one(Input).value

    def _list(self, wanted: str, at: int) -> None:
        options = self.query_one(OptionList)
        rows = self.rows(wanted, max(self.query_one("#browse-left").content_size.width - 1, 20))
        options.clear_options()
        options.add_options([Option(content(row)) for row in rows])
        if rows:
            options.highlighted = min(at, len(rows) - 1)
            self._read(options.highlighted)
        else:
            self.query_one("#browse-text", Prose).show(["Nothing has these words."])

    def _read(self, number: int) -> None:
        self.query_one("#browse-text", Prose).show(self.text(number, self._wanted))
        self.query_one("#browse-right", VerticalScroll).scroll_home(animate=False)

    @on(OptionList.OptionHighlighted)
    def _looked(self, event: OptionList.OptionHighlighted) -> None:
        event.stop()
        if event.option_index < event.option_list.option_count:
            self._read(event.option_index)

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.query_one("#browse-right").focus()

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        self._list(event.value, 0)

    @on(Input.Submitted)
    def _found(self, event: Input.Submitted) -> None:
        event.stop()
        self.query_one(OptionList).focus()

    def action_find(self) -> None:
        self.query_one(Input).focus()

    def action_swap(self) -> None:
        listed = self.query_one(OptionList)
        (self.query_one("#browse-right") if listed.has_focus else listed).focus()

    def action_close(self) -> None:
        if self.query_one(OptionList).has_focus:
            self.dismiss(None)
        else:
            self.query_one(OptionList).focus()

    def action_help(self) -> None:
        self.app.push_screen(HelpPage(self.name_of_screen, self.BINDINGS, self.help_words))
