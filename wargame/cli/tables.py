"""Plain-text tables and JSON, as every command prints them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

import click


def table(
    headings: Sequence[str], rows: Iterable[Sequence[object]], *, right: frozenset[int] = frozenset()
) -> str:
    """*rows* under *headings*, columns as wide as their widest cell; the columns in *right* align right."""
    cells = [list(headings), *([str(cell) for cell in row] for row in rows)]
    widths = [max(len(row[column]) for row in cells) for column in range(len(headings))]
    lines = [
        "  ".join(
            cell.rjust(width) if column in right else cell.ljust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in cells
    ]
    lines.insert(1, "  ".join("-" * width for width in widths))
    return "\n".join(lines)


def show_json(value: object) -> None:
    """Prints *value* as one JSON document, keys in the order given."""
    click.echo(json.dumps(value, indent=2, ensure_ascii=True))
