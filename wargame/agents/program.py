"""One outside program on a pipe: started, written to, read within limits, and killed with all it started."""

from __future__ import annotations

import json
import os
import queue
import shlex
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from wargame.errors import AgentError
from wargame.text import clean_text

__all__ = ["BAD_LINES", "LINE_LIMIT", "OUTPUT_LIMIT", "Program", "ProgramFailed"]

LINE_LIMIT = 65_536
"""Bytes of one line; a longer one is passed over as a bad line."""

OUTPUT_LIMIT = 1_000_000
"""Bytes a program may write in a turn."""

BAD_LINES = 20
"""Lines of a turn that are no JSON object, before the program is taken to be broken."""

WAITING = 100
"""Lines read and not yet asked for: beyond them a program that floods the pipe has to wait."""

KEPT = ("PATH", "LANG", "LC_ALL", "HOME", "SYSTEMROOT", "TEMP", "TMP", "TMPDIR", "VIRTUAL_ENV")
"""All of the environment that is handed on."""

MEMORY, FILE = 4 << 30, 1 << 30
"""Bytes a program may take, and write into one file, where the system can say so."""


class ProgramFailed(AgentError):
    """An outside program could not be started, was late, or broke the protocol."""


class Program:
    """A running program; `close` leaves nothing of its process group."""

    def __init__(self, command: str) -> None:
        """
        Starts *command*, read as a shell would split it into words; no shell runs.

        Raises:
            ProgramFailed: If that cannot be done.
        """
        try:
            self._process = subprocess.Popen(
                _words(command),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                bufsize=0,
                env={name: os.environ[name] for name in KEPT if name in os.environ},
                start_new_session=os.name == "posix",
                creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
            )
        except (OSError, ValueError, IndexError) as problem:
            raise ProgramFailed(f"the program could not be started: {problem}") from problem
        _restrain(self._process.pid)
        self._lines: queue.Queue[bytes | None] = queue.Queue(WAITING)
        self._writes: queue.Queue[bytes | None] = queue.Queue()
        self._last_words = ""
        self._left, self._bad = OUTPUT_LIMIT, 0
        for work in (self._read, self._write, self._overhear):
            threading.Thread(target=work, daemon=True).start()

    def begin_turn(self) -> None:
        """What a program may write in a turn begins anew."""
        self._left, self._bad = OUTPUT_LIMIT, 0

    def send(self, message: Mapping[str, Any]) -> None:
        """Hands over one message; a program that does not read holds up nobody."""
        self._writes.put(json.dumps(message, ensure_ascii=True).encode() + b"\n")

    def receive(self, until: float) -> Mapping[str, Any] | None:
        """
        The next message, or None when the monotonic clock shows *until*.

        Raises:
            ProgramFailed: If the program has ended, or wrote too much or too much nonsense.
        """
        while True:
            try:
                line = self._lines.get(timeout=max(0.0, until - time.monotonic()))
            except queue.Empty:
                return None
            if line is None:
                self._lines.put(None)
                raise ProgramFailed(f"the program ended or closed its pipe{self._said()}")
            self._left -= len(line) + 1
            if self._left < 0:
                raise ProgramFailed(f"the program wrote more than {OUTPUT_LIMIT:,} bytes in a turn")
            message = _object(line)
            if message is not None:
                return message
            self._bad += 1
            if self._bad == BAD_LINES:
                raise ProgramFailed(f"the program wrote {BAD_LINES} lines that are no JSON object")
            if time.monotonic() >= until:
                return None

    def close(self) -> None:
        """Kills the program and its process group, at once."""
        self._writes.put(None)
        with suppress(OSError):
            if os.name == "posix":
                os.killpg(self._process.pid, signal.SIGKILL)
            else:
                # Its children, too: `taskkill` is part of Windows.
                subprocess.run(
                    ["taskkill", "/F", "/T", "/PID", str(self._process.pid)], capture_output=True, check=False
                )
                self._process.kill()
        self._process.wait()
        while True:  # A reader that waits for room goes on, and finds the end of its pipe.
            try:
                self._lines.get_nowait()
            except queue.Empty:
                break

    def _said(self) -> str:
        """The last line it wrote on its standard error, if any: the name of what it died of."""
        time.sleep(0.05)
        rows = [row.strip() for row in self._last_words.splitlines() if row.strip()]
        return f" ({clean_text(rows[-1])[:200]})" if rows else ""

    def _write(self) -> None:
        pipe = self._process.stdin
        assert pipe is not None
        with suppress(OSError), pipe:
            while (data := self._writes.get()) is not None:
                while data:
                    data = data[pipe.write(data) or 0 :]

    def _read(self) -> None:
        pipe, rest, skipping = self._process.stdout, b"", False
        assert pipe is not None
        with suppress(OSError, ValueError), pipe:
            while chunk := pipe.read(LINE_LIMIT):
                *lines, rest = (rest + chunk).split(b"\n")
                for line in lines:
                    # What is too long is passed over up to its end; the empty line is what is left of it.
                    self._lines.put(b"" if skipping or len(line) > LINE_LIMIT else line)
                    skipping = False
                if len(rest) > LINE_LIMIT:
                    # It counts, too: a line without an end is no way round the limit.
                    self._left -= len(rest)
                    rest, skipping = b"", True
                    if self._left < -OUTPUT_LIMIT:
                        self._lines.put(b"")
                        break
        self._lines.put(None)

    def _overhear(self) -> None:
        """Reads standard error to its end, so that nobody waits, and keeps its last words."""
        pipe = self._process.stderr
        assert pipe is not None
        with suppress(OSError, ValueError), pipe:
            while chunk := pipe.read(LINE_LIMIT):
                self._last_words = (self._last_words + chunk.decode("utf-8", "replace"))[-2000:]


def _object(line: bytes) -> Mapping[str, Any] | None:
    """*line* as a JSON object; None if it is none."""
    try:
        message = json.loads(line, parse_constant=_refuse)
    except (ValueError, RecursionError):
        return None
    return message if isinstance(message, dict) else None


def _refuse(name: str) -> None:
    raise ValueError(name)


def _words(command: str) -> list[str]:
    return shlex.split(command, posix=os.name == "posix")


def _restrain(pid: int) -> None:
    """Limits what the program may take, where the system can limit another process."""
    if sys.platform != "linux":
        return
    import resource

    with suppress(OSError, ValueError):
        resource.prlimit(pid, resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (FILE, FILE))
        os.setpriority(os.PRIO_PROCESS, pid, 10)
