"""A page of Markdown, as the debrief writes it, in lines of text cells."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from wargame.tui.debrief.tables import Cell, table, wrapped
from wargame.tui.lines import Line, head, line

__all__ = ["written_lines"]

_CODE = re.compile(r"(?<!\\)`([^`]*)`")
_STRONG = re.compile(r"(?<![\\*])(\*{1,2})(?=[^\s*])(.+?)(?<=[^\s\\*])\1(?!\*)")
"""Between two marks alike; a star that stands alone is one that is meant."""

_ESCAPED = re.compile(r"\\([^\w\s])")
_CELLS = re.compile(r"(?<!\\)\|")


def written_lines(page: Iterable[str], width: int) -> list[Line]:
    """Headings, paragraphs, lists and tables of *page* in *width* cells."""
    rows: list[Line] = []
    cells: list[list[str]] = []
    for text in (row for each in page for row in (each.split("\n") if each else [each])):
        if text.startswith("|"):
            cells.append([plain(cell.strip()) for cell in _CELLS.split(text.strip())[1:-1]])
            continue
        rows += _table(cells, width)
        cells = []
        rows += _text(text, width)
    return [*rows, *_table(cells, width)]


def plain(text: str) -> str:
    """*text* without marks, and what was escaped as it is meant."""
    code = _CODE.split(text)
    code[::2] = [_ESCAPED.sub(r"\1", _STRONG.sub(r"\2", _STRONG.sub(r"\2", part))) for part in code[::2]]
    return "".join(code)


def _text(text: str, width: int) -> list[Line]:
    indent = len(text) - len(text.lstrip())
    body = text.strip()
    if not body:
        return [line("")]
    if body.startswith("#"):
        return [
            head(f"── {part}" if not at else f"   {part}")
            for at, part in _parts(body.lstrip("# "), width - 3)
        ]
    sign = "- " if body.startswith("- ") else ""
    hang = " " * (indent + len(sign))
    first = " " * indent + sign
    parts = _parts(body.removeprefix(sign), width - len(hang))
    return [line((first if not at else hang) + part) for at, part in parts]


def _parts(text: str, width: int) -> list[tuple[int, str]]:
    return list(enumerate(wrapped(plain(text), max(width, 10))))


def _table(cells: Sequence[Sequence[str]], width: int) -> list[Line]:
    if len(cells) < 2:
        return []
    heads, aligned, *rows = cells
    wide = len(heads)
    right = [at for at, each in enumerate(aligned) if each.endswith(":")]
    longest = [max(len(row[at]) for row in [heads, *rows] if at < len(row)) for at in range(wide)]
    filled: list[list[Cell | str]] = []
    for row in rows:
        filled.append([*row[:wide], *[""] * (wide - len(row))])
    gap = 1 if sum(longest) + 2 * wide > width else 2
    return table(list(heads), filled, width, wrap=longest.index(max(longest)), right=right, gap=gap)
