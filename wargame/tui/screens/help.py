"""The help of a screen: a few words, and its keys from the one table that also makes the footer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from textual.app import ComposeResult
from textual.binding import Binding

from wargame.tui.keymap import now, shown, with_keys
from wargame.tui.lines import STRONG, Line, fill, line
from wargame.tui.screens.pick import Page

EVERYWHERE = (
    Binding("ctrl+p,f10,colon", "", "All actions", tooltip="Every action of the screen, by name"),
    Binding("ctrl+y", "", "Copy", id="app.copy", tooltip="What the screen shows, to clipboard and file"),
    Binding(
        "s",
        "",
        "Settings",
        id="help.settings",
        tooltip="On this page: colours, the pace of the telling, keys",
    ),
)


class HelpPage(Page):
    """What a screen is for and every key it knows."""

    BINDINGS = [
        Binding(
            "s", "settings", "Settings", id="help.settings", tooltip="Colours, the pace of the telling, keys"
        )
    ]

    def __init__(
        self,
        title: str,
        bindings: Iterable[object],
        before: Sequence[Line | str],
        after: Sequence[Line | str] = (),
    ) -> None:
        super().__init__(title, ())
        self._keys = [each for each in bindings if isinstance(each, Binding)]
        self._before = before
        self._after = after

    def compose(self) -> ComposeResult:
        keymap: Mapping[str, str] = getattr(self.app, "keymap", {})
        table = key_lines([*self._keys, *EVERYWHERE], keymap)
        before = [with_keys(each, keymap) if isinstance(each, str) else each for each in self._before]
        self._lines = [*before, "", *table, *(["", *self._after] if self._after else [])]
        yield from super().compose()

    async def action_settings(self) -> None:
        await self.dismiss(None)
        await self.app.run_action("app.settings")


def key_lines(bindings: Iterable[Binding], keymap: Mapping[str, str]) -> list[Line]:
    """One line for each key: its names as they are now, and what it does."""
    return [
        line((fill(shown(now(each, keymap)), 16), STRONG), each.tooltip or each.description)
        for each in bindings
        if each.description
    ]
