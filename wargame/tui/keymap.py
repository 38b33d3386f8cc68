"""Keys that were changed: held against the bindings of every screen, so that none hides another."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from attrs import frozen
from textual.binding import Binding
from textual.dom import DOMNode
from textual.keys import Keys, _character_to_key

from wargame.errors import Problem
from wargame.settings import split_keys

RESERVED = {
    "ctrl+c": "leaves the program",
    "ctrl+q": "leaves the program",
    "ctrl+p": "opens the list of all actions",
    "f10": "opens the list of all actions",
    "up": "moves the cursor",
    "down": "moves the cursor",
    "left": "moves the cursor",
    "right": "moves the cursor",
    "tab": "goes to the next field",
    "shift+tab": "goes to the field before",
    "enter": "chooses",
}
"""Keys no action may be given, because without them a screen could not be used or left."""

NAMES = {
    "question_mark": "?",
    "colon": ":",
    "comma": ",",
    "full_stop": ".",
    "less_than_sign": "<",
    "greater_than_sign": ">",
    "slash": "/",
    "left_square_bracket": "[",
    "right_square_bracket": "]",
    "escape": "Esc",
    "space": "Space",
    "enter": "Enter",
    "end": "End",
    "home": "Home",
    "pageup": "PgUp",
    "pagedown": "PgDn",
}
_NAMED = re.compile(r"\{([a-z_]+\.[a-z_.]+):([a-z0-9_+]+)\}")
"""How our own texts name a key: the id of its binding, and the usual key."""

_KNOWN = {each.value for each in Keys}


@frozen
class Action:
    """One action that has a key, and the screen it belongs to."""

    screen: str
    binding: Binding

    @property
    def id(self) -> str:
        return self.binding.id or ""

    @property
    def words(self) -> str:
        return self.binding.tooltip or self.binding.description


def normal(key: str) -> str:
    """The key as the screens name it: `?` is `question_mark`."""
    return _character_to_key(key) if len(key) == 1 else key


def shown(keys: str) -> str:
    """Keys as a person reads them, such as `F1, ?`."""
    names = (normal(key) for key in split_keys(keys))
    return ", ".join(
        NAMES.get(key) or "+".join(part.upper() if len(part) < 4 else part.title() for part in key.split("+"))
        for key in names
    )


def with_keys(text: str, keymap: Mapping[str, str]) -> str:
    """
    *text* with the keys now set.

    >>> with_keys("Press {play.lock:l}.", {}), with_keys("Press {play.lock:l}.", {"play.lock": "k"})
    ('Press L.', 'Press K.')
    """
    return _NAMED.sub(lambda found: shown(split_keys(keymap.get(found[1], found[2]))[0]), text)


def in_force(app: object) -> Mapping[str, str]:
    """The keys that were changed in *app*."""
    found: Mapping[str, str] = getattr(app, "keymap", {})
    return found


def named(text: str) -> list[tuple[str, str]]:
    """The ids and usual keys *text* names."""
    return _NAMED.findall(text)


def now(binding: Binding, keymap: Mapping[str, str]) -> str:
    """The keys of *binding* once those that were changed are."""
    return keymap.get(binding.id or "", binding.key)


@cache
def tables() -> dict[str, tuple[Action, ...]]:
    """The bindings of every screen and widget of the program, those it inherits included."""
    found: dict[str, tuple[Action, ...]] = {}
    for each in _classes():
        actions = tuple(_actions(each))
        if actions:
            found[each.__name__] = actions
    return found


def _classes() -> Iterator[type[DOMNode]]:
    names = ["wargame.tui.app"]
    for package in ("wargame.tui.screens", "wargame.tui.widgets", "wargame.tui.debrief"):
        names += [f"{package}.{each.name}" for each in iter_modules(import_module(package).__path__)]
    for name in names:
        for each in vars(import_module(name)).values():
            if isinstance(each, type) and issubclass(each, DOMNode) and each.__module__ == name:
                yield each


def _actions(of: type[DOMNode]) -> Iterator[Action]:
    seen: set[str] = set()
    for each in of.__mro__:
        if each.__module__.startswith("wargame.") and "BINDINGS" in vars(each):
            for binding in vars(each)["BINDINGS"]:
                if isinstance(binding, Binding) and binding.id and binding.id not in seen:
                    seen.add(binding.id)
                    yield Action(of.__name__, binding)


def actions() -> dict[str, Action]:
    """Every action whose key may be changed, by the id of its binding."""
    found: dict[str, Action] = {}
    for table in tables().values():
        for each in table:
            found.setdefault(each.id, each)
    return found


def checked(keys: Mapping[str, str], file: str = "") -> tuple[dict[str, str], list[Problem]]:
    """
    The keys that can be used, and a line about each that cannot.

    A key is refused to a binding that does not exist, if the program needs it itself, and if another action
    of the same screen has it.
    """
    if not keys:
        return {}, []
    known = actions()
    good: dict[str, str] = {}
    problems: list[Problem] = []

    def refuse(id: str, what: str, remedy: str, near: str | None = None) -> None:
        problems.append(Problem(what, file=file, key=f"keys.{id}", near=near, remedy=remedy))

    for id, key in keys.items():
        if id not in known:
            near = get_close_matches(id, known, 1, 0.6)
            remedy = "" if near else "'wargame settings --keys' lists all actions"
            refuse(id, "there is no such action", remedy, near[0] if near else None)
        elif fault := _fault(key, known[id].binding):
            refuse(id, fault, "choose another; the usual one is used")
        else:
            good[id] = key
    while clashes := _clashes(good):
        for id, (key, other) in clashes.items():
            del good[id]
            refuse(id, f"{shown(key)} is the key of {other} already", "choose another; the usual one is used")
    return good, problems


def _fault(keys: str, binding: Binding) -> str:
    own = [normal(key) for key in split_keys(binding.key)]
    for key in map(normal, split_keys(keys)):
        if key in RESERVED and key not in own:
            return f"{shown(key)} {RESERVED[key]}"
        last = key.rpartition("+")[2]
        if len(last) > 1 and last not in _KNOWN and normal(last) == last and not _is_character(last):
            return f"'{key}' is no key the program knows"
    return ""


def _is_character(name: str) -> bool:
    """Whether *name* is how the screens name a single character, such as `question_mark`."""
    return any(_character_to_key(chr(code)) == name for code in range(0x21, 0x7F))


def _clashes(keys: Mapping[str, str]) -> dict[str, tuple[str, str]]:
    """By id of a changed binding: the key, and what on the same screen has it too."""
    clashes: dict[str, tuple[str, str]] = {}
    for table in tables().values():
        holders: dict[str, list[str]] = {}
        for action in table:
            for key in dict.fromkeys(map(normal, split_keys(now(action.binding, keys)))):
                holders.setdefault(key, []).append(action.id)
        for key, ids in holders.items():
            changed = [id for id in ids if id in keys]
            for id in changed if len(ids) > 1 else ():
                other = next(each for each in ids if each != id)
                clashes.setdefault(id, (key, other))
    return clashes


def grouped(keymap: Mapping[str, str]) -> Iterable[tuple[Action, str]]:
    """Every action with the keys it has now, in the order of the screens."""
    return [(action, now(action.binding, keymap)) for action in actions().values()]
