"""
What a person set once for all games: colours, the pace of the telling, plain mode, keys.

The settings are a small TOML file that its owner may edit. Whatever is wrong in it is named in one line and
the default is used; the file is only ever written to set what was asked for, and comments in it stay.
"""

from __future__ import annotations

import os
import re
import tempfile
import tomllib
from collections.abc import Mapping
from contextlib import suppress
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from attrs import field, fields, frozen

from wargame.errors import Problem, WargameError
from wargame.text import visible_text

FOLDER_VARIABLE = "WARGAME_CONFIG"
FILE = "settings.toml"
MOST_BYTES = 64 * 1024
"""A settings file is a page; whatever is larger is something else."""

ALL, STEP, SLOW = "all", "step", "slow"
SPEEDS = {
    ALL: "everything at once",
    STEP: "one thing at each key",
    SLOW: "goes on by itself",
}
OWN_THEMES = (
    "high-contrast",
    "high-contrast-light",
    "colour-blind",
    "colour-blind-light",
)
THEMES = (
    "textual-dark",
    "textual-light",
    *OWN_THEMES,
    "nord",
    "gruvbox",
    "catppuccin-mocha",
    "catppuccin-latte",
    "catppuccin-frappe",
    "catppuccin-macchiato",
    "dracula",
    "tokyo-night",
    "monokai",
    "flexoki",
    "solarized-light",
    "solarized-dark",
    "rose-pine",
    "rose-pine-moon",
    "rose-pine-dawn",
    "atom-one-dark",
    "atom-one-light",
    "ansi-dark",
    "ansi-light",
)
"""Every theme by name; the first is the one used unless another is set."""

HEADER = """\
# Settings of wargame. The screen 'Settings' writes here too; comments stay.
# 'wargame settings' prints what is in force, 'wargame settings --check' what is wrong.
"""
_KEY = re.compile(r"[A-Za-z0-9_+]{1,30}|[!-/:-@\[-`{-~]")
_BINDING = re.compile(r"[a-z0-9_]{1,30}(\.[a-z0-9_]{1,30}){1,3}")


class SettingsError(WargameError):
    """The settings cannot be written; the file is as it was."""


def _no_keys() -> dict[str, str]:
    return {}


@frozen
class Settings:
    """What is set; every value is one the program knows."""

    theme: str = field(default=THEMES[0], metadata={"known": THEMES, "about": "the colours of the screens"})
    telling: str = field(
        default=STEP, metadata={"known": tuple(SPEEDS), "about": "the pace at which a turn is told"}
    )
    colour_blind: bool = field(
        default=False,
        metadata={"about": "colours that are told apart by everybody, dark or light as the theme"},
    )
    reduced_motion: bool = field(default=False, metadata={"about": "nothing glides or blinks"})
    plain: bool = field(
        default=False, metadata={"about": "'wargame play' prints plain lines, without a screen"}
    )
    keys: Mapping[str, str] = field(factory=_no_keys, metadata={"about": "keys that were changed"})
    """Binding id to key, such as `play.lock` to `k`."""


ABOUT: Mapping[str, str] = {each.name: each.metadata["about"] for each in fields(Settings)}
"""Each setting in a few words."""


@frozen
class Found:
    """The settings as read, and what was wrong with the file."""

    settings: Settings
    problems: tuple[Problem, ...] = ()
    text: str | None = None
    """The file as it stands; None if there is none, or none that can be read."""

    spoiled: bool = False
    """Whether there is something under the file's name that must not be written over."""


def folder() -> Path:
    """The folder named by the environment, else the platform's own for configuration."""
    named = os.environ.get(FOLDER_VARIABLE)
    if named:
        return Path(named)
    from platformdirs import user_config_path

    return user_config_path("wargame", appauthor=False)


def path() -> Path:
    """Where the settings are kept, whether or not there are any."""
    return folder() / FILE


def load(where: Path | None = None) -> Found:
    """The settings of *where*, or of the usual file; defaults where it says nothing or something wrong."""
    file = path() if where is None else where
    name = visible_text(str(file))
    try:
        if not file.exists():
            return Found(Settings())
        if not file.is_file():
            return _spoiled(name, "is no file", "move it away")
        with file.open("rb") as stream:
            raw = stream.read(MOST_BYTES + 1)
    except OSError as error:
        return _spoiled(name, f"cannot be read ({error.strerror})", "see to its permissions")
    if len(raw) > MOST_BYTES:
        return _spoiled(
            name, f"is larger than {MOST_BYTES // 1024} kB", "this is no settings file; move it away"
        )
    try:
        text = raw.decode("utf-8-sig")
        tables = tomllib.loads(text)
    except UnicodeDecodeError:
        return _spoiled(name, "is not UTF-8 text", "save it as UTF-8, or move it away")
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        reason = visible_text(str(error) or "nested too deeply")
        return _spoiled(name, f"is no TOML: {reason}", "mend that place, or move the file away")
    problems: list[Problem] = []
    settings = _structured(tables, name, problems)
    return Found(settings, tuple(problems), text)


def _spoiled(name: str, what: str, remedy: str) -> Found:
    problem = Problem(f"{what}, defaults are used", file=name, remedy=remedy)
    return Found(Settings(), (problem,), spoiled=True)


def _structured(tables: Mapping[str, Any], file: str, problems: list[Problem]) -> Settings:
    values: dict[str, Any] = {}
    for key, value in tables.items():
        if key not in ABOUT:
            near = get_close_matches(key, ABOUT, 1, 0.6)
            shown = visible_text(key[:60])
            problems.append(
                Problem(
                    f"there is no setting '{shown}', it is passed over",
                    file=file,
                    near=near[0] if near else None,
                    remedy="" if near else f"there are {', '.join(ABOUT)}",
                )
            )
        elif key == "keys":
            values[key] = _keys(value, file, problems)
        else:
            with suppress(ValueError):
                values[key] = _value(key, value, file, problems)
    return Settings(**values)


