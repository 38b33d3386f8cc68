"""Waiting for what a busy machine does late."""

from __future__ import annotations

from collections.abc import Callable

from textual.pilot import Pilot

__all__ = ["until"]


async def until(pilot: Pilot[None], truth: Callable[[], bool]) -> None:
    """Waits up to 40 seconds until *truth* holds; fails by assertion."""
    for _ in range(2_000):
        if truth():
            return
        await pilot.pause(0.02)
    assert truth()
