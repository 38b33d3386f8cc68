"""The map drawn and played with: snapshots as text, keys and mouse as messages, text nobody vouches for."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from attrs import evolve
from rich.cells import cell_len
from rich.color import Color, ColorSystem
from textual import on
from textual.app import App, ComposeResult
from textual.message import Message
from textual.pilot import Pilot

from wargame.rules.view import View
from wargame.session.public import Public
from wargame.tui import render
from wargame.tui.layers import KNOWLEDGE, Layer, Mark, details, layers, short_name
from wargame.tui.lines import BAD
from wargame.tui.mapping import ground_of, raster
from wargame.tui.picture import Look, picture, place_under, text_of
from wargame.tui.ramps import DARK, RAMPS, Ramp, against, contrast, lightness, ramp_for
from wargame.tui.widgets.map import PlaceMap

from .games import new_table
from .test_hostile import PAYLOADS, assert_harmless, shown

MAPS = Path(__file__).parent / "maps"
SIZES = [(60, 15), (118, 36)]
Known = tuple[Public, View]


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> Known:
    """What the Kremlin knows at the start: all of its places by estimates."""
    table = new_table(tmp_path_factory.mktemp("map") / "a.jsonl", role="kremlin")
    seat = table.session.seat("kremlin")
    return seat.scenario, seat.view()


@pytest.fixture(scope="module")
def tokayev(tmp_path_factory: pytest.TempPathFactory) -> Known:
    table = new_table(tmp_path_factory.mktemp("map") / "a.jsonl")
    seat = table.session.seat("tokayev")
    return seat.scenario, seat.view()


def by_hand(public: Public) -> Layer:
    """A layer that no change of a scenario's numbers changes."""
    marks = {}
    for number, place in enumerate(public.places):
        value = number * 7
        marks[place] = Mark(f"{'~' if number % 3 == 0 else ''}{value}{'!' if value > 66 else ''}", value)
    marks[next(reversed(marks))] = Mark("?", None)
    return Layer("by_hand", "By hand", ("0", "100"), marks)


def names_of(public: Public) -> tuple[str, ...]:
    return tuple(short_name(public, place) for place in public.places)


# --- The drawing


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("colours", [False, True], ids=["dots", "blocks"])
def test_a_map_looks_as_it_did(known: Known, size: tuple[int, int], colours: bool) -> None:
    """Look at the difference; if it is better, put the text it tells into the file."""
    public, _ = known
    look = Look("karaganda", trails=True, colours=colours)
    rows = picture(raster(ground_of(public), *size), by_hand(public), names_of(public), look)
    file = MAPS / f"kazakhstan-{size[0]}-{'blocks' if colours else 'dots'}.txt"

    assert text_of(rows) + "\n" == file.read_text(encoding="utf-8")


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("colours", [False, True])
def test_every_name_and_number_is_on_it_whatever_the_colours(
    known: Known, size: tuple[int, int], colours: bool
) -> None:
    public, view = known
    drawn = raster(ground_of(public), *size)
    for layer in layers(public, view):
        rows = picture(drawn, layer, names_of(public), Look("almaty", trails=True, colours=colours))
        text = text_of(rows)
        for place in public.places:
            assert f"{short_name(public, place)} {layer.marks[place].words}" in text
        assert {sum(cell_len(part) for part, _ in row) for row in rows} == {size[0]}


def test_without_colours_there_are_none(known: Known) -> None:
    public, _ = known
    rows = picture(
        raster(ground_of(public), 60, 15),
        by_hand(public),
        names_of(public),
        Look("almaty", True, colours=False),
    )

    assert {ink.ground for row in rows for _, ink in row} == {None}
    assert {ink.text for row in rows for _, ink in row} == {None}


def test_what_is_under_the_mouse_is_what_is_drawn_there(known: Known) -> None:
    public, _ = known
    drawn, layer, names = raster(ground_of(public), 60, 15), by_hand(public), names_of(public)
    text = text_of(picture(drawn, layer, names, Look(colours=False))).split("\n")
    for place, name in zip(public.places, names, strict=True):
        [(x, row)] = [(line.index(name), row) for row, line in enumerate(text) if name in line]
        assert {place_under(drawn, layer, names, x + beside, row) for beside in range(4)} == {place}
    assert place_under(drawn, layer, names, 0, 0) is None


@pytest.mark.parametrize("ramp", RAMPS.values(), ids=map(str, RAMPS))
def test_every_ramp_is_steady_and_its_numbers_can_be_read(ramp: Ramp) -> None:
    lights = [lightness(ramp.at(share)) for share in range(101)]

    assert lights in (sorted(lights), sorted(lights, reverse=True))
    assert abs(lights[-1] - lights[0]) > 150
    for share in [*range(101), None]:
        ground = ramp.at(share)
        text = against(ground)
        few = [Color.from_rgb(*each).downgrade(ColorSystem.STANDARD) for each in (ground, text)]
        assert contrast(ground, text) >= 4.5, share
        assert few[0] != few[1], share


