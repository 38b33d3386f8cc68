"""Asking the model from the debrief: other orders, a branch that can be played, a decision found again."""

from __future__ import annotations

from pathlib import Path

import pytest
from rich.cells import cell_len
from textual.pilot import Pilot

from tests.tui.test_debrief_screen import folders, press, record, run, save, settle, shown
from tests.tui.waiting import until
from wargame.debrief.find import tried
from wargame.debrief.onward import onward
from wargame.debrief.prepared import ask
from wargame.debrief.record import Record
from wargame.debrief.whatif import Change, compare
from wargame.session.replay import verify
from wargame.session.session import Session
from wargame.tui.debrief import asking
from wargame.tui.debrief.answers import asking_lines
from wargame.tui.debrief.keys import ASKING
from wargame.tui.debrief.screen import DebriefScreen
from wargame.tui.debrief.written import written_lines
from wargame.tui.keymap import with_keys
from wargame.tui.lines import words
from wargame.tui.screens.pick import Pick
from wargame.tui.screens.play import PlayScreen

__all__ = ["folders", "record", "save"]

GAMES = 6


@pytest.fixture(autouse=True)
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("MANY", "FEW", "PREPARED"):
        monkeypatch.setattr(asking, name, GAMES)


async def done(screen: DebriefScreen, pilot: Pilot[None]) -> None:
    """Until the games are played and told."""
    await until(pilot, lambda: bool(screen._results) and screen._working is None)
    await settle(pilot)


def test_other_orders_are_played_on_and_become_a_game(record: Record, save: Path) -> None:
    before = save.read_bytes()

    async def script(screen: DebriefScreen, pilot: Pilot[None]) -> None:
        await press(pilot, "9", "s")
        assert "First play on with other orders" in "".join(
            each.message for each in screen.app._notifications
        )
        await press(pilot, "o", *["down"] * 5, "enter", "down", "enter")
        assert "Orders chosen: " in shown(screen.app.screen)  # type: ignore[arg-type]
        await press(pilot, "end", "enter", "home", "down", "enter", "enter", "enter")
        await press(pilot, "home", "enter")
        await done(screen, pilot)
        text = shown(screen)
        assert "Other orders: turn 6, President Tokayev" in text and f"{GAMES} games played on" in text
        assert "within noise" in text or "*" in text
        assert "it ends with" in text and "┃" in text
        await press(pilot, "s")
        await settle(pilot)
        await press(pilot, "down", "enter")
        await until(
            pilot, lambda: isinstance(screen.app.screen, PlayScreen) and screen.app.focused is not None
        )

    run(DebriefScreen(record, save, chair="tokayev", turn=6, games=3), script)
    assert save.read_bytes() == before
    (made,) = [path for path in save.parent.glob("*.jsonl") if path != save]
    assert verify(made).kind == "clean"
    with Session.open(made, read_only=True) as session:
        assert session.turn == 7 and session.seats["tokayev"] == "person"


def test_a_question_the_scenario_brings_is_asked(record: Record, save: Path) -> None:
    async def script(screen: DebriefScreen, pilot: Pilot[None]) -> None:
        await press(pilot, "9", "p", "down", "enter")
        await done(screen, pilot)
        text = shown(screen)
        assert "What if Moscow had refused to come" in text and "The Kremlin: " in text

    run(DebriefScreen(record, save, games=3), script)


def test_a_decision_is_found_again_and_what_was_done_is_hidden(
    record: Record, save: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asking, "puzzles", lambda record, points: (find_puzzle(),))

    async def script(screen: DebriefScreen, pilot: Pilot[None]) -> None:
        # Whoever asks before luck is reckoned need not look at it: the question opens by itself.
        await press(pilot, "9", "f")
        await until(pilot, lambda: isinstance(screen.app.screen, Pick))
        await press(pilot, "enter")
        asked = shown(screen.app.screen)  # type: ignore[arg-type]
        assert "Orders chosen: 0, of 4" in asked and "Bring loyal units" not in asked
        await press(pilot, "enter")
        await done(screen, pilot)
        text = shown(screen)
        assert "Found by yourself: turn 6, President Tokayev" in text
        assert "What was done ('Bring loyal units" in text and "What its doctrine does there" in text

    run(DebriefScreen(record, save, games=3), script)


def find_puzzle() -> object:
    from wargame.debrief.find import Puzzle

    return Puzzle(6, "tokayev", "The call")


@pytest.mark.parametrize("width", [60, 80, 120])
def test_answers_fit(record: Record, width: int) -> None:
    play = onward(record, GAMES)
    kernel = record.kernel
    history = kernel.scenario.history
    assert history is not None
    results = [
        compare(record, Change(6, "tokayev", ()), play=play),
        tried(record, 6, "tokayev", (), play=play),
        *ask(kernel, history.what_ifs[:2], GAMES),
    ]
    keys = [with_keys(each, {}) for each in ASKING]
    rows = words(asking_lines(record, results, ("Playing on", 3, 2_000), keys, width))

    assert max(map(cell_len, rows)) <= width
    text = "\n".join(rows)
    assert text.index("What if Moscow") < text.index("Found by yourself") < text.index("Other orders: turn 6")


def test_markdown_is_told_in_lines() -> None:
    page = [
        "# A \\*title\\*",
        "",
        "Words that are **strong** and `code` and go on for a while behind the end.",
        "- an item",
        "  - *inner*",
        "| a | b |",
        "| --- | ---: |",
        "| one \\| two | 3 |",
        "",
    ]
    rows = words(written_lines(page, 30))

    assert rows[0] == "── A *title*" and max(map(cell_len, rows)) <= 30
    text = "\n".join(rows)
    assert "strong" in text and "**" not in text and "one | two" in text and "---" not in text
    assert "  - inner" in rows
