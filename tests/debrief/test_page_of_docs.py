"""docs/debrief.md names every option, tab, table and column there is, and its example runs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from wargame.cli.debrief import debrief
from wargame.debrief.markdown import Names
from wargame.debrief.record import open_record
from wargame.debrief.sheets import sheets, side_by_side_sheet
from wargame.debrief.tables import open_tables
from wargame.debrief.whole import look_back
from wargame.lab.headlines import headlines
from wargame.lab.table import Table
from wargame.tui.debrief.pages import TABS

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "debrief.md").read_text(encoding="utf-8")
SAVES = sorted((ROOT / "saves").glob("recorded-*.jsonl"))


def written() -> Iterator[Table]:
    """Every table there is, of one game and of several."""
    yield from sheets(look_back(open_record(SAVES[0]), 2, leans=0), Names())
    yield side_by_side_sheet(open_tables(SAVES), Names())


def test_every_option_and_every_tab_is_on_the_page() -> None:
    options = [each for option in debrief.params for each in (*option.opts, *option.secondary_opts)]
    missing = [each for each in options if each.startswith("--") and each != "--html" and each not in PAGE]
    tabs = [
        title for number, (_, title) in enumerate(TABS, start=1) if f"| {number % 10} | {title} |" not in PAGE
    ]

    assert missing == []
    assert tabs == []


def test_every_column_is_on_the_page_and_no_other() -> None:
    ids = {each.id for each in headlines(open_record(SAVES[0]).kernel)}
    columns = {
        (table.name, column.name)
        for table in written()
        for column in table.columns
        if (table.name, column.name in ids) != ("turns", True)
    }

    assert set(re.findall(r"^\| (\w+) \| `(\w+)` \|", PAGE, re.MULTILINE)) == columns


def test_the_example_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "saves").mkdir()
    (tmp_path / "saves" / SAVES[0].name).write_bytes(SAVES[0].read_bytes())
    monkeypatch.chdir(tmp_path)
    example = re.search(r"```python\n(.*?)```", PAGE, re.DOTALL)
    assert example is not None

    exec(compile(example[1], "docs/debrief.md", "exec"), {})

    assert "What was done" in capsys.readouterr().out
    assert len(open_record(tmp_path / "other.jsonl").turns) == 4


def test_every_file_it_links_to_exists() -> None:
    links = re.findall(r"\]\(([^)#:]+)[^)]*\)", PAGE)

    assert len(links) > 2
    assert [link for link in links if not (ROOT / "docs" / link).exists()] == []
