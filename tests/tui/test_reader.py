"""Reading in the game by keys: asserted on what stands on the screen, and on the seat and its journal."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, OptionList

from wargame.agents.driver import Table
from wargame.session.replay import verify
from wargame.tui.app import WargameApp
from wargame.tui.screens.end import EndScreen
from wargame.tui.screens.pick import Page, Pick
from wargame.tui.screens.play import PlayScreen
from wargame.tui.screens.rules import RulesScreen
from wargame.tui.screens.start import StartScreen
from wargame.tui.screens.telling import Story, TellingScreen, Told
from wargame.tui.screens.why import WhyScreen
from wargame.tui.widgets.text import Lines

from .games import ROLE, new_table
from .test_screens import press, run, saves, settled

assert saves  # the fixture that keeps saves and settings of the machine out of the tests

HOSTILE = "[bold]x[/] \x1b]0;PWNED\x07 \u202e evil [@click=app.quit]y"


def played(path: Path, turns: int = 2, role: str = ROLE, **options: object) -> Table:
    table = new_table(path, role=role, **options)  # type: ignore[arg-type]
    for _ in range(turns):
        if table.session.is_over:
            break
        table.talk()
        table.session.seat(role).submit([])
        table.play_agents()
        table.advance()
    return table


def shown(app: WargameApp, id: str) -> str:
    return str(app.screen.query_one(id, Lines).render())


@pytest.fixture(autouse=True)
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WARGAME_CONFIG", str(tmp_path / "config"))


def test_w_tells_why_and_slash_finds_a_place(tmp_path: Path) -> None:
    async def script(app: WargameApp, pilot: Pilot[None]) -> None:
        await press(app, pilot, "f3", "f3")
        assert isinstance(app.screen, WhyScreen)
        await press(app, pilot, "escape", "w")
        assert isinstance(app.screen, WhyScreen)
        assert "As the game began: 60." in shown(app, "#browse-text")
        await press(app, pilot, "slash", *"unrest almaty", "enter")
        assert app.screen.query_one(OptionList).option_count == 1
        assert shown(app, "#browse-text").startswith("Unrest, Almaty")
        await press(app, pilot, "slash", *"zzz")
        assert "Nothing" in shown(app, "#browse-text")
        await press(app, pilot, "escape", "escape")
        assert isinstance(app.screen, PlayScreen)

    run(WargameApp(played(tmp_path / "g.jsonl"), ROLE), script)


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
def test_r_opens_the_rules_at_the_section_of_the_pane(tmp_path: Path, size: tuple[int, int]) -> None:
    async def script(app: WargameApp, pilot: Pilot[None]) -> None:
        await press(app, pilot, "f6", "r")
        assert isinstance(app.screen, RulesScreen)
        assert "8. Agreements and promises" in shown(app, "#browse-text")
        await press(app, pilot, "slash", *"red line", "enter", "enter")
        assert app.screen.query_one("#browse-right").has_focus
        await press(app, pilot, "enter")
        assert app.screen.query_one(OptionList).has_focus
        await press(app, pilot, "f1", "escape", "escape")
        assert isinstance(app.screen, PlayScreen)

    run(WargameApp(played(tmp_path / "g.jsonl", 0), ROLE), script, size)


def test_a_note_is_written_changed_and_struck_out_in_the_journal(tmp_path: Path) -> None:
    table = played(tmp_path / "g.jsonl", 0)

    async def script(app: WargameApp, pilot: Pilot[None]) -> None:
        await press(app, pilot, "n", *"Watch", "enter")
        assert [note.text for note in table.session.seat(ROLE).notes] == ["Watch"]
        assert "Watch" in shown(app, "#pane-text")
        await press(app, pilot, "n", "down", "enter")
        app.screen.query_one(Input).value = ""
        await press(app, pilot, "enter")
        assert [note.text for note in table.session.seat(ROLE).notes] == [""]
        await press(app, pilot, "n", "escape")
        assert len(table.session.seat(ROLE).notes) == 1

    run(WargameApp(table, ROLE), script)
    assert verify(tmp_path / "g.jsonl").kind == "clean"


def test_a_hostile_note_is_shown_as_it_stands(tmp_path: Path) -> None:
    table = played(tmp_path / "g.jsonl", 0)
    table.session.seat(ROLE).note(HOSTILE)

    async def script(app: WargameApp, pilot: Pilot[None]) -> None:
        await press(app, pilot, "f9")
        text = shown(app, "#pane-text")
        assert "[bold]x[/]" in text
        assert "[@click=app.quit]y" in text
        assert not {"\x1b", "\x07", "\u202e"} & set(text)
        await press(app, pilot, "n", "escape")

    run(WargameApp(table, ROLE), script)


@pytest.mark.parametrize(("role", "offered"), [("kremlin", True), (ROLE, False)])
def test_the_framework_is_offered_where_it_is_seen(tmp_path: Path, role: str, offered: bool) -> None:
    async def script(app: WargameApp, pilot: Pilot[None]) -> None:
        assert app.screen.query_one("#name-five").display == offered
        await press(app, pilot, "0")
        assert ("The rule says" in shown(app, "#pane-text")) == offered
        await press(app, pilot, "f8")
        assert "Turn by turn" in shown(app, "#pane-text")

    run(WargameApp(played(tmp_path / "g.jsonl", 1, role), role), script)


def told(app: WargameApp) -> str:
    return "\n".join(str(each.render()) for each in app.screen.query_one(Story).query(Told))


def test_one_place_is_told_alone_and_nothing_is_lost(tmp_path: Path) -> None:
    async def script(app: WargameApp, pilot: Pilot[None]) -> None:
        await press(app, pilot, "l", "enter")
        assert isinstance(app.screen, TellingScreen)
        await press(app, pilot, "s")
        whole = told(app)
        await press(app, pilot, "p", "down", "enter")
        await settled(app, pilot)
        part = told(app)
        assert 0 < len(part) < len(whole)
        assert "Only " in shown(app, "#progress")
        await press(app, pilot, "p", "enter")
        await settled(app, pilot)
        assert told(app).split() == whole.split()
        await press(app, pilot, "w")
        assert isinstance(app.screen, WhyScreen)
        await press(app, pilot, "escape", "r")
        assert isinstance(app.screen, RulesScreen)
        await press(app, pilot, "escape", "v", "escape", "escape")
        assert isinstance(app.screen, PlayScreen)

    run(WargameApp(played(tmp_path / "g.jsonl", 2), ROLE), script)


def test_the_telling_goes_on_by_itself_at_a_pace_and_stops_at_its_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("wargame.tui.telling.Pace.time_for", lambda self, words: 0.001)

    async def script(app: WargameApp, pilot: Pilot[None]) -> None:
        await press(app, pilot, "l", "enter", "a")
        for _ in range(200):
            await pilot.pause(0.01)
            if "Where it stands" in told(app):
                break
        assert "Where it stands" in told(app)
        assert "That is all" in shown(app, "#progress")
        assert isinstance(app.screen, TellingScreen)

    run(WargameApp(played(tmp_path / "g.jsonl", 1), ROLE), script)


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
def test_the_end_has_charts_history_and_why(tmp_path: Path, size: tuple[int, int]) -> None:
    async def script(app: WargameApp, pilot: Pilot[None]) -> None:
        assert isinstance(app.screen, EndScreen)
        text = shown(app, "#ending")
        assert "┤" in text
        assert "── Scorecards" in text
        await press(app, pilot, "h")
        assert isinstance(app.screen, Page)
        await press(app, pilot, "escape", "w")
        assert isinstance(app.screen, WhyScreen)
        await press(app, pilot, "escape")
        assert isinstance(app.screen, EndScreen)
        await press(app, pilot, "escape")
        assert isinstance(app.screen, Pick)  # One Escape too many does not cost the scores.
        await press(app, pilot, "escape")
        assert isinstance(app.screen, EndScreen)
        await press(app, pilot, "escape", "down", "enter")
        assert isinstance(app.screen, StartScreen)

    run(WargameApp(played(tmp_path / "g.jsonl", 99, length="lesson"), ROLE), script, size)
