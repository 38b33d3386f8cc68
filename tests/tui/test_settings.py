"""Settings, themes, changed keys and the list of all actions, on the screens."""

from __future__ import annotations

import asyncio
import re
import tomllib
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from textual.color import Color
from textual.pilot import Pilot
from textual.widgets import Input, OptionList

from wargame import settings, tui
from wargame.settings import OWN_THEMES, THEMES, Settings
from wargame.tui import themes
from wargame.tui.app import WargameApp
from wargame.tui.keymap import actions, checked, named, shown, tables, with_keys
from wargame.tui.palette import Palette, commands
from wargame.tui.screens.help import HelpPage
from wargame.tui.screens.pick import Page
from wargame.tui.screens.play import PlayScreen
from wargame.tui.screens.settings import KeyQuestion, SettingsScreen, ThemePick
from wargame.tui.screens.start import StartScreen

from .games import ROLE, new_table

Script = Callable[[WargameApp, Pilot[None]], Awaitable[None]]
TONES = ("text-accent", "text-success", "text-warning", "text-error", "foreground", "foreground-muted")


@pytest.fixture(autouse=True)
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("WARGAME_CONFIG", str(tmp_path / "config"))
    monkeypatch.setenv("WARGAME_SAVES", str(tmp_path / "saves"))
    monkeypatch.setenv("TEXTUAL_ANIMATIONS", "none")
    return tmp_path / "config" / "settings.toml"


def write(config: Path, text: str) -> None:
    config.parent.mkdir(parents=True, exist_ok=True)
    config.write_text(text, encoding="utf-8")


def run(app: WargameApp, script: Script, size: tuple[int, int] = (80, 24)) -> None:
    async def whole() -> None:
        async with app.run_test(size=size, notifications=True) as pilot:
            await quiet(app, pilot)
            await script(app, pilot)

    asyncio.run(whole())


async def quiet(app: WargameApp, pilot: Pilot[None]) -> None:
    for _ in range(3):
        if app.desk is not None:
            await app.desk.idle()
        await pilot.pause()


async def press(app: WargameApp, pilot: Pilot[None], *keys: str) -> None:
    for key in keys:
        await pilot.press(key)
        await quiet(app, pilot)


def notices(app: WargameApp) -> list[str]:
    return [each.message for each in app._notifications]


# --- Themes


def contrast(theme: str, front: str, back: str) -> float:
    """The contrast of two of the theme's colours by the formula of WCAG 2."""
    # As App.get_css_variables puts them together.
    variables = {**themes.ALL[theme].to_color_system().generate(), **themes.ALL[theme].variables}
    ground = Color.parse(variables[back])
    words = variables[front]
    if words.startswith("auto"):
        colour = ground.get_contrast_text(int(words.split()[1].rstrip("%")) / 100)
    else:
        colour = Color.parse(words)
    low, high = sorted(map(brightness, (ground, ground + colour)))
    return (high + 0.05) / (low + 0.05)


