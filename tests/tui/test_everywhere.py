"""What holds on every screen: all actions are listed, what is shown can be copied, a click does as a key."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len
from textual.app import App, ComposeResult
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widget import Widget

from tests.tui.waiting import until
from wargame.agents.driver import Table
from wargame.agents.seating import seating
from wargame.debrief.record import record_of
from wargame.rules.orders import Order
from wargame.session.clock import Clock
from wargame.session.kernels import load
from wargame.session.saves import folder
from wargame.session.seat import LocalSeat, Submission
from wargame.session.session import Session
from wargame.text import hidden_characters
from wargame.tui import copying
from wargame.tui.app import WargameApp
from wargame.tui.debrief.screen import DebriefScreen
from wargame.tui.hotseat import Round
from wargame.tui.keymap import tables
from wargame.tui.lines import ACCENT, BAD, QUIET, line
from wargame.tui.palette import commands
from wargame.tui.screens import annotate, choose, control, curtain, end, forms, leave, pick, play, powers
from wargame.tui.screens.help import HelpPage
from wargame.tui.screens.projector import ProjectorScreen
from wargame.tui.screens.rules import RulesScreen
from wargame.tui.screens.saves import SavesScreen
from wargame.tui.screens.seat import SeatScreen
from wargame.tui.screens.settings import SettingsScreen, ThemePick
from wargame.tui.screens.setup import SetupScreen
from wargame.tui.screens.start import StartScreen
from wargame.tui.screens.telling import TellingScreen
from wargame.tui.screens.why import WhyScreen
from wargame.tui.themes import SHIPPED
from wargame.tui.widgets.listing import Listing
from wargame.tui.widgets.marks import Marks
from wargame.tui.widgets.text import Lines, Prose, Words, content

from .games import ROLE, SCENARIO, new_table

Script = Callable[[WargameApp, Pilot[None]], Awaitable[None]]


@pytest.fixture(autouse=True)
def folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WARGAME_CONFIG", str(tmp_path / "config"))
    monkeypatch.setenv("WARGAME_SAVES", str(tmp_path / "saves"))
    monkeypatch.setenv("TEXTUAL_ANIMATIONS", "none")


def run(app: WargameApp, script: Script, size: tuple[int, int] = (80, 24)) -> None:
    async def whole() -> None:
        async with app.run_test(size=size, notifications=True) as pilot:
            await pilot.pause()
            await script(app, pilot)

    asyncio.run(whole())


@pytest.fixture
def table(tmp_path: Path) -> Table:
    return new_table(tmp_path / "a.jsonl")


def picked_place(seat: LocalSeat) -> choose.PickPlace:
    places = list(seat.scenario.places)
    known = (seat.scenario, seat.view())
    return choose.PickPlace("x", [line(each) for each in places], places, known, before=[line("y")], head="")


def screens(app: WargameApp) -> dict[str, Callable[[], Screen[Any]]]:
    """Every screen the program has, by the name of its class."""
    assert app.desk is not None
    desk, session = app.desk, app.desk.table.session
    seat, public = desk.seat, desk.seat.scenario
    record = record_of(session.course, session.verdict)
    round = Round(True)
    made: list[tuple[type[Screen[Any]], Callable[[], Screen[Any]]]] = [
        (StartScreen, StartScreen),
        (SetupScreen, SetupScreen),
        (SavesScreen, SavesScreen),
        (play.PlayScreen, lambda: play.PlayScreen(desk)),
        (SeatScreen, lambda: SeatScreen(desk, round)),
        (control.OrdersScreen, lambda: control.OrdersScreen(desk, round)),
        (TellingScreen, lambda: TellingScreen(seat, "x")),
        (WhyScreen, lambda: WhyScreen(seat)),
        (RulesScreen, lambda: RulesScreen(session.scenario, public)),
        (end.EndScreen, lambda: end.EndScreen(desk)),
        (DebriefScreen, lambda: DebriefScreen(record, session.path)),
        (SettingsScreen, SettingsScreen),
        (ThemePick, lambda: ThemePick(app.settings)),
        (control.ControlScreen, lambda: control.ControlScreen(desk)),
        (control.Cover, lambda: control.Cover("x")),
        (ProjectorScreen, lambda: ProjectorScreen(session.public, Clock.of(session.control().clock, float))),
        (curtain.CurtainScreen, lambda: curtain.CurtainScreen(desk, round, ROLE)),
        (curtain.GatherScreen, lambda: curtain.GatherScreen(desk, round)),
        (forms.Form, lambda: powers.inject(desk)),
        (leave.LeaveQuestion, lambda: leave.LeaveQuestion("x", 0)),
        (pick.Pick, lambda: pick.Pick("x", ["y"])),
        (pick.PickSeveral, lambda: pick.PickSeveral("x", ["y"])),
        (choose.PickPlace, lambda: picked_place(seat)),
        (pick.Ask, lambda: pick.Ask("x")),
        (pick.Page, lambda: pick.Page("x", ["y"])),
        (HelpPage, lambda: HelpPage("x", (), ())),
        (annotate.Annotate, lambda: annotate.Annotate("x", Submission(Order("x", None, None)))),
    ]
    return {of.__name__: make for of, make in made}


ABSTRACT = {"PreferringApp", "WargameApp", "DebriefApp", "Reader", "Talking", "Drafting", "Browse"}
"""What is never shown itself, and the program, whose actions are those of every screen."""

WIDGETS = {"ChosenOrders", "Marks", "PlaceMap"}


def test_the_list_of_all_actions_has_every_action_of_every_screen(table: Table) -> None:
    async def script(app: WargameApp, pilot: Pilot[None]) -> None:
        made = screens(app)
        assert set(tables()) - ABSTRACT - WIDGETS == set(made)
        for name, make in made.items():
            await app.push_screen(make())
            await pilot.pause()
            here = app.screen
            assert type(here).__name__ == name
            offered = {each.title: each for each in commands(here)}
            missing = {each.binding.description for each in tables()[name] if each.binding.description} - set(
                offered
            )
            assert not missing, name
            assert {"Copy", "Theme"} <= set(offered), name
            await app.pop_screen()

    run(WargameApp(table, ROLE), script)


# --- Copying


def test_what_the_screen_shows_is_copied_and_kept_in_a_file(table: Table) -> None:
    async def script(app: WargameApp, pilot: Pilot[None]) -> None:
        await pilot.press("f4", "ctrl+y")
        await pilot.pause()
        text = (folder() / copying.FILE).read_text("utf-8")
        assert app.clipboard == text
        assert all(title in text for title in ("Legitimacy", "You are the president", "Places", "authority"))
        assert str(folder()) in next(each.message for each in app._notifications)
        assert (folder() / copying.FILE).stat().st_mode & 0o77 == 0
        await pilot.press("i", "ctrl+y")
        await pilot.pause()
        page = (folder() / copying.FILE).read_text("utf-8")
        assert page == app.clipboard != text
        assert "Price:" in page

    run(WargameApp(table, ROLE), script)


def test_nothing_is_copied_from_a_curtain_and_no_file_is_written_beside_others(tmp_path: Path) -> None:
    scenario = load(SCENARIO)
    seats = seating(scenario, {}, persons=("kremlin", ROLE))
    shared = Table.of(Session.create(scenario, seed=3, seats=seats, path=tmp_path / "b.jsonl"))

    async def script(app: WargameApp, pilot: Pilot[None]) -> None:
        assert isinstance(app.screen, curtain.CurtainScreen)
        await pilot.press("ctrl+y")
        await pilot.pause()
        assert app.clipboard == ""
        assert [each.message for each in app._notifications] == [copying.CURTAIN]
        app.sit_down(ROLE)
        await pilot.pause()
        await pilot.press("ctrl+y")
        await pilot.pause()
        assert "Legitimacy" in app.clipboard
        app.next_seat(ROLE)
        await pilot.pause()
        assert app.clipboard == ""
        assert not list(tmp_path.rglob(f"*{copying.FILE}*"))

    run(WargameApp(shared, ROLE), script)


def test_a_copy_has_no_control_character_and_nothing_typed_in_secret() -> None:
    class Bench(App[None]):
        def compose(self) -> ComposeResult:
            yield Lines(["a\x1b[31mb\u202e [red]c"])
            yield Prose(["- long " * 60])
            yield Words("open")
            yield Words("secret", password=True)
            yield Lines(["hidden"], id="gone")

    async def script() -> None:
        app = Bench()
        async with app.run_test(size=(80, 24)):
            app.query_one("#gone").display = False
            text = copying.text_of(app.screen)
        assert "a[31mb [red]c" in text and "open" in text
        assert "secret" not in text and "hidden" not in text
        assert text.count("long") == 60
        assert not hidden_characters(text)

    asyncio.run(script())


# --- Without colour


@pytest.mark.parametrize("theme", ["textual-dark", "high-contrast-light"])
def test_the_row_under_the_cursor_has_one_colour_that_can_be_read(theme: str) -> None:
    async def script() -> None:
        app = App[None]()
        async with app.run_test(size=(80, 24)) as pilot:
            for each in SHIPPED:
                app.register_theme(each)
            app.theme = theme
            rows = [line(("* ", ACCENT), "An order", ("  12 %", BAD)), line("Another", (" 7 %", QUIET))]
            await app.mount(Listing(*map(content, rows)))
            app.query_one(Listing).focus()
            await pilot.press("down")
            await pilot.pause()
            listing = app.query_one(Listing)
            here, other = (
                {part.style.color for part in listing.render_line(y) if part.style} for y in (1, 0)
            )
        assert listing.highlighted == 1
        assert len(here) == 1
        assert len(other) > 1

    asyncio.run(script())


def test_without_colour_what_is_chosen_barred_grave_and_open_is_told_by_marks(
    table: Table, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")

    async def script(app: WargameApp, pilot: Pilot[None]) -> None:
        await pilot.press("enter", "enter", "f6")

        def drawn() -> str:
            return "\n".join(strip.text for strip in app.screen._compositor.render_strips())

        await until(pilot, lambda: "* 1-2  Send a commission" in drawn() and "[F6 Deals" in drawn())
        shown = drawn()
        assert "* 1-2  Send a commission" in shown
        assert "-   1  Name a date" in shown
        assert "[F6 Deals]" in shown or "[F6 Deals!]" in shown
        assert "about: " in shown

    run(WargameApp(table, ROLE), script, (120, 40))


# --- The mouse


async def click(pilot: Pilot[None], where: str | type[Widget], offset: tuple[int, int] = (1, 0)) -> None:
    assert await pilot.click(where, offset=offset)
    await pilot.pause()


def find(app: WargameApp, text: str) -> tuple[int, int]:
    """Where *text* stands on the screen."""
    for y, strip in enumerate(app.screen._compositor.render_strips()):
        if text in strip.text:
            return cell_len(strip.text.partition(text)[0]), y
    raise AssertionError(f"{text} is not on the screen")


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
def test_a_click_does_in_play_what_the_key_does(table: Table, size: tuple[int, int]) -> None:
    seat = table.session.seat(ROLE)

    async def script(app: WargameApp, pilot: Pilot[None]) -> None:
        here = app.screen
        assert isinstance(here, play.PlayScreen)
        await click(pilot, "#name-briefing")
        assert here._pane == "briefing"
        await pilot.click(offset=find(app, "Public order"))
        await pilot.pause()
        assert isinstance(app.screen, WhyScreen) and app.screen.first == 1
        await pilot.press("escape")
        if size == (120, 40):
            return
        await pilot.click(offset=find(app, "About"))
        await pilot.pause()
        assert isinstance(app.screen, pick.Page)
        await pilot.press("escape")
        await pilot.click(offset=find(app, "Send a commission"))
        await pilot.pause()
        assert isinstance(app.screen, pick.Pick)
        await pilot.click(offset=find(app, "To look into it"))
        await pilot.pause()
        assert len(seat.drafted) == 1

    run(WargameApp(table, ROLE), script, size)


def test_a_click_opens_a_door_and_a_card() -> None:
    async def script(app: WargameApp, pilot: Pilot[None]) -> None:
        await pilot.click(offset=find(app, "New game: choose"))
        await pilot.pause()
        assert isinstance(app.screen, SetupScreen)
        await app.workers.wait_for_complete()
        await pilot.pause()
        await pilot.click(offset=find(app, "Length"))
        await pilot.pause()
        assert isinstance(app.screen, pick.Pick)

    run(WargameApp(), script)


def test_a_click_does_on_the_console_what_the_key_does(table: Table) -> None:
    async def script(app: WargameApp, pilot: Pilot[None]) -> None:
        assert app.desk is not None
        console = control.ControlScreen(app.desk)
        await app.push_screen(console)
        await pilot.click(offset=find(app, "Values"))
        await pilot.pause()
        assert console._pane == "values"
        await pilot.click(offset=find(app, "Inject a message"))
        await pilot.pause()
        form = app.screen
        assert isinstance(form, forms.Form)
        marks = form.query_one(Marks)
        await click(pilot, Marks)
        assert len(marks.selected) == 1
        await pilot.click(offset=find(app, "Do it"))
        await pilot.pause()
        await app.desk.idle()
        await pilot.pause()
        assert app.screen is form and "Not done" in copying.text_of(form)

    run(WargameApp(table, ROLE), script)
