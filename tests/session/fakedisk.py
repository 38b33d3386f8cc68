"""
A disk in memory that forgets what was not synced, fails when it is told to, and can lose its power.

What is written goes to a cache. `sync` makes a file's content last, `sync_folder` the names in a folder. A
crash image keeps all that lasts and an arbitrary part of the rest: sectors of 512 bytes arrive or not, in any
order, a size may have grown without its data, a name may be there or not.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from pathlib import Path
from random import Random

SECTOR = 512


class Node:
    """One file: what is read now, what lasts, and what was done since."""

    def __init__(self, content: bytes = b"") -> None:
        self.now = bytearray(content)
        self.lasting = bytes(content)
        self.pending: list[tuple[int, bytes | None]] = []
        """(offset, data) of a write, (size, None) of a cut."""

        self.locked = False

    def image(self, rng: Random) -> bytes:
        """What may be found after a loss of power."""
        states = [bytearray(self.lasting)]
        for at, data in self.pending:
            state = bytearray(states[-1])
            if data is None:
                del state[at:]
            else:
                state[at : at + len(data)] = data
            states.append(state)
        size = len(rng.choice(states))
        if rng.random() < 0.3:
            size = rng.randint(min(map(len, states)), size)
        # Each sector is as it was at some moment, whatever the others are; zeros where it was not yet.
        eager = rng.choice((0.0, 0.5, 0.9, 1.0))
        content = bytearray()
        for start in range(0, size, SECTOR):
            state = states[-1] if rng.random() < eager else rng.choice(states)
            content += state[start : start + SECTOR].ljust(SECTOR, b"\0")
        return bytes(content[:size])


class FakeDisk:
    """See the module. *limit* is the space there is, in bytes."""

    def __init__(
        self, *, limit: int | None = None, ignore_sync: bool = False, ignore_folders: bool = False
    ) -> None:
        self.nodes: dict[Path, Node] = {}
        self.lasting_names: set[Path] = set()
        self.limit = limit
        self.ignore_sync = ignore_sync
        self.ignore_folders = ignore_folders
        self.operations = 0
        self.failures: dict[int, int] = {}
        """By number of the operation, from 1: the error it fails with; 0 for a write cut short."""

        self.watch: Callable[[], None] = lambda: None
        """Called before and after every operation."""

    @classmethod
    def holding(cls, files: dict[Path, bytes]) -> FakeDisk:
        """A disk where *files* last."""
        disk = cls()
        disk.nodes = {path: Node(content) for path, content in files.items()}
        disk.lasting_names = set(files)
        return disk

    def image(self, rng: Random) -> dict[Path, bytes]:
        """What may be found after a loss of power."""
        return {
            path: node.image(rng)
            for path, node in self.nodes.items()
            if path in self.lasting_names or rng.random() < 0.5
        }

    def create(self, path: Path) -> FakeFile:
        self._operation()
        if path in self.nodes:
            raise FileExistsError(errno.EEXIST, "File exists", str(path))
        self.nodes[path] = Node()
        self.watch()
        return FakeFile(self, self.nodes[path])

    def open(self, path: Path) -> FakeFile:
        self._operation()
        return FakeFile(self, self._node(path))

    def read(self, path: Path, limit: int) -> bytes:
        self._operation()
        return bytes(self._node(path).now)

    def sync_folder(self, path: Path) -> None:
        self._operation()
        if not self.ignore_folders:
            self.lasting_names |= {each for each in self.nodes if each.parent == path}
        self.watch()

    def remove(self, path: Path) -> None:
        self._operation()
        self.nodes.pop(path, None)

    def used(self) -> int:
        return sum(len(node.now) for node in self.nodes.values())

    def _node(self, path: Path) -> Node:
        if path not in self.nodes:
            raise FileNotFoundError(errno.ENOENT, "No such file or directory", str(path))
        return self.nodes[path]

    def _operation(self) -> int | None:
        """Counts an operation; raises if it is to fail, returns 0 if it is to be cut short."""
        self.watch()
        self.operations += 1
        failure = self.failures.get(self.operations)
        if failure:
            raise OSError(failure, os.strerror(failure))
        return failure


class FakeFile:
    """One file open on a `FakeDisk`."""

    def __init__(self, disk: FakeDisk, node: Node) -> None:
        self._disk = disk
        self._node = node
        self._holds = False
        self._closed = False

    def append(self, data: bytes) -> int:
        short = self._operation() == 0
        room = len(data) if self._disk.limit is None else self._disk.limit - self._disk.used()
        taken = data[: min(len(data) // 2 if short else len(data), max(room, 0))]
        if not taken:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        self._node.pending.append((len(self._node.now), taken))
        self._node.now += taken
        self._disk.watch()
        return len(taken)

    def sync(self) -> None:
        self._operation()
        if not self._disk.ignore_sync:
            self._node.lasting = bytes(self._node.now)
            self._node.pending.clear()
        self._disk.watch()

    def truncate(self, size: int) -> None:
        self._operation()
        del self._node.now[size:]
        self._node.pending.append((size, None))
        self._disk.watch()

    def read(self, limit: int) -> bytes:
        self._operation()
        return bytes(self._node.now)

    def lock(self) -> None:
        self._operation()
        if self._node.locked:
            raise BlockingIOError(errno.EAGAIN, "Resource temporarily unavailable")
        self._node.locked = self._holds = True

    def close(self) -> None:
        if self._holds:
            self._node.locked = False
        self._closed = True

    def _operation(self) -> int | None:
        assert not self._closed, "a closed file was used"
        return self._disk._operation()
