"""Settings of the tests that drive screens."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import pytest

ROUNDS = 2_000
"""More turns of the loop than any screen needs; a program that never rests is not waited for."""


async def at_rest(min_sleep: float = 0, max_sleep: float = 1) -> None:
    """
    Returns as soon as no callback is ready to run.

    Textual's own waits until the process has used no time for 20 ms, which costs most of a test.
    """
    loop = asyncio.get_running_loop()
    for _ in range(ROUNDS):
        await asyncio.sleep(0)
        if not loop._ready:  # type: ignore[attr-defined]
            break


@pytest.fixture(autouse=True, scope="package")
def brisk() -> Iterator[None]:
    """A pilot that goes on as soon as nothing is at work."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("textual.app.wait_for_idle", at_rest)
        patch.setattr("textual.pilot.wait_for_idle", at_rest)
        yield
