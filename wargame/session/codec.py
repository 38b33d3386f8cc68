"""The border between entries and JSON: the one converter, with strict types and unions tagged by class."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar

from wargame.rules.facts import Fact
from wargame.rules.orders import Act
from wargame.session.entries import KINDS, Entry, Facts
from wargame.session.records import RECORD_LIMIT
from wargame.text import is_hidden

if TYPE_CHECKING:
    from cattrs import Converter

__all__ = ["NotUnderstood", "fact_lines", "kind_of", "structure", "unstructure"]

T = TypeVar("T")

_BREAKS = frozenset("\n\t")

_ROUND_FACTS = 1024
"""Bytes left free on a line of facts for all that stands around them."""

_NAMES = {made: kind for kind, made in KINDS.items()}


class NotUnderstood(ValueError):
    """The data has another shape than this program writes."""


def kind_of(entry: Entry) -> str:
    """The word for the class of *entry* in a journal."""
    return _NAMES[type(entry)]


def unstructure(entry: Entry) -> Any:
    """The JSON value of *entry*."""
    return _converter().unstructure(entry, unstructure_as=type(entry))


def fact_lines(facts: Sequence[Fact]) -> list[tuple[str, Any]]:
    """The lines for *facts*, (kind, data) each, as few as their limit allows."""
    values = _converter().unstructure(Facts(tuple(facts)))["facts"]
    lines: list[list[Any]] = []
    room = 0
    for value in values:
        size = len(json.dumps(value, separators=(",", ":"))) + 1
        if size > room:
            lines.append([])
            room = RECORD_LIMIT - _ROUND_FACTS
        lines[-1].append(value)
        room -= size
    return [(_NAMES[Facts], {"facts": line}) for line in lines]


def structure(data: Any, wanted: type[T]) -> T:
    """
    The entry that *data* stands for.

    Raises:
        NotUnderstood: If it has other fields or other types.
    """
    try:
        return _converter().structure(data, wanted)
    except Exception:  # cattrs lets errors of many kinds through, and the data may be forged
        raise NotUnderstood("; ".join(_reasons(data, wanted))) from None


@cache
def _converter(detailed: bool = False) -> Converter:
    """The converter; one that is *detailed* is slower and says where in the data a fault is."""
    # Imported late: it costs more time than the rest of the program, and a look at the help needs none of it.
    from cattrs import Converter
    from cattrs.strategies import configure_tagged_union

    converter = Converter(forbid_extra_keys=True, omit_if_default=True, detailed_validation=detailed)
    for kind in (int, str, bool):
        converter.register_structure_hook(kind, _exactly)
    converter.register_structure_hook_func(lambda wanted: wanted == tuple[int, ...], _integers)
    configure_tagged_union(Fact, converter, tag_name="fact")
    configure_tagged_union(Act, converter, tag_name="act")
    return converter


def _exactly(value: Any, wanted: type) -> Any:
    """*value* if it is just of that type: a `true` is no number here, and a `5` no text."""
    if type(value) is not wanted:
        raise TypeError(f"expected {wanted.__name__}")
    if isinstance(value, str) and not _is_plain(value):
        # All texts were cleaned before they were written; one that could command a screen was forged.
        raise TypeError("expected text that can be shown")
    return value


def _integers(value: Any, _: Any) -> tuple[int, ...]:
    # Positions have hundreds of them: looked at together, not one by one.
    if type(value) is not list or not set(map(type, value)) <= {int}:
        raise TypeError("expected a list of integers")
    return tuple(value)


def _is_plain(text: str) -> bool:
    # Most texts are ids, and there are thousands of them.
    return (text.isascii() and text.isprintable()) or not any(map(_commands, set(text) - _BREAKS))


@cache
def _commands(char: str) -> bool:
    # A character that a newer Unicode assigned is no fault of the save.
    return is_hidden(char) and unicodedata.category(char) != "Cn"


def _reasons(data: Any, wanted: type) -> list[str]:
    """What is wrong with *data*, which cannot be understood, at most three faults."""
    from cattrs import transform_error

    try:
        _converter(detailed=True).structure(data, wanted)
    except Exception as error:
        try:
            return transform_error(error, path="entry")[:3]
        except Exception:
            return [f"{type(error).__name__}: {error}"]
    return ["it has another shape than this program writes"]
