"""A program in a pseudo-terminal: how long until it shows something, and how much memory it holds."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import struct
import sys
import termios
import time
from pathlib import Path


class Terminal:
    """Runs `python -m wargame ARGUMENTS`, or other code, in a terminal of 120 columns by 40 lines."""

    def __init__(self, *arguments: str, environment: dict[str, str], code: str | None = None) -> None:
        program = ["-m", "wargame"] if code is None else ["-c", code]
        self.began = time.perf_counter()
        self.pid, self._fd = pty.fork()
        if self.pid == 0:
            os.environ.update(environment, TERM="xterm-256color", COLUMNS="120", LINES="40")
            os.execv(sys.executable, [sys.executable, *program, *arguments])
        fcntl.ioctl(self._fd, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))
        self.shown = b""

    def seconds_until(self, text: bytes, limit: float = 20.0) -> float:
        """Seconds from the start until *text* has been written to the terminal."""
        while text not in self.shown:
            left = limit - (time.perf_counter() - self.began)
            if left <= 0 or not select.select([self._fd], [], [], left)[0]:
                raise TimeoutError(f"{text!r} not shown within {limit} s")
            self.shown += os.read(self._fd, 65536)
        return time.perf_counter() - self.began

    def settle(self, quiet: float = 0.3) -> None:
        """Waits until nothing has been written for *quiet* seconds."""
        while select.select([self._fd], [], [], quiet)[0]:
            self.shown += os.read(self._fd, 65536)

    def answer(self, key: bytes, quiet: float = 0.15, within: float = 0.005) -> tuple[float, float]:
        """
        Seconds from pressing *key* to the end of the frame that answers it, and to the last byte of all.

        A frame is written in one go, so it ends where nothing follows *within* so many seconds; what comes
        later in the same *quiet* time draws again or below. Both are 0 if nothing answers.
        """
        began = time.perf_counter()
        first = last = 0.0
        os.write(self._fd, key)
        while select.select([self._fd], [], [], quiet)[0]:
            now = time.perf_counter() - began
            if not last or (first == last and now - last < within):
                first = now
            last = now
            self.shown += os.read(self._fd, 65536)
        return first, last

    def resident_megabytes(self) -> float:
        """Resident memory now."""
        for line in Path(f"/proc/{self.pid}/status").read_text(encoding="utf-8").splitlines():
            if line.startswith("VmRSS:"):
                return int(line.split()[1]) / 1024
        raise OSError(f"process {self.pid} tells nothing of its memory")

    def close(self, number: int = signal.SIGTERM) -> int:
        """Ends the program by a signal; its exit code."""
        os.kill(self.pid, number)
        return self.wait()

    def wait(self) -> int:
        """The exit code of the program, which is about to end."""
        deadline = time.monotonic() + 10
        while time.monotonic() < deadline:
            done, status = os.waitpid(self.pid, os.WNOHANG)
            if done:
                os.close(self._fd)
                return os.waitstatus_to_exitcode(status)
            if select.select([self._fd], [], [], 0.05)[0]:
                try:
                    self.shown += os.read(self._fd, 65536)
                except OSError:
                    continue
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        raise TimeoutError("the program did not end within 10 s")
