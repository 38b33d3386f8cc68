"""The wall: a screen for everybody, made of nothing but what every role knows."""

from __future__ import annotations

from collections.abc import Callable

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, VerticalScroll
from textual.screen import Screen
from textual.widgets import Digits

from wargame.session.clock import Clock
from wargame.session.projector import Projector
from wargame.tui import console, wall
from wargame.tui.layers import layers
from wargame.tui.lines import STRONG, line
from wargame.tui.screens.pick import Pick
from wargame.tui.widgets.footer import KeyBar
from wargame.tui.widgets.map import PlaceMap
from wargame.tui.widgets.text import Lines, Prose

ROOMY = 110
"""Cells across from which the map stands beside what is told."""

OFF = ("No, stay here", "Yes, back to control")


class ProjectorScreen(Screen[None]):
    """Shows the public game, with a map if there is room; the way back asks: control shows secrets."""

    BINDINGS = [
        Binding(
            "escape,p",
            "back",
            "Back to control",
            id="projector.back",
            tooltip="Back to the console, once nobody sees the screen",
        ),
    ]
    DEFAULT_CSS = """
    ProjectorScreen #wall-middle { height: 1fr; }
    ProjectorScreen #wall { padding: 0 2; width: 1fr; height: 1fr; }
    ProjectorScreen #wall-map { width: 1fr; border-left: solid $panel; }
    ProjectorScreen #wall Lines, ProjectorScreen #wall Prose { height: auto; }
    ProjectorScreen #wall-clock { height: 3; padding: 0 2; background: $surface; }
    ProjectorScreen.-unset #wall-clock { height: 1; }
    ProjectorScreen.-unset #wall-time { display: none; }
    ProjectorScreen #wall-time { width: auto; min-width: 14; }
    ProjectorScreen #wall-state { height: 3; padding-top: 1; }
    ProjectorScreen.-unset #wall-state { height: 1; padding: 0; }
    """

    def __init__(self, projector: Callable[[], Projector], clock: Clock) -> None:
        super().__init__()
        self._projector = projector
        self._clock = clock

    def compose(self) -> ComposeResult:
        yield Lines(id="heading")
        with Horizontal(id="wall-clock"):
            yield Digits(id="wall-time")
            yield Lines(id="wall-state")
        with Horizontal(id="wall-middle"):
            with VerticalScroll(id="wall"):
                yield Prose(id="wall-text")
            yield PlaceMap(id="wall-map")
        yield KeyBar()

    def on_mount(self) -> None:
        self.app.clear_notifications()
        self.set_interval(1, self._tick)
        self._tick()
        self.query_one("#wall").focus()

    def on_resize(self) -> None:
        self._draw()

    def _draw(self) -> None:
        projector = self._projector()
        scenario, view = projector.scenario, projector.view()
        drawn = self.query_one(PlaceMap)
        drawn.display = self.size.width >= ROOMY and bool(layers(scenario, view))
        if drawn.display:
            drawn.tell(scenario, view)
        width = max(self.size.width // (2 if drawn.display else 1) - 6, 40)
        self.query_one("#heading", Lines).show([line((wall.wall_heading(projector), STRONG))])
        self.query_one("#wall-text", Prose).show(wall.wall(projector, width))

    def _tick(self) -> None:
        self._clock.tick()
        time, state = console.clock_parts(self._clock)
        self.set_class(not time, "-unset")
        self.query_one("#wall-time", Digits).update(time)
        self.query_one("#wall-state", Lines).show([line((f"Clock {state}" if state else "Clock", STRONG))])

    @work
    async def action_back(self) -> None:
        question = Pick("Does nobody but you see this screen? Control shows every secret.", OFF)
        if await self.app.push_screen_wait(question) == 1:
            self.dismiss(None)
