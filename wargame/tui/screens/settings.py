"""The settings: each in one row, changed by Enter, kept and carried out at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from attrs import evolve, frozen
from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.events import Key
from textual.screen import ModalScreen, Screen
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from wargame import settings
from wargame.settings import SPEEDS, THEMES, Settings
from wargame.tui import themes
from wargame.tui.keymap import Action, actions, checked, normal, now, shown
from wargame.tui.lines import QUIET, STRONG, Line, fill, head, line, quiet
from wargame.tui.screens.help import HelpPage
from wargame.tui.screens.pick import Pick
from wargame.tui.widgets.footer import KeyBar
from wargame.tui.widgets.listing import Listing
from wargame.tui.widgets.text import Lines, content

if TYPE_CHECKING:
    from wargame.tui.preferences import PreferringApp

HELP = (
    "Enter changes the row under the cursor; what is changed counts at once and for all games to come.",
    "A key is changed by pressing the new one. The program says if something else has it already.",
    "The settings are a small file that can also be edited; 'wargame settings --path' tells where it is.",
)
TITLES = {
    "theme": "Theme",
    "telling": "Telling of a turn",
    "colour_blind": "Colour-blind palette",
    "reduced_motion": "Reduced motion",
    "plain": "Plain by default",
}
SCREENS = {
    "app": "Everywhere",
    "start": "Start screen",
    "setup": "A new game",
    "play": "In play",
    "telling": "The telling",
    "end": "The end",
    "saves": "Saved games",
    "settings": "These settings",
    "question": "Questions",
    "page": "Pages",
    "leave": "Leaving",
}
WIDEST = 24


@frozen
class Row:
    """One row of the list; `id` is a setting, or `keys.` and the id of a binding."""

    id: str
    title: str
    value: str
    about: str
    changed: bool = False

    @property
    def line(self) -> Line:
        mark = "*" if self.changed else " "
        tone = STRONG if self.changed else ""
        return line((mark, STRONG), f" {fill(self.title, WIDEST)} ", (self.value, tone))


def rows(current: Settings, in_force: str) -> list[Row]:
    """The rows of all settings but the keys."""
    usual = Settings()
    found = []
    for id, title in TITLES.items():
        value = getattr(current, id)
        found.append(
            Row(id, title, words(id, value), about(current, id, in_force), value != getattr(usual, id))
        )
    return found


def words(id: str, value: object) -> str:
    """A value as a person reads it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    name = str(value)
    return SPEEDS[name] if id == "telling" else f"{name} ({themes.about(name)})"


def about(current: Settings, id: str, in_force: str) -> str:
    """What the setting is for, and what stands in its way."""
    text = settings.ABOUT[id]
    text = text[:1].upper() + text[1:] + "."
    if id == "theme" and in_force != current.theme:
        why = "of the palette below" if current.colour_blind else "NO_COLOR is set"
        text += f" Now shown as {in_force}, because {why}."
    return text


def key_rows(keymap: dict[str, str]) -> list[tuple[str, list[Row]]]:
    """The rows of the keys under the name of their screen."""
    groups: dict[str, list[Row]] = {}
    for action in actions().values():
        place = action.id.partition(".")[0]
        title = SCREENS.get(place, place.replace("_", " ").capitalize())
        keys = now(action.binding, keymap)
        groups.setdefault(title, []).append(
            Row(
                f"keys.{action.id}",
                action.binding.description,
                shown(keys),
                f"{action.words}. In the file: {action.id}; usually {shown(action.binding.key)}.",
                action.id in keymap,
            )
        )
    order = list(SCREENS.values())
    rank = {name: number for number, name in enumerate(order)}
    return sorted(groups.items(), key=lambda group: rank.get(group[0], len(order)))


class ThemePick(Pick):
    """Choose a theme; each is shown while the cursor stands on it."""

    def __init__(self, current: Settings) -> None:
        super().__init__("Which theme?", [f"{fill(name, WIDEST)} {themes.about(name)}" for name in THEMES])
        self._current = current

    def on_mount(self) -> None:
        self.query_one(OptionList).highlighted = THEMES.index(self._current.theme)

    @on(OptionList.OptionHighlighted)
    def _try(self, event: OptionList.OptionHighlighted) -> None:
        tried = evolve(self._current, theme=THEMES[event.option_index])
        self.app.theme = themes.in_force(tried, self.app.no_color)


async def pick_theme(app: PreferringApp) -> bool:
    """Asks for a theme and keeps it; whether one was chosen."""
    picked = await app.push_screen_wait(ThemePick(app.settings))
    if picked is not None and app.change("theme", THEMES[picked]):
        return True
    app.theme = themes.in_force(app.settings, app.no_color)
    return False


