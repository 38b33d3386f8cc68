"""Markdown as a debrief writes it: lists and tables, in which no text of a player does anything."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from attrs import frozen

from wargame.text import clean_text

__all__ = ["Names", "escaped", "row", "table"]

_SPECIAL = set("\\`*_{}[]()#+-.!|<>~&$")
_BARE_PIPE = re.compile(r"(?<!\\)\|")


def escaped(text: str) -> str:
    """*text* in one line, safe inside Markdown."""
    plain = " ".join(clean_text(text).split())
    return "".join(f"\\{char}" if char in _SPECIAL else char for char in plain)


@frozen
class Names:
    """What people wrote is left out where the game is told without names."""

    anonymous: bool = False

    def words(self, text: str) -> str:
        """Free text, safe inside Markdown, in one line; empty where nothing of people is told."""
        return "" if self.anonymous else escaped(text)


def row(cells: Sequence[object]) -> str:
    """A row of a table."""
    return "| " + " | ".join(_BARE_PIPE.sub(r"\\|", str(cell)) for cell in cells) + " |"


def table(heads: Sequence[object], rows: Sequence[Sequence[object]], right: int = 1) -> Iterator[str]:
    """A table whose columns from number *right* on align right."""
    yield row(heads)
    yield row(["---" if number < right else "---:" for number in range(len(heads))])
    yield from map(row, rows)
    yield ""
