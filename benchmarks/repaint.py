"""How long a key takes to reach the screen: on the last turn of a long game, in a window of 120 x 40."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from statistics import median

from attrs import frozen

from benchmarks.terminal import Terminal
from wargame.agents.driver import Table
from wargame.agents.seating import seating
from wargame.scenario.model import Scenario
from wargame.session.session import Session

ROLE = "tokayev"
ROUNDS = 6
DOWN, RIGHT = b"\x1b[B", b"\x1b[C"
KEYS = {
    "down the orders": (DOWN, DOWN, DOWN, DOWN),
    "another pane": (b"3", b"6", b"8", b"5"),
    "the map": (b"p",),
    "another value of the map": (b"v", b"v", b"v"),
    "another place": (RIGHT, RIGHT, DOWN),
}


@frozen
class Repaint:
    """Milliseconds from a key to the end of the frame that answers it."""

    typical: float
    worst: float
    where: str
    """What was pressed when it was worst."""


def last_turn(scenario: Scenario, path: Path) -> Path:
    """A save of a game that stands at its last turn, with a person who has given no orders."""
    seats = seating(scenario, {}, persons=(ROLE,))
    with Session.create(scenario, seed=1, seats=seats, path=path) as session:
        table = Table.of(session)
        while not session.is_over and session.position.step < len(scenario.lengths["full"]):
            session.seat(ROLE).submit([])
            table.play_agents()
            table.advance()
    return path


def repaint(save: Path, environment: Mapping[str, str]) -> Repaint:
    """Presses every key of `KEYS` several times on *save*, in a real terminal of 120 x 40."""
    terminal = Terminal("play", "--resume", str(save), environment=dict(environment))
    try:
        terminal.seconds_until(b"Legitimacy")
        terminal.settle()
        times: list[tuple[float, str]] = []
        for _ in range(ROUNDS):
            for name, keys in KEYS.items():
                times += [(terminal.answer(key) * 1000, name) for key in keys]
            terminal.answer(b"5")
            terminal.answer(b"\t")
    finally:
        terminal.close()
    worst, where = max(times)
    return Repaint(median(time for time, _ in times), worst, where)
