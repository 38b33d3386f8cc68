"""The headline values with their history."""

from __future__ import annotations

from textual.events import Click, Resize
from textual.message import Message

from wargame.rules.view import View
from wargame.session.public import Public
from wargame.tui import render
from wargame.tui.widgets.text import Lines


class Asked(Message):
    """A headline value was clicked: why is it what it is?"""

    def __init__(self, value: str) -> None:
        super().__init__()
        self.value = value


class Gauges(Lines):
    """One line for each headline value; a click asks why it is what it is."""

    def __init__(self) -> None:
        super().__init__(id="gauges")
        self._known: tuple[Public, View] | None = None

    def tell(self, public: Public, view: View) -> None:
        """Shows the values of *view*."""
        self._known = (public, view)
        self._draw()

    def on_click(self, event: Click) -> None:
        event.stop()
        at = event.get_content_offset(self)
        known = render.headlines(*self._known) if self._known is not None else []
        if at is not None and 0 <= at.y < len(known):
            self.post_message(Asked(known[at.y][0].id))

    def on_resize(self, event: Resize) -> None:
        self._draw()

    def _draw(self) -> None:
        if self._known is not None:
            self.show(render.gauges(*self._known, max(self.size.width - 2, 56)))
