"""What a terminal is sent while one person sits, or a curtain hangs, tells no secret of another seat."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

if sys.platform == "win32":
    pytest.skip("needs a Unix terminal", allow_module_level=True)

from wargame.session.session import Session
from wargame.tui.lines import prose

from .test_hotseat import TWO, shared
from .test_terminal import Terminal

PLAIN = re.compile(r"\W+")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    save = tmp_path / "a.jsonl"
    shared(save).session.close()
    return save


@pytest.fixture
def terminal(path: Path) -> Iterator[Terminal]:
    opened = Terminal(path, 100, 40)
    try:
        opened.until("Hand over to")
        yield opened
    finally:
        opened.close()


def squeezed(text: str) -> str:
    """Letters and digits alone, so that neither a line's end nor the order of drawing hides a word."""
    return PLAIN.sub(" ", text)


def secrets_of(path: Path, role: str) -> list[str]:
    """Pieces of what only *role* may know: its secret briefing, and the titles of its orders."""
    other = next(each for each in TWO if each != role)
    with Session.open(path, read_only=True) as session:
        seat, strange = session.seat(role), session.seat(other)
        known = squeezed(
            " ".join(each.text for each in prose(strange.scenario.briefing + strange.scenario.secret))
        )
        briefed = [squeezed(each.text).split() for each in prose(seat.scenario.secret)]
        titles = [squeezed(each.title).strip() for each in seat.menu()]
        theirs = {squeezed(each.title).strip() for each in strange.menu()}
    pieces = [" ".join(words[:3]) for words in briefed if len(words) > 4]
    pieces = [piece for piece in pieces if piece not in known and len(piece) > 10]
    return pieces + [title for title in titles if title not in theirs and len(title) > 10]


def visible(terminal: Terminal, words: list[str]) -> list[str]:
    sent = squeezed(terminal.plain)
    return [each for each in words if each in sent]


def test_the_whole_stream_of_a_curtain_and_of_another_seat_holds_no_secret(
    terminal: Terminal, path: Path
) -> None:
    first, second = secrets_of(path, TWO[0]), secrets_of(path, TWO[1])
    assert len(first) > 8 and len(second) > 8

    assert not visible(terminal, first + second)  # The first curtain.
    terminal.read(1.0)
    terminal.forget()
    terminal.send("\r")
    terminal.until("Orders 0/")
    terminal.send("4")
    terminal.read(1.0)
    assert visible(terminal, first)
    assert not visible(terminal, second)
    for key in ("\r", "\r", "\r"):
        terminal.send(key)
        terminal.read(0.5)
    terminal.until("Orders 1/")
    terminal.forget()

    terminal.send("h")
    terminal.until("Hand over to")
    assert "\x1b[2J" in terminal.text
    assert "\x1b]52;c;\x07" in terminal.text
    terminal.text = terminal.text[terminal.text.rindex("\x1b[2J") :]
    terminal.read(1.0)
    assert not visible(terminal, first + second)  # The second curtain, from the moment the screen is cleared.
    assert not re.search(r"\x1b\][02];", terminal.text)

    terminal.send("\r")
    terminal.until("Orders 0/")
    for key in ("2", "3", "4", "5", "6", "7"):
        terminal.send(key)
        terminal.read(0.4)
    assert visible(terminal, second)
    assert not visible(terminal, first)


def test_a_pin_is_not_sent_to_the_terminal(terminal: Terminal) -> None:
    terminal.read(1.0)
    terminal.forget()
    terminal.send("748291\r")
    terminal.until("once more")
    terminal.send("748291\r")
    terminal.until("Orders 0/")

    assert "748291" not in terminal.plain and "74829" not in terminal.plain
