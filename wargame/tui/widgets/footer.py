"""The row of keys at the bottom."""

from __future__ import annotations

from textual.screen import Screen
from textual.widgets import Footer


class KeyBar(Footer):
    """
    The keys of a screen that are shown, from the table of its actions.

    It is put together anew only when they change, not whenever another part of the screen has the keys.
    """

    def __init__(self) -> None:
        super().__init__(show_command_palette=False, compact=True)
        self._now: object = None

    def bindings_changed(self, screen: Screen[object]) -> None:
        """The screen says that its keys may have changed."""
        now = [
            (
                each.binding.action,
                self.app.get_key_display(each.binding),
                each.binding.description,
                each.enabled,
            )
            for each in screen.active_bindings.values()
            if each.binding.show
        ]
        if now != self._now and screen.app.app_focus:
            self._now = now
            super().bindings_changed(screen)
