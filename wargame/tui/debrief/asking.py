"""Asking the model while one looks back: other orders, a decision to find oneself, prepared questions."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from textual import on, work
from textual.message import Message
from textual.worker import get_current_worker

from wargame.debrief.branch import branch
from wargame.debrief.find import puzzles, tried
from wargame.debrief.onward import Onward, onward
from wargame.debrief.prepared import ask
from wargame.debrief.record import Record
from wargame.debrief.turning import turning_points
from wargame.debrief.whatif import Change, Compared, compare, given, played
from wargame.errors import WargameError
from wargame.language.native import is_there
from wargame.tui.debrief.answers import Result, told_orders
from wargame.tui.debrief.choosing import choose_orders, known_then
from wargame.tui.debrief.looking import Looking
from wargame.tui.debrief.reckoning import Progress, Stopped
from wargame.tui.screens.pick import Pick

__all__ = ["Asking"]

MANY, FEW = 2_000, 200
"""Games for each line: with machine code, and without."""

PREPARED = 100
"""Games for a prepared question, which plain Python plays."""

NOTHING = "No order of this game moved an expectation beyond noise: there is nothing to find."
FIRST = "Luck is reckoned first, to know the turning points; the question opens as soon as that is done."


class Asking(Looking):
    """Keeps the answers as long as the debrief is open."""

    _record: Record
    _progress: Progress | None
    _results: list[Result]
    _working: tuple[str, int, int] | None
    _is_finding: bool = False
    """Whether somebody waits for the turning points, to find a better order."""

    class Gone(Message):
        """The games have gone on; *result* is there when they are done."""

        def __init__(
            self, working: tuple[str, int, int] | None, result: Result | None, fault: str = ""
        ) -> None:
            super().__init__()
            self.working, self.result, self.fault = working, result, fault

    def _may_ask(self) -> bool:
        if self._working is None:
            return True
        self._program.say("One question is being asked already; wait for its answer.")
        return False

    @work
    async def action_other(self) -> None:
        """Other orders for a seat in a turn."""
        if not self._may_ask():
            return
        turns, kernel = self._record.turns, self._record.kernel
        views = [f"Turn {each.turn}: {kernel.view(each.ordered, 'control').title}" for each in turns]
        picked = await self.app.push_screen_wait(Pick("What if: in which turn?", views))
        if picked is None:
            return
        then, roles = turns[picked], list(self._record.kernel.scenario.roles)
        titles = [self._record.kernel.scenario.roles[role].title for role in roles]
        seat = await self.app.push_screen_wait(Pick("Whose orders?", titles))
        if seat is None:
            return
        role, done = roles[seat], given(then).get(roles[seat], ())
        orders = await choose_orders(
            self.app, self._record, then, role, done, known_then(self._record, then, role)
        )
        if orders is not None and self.is_mounted:
            change = Change(then.turn, role, orders)
            self._begin(
                "Playing on with other orders",
                2 * self._games_asked,
                lambda play, told: compare(self._record, change, play=play, told=told),
            )

    @work
    async def action_find(self) -> None:
        """A decision at a turning point, to be found again."""
        if not self._may_ask():
            return
        if self._progress is None or self._progress.found is None:
            self._is_finding = True
            self._program.say(FIRST)
            return
        self._is_finding = False
        found = puzzles(self._record, turning_points(self._record, self._progress.found))
        if not found:
            self._program.say(NOTHING)
            return
        roles = self._record.kernel.scenario.roles
        rows = [f"Turn {each.turn}: {each.title}, as {roles[each.role].title}" for each in found]
        picked = await self.app.push_screen_wait(Pick("Find a better order: where?", rows))
        if picked is None:
            return
        puzzle = found[picked]
        then = played(self._record, puzzle.turn)
        before = known_then(self._record, then, puzzle.role)
        orders = await choose_orders(self.app, self._record, then, puzzle.role, (), before)
        if orders is not None and self.is_mounted:
            self._begin(
                "Trying your orders, what was done and what the doctrine would do",
                3 * self._games_asked,
                lambda play, told: tried(
                    self._record, puzzle.turn, puzzle.role, orders, play=play, told=told
                ),
            )

    @work
    async def action_prepared(self) -> None:
        """A question the scenario brings with it."""
        history = self._record.kernel.scenario.history
        known = history.what_ifs if history else ()
        if not known:
            self._program.say("This scenario asks no questions of its model.")
        elif self._may_ask():
            picked = await self.app.push_screen_wait(
                Pick("Which question?", [each.question for each in known])
            )
            if picked is not None and self.is_mounted:
                self._begin(
                    "Asking the model",
                    2 * PREPARED,
                    lambda play, told: ask(self._record.kernel, [known[picked]], PREPARED, told=told)[0],
                    needs_play=False,
                )

    @work
    async def action_branch(self) -> None:
        """The last other orders as a game of its own."""
        last = next((each for each in reversed(self._results) if isinstance(each, Compared)), None)
        if last is None:
            self._program.say("First play on with other orders; then they can become a game of its own.")
            return
        words = told_orders(self._record, last.change.orders)
        try:
            made = branch(self._path, last.change, reason=f"what if, turn {last.change.turn}: {words}")
        except WargameError as error:
            self._program.say(str(error))
            return
        options = ["Stay here", "Open and play it"]
        picked = await self.app.push_screen_wait(Pick(f"Saved as {made}", options))
        if picked == 1 and self.is_mounted:
            self._open_game(made)

    def _open_game(self, path: Path) -> None:
        """Leaves the debrief for the game at *path*."""
        raise NotImplementedError

    # --- The games

    @property
    def _games_asked(self) -> int:
        return MANY if is_there() else FEW

    def _begin(
        self,
        what: str,
        all: int,
        answer: Callable[[Onward, Callable[[int], object]], Result],
        *,
        needs_play: bool = True,
    ) -> None:
        self._working = (what, 0, all)
        self._show()
        self._work_out(what, all, answer, needs_play)

    @work(thread=True, group="asking")
    def _work_out(
        self,
        what: str,
        all: int,
        answer: Callable[[Onward, Callable[[int], object]], Result],
        needs_play: bool,
    ) -> None:
        worker, done = get_current_worker(), 0

        def told(more: int) -> None:
            nonlocal done
            if worker.is_cancelled:
                raise Stopped
            done += more
            self.post_message(self.Gone((what, done, all), None))

        try:
            play = onward(self._record, self._games_asked if needs_play else 2)
            self.post_message(self.Gone(None, answer(play, told)))
        except Stopped:
            return
        except WargameError as error:
            self.post_message(self.Gone(None, None, str(error)))

    @on(Gone)
    def _gone_further(self, event: Gone) -> None:
        event.stop()
        self._working = event.working
        if event.result is not None:
            self._results.append(event.result)
        if event.fault:
            self._program.say(event.fault)
        if self._tab == "asked":
            self._show()
