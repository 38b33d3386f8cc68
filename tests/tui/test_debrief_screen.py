"""The debrief on the screen: open at a turn and a chair, step, change chairs, mark, read the tabs, leave."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import OptionList

from tests.debrief.test_replay import played
from tests.tui.waiting import until
from wargame.agents.driver import Table
from wargame.cli.app import run as cli
from wargame.debrief.notebook import load, notes_path
from wargame.debrief.record import Record, open_record
from wargame.debrief.replay import NotOpen, Replay
from wargame.rules.facts import Change
from wargame.session.session import Session
from wargame.tui import copying
from wargame.tui.app import WargameApp
from wargame.tui.debrief.app import DebriefApp, opened
from wargame.tui.debrief.screen import DebriefScreen
from wargame.tui.debrief.stage import Stage, Values
from wargame.tui.screens.end import EndScreen
from wargame.tui.screens.help import HelpPage
from wargame.tui.screens.rules import RulesScreen
from wargame.tui.screens.saves import SavesScreen
from wargame.tui.screens.why import WhyScreen
from wargame.tui.widgets.map import PlaceMap
from wargame.tui.widgets.strip import Name

RECORDED = Path(__file__).parents[2] / "saves" / "recorded-bargain.jsonl"
Script = Callable[[DebriefScreen, Pilot[None]], Awaitable[None]]


@pytest.fixture(autouse=True)
def folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WARGAME_CONFIG", str(tmp_path / "config"))
    monkeypatch.setenv("WARGAME_SAVES", str(tmp_path / "saves"))
    monkeypatch.setenv("TEXTUAL_ANIMATIONS", "none")


@pytest.fixture(scope="module")
def record() -> Record:
    return open_record(RECORDED)


@pytest.fixture
def save(tmp_path: Path) -> Path:
    return Path(shutil.copy(RECORDED, tmp_path / "game.jsonl"))


def run(screen: DebriefScreen, script: Script, size: tuple[int, int] = (80, 24)) -> None:
    async def play() -> None:
        app = DebriefApp(screen)
        async with app.run_test(size=size) as pilot:
            await settle(pilot)
            await script(screen, pilot)

    asyncio.run(play())


async def settle(pilot: Pilot[None]) -> None:
    for _ in range(3):
        await pilot.pause()


async def press(pilot: Pilot[None], *keys: str) -> None:
    for key in keys:
        await pilot.press(key)
        await settle(pilot)


def shown(screen: DebriefScreen) -> str:
    return copying.text_of(screen)


def test_it_opens_at_a_turn_and_a_chair_and_goes_on_by_fact_phase_and_turn(
    record: Record, save: Path
) -> None:
    async def script(screen: DebriefScreen, pilot: Pilot[None]) -> None:
        text = shown(screen)
        assert "Turn 6 (6 of 12): The call" in text and "Seen by President Tokayev" in text
        assert "Credibility of the guarantor about 39" in text
        assert "'Open doors'" not in text
        await press(pilot, "right", "space")
        assert "Talk: The Western capitals: accepts 'Open doors'" in shown(screen)
        await press(pilot, "left", "left", "left")
        assert "Turn 5 (5 of 12)" in shown(screen)
        await press(pilot, "greater_than_sign", "full_stop", "full_stop")
        assert "Orders given: President Tokayev: 'Announce reforms" in shown(screen)
        await press(pilot, "comma", "less_than_sign")
        assert "Brief, 1 of" in shown(screen)
        await press(pilot, "less_than_sign")
        assert "Turn 5 (5 of 12)" in shown(screen)

    run(DebriefScreen(record, save, chair="tokayev", turn=6), script)


def test_another_chair_keeps_the_place_and_a_second_one_stands_beside(record: Record, save: Path) -> None:
    async def script(screen: DebriefScreen, pilot: Pilot[None]) -> None:
        await press(pilot, "full_stop", "full_stop", "c", "end", "enter")
        assert "Seen by Control: Orders given" in shown(screen)
        assert "The protesters: 'Keep order in your own ranks'" in shown(screen)
        await press(pilot, "x", "enter")
        text = shown(screen)
        assert "The Kremlin\n" in text and "Control\n" in text
        two = screen.query_one("#chair-two")
        assert two.display and "Keep order" not in copying.text_of(two)
        assert [each.display for each in screen.query(Values)] == [False, True, True]
        await press(pilot, "x", "end", "enter")
        assert not two.display

    run(DebriefScreen(record, save, chair="tokayev", turn=6), script)


def test_bookmarks_and_notes_are_kept_beside_the_save_and_lead_back(record: Record, save: Path) -> None:
    before = save.read_bytes()

    async def script(screen: DebriefScreen, pilot: Pilot[None]) -> None:
        await press(pilot, "right", "b", "n", *"why", "enter")
        await screen.workers.wait_for_complete()
        await settle(pilot)
        assert [(mark.turn, mark.stop, mark.text) for mark in load(save).marks] == [(6, 1, ""), (6, 1, "why")]
        await press(pilot, "b", "home", "greater_than_sign", "3")
        await screen.workers.wait_for_complete()
        await settle(pilot)
        assert "Turn 6, President Tokayev: why" in shown(screen) and "bookmark\n" not in shown(screen)
        await press(pilot, "g", "end", "enter")
        assert "Talk, 2 of" in shown(screen) and "Turn 6" in shown(screen)
        await press(pilot, "d", "enter")
        await screen.workers.wait_for_complete()
        assert load(save).marks == ()

    run(DebriefScreen(record, save, chair="tokayev", turn=6), script)
    assert save.read_bytes() == before


def test_damaged_notes_are_named_and_left_alone(record: Record, save: Path) -> None:
    notes_path(save).write_bytes(b"mark = 3")

    async def script(screen: DebriefScreen, pilot: Pilot[None]) -> None:
        await press(pilot, "b", "3")
        await screen.workers.wait_for_complete()
        await settle(pilot)
        assert "game.jsonl.notes.toml cannot be read" in shown(screen)

    run(DebriefScreen(record, save), script)
    assert notes_path(save).read_bytes() == b"mark = 3"


def test_every_tab_opens_by_its_number_and_by_the_mouse(record: Record, save: Path) -> None:
    async def script(screen: DebriefScreen, pilot: Pilot[None]) -> None:
        found = {
            "2": "── The values, as they truly were",
            "4": "The widest gaps",
            "5": "The bargain of the squares",
            "8": "Nobody said how sure",
        }
        for key, words in found.items():
            await press(pilot, key)
            assert words in shown(screen)
        await press(pilot, "6")
        await screen.workers.wait_for_complete()
        await settle(pilot)
        assert "By 3 games played on" in shown(screen)
        await press(pilot, "7")
        assert "What each seat could expect" in shown(screen)
        await pilot.click(next(name for name in screen.query(Name) if name.pane == "deeds"))
        await settle(pilot)
        assert "[5 Deed]" in shown(screen)
        await press(pilot, "1")
        assert screen.query_one(Stage).display

    run(DebriefScreen(record, save, games=3), script)


def test_the_map_and_the_list_of_places_stand_beside_or_instead(record: Record, save: Path) -> None:
    async def narrow(screen: DebriefScreen, pilot: Pilot[None]) -> None:
        drawn, one = screen.query_one(PlaceMap), screen.query_one("#chair-one")
        assert one.display and not drawn.display
        await press(pilot, "m")
        assert drawn.display and not one.display
        before = drawn.shown
        await press(pilot, "v", "right")
        assert drawn.shown != before and "Talk, 2 of" in shown(screen)
        await press(pilot, "m")
        assert "Karaganda" in shown(screen)
        await press(pilot, "m")
        assert one.display and one.query_one("ReadingPane").has_focus

    async def wide(screen: DebriefScreen, pilot: Pilot[None]) -> None:
        assert screen.query_one(PlaceMap).display and screen.query_one("#chair-one").display
        assert screen.query_one("Dials").display

    run(DebriefScreen(record, save, chair="tokayev", turn=6), narrow)
    run(DebriefScreen(record, save, chair="tokayev", turn=6), wide, (120, 40))


def test_why_is_asked_of_the_number_that_just_moved(record: Record, save: Path) -> None:
    replay = Replay(record, "tokayev")
    number = next(
        at for at, stop in enumerate(replay.stops) if stop.turn == 6 and isinstance(stop.fact, Change)
    )

    async def script(screen: DebriefScreen, pilot: Pilot[None]) -> None:
        await press(pilot, *["right"] * (number - replay.at_turn(6)), "w")
        assert isinstance(screen.app.screen, WhyScreen)
        text = copying.text_of(screen.app.screen)
        assert "The president's authority" in text and "── Turn 6" in text and "── Turn 7" not in text
        await press(pilot, "escape", "f1")
        assert isinstance(screen.app.screen, HelpPage)

    run(DebriefScreen(record, save, chair="tokayev", turn=6), script)


def test_escape_stops_the_play_before_it_leaves(record: Record, save: Path) -> None:
    async def script(screen: DebriefScreen, pilot: Pilot[None]) -> None:
        await press(pilot, "a", "end", "enter")
        await until(pilot, lambda: screen._clock is not None and screen.is_current)
        await press(pilot, "escape")
        await until(pilot, lambda: screen._clock is None)
        assert screen.is_current

    run(DebriefScreen(record, save, chair="tokayev", turn=6), script)


def test_control_reads_the_rules_too(record: Record, save: Path) -> None:
    async def script(screen: DebriefScreen, pilot: Pilot[None]) -> None:
        await press(pilot, "r")
        assert isinstance(screen.app.screen, RulesScreen)

    run(DebriefScreen(record, save, chair="control", turn=6), script)


def test_it_plays_by_itself_until_somebody_steps(record: Record, save: Path) -> None:
    async def script(screen: DebriefScreen, pilot: Pilot[None]) -> None:
        await press(pilot, "a", "end", "enter")
        await until(pilot, lambda: screen._clock is not None and screen.is_current)
        screen._tick()
        screen._tick()
        await settle(pilot)
        assert screen._replay.stops[screen._here].phase == "Orders given"
        await press(pilot, "left")
        await until(pilot, lambda: screen._clock is None)

    run(DebriefScreen(record, save, chair="tokayev", turn=6), script)


def test_while_persons_play_one_sees_nothing_but_the_own_chair(tmp_path: Path) -> None:
    record, _ = played(tmp_path / "g.jsonl", 4, 2)
    path = tmp_path / "g.jsonl"

    async def script(screen: DebriefScreen, pilot: Pilot[None]) -> None:
        await press(pilot, "c", "x", "4", "5", "6", "7", "8", "f5")
        assert screen.app.screen is screen and screen.query_one(Stage).display
        assert [name.pane for name in screen.query(Name)] == ["replay", "timeline", "notes"]
        await press(pilot, "2")
        assert "as The dockers' union saw them" in shown(screen) and "mayor why" not in shown(screen)

    run(DebriefScreen(record, path, chair="union"), script)
    for chair, why in ((None, "say which chair"), ("control", "only who leads"), ("king", "no chair 'king'")):
        with pytest.raises(NotOpen, match=why):
            DebriefScreen(record, path, chair=chair)
    assert DebriefScreen(record, path, control=True)._chairs == ("mayor", "union", "control")


def test_what_was_written_to_harm_a_screen_is_shown_as_it_stands(tmp_path: Path) -> None:
    path, harm = tmp_path / "g.jsonl", "[/][@click=app.quit]x[/] [red]"
    with Session.create("tutorial", seed=1, path=path) as session:
        session.seat("mayor").say(harm)
    notes_path(path).write_text(f"[[mark]]\nturn = 1\nstop = 1\nchair = 'mayor'\ntext = '{harm}'\n", "utf-8")

    async def script(screen: DebriefScreen, pilot: Pilot[None]) -> None:
        await press(pilot, "full_stop")
        assert harm in shown(screen)
        for key in ("2", "3"):
            await press(pilot, key)
            assert harm in shown(screen)
        await press(pilot, "g")
        assert any(harm in str(each.prompt) for each in screen.app.screen.query_one(OptionList).options)

    run(DebriefScreen(open_record(path), path, control=True), script)


def test_it_is_left_the_way_one_came(save: Path, tmp_path: Path) -> None:
    async def direct() -> None:
        app = opened(save, turn=6, role="tokayev", games=3)
        async with app.run_test(size=(80, 24)) as pilot:
            await settle(pilot)
            await press(pilot, "6", "escape")
            assert app._exit

    async def from_the_end() -> None:
        session = Session.open(save)
        app = WargameApp(Table.of(session), "tokayev")
        async with app.run_test(size=(80, 24)) as pilot:
            await settle(pilot)
            assert isinstance(app.screen, EndScreen)
            await press(pilot, "d")
            assert isinstance(app.screen, DebriefScreen)
            assert "Seen by President Tokayev" in shown(app.screen)
            await press(pilot, "q")
            assert isinstance(app.screen, EndScreen)

    async def from_the_saves() -> None:
        (tmp_path / "saves").mkdir()
        shutil.copy(save, tmp_path / "saves" / "game.jsonl")
        app = WargameApp()
        async with app.run_test(size=(80, 24)) as pilot:
            await settle(pilot)
            await app.push_screen(SavesScreen())
            await app.workers.wait_for_complete()
            await settle(pilot)
            await press(pilot, "d")
            await app.workers.wait_for_complete()
            await settle(pilot)
            assert isinstance(app.screen, DebriefScreen)
            await press(pilot, "escape")
            assert isinstance(app.screen, SavesScreen)

    for way in (direct, from_the_end, from_the_saves):
        asyncio.run(way())


def test_a_turn_that_does_not_exist_is_named(save: Path) -> None:
    with pytest.raises(NotOpen, match="no turn 99"):
        opened(save, turn=99)


def test_the_command_prints_what_the_screen_shows_and_opens_none_without_a_terminal(
    save: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli(["debrief", str(save), "--turn", "6", "--as", "tokayev", "--no-screen", "--games", "3"]) == 0
    text = capsys.readouterr().out
    assert text.startswith("Turn 6 (6 of 12)") and "== Who knew what ==" in text and "By 3 games" in text
    assert cli(["debrief", str(save), "--turn", "6"]) == 2
    assert "wargame debrief --no-screen" in capsys.readouterr().err
    assert cli(["debrief", str(save), "--as", "king", "--no-screen"]) != 0
    assert "no chair 'king'" in capsys.readouterr().err
    played(tmp_path / "g.jsonl", 4, 2)
    assert cli(["debrief", str(tmp_path / "g.jsonl"), "--as", "union", "--no-screen"]) == 0
    text = capsys.readouterr().out
    assert "as The dockers' union saw them" in text and "== Luck ==" not in text and "mayor why" not in text
    assert cli(["debrief", str(tmp_path / "g.jsonl"), "--as", "control", "--no-screen"]) != 0