def brightness(colour: Color) -> float:
    parts = [each / 255 for each in colour.rgb]
    red, green, blue = (c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("theme", [name for name in THEMES if not name.startswith("ansi")])
def test_text_can_be_read(theme: str) -> None:
    """The terminal's own colours are the terminal's affair; all others are ours."""
    least = 7 if theme.startswith("high") else 4.5
    pairs = [(tone, ground) for tone in TONES for ground in ("background", "surface")]
    assert [pair for pair in pairs if contrast(theme, *pair) < least] == []


def test_the_mended_themes_are_those_in_use() -> None:
    app = WargameApp()
    for name in themes.TONES:
        assert app.get_theme(name) is themes.ALL[name]


@pytest.mark.parametrize("theme", OWN_THEMES)
@pytest.mark.parametrize(
    "pair",
    [
        ("block-cursor-foreground", "block-cursor-background"),
        ("footer-key-foreground", "footer-background"),
        ("footer-foreground", "footer-background"),
        ("foreground", "primary-muted"),
        ("foreground", "panel"),
        ("text-muted", "surface"),
    ],
)
def test_cursor_footer_and_heading_can_be_read(theme: str, pair: tuple[str, str]) -> None:
    assert contrast(theme, *pair) >= (7 if theme.startswith("high") else 4.5)


def test_every_theme_that_can_be_set_exists_and_the_other_way_round() -> None:
    assert set(THEMES) == set(themes.ALL)
    assert set(OWN_THEMES) == {theme.name for theme in themes.OWN}


@pytest.mark.parametrize("name", THEMES)
def test_without_colour_the_theme_with_most_contrast_is_shown(name: str) -> None:
    shown_theme = themes.in_force(Settings(theme=name), no_color=True)

    assert shown_theme.startswith("high-contrast")
    assert themes.ALL[shown_theme].dark == themes.ALL[name].dark


@pytest.mark.parametrize("name", THEMES)
def test_the_colour_blind_palette_is_dark_or_light_as_the_theme(name: str) -> None:
    shown_theme = themes.in_force(Settings(theme=name, colour_blind=True))

    assert shown_theme in OWN_THEMES
    assert themes.ALL[shown_theme].dark == themes.ALL[name].dark


def test_no_color_is_respected(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")

    async def script(app: WargameApp, pilot: Pilot[None]) -> None:
        assert app.theme == "high-contrast"

    run(WargameApp(), script)


# --- Keys


def test_every_binding_with_an_id_is_found_and_no_screen_has_one_key_twice() -> None:
    assert {"play.lock", "start.new", "telling.more", "settings.back", "app.settings"} <= set(actions())
    for name, table in tables().items():
        keys = [key for each in table for key in each.binding.key.split(",")]
        assert len(keys) == len(set(keys)), name


@pytest.mark.parametrize(
    ("keys", "word"),
    [
        ({"play.lokc": "k"}, "did you mean 'play.lock'"),
        ({"play.lock": "d"}, "D is the key of play.drop already"),
        ({"play.lock": "ctrl+c"}, "leaves the program"),
        ({"play.lock": "enter"}, "chooses"),
        ({"play.lock": "nokey"}, "is no key"),
        ({"nonsense.at_all": "k"}, "wargame settings --keys"),
    ],
)
def test_a_key_that_cannot_be_used_is_named(keys: dict[str, str], word: str) -> None:
    good, problems = checked(keys, "settings.toml")

    assert good == {}
    assert [word in str(each) for each in problems] == [True]
    assert "\n" not in str(problems[0])


def test_two_actions_may_change_keys_and_a_third_is_refused() -> None:
    assert checked({"play.lock": "d", "play.drop": "l"}) == ({"play.lock": "d", "play.drop": "l"}, [])

    good, problems = checked({"play.lock": "k", "play.drop": "k"})

    assert good == {}
    assert len(problems) == 2


def test_keys_are_written_as_people_read_them() -> None:
    assert shown("f1,question_mark") == "F1, ?"
    assert shown("ctrl+p") == "Ctrl+P"
    assert shown("?") == "?"


def test_a_changed_key_works_and_stands_in_footer_help_and_list(tmp_path: Path, config: Path) -> None:
    write(config, '[keys]\n"play.info" = "k"\n')
    table = new_table(tmp_path / "a.jsonl")

    async def script(app: WargameApp, pilot: Pilot[None]) -> None:
        assert isinstance(app.screen, PlayScreen)
        await press(app, pilot, "i")
        assert isinstance(app.screen, PlayScreen)
        named = {each.title: each.keys for each in commands(app.screen)}
        assert named["About"] == "K"
        await press(app, pilot, "f1")
        assert isinstance(app.screen, HelpPage)
        rows = [each if isinstance(each, str) else each.text for each in app.screen._lines]
        assert any(row.startswith("K ") and "order under the cursor" in row for row in rows)
        await press(app, pilot, "escape", "k")
        assert isinstance(app.screen, Page)

    run(WargameApp(table, ROLE), script)
    table.session.close()


def test_a_clash_in_the_file_is_said_and_the_usual_key_works(tmp_path: Path, config: Path) -> None:
    write(config, '[keys]\n"play.info" = "l"\n')
    table = new_table(tmp_path / "a.jsonl")

    async def script(app: WargameApp, pilot: Pilot[None]) -> None:
        assert any("L is the key of play.lock already" in each for each in notices(app))
        await press(app, pilot, "i")
        assert isinstance(app.screen, Page)

    run(WargameApp(table, ROLE), script)
    table.session.close()


# --- The screen


def test_a_broken_file_is_said_and_left_as_it_is(config: Path) -> None:
    write(config, "theme = [nord\n")

    async def script(app: WargameApp, pilot: Pilot[None]) -> None:
        assert any("is no TOML" in each for each in notices(app))
        assert app.theme == THEMES[0]
        await press(app, pilot, "s")
        await press(app, pilot, "down", "down", "enter")
        assert any("Not saved" in each for each in notices(app))
        assert app.settings == Settings()

    run(WargameApp(), script)
    assert config.read_text() == "theme = [nord\n"


def test_settings_are_opened_from_the_start_screen_and_kept_at_once(config: Path) -> None:
    async def script(app: WargameApp, pilot: Pilot[None]) -> None:
        await press(app, pilot, "s")
        assert isinstance(app.screen, SettingsScreen)
        await press(app, pilot, "down", "down", "enter")
        assert app.theme == "colour-blind"
        assert tomllib.loads(config.read_text())["colour_blind"] is True
        await press(app, pilot, "r")
        assert tomllib.loads(config.read_text())["colour_blind"] is False
        await press(app, pilot, "escape")
        assert isinstance(app.screen, StartScreen)

    run(WargameApp(), script)


def test_settings_are_opened_from_the_help_of_a_game(tmp_path: Path, config: Path) -> None:
    table = new_table(tmp_path / "a.jsonl")

    async def script(app: WargameApp, pilot: Pilot[None]) -> None:
        await press(app, pilot, "f1", "s")
        assert isinstance(app.screen, SettingsScreen)
        await press(app, pilot, "escape")
        assert isinstance(app.screen, PlayScreen)
        await press(app, pilot, "f12")
        assert isinstance(app.screen, SettingsScreen)

    run(WargameApp(table, ROLE), script)
    table.session.close()


def test_a_theme_is_shown_under_the_cursor_and_only_kept_by_enter(config: Path) -> None:
    async def script(app: WargameApp, pilot: Pilot[None]) -> None:
        await press(app, pilot, "s", "enter")
        assert isinstance(app.screen, ThemePick)
        await press(app, pilot, "down")
        assert app.theme == THEMES[1]
        await press(app, pilot, "escape")
        assert app.theme == THEMES[0]
        assert not config.exists()
        await press(app, pilot, "enter", "down", "enter")
        assert app.theme == app.settings.theme == THEMES[1]

    run(WargameApp(), script)
    assert settings.load(config).settings.theme == THEMES[1]


def row_of(app: WargameApp, id: str) -> None:
    listing = app.screen.query_one(OptionList)
    listing.highlighted = listing.get_option_index(id)


def test_a_key_is_changed_by_pressing_it_and_given_back(config: Path) -> None:
    async def script(app: WargameApp, pilot: Pilot[None]) -> None:
        await press(app, pilot, "s")
        row_of(app, "keys.play.lock")
        await press(app, pilot, "enter")
        assert isinstance(app.screen, KeyQuestion)
        await press(app, pilot, "d")
        assert any("D is the key of play.drop already" in each for each in notices(app))
        assert not config.exists()
        await press(app, pilot, "enter", "k")
        assert app.keymap == {"play.lock": "k"}
        assert tomllib.loads(config.read_text())["keys"] == {"play.lock": "k"}
        await press(app, pilot, "enter", "delete")
        assert app.keymap == {}

    run(WargameApp(), script)
    assert settings.load(config).settings.keys == {}


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 40)])
def test_the_settings_fit_every_window(size: tuple[int, int]) -> None:
    async def script(app: WargameApp, pilot: Pilot[None]) -> None:
        await press(app, pilot, "s", "end")
        assert isinstance(app.screen, SettingsScreen)
        assert app.screen.query_one(OptionList).size.height >= size[1] // 2

    run(WargameApp(), script, size)


