"""Lines of text that nobody's markup, escape codes or links can get out of."""

from __future__ import annotations

from collections.abc import Iterable

from textual.content import Content
from textual.widgets import Static


class Lines(Static):
    """Plain lines; what authors and players wrote is shown as it stands."""

    def __init__(self, lines: Iterable[str] = (), **arguments: str | None) -> None:
        super().__init__(Content("\n".join(lines)), markup=False, **arguments)  # type: ignore[arg-type]

    def show(self, lines: Iterable[str]) -> None:
        """Puts *lines* in place of those before."""
        self.update(Content("\n".join(lines)))
