"""The headline values large, side by side, where the window has room for them."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.events import Click, Resize
from textual.widgets import Digits

from wargame.rules.view import View
from wargame.session.public import Public
from wargame.tui import render
from wargame.tui.widgets.gauges import Asked
from wargame.tui.widgets.text import Lines


class Dial(Vertical):
    """One value: its name, its number, how it moved, its bar; a click asks why it is what it is."""

    value = ""
    """The id of what it shows."""

    def compose(self) -> ComposeResult:
        yield Lines(classes="dial-title")
        with Horizontal(classes="dial-middle"):
            yield Digits(classes="dial-number")
            yield Lines(classes="dial-side")
        yield Lines(classes="dial-bar")

    def on_click(self, event: Click) -> None:
        event.stop()
        self.post_message(Asked(self.value))

    def tell(self, dial: render.Dial, value: str) -> None:
        """Shows *dial* of the value with the id *value*."""
        self.value = value
        self.query_one(".dial-title", Lines).show([dial.title])
        self.query_one(Digits).update(dial.number)
        self.query_one(".dial-side", Lines).show(dial.side)
        self.query_one(".dial-bar", Lines).show([dial.bar])


class Dials(Horizontal):
    """A dial for each headline value."""

    MOST = 4
    DEFAULT_CSS = """
    Dials { height: 5; padding: 0 1; background: $surface; }
    Dial { width: 1fr; height: 5; padding-right: 1; }
    .dial-title, .dial-bar { height: 1; }
    .dial-middle { height: 3; }
    .dial-number { width: auto; min-width: 7; text-style: bold; }
    .dial-side { width: 1fr; height: 3; padding-left: 1; }
    """

    def compose(self) -> ComposeResult:
        for _ in range(self.MOST):
            yield Dial()

    _told: tuple[Public, View] | None = None
    _width = 0

    def on_resize(self, event: Resize) -> None:
        if self._told is not None and event.size.width != self._width:
            self.tell(*self._told)

    def tell(self, public: Public, view: View) -> None:
        """Shows the values of *view*."""
        self._told, self._width = (public, view), self.size.width
        width = max(self.size.width // self.MOST - 1, 21)
        found = render.dials(public, view, width)[: self.MOST]
        ids = [note.id for note, _ in render.headlines(public, view)]
        for number, dial in enumerate(self.query(Dial)):
            dial.display = number < len(found)
            if dial.display:
                dial.tell(found[number], ids[number])
