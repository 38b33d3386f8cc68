"""The help of a screen: a few words, and its keys from the one table that also makes the footer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from textual.binding import Binding

from wargame.tui.lines import STRONG, Line, fill, line
from wargame.tui.screens.pick import Page

NAMES = {
    "question_mark": "?",
    "escape": "Esc",
    "ctrl+q": "Ctrl+Q",
    "space": "Space",
    "enter": "Enter",
    "end": "End",
}


class HelpPage(Page):
    """What a screen is for and every key it knows."""

    def __init__(
        self,
        title: str,
        bindings: Iterable[object],
        before: Sequence[Line | str],
        after: Sequence[Line | str] = (),
    ) -> None:
        table = key_lines(each for each in bindings if isinstance(each, Binding))
        super().__init__(title, [*before, "", *table, *(["", *after] if after else [])])


def key_lines(bindings: Iterable[Binding]) -> list[Line]:
    """One line for each key: its names, and what it does."""
    return [
        line((fill(_names(each.key), 16), STRONG), each.tooltip or each.description)
        for each in bindings
        if each.description
    ]


def _names(keys: str) -> str:
    return ", ".join(NAMES.get(key, key.upper()) for key in keys.split(","))
