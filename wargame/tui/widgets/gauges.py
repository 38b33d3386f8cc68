"""The headline values with their history."""

from __future__ import annotations

from textual.events import Resize

from wargame.rules.view import View
from wargame.session.public import Public
from wargame.tui import render
from wargame.tui.widgets.text import Lines


class Gauges(Lines):
    """One line for each headline value."""

    def __init__(self) -> None:
        super().__init__(id="gauges")
        self._known: tuple[Public, View] | None = None

    def tell(self, public: Public, view: View) -> None:
        """Shows the values of *view*."""
        self._known = (public, view)
        self._draw()

    def on_resize(self, event: Resize) -> None:
        self._draw()

    def _draw(self) -> None:
        if self._known is not None:
            self.show(render.gauges(*self._known, max(self.size.width - 2, 56)))
