"""The one thread that changes a game, so that the screen never waits and no two changes meet."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from wargame.agents.driver import Table
from wargame.session.projector import Projector
from wargame.session.seat import LocalSeat, Submission
from wargame.tui import hotseat, render

T = TypeVar("T")


class Desk:
    """A table and the thread that works at it, one thing after the other."""

    def __init__(self, table: Table, role: str) -> None:
        self.table = table
        self.role = role
        self.seat: LocalSeat = table.session.seat(role)
        self.sits = True
        """Whether the role's player sits here now; nobody does while a curtain covers the screen."""
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="desk")

    def sit(self, role: str) -> None:
        """The player of *role* takes the place."""
        self.role, self.seat, self.sits = role, self.table.session.seat(role), True

    def rise(self) -> None:
        """Nobody sits here any more."""
        self.sits = False

    @property
    def persons(self) -> tuple[str, ...]:
        """The roles that persons play now."""
        return hotseat.persons(self.table.session.seats)

    @property
    def waiting(self) -> tuple[str, ...]:
        """Those of them whose orders are not locked yet."""
        return hotseat.waiting(self.table.session.seats, self.table.session.course.locked)

    @property
    def readers(self) -> tuple[str, ...]:
        """Whose end of the game is told here."""
        return self.persons if len(self.persons) > 1 else (self.role,)

    @property
    def step(self) -> int:
        """How many turns were played."""
        return len(self.table.session.course.steps) - 1

    @property
    def titles(self) -> dict[str, str]:
        """The names of all roles."""
        return {id: role.title for id, role in self.table.session.scenario.roles.items()}

    @property
    def common(self) -> Projector:
        """What everybody may know."""
        return Projector(self.table.session)

    @property
    def title(self) -> str:
        """The game and its turn, in words that everybody may read."""
        return f"{self.table.session.scenario.title}: {render.heading(self.common.view())}"

    @property
    def drafted(self) -> tuple[Submission, ...]:
        """What whoever sits here has chosen."""
        return self.seat.drafted if self.sits else ()

    async def do(self, action: Callable[[], T]) -> T:
        """What *action* gives, once all that was asked for before is done."""
        return await asyncio.get_running_loop().run_in_executor(self._pool, action)

    async def idle(self) -> None:
        """Returns when nothing is left to do."""
        await self.do(lambda: None)

    def close(self) -> None:
        """Finishes what is being written and lets go of the save."""
        self._pool.shutdown(wait=True)
        self.table.close()
