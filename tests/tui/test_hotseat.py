"""Several persons at one machine: who is next, what is kept between the seats, and that no secret stays."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from click.testing import CliRunner
from textual.pilot import Pilot
from textual.widgets import OptionList

from tests.tui.waiting import until
from wargame.agents.driver import Table
from wargame.agents.seating import seating
from wargame.cli.game import play
from wargame.session.kernels import load
from wargame.session.replay import verify
from wargame.session.session import Session
from wargame.tui import plain_seats
from wargame.tui.app import WargameApp
from wargame.tui.hotseat import Pins, Round, following, persons, waiting
from wargame.tui.screens.curtain import CurtainScreen, GatherScreen
from wargame.tui.screens.end import EndScreen
from wargame.tui.screens.leave import LeaveQuestion
from wargame.tui.screens.seat import SeatScreen
from wargame.tui.screens.setup import SetupScreen
from wargame.tui.screens.telling import TellingScreen

from .games import SCENARIO
from .test_hostile import shown
from .test_screens import press, run, settled

TWO = ("kremlin", "tokayev")
FOUR = ("kremlin", "tokayev", "protesters", "west")


@pytest.fixture(autouse=True)
def quick(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WARGAME_SAVES", str(tmp_path / "saves"))
    monkeypatch.setenv("TEXTUAL_ANIMATIONS", "none")
    monkeypatch.setattr("wargame.tui.screens.leave.CALM", 0)
    monkeypatch.setattr("wargame.tui.screens.curtain.CALM", 0)


def shared(path: Path, roles: tuple[str, ...] = TWO, length: str = "lesson") -> Table:
    """A fresh game of several persons."""
    scenario = load(SCENARIO)
    seats = seating(scenario, {}, persons=roles)
    return Table.of(Session.create(scenario, seed=3, length=length, seats=seats, path=path))


async def choose(app: WargameApp, pilot: Pilot[None]) -> None:
    """Chooses the order under the cursor, with the first target and option it can have."""
    seat = app.screen
    assert isinstance(seat, SeatScreen)
    await press(app, pilot, "enter")
    while not isinstance(app.screen, SeatScreen):
        await press(app, pilot, "enter")
    assert len(seat.seat.drafted) == 1


# --- Who is next


def test_the_next_seat_goes_round_and_passes_by_who_has_locked() -> None:
    assert following(FOUR, FOUR, None) == "kremlin"
    assert following(FOUR, FOUR, "kremlin") == "tokayev"
    assert following(FOUR, FOUR, "west") == "kremlin"
    assert following(FOUR, ("kremlin", "west"), "kremlin") == "west"
    assert following(FOUR, ("kremlin",), "kremlin") == "kremlin"
    assert following(FOUR, (), "kremlin") is None


def test_only_persons_are_waited_for() -> None:
    seats = {"a": "person", "b": "doctrine:cautious", "c": "person"}

    assert persons(seats) == ("a", "c")
    assert waiting(seats, {"a"}) == ("c",)


def test_a_seat_is_told_a_turn_once() -> None:
    round = Round()

    assert not round.must_hear("a", 0, False)
    assert round.must_hear("a", 1, False)
    assert not round.must_hear("a", 1, True)
    round.heard("a", 1)
    assert not round.must_hear("a", 1, False)
    assert round.must_hear("a", 2, False)


def test_a_pin_opens_its_own_seat_only() -> None:
    pins = Pins()
    pins.choose("a", "1234")
    pins.choose("b", "")

    assert pins.any and pins.guards("a") and not pins.guards("b")
    assert pins.asked("b") and not pins.asked("c")
    assert pins.opens("a", "1234", 0)
    assert not pins.opens("a", "", 0)
    assert pins.opens("b", "", 0)


def test_wrong_pins_close_a_seat_for_longer_and_longer() -> None:
    pins = Pins()
    pins.choose("a", "1234")
    for _ in range(3):
        assert not pins.opens("a", "1", 100)

    assert pins.closed("a", 100) == 2
    assert not pins.opens("a", "1234", 101)
    assert pins.opens("a", "1234", 102)
    assert "1234" not in repr(pins)


# --- On the screen


def test_a_turn_of_two_persons(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    table = shared(path)

    async def script(app: WargameApp, pilot: Pilot[None]) -> None:
        assert isinstance(app.screen, CurtainScreen)
        await press(app, pilot, "enter")
        assert isinstance(app.screen, SeatScreen) and app.screen.seat.role == "kremlin"
        await choose(app, pilot)
        await press(app, pilot, "l", "enter")
        assert isinstance(app.screen, CurtainScreen)
        assert [*table.session.course.locked] == ["kremlin"]
        await press(app, pilot, "enter")
        assert isinstance(app.screen, SeatScreen) and app.screen.seat.role == "tokayev"
        await press(app, pilot, "l", "enter")
        assert isinstance(app.screen, GatherScreen)
        assert table.session.turn == 1
        await press(app, pilot, "enter")
        assert isinstance(app.screen, TellingScreen)
        assert "for everybody" in shown(app)
        await press(app, pilot, "escape")
        assert isinstance(app.screen, CurtainScreen)
        await press(app, pilot, "enter")
        assert isinstance(app.screen, TellingScreen)
        assert "for the Kremlin alone" in shown(app)
        await press(app, pilot, "escape")
        assert isinstance(app.screen, SeatScreen)

    run(WargameApp(table, TWO[0]), script)

    step = table.session.course.steps[-1]
    assert len(table.session.course.steps) == 2
    assert step.orders["kremlin"] and not step.orders["tokayev"]
    assert verify(path).kind == "clean"


def test_a_seat_is_left_without_locking_and_comes_round_again(tmp_path: Path) -> None:
    table = shared(tmp_path / "a.jsonl")

    async def script(app: WargameApp, pilot: Pilot[None]) -> None:
        await press(app, pilot, "enter")
        await choose(app, pilot)
        await press(app, pilot, "h")
        assert isinstance(app.screen, CurtainScreen)
        await press(app, pilot, "enter", "l", "enter")
        assert "Hand over to" in shown(app)
        await press(app, pilot, "enter")
        assert isinstance(app.screen, SeatScreen) and app.screen.seat.role == "kremlin"
        assert len(app.screen.seat.drafted) == 1
        await press(app, pilot, "h")
        assert isinstance(app.screen, SeatScreen)
        await press(app, pilot, "l", "enter")
        assert isinstance(app.screen, GatherScreen)

    run(WargameApp(table, TWO[0]), script)

    assert {role: len(given) for role, given in table.session.course.locked.items()} == {
        "kremlin": 1,
        "tokayev": 0,
    }


def test_a_seat_with_a_pin_opens_by_it(tmp_path: Path) -> None:
    table = shared(tmp_path / "a.jsonl")

    async def script(app: WargameApp, pilot: Pilot[None]) -> None:
        await press(app, pilot, *"77", "enter", *"78", "enter")
        assert "not the same" in shown(app)
        await press(app, pilot, *"77", "enter", *"77", "enter")
        assert isinstance(app.screen, SeatScreen)
        await press(app, pilot, "h", "up")
        assert "The Kremlin" in shown(app)
        await press(app, pilot, "enter")
        assert isinstance(app.screen, CurtainScreen)
        await press(app, pilot, *"11", "enter")
        assert "not the PIN" in shown(app)
        await press(app, pilot, "f3")
        assert isinstance(app.screen, CurtainScreen) and app.round is not None and app.round.curtains
        await press(app, pilot, *"77", "enter")
        assert isinstance(app.screen, SeatScreen) and app.screen.seat.role == "kremlin"

    run(WargameApp(table, TWO[0]), script)


def test_leaving_and_coming_back_goes_to_the_curtain_of_who_has_to_choose(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"

    async def again(app: WargameApp, pilot: Pilot[None]) -> None:
        app.open_save(str(path))
        await settled(app, pilot)
        assert isinstance(app.screen, CurtainScreen)
        assert "President Tokayev" in shown(app)
        await press(app, pilot, "enter")
        assert isinstance(app.screen, SeatScreen) and app.screen.seat.role == "tokayev"
        assert len(app.screen.seat.drafted) == 0

    async def drafts(app: WargameApp, pilot: Pilot[None]) -> None:
        await press(app, pilot, "enter")
        await choose(app, pilot)
        await press(app, pilot, "h", "escape")
        assert isinstance(app.screen, LeaveQuestion)
        assert "you have chosen" not in shown(app)
        await press(app, pilot, "y")

    run(WargameApp(shared(path), TWO[0]), drafts)
    with Session.open(path) as session:
        assert len(session.seat("kremlin").drafted) == 1
    run(WargameApp(Table.of(Session.open(path)), TWO[0]), lock_first)
    run(WargameApp(), again)


async def lock_first(app: WargameApp, pilot: Pilot[None]) -> None:
    """The first seat finds what it had chosen, and locks it."""
    await press(app, pilot, "enter")
    assert isinstance(app.screen, SeatScreen) and len(app.screen.seat.drafted) == 1
    await press(app, pilot, "l", "enter")
    assert isinstance(app.screen, CurtainScreen)


def test_a_game_left_when_all_had_locked_is_worked_out_first(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    table = shared(path)
    for role in TWO:
        table.session.seat(role).submit(())
    table.session.close()
    table = Table.of(Session.open(path))

    async def script(app: WargameApp, pilot: Pilot[None]) -> None:
        assert isinstance(app.screen, GatherScreen)
        await press(app, pilot, "enter", "escape")
        assert isinstance(app.screen, CurtainScreen)

    run(WargameApp(table, TWO[0]), script)

    assert len(table.session.course.steps) == 2


def test_four_persons_play_a_lesson_to_the_end(tmp_path: Path) -> None:
    """The last turn by keys, told to each of them; those before it at the seats, which is quick."""
    path = tmp_path / "a.jsonl"
    table = shared(path, FOUR)
    for _ in table.session.scenario.lengths["lesson"][1:]:
        for role in FOUR:
            table.session.seat(role).submit(())
        table.advance()
    heard: list[str] = []

    async def script(app: WargameApp, pilot: Pilot[None]) -> None:
        for _ in range(40):
            match app.screen:
                case SeatScreen():
                    await press(app, pilot, "l", "enter")
                case CurtainScreen() | GatherScreen():
                    await press(app, pilot, "enter")
                case TellingScreen():
                    heard.append(app.desk.role if app.desk is not None and app.desk.sits else "")
                    await press(app, pilot, "escape")
                case EndScreen():
                    break
        assert isinstance(app.screen, EndScreen)
        assert "beside what The Kremlin saw" in shown(app)
        await press(app, pilot, "l")
        assert "The Western capitals:" in shown(app)

    run(WargameApp(table, FOUR[0]), script, (100, 200))
    table.session.close()

    assert heard == [*FOUR, ""]

    assert verify(path).kind == "clean"


def test_one_person_plays_all_seats_without_curtains(tmp_path: Path) -> None:
    table = shared(tmp_path / "a.jsonl", FOUR)

    async def script(app: WargameApp, pilot: Pilot[None]) -> None:
        for role in FOUR:
            assert isinstance(app.screen, SeatScreen) and app.screen.seat.role == role
            await press(app, pilot, "l", "enter")
        await settled(app, pilot)
        assert isinstance(app.screen, TellingScreen)

    run(WargameApp(table, FOUR[0], curtains=False), script)

    assert len(table.session.course.steps) == 2


def test_a_notice_and_the_clipboard_do_not_pass_the_curtain(tmp_path: Path) -> None:
    table = shared(tmp_path / "a.jsonl")

    async def script(app: WargameApp, pilot: Pilot[None]) -> None:
        await press(app, pilot, "enter")
        seat = app.screen
        assert isinstance(seat, SeatScreen)
        app.copy_to_clipboard("a secret")
        seat.say("a secret")
        await settled(app, pilot)
        assert len(app._notifications)
        await press(app, pilot, "h")
        assert not len(app._notifications) and app.clipboard == ""
        seat.say("a late secret")
        await settled(app, pilot)
        assert not len(app._notifications)

    run(WargameApp(table, TWO[0]), script)


def test_persons_are_chosen_on_the_setup_screen() -> None:
    async def script(app: WargameApp, pilot: Pilot[None]) -> None:
        app.push_screen(SetupScreen())
        await settled(app, pilot)
        await settled(app, pilot)
        doors = app.screen.query_one("#setup", OptionList)
        doors.highlighted = doors.get_option_index("seat-west")
        await press(app, pilot, "enter", "end")
        assert "a person" in shown(app)
        await press(app, pilot, "enter")
        await until(pilot, lambda: "between the seats" in shown(app))
        await press(app, pilot, "b")
        await until(pilot, lambda: isinstance(app.screen, CurtainScreen))
        assert app.desk is not None and app.desk.persons == ("tokayev", "west")

    run(WargameApp(), script)


# --- In plain text


def plain_game(table: Table, text: str, *, curtains: bool = True) -> str:
    written = io.StringIO()
    plain_seats.run(table, io.StringIO(text), written, curtains=curtains)
    return written.getvalue()


def test_two_persons_play_a_lesson_in_plain_text(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    said = plain_game(shared(path), "\nlock\n\nlock\n\n" * 6)

    assert said.count("Hand over to The Kremlin; the others look away.") == 6
    assert said.count("What happened, for President Tokayev alone.") == 5
    assert "beside what The Kremlin saw" in said
    assert verify(path).kind == "clean"


def test_in_plain_text_a_seat_is_left_and_comes_round_again(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    said = plain_game(shared(path), "\n2 1\nhand\n\nlock\n\nchosen\n")

    assert said.count("Hand over to The Kremlin") == 2
    assert "Chosen before you left:" in said
    with Session.open(path) as session:
        assert [*session.course.locked] == ["tokayev"]
        assert len(session.seat("kremlin").drafted) == 1


def test_in_plain_text_one_person_plays_all_without_curtains(tmp_path: Path) -> None:
    table = shared(tmp_path / "a.jsonl", FOUR)
    said = plain_game(table, "lock\n" * 4, curtains=False)

    assert "Hand over" not in said
    assert len(table.session.course.steps) == 2


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--role", "kremlin", "--role", "west"), "Hand over to The Kremlin"),
        (("--role", "all"), "Several persons play"),
        (("--role", "all", "--no-curtains"), "You play The Kremlin."),
    ],
)
def test_the_command_line_seats_several(arguments: tuple[str, ...], words: str, tmp_path: Path) -> None:
    answer = CliRunner().invoke(play, ["--plain", "--save", str(tmp_path / "b.jsonl"), *arguments], input="")

    assert words in answer.output
    with Session.open(tmp_path / "b.jsonl", read_only=True) as session:
        assert len(persons(session.seats)) == (4 if "all" in arguments else 2)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--role", "west", "--role", "west"), "--role west is given twice"),
        (("--role", "west", "--role", "nobody"), "no role 'nobody'"),
        (
            ("--role", "west", "--role", "kremlin", "--opponent", "kremlin=random"),
            "you play kremlin yourself",
        ),
    ],
)
def test_the_command_line_refuses(arguments: tuple[str, ...], words: str) -> None:
    answer = CliRunner().invoke(play, ["--plain", *arguments], input="")

    assert answer.exit_code == 2
    assert words in answer.output
