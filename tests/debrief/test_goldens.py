"""
The debriefs of the shipped sessions, word for word.

If a change is meant: WARGAME_GOLDENS=accept python -m pytest tests/debrief/test_goldens.py
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from wargame.debrief.page import as_markdown
from wargame.debrief.record import open_record
from wargame.debrief.whole import look_back

GOLDENS = Path(__file__).parent / "goldens"
SAVES = sorted((Path(__file__).parents[2] / "saves").glob("recorded-*.jsonl"))
GAMES = 12


@pytest.mark.parametrize("save", SAVES, ids=lambda path: path.stem)
def test_the_debrief_of_a_shipped_session_is_as_it_was(save: Path) -> None:
    page = as_markdown(look_back(open_record(save), GAMES, leans=0))
    golden = GOLDENS / f"{save.stem}.md"
    if os.environ.get("WARGAME_GOLDENS") == "accept":
        golden.parent.mkdir(exist_ok=True)
        golden.write_text(page, encoding="utf-8", newline="\n")
    before = golden.read_text(encoding="utf-8")

    assert page.split("\n") == before.split("\n")
