"""The debrief as Markdown: what happened turn by turn, and what it shows, for a class to read."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from wargame.debrief.markdown import Names
from wargame.debrief.parts.asked import asked
from wargame.debrief.parts.fortune import fortune
from wargame.debrief.parts.given_words import promises, sureness
from wargame.debrief.parts.happened import happened
from wargame.debrief.parts.honesty import honesty
from wargame.debrief.parts.knowledge import knowledge
from wargame.debrief.parts.part import Part
from wargame.debrief.parts.points import points
from wargame.debrief.parts.room import beside_history, room, took_part
from wargame.debrief.parts.turns import turns
from wargame.debrief.whole import Debrief

__all__ = ["PARTS", "Names", "as_markdown", "parts", "title_of", "written"]

PARTS: tuple[Callable[[Debrief, Names], Part], ...] = (
    happened,
    turns,
    fortune,
    points,
    knowledge,
    promises,
    sureness,
    beside_history,
    asked,
    room,
    took_part,
    honesty,
)
"""In the sequence in which they are read."""


def parts(debrief: Debrief, names: Names | None = None) -> tuple[Part, ...]:
    """All that is told of a game; parts with nothing to say are left out."""
    found = (part(debrief, names or Names()) for part in PARTS)
    return tuple(part for part in found if any(part.lines) or part.pictures)


def title_of(debrief: Debrief) -> str:
    """The head of the page."""
    return f"{debrief.record.kernel.scenario.title}: debrief"


def as_markdown(debrief: Debrief, names: Names | None = None) -> str:
    """The whole debrief of a game."""
    return written(title_of(debrief), parts(debrief, names))


def written(title: str, shown: Sequence[Part]) -> str:
    """A page with these parts."""
    return "\n".join(_lines(title, shown)) + "\n"


def _lines(title: str, shown: Sequence[Part]) -> Iterator[str]:
    yield from (f"# {title}", "")
    for part in shown:
        yield from (f"## {part.title}", "", *part.lines)
