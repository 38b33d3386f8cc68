"""A real terminal: leaving is asked for, exit codes are right, no paste plays or leaves."""

from __future__ import annotations

import errno
import io
import os
import re
import select
import signal
import struct
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from wargame.session.session import Session
from wargame.tui.terminal import Outlet

from .games import ROLE, new_table

if sys.platform == "win32":
    pytest.skip("needs a Unix terminal", allow_module_level=True)

import fcntl
import pty
import termios

READY = "Orders 0/"
QUESTION = "Leave the game?"
ENDED = "ended with "


class Terminal:
    """A shell in a pseudo-terminal that runs the game and then says how it ended."""

    def __init__(self, path: Path, columns: int, rows: int, command: str | None = None) -> None:
        self.text = ""
        command = command or f"{sys.executable} -m wargame play --resume {path}"
        self.pid, self.descriptor = pty.fork()
        if self.pid == 0:  # pragma: no cover - the child
            os.environ.update(TERM="xterm-256color", TEXTUAL_ANIMATIONS="none")
            os.execvp("sh", ["sh", "-c", f"{command}; echo ended with $?; exec cat"])
        fcntl.ioctl(self.descriptor, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def send(self, data: str | bytes) -> None:
        rest = data.encode() if isinstance(data, str) else data
        while rest:
            self.read(0)
            rest = rest[os.write(self.descriptor, rest[:4096]) :]

    def read(self, seconds: float) -> None:
        """Reads until nothing comes for *seconds*."""
        while select.select([self.descriptor], [], [], seconds)[0]:
            try:
                self.text += os.read(self.descriptor, 65536).decode("utf-8", "replace")
            except OSError:
                return

    def until(self, words: str, seconds: float = 30) -> None:
        """Reads until *words* were shown since the last `forget`."""
        end = time.monotonic() + seconds
        while words not in self.plain and time.monotonic() < end:
            self.read(0.1)
        assert words in self.plain, self.plain[-2000:]

    def until_unwrapped(self, word: str, seconds: float = 30) -> None:
        """The same for a word that a box may have cut in two at the end of a line."""
        end = time.monotonic() + seconds
        while word not in self.unwrapped and time.monotonic() < end:
            self.read(0.1)
        assert word in self.unwrapped, self.plain[-2000:]

    def forget(self) -> None:
        self.read(0.3)
        self.text = ""

    @property
    def plain(self) -> str:
        return re.sub(r"\x1b\[[0-9;?<>=]*[a-zA-Z]|\x1b[()=>].?", "", self.text)

    @property
    def unwrapped(self) -> str:
        return re.sub(r"[\s│]", "", self.plain)

    def game(self) -> int:
        """The process of the game itself."""
        children = Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text().split()
        return int(children[0])

    def close(self) -> None:
        with suppress(OSError):
            os.kill(self.pid, signal.SIGKILL)
        os.close(self.descriptor)
        os.waitpid(self.pid, 0)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    save = tmp_path / "a.jsonl"
    new_table(save, length="lesson").session.close()
    return save


@pytest.fixture
def terminal(path: Path) -> Iterator[Terminal]:
    opened = Terminal(path, 80, 24)
    try:
        opened.until(READY)
        opened.forget()
        yield opened
    finally:
        opened.close()


def drafted(path: Path) -> list[str]:
    with Session.open(path) as session:
        assert session.turn == 1
        return [each.order.id for each in session.seat(ROLE).drafted]


def test_leaving_is_asked_for_and_says_where_the_game_is_kept(terminal: Terminal, path: Path) -> None:
    terminal.send("q")
    terminal.until(QUESTION)
    terminal.until_unwrapped(path.name)
    terminal.read(0.5)
    terminal.send("y")
    terminal.until("ended with 0")


def test_ctrl_c_asks_and_the_second_leaves_with_130(terminal: Terminal) -> None:
    terminal.send("\x03")
    terminal.until(QUESTION)
    terminal.send("\x03")
    terminal.until("ended with 130")

    assert "Traceback" not in terminal.plain


def test_sigint_from_outside_does_the_same(terminal: Terminal) -> None:
    os.kill(terminal.game(), signal.SIGINT)
    terminal.until(QUESTION)
    os.kill(terminal.game(), signal.SIGINT)
    terminal.until("ended with 130")


@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 143), (signal.SIGHUP, 129)])
def test_a_signal_gives_the_terminal_back(terminal: Terminal, number: int, code: int) -> None:
    os.kill(terminal.game(), number)
    terminal.until(f"ended with {code}")

    assert "\x1b[?1049l" in terminal.text
    assert termios.tcgetattr(terminal.descriptor)[3] & termios.ECHO


