"""Every flow of the screens, asserted on the session and its journal."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from attrs import evolve
from textual.pilot import Pilot
from textual.widgets import OptionList

from wargame.session.replay import verify
from wargame.session.saves import Saved, families, listing
from wargame.session.session import Session
from wargame.tui.app import WargameApp
from wargame.tui.screens.end import EndScreen
from wargame.tui.screens.pick import Page
from wargame.tui.screens.play import PlayScreen
from wargame.tui.screens.saves import SavesScreen, about
from wargame.tui.screens.saves import row as save_row
from wargame.tui.screens.setup import SetupScreen
from wargame.tui.screens.small import SmallScreen
from wargame.tui.screens.start import StartScreen
from wargame.tui.screens.telling import TellingScreen

from .games import ROLE, new_table
from .test_shown import rows

Script = Callable[[WargameApp, Pilot[None]], Awaitable[None]]


@pytest.fixture(autouse=True)
def saves(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("WARGAME_SAVES", str(tmp_path / "saves"))
    monkeypatch.setenv("TEXTUAL_ANIMATIONS", "none")
    monkeypatch.setattr("wargame.tui.screens.leave.CALM", 0)
    return tmp_path / "saves"


def run(app: WargameApp, script: Script, size: tuple[int, int] = (80, 24)) -> None:
    async def whole() -> None:
        async with app.run_test(size=size) as pilot:
            await settled(app, pilot)
            await script(app, pilot)

    asyncio.run(whole())


async def settled(app: WargameApp, pilot: Pilot[None]) -> None:
    """Waits until no thread is at work; a worker that waits for a key is left to wait."""
    for _ in range(3):
        threads = [worker for worker in app.workers if worker.group == "files"]
        if threads:
            await app.workers.wait_for_complete(threads)
        if app.desk is not None:
            await app.desk.idle()
        await pilot.pause()


async def press(app: WargameApp, pilot: Pilot[None], *keys: str) -> None:
    for key in keys:
        await pilot.press(key)
        await settled(app, pilot)


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 40)])
def test_an_order_chosen_on_the_screen_is_in_the_journal(tmp_path: Path, size: tuple[int, int]) -> None:
    path = tmp_path / "a.jsonl"
    table = new_table(path)

    async def script(app: WargameApp, pilot: Pilot[None]) -> None:
        await press(app, pilot, "enter", "enter")

    run(WargameApp(table, ROLE), script, size)
    table.session.close()
    with Session.open(path) as again:
        assert [each.order.id for each in again.seat(ROLE).drafted] == ["commission"]


def test_a_chosen_order_can_be_taken_back(tmp_path: Path) -> None:
    table = new_table(tmp_path / "a.jsonl")

    async def script(app: WargameApp, pilot: Pilot[None]) -> None:
        await press(app, pilot, "enter", "enter", "d")

    run(WargameApp(table, ROLE), script)

    assert table.session.seat(ROLE).drafted == ()


def test_locking_plays_the_turn_and_tells_it(tmp_path: Path) -> None:
    table = new_table(tmp_path / "a.jsonl")

    async def script(app: WargameApp, pilot: Pilot[None]) -> None:
        await press(app, pilot, "enter", "enter", "l", "enter")
        assert isinstance(app.screen, TellingScreen)
        await press(app, pilot, "space", "s", "escape")
        assert isinstance(app.screen, PlayScreen)

    run(WargameApp(table, ROLE), script)

    assert table.session.turn == 2
    assert "commission" in [order.id for order in table.session.course.steps[-1].orders[ROLE]]


def test_a_whole_lesson_ends_on_the_scorecards(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    table = new_table(path, length="lesson")

    async def script(app: WargameApp, pilot: Pilot[None]) -> None:
        while not table.session.is_over:
            await press(app, pilot, "l", "enter", "escape")
        assert isinstance(app.screen, EndScreen)

    run(WargameApp(table, ROLE), script)
    table.session.close()

    assert verify(path).kind == "clean"


def test_a_no_at_the_lock_locks_nothing(tmp_path: Path) -> None:
    table = new_table(tmp_path / "a.jsonl")

    async def script(app: WargameApp, pilot: Pilot[None]) -> None:
        await press(app, pilot, "l", "down", "enter")

    run(WargameApp(table, ROLE), script)

    assert not table.session.seat(ROLE).locked


def test_a_deal_offered_on_the_screen_is_recorded(tmp_path: Path) -> None:
    table = new_table(tmp_path / "a.jsonl")
    table.talk()

    def own() -> int:
        return sum(said.role == ROLE for said in table.session.seat(ROLE).messages())

    before, shown = own(), []

    async def script(app: WargameApp, pilot: Pilot[None]) -> None:
        await press(app, pilot, "o", "enter", "enter", "f6")
        shown.extend(rows(app))

    run(WargameApp(table, ROLE), script)

    assert own() == before + 1
    # Whoever was asked answers, and the answer does not go by unseen.
    assert sum("Said this turn" in row or "Said in turn" in row for row in shown) == 1


def test_every_pane_and_page_opens(tmp_path: Path) -> None:
    table = new_table(tmp_path / "a.jsonl")

    async def script(app: WargameApp, pilot: Pilot[None]) -> None:
        for key in ("f2", "f3", "f4", "f5", "f7"):
            await press(app, pilot, key)
        await press(app, pilot, "i", "escape", "f1", "escape")
        assert isinstance(app.screen, PlayScreen)

    run(WargameApp(table, ROLE), script)


def test_a_window_that_shrinks_and_grows_loses_nothing(tmp_path: Path) -> None:
    table = new_table(tmp_path / "a.jsonl")

    async def script(app: WargameApp, pilot: Pilot[None]) -> None:
        await press(app, pilot, "enter", "enter")
        for size in ((40, 10), (1, 1), (100, 30)):
            await pilot.resize_terminal(*size)
            await settled(app, pilot)
            assert isinstance(app.screen, SmallScreen) == (size != (100, 30))

    run(WargameApp(table, ROLE), script)

    assert len(table.session.seat(ROLE).drafted) == 1


def test_a_game_begun_from_the_start_screen_is_saved_at_once(saves: Path) -> None:
    app = WargameApp()

    async def script(app: WargameApp, pilot: Pilot[None]) -> None:
        assert isinstance(app.screen, StartScreen)
        await press(app, pilot, "enter")
        assert isinstance(app.screen, SetupScreen)
        await press(app, pilot, "b")
        assert isinstance(app.screen, PlayScreen)

    run(app, script)

    assert len(list(saves.glob("*.jsonl"))) == 1


def test_a_game_left_is_offered_again_and_goes_on(saves: Path) -> None:
    saves.mkdir()
    path = saves / "a.jsonl"
    table = new_table(path)

    async def leave(app: WargameApp, pilot: Pilot[None]) -> None:
        await press(app, pilot, "enter", "enter", "q", "y")

    run(WargameApp(table, ROLE), leave)
    table.session.close()
    again = WargameApp()

    async def script(app: WargameApp, pilot: Pilot[None]) -> None:
        await app.workers.wait_for_complete()
        await settled(app, pilot)
        await press(app, pilot, "enter")
        assert isinstance(app.screen, PlayScreen)

    run(again, script)

    assert again.table is not None
    assert len(again.table.session.seat(ROLE).drafted) == 1


def test_the_list_of_saves_opens_one(saves: Path) -> None:
    saves.mkdir()
    new_table(saves / "a.jsonl").session.close()
    (saves / "spoilt.jsonl").write_bytes(b"\x00\x1b[31m not a save")

    async def script(app: WargameApp, pilot: Pilot[None]) -> None:
        app.push_screen(SavesScreen())
        await settled(app, pilot)
        assert app.screen.query_one(OptionList).option_count == 2
        await press(app, pilot, "enter")
        assert isinstance(app.screen, PlayScreen)

    run(WargameApp(), script)


def test_a_damaged_save_is_shown_and_a_branch_stands_under_its_parent(saves: Path) -> None:
    saves.mkdir()
    new_table(saves / "a.jsonl").session.close()
    Session.branch(saves / "a.jsonl", 1, to=saves / "b.jsonl").close()
    whole = (saves / "a.jsonl").read_bytes().splitlines(keepends=True)
    (saves / "c.jsonl").write_bytes(b"".join([*whole[:2], b"{}\n", *whole[2:]]))
    found = families(listing())

    async def script(app: WargameApp, pilot: Pilot[None]) -> None:
        app.push_screen(SavesScreen())
        await settled(app, pilot)
        await press(app, pilot, *["down"] * [each.path.name for _, each in found].index("c.jsonl"), "enter")
        await settled(app, pilot)
        assert isinstance(app.screen, Page)
        assert any("damaged" in row for row in rows(app))

    run(WargameApp(), script)

    depths = {each.path.name: depth for depth, each in found}
    names = [each.path.name for _, each in found]
    assert depths == {"a.jsonl": 0, "b.jsonl": 1, "c.jsonl": 0}
    assert names.index("b.jsonl") == names.index("a.jsonl") + 1
    branch = next(each for _, each in found if each.path.name == "b.jsonl")
    assert "A branch: it left a.jsonl at the start of turn 1." in about(branch, [each for _, each in found])


def test_saves_that_name_each_other_as_parents_are_all_listed() -> None:
    one = Saved(Path("a"), "", "", "", "", 1, "clean", "", session="1", parent="2")
    two = evolve(one, path=Path("b"), session="2", parent="1")

    assert [(depth, each.path.name) for depth, each in families([one, two])] == [(0, "a"), (0, "b")]


def test_saves_of_one_scenario_are_told_apart_by_the_names_of_their_files() -> None:
    one = Saved(Path("recorded-bargain.jsonl"), "", "k", "A long title: of a game", "", 1, "clean", "")
    own = evolve(one, path=Path("k-20260101-120000-ab12.jsonl"))

    assert "recorded-bargain: A long titl…" in save_row(one).text
    assert "A long title: of a game" in save_row(own).text and "k-2026" not in save_row(own).text
