"""Lines of text that nobody's markup, escape codes or links can get out of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from attrs import frozen
from textual.content import Content
from textual.events import Paste
from textual.geometry import Size
from textual.strip import Strip
from textual.visual import Visual
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
        self._shown = tuple(lines)
        super().__init__(content(*self._shown), markup=False, id=id, classes=classes)

    def show(self, lines: Iterable[Line | str]) -> None:
        """Puts *lines* in place of those before; the same lines cost nothing."""
        before, self._shown = self._shown, tuple(lines)
        if self._shown != before:
            found = content(*self._shown)
            self.update(found, layout=not self._fits(found))

    def _fits(self, found: Content) -> bool:
        """Whether *found* takes the room the widget has, so that nothing else must move."""
        now, width = self.content_size, self.styles.width
        if not now.width or (width is not None and width.is_auto and found.cell_length != now.width):
            return False
        return found.get_height(self.styles.get_rules(), now.width) == now.height


@frozen
class Row:
    """One row of a text on the screen, and where it begins: character *x* of line *y*."""

    text: Content
    x: int
    y: int


class Prose(Lines):
    """
    Lines whose continuations stand further in, at whatever width the window has.

    It may be long: only the rows in sight are drawn, and they are broken once for each width.
    """

    def __init__(
        self,
        lines: Iterable[Line | str] = (),
        *,
        width: int = 0,
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        super().__init__(id=id, classes=classes)
        self._lines = tuple(map(as_line, lines))
        self._broken: tuple[int, list[Row]] | None = None
        self._least = width

    def show(self, lines: Iterable[Line | str]) -> None:
        self._lines = tuple(map(as_line, lines))
        self._broken = None
        self.refresh(layout=True)

    def render(self) -> Content:
        return content(*self._hung(self.content_size.width or self._least))

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return len(self._rows(width))

    def render_line(self, y: int) -> Strip:
        if self.text_selection is not None:
            return super().render_line(y)
        rows = self._rows(self.size.width)
        if y >= len(rows):
            return Strip.blank(self.size.width, self.visual_style.rich_style)
        drawn = Visual.to_strips(self, rows[y].text, self.size.width, 1, self.visual_style, pad=True)
        return drawn[0].apply_offsets(rows[y].x, rows[y].y)  # so that the mouse can mark and copy

    def _rows(self, width: int) -> list[Row]:
        if self._broken is None or self._broken[0] != width:
            parts = [part for each in self._hung(width) for part in content(each).split(allow_blank=True)]
            self._broken = (width, [row for y, part in enumerate(parts) for row in _rows_of(part, y, width)])
        return self._broken[1]

    def _hung(self, width: int) -> list[Line]:
        return [row for each in self._lines for row in hung(each, width)]


def _rows_of(text: Content, y: int, width: int) -> Iterator[Row]:
    """A text without breaks in rows of at most *width* cells."""
    if text.cell_length <= width:
        yield Row(text, 0, y)
        return
    end = 0
    for part in text.wrap(max(width, 1)):
        x = max(text.plain.find(part.plain, end), 0)
        end = x + len(part.plain)
        yield Row(part, x, y)


class Words(Input):
    """One line to type; what is pasted is cleaned and cut before it gets in."""

    def on_mount(self) -> None:
        self.cursor_blink = self.app.animation_level != "none"

    def _on_paste(self, event: Paste) -> None:
        # Runs before Input's own handler, which takes the text from the event.
        most = self.max_length or MOST_BREAKS
        event.text = clean_text(event.text[: most * 4].strip())[:most]
