"""Text nobody vouches for goes through every widget: nothing in it commands the terminal or the program."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import attrs
import pytest
from rich.cells import cell_len
from textual.app import App
from textual.events import Paste
from textual.pilot import Pilot

from wargame.errors import IllegalOrder
from wargame.rules.menu import MenuEntry, Odds, Price
from wargame.rules.orders import Order
from wargame.session.kernels import kernel_for, load
from wargame.session.projector import Projector
from wargame.session.public import public_of
from wargame.session.saves import Saved
from wargame.session.session import Session
from wargame.text import is_hidden
from wargame.tui import cards, menus, opening, render, wall
from wargame.tui.app import WargameApp
from wargame.tui.lines import Line
from wargame.tui.plain_twins import map_lines
from wargame.tui.screens import saves as saves_screen
from wargame.tui.screens.pick import Ask, Page, Pick
from wargame.tui.widgets.orders import OrderList
from wargame.tui.widgets.text import Lines, Words, content

from .games import ROLE, SCENARIO, new_table

PAYLOADS = (
    "\x1b]0;title\x07",
    "\x1b]52;c;ZXZpbA==\x07",
    "\x1b[2J\x1b[H\x1b[31m",
    "\x1b]8;;file:///etc/passwd\x1b\\link\x1b]8;;\x1b\\",
    "\x1bP+q544e\x1b\\",
    "\x9b31m\x9d0;x\x9c",
    "\x07\x08\x7f\r\x0b\x0c",
    "[@click=app.quit]x[/]",
    "[link=file:///etc/passwd]x[/link]",
    "[/]",
    "[red]x",
    "[[[",
    "\\[bold]",
    "\u202egnirts\u202c \u2066x\u2069",
    "a\u200bb\u200dc\ufeffd\u00ade\u2060f",
    "\u3164\u2800\u115f",
    "\U000e0041\U000e0042",
    "\ud800 lone",
    "1\n2\n3\t4",
    "Z\u0351\u036b\u0343\u036a\u0302\u036b\u033d\u034f\u0334\u0319\u0324\u031e\u0349\u035a\u032f",
    "\u4e00\u4e8c\u4e09 \U0001f468\u200d\U0001f469\u200d\U0001f467",
    "x" * 5000,
)

Script = Callable[[App[None], Pilot[None]], Awaitable[None]]


class Bench(App[None]):
    """Nothing but a place to put widgets."""

    CSS = "Lines { height: auto; } OptionList { height: 8; }"

    def action_quit_by_markup(self) -> None:
        raise AssertionError("markup was obeyed")


def run(app: App[None], script: Script, size: tuple[int, int] = (80, 24)) -> None:
    async def whole() -> None:
        async with app.run_test(size=size, notifications=True) as pilot:
            await pilot.pause()
            await script(app, pilot)

    asyncio.run(whole())


def shown(app: App[None]) -> str:
    """Every character on the screen, row by row."""
    return "\n".join(strip.text for strip in app.screen._compositor.render_strips())


def assert_harmless(text: str) -> None:
    found = sorted({f"U+{ord(char):04X}" for char in text if char != "\n" and is_hidden(char)})

    assert found == []


@pytest.mark.parametrize("payload", PAYLOADS, ids=repr)
def test_lines_show_it_as_it_stands(payload: str) -> None:
    async def script(app: App[None], pilot: Pilot[None]) -> None:
        await app.mount(Lines([payload, "behind"]))
        await pilot.pause()
        assert_harmless(shown(app))
        if payload.startswith("[") and "\x1b" not in payload:
            assert payload in shown(app)

    run(Bench(), script)


@pytest.mark.parametrize("payload", PAYLOADS, ids=repr)
def test_questions_and_pages_survive_it(payload: str) -> None:
    async def script(app: App[None], pilot: Pilot[None]) -> None:
        for screen in (
            Pick(payload, [payload, "other"], before=[payload], head=payload),
            Page(payload, [payload]),
            Ask(payload),
        ):
            app.push_screen(screen)
            await pilot.pause()
            assert_harmless(shown(app))
            await pilot.press("escape")

    run(Bench(), script)


@pytest.mark.parametrize("payload", PAYLOADS, ids=repr)
def test_the_list_of_orders_survives_it(payload: str) -> None:
    public = public_of(kernel_for(load(SCENARIO)).book, ROLE)
    order = Order("x", None, payload)
    odds = Odds("l", payload, order, 1, 2, 3, ())
    price = (Price("p", payload, 1, 2),)
    entry = MenuEntry("x", payload, payload, payload, "", price, (order,), None, (odds,), 1)

    async def script(app: App[None], pilot: Pilot[None]) -> None:
        orders = OrderList()
        await app.mount(orders)
        orders.tell(public, [entry], frozenset({"x"}), {"x": payload})
        await pilot.pause()
        assert_harmless(shown(app))

    run(Bench(), script)


@pytest.mark.parametrize("payload", PAYLOADS, ids=repr)
def test_the_list_of_saves_and_notices_survive_it(
    payload: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WARGAME_SAVES", str(tmp_path))
    forged = Saved(tmp_path / "x.jsonl", payload, payload, payload, payload, 1, payload, payload)
    monkeypatch.setattr(saves_screen, "listing", lambda: (forged,))

    async def script(app: App[None], pilot: Pilot[None]) -> None:
        assert isinstance(app, WargameApp)
        app.push_screen(saves_screen.SavesScreen())
        await pilot.pause()
        await app.workers.wait_for_complete()
        app.say(payload)
        await pilot.pause()
        assert_harmless(shown(app))

    run(WargameApp(), script)


@pytest.mark.parametrize("payload", PAYLOADS, ids=repr)
def test_what_is_pasted_is_cleaned_and_cut(payload: str) -> None:
    async def script(app: App[None], pilot: Pilot[None]) -> None:
        field = Words(max_length=100)
        await app.mount(field)
        field.post_message(Paste(payload * 3))
        await pilot.pause()
        assert_harmless(field.value)
        assert len(field.value) <= 100
        assert_harmless(shown(app))

    run(Bench(), script)


def test_a_message_with_anything_in_it_is_shown_harmlessly(tmp_path: Path) -> None:
    table = new_table(tmp_path / "a.jsonl")
    seat = table.session.seat(ROLE)
    for payload in PAYLOADS:
        with suppress(IllegalOrder):
            seat.say(payload)

    async def script(app: App[None], pilot: Pilot[None]) -> None:
        await pilot.press("z")
        await pilot.pause()
        assert_harmless(shown(app))
        assert "[@click=app.quit]x[/]" in shown(app)

    run(WargameApp(table, ROLE), script, (120, 60))


# --- What is written into a scenario or a save, through everything that makes lines of it

WRITTEN = {"title", "about", "short", "teaches", "difficulty", "text", "unit", "briefing", "secret", "detail"}
"""Fields whose words are their author's."""


