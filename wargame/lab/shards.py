"""The finished parts of a run on disk: written whole or not at all, read only if whole."""

from __future__ import annotations

import gzip
import json
import os
import tempfile
import zlib
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import Any

__all__ = ["Damaged", "packed", "path_of", "read", "unpacked", "write", "write_whole"]

MARK = 64
"""Characters of the digest a shard begins with."""


class Damaged(Exception):
    """A shard is not what was written, or belongs to another run: its games are played anew."""


def path_of(folder: Path, seeds: range) -> Path:
    """The file of the games with these *seeds*."""
    return folder / "shards" / f"{seeds.start:016d}-{len(seeds):06d}.gz"


def packed(found: Any) -> bytes:
    """*found* (what JSON can hold) as bytes, the same for the same value."""
    text = json.dumps(found, separators=(",", ":"), ensure_ascii=True)
    return gzip.compress(text.encode("ascii"), compresslevel=6, mtime=0)


def unpacked(data: bytes) -> Any:
    """What `packed` packed."""
    return json.loads(gzip.decompress(data))


def write(path: Path, key: str, data: bytes) -> None:
    """
    Writes a shard of the run with the digest *key*, under its own digest.

    Raises:
        OSError: If the disk does not take it; then the shard is not there at all.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, _signed(key, data).encode("ascii") + data)


def read(path: Path, key: str) -> Any:
    """
    What the shard holds.

    Raises:
        Damaged: If it is not whole, or was written by a run with another digest than *key*.
        FileNotFoundError: If there is none.
    """
    try:
        content = path.read_bytes()
        sign, data = content[:MARK], content[MARK:]
        if sign != _signed(key, data).encode("ascii"):
            raise Damaged(str(path))
        return unpacked(data)
    except (ValueError, EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise Damaged(str(path)) from error


def write_whole(path: Path, data: bytes) -> None:
    """Writes *path* so that it is there whole or as it was before, whenever the machine stops."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".new")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except BaseException:
        with suppress(OSError):
            Path(name).unlink()
        raise


def _signed(key: str, data: bytes) -> str:
    return sha256(key.encode("ascii") + b"\n" + data).hexdigest()
