"""The tables of a run as files: CSV always, Parquet where pyarrow is installed."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from contextlib import ExitStack, suppress
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any, TextIO

from attrs import define, field

from wargame.lab.shards import write_whole
from wargame.lab.table import Column, Row, as_csv

__all__ = ["NO_PARQUET", "arrow", "columns_as_data", "export"]

NO_PARQUET = "CSV only: Parquet needs the extra 'lab' (pip install 'wargame[lab]')"

GROUP = 50_000
"""Rows of a row group of a Parquet file, at least, but for the last."""

Columns = Mapping[str, Sequence[Column]]


def arrow() -> ModuleType | None:
    """The library that writes Parquet; None if the extra `lab` is not installed."""
    try:
        return import_module("pyarrow.parquet")
    except ImportError:
        return None


def export(folder: Path, columns: Columns, parts: Iterable[Mapping[str, Sequence[Row]]]) -> list[Path]:
    """
    Writes every table of *columns* into *folder*, its rows part by part, and `columns.json`.

    The rows are never all in memory. Each file is there whole or as it was before. Gives the files written.

    Raises:
        OSError: If the disk does not take them.
    """
    library = arrow()
    with ExitStack() as stack:
        files: dict[str, list[_File]] = {}
        for name, about in columns.items():
            csv_file = stack.enter_context(_Csv(folder / f"{name}.csv", about))
            files[name] = [csv_file]
            if library is not None:
                files[name].append(stack.enter_context(_Parquet(folder / f"{name}.parquet", about)))
        for part in parts:
            for name, rows in part.items():
                for file in files[name]:
                    file.add(rows)
        every = [file for each in files.values() for file in each]
        for file in every:
            file.close()
    described = folder / "columns.json"
    text = json.dumps(columns_as_data(columns), indent=2, ensure_ascii=True) + "\n"
    write_whole(described, text.encode("ascii"))
    return [*(file.path for file in every), described]


def columns_as_data(columns: Columns) -> dict[str, list[dict[str, str]]]:
    """The columns for tools: name, kind, unit and meaning, by table."""
    return {
        name: [
            {"name": each.name, "kind": each.kind, "unit": each.unit, "about": each.about} for each in about
        ]
        for name, about in columns.items()
    }


@define(eq=False)
class _File:
    """A file that grows beside its place and is put there when it is closed."""

    path: Path
    columns: Sequence[Column]
    _new: Path = field(init=False)
    _is_done: bool = field(default=False, init=False)

    def __enter__(self) -> _File:
        handle, name = tempfile.mkstemp(dir=self.path.parent, prefix=".", suffix=".new")
        os.close(handle)
        self._new = Path(name)
        self.open()
        return self

    def __exit__(self, *problem: object) -> None:
        if not self._is_done:
            with suppress(Exception):
                self.finish()
            self._new.unlink(missing_ok=True)

    def close(self) -> None:
        """Ends the file and puts it in its place."""
        self.finish()
        with self._new.open("rb+") as file:
            os.fsync(file.fileno())
        self._new.chmod(0o644)
        self._new.replace(self.path)
        self._is_done = True

    def open(self) -> None:
        raise NotImplementedError

    def add(self, rows: Sequence[Row]) -> None:
        """Writes *rows* behind the others."""
        raise NotImplementedError

    def finish(self) -> None:
        raise NotImplementedError


@define(eq=False)
class _Csv(_File):
    _file: TextIO = field(init=False)

    def open(self) -> None:
        self._file = self._new.open("w", encoding="utf-8", newline="")
        self._file.write(as_csv([[column.name for column in self.columns]]))

    def add(self, rows: Sequence[Row]) -> None:
        self._file.write(as_csv(rows))

    def finish(self) -> None:
        self._file.close()


@define(eq=False)
class _Parquet(_File):
    _writer: Any = field(init=False)
    _rows: list[Row] = field(factory=list, init=False)
    _schema: Any = field(init=False)

    def open(self) -> None:
        import pyarrow
        import pyarrow.parquet

        self._schema = pyarrow.schema(
            [
                pyarrow.field(
                    each.name,
                    pyarrow.int64() if each.kind == "number" else pyarrow.string(),
                    nullable=False,
                    metadata={"about": each.about, "unit": each.unit},
                )
                for each in self.columns
            ]
        )
        self._writer = pyarrow.parquet.ParquetWriter(self._new, self._schema, compression="zstd")

    def add(self, rows: Sequence[Row]) -> None:
        self._rows += rows
        if len(self._rows) >= GROUP:
            self._flush()

    def _flush(self) -> None:
        import pyarrow

        arrays = [
            pyarrow.array([row[at] for row in self._rows], type=column.type)
            for at, column in enumerate(self._schema)
        ]
        self._writer.write_table(pyarrow.Table.from_arrays(arrays, schema=self._schema))
        self._rows = []

    def finish(self) -> None:
        if self._rows:
            self._flush()
        self._writer.close()
