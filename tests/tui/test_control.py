"""Control's console: each power asserted on the record, and a wall that holds no secret."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from click.testing import CliRunner
from textual.binding import Binding
from textual.pilot import Pilot

from tests.session.playing import new
from wargame.agents.driver import Table
from wargame.cli.app import wargame
from wargame.handouts.lesson import guide_of, lesson_of
from wargame.handouts.script import guide_text
from wargame.session.clock import Clock, Stand
from wargame.session.entries import Argued, Injected, Released, Ruling, SeatChanged
from wargame.session.kernels import load
from wargame.session.replay import verify
from wargame.tui import console, wall
from wargame.tui.app import WargameApp
from wargame.tui.facilitator import ControlApp, new_class
from wargame.tui.keymap import actions
from wargame.tui.lines import words
from wargame.tui.palette import commands
from wargame.tui.screens.control import ControlScreen, Cover, OrdersScreen
from wargame.tui.screens.forms import Form
from wargame.tui.screens.pick import Pick
from wargame.tui.screens.projector import ProjectorScreen
from wargame.tui.widgets.text import Lines, Words

from .test_screens import press, run, settled

SECRET = "the admiral sails at midnight"


@pytest.fixture(autouse=True)
def calm(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WARGAME_SAVES", str(tmp_path / "saves"))
    monkeypatch.setenv("TEXTUAL_ANIMATIONS", "none")


def a_class(tmp_path: Path) -> ControlApp:
    table = Table.of(new(tmp_path / "class.jsonl", seed=3))
    return ControlApp(table, next(iter(table.session.seats)))


def decided(app: WargameApp) -> list[object]:
    assert app.table is not None
    return [each.what for each in app.table.session.control().decisions()]


async def fill(app: WargameApp, pilot: Pilot[None], **typed: str) -> None:
    """Types into the fields of the form that is open, and sends it."""
    assert isinstance(app.screen, Form)
    for id, text in typed.items():
        app.screen.query_one(f"#field-{id}", Words).value = text
    await press(app, pilot, "f2")


async def mark(app: WargameApp, pilot: Pilot[None], id: str) -> None:
    app.screen.query_one(f"#field-{id}").focus()
    await press(app, pilot, "space")


def shown(app: WargameApp, id: str) -> str:
    return str(app.screen.query_one(id, Lines).render())


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
def test_the_console_shows_every_seat_and_every_pane(tmp_path: Path, size: tuple[int, int]) -> None:
    async def script(app: WargameApp, pilot: Pilot[None]) -> None:
        assert isinstance(app.screen, ControlScreen)
        assert "still choosing" in shown(app, "#pane-text")
        for key in "234561":
            await press(app, pilot, key)
            assert shown(app, "#pane-text")
        await press(app, pilot, "6", "m")
        assert "100 minutes" in shown(app, "#pane-text")

    run(a_class(tmp_path), script, size)


def test_a_value_is_set_with_a_reason_and_not_without(tmp_path: Path) -> None:
    async def script(app: WargameApp, pilot: Pilot[None]) -> None:
        assert app.table is not None
        await press(app, pilot, "v")
        assert isinstance(app.screen, Form)
        app.screen.query_one("#field-variable").value = "standing"  # type: ignore[attr-defined]
        await fill(app, pilot, value="20")
        assert "Not done: control gives a reason" in shown(app, "#wrong")
        assert decided(app) == []
        await fill(app, pilot, reason="to see")
        assert isinstance(app.screen, ControlScreen)
        [ruling] = decided(app)
        assert isinstance(ruling, Ruling) and ruling.reason == "to see"
        assert app.table.session.kernel.reading(app.table.session.position, "standing") == 20

    run(a_class(tmp_path), script)


def test_an_outcome_is_overruled(tmp_path: Path) -> None:
    async def script(app: WargameApp, pilot: Pilot[None]) -> None:
        await press(app, pilot, "o")
        await fill(app, pilot, outcome="the march was never seen", values="unrest.docks", reason="misread")
        assert "is no value" in shown(app, "#wrong")
        await fill(app, pilot, values="unrest.docks = 12; guard none")
        [ruling] = decided(app)
        assert isinstance(ruling, Ruling) and ruling.what == "Overruled: the march was never seen"

    run(a_class(tmp_path), script)


def test_an_inject_reaches_the_marked_seats_alone(tmp_path: Path) -> None:
    async def script(app: WargameApp, pilot: Pilot[None]) -> None:
        await press(app, pilot, "i")
        await fill(app, pilot, text=SECRET)
        assert "mark at least one seat" in shown(app, "#wrong")
        await mark(app, pilot, "to")
        await fill(app, pilot)
        [inject] = decided(app)
        assert app.table is not None and isinstance(inject, Injected)
        assert inject.to == (next(iter(app.table.session.seats)),) and not inject.claim

    run(a_class(tmp_path), script)


def test_an_event_of_the_scenario_is_released(tmp_path: Path) -> None:
    async def script(app: WargameApp, pilot: Pilot[None]) -> None:
        await press(app, pilot, "e")
        await fill(app, pilot, reason="it is time")
        [released] = decided(app)
        assert isinstance(released, Released) and released.reason == "it is time"

    run(a_class(tmp_path), script)


def test_an_argument_shows_its_odds_and_is_rolled(tmp_path: Path) -> None:
    async def script(app: WargameApp, pilot: Pilot[None]) -> None:
        await press(app, pilot, "a")
        await mark(app, pilot, "to")
        pros = app.screen.query_one("#field-pros", Words)
        pros.value = "they know him; they are tired"
        await settled(app, pilot)
        assert "Chance 70 %" in shown(app, "#hint")
        await fill(app, pilot, action="talks to the crew", success="standing = 5", failure="standing = -5")
        [argued] = decided(app)
        assert isinstance(argued, Argued) and argued.percent == 70 and len(argued.pros) == 2
        assert argued.success == {"standing": 5}

    run(a_class(tmp_path), script)


def test_the_clock_is_started_and_paused(tmp_path: Path) -> None:
    async def script(app: WargameApp, pilot: Pilot[None]) -> None:
        assert app.table is not None
        control = app.table.session.control()
        await press(app, pilot, "t")
        await fill(app, pilot, minutes="soon")
        assert "is no time" in shown(app, "#wrong")
        await fill(app, pilot, minutes="7:30")
        assert control.clock == Stand(True, 450)
        await press(app, pilot, "t")
        await fill(app, pilot, reason="a question")
        assert control.clock is not None and not control.clock.running

    run(a_class(tmp_path), script)


def test_the_adviser_is_turned_off_with_a_reason(tmp_path: Path) -> None:
    async def script(app: WargameApp, pilot: Pilot[None]) -> None:
        assert app.table is not None
        await press(app, pilot, "d")
        await fill(app, pilot, reason="a test of their own")
        assert not app.table.session.control().adviser
        assert "adviser off" in shown(app, "#heading")

    run(a_class(tmp_path), script)


def test_every_action_of_the_console_and_the_wall_is_listed_and_may_have_another_key(tmp_path: Path) -> None:
    async def script(app: WargameApp, pilot: Pilot[None]) -> None:
        for screen in (ControlScreen, ProjectorScreen):
            bound = {each.action for each in screen.BINDINGS if isinstance(each, Binding)}
            listed = {each.action for each in commands(app.screen)}
            assert bound <= listed
            assert all(each.id in actions() for each in screen.BINDINGS if isinstance(each, Binding))
            await press(app, pilot, "p")

    run(a_class(tmp_path), script)


def test_a_seat_is_handed_to_a_doctrine(tmp_path: Path) -> None:
    async def script(app: WargameApp, pilot: Pilot[None]) -> None:
        assert app.table is not None
        await press(app, pilot, "h", "enter")
        field = app.screen.query_one("#field-player")
        field.value = "random"  # type: ignore[attr-defined]
        await fill(app, pilot, reason="went home")
        [changed] = decided(app)
        assert isinstance(changed, SeatChanged) and changed.player == "random"
        assert changed.role in app.table.agents

    run(a_class(tmp_path), script)


def test_closing_the_turn_names_the_absent_and_rewinding_branches(tmp_path: Path) -> None:
    async def script(app: WargameApp, pilot: Pilot[None]) -> None:
        assert app.table is not None
        session = app.table.session
        old = session.path
        await press(app, pilot, "c")
        assert isinstance(app.screen, Pick)
        await press(app, pilot, "down", "enter")
        assert session.turn == 2
        assert any("empty" in told or "default" in told for told in session.control().told())
        await press(app, pilot, "r")
        app.screen.query_one("#field-turn").value = "1"  # type: ignore[attr-defined]
        await fill(app, pilot, reason="a wrong rule")
        assert session.turn == 1 and session.path != old
        assert verify(old).kind == "clean"
        assert session.course.header.branch is not None
        assert session.course.header.branch.reason == "a wrong rule"

    run(a_class(tmp_path), script)


def test_a_person_gives_orders_at_the_console_behind_covers(tmp_path: Path) -> None:
    async def script(app: WargameApp, pilot: Pilot[None]) -> None:
        assert app.table is not None
        await press(app, pilot, "s", "enter")
        assert isinstance(app.screen, Cover)
        assert not app.screen_stack[-2].query_one("#console").display
        await press(app, pilot, "enter")
        assert isinstance(app.screen, OrdersScreen)
        await press(app, pilot, "l", "enter")
        assert isinstance(app.screen, Cover)
        assert len(app.table.session.control().ready()) == 1
        await press(app, pilot, "enter")
        assert isinstance(app.screen, ControlScreen)

    run(a_class(tmp_path), script)


def test_the_projector_asks_before_it_goes_back(tmp_path: Path) -> None:
    async def script(app: WargameApp, pilot: Pilot[None]) -> None:
        assert app.table is not None
        session = app.table.session
        session.control().inject(SECRET, [next(iter(session.seats))])
        await press(app, pilot, "p")
        assert isinstance(app.screen, ProjectorScreen)
        assert SECRET not in shown(app, "#wall-text")
        await press(app, pilot, "escape", "enter")
        assert isinstance(app.screen, ProjectorScreen)
        await press(app, pilot, "escape", "down", "enter")
        assert isinstance(app.screen, ControlScreen)

    run(a_class(tmp_path), script)


def test_the_wall_holds_no_secret_over_a_whole_game(tmp_path: Path) -> None:
    scripted = dict.fromkeys(load("kazakhstan-2022").roles, "random")
    table = new_class("kazakhstan-2022", length="lesson", seed=5, chosen=scripted, path=tmp_path / "a.jsonl")
    while not table.session.is_over:
        live = table.session
        control, known = live.control(), live.public()
        for number, role in enumerate(live.seats):
            control.inject(f"{SECRET} {role} {number}", [role], claim=True, reason="only for one")
        table.play_agents()
        control.adjudicate(fill_absent=True)
        text = "\n".join(words(wall.wall(known, 100)))
        assert SECRET not in text and "only for one" not in text
        assert "Western oil town" not in text  # A trait that never changes.
        common = set(known.told())
        for fact in live.facts:
            [sentence] = live.in_words([fact])
            if sentence not in common:
                assert f"- {sentence}\n" not in text + "\n"
        for role in live.seats:
            assert known.scenario.secret == ""
            secret = live.seat(role).scenario.secret.strip()
            assert not secret or secret not in text


@pytest.mark.parametrize("minutes", [50, 100])
def test_the_script_marks_the_turn_that_runs(tmp_path: Path, minutes: int) -> None:
    table = new_class("kazakhstan-2022", path=tmp_path / "a.jsonl")
    scenario = table.session.scenario
    guide = guide_of(scenario, guide_text("kazakhstan-2022"))
    rows = words(console.script(lesson_of(scenario, minutes), guide, 1))

    assert any(row.startswith("> ") and "Turn 1" in row for row in rows)
    assert any(f"-{minutes}" in row and "Debrief" in row for row in rows)


def test_what_is_typed_is_read_or_refused_in_words() -> None:
    assert console.outcome("unrest.docks = 20; curfew yes;") == {"unrest.docks": "20", "curfew": "yes"}
    assert console.listed(" a ; ; b") == ("a", "b")
    assert [console.seconds(text) for text in ("7", "7:30", ":20")] == [420, 450, 20]
    for bad in ("", "soon", "-3", "1:2:3"):
        with pytest.raises(ValueError, match="is no time"):
            console.seconds(bad)
    for bad in ("standing", "a = 1; a = 2"):
        with pytest.raises(ValueError, match=r"name = value|named twice"):
            console.outcome(bad)


def test_hostile_words_stay_words(tmp_path: Path) -> None:
    async def script(app: WargameApp, pilot: Pilot[None]) -> None:
        assert app.table is not None
        await press(app, pilot, "i")
        await mark(app, pilot, "to")
        await fill(app, pilot, text="[@click=app.quit]x[/] \x1b[2J [/]")
        await press(app, pilot, "5")
        assert "[@click=app.quit]x[/]" in shown(app, "#pane-text")
        assert "\x1b" not in shown(app, "#pane-text")

    run(a_class(tmp_path), script)


def test_a_clock_in_words() -> None:
    clock = Clock.of(Stand(False, 65), time.monotonic)

    assert console.clock_words(clock) == "1:05 (stands)"


def test_the_start_screen_opens_a_class(tmp_path: Path) -> None:
    app = WargameApp()

    async def script(app: WargameApp, pilot: Pilot[None]) -> None:
        await press(app, pilot, "r")
        for _ in range(100):
            if isinstance(app.screen, Pick):
                break
            await pilot.pause(0.05)
        await press(app, pilot, "enter")
        for _ in range(100):
            if isinstance(app.screen, ControlScreen) and app.focused is not None:
                break
            await pilot.pause(0.05)
        assert isinstance(app.screen, ControlScreen)
        assert app.focused is not None and app.focused.id == "powers"

    run(app, script)


def test_the_public_twin_is_printed(tmp_path: Path) -> None:
    live = new(tmp_path / "a.jsonl", seed=3)
    live.control().inject(SECRET, ["mayor"])
    live.control().inject("Bells ring.")
    live.close()
    printed = CliRunner().invoke(wargame, ["show", str(live.path), "--as", "public"])

    assert "Bells ring." in printed.output and SECRET not in printed.output


def test_the_console_is_printed(tmp_path: Path) -> None:
    live = new(tmp_path / "a.jsonl", seed=3)
    live.control().inject(f"{SECRET} \x1b[2J", ["mayor"])
    live.control().start_clock(90)
    live.close()
    printed = CliRunner().invoke(wargame, ["control", str(live.path), "--plain"])

    assert printed.exit_code == 0 and "\x1b" not in printed.output
    for words_of in ("still choosing", SECRET, "Clock 1:30", "== Values ==", "50 minutes"):
        assert words_of in printed.output
