"""What is done on the playing screen beyond choosing orders, asserted on the seat and its journal."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, OptionList

from wargame.rules.orders import Order, Say
from wargame.session.course import Said
from wargame.session.seat import Submission
from wargame.session.session import Session
from wargame.tui import copying, outlook, press, render
from wargame.tui.app import WargameApp
from wargame.tui.screens.annotate import Annotate
from wargame.tui.screens.choose import PickPlace
from wargame.tui.screens.play import PlayScreen
from wargame.tui.widgets.chosen import ChosenOrders
from wargame.tui.widgets.map import PlaceMap
from wargame.tui.widgets.orders import OrderList

from .games import ROLE, new_table
from .test_screens import press as keys
from .test_screens import run, settled

HOSTILE = "\x1b]0;x\x07[@click=app.quit]a[/]\u202eb"


@pytest.fixture(autouse=True)
def calm(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WARGAME_SAVES", str(tmp_path / "saves"))
    monkeypatch.setenv("TEXTUAL_ANIMATIONS", "none")


def shown(app: WargameApp, selector: str) -> str:
    return str(app.screen.query_one(selector).render())  # type: ignore[attr-defined]


def first_orders(seat: object, count: int) -> list[Submission]:
    """Some orders that may be given together."""
    found: list[Submission] = []
    for order in seat.legal():  # type: ignore[attr-defined]
        try:
            seat.check([*(each.order for each in found), order])  # type: ignore[attr-defined]
        except ValueError:
            continue
        if order.id not in [each.order.id for each in found]:
            found.append(Submission(order))
        if len(found) == count:
            break
    return found


# --- Orders already chosen


def test_reason_expectation_and_confidence_reach_the_journal(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    table = new_table(path)

    async def script(app: WargameApp, pilot: Pilot[None]) -> None:
        await keys(app, pilot, "enter", "enter", "e")
        assert isinstance(app.screen, Annotate)
        await keys(app, pilot, *"calm", "enter", *"peace", "enter", *"x70", "enter")
        assert "(70 % sure;" in str(app.screen.query_one(ChosenOrders).get_option_at_index(0).prompt)

    run(WargameApp(table, ROLE), script, (160, 40))
    table.session.close()
    with Session.open(path) as again:
        (one,) = again.seat(ROLE).drafted
        assert (one.reason, one.expects, one.confidence) == ("calm", "peace", 70)


def test_more_than_a_hundred_percent_is_asked_again(tmp_path: Path) -> None:
    table = new_table(tmp_path / "a.jsonl")

    async def script(app: WargameApp, pilot: Pilot[None]) -> None:
        await keys(app, pilot, "enter", "enter", "e", "tab", "tab", *"101", "enter")
        assert isinstance(app.screen, Annotate)
        await keys(app, pilot, "escape")
        assert isinstance(app.screen, PlayScreen)

    run(WargameApp(table, ROLE), script)
    assert table.session.seat(ROLE).drafted[0].confidence is None


def test_what_is_noted_stands_with_the_locked_order(tmp_path: Path) -> None:
    table = new_table(tmp_path / "a.jsonl")
    table.session.seat(ROLE).draft(
        [Submission(each.order, "because") for each in first_orders(table.session.seat(ROLE), 1)]
    )

    async def script(app: WargameApp, pilot: Pilot[None]) -> None:
        await keys(app, pilot, "l", "enter")

    run(WargameApp(table, ROLE), script)
    assert '"reason":"because"' in (tmp_path / "a.jsonl").read_text().replace(": ", ":")


@pytest.mark.parametrize("key", ["right_square_bracket", "shift+down"])
def test_chosen_orders_are_moved_and_taken_back(tmp_path: Path, key: str) -> None:
    table = new_table(tmp_path / "a.jsonl")
    seat = table.session.seat(ROLE)
    seat.draft(first_orders(seat, 2))
    one, two = seat.drafted

    async def script(app: WargameApp, pilot: Pilot[None]) -> None:
        app.screen.query_one(ChosenOrders).focus()
        await keys(app, pilot, key)
        assert seat.drafted == (two, one)
        await keys(app, pilot, "delete")
        assert seat.drafted == (two,)
        await pilot.click(ChosenOrders, offset=(2, 0))
        await settled(app, pilot)
        await keys(app, pilot, "down", "enter")

    run(WargameApp(table, ROLE), script)
    assert seat.drafted == ()


# --- Talking


def test_a_message_goes_to_several_roles(tmp_path: Path) -> None:
    table = new_table(tmp_path / "a.jsonl")
    others = [role for role in table.session.scenario.roles if role != ROLE]

    async def script(app: WargameApp, pilot: Pilot[None]) -> None:
        await keys(app, pilot, "m", "space", "down", "space", "down", "space", "enter", *"hi", "enter")

    run(WargameApp(table, ROLE), script)
    said = [each for each in table.session.seat(ROLE).messages() if each.role == ROLE]
    assert [each.act for each in said] == [Say("hi", tuple(others[:2]))]


def test_what_others_say_is_marked_until_it_is_read(tmp_path: Path) -> None:
    table = new_table(tmp_path / "a.jsonl")
    other = next(role for role in table.session.scenario.roles if role != ROLE)
    table.session.seat(other).say(HOSTILE, (ROLE,))

    async def script(app: WargameApp, pilot: Pilot[None]) -> None:
        assert "Deals!" in shown(app, "#name-deals")
        await keys(app, pilot, "6")
        text = shown(app, "#pane-text")
        assert "[@click=app.quit]a[/]b" in text and "\x1b" not in text and "\u202e" not in text
        assert press.NEW in text
        assert not app.screen._unread  # type: ignore[attr-defined]

    run(WargameApp(table, ROLE), script)


def test_the_transcript_has_the_newest_last_and_nothing_of_ones_own_is_new(tmp_path: Path) -> None:
    table = new_table(tmp_path / "a.jsonl")
    public = table.session.seat(ROLE).scenario
    other = next(role for role in public.roles if role != ROLE)
    said = [Said(1, other, Say("a")), Said(2, ROLE, Say("b", (other,))), Said(2, other, Say("c"))]

    assert press.unread(said, ROLE, 0) == {0, 2}
    assert press.unread(said, ROLE, press.read_before(said, 2)) == {2}
    rows = [row.text for row in press.transcript(public, said, frozenset({2}))]
    assert [row[-1] for row in rows] == ["1", "a", "2", "b", "c"]
    assert rows[4].startswith("* ") and rows[3].endswith(f"to {public.roles[other].title}: b")
    now = [row.text for row in press.transcript(public, said, frozenset({2}), now=2)]
    assert now[0].endswith("Said this turn") and now[3].endswith("turn 1") and now[4].endswith(": a")
    table.session.close()


def test_who_locks_is_told_of_an_offer_without_an_answer_and_may_lock_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = new_table(tmp_path / "a.jsonl")
    monkeypatch.setattr(render, "open_offers", lambda public, view: ["The Kremlin offers you 'Bread'"])

    async def script(app: WargameApp, pilot: Pilot[None]) -> None:
        await keys(app, pilot, "l")
        text = " ".join(copying.text_of(app.screen).split())
        assert "Not answered yet: The Kremlin offers you 'Bread'. Esc goes back, and O" in text
        await keys(app, pilot, "enter")

    run(WargameApp(table, ROLE), script)
    assert table.session.turn == 2


def test_messages_to_others_are_not_in_the_transcript(tmp_path: Path) -> None:
    table = new_table(tmp_path / "a.jsonl")
    one, two = [role for role in table.session.scenario.roles if role != ROLE][:2]
    table.session.seat(one).say("between us", (two,))

    async def script(app: WargameApp, pilot: Pilot[None]) -> None:
        await keys(app, pilot, "6")
        assert "between us" not in shown(app, "#pane-text")

    run(WargameApp(table, ROLE), script)


# --- The map


def test_the_map_is_a_pane_and_gives_a_place_to_an_order(tmp_path: Path) -> None:
    table = new_table(tmp_path / "a.jsonl")
    seat = table.session.seat(ROLE)

    async def script(app: WargameApp, pilot: Pilot[None]) -> None:
        assert not app.screen.query_one(PlaceMap).display
        await keys(app, pilot, "p")
        assert app.screen.query_one(PlaceMap).has_focus
        place = app.screen.query_one(PlaceMap).place
        await keys(app, pilot, "enter", "enter")
        if isinstance(app.screen, PlayScreen) is False:
            await keys(app, pilot, "enter")
        assert [each.order.place for each in seat.drafted] == [place]

    run(WargameApp(table, ROLE), script)


def test_a_large_window_has_the_map_beside_what_is_read(tmp_path: Path) -> None:
    table = new_table(tmp_path / "a.jsonl")

    async def script(app: WargameApp, pilot: Pilot[None]) -> None:
        assert app.screen.query_one(PlaceMap).display
        assert not app.screen.query_one("#standing").display
        assert app.screen.query_one("#pane").display

    run(WargameApp(table, ROLE), script, (120, 40))


def test_the_question_where_is_answered_on_the_map(tmp_path: Path) -> None:
    table = new_table(tmp_path / "a.jsonl")
    seat = table.session.seat(ROLE)
    target = next(
        entry
        for entry in seat.menu()
        if len({way.place for way in entry.candidates}) > 1 and len({w.option for w in entry.candidates}) == 1
    )

    async def script(app: WargameApp, pilot: Pilot[None]) -> None:
        app.screen.query_one(OrderList).post_message(OrderList.Chosen(target))
        await settled(app, pilot)
        assert isinstance(app.screen, PickPlace)
        drawn = app.screen.query_one(PlaceMap)
        await keys(app, pilot, "down")
        listed = app.screen.query_one(OptionList)
        assert drawn.place == app.screen._places[listed.highlighted or 0]
        drawn.focus()
        await keys(app, pilot, "enter")
        assert [each.order.place for each in seat.drafted] == [drawn.place]

    run(WargameApp(table, ROLE), script, (120, 40))


# --- Advice and outlook


def test_advice_taken_is_in_the_draft(tmp_path: Path) -> None:
    table = new_table(tmp_path / "a.jsonl")
    found = table.advise(ROLE)

    async def script(app: WargameApp, pilot: Pilot[None]) -> None:
        await keys(app, pilot, "a", "enter")

    run(WargameApp(table, ROLE), script)
    assert [each.order for each in table.session.seat(ROLE).drafted] == [found[0].order]


def test_the_outlook_names_only_what_the_reader_sees(tmp_path: Path) -> None:
    table = new_table(tmp_path / "a.jsonl")
    scenario = table.session.scenario
    for role in scenario.roles:
        public = table.session.seat(role).scenario
        titles = {note.title for note in public.gauges.values()}
        touched = {id: outlook.touched(scenario, public, id) for id in scenario.orders}
        assert any(touched.values())
        assert all(set(names) <= titles for names in touched.values())
        assert not any(touched[id] for id, order in scenario.orders.items() if order.role != role)
    table.session.close()


def test_about_tells_what_an_order_may_change_and_who_learns_of_it(tmp_path: Path) -> None:
    table = new_table(tmp_path / "a.jsonl")

    async def script(app: WargameApp, pilot: Pilot[None]) -> None:
        await keys(app, pilot, "i")
        text = shown(app, "Page Prose")
        assert "May change: " in text and "Who learns that it was given: " in text

    run(WargameApp(table, ROLE), script)


def test_a_note_is_told_in_one_line() -> None:
    order = Order("a", None, None)
    assert outlook.note_words(Submission(order)) == ""
    assert outlook.note_words(Submission(order, "x\ny", "z", 0)) == "0 % sure; x y; expects: z"


def test_a_capital_letter_is_the_key_shown_and_stays_a_letter_where_one_types(tmp_path: Path) -> None:
    async def script(app: WargameApp, pilot: Pilot[None]) -> None:
        await pilot.press("M")
        assert not isinstance(app.screen, PlayScreen)
        await pilot.press("escape", "N")
        await pilot.pause()
        await pilot.press("O", "h")
        assert app.screen.query_one(Input).value == "Oh"

    run(WargameApp(new_table(tmp_path / "a.jsonl"), ROLE), script)
