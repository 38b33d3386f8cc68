"""The one thread that changes a game, so that the screen never waits and no two changes meet."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from wargame.agents.driver import Table

T = TypeVar("T")


class Desk:
    """A table and the thread that works at it, one thing after the other."""

    def __init__(self, table: Table, role: str) -> None:
        self.table = table
        self.role = role
        self.seat = table.session.seat(role)
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="desk")

    async def do(self, action: Callable[[], T]) -> T:
        """What *action* gives, once all that was asked for before is done."""
        return await asyncio.get_running_loop().run_in_executor(self._pool, action)

    async def idle(self) -> None:
        """Returns when nothing is left to do."""
        await self.do(lambda: None)

    def close(self) -> None:
        """Finishes what is being written and lets go of the save."""
        self._pool.shutdown(wait=True)
        self.table.session.close()
