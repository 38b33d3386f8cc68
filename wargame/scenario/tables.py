"""One table of an author's, asked key by key, that notes every fault and knows which keys were asked for."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from difflib import get_close_matches
from typing import Any, Literal, overload

from attrs import define, field

from wargame.errors import Problem
from wargame.scenario.model import EVERYBODY

ID = re.compile(r"[a-z][a-z0-9_]{0,39}\Z")
OPTION = re.compile(r"[a-z0-9][a-z0-9_]{0,39}\Z")
FRAME = "scenario.toml"
MOST_TITLE = 120
MOST_TEXT = 4_000
MOST_RULE = 40_000
MOST_FAULTS = 500
"""More help nobody, and looking for the nearest name takes time."""


_KINDS = {
    str: "a text in quotes",
    int: "a whole number",
    bool: "true or false",
    list: "a list",
    dict: "a table",
}


@define(eq=False)
class Notes:
    """The faults found so far, and the names of entries too broken to build on."""

    files: Mapping[str, str]
    found: list[Problem] = field(factory=list)
    doubtful: set[str] = field(factory=set)

    def add(self, key: str, what: str, remedy: str = "", near: str | None = None) -> None:
        """Note a fault at a dotted key."""
        if len(self.found) == MOST_FAULTS:
            what, near, remedy = "and more faults of this kind", None, "mend those above and check again"
        if len(self.found) <= MOST_FAULTS:
            self.found.append(Problem(what, self.file(key), key, near=near, remedy=remedy))

    def file(self, key: str) -> str:
        """The file that *key*, or the nearest table around it, was read from."""
        return file_of(self.files, key)


def file_of(files: Mapping[str, str], key: str) -> str:
    """The file *key*, or the nearest table around it, was read from; the frame for what is nowhere."""
    while key and key not in files:
        key = key.rpartition(".")[0]
    return files.get(key, FRAME)


def nearest(word: str, known: Collection[str]) -> str | None:
    """The known name most like *word*, if any is like it."""
    return next(iter(get_close_matches(word[:60], sorted(known), 1)), None)


def shown(value: object) -> str:
    """A value as a message shows it, cut short."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict | list):
        return _KINDS[type(value)]
    text = str(value) if not isinstance(value, int) or abs(value) < 10**30 else "a very large number"
    return repr(text if len(text) <= 40 else text[:40] + "...") if isinstance(value, str) else text


