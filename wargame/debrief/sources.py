"""What the keys of sources stand for: the rows of a scenario's `sources.md`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from wargame.scenario.model import Scenario

__all__ = ["named", "sources_of"]

_ROW = re.compile(r"^\|\s*([^|]+?)\s*\|\s*(.+?)\s*\|\s*$", re.MULTILINE)
_BREAK = re.compile(r"[;,]")


def sources_of(scenario: Scenario, keys: Iterable[str]) -> list[tuple[str, str]]:
    """Every key that has a row, sorted, with the source it stands for."""
    rows: dict[str, str] = dict(_ROW.findall(scenario.sources))
    return [(key, text) for key in sorted(set(keys)) if (text := _row_of(rows, key))]


def named(source: str) -> list[str]:
    """The keys in a text such as `P57, facts 7`."""
    return [key.strip() for key in _BREAK.split(source) if key.strip()]


def _row_of(rows: Mapping[str, str], key: str) -> str:
    """A row may stand for several keys: `facts 1.1, 8.1` for `facts 8.1` too."""
    if key in rows:
        return rows[key]
    head, _, number = key.rpartition(" ")
    for names, text in rows.items():
        if (
            head
            and names.startswith(f"{head} ")
            and number in names.removeprefix(head).replace(",", " ").split()
        ):
            return text
    return ""
