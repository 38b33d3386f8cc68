"""Games for the tests of the screens: real sessions in a temporary folder."""

from __future__ import annotations

from pathlib import Path

from wargame.agents.driver import Table
from wargame.agents.seating import seating
from wargame.session.kernels import load
from wargame.session.session import Session

SCENARIO = "kazakhstan-2022"
ROLE = "tokayev"


def new_table(path: Path, *, seed: int = 3, length: str = "full", role: str = ROLE) -> Table:
    """A fresh game with one person, saved at *path*."""
    scenario = load(SCENARIO)
    seats = seating(scenario, {}, persons=(role,))
    return Table.of(Session.create(scenario, seed=seed, length=length, seats=seats, path=path))
