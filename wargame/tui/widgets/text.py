"""Lines of text that nobody's markup, escape codes or links can get out of."""

from __future__ import annotations

from collections.abc import Iterable

from textual.content import Content
from textual.events import Paste
from textual.widgets import Input, Static

from wargame.text import clean_text
from wargame.tui.lines import ACCENT, BAD, GOOD, HEAD, QUIET, STRONG, WARN, Line, as_line, hung

STYLES = {
    "": "",
    HEAD: "bold $text-accent",
    STRONG: "bold",
    QUIET: "$foreground-muted",
    ACCENT: "$text-accent",
    GOOD: "$text-success",
    WARN: "$text-warning",
    BAD: "$text-error",
}
MOST_BREAKS = 100_000


def content(*lines: Line | str) -> Content:
    """*lines* as Textual shows them: no markup is read, and no control character is left."""
    parts: list[tuple[str, str]] = []
    for number, each in enumerate(lines):
        if number:
            parts.append(("\n", ""))
        for text, tone in as_line(each).spans:
            parts.append((clean_text(text, newlines=MOST_BREAKS), STYLES[tone]))
    return Content.assemble(*parts)


class Lines(Static):
    """Plain lines; what authors and players wrote is shown as it stands."""

    def __init__(
        self, lines: Iterable[Line | str] = (), *, id: str | None = None, classes: str | None = None
    ) -> None:
        super().__init__(content(*lines), markup=False, id=id, classes=classes)

    def show(self, lines: Iterable[Line | str]) -> None:
        """Puts *lines* in place of those before."""
        self.update(content(*lines))


class Prose(Lines):
    """Lines whose continuations stand further in, at whatever width the window has."""

    def __init__(
        self,
        lines: Iterable[Line | str] = (),
        *,
        width: int = 0,
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        self._lines = tuple(lines)
        super().__init__(self._hung(width), id=id, classes=classes)

    def show(self, lines: Iterable[Line | str]) -> None:
        self._lines = tuple(lines)
        super().show(self._hung(self.content_size.width))

    def on_resize(self) -> None:
        super().show(self._hung(self.content_size.width))

    def _hung(self, width: int) -> list[Line]:
        return [row for each in self._lines for row in hung(as_line(each), width)]


class Words(Input):
    """One line to type; what is pasted is cleaned and cut before it gets in."""

    def on_mount(self) -> None:
        self.cursor_blink = self.app.animation_level != "none"

    def _on_paste(self, event: Paste) -> None:
        # Runs before Input's own handler, which takes the text from the event.
        most = self.max_length or MOST_BREAKS
        event.text = clean_text(event.text[: most * 4].strip())[:most]
