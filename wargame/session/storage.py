"""The few disk operations a journal needs, behind an interface that a test can make fail."""

from __future__ import annotations

import contextlib
import errno
import os
import stat
import sys
from pathlib import Path
from typing import Protocol

__all__ = ["REAL", "Disk", "File", "RealDisk"]

_BINARY = getattr(os, "O_BINARY", 0) | getattr(os, "O_NOINHERIT", 0) | getattr(os, "O_CLOEXEC", 0)
# Far behind any content, because a Windows lock also keeps readers away from the bytes it covers.
_LOCKED_BYTE = 2**62


class File(Protocol):
    """One file open for appending."""

    def append(self, data: bytes) -> int:
        """Writes at the end; the number of bytes taken, which may be fewer than given."""

    def sync(self) -> None:
        """Returns when all that was written is on the disk."""

    def truncate(self, size: int) -> None:
        """Cuts the file back to *size* bytes."""

    def read(self, limit: int) -> bytes:
        """The whole content; OSError if it is more than *limit* bytes."""

    def lock(self) -> None:
        """Keeps other writers out; BlockingIOError if one is in."""

    def close(self) -> None:
        """Lets go of the file and its lock."""


class Disk(Protocol):
    """Where files are."""

    def create(self, path: Path) -> File:
        """A new empty file; FileExistsError if there is one."""

    def open(self, path: Path) -> File:
        """An existing file, for appending."""

    def read(self, path: Path, limit: int) -> bytes:
        """The whole content of a regular file of at most *limit* bytes; OSError otherwise."""

    def sync_folder(self, path: Path) -> None:
        """Returns when the names in the folder are on the disk."""

    def remove(self, path: Path) -> None:
        """Takes the file away, if it is there."""


class _RealFile:
    def __init__(self, path: Path, flags: int) -> None:
        self._handle = os.open(path, os.O_RDWR | os.O_APPEND | _BINARY | flags, 0o600)

    def append(self, data: bytes) -> int:
        # Not a buffered file: those report a full disk only when they are closed.
        return os.write(self._handle, data)

    def sync(self) -> None:
        os.fsync(self._handle)

    def truncate(self, size: int) -> None:
        os.ftruncate(self._handle, size)

    def read(self, limit: int) -> bytes:
        os.lseek(self._handle, 0, os.SEEK_SET)
        return _read_up_to(self._handle, limit)

    def lock(self) -> None:
        _lock(self._handle)

    def close(self) -> None:
        os.close(self._handle)


class RealDisk:
    """The machine's own disk."""

    def create(self, path: Path) -> File:
        return _RealFile(path, os.O_CREAT | os.O_EXCL)

    def open(self, path: Path) -> File:
        _need_regular(path)
        return _RealFile(path, 0)

    def read(self, path: Path, limit: int) -> bytes:
        _need_regular(path)
        handle = os.open(path, os.O_RDONLY | _BINARY)
        try:
            return _read_up_to(handle, limit)
        finally:
            os.close(handle)

    def sync_folder(self, path: Path) -> None:
        if sys.platform == "win32":
            return  # Windows keeps names by itself and cannot open a folder
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)

    def remove(self, path: Path) -> None:
        with contextlib.suppress(FileNotFoundError):
            path.unlink()


REAL = RealDisk()


def _need_regular(path: Path) -> None:
    # Opening a pipe would wait for ever, and reading a device would never end.
    if not stat.S_ISREG(path.stat().st_mode):
        raise OSError(errno.EINVAL, "not a file")


def _read_up_to(handle: int, limit: int) -> bytes:
    # By pieces and never past the limit: the size that the system tells may be wrong, or change meanwhile.
    pieces: list[bytes] = []
    left = limit + 1
    while left > 0 and (piece := os.read(handle, min(left, 2**20))):
        pieces.append(piece)
        left -= len(piece)
    if left <= 0:
        raise OSError(errno.EFBIG, f"more than {limit // 2**20} MB, too large for a saved game")
    return b"".join(pieces)


if sys.platform == "win32":
    import msvcrt

    def _lock(handle: int) -> None:
        os.lseek(handle, _LOCKED_BYTE, os.SEEK_SET)
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError as error:
            raise BlockingIOError("another program writes to it") from error

else:
    import fcntl

    def _lock(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
