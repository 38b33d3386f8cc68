"""A row of the names of what can be read, each with its number; a name can be clicked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.events import Click
from textual.message import Message

from wargame.tui.widgets.text import Lines


class Name(Lines):
    """One name in the row."""

    def __init__(self, pane: str, words: str) -> None:
        super().__init__(classes="pane-name")
        self.pane = pane
        self._words = words

    def tell(self, is_open: bool, short: str = "") -> None:
        """Shows the name, or the *short* one; in brackets if its pane is open."""
        words = short or self._words
        self.show([f"[{words}]" if is_open else f" {words} "])
        self.set_class(is_open, "-open")

    def on_click(self, event: Click) -> None:
        event.stop()
        self.post_message(Strip.Clicked(self.pane))


class Strip(Horizontal):
    """The names of *panes*, given as id and title in their order; the number of each is its key."""

    class Clicked(Message):
        """A name was clicked."""

        def __init__(self, pane: str) -> None:
            super().__init__()
            self.pane = pane

    DEFAULT_CSS = "Strip { height: 1; background: $surface; }"

    def __init__(
        self, panes: Sequence[tuple[str, str]], short: Mapping[str, str] | None = None, roomy: int = 0
    ) -> None:
        """Below *roomy* cells the names in *short* take the place of those they have there."""
        super().__init__()
        self._panes = panes
        self._short = short or {}
        self._roomy = roomy
        self._open = ""

    def compose(self) -> ComposeResult:
        for number, (pane, words) in enumerate(self._panes, start=1):
            yield Name(pane, f"{number % 10} {words}")

    def tell(self, open_now: str) -> None:
        """Shows which pane is open."""
        self._open = open_now
        is_narrow = self.app.size.width < self._roomy
        for number, name in enumerate(self.query(Name), start=1):
            short = self._short.get(name.pane, "") if is_narrow else ""
            name.tell(name.pane == open_now, f"{number % 10} {short}" if short else "")

    def on_resize(self) -> None:
        if self._short:
            self.tell(self._open)
