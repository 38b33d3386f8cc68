"""Where a replay is seen: the values on top, the turn as it was told, another chair or the map beside it."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.events import Click, Resize

from wargame.debrief.replay import LAST, Replay
from wargame.tui import render
from wargame.tui.debrief import scene
from wargame.tui.lines import line, quiet
from wargame.tui.widgets.dials import Dials
from wargame.tui.widgets.gauges import Asked
from wargame.tui.widgets.map import PlaceMap
from wargame.tui.widgets.panes import ReadingPane
from wargame.tui.widgets.text import Lines, Prose

__all__ = ["SIDES", "Chair", "Stage", "Values"]

SIDES = ("", "map", "places")
"""What may stand beside what is told, or in its place where there is no room for both."""

ROOMY = (100, 32)
"""Cells across and rows from which the values are shown large."""

BESIDE = 110
"""Cells across from which the map has room beside what is told."""


class Values(Lines):
    """The headline values of a chair, a row each; a click asks why one is what it is."""

    _known: tuple[Replay, int] | None = None

    def tell(self, replay: Replay, number: int) -> None:
        """Shows the values as the chair saw them at a stop."""
        self._known = (replay, number)
        self._draw()

    def _draw(self) -> None:
        if self._known is not None and self.size.width:
            replay, number = self._known
            self.show(scene.gauges(replay.public, replay.view(number), max(self.content_size.width, 20)))

    def on_resize(self, event: Resize) -> None:
        self._draw()

    def on_click(self, event: Click) -> None:
        event.stop()
        at = event.get_content_offset(self)
        if at is None or self._known is None:
            return
        replay, number = self._known
        rows = render.headlines(replay.public, replay.view(number))
        if 0 <= at.y < len(rows):
            self.post_message(Asked(rows[at.y][0].id))


class Chair(Vertical):
    """What one chair was told of a turn so far; with its name and values where two stand side by side."""

    _told: tuple[Replay, int] | None = None

    def compose(self) -> ComposeResult:
        yield Lines(classes="chair-name")
        yield Values(classes="chair-values")
        with ReadingPane(classes="chair-pane"):
            yield Prose(classes="chair-text")

    def tell(self, replay: Replay, number: int, *, is_one_of_two: bool) -> None:
        """Shows the turn up to a stop, and scrolls to what is new."""
        name, values = self.query_one(".chair-name", Lines), self.query_one(Values)
        name.display = values.display = is_one_of_two
        if is_one_of_two:
            name.show([line(scene.chair_title(replay.public, replay.chair))])
            values.tell(replay, number)
        text, pane = self.query_one(Prose), self.query_one(ReadingPane)
        before, self._told = self._told, (replay, number)
        grows = before is not None and before[0] is replay and before[1] <= number
        same_turn = grows and replay.stops[before[1] if before else 0].step == replay.stops[number].step
        top = max(text.size.height - 1, 0) if same_turn else 0
        text.show(scene.told(replay, number))
        is_end = replay.stops[number].section == LAST
        pane.call_after_refresh(self._scroll, top if grows and not is_end else None)

    def _scroll(self, top: int | None) -> None:
        """To row *top*, where what is new begins; to the end if that is None."""
        pane = self.query_one(ReadingPane)
        pane.scroll_to(y=pane.max_scroll_y if top is None else min(top, pane.max_scroll_y), animate=False)

    def read_on(self) -> bool:
        """Shows the next page of what was told; False if its end is in sight."""
        pane = self.query_one(ReadingPane)
        if not pane.is_attached or pane.scroll_offset.y >= pane.max_scroll_y:
            return False
        pane.scroll_page_down(animate=False)
        return True


class Stage(Vertical):
    """All of a replay at one stop."""

    DEFAULT_CSS = """
    Stage { height: 1fr; }
    Stage #stage-values { height: auto; padding: 0 1; background: $surface; }
    Stage #stage-middle { height: 1fr; }
    Stage Chair { width: 1fr; height: 1fr; }
    Stage .chair-name { height: 1; padding: 0 1; text-style: bold; color: $text-accent; }
    Stage .chair-values { height: auto; padding: 0 1; background: $surface; }
    Stage .chair-pane { height: 1fr; padding: 0 1; scrollbar-gutter: stable; }
    Stage .chair-text { height: auto; }
    Stage #chair-two { border-left: solid $panel; }
    Stage #stage-side { width: 1fr; height: 1fr; }
    Stage.-beside #stage-side { border-left: solid $panel; }
    Stage #side-places { padding: 0 1; height: 1fr; }
    Stage #side-text { height: auto; }
    Stage #stage-stop { height: auto; max-height: 3; min-height: 1; padding: 0 1; background: $boost; }
    """

    _known: tuple[Replay, int, Replay | None, str | None] | None = None
    _width = 0

    def compose(self) -> ComposeResult:
        yield Dials()
        yield Values(id="stage-values")
        with Horizontal(id="stage-middle"):
            yield Chair(id="chair-one")
            yield Chair(id="chair-two")
            with Vertical(id="stage-side"):
                yield PlaceMap(id="stage-map")
                with VerticalScroll(id="side-places"):
                    yield Prose(id="side-text")
        yield Lines(id="stage-stop")

    def tell(self, replay: Replay, number: int, beside: Replay | None, side: str | None) -> None:
        """Shows stop *number*; *beside* it another chair, or a side; None for what there is room for."""
        self._known = (replay, number, beside, side)
        self._draw()

    def on_resize(self, event: Resize) -> None:
        if event.size.width != self._width:
            self._width = event.size.width
            self._draw()

    def read_on(self) -> bool:
        """Shows the next page of what was told; False if its end is in sight."""
        one = self.query_one("#chair-one", Chair)
        return one.display and one.read_on()

    @property
    def side(self) -> str:
        """What stands beside what is told now."""
        if self._known is None or self._known[2] is not None:
            return ""
        wish = self._known[3]
        return wish if wish is not None else "map" if self._has_room else ""

    @property
    def _has_room(self) -> bool:
        return self.app.size.width >= BESIDE

    def _draw(self) -> None:
        if self._known is None:
            return
        replay, number, beside, _ = self._known
        side, view = self.side, replay.view(number)
        is_large = self.app.size.width >= ROOMY[0] and self.app.size.height >= ROOMY[1]
        dials, values = self.query_one(Dials), self.query_one("#stage-values", Values)
        few = len(render.headlines(replay.public, view)) <= Dials.MOST
        dials.display = beside is None and is_large and few
        values.display = beside is None and not dials.display
        if dials.display:
            dials.tell(replay.public, view)
        elif values.display:
            values.tell(replay, number)
        one, two = self.query_one("#chair-one", Chair), self.query_one("#chair-two", Chair)
        one.display = not side or self._has_room
        one.tell(replay, number, is_one_of_two=beside is not None)
        two.display = beside is not None
        if beside is not None:
            two.tell(beside, beside.same_place(replay.stops[number]), is_one_of_two=True)
        self.set_class(one.display, "-beside")
        self._draw_side(replay, number, side)
        self.query_one("#stage-stop", Lines).show([scene.at_stop(replay, number)])

    def _draw_side(self, replay: Replay, number: int, side: str) -> None:
        self.query_one("#stage-side").display = bool(side)
        drawn, listed = self.query_one(PlaceMap), self.query_one("#side-places")
        drawn.display, listed.display = side == "map", side == "places"
        view = replay.view(number)
        if drawn.display:
            drawn.tell(replay.public, view)
        elif listed.display:
            width = max((self.app.size.width // 2 if self._has_room else self.app.size.width) - 4, 30)
            rows = render.places(replay.public, view, width) if replay.public.places else []
            self.query_one("#side-text", Prose).show(rows or [quiet("This game has no places.")])
