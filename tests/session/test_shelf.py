"""The shelf of checked scenarios: a kept book is the same book, and a spoilt one is as good as none."""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest

from wargame.rules import Kernel
from wargame.scenario import library
from wargame.scenario.book import check
from wargame.session import shelf


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv(shelf.FOLDER_VARIABLE, str(tmp_path))
    yield tmp_path


def test_a_kept_book_plays_as_the_one_that_was_checked(folder: Path) -> None:
    book = check(library.load("kazakhstan-2022"))
    shelf.keep(book)
    again = shelf.kept(book.scenario.text)

    assert again is not None
    assert Kernel(again).start(7)[0] == Kernel(book).start(7)[0]


def test_kept_code_plays_as_the_code_that_was_compiled(folder: Path) -> None:
    book = check(library.load("kazakhstan-2022"))
    kernel = Kernel(book)
    shelf.keep_code(book, kernel.code)
    code = shelf.kept_code(book)

    assert code == kernel.code
    assert Kernel(book, code).start(7)[0] == kernel.start(7)[0]


def test_another_text_is_not_on_the_shelf(folder: Path) -> None:
    book = check(library.load("kazakhstan-2022"))
    shelf.keep(book)

    assert shelf.kept({**book.scenario.text, "scenario.toml": "format = 1"}) is None


def test_a_spoilt_book_is_as_good_as_none(folder: Path) -> None:
    book = check(library.load("kazakhstan-2022"))
    shelf.keep(book)
    [path] = folder.iterdir()
    whole = path.read_bytes()
    for spoilt in (
        b"",
        whole[:100],
        whole[:-1],
        bytes([whole[0] ^ 1]) + whole[1:],
        whole[:-9] + b"x" + whole[-8:],
    ):
        path.write_bytes(spoilt)

        assert shelf.kept(book.scenario.text) is None


def test_a_book_cannot_name_a_function_to_call(folder: Path) -> None:
    class Evil:
        def __reduce__(self) -> tuple[object, tuple[str]]:
            return (print, ("run",))

    book = check(library.load("kazakhstan-2022"))
    shelf.keep(book)
    [path] = folder.iterdir()
    data = pickle.dumps(Evil())
    path.write_bytes(sha256(data).digest() + data)

    assert shelf.kept(book.scenario.text) is None


def test_a_book_cannot_reach_a_function_through_our_modules(folder: Path) -> None:
    book = check(library.load("kazakhstan-2022"))
    shelf.keep(book)
    [path] = folder.iterdir()
    for name in ("stat.S_ISDIR", "load", "Path", "Mapping"):
        data = b"\x80\x04\x8c\x18wargame.scenario.library\x8c" + bytes([len(name)]) + name.encode() + b"\x93."
        path.write_bytes(sha256(data).digest() + data)

        with pytest.raises(pickle.UnpicklingError):
            shelf._read(data)
        assert shelf.kept(book.scenario.text) is None


def test_without_a_folder_nothing_is_kept(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(shelf.FOLDER_VARIABLE, "")
    book = check(library.load("kazakhstan-2022"))
    shelf.keep(book)

    assert shelf.kept(book.scenario.text) is None
