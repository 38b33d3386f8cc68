"""The list of orders with price, odds and why one cannot be given."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from textual import on
from textual.events import Resize
from textual.message import Message
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from wargame.rules.menu import MenuEntry
from wargame.session.public import Public
from wargame.tui import menus
from wargame.tui.lines import Line, cut, head
from wargame.tui.widgets.listing import Listing
from wargame.tui.widgets.text import content


class OrderList(Listing):
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
        self._public: Public | None = None
        self._entries: tuple[MenuEntry, ...] = ()
        self._taken: frozenset[str] = frozenset()
        self._barred: Mapping[str, str] = {}

    def tell(
        self,
        public: Public,
        entries: Sequence[MenuEntry],
        taken: frozenset[str],
        barred: Mapping[str, str],
    ) -> None:
        """Shows *entries*, those *taken* marked, with the reason for those *barred*; the cursor stays."""
        self._public, self._taken, self._barred = public, taken, barred
        self._entries = menus.by_phase(public, entries)
        self._draw()

    @property
    def current(self) -> MenuEntry | None:
        """The order under the cursor."""
        at = self.highlighted
        return None if at is None else self._entry(self.get_option_at_index(at).id)

    def on_resize(self, event: Resize) -> None:
        self._draw()

    def _draw(self) -> None:
        if self._public is None:
            return
        here = self.highlighted
        width = max(self.size.width - 2, 24)
        options = list(self._options_of(self._public, width))
        self.clear_options()
        self.add_options(options)
        if options:
            self.highlighted = here if here is not None and here < len(options) else 1
        if (entry := self.current) is not None:
            self.post_message(self.Looked(entry))

    def _options_of(self, public: Public, width: int) -> list[Option]:
        titles = {phase.id: phase.title for phase in public.phases}
        options: list[Option] = []
        phase = ""
        for entry in self._entries:
            if entry.phase != phase:
                phase = entry.phase
                options.append(_option(head(cut(f"── {titles.get(phase, phase)}", width)), None))
            row = menus.order_row(entry, entry.id in self._taken, self._barred.get(entry.id), width)
            options.append(_option(row, entry.id))
        return options

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


def _option(row: Line, id: str | None) -> Option:
    return Option(content(row), id=id, disabled=id is None)
