"""Going through a replay step by step, or letting it play by itself."""

from __future__ import annotations

from textual import work
from textual.timer import Timer

from wargame.debrief.replay import BY_FACT, BY_PHASE, moved
from wargame.tui import telling
from wargame.tui.debrief.looking import Looking
from wargame.tui.debrief.stage import Stage
from wargame.tui.screens.pick import Pick

__all__ = ["Playing"]

PLAY = (
    ("Every fact, slowly", BY_FACT, telling.SLOWLY),
    ("Every fact, quickly", BY_FACT, telling.QUICKLY),
    ("Phase by phase, slowly", BY_PHASE, telling.SLOWLY),
    ("Phase by phase, quickly", BY_PHASE, telling.QUICKLY),
)
"""What plays by itself, by which step and at what pace."""

LONGEST = 20.0
"""Seconds after which even a long phase is followed by the next."""


class Playing(Looking):
    """Steps, and plays."""

    _clock: Timer | None = None
    _pace = PLAY[0]

    def action_step(self, unit: str, by: int) -> None:
        self._stop_playing()
        if unit == BY_PHASE and by > 0 and self.query_one(Stage).read_on():
            return
        self._to(moved(self._replay.stops, self._here, unit, by))

    @work
    async def action_play(self) -> None:
        if self._clock is not None:
            self._stop_playing()
            return
        picked = await self.app.push_screen_wait(Pick("Play on by itself", [words for words, *_ in PLAY]))
        if picked is not None and self.is_mounted:
            self._pace = PLAY[picked]
            self._program.say("Any step stops it.")
            self._wait()

    def _wait(self) -> None:
        _, unit, pace = self._pace
        stop = self._replay.stops[self._here]
        words = len(stop.words.split())
        if unit == BY_PHASE:
            shown = self._replay.so_far(self._here)
            words = sum(len(each.words.split()) for each in shown if each.section == stop.section)
        self._clock = self.set_timer(min(pace.time_for(words), LONGEST), self._tick)

    def _tick(self) -> None:
        if self._here == len(self._replay.stops) - 1:
            self._stop_playing()
            return
        if self.is_current:
            _, unit, _ = self._pace
            self._to(moved(self._replay.stops, self._here, unit, 1))
        self._wait()

    def _stop_playing(self) -> None:
        if self._clock is not None:
            self._clock.stop()
            self._clock = None
