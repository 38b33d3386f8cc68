"""What the start screen says beside its doors."""

from __future__ import annotations

from pathlib import Path

import pytest
from attrs import evolve
from rich.cells import cell_len

from wargame.session.saves import Saved
from wargame.tui import opening
from wargame.tui.screens.setup import card

SAVE = Saved(
    Path("a.jsonl"), "2026-01-31 10:20", "k", "A crisis", "the_kremlin, west", 3, "clean", "clean: 4 entries"
)


@pytest.mark.parametrize("large", [True, False])
def test_the_name_and_the_crisis_fit_the_column(large: bool) -> None:
    banner = opening.wordmark(large=large)

    assert len({cell_len(each.text) for each in banner[:-1]}) == 1
    assert banner[-1].text.startswith("wargame ")
    assert all(cell_len(each.text) <= 76 for each in [*banner, *opening.crisis(76, large=large)])
    assert len(opening.crisis(76, large=False)) <= 2


def test_the_last_game_is_told_in_two_lines() -> None:
    first, second = opening.last_game(SAVE, 72)

    assert first.text == "Continue: A crisis"
    assert second.text.strip() == "The Kremlin and West, turn 3, begun 2026-01-31 10:20"


def test_the_last_game_keeps_to_its_column_and_tells_a_torn_line() -> None:
    both = opening.last_game(evolve(SAVE, title="x" * 99, verdict="torn"), 76)

    assert [cell_len(each.text) <= 76 for each in both] == [True, True]
    assert "torn" not in opening.last_game(SAVE, 76)[1].text
    assert "its last" in opening.last_game(evolve(SAVE, verdict="torn"), 99)[1].text


def test_the_card_of_a_scenario_tells_its_lengths_and_roles() -> None:
    told = card("tutorial").text

    assert told.startswith(
        "The closed harbour (easy). full 4 turns, about 20 minutes; short 3 turns, about 15 minutes. How a"
    )
    assert "it has faults" in card("no-such-scenario").text
