"""Running the full-screen program so that the terminal is always given back, with the right exit code."""

from __future__ import annotations

import asyncio
import signal
from typing import TYPE_CHECKING, Any

from wargame.cli import exits

if TYPE_CHECKING:
    from textual.app import App

SIGNALS = tuple(getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name))


def run_app(app: App[Any]) -> int:
    """Runs *app* to its end; 143 or 129 after SIGTERM or SIGHUP, 70 after a fault of ours, else 0."""
    received: list[int] = []
    asyncio.run(_run(app, received))
    if received:
        return 128 + received[0]
    fault = getattr(app, "fault", None)
    if fault is not None:
        return exits.explain(fault)
    return exits.OURS if app.return_code else exits.DONE


async def _run(app: App[Any], received: list[int]) -> None:
    loop = asyncio.get_running_loop()

    def leave(number: int) -> None:
        received.append(number)
        app.exit()

    for number in SIGNALS:
        try:
            loop.add_signal_handler(number, leave, number)
        except (NotImplementedError, RuntimeError):
            # Windows has no such handlers; there the window takes the program with it.
            continue
    await app.run_async()
