"""
One line of a journal: a JSON value with its number, the hash of the line before, and its own.

    {"n":3,"prev":"<hash of line 2>","kind":"draft","data":{...},"hash":"<sha256 of all before this key>"}

The hash is over the bytes as they stand, so that no two spellings of one value can pass for each other.
"""

from __future__ import annotations

import json
import re
from hashlib import sha256
from typing import Any

from attrs import frozen

__all__ = ["FIRST", "HEADER_LIMIT", "RECORD_LIMIT", "Record", "encode", "read_line"]

RECORD_LIMIT = 64 * 1024
"""The most bytes of a line, its end included."""

HEADER_LIMIT = 4 * 2**20
"""The same for line 0, which holds the scenario's own text."""

FIRST = "0" * 64
"""What stands for the hash of the line before the first."""

_TAIL = len(',"hash":""}') + 64
_HEAD = re.compile(rb'\{"n":(0|[1-9][0-9]{0,8}),"prev":"([0-9a-f]{64})","kind":"([a-z_]{1,20})","data":')


@frozen(eq=False)
class Record:
    """A line that was found whole."""

    number: int
    kind: str
    hash: str
    line: bytes
    """The bytes, without the end of the line."""

    data_at: int
    """Where in the line the data begins."""

    def data(self) -> Any:
        """What the line says; ValueError if that is no JSON, which only a forged line can be."""
        try:
            return json.loads(self.line[self.data_at : -_TAIL], parse_constant=_no_constant)
        except RecursionError:
            raise ValueError("nested too deeply") from None


def encode(number: int, previous: str, kind: str, data: Any) -> Record:
    """The line for *data*. ValueError if it would be longer than a line may be."""
    text = json.dumps(data, ensure_ascii=True, separators=(",", ":"), allow_nan=False)
    head = f'{{"n":{number},"prev":"{previous}","kind":"{kind}","data":'
    body = f"{head}{text}".encode("ascii")
    digest = sha256(body).hexdigest()
    line = body + f',"hash":"{digest}"}}'.encode("ascii")
    if len(line) >= limit_of(number):
        raise ValueError(f"entry {number} would have {len(line):,} bytes; {limit_of(number):,} is the limit")
    return Record(number, kind, digest, line, len(head))


def read_line(line: bytes, number: int, previous: str) -> Record | str:
    """The record on *line*, or what is wrong with it, in words."""
    if len(line) >= limit_of(number):
        return f"longer than {limit_of(number) // 1024} kB"
    head = _HEAD.match(line)
    if head is None:
        return "not a line of a saved game"
    body, tail = line[:-_TAIL], line[-_TAIL:]
    digest = sha256(body).hexdigest()
    if tail != f',"hash":"{digest}"}}'.encode("ascii"):
        return "its content is not what was written"
    if int(head[1]) != number:
        return f"it is numbered {int(head[1])}"
    if head[2].decode("ascii") != previous:
        return "it does not follow from the line before"
    return Record(number, head[3].decode("ascii"), digest, line, head.end())


def limit_of(number: int) -> int:
    """The most bytes of line *number*."""
    return HEADER_LIMIT if number == 0 else RECORD_LIMIT


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is no number")
