"""The part of the program that carries out the settings: theme, motion, keys, and the list of all actions."""

from __future__ import annotations

from typing import Any, ClassVar

from textual import work
from textual.app import App
from textual.binding import Binding
from textual.command import CommandPalette
from textual.events import Key

from wargame import settings
from wargame.errors import Problem
from wargame.settings import Found, Settings
from wargame.tui import themes


def _actions() -> Any:
    from wargame.tui.palette import Actions

    return Actions


ALL, ABOUT_ALL = "All actions", "Every action of this screen, by name"


class PreferringApp(App[None]):
    """An app that looks and listens as its owner has set it."""

    COMMANDS = {_actions}
    BINDINGS: ClassVar = [
        Binding("f12", "settings", "Settings", show=False, id="app.settings", tooltip="Colours, pace, keys"),
        Binding(
            "ctrl+y",
            "copy_screen",
            "Copy",
            show=False,
            priority=True,
            id="app.copy",
            tooltip="What the screen shows, as text: to the clipboard and into a file",
        ),
        Binding("ctrl+p,f10", "command_palette", ALL, show=False, priority=True, tooltip=ABOUT_ALL),
        Binding("colon", "command_palette", ALL, show=False, tooltip=ABOUT_ALL),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._usual_motion = self.animation_level
        self.settings = Settings()
        self.keymap: dict[str, str] = {}
        """The keys in force that were changed, by the id of their binding."""

        for theme in themes.SHIPPED:
            self.register_theme(theme)

    def on_load(self) -> None:
        found = settings.load()
        problems = self._take(found)
        if problems:
            self.call_later(self._name_faults, problems)

    def _name_faults(self, problems: list[Problem]) -> None:
        """Says what is wrong with the settings; the first fault, and how many more there are."""
        more = f" (and {len(problems) - 1} more; 'wargame settings --check')" if len(problems) > 1 else ""
        self.say(f"{problems[0]}{more}")

    def say(self, words: str) -> None:
        """A word to the player."""
        raise NotImplementedError

    def _take(self, found: Found) -> list[Problem]:
        """Carries out what was read; all that is wrong with it."""
        self.settings = found.settings
        self.animation_level = "none" if self.settings.reduced_motion else self._usual_motion
        self.theme = themes.in_force(self.settings, self.no_color)
        problems = list(found.problems)
        if self.settings.keys or self.keymap:
            from wargame.tui.keymap import checked

            self.keymap, refused = checked(self.settings.keys, str(settings.path()))
            problems += refused
            self.set_keymap(self.keymap)
        return problems

    def change(self, name: str, value: bool | str) -> bool:
        """Saves one setting and carries it out at once; False, and a word why, if it cannot be saved."""
        try:
            self._take(settings.save(name, value))
        except settings.SettingsError as error:
            self.say(str(error))
            return False
        if name == "theme" and self.theme != value:
            why = "NO_COLOR is set" if self.no_color else "the colour-blind palette is on"
            self.say(f"Kept. {self.theme} is shown now, because {why}.")
        return True

    # --- What every screen has

    @property
    def _is_free(self) -> bool:
        """Whether something may be opened over the screen; not while a larger window is asked for."""
        from wargame.tui.screens.settings import KeyQuestion
        from wargame.tui.screens.small import SmallScreen

        taken = isinstance(self.screen, (SmallScreen, KeyQuestion))
        return not taken and not any(isinstance(each, CommandPalette) for each in self.screen_stack)

    def on_key(self, event: Key) -> None:
        """Shift and a letter is the letter, where nothing else wants it: keys are shown as capitals."""
        if len(event.key) == 1 and event.key.isupper():
            event.stop()
            self.simulate_key(event.key.lower())

    def action_command_palette(self) -> None:
        if self._is_free:
            from wargame.tui.palette import Palette

            self.push_screen(Palette())

    def action_settings(self) -> None:
        from wargame.tui.screens.settings import SettingsScreen

        if self._is_free and not any(isinstance(each, SettingsScreen) for each in self.screen_stack):
            self.push_screen(SettingsScreen())

    def action_copy_screen(self) -> None:
        from wargame.tui.copying import copied

        self.say(copied(self))

    @work
    async def action_theme(self) -> None:
        """Asks for a theme, and uses and keeps it."""
        from wargame.tui.screens.settings import pick_theme

        await pick_theme(self)

    def action_use_theme(self, name: str) -> None:
        self.change("theme", name)