@pytest.mark.parametrize("ramp", RAMPS.values(), ids=map(str, RAMPS))
def test_every_ramp_has_three_steps_on_the_poorest_terminal(ramp: Ramp) -> None:
    steps = {Color.from_rgb(*ramp.at(share)).downgrade(ColorSystem.STANDARD).number for share in range(101)}

    assert len(steps) >= 3


def test_the_ramp_goes_with_the_theme() -> None:
    assert ramp_for("textual-dark", dark=True) is DARK
    grounds = {ramp_for(name, dark).at(0) for name in ("nord", "colour-blind") for dark in (True, False)}
    assert len(grounds) == 4
    for (_, dark), ramp in RAMPS.items():
        screen = (18, 18, 18) if dark else (250, 250, 250)
        assert contrast(ramp.at(100), screen) > 4.5, "trouble stands out from the screen"


# --- The layers


def test_every_number_of_a_place_has_a_layer_and_flags_come_last(known: Known) -> None:
    public, view = known
    found = [layer.id for layer in layers(public, view)]
    at = found.index(KNOWLEDGE)
    per_place = {reading.id for reading in view.readings if reading.place is not None}

    assert set(found) - {KNOWLEDGE} == per_place
    assert all(public.gauges[id].range != (0, 1) for id in found[:at])
    assert all(public.gauges[id].range == (0, 1) for id in found[at + 1 :])


@pytest.mark.parametrize("role", ["known", "tokayev"])
def test_estimates_and_what_is_grave_are_marked(role: str, request: pytest.FixtureRequest) -> None:
    public, view = request.getfixturevalue(role)
    for layer in layers(public, view):
        if layer.id == KNOWLEDGE:
            continue
        for place, mark in layer.marks.items():
            reading = view.reading(layer.id, place)
            assert mark.words.startswith("~") == (not reading.exact)
            grave = render.level(public.gauges[layer.id], reading.value) == BAD
            assert mark.words.endswith("!") == grave


def test_bright_is_trouble(tokayev: Known) -> None:
    public, view = tokayev
    found = {layer.id: layer for layer in layers(public, view)}
    control = view.reading("control", "astana")

    assert control is not None
    assert found["unrest"].ends == ("0", "100")
    assert found["control"].ends == ("100", "0")
    assert found["control"].marks["astana"] == Mark(str(control.value), 100 - control.value)


def test_who_knows_exactly_has_no_layer_of_what_it_knows(tokayev: Known) -> None:
    public, view = tokayev
    sure = tuple(
        evolve(reading, exact=True, low=reading.value, high=reading.value) for reading in view.readings
    )

    assert KNOWLEDGE not in [layer.id for layer in layers(public, evolve(view, readings=sure))]


def test_how_far_off_estimates_are_is_told_for_each_place(tokayev: Known) -> None:
    public, view = tokayev
    readings = tuple(
        evolve(reading, value=50, low=40, high=60)
        for reading in view.readings
        if reading.place == "almaty" and reading.id in ("loyalty", "grievance")
    )
    [layer] = [each for each in layers(public, evolve(view, readings=readings)) if each.id == KNOWLEDGE]

    assert layer.marks["almaty"] == Mark("±10", 20)
    assert layer.marks["taraz"] == Mark("?", None)


def test_what_was_not_told_is_not_on_the_map(tokayev: Known) -> None:
    public, view = tokayev
    few = evolve(view, readings=tuple(each for each in view.readings if each.place == "almaty"))
    assert {layer.marks["taraz"] for layer in layers(public, few) if layer.id != KNOWLEDGE} == {
        Mark("?", None)
    }
    assert layers(public, evolve(view, readings=())) == ()
    assert details(public, few, "taraz").text == "Taraz"


def test_details_name_everything_known_of_a_place(known: Known) -> None:
    public, view = known
    text = details(public, view, "almaty").text

    assert text.startswith("Almaty  unrest ~")
    for id in ("violence", "control", "loyalty"):
        reading = view.reading(id, "almaty")
        assert reading is not None
        assert f"{reading.value}" in text


# --- The widget


class Bench(App[None]):
    """A map, and what it posts."""

    def __init__(self, known: Known | None) -> None:
        super().__init__()
        self._known = known
        self.posted: list[tuple[str, str]] = []

    def compose(self) -> ComposeResult:
        yield PlaceMap()

    def on_mount(self) -> None:
        if self._known is not None:
            self.map.tell(*self._known)
        self.map.focus()

    @property
    def map(self) -> PlaceMap:
        return self.query_one(PlaceMap)

    @on(PlaceMap.Looked)
    @on(PlaceMap.Chosen)
    def _posted(self, message: Message) -> None:
        assert isinstance(message, PlaceMap.Looked | PlaceMap.Chosen)
        self.posted.append((type(message).__name__, message.place))


Script = Callable[[Bench, Pilot[None]], Awaitable[None]]


def run(known: Known | None, script: Script, size: tuple[int, int] = (80, 24)) -> None:
    async def whole() -> None:
        app = Bench(known)
        async with app.run_test(size=size) as pilot:
            await pilot.pause()
            await script(app, pilot)

    asyncio.run(whole())


