"""The list of orders with price, odds and why one cannot be given."""

from __future__ import annotations

from collections.abc import Sequence

from textual import on
from textual.content import Content
from textual.events import Resize
from textual.message import Message
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from wargame.rules.menu import MenuEntry
from wargame.session.public import Public
from wargame.tui import render


class OrderList(OptionList):
    """Every order of the role, grouped by phase; those that cannot be given are marked and say why."""

    class Chosen(Message):
        """The player wants to give this order."""

        def __init__(self, entry: MenuEntry) -> None:
            super().__init__()
            self.entry = entry

    class Looked(Message):
        """The cursor stands on this order."""

        def __init__(self, entry: MenuEntry) -> None:
            super().__init__()
            self.entry = entry

    def __init__(self) -> None:
        super().__init__(id="orders", markup=False)
        self._entries: tuple[MenuEntry, ...] = ()
        self._known: tuple[Public, frozenset[str]] | None = None

    def tell(self, public: Public, entries: Sequence[MenuEntry], taken: frozenset[str]) -> None:
        """Shows *entries*; the cursor stays on its order."""
        self._known = (public, taken)
        self._entries = render.by_phase(public, entries)
        self._draw()

    def on_resize(self, event: Resize) -> None:
        self._draw()

    def _draw(self) -> None:
        if self._known is None:
            return
        public, taken = self._known
        here = self.highlighted
        width = max(self.size.width - 4, 24)
        titles = {phase.id: phase.title for phase in public.phases}
        self.clear_options()
        phase = ""
        for entry in self._entries:
            if entry.phase != phase:
                phase = entry.phase
                self.add_option(
                    Option(Content(render.cut(f"── {titles.get(phase, phase)}", width)), disabled=True)
                )
            line = Content(render.order_row(entry, entry.id in taken, width))
            self.add_option(Option(line.stylize("dim") if entry.why_not else line, id=entry.id))
        if self.option_count:
            self.highlighted = here if here is not None and here < self.option_count else 1

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        if entry := self._entry(event.option.id):
            self.post_message(self.Chosen(entry))

    @on(OptionList.OptionHighlighted)
    def _highlighted(self, event: OptionList.OptionHighlighted) -> None:
        event.stop()
        if entry := self._entry(event.option.id):
            self.post_message(self.Looked(entry))

    def _entry(self, id: str | None) -> MenuEntry | None:
        return next((entry for entry in self._entries if entry.id == id), None)