def poisoned(thing: Any, payload: str, name: str = "") -> Any:
    """*thing* with *payload* wherever an author writes words."""
    if isinstance(thing, str):
        return payload if name in WRITTEN else thing
    if isinstance(thing, Mapping):
        words = WRITTEN if name in ("options", "briefings", "endings", "constants") else set()
        inside = "text" if words else ""
        return {
            key: poisoned(each, payload, name if isinstance(each, Mapping) else inside)
            for key, each in thing.items()
        }
    if isinstance(thing, tuple):
        return tuple(poisoned(each, payload, name) for each in thing)
    if not attrs.has(type(thing)):
        return thing
    fields = [each for each in attrs.fields(type(thing)) if each.init]
    changed = {each.alias: poisoned(getattr(thing, each.name), payload, each.name) for each in fields}
    return attrs.evolve(thing, **changed)


def assert_lines(lines: Sequence[Line | str], width: int = 0) -> None:
    """Nothing hidden is left of *lines* on a screen, and none is wider than *width* cells."""
    plain = content(*lines).plain
    assert_harmless(plain)
    assert not width or all(cell_len(row) <= width for row in plain.split("\n"))


@pytest.mark.parametrize("payload", PAYLOADS, ids=repr)
def test_the_cards_of_a_new_game_survive_it(payload: str) -> None:
    scenario = poisoned(load("tutorial"), payload)
    role = next(iter(scenario.doctrines))

    assert scenario.title == scenario.roles[role].about == payload
    assert_lines(cards.scenario_card(scenario))
    assert_lines(cards.role_card(scenario, role))
    for doctrine in (*scenario.doctrines[role], "person"):
        assert_lines(cards.player_card(scenario, role, doctrine))
    assert_lines([cards.chosen(scenario)])


@pytest.mark.parametrize("payload", PAYLOADS, ids=repr)
def test_the_last_game_on_the_start_screen_survives_it(payload: str) -> None:
    save = Saved(Path("x"), payload, payload, payload, payload, 1, "torn", payload)

    assert_lines(opening.last_game(save, 72), 72)


@pytest.mark.parametrize("payload", PAYLOADS, ids=repr)
def test_dials_options_and_the_wall_survive_it(payload: str, fresh: Session) -> None:
    seat, projector = fresh.seat(ROLE), Projector(fresh)
    public, everybody = poisoned(seat.scenario, payload), poisoned(projector.scenario, payload)
    view = seat.view()

    for dial in render.dials(public, view, 22):
        assert_lines([dial.title, dial.number, dial.bar], 22)
        assert_lines(dial.side)
    for row in (*map_lines(public, view, "1"), *render.gauges(public, view, 80)):
        assert_lines([row])
    for id, options in public.options.items():
        assert_lines([menus.option_words(public, Order(id, None, option)) for option in options])
    wanted: Any = SimpleNamespace(
        scenario=everybody,
        view=projector.view,
        happened=projector.happened,
        told=projector.told,
        messages=projector.messages,
    )
    assert_lines([wall.wall_heading(wanted), *wall.wall(wanted, 80)])


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    table = new_table(tmp_path_factory.mktemp("hostile") / "a.jsonl")
    yield table.session
    table.session.close()
