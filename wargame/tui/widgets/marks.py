"""A list in which several things can be marked: `[x]` beside each that is."""

from __future__ import annotations

from collections.abc import Sequence

from textual import on
from textual.binding import Binding
from textual.message import Message
from textual.widgets import OptionList

from wargame.tui.widgets.listing import Listing
from wargame.tui.widgets.text import content


class Marks(Listing):
    """Marks of *options*, given as id and words; Space, Enter and a click change one, A all."""

    BINDINGS = [
        Binding("space", "select", "Mark", id="marks.mark", show=False),
        Binding("a", "all", "Mark all or none", id="marks.all", show=False),
    ]

    class Changed(Message):
        """Something was marked, or is no longer."""

    def __init__(
        self, options: Sequence[tuple[str, str]], *, marked: bool = False, id: str | None = None
    ) -> None:
        self._options_given = options
        self._marked = {key for key, _ in options if marked}
        super().__init__(*(content(self._row(at)) for at in range(len(options))), id=id, markup=False)

    @property
    def selected(self) -> tuple[str, ...]:
        """The ids that are marked, in the sequence of the list."""
        return tuple(key for key, _ in self._options_given if key in self._marked)

    def _row(self, at: int) -> str:
        key, words = self._options_given[at]
        return f"[{'x' if key in self._marked else ' '}] {words}"

    @on(OptionList.OptionSelected)
    def _change(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self._marked ^= {self._options_given[event.option_index][0]}
        self.replace_option_prompt_at_index(event.option_index, content(self._row(event.option_index)))
        self.post_message(self.Changed())

    def action_all(self) -> None:
        every = {key for key, _ in self._options_given}
        self._marked = set() if self._marked == every else every
        for at in range(len(self._options_given)):
            self.replace_option_prompt_at_index(at, content(self._row(at)))
        self.post_message(self.Changed())
