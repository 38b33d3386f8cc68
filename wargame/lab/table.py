"""A tidy table: named columns with their units, rows of whole numbers and words."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal

from attrs import field, frozen

__all__ = ["Cell", "Column", "Row", "Table", "as_csv"]

Cell = int | str
Row = Sequence[Cell]


@frozen
class Column:
    """One column: what its cells are."""

    name: str
    kind: Literal["number", "words"]
    about: str
    """What a cell says, as a phrase."""

    unit: str = ""
    """Empty for words."""


@frozen
class Table:
    """Rows under columns; `as_columns` is what pandas, polars and pyarrow take."""

    name: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...] = field(repr=False)

    def __len__(self) -> int:
        return len(self.rows)

    def as_columns(self) -> dict[str, list[Cell]]:
        """The cells by name of their column."""
        return {column.name: [row[at] for row in self.rows] for at, column in enumerate(self.columns)}

    def as_dicts(self) -> Iterator[dict[str, Cell]]:
        """Every row as a mapping by column."""
        names = [column.name for column in self.columns]
        return (dict(zip(names, row, strict=True)) for row in self.rows)


def as_csv(rows: Iterable[Row]) -> str:
    """*rows* as CSV lines (RFC 4180, but with a bare line feed at the end of each)."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue()
