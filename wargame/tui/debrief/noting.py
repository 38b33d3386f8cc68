"""Bookmarks and notes, set and struck out while one looks back."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from textual import work

from wargame.debrief import notebook
from wargame.debrief.notebook import Mark, Notebook, NotesError
from wargame.tui.debrief.looking import Looking
from wargame.tui.debrief.marks import mark_of, mark_row
from wargame.tui.screens.pick import Ask, Pick

__all__ = ["Noting"]


class Noting(Looking):
    """Keeps notes beside the save."""

    @property
    def _marks(self) -> list[Mark]:
        """Those set from chairs that are open here."""
        return [mark for mark in self._notes.marks if mark.chair in self._chairs]

    def action_mark(self) -> None:
        mark = mark_of(self._replay, self._here)
        if mark in self._notes.marks:
            self._write(lambda: notebook.remove(self._path, mark), "The bookmark is taken away.")
        else:
            self._write(lambda: notebook.add(self._path, mark), f"A bookmark in turn {mark.turn}.")

    @work
    async def action_note(self) -> None:
        mark = mark_of(self._replay, self._here)
        stop = self._replay.stops[self._here]
        question = f"A note on turn {stop.turn}, {stop.phase}:"
        text = await self.app.push_screen_wait(Ask(question, limit=notebook.TEXT_LIMIT))
        if text:
            noted = Mark(mark.turn, mark.stop, mark.chair, text)
            self._write(lambda: notebook.add(self._path, noted), "Noted.")

    @work
    async def action_strike(self) -> None:
        marks = self._marks
        if not marks:
            self._program.say("There is no note yet.")
            return
        rows = [mark_row(self._replay, mark) for mark in marks]
        picked = await self.app.push_screen_wait(Pick("Strike out which?", rows))
        if picked is not None:
            self._write(lambda: notebook.remove(self._path, marks[picked]), "Struck out.")

    @work(group="notes")
    async def _write(self, action: Callable[[], Notebook], done: str) -> None:
        try:
            self._notes = await asyncio.to_thread(action)
        except NotesError as error:
            done = str(error)
        if self.is_mounted:
            self._program.say(done)
            if self._tab == "notes":
                self._show()
