"""What the terminal sends, before it becomes keys: pastes stay pastes, and nothing is left for the shell.

A terminal that goes away takes the program with it: see `Outlet` and `hang_up`.
"""

from __future__ import annotations

import os
import selectors
import signal
import sys
import time
from codecs import getincrementaldecoder
from collections.abc import Iterable
from contextlib import suppress
from io import TextIOWrapper
from typing import IO

from textual import events
from textual._xterm_parser import XTermParser
from textual.driver import Driver
from textual.message import Message

PASTE, PASTE_END = "\x1b[200~", "\x1b[201~"
"""How a terminal marks where what is pasted begins and ends."""

BEHIND_PASTE = 0.25
"""Seconds of silence after a paste before keys count again: text that broke out of a paste is not typed."""

FLOOD = 1000
"""Characters in one read that nobody types; a second such read in a row is dropped."""

DRAIN_QUIET, DRAIN_MOST = 0.06, 2.0
"""Seconds of silence after which nothing more is expected on leaving, and the longest wait for it."""


class PasteParser(XTermParser):
    """Takes every escape character out of what is pasted, so that no part of a paste is read as a key."""

    def __init__(self, debug: bool = False) -> None:
        super().__init__(debug)
        self._pasting = False
        self._tail = ""
        """The last characters before a paste, or those in it that may begin its end."""

    def feed(self, data: str) -> Iterable[Message]:
        return super().feed(self._tamed(data))

    def _tamed(self, text: str) -> str:
        kept: list[str] = []
        while text:
            part, text = self._to_end(text) if self._pasting else self._to_paste(text)
            kept.append(part)
        return "".join(kept)

    def _to_paste(self, text: str) -> tuple[str, str]:
        """Everything up to the beginning of a paste, and what is behind it."""
        seen = self._tail + text
        at = seen.find(PASTE)
        if at < 0:
            self._tail = seen[1 - len(PASTE) :]
            return text, ""
        begin = at + len(PASTE) - len(self._tail)
        self._pasting, self._tail = True, ""
        return text[:begin], text[begin:]

    def _to_end(self, text: str) -> tuple[str, str]:
        """What is pasted up to its end, without escape characters, and what is behind it."""
        text, self._tail = self._tail + text, ""
        body, end, rest = text.partition(PASTE_END)
        if end:
            self._pasting = False
            return body.replace("\x1b", "") + end, rest
        for size in range(len(PASTE_END) - 1, 0, -1):
            if body.endswith(PASTE_END[:size]):
                body, self._tail = body[:-size], body[-size:]
                break
        return body.replace("\x1b", ""), ""


class Outlet:
    """
    A stream to the terminal that may go away at any moment, as when its window is closed.

    A stream that raised would end the thread that writes, and the program would wait for it for ever.
    """

    def __init__(self, stream: IO[str]) -> None:
        self._stream = stream
        self._lost = False

    def write(self, text: str) -> int:
        if not self._lost:
            try:
                return self._stream.write(text)
            except (OSError, ValueError):
                self._lose()
        return len(text)

    def flush(self) -> None:
        if not self._lost:
            try:
                self._stream.flush()
            except (OSError, ValueError):
                self._lose()

    def fileno(self) -> int:
        return self._stream.fileno()

    def isatty(self) -> bool:
        return not self._lost and self._stream.isatty()

    def _lose(self) -> None:
        self._lost = True
        hang_up()


def hang_up() -> None:
    """The terminal is gone: the program leaves as it does when told so by the terminal itself."""
    os.kill(os.getpid(), signal.SIGHUP)


def guarded(driver: type[Driver]) -> type[Driver]:
    """*driver* with the guards of this module, where it reads a Unix terminal."""
    if sys.platform == "win32":
        return driver
    from textual.drivers.linux_driver import LinuxDriver

    if driver is not LinuxDriver:
        return driver

    class GuardedDriver(LinuxDriver):
        """Drops keys that come on the heels of a paste, floods of them, and bytes that are no text."""

        _paste_at = 0.0
        _dropping = False

        def start_application_mode(self) -> None:
            if isinstance(self._file, TextIOWrapper):
                self._file = Outlet(self._file)  # type: ignore[assignment]
            super().start_application_mode()  # type: ignore[no-untyped-call]

        def _sigcont_application(self, *_: object) -> None:
            # A terminal that hangs up sends it to programs that never stopped: they would start once more.
            if self._must_signal_resume:
                super()._sigcont_application()

        def run_input_thread(self) -> None:
            parser = PasteParser()
            decode = getincrementaldecoder("utf-8")("replace").decode
            before = 0
            with selectors.SelectSelector() as selector:
                selector.register(self.fileno, selectors.EVENT_READ)
                while not self.exit_event.is_set():
                    if selector.select(0.1):
                        try:
                            read = os.read(self.fileno, 4096)
                        except OSError:
                            read = b""
                        if not read:
                            hang_up()
                            return
                        text = decode(read)
                        self._dropping = min(before, len(text)) >= FLOOD
                        before = len(text)
                        for event in parser.feed(text):
                            self.process_message(event)
                    for event in parser.tick():
                        self.process_message(event)

        def process_message(self, message: Message) -> None:
            now = time.monotonic()
            if isinstance(message, events.Paste):
                self._paste_at = now
            elif isinstance(message, events.InputEvent) and not isinstance(message, events.MouseMove):
                if self._dropping:
                    return
                if now - self._paste_at < BEHIND_PASTE:
                    self._paste_at = now
                    return
            super().process_message(message)

    return GuardedDriver


def drain() -> None:
    """Throws away what still comes from the terminal, so that the rest of a paste is not the shell's."""
    try:
        import termios

        descriptor = sys.__stdin__.fileno() if sys.__stdin__ is not None else -1
        before = termios.tcgetattr(descriptor)
    except (ImportError, OSError, ValueError, termios.error):
        return
    silent = list(before)
    silent[3] &= ~(termios.ECHO | termios.ICANON)
    until = time.monotonic() + DRAIN_MOST
    try:
        termios.tcsetattr(descriptor, termios.TCSANOW, silent)
        with selectors.SelectSelector() as selector:
            selector.register(descriptor, selectors.EVENT_READ)
            while time.monotonic() < until and selector.select(DRAIN_QUIET):
                if not os.read(descriptor, 65536):
                    break
    except (OSError, termios.error):
        pass
    finally:
        with suppress(termios.error):
            termios.tcsetattr(descriptor, termios.TCSAFLUSH, before)
