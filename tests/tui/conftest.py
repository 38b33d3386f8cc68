"""What every test of a screen needs: no animations, and a pilot that waits for the program and not for the clock."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Iterator
from time import monotonic, process_time

import pytest

os.environ["TEXTUAL_ANIMATIONS"] = "none"  # before Textual is imported, which reads it once

SOON = 0.02
"""Seconds; what is due sooner is waited for, what is due later (a blinking cursor) is not."""

REST = 0.002
"""Seconds in which nothing may be at work, in no thread either; Textual itself takes ten times as long."""


async def quiet(min_sleep: float = 0.0, max_sleep: float = 1.0) -> None:
    """Returns when nothing is left to run, nothing is due at once and no thread is at work."""
    loop = asyncio.get_running_loop()
    end = monotonic() + max_sleep
    await asyncio.sleep(max(0.0, min_sleep))
    while monotonic() < end:
        await asyncio.sleep(0)
        if loop._ready:  # type: ignore[attr-defined]
            continue
        due = [timer.when() for timer in loop._scheduled if not timer.cancelled()]  # type: ignore[attr-defined]
        wait = min(due, default=loop.time() + 1) - loop.time()
        if wait <= SOON:
            await asyncio.sleep(max(0.0, wait))
            continue
        before = process_time()
        await asyncio.sleep(REST)
        if not loop._ready and process_time() - before < REST / 4:  # type: ignore[attr-defined]
            return


@pytest.fixture(autouse=True, scope="package")
def brisk() -> Iterator[None]:
    """A pilot that goes on as soon as nothing is at work, however fast or slow the machine is."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("textual.app.wait_for_idle", quiet)
        patch.setattr("textual.pilot.wait_for_idle", quiet)
        yield