# --- The list of all actions


@pytest.mark.parametrize("key", ["ctrl+p", "f10", "colon"])
def test_the_list_holds_every_action_of_the_screen(tmp_path: Path, key: str) -> None:
    table = new_table(tmp_path / "a.jsonl")

    async def script(app: WargameApp, pilot: Pilot[None]) -> None:
        here = app.screen
        await press(app, pilot, key)
        assert isinstance(app.screen, Palette)
        found = {each.title: each for each in commands(here)}
        for action in tables()[type(here).__name__]:
            assert found[action.binding.description].about == action.binding.tooltip
        assert {"Settings", "Theme"} <= set(found)
        assert not [title for title in found if "screenshot" in title.lower()]
        assert not {"Up", "Down", "Page Up"} & set(found)
        await press(app, pilot, "escape")
        assert app.screen is here

    run(WargameApp(table, ROLE), script)
    table.session.close()


def test_an_action_is_found_by_its_name_and_carried_out(tmp_path: Path) -> None:
    table = new_table(tmp_path / "a.jsonl")

    async def script(app: WargameApp, pilot: Pilot[None]) -> None:
        await press(app, pilot, "colon", *"about")
        await pilot.pause(0.3)
        await press(app, pilot, "enter")
        await pilot.pause(0.2)
        assert isinstance(app.screen, Page)

    run(WargameApp(table, ROLE), script)
    table.session.close()


