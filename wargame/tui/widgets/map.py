"""The map: one value of every place at a glance, a place chosen by arrows, by the mouse or from elsewhere."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

from rich.segment import Segment
from rich.style import Style
from textual.binding import Binding
from textual.events import Blur, Click, Focus, Resize
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from wargame.rules.view import View
from wargame.session.public import Public
from wargame.text import clean_text
from wargame.tui.keymap import in_force, with_keys
from wargame.tui.layers import Layer, details, layers, short_name
from wargame.tui.lines import cut, fitted, line
from wargame.tui.mapping import Ground, Raster, ground_of, raster, step
from wargame.tui.picture import Ink, Look, Row, picture, place_under
from wargame.tui.ramps import ramp_for

NOTES = ("~ estimate", "! grave", "arrows: move", "Enter: choose")
"""What the first row says as far as there is room."""

SWATCH = 10
DETAILS = 2
"""Rows below the map for what is known of the chosen place."""

LOW = 12
"""A lower map has no such rows."""


class PlaceMap(Widget, can_focus=True):
    """
    The places of a scenario in the colours and numbers of one value.

    It knows nothing but what `tell` gave it; `select` keeps it in step with a list of the places.
    """

    ALLOW_SELECT = False
    DEFAULT_CSS = "PlaceMap { height: 1fr; }"
    HELP = "The map. Its first row tells what the colours mean. Lines lead to the chosen place's neighbours."
    BINDINGS = [
        Binding("up", "go(0, -1)", "Up", show=False, tooltip="The next place above"),
        Binding("down", "go(0, 1)", "Down", show=False, tooltip="The next place below"),
        Binding("left", "go(-1, 0)", "Left", show=False, tooltip="The next place to the left"),
        Binding("right", "go(1, 0)", "Right", show=False, tooltip="The next place to the right"),
        Binding("enter", "choose", "Choose", show=False, tooltip="Choose the marked place"),
        Binding("v,pagedown", "turn(1)", "Value", id="map.next", tooltip="Show the next value on the map"),
        Binding(
            "V,pageup",
            "turn(-1)",
            "Value before",
            id="map.before",
            show=False,
            tooltip="Show the value before",
        ),
    ]

    class Looked(Message):
        """The player moved to this place."""

        def __init__(self, place: str) -> None:
            super().__init__()
            self.place = place

    class Chosen(Message):
        """The player chose this place, with Enter or by a click on the marked one."""

        def __init__(self, place: str) -> None:
            super().__init__()
            self.place = place

    def __init__(self, *, id: str | None = "map", classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._known: tuple[Public, View] | None = None
        self._ground = Ground((), (), ())
        self._names: tuple[str, ...] = ()
        self._kinds: tuple[Layer, ...] = ()
        self._kind = 0
        self._place: str | None = None
        self._drawn: tuple[Hashable, list[Strip]] = (None, [])
        self._base = Style()

    # --- What others tell it

    def tell(self, public: Public, view: View) -> None:
        """Shows what *view* says of the places; the value shown and the place marked stay."""
        if self._known == (public, view):
            return
        before = self.shown
        self._known = (public, view)
        self._drawn = (None, [])
        self._ground = ground_of(public)
        self._names = tuple(short_name(public, place) for place in public.places)
        self._kinds = layers(public, view)
        self._kind = 0
        if before is not None:
            self.show(before)
        if self._place not in public.places:
            self._place = next(iter(public.places), None)
        self.refresh()

    def select(self, place: str) -> None:
        """Marks *place*, as somebody chose it elsewhere; no message is posted."""
        if place in self._ground.ids and place != self._place:
            self._place = place
            self.refresh()

    def show(self, id: str) -> None:
        """Shows the value *id*, if the role sees it."""
        for number, layer in enumerate(self._kinds):
            if layer.id == id:
                self._kind = number
                self.refresh()

    @property
    def place(self) -> str | None:
        """The place that is marked."""
        return self._place

    @property
    def shown(self) -> str | None:
        """The id of the value shown."""
        return self._kinds[self._kind].id if self._kinds else None

    # --- What the player does

    def action_go(self, across: int, down: int) -> None:
        if self._place is not None:
            self._look(step(self._raster, self._place, across, down))

    def action_choose(self) -> None:
        if self._place is not None:
            self.post_message(self.Chosen(self._place))

    def action_turn(self, by: int) -> None:
        if self._kinds:
            self._kind = (self._kind + by) % len(self._kinds)
            self.refresh()

    def on_click(self, event: Click) -> None:
        event.stop()
        at = event.get_content_offset(self)
        if at is None or not self._kinds:
            return
        if at.y == 0:
            self.action_turn(1)
            return
        place = place_under(self._raster, self._kinds[self._kind], self._names, at.x, at.y - 1)
        if place is not None and place == self._place:
            self.action_choose()
        elif place is not None:
            self._look(place)

    def on_focus(self, event: Focus) -> None:
        self.refresh()

    def on_blur(self, event: Blur) -> None:
        self.refresh()

    def on_resize(self, event: Resize) -> None:
        self.refresh()

    def _look(self, place: str) -> None:
        if place != self._place:
            self.select(place)
            self.post_message(self.Looked(place))

    # --- How it looks

    @property
    def _raster(self) -> Raster:
        width, height = self.size
        below = DETAILS if height >= LOW else 0
        return raster(self._ground, width, max(height - 1 - below, 0))

    def render_lines(self, crop: Region) -> list[Strip]:
        # Once for all rows: asking for the style walks up to the screen.
        self._base = self.rich_style
        key = (self.size, self._kind, self._look_now(), self._base)
        if self._drawn[0] != key:
            self._drawn = (key, self._strips())
        return super().render_lines(crop)

    def render_line(self, y: int) -> Strip:
        rows = self._drawn[1]
        return rows[y] if y < len(rows) else Strip.blank(self.size.width, self._base)

    def _look_now(self) -> Look:
        theme = self.app.current_theme
        ramp = ramp_for(theme.name, theme.dark)
        return Look(self._place, self.has_focus, not self.app.no_color, ramp)

    def _strips(self) -> list[Strip]:
        if self._known is None or not self._kinds:
            return [self._strip([("There is nothing on the map.", Ink())])]
        layer, look = self._kinds[self._kind], self._look_now()
        rows: list[Row] = [self._legend(layer, look)]
        drawn = self._raster
        if drawn.width:
            rows += picture(drawn, layer, self._names, look)
        rows += self._details()
        return [self._strip(row) for row in rows]

    def _legend(self, layer: Layer, look: Look) -> Row:
        """The name of the value, what the colours stand for, and the marks."""
        low, high = layer.ends
        title = cut(layer.title, max(self.size.width - 28, 8))
        swatch = (
            [(" ", Ink(ground=look.ramp.at(100 * number // (SWATCH - 1)))) for number in range(SWATCH)]
            if look.colours
            else [("to", Ink())]
        )
        room = self.size.width - len(f"{title}  {low}  {high}") - (SWATCH if look.colours else 2)
        notes, turn = "", with_keys("{map.next:v}", in_force(self.app))
        for note in (f"{self._kind + 1} of {len(self._kinds)}, {turn}: next", *NOTES):
            if len(notes) + len(note) + 3 > room:
                break
            notes += f"   {note}"
        return (
            (f"{title}  ", Ink(strong=True)),
            (f"{low} ", Ink()),
            *swatch,
            (f" {high}", Ink()),
            (notes, Ink()),
        )

    def _details(self) -> list[Row]:
        """What is known of the marked place, in as many rows as there are for it."""
        if self._known is None or self._place is None or self.size.height < LOW:
            return []
        public, view = self._known
        title = clean_text(public.places[self._place].title)
        found: list[Row] = []
        for row in fitted([line(details(public, view, self._place).text)], self.size.width, DETAILS, ""):
            bold = title if not found and row.text.startswith(title) else ""
            found.append(((bold, Ink(strong=True)), (row.text[len(bold) :], Ink())))
        return found

    def _strip(self, row: Sequence[tuple[str, Ink]]) -> Strip:
        strip = Strip([Segment(text, self._base + _style(ink)) for text, ink in row if text])
        return strip.adjust_cell_length(self.size.width, self._base)


def _style(ink: Ink) -> Style:
    return Style(
        color=_hex(ink.text),
        bgcolor=_hex(ink.ground),
        bold=ink.strong or None,
        underline=ink.under or None,
        reverse=ink.reverse or None,
    )


def _hex(colour: tuple[int, int, int] | None) -> str | None:
    return None if colour is None else "#{:02x}{:02x}{:02x}".format(*colour)
