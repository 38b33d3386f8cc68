"""A list whose row under the cursor can be read: nothing in it keeps a colour made for other grounds."""

from __future__ import annotations

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip
from textual.widgets import OptionList


class Listing(OptionList):
    """A list of options; the row under the cursor has one colour, whatever the tones of its parts."""

    def action_page_up(self) -> None:
        super().action_page_up()  # type: ignore[no-untyped-call]
        if self.highlighted is None:  # Nothing above the page's top can be chosen: a heading stands there.
            self.action_first()

    def action_page_down(self) -> None:
        super().action_page_down()  # type: ignore[no-untyped-call]
        if self.highlighted is None:
            self.action_last()

    def render_line(self, y: int) -> Strip:
        strip = super().render_line(y)
        first = next(iter(strip), None)
        here = first.style.meta.get("option") if first is not None and first.style is not None else None
        if here is None or here != self.highlighted:
            return strip
        cursor = self.get_visual_style("option-list--option", "option-list--option-highlighted")
        one = Style(color=cursor.rich_style.color)
        return Strip(Segment.apply_style(strip, post_style=one), strip.cell_length)
