"""Which class to lead: a new game with persons in its seats, or a save."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from wargame.errors import WargameError
from wargame.tui.screens.pick import Pick

if TYPE_CHECKING:
    from wargame.agents.driver import Table
    from wargame.tui.app import WargameApp

SAVES = 6
"""Saves offered, the latest first."""


async def choose_class(app: WargameApp) -> None:
    """Asks which game is led, and opens the console over it; runs in a worker."""
    from wargame.tui.facilitator import open_control

    choices = await asyncio.to_thread(offered)
    question = Pick("Run a class: which game?", [words for words, _ in choices])
    chosen = await app.push_screen_wait(question)
    if chosen is None:
        return
    try:
        table = await asyncio.to_thread(choices[chosen][1])
    except WargameError as error:
        app.say(str(error))
    else:
        open_control(app, table)


def offered() -> list[tuple[str, Callable[[], Table]]]:
    """What can be led: every scenario in each of its lengths, then the latest saves that go on."""
    from wargame.scenario.library import own, shipped
    from wargame.session.kernels import load
    from wargame.session.saves import listing
    from wargame.tui.facilitator import led, new_class

    found: list[tuple[str, Callable[[], Table]]] = []
    for name in (*shipped(), *own()):
        try:
            scenario = load(name)
        except WargameError:
            continue
        for length, turns in scenario.lengths.items():
            words = f"New: {scenario.title}, {len(turns)} turns ({length})"
            found.append((words, partial(new_class, name, length=length)))
    try:
        saves = [each for each in listing() if each.ending is None and each.verdict in ("clean", "torn")]
    except WargameError:
        saves = []
    for save in saves[:SAVES]:
        words = f"Save: {save.title}, turn {save.turn} ({save.date})"
        found.append((words, partial(led, Path(save.path))))
    return found
