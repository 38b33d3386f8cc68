"""
What lies ready behind the slots of what a role sees: values that many of its texts ask for, worked out once.

These are functions over all places, such as `highest(unrest)`, and derived values.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from wargame.language import typed as t
from wargame.language.check import Checked
from wargame.language.reach import Reach

__all__ = ["Ask", "Ready", "ask_of", "asks_in", "width_of"]

Ask = tuple[str, int | None, int | None, int]
"""
What is asked for: the word of a function, the first slot or the derived value it is about, and the places.

Without a word it is the derived value itself, with as many places as it has values; 1 if it has no places.
"""

Ready = Mapping[Ask, int]
"""By what is asked for, the slot it lies in, or the first of them."""


def ask_of(node: t.Expr, places: int) -> Ask | None:
    """What *node* asks for, if such a thing can lie ready."""
    match node:
        case t.Aggregate(function=function, base=base, derived=derived, places=count):
            return function, base, derived, count
        case t.Derived(index=index, place=place):
            return "", None, index, 1 if place is None else places
    return None


def width_of(ask: Ask) -> int:
    """How many slots it takes."""
    word, _, _, places = ask
    return 1 if word else places


def asks_in(texts: Iterable[Checked], places: int, reach: Reach) -> dict[Ask, int]:
    """All that *texts* ask for, with how far it reaches, whatever its sign."""
    found: dict[Ask, int] = {}
    for text in texts:
        for node in () if isinstance(text.tree, tuple) else _nodes(text.tree):
            ask = ask_of(node, places)
            if ask is not None:
                found[ask] = reach.value(node)
    return found


def _nodes(node: t.Expr) -> Iterator[t.Expr]:
    yield node
    for part in t.children(node):
        yield from _nodes(part)
