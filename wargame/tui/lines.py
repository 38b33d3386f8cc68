"""A line of text whose parts say in what tone they are meant; the words are complete without any colour."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from textwrap import wrap

from attrs import frozen
from rich.cells import cell_len, set_cell_size

from wargame.text import clean_text

GOOD, WARN, BAD = "good", "warn", "bad"
HEAD, STRONG, QUIET, ACCENT = "head", "strong", "quiet", "accent"

_TABLE = re.compile(r"(?=.{0,20}? {2,}\S)\S.{0,18}? {2,}(?=\S)")
_PIECES = re.compile(r"\s+|\S+")


@frozen
class Line:
    """One line to show; `spans` are its parts as (text, tone), the tone empty where there is none."""

    spans: tuple[tuple[str, str], ...]

    @property
    def text(self) -> str:
        """The words alone."""
        return "".join(text for text, _ in self.spans)

    def toned(self, tone: str) -> Line:
        """The same words, all in one tone."""
        return Line(tuple((text, tone) for text, _ in self.spans))


def line(*parts: str | tuple[str, str]) -> Line:
    """A line of plain parts and of (text, tone) parts."""
    return Line(tuple((part, "") if isinstance(part, str) else part for part in parts))


def as_line(each: Line | str) -> Line:
    """A bare text as a line."""
    return line(each) if isinstance(each, str) else each


def head(text: str) -> Line:
    """A heading."""
    return line((text, HEAD))


def quiet(text: str) -> Line:
    """What may be passed over."""
    return line((text, QUIET))


def words(lines: Iterable[Line | str]) -> list[str]:
    """The texts of *lines*, for where there are no tones."""
    return [each if isinstance(each, str) else each.text for each in lines]


def cut(text: str, width: int) -> str:
    """*text* without what is hidden in at most *width* cells; an ellipsis where something is missing."""
    shown = clean_text(text)  # What a screen would leave out is not measured.
    return shown if cell_len(shown) <= width else set_cell_size(shown, max(width - 1, 0)).rstrip() + "…"


def fill(text: str, width: int) -> str:
    """*text* cut or filled to exactly *width* cells."""
    short = cut(text, width)
    return short + " " * max(width - cell_len(short), 0)


def short_head(title: str, width: int) -> str:
    """
    *title* in at most *width* cells: its first words, or else an abbreviation with a full stop.

    >>> short_head("Possible crowd", 9), short_head("Violence", 6), short_head("Control", 6)
    ('Possible', 'Viol.', 'Contr.')
    """
    if cell_len(title) <= width:
        return cut(title, width)
    first, _, others = title.partition(" ")
    if cell_len(first) <= width:
        more = [word for word in others.split() if cell_len(f"{first} {word}") <= width and len(word) > 3]
        return cut(f"{first} {more[0]}" if more and others.startswith(more[0]) else first, width)
    return cut(set_cell_size(clean_text(first), max(width - 1, 1)).rstrip("aeiou ") + ".", width)


def fitted(lines: Iterable[Line], width: int, rows: int, more: str) -> list[Line]:
    """*lines* wrapped to *width* cells and cut to *rows*, ending in *more* where something is left out."""
    room = max(width, 16)
    rows_of = [
        line((part, each.spans[0][1] if each.spans else ""))
        for each in lines
        for part in wrap(each.text, room) or [""]
    ]
    if len(rows_of) <= rows:
        return rows_of
    last = rows_of[rows - 1]
    text = last.text
    while " " in text and cell_len(text) > room - cell_len(more) - 2:
        text = text.rpartition(" ")[0]
    short = text.rstrip(" ,.;:") + "… "
    return [*rows_of[: rows - 1], line((short, last.spans[0][1]), (more, QUIET))]


def hung(each: Line, width: int) -> list[Line]:
    """
    An indented, listed or tabled line in rows of *width* cells, those below the first further in.

    In a table such as `Seed     all dice follow from it` they stand below the second column.
    """
    table = _TABLE.match(each.text)
    fits = cell_len(each.text) <= width or width < 40
    if fits or not (table or each.text.startswith((" ", "- "))) or "\n" in each.text:
        return [each]
    indent = " " * (cell_len(table[0]) if table else len(each.text) - len(each.text.lstrip()) + 2)
    rows: list[list[tuple[str, str]]] = [[]]
    room = width
    for gap, word in _words_of(each):
        size = sum(cell_len(text) for text, _ in word)
        if size + cell_len(gap) > room and rows[-1]:
            rows.append([(indent, "")])
            room, gap = width - len(indent), ""
        rows[-1] += [(gap, word[0][1]), *word] if gap else word
        room -= size + cell_len(gap)
    return [Line(tuple(row)) for row in rows]


def _words_of(each: Line) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """The words of a line with the space before each; a word may have parts of several tones."""
    gap, word = "", list[tuple[str, str]]()
    for text, tone in each.spans:
        for piece in _PIECES.findall(text):
            if not piece.isspace():
                word.append((piece, tone))
                continue
            if word:
                yield gap, word
                gap, word = "", []
            gap += piece
    if word:
        yield gap, word


def unwrapped(text: str) -> str:
    """*text* with its lines joined to paragraphs, as an author's editor broke them for no reader."""
    paragraphs = (" ".join(part.split()) for part in text.replace("\r\n", "\n").split("\n\n"))
    return "\n\n".join(part for part in paragraphs if part)


def prose(text: str) -> list[Line]:
    """Markdown as far as briefings use it: headings, bullets and paragraphs; emphasis loses its stars."""
    lines: list[Line] = []
    for block in text.replace("\r\n", "\n").split("\n\n"):
        rows = [row.strip() for row in block.split("\n") if row.strip()]
        if not rows:
            continue
        if lines:
            lines.append(line(""))
        lines += _block(rows)
    return lines


def _block(rows: list[str]) -> list[Line]:
    lines: list[Line] = []
    running: list[str] = []
    for row in [*rows, ""]:
        if (row.startswith(("#", "- ", "* ")) or not row) and running:
            lines.append(line(" ".join(running)))
            running = []
        if row.startswith("#"):
            lines.append(head(_bare(row.lstrip("# "))))
        elif row:
            bullet = "- " if row.startswith(("- ", "* ")) else ""
            running.append(bullet + _bare(row.removeprefix("- ").removeprefix("* ")))
    return lines


def _bare(text: str) -> str:
    return text.replace("**", "").replace("`", "")
