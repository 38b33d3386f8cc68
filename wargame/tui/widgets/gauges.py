"""The headline values with their history."""

from __future__ import annotations

import re

from textual.content import Content
from textual.events import Resize

from wargame.rules.view import View
from wargame.session.public import Public
from wargame.tui import render
from wargame.tui.widgets.text import Lines

_RUNS = re.compile(f"{render.FILLED}+|{render.EMPTY}+|[{render.BLOCKS[:-1]}]+")
_STYLES = {render.FILLED: "$accent", render.EMPTY: "$text-muted"} | dict.fromkeys(
    render.BLOCKS[:-1], "$text-accent"
)


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
            content = Content("\n".join(render.gauges(*self._known, max(self.size.width, 60))))
            for run in _RUNS.finditer(content.plain):
                content = content.stylize(_STYLES[run[0][0]], run.start(), run.end())
            self.update(content)