@define(eq=False)
class Table:
    """A table and where it stands."""

    data: Mapping[str, Any]
    key: str
    notes: Notes
    _asked: set[str] = field(factory=set, init=False)

    def at(self, name: str) -> str:
        """The dotted key of *name* in this table."""
        return f"{self.key}.{name}" if self.key else name

    def fault(self, name: str, what: str, remedy: str = "", near: str | None = None) -> None:
        """Note a fault of the key *name*, or of the whole table if it is empty."""
        self.notes.add(self.at(name) if name else self.key, what, remedy, near)

    def has(self, name: str) -> bool:
        """Whether the author wrote *name*."""
        self._asked.add(name)
        return name in self.data

    def raw(self, name: str, kind: type, *, needed: bool = False) -> Any:
        """The value of *name* if it is of *kind*; None, with any fault noted, if not."""
        self._asked.add(name)
        if name not in self.data:
            if needed:
                self.fault(name, f"'{name}' is missing", f"give it {_KINDS[kind]}")
            return None
        value = self.data[name]
        if type(value) is not kind:
            self.fault(name, f"{_KINDS[kind]} is wanted here, not {shown(value)}", _quotes(kind, value))
            return None
        return value

    def text(self, name: str, *, most: int = MOST_TITLE, needed: bool = False, default: str = "") -> str:
        """A text for people, on one line if it is short."""
        value = self.raw(name, str, needed=needed)
        if value is None:
            return default
        stripped: str = value.strip()
        if len(stripped) > most:
            self.fault(name, f"a text of {len(stripped)} characters", f"at most {most}")
        elif needed and not stripped:
            self.fault(name, "the text is empty", "write it")
        elif most <= MOST_TITLE and "\n" in stripped:
            self.fault(name, "a text of more than one line", "write it on one line")
        return stripped

    def about(self, name: str = "about") -> str:
        """A longer text; its lines are joined where the author only broke them."""
        lines = self.text(name, most=MOST_TEXT).split("\n\n")
        return "\n\n".join(" ".join(paragraph.split()) for paragraph in lines)

    def number(self, name: str, lo: int, hi: int, *, default: int = 0, needed: bool = False) -> int:
        """A whole number from *lo* to *hi*."""
        value = self.raw(name, int, needed=needed)
        if value is None:
            return default
        if not lo <= value <= hi:
            self.fault(name, f"{shown(value)} is outside {lo}..{hi}", "choose a number inside")
            return default
        return int(value)

    def flag(self, name: str, default: bool = False) -> bool:
        """True or false."""
        value = self.raw(name, bool)
        return default if value is None else bool(value)

    def rule(self, name: str, *, needed: bool = False) -> str | None:
        """A rule text, unchecked; a bare number or flag stands for itself."""
        value = self.data.get(name)
        if type(value) is int and abs(value) < 10**9:
            self._asked.add(name)
            return str(value)
        if type(value) is bool:
            self._asked.add(name)
            return "true" if value else "false"
        text = self.raw(name, str, needed=needed)
        if text is not None and len(text) > MOST_RULE:
            self.fault(name, f"a text of {len(text)} characters", f"at most {MOST_RULE}")
            return None
        if text is not None and not text.strip():
            self.fault(name, "the text is empty", "write the rule, or leave the key out")
            return None
        return None if text is None else str(text)

    @overload
    def one_of(self, name: str, known: Collection[str], what: str, *, needed: Literal[True]) -> str: ...

    @overload
    def one_of(self, name: str, known: Collection[str], what: str, *, needed: bool = False) -> str | None: ...

    def one_of(self, name: str, known: Collection[str], what: str, *, needed: bool = False) -> str | None:
        """The name of *what* there is."""
        value = self.raw(name, str, needed=needed)
        if value is not None and self.known(name, value, known, what):
            return str(value)
        return next(iter(known), "") if needed else None

    def known(self, name: str, value: str, known: Collection[str], what: str) -> bool:
        """Whether *value* is one of the known; a fault if not."""
        if value in known:
            return True
        if len(self.notes.found) > MOST_FAULTS:
            return False
        listed = ", ".join(list(known)[:8]) + (", ..." if len(known) > 8 else "")
        remedy = f"one of: {listed}" if known else f"the scenario has no {what} at all"
        self.fault(name, f"there is no {what} {shown(value)}", remedy, nearest(value, known))
        return False

    def many(self, name: str, known: Collection[str], what: str, *, needed: bool = False) -> tuple[str, ...]:
        """A list of names of *what* there is, each once; not empty if needed."""
        found = [word for word in self.words(name, needed=needed) if self.known(name, word, known, what)]
        for word in sorted({word for word in found if found.count(word) > 1}):
            self.fault(name, f"'{word}' stands there twice", "once is enough")
        return tuple(dict.fromkeys(found))

    def words(self, name: str, *, needed: bool = False) -> list[str]:
        """A list of short texts."""
        value = self.raw(name, list, needed=needed)
        if value is None:
            return []
        if needed and not value:
            self.fault(name, "the list is empty", "put at least one in")
        for each in value:
            if not isinstance(each, str):
                self.fault(name, f"a list of texts is wanted, and {shown(each)} is none", "put it in quotes")
        return [each for each in value if isinstance(each, str)]

    def roles(self, name: str, roles: Collection[str], *, default: Collection[str]) -> tuple[str, ...]:
        """`"all"` or a list of roles."""
        if not self.has(name):
            return tuple(default)
        value = self.data[name]
        if value == EVERYBODY:
            return tuple(roles)
        if isinstance(value, str):
            self.fault(name, f'{shown(value)} is not "all"', 'write "all", or a list of roles in brackets')
            return tuple(default)
        return self.many(name, roles, "role")

    def table(self, name: str) -> Table:
        """The table *name*; an empty one if there is none."""
        return Table(self.raw(name, dict) or {}, self.at(name), self.notes)

    def tables(self, name: str) -> Iterator[Table]:
        """The tables of a list of them; their keys count from 1."""
        for number, each in enumerate(self.raw(name, list) or [], 1):
            if isinstance(each, dict):
                yield Table(each, f"{self.at(name)}.{number}", self.notes)
            else:
                self.fault(
                    name, f"a list of tables is wanted, and {shown(each)} is none", "write { key = ... }"
                )

    def entries(self, name: str, most: int) -> Iterator[tuple[str, Table]]:
        """The entries of one kind with their ids; ids are checked."""
        table = self.raw(name, dict) or {}
        if len(table) > most:
            self.fault(name, f"{len(table)} entries", f"at most {most}")
        for id, value in list(table.items())[:most]:
            key = f"{self.at(name)}.{id}"
            if not ID.match(id):
                remedy = "small letters, digits and _, a letter first, at most 40"
                self.notes.add(key[:120], f"{shown(id)} cannot be an id", remedy)
            elif isinstance(value, dict):
                yield id, Table(value, key, self.notes)
            else:
                self.notes.add(key, f"a table is wanted here, not {shown(value)}", f"write [{key}]")

    def close(self) -> None:
        """Report every key nobody asked for."""
        for name in self.data:
            if name not in self._asked:
                known = ", ".join(sorted(self._asked))
                remedy = f"known here: {known}" if len(self._asked) <= 24 else ""
                self.fault(name, f"unknown key '{name}'", remedy, nearest(name, self._asked))


def _quotes(kind: type, value: object) -> str:
    if kind is str and isinstance(value, int):
        return "put it in quotes"
    if kind in (int, bool) and isinstance(value, str):
        return "take the quotes away"
    return ""
