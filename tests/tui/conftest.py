"""What every test of a screen needs: no animations, and a pilot that waits for the program and not for the clock."""

from __future__ import annotations

import asyncio
import os
from time import monotonic

import pytest

os.environ["TEXTUAL_ANIMATIONS"] = "none"  # before Textual is imported, which reads it once

SOON = 0.02
"""Seconds; what is due sooner is waited for, what is due later (a blinking cursor) is not."""


async def quiet(min_sleep: float = 0.0, max_sleep: float = 1.0) -> None:
    """
    Returns when nothing is left to run in the loop and nothing is due at once.

    Textual's own waits until the process used no processor time for twentieths of a second, at every key.
    """
    loop = asyncio.get_running_loop()
    end = monotonic() + max_sleep
    await asyncio.sleep(min_sleep if min_sleep > 0 else 0)
    while monotonic() < end:
        await asyncio.sleep(0)
        if loop._ready:  # type: ignore[attr-defined]
            continue
        due = [timer.when() for timer in loop._scheduled if not timer.cancelled()]  # type: ignore[attr-defined]
        wait = min(due, default=loop.time() + 1) - loop.time()
        if wait > SOON:
            return
        await asyncio.sleep(max(0.0, wait))


@pytest.fixture(autouse=True)
def quick_pilot(monkeypatch: pytest.MonkeyPatch) -> None:
    """A key is waited for until it is done, however fast or slow the machine is."""
    monkeypatch.setattr("textual.app.wait_for_idle", quiet)
    monkeypatch.setattr("textual.pilot.wait_for_idle", quiet)