def spot_of(app: Bench, name: str) -> tuple[int, int]:
    """Where a name stands on the screen."""
    [(x, y)] = [(row.index(name), y) for y, row in enumerate(shown(app).split("\n")) if name in row]
    return x, y


def test_arrows_move_and_enter_chooses(known: Known) -> None:
    async def script(app: Bench, pilot: Pilot[None]) -> None:
        app.map.select("karaganda")
        await pilot.press("up", "enter", "down", "left")
        assert app.posted == [
            ("Looked", "astana"),
            ("Chosen", "astana"),
            ("Looked", "karaganda"),
            ("Looked", app.map.place),
        ]
        assert "[KAR" not in shown(app)

    run(known, script)


def test_the_mouse_does_what_the_keys_do(known: Known) -> None:
    async def script(app: Bench, pilot: Pilot[None]) -> None:
        for _ in range(2):
            await pilot.click(PlaceMap, offset=spot_of(app, "ALM"))
            await pilot.pause()
        await pilot.click(PlaceMap, offset=(0, 5))
        await pilot.pause()
        assert app.posted == [("Looked", "almaty"), ("Chosen", "almaty")]
        before = app.map.shown
        await pilot.click(PlaceMap, offset=(3, 0))
        assert app.map.shown != before

    run(known, script)


def test_a_place_chosen_elsewhere_is_marked_and_nothing_is_posted(known: Known) -> None:
    async def script(app: Bench, pilot: Pilot[None]) -> None:
        app.map.select("almaty")
        app.map.select("nowhere")
        await pilot.pause()
        assert app.map.place == "almaty"
        assert "[ALM" in shown(app)
        assert app.posted == []

    run(known, script)


def test_a_key_goes_round_all_values(known: Known) -> None:
    async def script(app: Bench, pilot: Pilot[None]) -> None:
        seen = []
        for layer in layers(*known):
            seen.append(layer.id)
            assert app.map.shown == layer.id
            assert layer.title in shown(app)
            await pilot.press("v")
        assert app.map.shown == seen[0]
        await pilot.press("V")
        assert app.map.shown == seen[-1]
        await pilot.press("pagedown", "pagedown", "pageup")
        assert app.map.shown == seen[0]

    run(known, script)


def test_a_new_turn_keeps_the_value_and_the_place(known: Known, tokayev: Known) -> None:
    async def script(app: Bench, pilot: Pilot[None]) -> None:
        app.map.show("control")
        app.map.select("taraz")
        app.map.tell(*tokayev)
        await pilot.pause()
        assert (app.map.shown, app.map.place) == ("control", "taraz")
        assert "TAR ~" not in shown(app)

    run(known, script)


def test_lines_lead_to_the_neighbours_while_it_has_the_focus(known: Known) -> None:
    async def script(app: Bench, pilot: Pilot[None]) -> None:
        app.map.select("karaganda")
        await pilot.pause()
        assert "•" in shown(app)
        app.set_focus(None)
        await pilot.pause()
        assert "•" not in shown(app)
        assert "[KAR" in shown(app)

    run(known, script)


@pytest.mark.parametrize("size", [(1, 1), (5, 3), (20, 6), (40, 11), (60, 18), (200, 60)])
def test_it_fits_every_window(known: Known, size: tuple[int, int]) -> None:
    async def script(app: Bench, pilot: Pilot[None]) -> None:
        await pilot.press("right", "down", "v", "enter")
        rows = shown(app).split("\n")
        assert len(rows) == size[1]
        assert {cell_len(row) for row in rows} == {size[0]}
        await pilot.resize_terminal(80, 24)
        await pilot.pause(0.1)
        assert "ALM" in shown(app)

    run(known, script, size)


def test_no_color_leaves_marks_and_numbers(known: Known, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")

    async def script(app: Bench, pilot: Pilot[None]) -> None:
        app.map.select("almaty")
        await pilot.pause()
        text = shown(app)
        assert not set("▀▄") & set(text)
        assert "[ALM ~" in text
        assert "TAR ~" in text

    run(known, script)


def test_nothing_known_is_said() -> None:
    async def script(app: Bench, pilot: Pilot[None]) -> None:
        await pilot.press("up", "enter", "v")
        await pilot.click(PlaceMap, offset=(3, 3))
        assert "nothing on the map" in shown(app)
        assert app.posted == []

    run(None, script)


@pytest.mark.parametrize("payload", PAYLOADS, ids=repr)
def test_text_nobody_vouches_for_stays_text(payload: str, known: Known) -> None:
    public, view = known
    places = {
        id: evolve(place, title=payload, short=payload, about=payload) for id, place in public.places.items()
    }
    gauges = {id: evolve(gauge, title=payload, unit=payload) for id, gauge in public.gauges.items()}
    readings = tuple(evolve(reading, words=payload) for reading in view.readings)
    hostile = evolve(public, places=places, gauges=gauges), evolve(view, readings=readings)

    async def script(app: Bench, pilot: Pilot[None]) -> None:
        await pilot.press("v", "down", "right")
        assert_harmless(shown(app))
        assert {cell_len(row) for row in shown(app).split("\n")} == {60}

    run(hostile, script, (60, 18))