@pytest.mark.parametrize(
    "paste",
    [
        "\x1b[200~\x1b[201~qy\ryl\r\rq y\r echo BAD\r\x1b[201~",
        "\x1b[200~harmless\x1b[201~\rl\rl\r\x03\x03echo BAD\r\x1b[201~",
        "\x1b[200~\x1bqqqqqqqqqqqqqyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy\r\x03\x03\x1b[201~",
        "\x1b[200~\x1b[201~" + "q y \r l \r" * 2000 + "echo BAD\r\x1b[201~",
    ],
    ids=["leaves", "locks", "escapes", "long"],
)
def test_no_paste_plays_or_leaves(terminal: Terminal, path: Path, paste: str) -> None:
    terminal.send(paste)
    terminal.read(1.0)
    assert QUESTION not in terminal.plain
    terminal.send("q")
    terminal.until(QUESTION)
    terminal.read(0.5)
    terminal.send("y")
    terminal.until("ended with 0")
    terminal.read(0.3)

    assert "BAD" not in terminal.plain.split(ENDED)[1]
    assert drafted(path) == []


def test_what_is_typed_while_leaving_does_not_reach_the_shell(terminal: Terminal) -> None:
    terminal.send("q")
    terminal.until(QUESTION)
    terminal.read(0.5)
    terminal.send("y" + "echo BAD\r" * 300)
    terminal.until(ENDED)
    terminal.read(0.5)

    assert "BAD" not in terminal.plain.split(ENDED)[1]


def test_bytes_that_are_no_text_are_survived(terminal: Terminal) -> None:
    terminal.send(b"\xff\xfe\x80\xc3(\x00")
    terminal.read(0.3)
    terminal.send("q")
    terminal.until(QUESTION)


def test_a_flood_of_keys_does_not_keep_the_program_busy(terminal: Terminal) -> None:
    terminal.send("x" * 200_000)
    terminal.read(0.5)
    terminal.send("q")
    terminal.until(QUESTION, 60)


def test_a_megabyte_pasted_into_a_message_is_cut(terminal: Terminal, path: Path) -> None:
    terminal.send("m")
    terminal.until("A message to whom?")
    terminal.send("\r")
    terminal.until("in one line")
    terminal.send("\x1b[200~" + "words \x1b[31m" * 100_000 + "\x1b[201~")
    terminal.until("31mwords", 20)
    terminal.read(0.5)
    terminal.send("\r")
    terminal.read(1.0)
    terminal.send("\x03")
    terminal.until(QUESTION)
    terminal.send("\x03")
    terminal.until("ended with 130")

    with Session.open(path) as session:
        [said] = [each for each in session.seat(ROLE).messages() if each.role == ROLE]
    assert len(str(getattr(said.act, "text", ""))) <= 500


# --- A terminal that goes away


class Gone(io.StringIO):
    """A terminal whose window was closed."""

    def write(self, text: str) -> int:
        raise OSError(errno.EIO, "Input/output error")


def test_writing_to_a_terminal_that_is_gone_leaves_once_and_raises_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    told: list[int] = []
    monkeypatch.setattr("wargame.tui.terminal.hang_up", lambda: told.append(1))
    outlet = Outlet(Gone())

    assert outlet.write("a") == 1 and outlet.write("bc") == 2
    outlet.flush()
    assert told == [1] and not outlet.isatty()


def runs(process: int) -> bool:
    """Whether *process* is there, and not only waits to be buried."""
    with suppress(OSError):
        return ") Z " not in Path(f"/proc/{process}/stat").read_text()
    return False


@pytest.mark.parametrize("key", ["", "\r"])
def test_a_game_does_not_outlive_its_terminal(path: Path, key: str) -> None:
    opened = Terminal(path, 80, 24)
    try:
        opened.until(READY)
        opened.send(key)
        game = opened.game()
    finally:
        opened.close()
    end = time.monotonic() + 10
    while runs(game) and time.monotonic() < end:
        time.sleep(0.05)

    assert not runs(game)
    assert drafted(path) == []
