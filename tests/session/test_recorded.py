"""The sessions kept in `saves/` still play as they were recorded."""

from __future__ import annotations

from pathlib import Path

import pytest

from wargame.session.replay import verify

RECORDED = sorted((Path(__file__).parents[2] / "saves").glob("recorded-*.jsonl"))


def test_there_are_two_of_them() -> None:
    assert [path.stem for path in RECORDED] == ["recorded-bargain", "recorded-historical-line"]


@pytest.mark.parametrize("path", RECORDED, ids=lambda path: path.stem)
def test_a_recorded_session_is_clean(path: Path) -> None:
    assert verify(path).kind == "clean"
