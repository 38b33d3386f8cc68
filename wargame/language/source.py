"""Where things stand in a rule text, as its author sees it."""

from __future__ import annotations

import ast
from bisect import bisect_right

from attrs import define, field

from wargame.language.tree import Spot


@define(eq=False)
class Source:
    """A text and what was put around it before Python's parser read it."""

    text: str
    line_shift: int
    """Lines put before the text."""

    column_shift: int
    """Characters put before every line of a block, or before the first line of an expression."""

    lines: list[str] = field(init=False)
    _starts: list[int] = field(init=False)
    _plain: bool = field(init=False)

    def __attrs_post_init__(self) -> None:
        self.lines = self.text.split("\n")
        self._plain = self.text.isascii()
        self._starts = []
        offset = 0
        for line in self.lines:
            self._starts.append(offset)
            offset += len(line) + 1

    def spot(self, node: ast.expr | ast.stmt) -> Spot:
        """Where *node* stands."""
        plain = self._plain_spot(node) if self._plain else None
        if plain is not None:
            return plain
        start = self._offset(node.lineno, node.col_offset)
        end = self._offset(node.end_lineno or node.lineno, node.end_col_offset or node.col_offset)
        line = bisect_right(self._starts, start)
        return Spot(line, start - self._starts[line - 1] + 1, start, end)

    def spot_of(self, error: SyntaxError) -> Spot:
        """Where Python's parser gave up."""
        line = min(max(1, (error.lineno or 1) - self.line_shift), len(self.lines))
        column = min(max(1, (error.offset or 1) - self._shift(line)), len(self.lines[line - 1]) + 1)
        start = self._starts[line - 1] + column - 1
        return Spot(line, column, start, start + 1)

    def _shift(self, line: int) -> int:
        return self.column_shift if self.line_shift or line == 1 else 0

    def _plain_spot(self, node: ast.expr | ast.stmt) -> Spot | None:
        """As `spot`, where every character is a byte; None for the brackets put around the text."""
        line, last = node.lineno - self.line_shift, (node.end_lineno or 0) - self.line_shift
        column = node.col_offset - self._shift(line)
        if column < 0 or line < 1 or last > len(self._starts):
            return None
        end = (node.end_col_offset or 0) - self._shift(last)
        return Spot(line, column + 1, self._starts[line - 1] + column, self._starts[last - 1] + end)

    def _offset(self, lineno: int, bytes_in: int) -> int:
        line = min(max(1, lineno - self.line_shift), len(self.lines))
        words = self.lines[line - 1]
        column = max(0, bytes_in - self._shift(line))
        if not words.isascii():
            column = len(words.encode("utf-8", "replace")[:column].decode("utf-8", "ignore"))
        return self._starts[line - 1] + min(column, len(words))
