"""The orders chosen so far: to look at, to put in another sequence, to note a reason on, to take back."""

from __future__ import annotations

from collections.abc import Sequence

from textual import on
from textual.binding import Binding
from textual.message import Message
from textual.widgets import OptionList

from wargame.tui.lines import Line
from wargame.tui.widgets.listing import Listing
from wargame.tui.widgets.text import content


class ChosenOrders(Listing):
    """One row for each chosen order; it only says what the player wants done with which."""

    BINDINGS = [
        Binding(
            "shift+up,left_square_bracket",
            "move(-1)",
            "Earlier",
            id="chosen.up",
            tooltip="Move it up",
            show=False,
        ),
        Binding(
            "shift+down,right_square_bracket",
            "move(1)",
            "Later",
            id="chosen.down",
            tooltip="Move it down",
            show=False,
        ),
        Binding(
            "delete,backspace", "drop", "Remove", id="chosen.drop", tooltip="Take this order back", show=False
        ),
    ]

    class Opened(Message):
        """The player wants to do something with a chosen order."""

        def __init__(self, number: int) -> None:
            super().__init__()
            self.number = number

    class Moved(Opened):
        """The order shall change places with its neighbour."""

        def __init__(self, number: int, by: int) -> None:
            super().__init__(number)
            self.by = by

    class Dropped(Opened):
        """The order shall be taken back."""

    def __init__(self) -> None:
        super().__init__(id="chosen-list", markup=False)

    def tell(self, rows: Sequence[Line | str]) -> None:
        """Shows *rows*, one an order; the cursor stays."""
        here = self.highlighted or 0
        self.clear_options()
        self.add_options([content(row) for row in rows])
        self.display = bool(rows)
        if rows:
            self.highlighted = min(here, len(rows) - 1)

    def action_move(self, by: int) -> None:
        at = self.highlighted
        if at is not None and 0 <= at + by < self.option_count:
            self.highlighted = at + by
            self.post_message(self.Moved(at, by))

    def action_drop(self) -> None:
        if self.highlighted is not None:
            self.post_message(self.Dropped(self.highlighted))

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.post_message(self.Opened(event.option_index))

    @on(OptionList.OptionHighlighted)
    def _highlighted(self, event: OptionList.OptionHighlighted) -> None:
        event.stop()
