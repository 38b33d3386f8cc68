"""What a player sees at 80 by 24: nothing cut off unsaid, nothing covered, everything with its price."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import OptionList

from wargame.tui.app import WargameApp
from wargame.tui.lines import fitted, line, words
from wargame.tui.screens.leave import LeaveQuestion
from wargame.tui.screens.pick import Ask
from wargame.tui.screens.play import PlayScreen
from wargame.tui.screens.small import SmallScreen
from wargame.tui.screens.start import StartScreen
from wargame.tui.screens.telling import TellingScreen
from wargame.tui.widgets.chosen import ChosenOrders
from wargame.tui.widgets.orders import OrderList
from wargame.tui.widgets.panes import ReadingPane

from .games import ROLE, new_table

Script = Callable[[WargameApp, Pilot[None]], Awaitable[None]]


@pytest.fixture(autouse=True)
def saves(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("WARGAME_SAVES", str(tmp_path / "saves"))
    monkeypatch.setenv("TEXTUAL_ANIMATIONS", "none")
    return tmp_path / "saves"


def run(app: WargameApp, script: Script, size: tuple[int, int] = (80, 24)) -> None:
    async def whole() -> None:
        async with app.run_test(size=size, notifications=True) as pilot:
            await settled(app, pilot)
            await script(app, pilot)

    asyncio.run(whole())


async def settled(app: WargameApp, pilot: Pilot[None]) -> None:
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


def rows(app: WargameApp) -> list[str]:
    return [strip.text for strip in app.screen._compositor.render_strips()]


def test_the_start_screen_is_whole_at_once_and_its_cursor_stays(saves: Path) -> None:
    saves.mkdir()
    new_table(saves / "a.jsonl").session.close()
    screen = StartScreen()

    async def script(app: WargameApp, pilot: Pilot[None]) -> None:
        screen._look_for_last = lambda: None  # type: ignore[method-assign,assignment]
        app.push_screen(screen)
        await settled(app, pilot)
        before = rows(app)
        doors = screen.query_one(OptionList)
        assert doors.highlighted == 0
        screen.post_message(StartScreen.Found(str(saves / "a.jsonl"), (line("Continue: it"), line("turn 1"))))
        await pilot.pause()
        changed = [old for old, new in zip(before, rows(app), strict=True) if old != new]
        assert doors.highlighted == 0
        assert len(changed) == 2 and "Continue" in changed[0]

    run(WargameApp(), script)


def test_an_early_enter_on_continue_opens_the_game_when_it_is_found(saves: Path) -> None:
    saves.mkdir()
    new_table(saves / "a.jsonl").session.close()
    screen = StartScreen()

    async def script(app: WargameApp, pilot: Pilot[None]) -> None:
        screen._look_for_last = lambda: None  # type: ignore[method-assign,assignment]
        app.push_screen(screen)
        await press(app, pilot, "enter")
        assert app.screen is screen
        screen.post_message(StartScreen.Found(str(saves / "a.jsonl"), (line("Continue: it"), line("turn 1"))))
        await settled(app, pilot)
        await settled(app, pilot)
        assert isinstance(app.screen, PlayScreen)

    run(WargameApp(), script)


def test_without_a_save_the_cursor_stands_on_a_new_game() -> None:
    async def script(app: WargameApp, pilot: Pilot[None]) -> None:
        assert app.screen.query_one(OptionList).highlighted == 1
        assert "no game is under way" in "\n".join(rows(app))

    run(WargameApp(), script)


def test_a_notice_covers_neither_the_orders_chosen_nor_the_keys(tmp_path: Path) -> None:
    async def script(app: WargameApp, pilot: Pilot[None]) -> None:
        await press(app, pilot, "enter", "enter")
        before = rows(app)
        app.say("Another notice.")
        await settled(app, pilot)
        app.say("A notice of many words. " * 6)
        await settled(app, pilot)
        assert "A notice of many words." in "\n".join(rows(app))
        assert "Another" not in "\n".join(rows(app))
        assert rows(app)[10:] == before[10:]

    run(WargameApp(new_table(tmp_path / "a.jsonl"), ROLE), script)


def test_notices_are_not_piled_up(tmp_path: Path) -> None:
    async def script(app: WargameApp, pilot: Pilot[None]) -> None:
        for _ in range(3):
            app.say("Not now.")
            await pilot.pause()
        assert "\n".join(rows(app)).count("Not now.") == 1

    run(WargameApp(new_table(tmp_path / "a.jsonl"), ROLE), script)


@pytest.mark.parametrize(("size", "last"), [((60, 20), "Q Leave"), ((80, 24), "A Advice")])
def test_the_keys_most_needed_are_all_in_the_footer(tmp_path: Path, size: tuple[int, int], last: str) -> None:
    async def script(app: WargameApp, pilot: Pilot[None]) -> None:
        assert rows(app)[-1].startswith("L Lock I About ")
        assert "F1 Help Q Leave" in rows(app)[-1]
        assert rows(app)[-1].rstrip().endswith(last)
        await press(app, pilot, "l", "enter")
        assert isinstance(app.screen, TellingScreen)
        assert rows(app)[-1].rstrip().endswith("Q Leave")

    run(WargameApp(new_table(tmp_path / "a.jsonl"), ROLE), script, size)


def test_every_option_stands_beside_its_price_under_the_explanation(tmp_path: Path) -> None:
    async def script(app: WargameApp, pilot: Pilot[None]) -> None:
        await press(app, pilot, "enter")
        shown = "\n".join(rows(app))
        assert "nobody is prosecuted" in shown and "costs 2" in shown
        assert "A deputy prime minister flies out" in shown
        assert "You have: The president's authority 6." in shown

    run(WargameApp(new_table(tmp_path / "a.jsonl"), ROLE), script)


def test_a_long_list_of_places_scrolls_inside_its_box(tmp_path: Path) -> None:
    async def script(app: WargameApp, pilot: Pilot[None]) -> None:
        await press(app, pilot, "down", "down", "down", "down", "enter")
        assert "Sit down in the square: where?" in "\n".join(rows(app))
        assert "Enter chooses, Esc goes back." in "\n".join(rows(app))
        await press(app, pilot, "end")
        assert "The North" in "\n".join(rows(app))

    run(WargameApp(new_table(tmp_path / "a.jsonl", role="protesters"), "protesters"), script)


def test_the_purse_counts_down_and_each_order_chosen_keeps_one_row(tmp_path: Path) -> None:
    async def script(app: WargameApp, pilot: Pilot[None]) -> None:
        await press(app, pilot, "enter", "down", "enter")
        shown = rows(app)[-3:]
        assert "Orders 1/4. The president's authority 4/6" in shown[0]
        assert "…: That nobody is prosecuted" in shown[1]

    run(WargameApp(new_table(tmp_path / "a.jsonl"), ROLE), script)


def test_a_page_of_help_says_how_to_close_it(tmp_path: Path) -> None:
    async def script(app: WargameApp, pilot: Pilot[None]) -> None:
        await press(app, pilot, "f1")
        assert "Esc closes this page" in "\n".join(rows(app))

    run(WargameApp(new_table(tmp_path / "a.jsonl"), ROLE), script)


def test_the_question_before_leaving_says_where_the_game_is_kept(tmp_path: Path) -> None:
    async def script(app: WargameApp, pilot: Pilot[None]) -> None:
        await press(app, pilot, "q")
        assert isinstance(app.screen, LeaveQuestion)
        # The path may be long enough to go on in a second row of the box.
        shown = "".join(row.split("│")[1].strip() for row in rows(app) if row.count("│") > 1)
        assert "a.jsonl" in shown
        await press(app, pilot, "escape")
        assert isinstance(app.screen, PlayScreen)

    run(WargameApp(new_table(tmp_path / "a.jsonl"), ROLE), script)


def test_an_answer_at_once_is_no_answer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("wargame.tui.screens.leave.CALM", 60)

    async def script(app: WargameApp, pilot: Pilot[None]) -> None:
        await press(app, pilot, "q", "y", "enter", "s")
        assert isinstance(app.screen, LeaveQuestion)

    run(WargameApp(new_table(tmp_path / "a.jsonl"), ROLE), script)


def test_from_the_telling_q_asks_too(tmp_path: Path) -> None:
    async def script(app: WargameApp, pilot: Pilot[None]) -> None:
        await press(app, pilot, "l", "enter", "q")
        assert isinstance(app.screen, LeaveQuestion)

    run(WargameApp(new_table(tmp_path / "a.jsonl"), ROLE), script)


@pytest.mark.parametrize("size", [(1, 1), (24, 3), (60, 15)])
def test_a_small_window_says_so_and_keeps_what_was_typed(tmp_path: Path, size: tuple[int, int]) -> None:
    async def script(app: WargameApp, pilot: Pilot[None]) -> None:
        await press(app, pilot, "m", "enter", "h", "i")
        await pilot.resize_terminal(*size)
        await settled(app, pilot)
        assert isinstance(app.screen, SmallScreen)
        if size != (1, 1):
            assert "Window too small, need 80x24." in " ".join(" ".join(rows(app)).split())
        await pilot.resize_terminal(80, 24)
        await settled(app, pilot)
        assert isinstance(app.screen, Ask)
        await press(app, pilot, "!")
        assert "hi!" in "\n".join(rows(app))

    run(WargameApp(new_table(tmp_path / "a.jsonl"), ROLE), script)


def test_a_turn_played_in_a_small_window_is_told_when_there_is_room(tmp_path: Path) -> None:
    table = new_table(tmp_path / "a.jsonl")

    async def script(app: WargameApp, pilot: Pilot[None]) -> None:
        await press(app, pilot, "l")
        await pilot.press("enter")
        await pilot.resize_terminal(40, 10)
        await settled(app, pilot)
        await pilot.resize_terminal(80, 24)
        await settled(app, pilot)
        assert isinstance(app.screen, TellingScreen)
        await press(app, pilot, "escape")
        assert isinstance(app.screen, PlayScreen)

    run(WargameApp(table, ROLE), script)


def test_what_does_not_fit_is_said_to_be_left_out() -> None:
    assert words(fitted([line("one two three four five six seven")], 16, 2, "(more)")) == [
        "one two three",
        "four… (more)",
    ]
    assert words(fitted([line("one"), line("two")], 16, 2, "(more)")) == ["one", "two"]


def test_space_reads_to_the_end_before_it_goes_on(tmp_path: Path) -> None:
    async def script(app: WargameApp, pilot: Pilot[None]) -> None:
        await press(app, pilot, "l", "enter", "s")
        story = app.screen.query_one("#story")
        assert story.scroll_offset.y == story.children[0].size.height
        seen = []
        while isinstance(app.screen, TellingScreen):
            seen.append(story.scroll_offset.y)
            last = story.max_scroll_y
            await press(app, pilot, "space")
        assert seen[-1] == last and len(seen) > 1

    run(WargameApp(new_table(tmp_path / "a.jsonl"), ROLE), script, (60, 20))


def test_after_the_map_the_keys_are_the_order_lists_again(tmp_path: Path) -> None:
    table = new_table(tmp_path / "a.jsonl")

    async def script(app: WargameApp, pilot: Pilot[None]) -> None:
        await press(app, pilot, "p", "right", "f8", "enter", "enter")

    run(WargameApp(table, ROLE), script)
    assert len(table.session.seat(ROLE).drafted) == 1


def test_a_pane_is_written_for_the_width_it_has(tmp_path: Path) -> None:
    async def script(app: WargameApp, pilot: Pilot[None]) -> None:
        await pilot.resize_terminal(120, 40)
        await press(app, pilot, "f2")
        assert any("Unrest" in row and "Loyalty" in row for row in rows(app))
        await pilot.resize_terminal(80, 24)
        await press(app, pilot, "p", "f2")
        assert any("Unrest" in row and "Viol" in row and "Loyalty" not in row for row in rows(app))

    run(WargameApp(new_table(tmp_path / "a.jsonl"), ROLE), script)


def test_a_chosen_order_with_a_long_reason_keeps_to_one_row(tmp_path: Path) -> None:
    table = new_table(tmp_path / "a.jsonl")

    async def script(app: WargameApp, pilot: Pilot[None]) -> None:
        await press(app, pilot, "down", "enter", "enter", "e", *("because" * 5), "ctrl+s")
        chosen = app.screen.query_one(ChosenOrders)
        assert chosen.size.height == 1
        assert "(becaus" in str(chosen.get_option_at_index(0).prompt)

    run(WargameApp(table, ROLE), script)


def test_space_reads_on_and_begins_anew_at_the_end(tmp_path: Path) -> None:
    async def script(app: WargameApp, pilot: Pilot[None]) -> None:
        await press(app, pilot, "f4")
        pane = app.screen.query_one(ReadingPane)
        seen = {pane.scroll_offset.y}
        while pane.scroll_offset.y < pane.max_scroll_y:
            await press(app, pilot, "space")
            assert pane.scroll_offset.y > max(seen)
            seen.add(pane.scroll_offset.y)
        assert len(seen) > 1
        await press(app, pilot, "space")
        assert pane.scroll_offset.y == 0

    run(WargameApp(new_table(tmp_path / "a.jsonl"), ROLE), script)


def test_paging_never_loses_the_cursor(tmp_path: Path) -> None:
    async def script(app: WargameApp, pilot: Pilot[None]) -> None:
        listed = app.screen.query_one(OrderList)
        for keys in (("end", "pageup", "pageup", "pageup", "pageup"), ("pagedown",) * 5):
            for key in keys:
                await press(app, pilot, key)
                assert listed.current is not None

    run(WargameApp(new_table(tmp_path / "a.jsonl"), ROLE), script)
