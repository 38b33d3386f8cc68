"""Reads the files of a scenario into memory, each once, and refuses what no author writes."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterable, Mapping
from hashlib import sha256
from pathlib import Path

from wargame.errors import Problem
from wargame.text import hidden_characters

MOST_BYTES = 2_000_000
MOST_TOTAL = 4_000_000
MOST_FILES = 200
MOST_LINE = 4_096
NAME = "name"
"""The bundle's own entry for the scenario's id; not a file, and not part of the digest."""

ID_WITH_HYPHENS = re.compile(r"[a-z][a-z0-9_-]{0,59}\Z")

# tomllib takes time that grows with the square of the parts of a dotted key.
_DOTTED = re.compile(r"""(?<![A-Za-z0-9_-])(?:["']?[A-Za-z0-9_-]+["']?[ \t]*\.[ \t]*){16}""")
_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)


def read_folder(folder: Path, prefix: str, problems: list[Problem]) -> dict[str, str]:
    """The texts of the scenario or ruleset in *folder*, by name with *prefix* before it."""
    if (folder / "briefings").is_symlink():
        problems.append(Problem("this is a link", f"{prefix}briefings", remedy="put an ordinary folder here"))
    names = [path.relative_to(folder).as_posix() for path in _wanted(folder)]
    if len(names) > MOST_FILES:
        what = f"{len(names)} files"
        problems.append(Problem(what, file=str(folder), remedy=f"at most {MOST_FILES}"))
        names = names[:MOST_FILES]
    texts: dict[str, str] = {}
    total = 0
    for name in names:
        data = _bytes(folder / name, prefix + name, problems)
        if data is None:
            continue
        total += len(data)
        if total > MOST_TOTAL:
            what = f"the files hold more than {MOST_TOTAL:,} bytes together"
            problems.append(Problem(what, file=prefix + name, remedy="keep texts only"))
            break
        text = _text(data, prefix + name, problems)
        if text is not None:
            texts[prefix + name] = text
    return texts


def read_one(folder: Path, name: str, problems: list[Problem]) -> str:
    """The text of one file of a scenario's *folder*; empty if there is none, or with a fault noted."""
    path = folder / name
    if not path.exists() and not path.is_symlink():
        return ""
    data = _bytes(path, name, problems)
    text = None if data is None else _text(data, name, problems)
    return "" if text is None else tidied({name: text}, problems).get(name, "")


def _wanted(folder: Path) -> list[Path]:
    """The files that make up a scenario: its tables, its briefings, its sources."""
    tables = sorted(folder.glob("*.toml"), key=lambda path: path.name)
    briefings = sorted(folder.glob("briefings/*.md"), key=lambda path: path.name)
    sources = folder / "sources.md"
    return [*tables, *briefings, *([sources] if sources.exists() else [])]


def _bytes(path: Path, name: str, problems: list[Problem]) -> bytes | None:
    """The bytes of an ordinary file; None, with the reason noted, of anything else."""
    try:
        return _opened(path)
    except OSError as error:
        what, remedy = f"it cannot be read: {error.strerror}", "see whether it exists and may be read"
    except ValueError as error:
        what, remedy = str(error), "put an ordinary text file here"
    problems.append(Problem(what, file=name, remedy=remedy))
    return None


def _opened(path: Path) -> bytes:
    # Opening a pipe would wait for a writer, a device may never end, and a link may lead anywhere.
    if path.is_symlink():
        raise ValueError("this is a link")
    number = os.open(path, _FLAGS)
    with os.fdopen(number, "rb") as file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise ValueError("this is no ordinary file")
        data = file.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise ValueError(f"the file is larger than {MOST_BYTES:,} bytes")
    return data


def _text(data: bytes, name: str, problems: list[Problem]) -> str | None:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        what = f"line {line} is not UTF-8"
        problems.append(Problem(what, file=name, remedy="save the file as UTF-8"))
        return None


def tidied(texts: Mapping[str, str], problems: list[Problem]) -> dict[str, str]:
    """*texts* with plain line ends and no byte order marks; what cannot be used is left out and noted."""
    kept: dict[str, str] = {}
    for name, text in texts.items():
        plain = text.removeprefix("\ufeff").replace("\r\n", "\n")
        found = list(_faults(name, plain))
        problems.extend(found)
        if not found:
            kept[name] = plain
    return kept


def _faults(name: str, text: str) -> Iterable[Problem]:
    """What is wrong with a text before anything parses it."""
    if len(text) > MOST_BYTES:
        yield Problem(f"the file is larger than {MOST_BYTES:,} bytes", file=name, remedy="split it")
        return
    for number, line in enumerate(text.split("\n"), 1):
        if len(line) > MOST_LINE:
            what = f"line {number} has {len(line):,} characters"
            yield Problem(what, file=name, remedy=f"at most {MOST_LINE:,}; break it")
        elif name.endswith(".toml") and line.count(".") >= 16 and _DOTTED.search(line):
            yield Problem(f"line {number} has a key of too many parts", file=name, remedy="at most 16")
        elif hidden := hidden_characters(line, allow="\t"):
            offset, code = hidden[0]
            what = f"line {number} column {offset + 1}: the character {code} cannot be seen"
            remedy = "end lines with LF or CR LF" if code == "U+000D" else "take it out"
            yield Problem(what, file=name, remedy=remedy)


def digest(texts: Mapping[str, str]) -> str:
    """SHA-256 over all files in the order of their names, each as its name and text with their lengths."""
    found = sha256()
    for name in sorted(texts):
        if name != NAME:
            for part in (name.encode("utf-8"), texts[name].encode("utf-8")):
                found.update(len(part).to_bytes(8, "big") + part)
    return found.hexdigest()