def _value(key: str, value: object, file: str, problems: list[Problem]) -> object:
    """The value if it is one the program knows; ValueError, and a line about it, if not."""
    attribute = getattr(fields(Settings), key)
    known: tuple[str, ...] | None = attribute.metadata.get("known")
    if known is None and isinstance(value, bool):
        return value
    if known is not None and isinstance(value, str) and value in known:
        return value
    shown = visible_text(repr(value)[:60])
    near = get_close_matches(str(value), known, 1, 0.5) if known and len(known) > 5 else []
    default = _in_toml(attribute.default)
    may_be = "true or false" if known is None else ", ".join(known)
    problems.append(
        Problem(
            f"{shown} cannot be set, {default} is used",
            file=file,
            key=key,
            near=near[0] if near else None,
            remedy="" if near else f"it may be {may_be}",
        )
    )
    raise ValueError(key)


def _keys(value: object, file: str, problems: list[Problem]) -> dict[str, str]:
    keys: dict[str, str] = {}
    if not isinstance(value, dict):
        problems.append(
            Problem(
                "must be a table, no key is changed", file=file, key="keys", remedy="write [keys] above it"
            )
        )
        return keys
    for id, key in _flat(value).items():
        if not isinstance(key, str) or not all(map(_is_key, split_keys(key))) or not _BINDING.fullmatch(id):
            problems.append(
                Problem(
                    f"{visible_text(repr(key)[:60])} is no key, the usual one is used",
                    file=file,
                    key=f"keys.{visible_text(id[:60])}",
                    remedy='write for instance "play.lock" = "k"; several keys stand between commas',
                )
            )
        else:
            keys[id] = ",".join(split_keys(key))
    return keys


def _flat(table: Mapping[str, Any], before: str = "", depth: int = 0) -> dict[str, Any]:
    """`play.lock = "k"` and `"play.lock" = "k"` mean the same."""
    flat: dict[str, Any] = {}
    for key, value in table.items():
        if isinstance(value, dict) and depth < 3:
            flat |= _flat(value, f"{before}{key}.", depth + 1)
        else:
            flat[f"{before}{key}"] = value
    return flat


def split_keys(keys: str) -> list[str]:
    """The keys of one binding: `f1,question_mark` are two, a single comma is one."""
    return [keys] if keys == "," else [key.strip() for key in keys.split(",")]


def _is_key(key: str) -> bool:
    return _KEY.fullmatch(key) is not None


def save(name: str, value: bool | str, where: Path | None = None) -> Found:
    """
    Sets one value in the file and leaves everything else in it as it stands.

    *name* is a setting, or `keys.` and the id of a binding; an empty key gives it its usual one back.

    Raises:
        SettingsError: If the file cannot be read or written; it is left as it is.
    """
    import tomlkit
    from tomlkit.exceptions import TOMLKitError

    file = path() if where is None else where
    found = load(file)
    if found.spoiled:
        raise SettingsError(f"Not saved. {found.problems[0]}")
    try:
        document = tomlkit.parse(HEADER if found.text is None else found.text)
        if name.startswith("keys."):
            _set_key(document, name.removeprefix("keys."), str(value))
        else:
            document[name] = value
        text = tomlkit.dumps(document)
        tomllib.loads(text)
    except (TOMLKitError, tomllib.TOMLDecodeError, TypeError, ValueError) as error:
        raise SettingsError(f"Not saved: {file} cannot be changed ({visible_text(str(error))}).") from None
    _write(file, text)
    return load(file)


def _set_key(document: Any, id: str, key: str) -> None:
    import tomlkit

    if not isinstance(document.get("keys"), dict):
        document["keys"] = tomlkit.table()
    table = document["keys"]
    nested = table
    *parts, last = id.split(".")
    for part in parts:
        nested = nested.get(part) if isinstance(nested, dict) else None
    if isinstance(nested, dict) and last in nested:
        nested.pop(last)
    if id in table:
        if key:
            table[id] = key
        else:
            table.pop(id)
    elif key:
        table[id] = key


def _write(file: Path, text: str) -> None:
    """Puts *text* in place of the file at once: a power cut leaves the old one or the new one."""
    temporary: str | None = None
    try:
        target = file.resolve()  # A linked file stays linked.
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(prefix=".settings-", dir=target.parent)
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as stream:
            stream.write(text)
            stream.flush()
            os.fsync(stream.fileno())
        Path(temporary).replace(target)
    except OSError as error:
        if temporary is not None:
            with suppress(OSError):
                Path(temporary).unlink()
        reason = error.strerror or error
        raise SettingsError(f"Not saved: {visible_text(str(file))}: {reason}.") from None


def listed(settings: Settings) -> list[str]:
    """The settings in force as the file would say them, each with what it means."""
    rows = [f"{name} = {_in_toml(getattr(settings, name))}" for name in ABOUT if name != "keys"]
    width = max(map(len, rows)) + 2
    about = [text for name, text in ABOUT.items() if name != "keys"]
    lines = [f"{row:<{width}}# {text}" for row, text in zip(rows, about, strict=True)]
    lines += ["", "[keys]"]
    lines += [f'"{id}" = {_in_toml(key)}' for id, key in sorted(settings.keys.items())] or [
        "# none is changed"
    ]
    return lines


def _in_toml(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    text = str(value).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{text}"'
