"""Keeps checked scenarios in the platform's cache folder: opening a save need not check them again."""

from __future__ import annotations

import gc
import hashlib
import io
import marshal
import os
import pickle
import sys
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from functools import cache
from pathlib import Path
from types import CodeType
from typing import Any

from wargame import __version__
from wargame.scenario.book import Book
from wargame.scenario.files import digest

__all__ = ["keep", "keep_code", "keep_machine", "kept", "kept_code", "kept_machine"]

FOLDER_VARIABLE = "WARGAME_CACHE"
"""The environment variable that names another folder; empty: nothing is kept."""

LIMIT = 32_000_000
MOST = 16
"""Books kept at most; the oldest go first."""

_PACKAGES = ("language", "scenario")
_BUILTINS = frozenset({"frozenset", "set", "tuple", "dict", "list"})


class _Reader(pickle.Unpickler):
    """Reads values of our own classes and nothing else: a cache file cannot name a function to call."""

    def find_class(self, module: str, name: str) -> Any:
        ours = module.startswith(("wargame.language.", "wargame.scenario."))
        if ours or (module == "builtins" and name in _BUILTINS):
            found = super().find_class(module, name)
            # A dotted name would lead on to whatever that module itself imports.
            if isinstance(found, type) and found.__module__ == module:
                return found
        raise pickle.UnpicklingError(f"{module}.{name} has no place in a checked scenario")


def kept(texts: Mapping[str, str]) -> Book | None:
    """The book of a bundle; None if it is not kept, or is not readable."""
    data = _get(_path(digest(texts), "book"))
    try:
        book = None if data is None else _read(data)
    except Exception:  # A cache that fails in any way is a cache without the thing.
        return None
    return book if isinstance(book, Book) and dict(book.scenario.text) == dict(texts) else None


def keep(book: Book) -> None:
    """Keeps *book*; where that cannot be done it is not kept, and nothing is lost."""
    with suppress(pickle.PicklingError, TypeError, AttributeError, RecursionError):
        _put(_path(book.scenario.digest, "book"), pickle.dumps(book, protocol=5))


def kept_code(book: Book) -> CodeType | None:
    """The compiled rules of *book*, as Python keeps its own in `__pycache__`; None if they are not kept."""
    data = _get(_path(book.scenario.digest, "code"))
    try:
        code = None if data is None else marshal.loads(data)
    except (ValueError, EOFError, TypeError):
        return None
    return code if isinstance(code, CodeType) else None


def keep_code(book: Book, code: CodeType) -> None:
    """Keeps the compiled rules of *book*, if that can be done."""
    _put(_path(book.scenario.digest, "code"), marshal.dumps(code))


def kept_machine(mark: str) -> list[bytes] | None:
    """The parts of the machine code kept under *mark*, a digest of what they are made from, if it is kept."""
    data = _get(_path(mark, "machine"))
    try:
        parts = None if data is None else marshal.loads(data)
    except (ValueError, EOFError, TypeError):
        return None
    return parts if isinstance(parts, list) else None


def keep_machine(mark: str, parts: list[bytes]) -> None:
    """Keeps machine code, if that can be done."""
    _put(_path(mark, "machine"), marshal.dumps(parts))


def _get(path: Path | None) -> bytes | None:
    """What is kept at *path*, if it is whole."""
    try:
        if path is None or path.stat().st_size > LIMIT:
            return None
        signed = path.read_bytes()
    except OSError:
        return None
    mark, data = signed[:32], signed[32:]
    return data if hashlib.sha256(data).digest() == mark else None


def _put(path: Path | None, data: bytes) -> None:
    if path is None:
        return
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        _write(path, hashlib.sha256(data).digest() + data)
        _tidy(path.parent)


def _read(data: bytes) -> object:
    # A book is some hundred thousand small values: looking for cycles among them doubles the time.
    running = gc.isenabled()
    gc.disable()
    try:
        return _Reader(io.BytesIO(data)).load()
    finally:
        if running:
            gc.enable()


def _write(path: Path, data: bytes) -> None:
    handle, name = tempfile.mkstemp(dir=path.parent, suffix=".new")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        Path(name).replace(path)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise


def _tidy(folder: Path) -> None:
    for kinds, most in ((("book", "code"), 2 * MOST), (("machine",), MOST)):
        kept = [path for kind in kinds for path in folder.glob(f"*.{kind}")]
        for path in sorted(kept, key=lambda path: path.stat().st_mtime, reverse=True)[most:]:
            path.unlink(missing_ok=True)


def _path(mark: str, suffix: str) -> Path | None:
    folder = _folder()
    return None if folder is None else folder / f"{mark[:40]}-{_edition()}.{suffix}"


def _folder() -> Path | None:
    named = os.environ.get(FOLDER_VARIABLE)
    if named is not None:
        return Path(named) if named else None
    from platformdirs import user_cache_path

    return user_cache_path("wargame", appauthor=False) / "books"


@cache
def _edition() -> str:
    """A mark of this program: another version, another Python or changed source reads no older book."""
    root = Path(__file__).resolve().parent.parent
    parts = [__version__, sys.version]
    for package in _PACKAGES:
        for path in sorted((root / package).glob("*.py")):
            stat = path.stat()
            parts.append(f"{path.name} {stat.st_size} {stat.st_mtime_ns}")
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]