def test_a_colon_can_still_be_typed(tmp_path: Path) -> None:
    table = new_table(tmp_path / "a.jsonl")

    async def script(app: WargameApp, pilot: Pilot[None]) -> None:
        await press(app, pilot, "m", "enter", "a", "colon")
        assert app.screen.query_one(Input).value == "a:"

    run(WargameApp(table, ROLE), script)
    table.session.close()


# --- The pace of the telling


def test_a_changed_pace_counts_for_the_next_telling(tmp_path: Path, config: Path) -> None:
    write(config, 'telling = "all"\nreduced_motion = true\n')
    table = new_table(tmp_path / "a.jsonl")

    async def script(app: WargameApp, pilot: Pilot[None]) -> None:
        from wargame.tui.screens.telling import TellingScreen

        assert app.animation_level == "none"
        await press(app, pilot, "l", "enter")
        for _ in range(50):
            if isinstance(app.screen, TellingScreen):
                break
            await quiet(app, pilot)
        assert isinstance(app.screen, TellingScreen)
        assert app.screen._course.is_over

    run(WargameApp(table, ROLE), script)
    table.session.close()


def test_our_own_texts_name_keys_that_are_the_usual_ones() -> None:
    known = actions()
    screens = {id.partition(".")[0] for id in known}
    texts = [file.read_text("utf-8") for file in Path(tui.__file__).parent.rglob("*.py")]
    found = [each for text in texts for each in named(re.sub(r'f"[^"\n]*"', "", text))]
    found = [each for each in found if each[0].partition(".")[0] in screens]

    assert len(found) > 8
    for id, key in found:
        assert key in known[id].binding.key.split(","), f"{id}:{key}"


def test_a_text_follows_a_changed_key() -> None:
    assert with_keys("{play.deal:o} offers", {}) == "O offers"
    assert with_keys("{play.deal:o} offers", {"play.deal": "ctrl+d,k"}) == "Ctrl+D offers"
    assert with_keys("a {brace} and {play.deal}", {}) == "a {brace} and {play.deal}"
