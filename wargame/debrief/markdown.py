"""Markdown in which nothing that was written elsewhere can do anything: cells, tables, words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from attrs import frozen

from wargame.text import clean_text

__all__ = ["Names", "counted", "escaped", "listing", "row", "table", "told"]

MARKS = frozenset("\\`*_{}[]()#+-.!|<>~&$")
"""What can mean something to Markdown."""

_BARE_PIPE = re.compile(r"(?<!\\)\|")

FEW = frozenset("\\`*_[]|<>~")
"""What can mean something in the middle of a line, where a sentence should stay readable as it is."""


def escaped(text: str) -> str:
    """What a person wrote: one line in which every mark stands for itself."""
    return "".join(f"\\{char}" if char in MARKS else char for char in _line(text))


def told(text: str) -> str:
    """What an author wrote: one line, not to be put at the start of one."""
    return "".join(f"\\{char}" if char in FEW else char for char in _line(text))


@frozen
class Names:
    """What people wrote is left out where the game is told without names."""

    anonymous: bool = False

    def words(self, text: str) -> str:
        """Free text, safe inside Markdown, in one line; empty where nothing of people is told."""
        return "" if self.anonymous else escaped(text)


def _line(text: str) -> str:
    return " ".join(clean_text(text).split())


def listing(words: Sequence[str], last: str = "and") -> str:
    """*words* as a list in a sentence: `a, b and c`."""
    return f" {last} ".join(part for part in (", ".join(words[:-1]), *words[-1:]) if part)


def counted(number: int, one: str, many: str) -> str:
    """So many of something: `1 turn`, `3 turns`."""
    return f"{number} {one if number == 1 else many}"


def row(cells: Iterable[object]) -> str:
    """One line of a table; a cell cannot end before its end."""
    return "| " + " | ".join(_BARE_PIPE.sub(r"\\|", str(cell)) for cell in cells) + " |"


def table(heads: Sequence[str], rows: Iterable[Sequence[object]], right: int = 1) -> Iterator[str]:
    """A table whose columns from number *right* on align right, and an empty line."""
    yield row(heads)
    yield row("---" if number < right else "---:" for number in range(len(heads)))
    yield from map(row, rows)
    yield ""