class KeyQuestion(ModalScreen[str | None]):
    """Press a key: its name; empty for the usual one, None if the player thinks better of it."""

    DEFAULT_CSS = "KeyQuestion { align: center middle; background: $background 60%; }"

    def __init__(self, action: Action, keys: str) -> None:
        super().__init__()
        self._action = action
        self._keys = keys

    def compose(self) -> ComposeResult:
        usual = shown(self._action.binding.key)
        with Vertical(classes="box"):
            yield Lines([f"Press the new key for '{self._action.binding.description}'."], classes="question")
            is_usual = shown(self._keys) == usual
            words = f"It is {usual}." if is_usual else f"It is {shown(self._keys)}; usually it is {usual}."
            yield Lines([words], classes="before")
            back = "" if is_usual else f"Delete gives {usual} back; "
            yield Lines([f"{back}Escape changes nothing."], classes="hint")

    def on_key(self, event: Key) -> None:
        event.stop()
        event.prevent_default()
        if event.key == "escape":
            self.dismiss(None)
        else:
            self.dismiss("" if event.key in ("delete", "backspace") else event.key)


class SettingsScreen(Screen[None]):
    """Everything that can be set."""

    CSS = "#settings { height: 1fr; padding: 0 1; }"
    BINDINGS = [
        Binding(
            "r", "usual", "Usual value", id="settings.usual", tooltip="Give the row its usual value back"
        ),
        Binding(
            "f1,question_mark", "help", "Help", id="settings.help", tooltip="What can be set, and the keys"
        ),
        Binding("escape,q", "app.pop_screen", "Back", id="settings.back", tooltip="All is kept already"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._rows: dict[str, Row] = {}

    def compose(self) -> ComposeResult:
        yield Lines([line(("Settings", STRONG), ": Enter changes a row; it counts at once")], id="heading")
        yield Listing(id="settings", markup=False)
        yield Lines(id="details")
        yield KeyBar()

    def on_mount(self) -> None:
        self._draw()
        self.query_one(OptionList).focus()

    def on_screen_resume(self) -> None:
        # The list of all actions may have changed something.
        if self.is_mounted and self.query_one(OptionList).option_count:
            self._draw()

    @property
    def _program(self) -> PreferringApp:
        from wargame.tui.preferences import PreferringApp

        assert isinstance(self.app, PreferringApp)
        return self.app

    def _draw(self) -> None:
        listing = self.query_one(OptionList)
        here = listing.highlighted
        app = self._program
        options: list[Option] = []
        self._rows = {}
        groups: Sequence[tuple[str, list[Row]]] = [
            ("", rows(app.settings, app.theme)),
            *((f"Keys: {name}", group) for name, group in key_rows(app.keymap)),
        ]
        for name, group in groups:
            if name:
                options += [Option("", disabled=True), Option(content(head(f"── {name}")), disabled=True)]
            for row in group:
                self._rows[row.id] = row
                options.append(Option(content(row.line), id=row.id))
        listing.clear_options()
        listing.add_options(options)
        listing.highlighted = here or 0

    @property
    def _row(self) -> Row | None:
        listing = self.query_one(OptionList)
        if listing.highlighted is None:
            return None
        return self._rows.get(listing.get_option_at_index(listing.highlighted).id or "")

    @on(OptionList.OptionHighlighted)
    def _looked(self) -> None:
        if row := self._row:
            where = quiet(f"Kept in {settings.path()}")
            change = " * is not the usual value; R gives it back." if row.changed else ""
            self.query_one("#details", Lines).show([row.about, line((change.strip(), QUIET)), where])

    @on(OptionList.OptionSelected)
    def _selected(self) -> None:
        if row := self._row:
            self._alter(row.id)

    @work
    async def _alter(self, id: str) -> None:
        app = self._program
        match id:
            case "theme":
                await pick_theme(app)
            case "telling":
                picked = await app.push_screen_wait(Pick("How is a turn told?", list(SPEEDS.values())))
                if picked is not None:
                    app.change("telling", list(SPEEDS)[picked])
            case _ if id.startswith("keys."):
                await self._alter_key(id.removeprefix("keys."))
            case _:
                app.change(id, not getattr(app.settings, id))
        if self.is_mounted:
            self._draw()

    async def _alter_key(self, id: str) -> None:
        app = self._program
        action = actions()[id]
        key = await app.push_screen_wait(KeyQuestion(action, now(action.binding, app.keymap)))
        if key is None:
            return
        if key in map(normal, action.binding.key.split(",")):
            key = ""
        wanted = {**app.keymap, id: key}
        if not key:
            del wanted[id]
        _, problems = checked(wanted)
        if problems:
            app.say(f"{problems[0].what[:1].upper()}{problems[0].what[1:]}. Nothing is changed.")
        else:
            app.change(f"keys.{id}", key)

    def action_usual(self) -> None:
        row, app = self._row, self._program
        if row is None or not row.changed:
            app.say("That row has its usual value.")
            return
        if not row.id.startswith("keys."):
            app.change(row.id, getattr(Settings(), row.id))
        elif problems := checked({k: v for k, v in app.keymap.items() if f"keys.{k}" != row.id})[1]:
            app.say(f"{problems[0].what[:1].upper()}{problems[0].what[1:]}. Change that one first.")
        else:
            app.change(row.id, "")
        self._draw()

    def action_help(self) -> None:
        self.app.push_screen(HelpPage("Settings", self.BINDINGS, HELP))
