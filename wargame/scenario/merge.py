"""Parses the tables of a scenario and lays them over those of its ruleset."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Iterator, Mapping
from typing import Any

from attrs import define, field

from wargame.errors import Problem
from wargame.scenario.files import ID_WITH_HYPHENS, NAME
from wargame.text import hidden_characters

HISTORY = "history.toml"
BY_ROLE = ("objectives", "red_lines", "agendas", "doctrines")
"""Kinds whose entries stand under a role."""

ENTRIES = (
    "roles",
    "variables",
    "constants",
    "derived",
    "places",
    "orders",
    "procedures",
    "events",
    "agreements",
    "promises",
    "truths",
    "endings",
    "what_ifs",
    *BY_ROLE,
)
MOST_LEVELS = 12
MOST_OF_A_KIND = 2_000
_PLAIN_FLOATS = ("at", "outline")


@define(eq=False)
class Merged:
    """The tables of a scenario and its ruleset as one, with the file of every key."""

    problems: list[Problem]
    tables: dict[str, Any] = field(factory=dict)
    history: dict[str, Any] | None = None
    files: dict[str, str] = field(factory=dict)

    def crowded(self) -> Iterator[Problem]:
        """Kinds with more entries than anybody writes: looking at each would take long and help nobody."""
        for kind, table in self.tables.items():
            if isinstance(table, dict | list) and len(table) > MOST_OF_A_KIND:
                file = next((name for key, name in self.files.items() if key.startswith(kind)), "")
                remedy = f"at most {MOST_OF_A_KIND:,} are even looked at"
                yield Problem(f"{len(table):,} entries", file, kind, remedy=remedy)

    @property
    def is_empty(self) -> bool:
        """Whether nothing was declared at all."""
        return not self.tables

    def add(self, name: str, text: str) -> dict[str, Any] | None:
        """Parse one file; None, with the fault noted, if it is no TOML."""
        try:
            found = tomllib.loads(text)
        except (tomllib.TOMLDecodeError, RecursionError, ValueError) as error:
            what = "tables inside tables too deep" if isinstance(error, RecursionError) else _said(error)
            self.problems.append(
                Problem(what, file=name, remedy="see docs/authoring.md for how TOML is written")
            )
            return None
        refused = list(_refused(found, "", 1))
        self.problems.extend(Problem(what, name, key, remedy=remedy) for key, what, remedy in refused)
        return found

    def lay(self, name: str, found: Mapping[str, Any], layer: dict[str, str]) -> None:
        """Put the tables of a file over what is there; *layer* knows the keys its own folder has set."""
        self._lay(self.tables, found, name, "", layer)

    def _lay(
        self, below: dict[str, Any], above: Mapping[str, Any], name: str, key: str, layer: dict[str, str]
    ) -> None:
        for word, value in above.items():
            path = f"{key}.{word}" if key else word
            if path in layer and (not isinstance(value, dict) or _is_entry(path)):
                what = f"'{path}' stands in two files, {layer[path]} and {name}"
                self.problems.append(Problem(what, name, path, remedy="keep one of them"))
            if isinstance(value, dict):
                if _is_entry(path):
                    layer[path] = name
                inner = below.get(word)
                below[word] = inner = dict(inner) if isinstance(inner, dict) else {}
                self.files[path] = name if _is_entry(path) else self.files.get(path, name)
                self._lay(inner, value, name, path, layer)
            else:
                layer[path] = self.files[path] = name
                below[word] = value

    def drop(self, keys: Any) -> None:
        """Take out what the scenario does not want of its ruleset."""
        if not isinstance(keys, list) or not all(isinstance(key, str) for key in keys):
            self._bad_drop("'drop' is a list of keys in quotes")
            return
        for key in keys:
            *way, last = key.split(".")
            table: Any = self.tables
            for word in way:
                table = table.get(word) if isinstance(table, dict) else None
            if not isinstance(table, dict) or last not in table:
                self._bad_drop(f"there is no '{key[:80]}' to drop")
            else:
                del table[last]

    def _bad_drop(self, what: str) -> None:
        file = self.files.get("drop", "scenario.toml")
        self.problems.append(Problem(what, file, "drop", remedy='write drop = ["orders.march"]'))


def merge(texts: Mapping[str, str], problems: list[Problem]) -> Merged:
    """All tables of a bundle: the ruleset's, and over them the scenario's."""
    merged = Merged(problems)
    parsed = {name: merged.add(name, text) for name, text in texts.items() if name.endswith(".toml")}
    if any(found is None for found in parsed.values()):
        # What a broken file declares is unknown, so nothing sensible could be said about the others.
        return merged
    own: dict[str, str] = {}
    inherited: dict[str, str] = {}
    ruleset = [name for name in parsed if "/" in name]
    for name in sorted(ruleset):
        merged.lay(name, parsed[name] or {}, inherited)
    top = {name: found or {} for name, found in parsed.items() if name not in ruleset and name != HISTORY}
    drop: Any = next((found["drop"] for found in top.values() if "drop" in found), [])
    merged.drop(drop)
    for name in sorted(top):
        merged.lay(name, {word: value for word, value in top[name].items() if word != "drop"}, own)
    if HISTORY in parsed:
        merged.history = parsed[HISTORY]
        merged.files["history"] = HISTORY
    return merged


def ruleset_of(texts: Mapping[str, str], problems: list[Problem]) -> str | None:
    """The ruleset a scenario's own files name, if any."""
    for name in sorted(texts):
        if not name.endswith(".toml") or "/" in name or name == HISTORY:
            continue
        if "ruleset" not in texts[name]:
            continue
        try:
            ruleset = tomllib.loads(texts[name]).get("ruleset")
        except (tomllib.TOMLDecodeError, RecursionError, ValueError):
            continue  # reported when the tables are merged
        if ruleset is None:
            continue
        if isinstance(ruleset, str) and ID_WITH_HYPHENS.match(ruleset):
            return ruleset
        remedy = "the name of a folder of rulesets/, in small letters, digits and hyphens"
        problems.append(Problem("this names no ruleset", name, "ruleset", remedy=remedy))
    return None


