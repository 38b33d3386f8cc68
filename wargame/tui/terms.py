"""The terms of a rule in words, with the titles that a reader knows."""

from __future__ import annotations

from functools import lru_cache

from wargame.language.plainly import CHOSEN, in_words
from wargame.language.types import Choice
from wargame.rules.explain import option_titles
from wargame.session.public import Public

__all__ = ["titled"]


def titled(public: Public, text: str) -> str:
    """A term of a rule in words, with titles for names."""
    return in_words(text, _titles(public))


@lru_cache(maxsize=8)
def _titles(public: Public) -> dict[str, str]:
    titles = {**public.constants, **{id: note.title for id, note in public.gauges.items()}}
    titles |= {id: place.title for id, place in public.places.items()}
    for options in public.options.values():
        titles |= option_titles(CHOSEN, options)
    for id, note in public.gauges.items():
        if isinstance(note.type, Choice):
            titles |= option_titles(id, note.type.titles)
    return titles
