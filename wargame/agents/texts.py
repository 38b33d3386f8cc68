"""Rule texts of doctrines and measures, compiled apart from the rules of play."""

from __future__ import annotations

from collections.abc import Mapping

from wargame.language.check import Checked
from wargame.language.python import Builder, Function
from wargame.scenario.book import Book


def compile_texts(book: Book, texts: Mapping[str, Checked]) -> dict[str, Function]:
    """Each of *texts* as a function of (values, key, place, option), together with the derived values it may read."""
    builder = Builder(book.scope)
    for id, derived in book.scope.derived.items():
        builder.add_derived(derived.index, book.texts[f"derived.{id}.value"])
    names = {key: builder.add(checked) for key, checked in texts.items()}
    functions = builder.build("plain")
    return {key: functions[name] for key, name in names.items()}