def id_of(texts: Mapping[str, str]) -> str:
    """The id a bundle was read under."""
    name = texts.get(NAME, "scenario").strip()
    return name if ID_WITH_HYPHENS.match(name) else "scenario"


def _is_entry(path: str) -> bool:
    kind, *rest = path.split(".")
    return kind in ENTRIES and len(rest) == (2 if kind in BY_ROLE else 1)


_MEANT = {
    r"Illegal character '\n'": "a text is not closed on its line, or a quote is missing",
    "Unterminated string": 'a text over several lines is never closed with """',
    'Expected "\'"': "a text in single quotes is never closed",
    "Invalid value": "a value is missing, or is a text without quotes",
    "Cannot overwrite a value": "the same key stands twice",
    "Cannot declare": "the same heading stands twice",
}
"""What an author has most likely done, by how the parser's words begin."""


def _said(error: Exception) -> str:
    text = str(error)
    for begin, meant in _MEANT.items():
        if text.startswith(begin):
            where = text[text.rfind("(") :] if text.endswith(")") else ""
            return f"it is not TOML: {meant} {where}".rstrip()
    return f"it is not TOML: {text[:1].lower()}{text[1:160]}"


def _refused(value: Any, key: str, level: int) -> Iterator[tuple[str, str, str]]:
    """Values TOML allows and scenarios do not, as (key, what, remedy)."""
    if level > MOST_LEVELS:
        yield key[:80], "tables inside tables too deep", f"at most {MOST_LEVELS} levels"
    elif isinstance(value, dict):
        for word, inner in value.items():
            at = f"{key}.{word}" if key else word
            if hidden_characters(word, allow="") or len(word) > 80:
                yield key, f"the key {word[:40]!r}", "use small letters, digits and _"
            else:
                yield from _refused(inner, at, level + 1)
    elif isinstance(value, list):
        for inner in value:
            yield from _refused(inner, key, level + 1)
    elif isinstance(value, str):
        for _, code in hidden_characters(value)[:1]:
            yield key, f"the character {code} in the text", "take it out"
    elif isinstance(value, float):
        if not math.isfinite(value):
            yield key, f"{value} is no number", "write a whole number"
        elif key.rpartition(".")[2] not in _PLAIN_FLOATS:
            yield key, f"{value} is not a whole number", "write a whole number; the engine knows no others"
    elif not isinstance(value, int):
        yield key, "a date or time", "put it in quotes"
