"""Collects the faults of one rule text."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

from attrs import define, field

from wargame.errors import Problem
from wargame.language.tree import Spot

MOST_FAULTS = 50
MOST_ALIKE = 5
"""Faults of the same words: more of them say nothing new."""


@define(eq=False)
class Faults:
    """The faults found so far, each only once."""

    key: str = ""
    closed: frozenset[int] = frozenset()
    """Lines that cannot be read, about which enough has been said."""

    _found: dict[tuple[int, int, str], Problem] = field(factory=dict, init=False)
    _lines: set[int] = field(factory=set, init=False)

    def add(self, at: Spot, what: str, remedy: str = "", near: str | None = None) -> None:
        """Note that *what* is wrong at that spot."""
        if at.line in self.closed:
            return
        self._lines.add(at.line)
        alike = sum(words == what for _, _, words in self._found)
        if len(self._found) < MOST_FAULTS and alike < MOST_ALIKE:
            problem = Problem(
                what=what, key=self.key, line=at.line, column=at.column, near=near, remedy=remedy
            )
            self._found.setdefault((at.line, at.column, what), problem)

    def lost(self, at: Spot) -> None:
        """What stands at that spot could not be used: nothing an author wrote is passed over in silence."""
        if not self:
            self.add(at, "this is not part of the language", "see the list of what rules may use")

    def __bool__(self) -> bool:
        return bool(self._found)

    def lines(self) -> set[int]:
        """The lines with a fault, from 1."""
        return set(self._lines)

    def merge(self, other: Faults) -> None:
        """Take over what *other* has found."""
        self._found = {**other._found, **self._found}
        self._lines |= other._lines

    def list(self) -> list[Problem]:
        """All of them, in the order of the text."""
        return [problem for _, problem in sorted(self._found.items(), key=lambda item: item[0])]


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known name most like *word*, if any is like it."""
    found = get_close_matches(word[:60], sorted(known), n=1, cutoff=0.6)
    return found[0] if found else None
