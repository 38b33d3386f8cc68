"""How long a key takes to reach the screen: on the last turn of a long game, in a window of 120 x 40."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from statistics import median

from attrs import frozen

from benchmarks.terminal import Terminal
from wargame.agents.driver import Table
from wargame.agents.seating import seating
from wargame.errors import WargameError
from wargame.scenario.model import Scenario
from wargame.session.session import Session

ROLE = "tokayev"
ROUNDS = 6
DOWN, RIGHT, BACK = b"\x1b[B", b"\x1b[C", b"\x1b[Z"
KEYS = {
    "down the orders": (DOWN, DOWN, DOWN, DOWN),
    "another pane": (b"3", b"6", b"8", b"5"),
    "the map": (b"p",),
    "another value of the map": (b"v", b"v", b"v"),
    "another place": (RIGHT, RIGHT, DOWN),
}


@frozen
class Repaint:
    """Milliseconds from a key to the end of the frame that answers it, and to the last byte drawn."""

    typical: float
    worst: float
    settled: float
    where: str
    """What was pressed when it was worst."""


def last_turn(scenario: Scenario, folder: Path) -> Path:
    """A save of a whole scripted game at its last turn, where a person takes over a seat."""
    turns = len(scenario.lengths["full"])
    for seed in range(1, 100):
        path = folder / f"late-{seed}.jsonl"
        with Session.create(scenario, seed=seed, seats=seating(scenario, {}), path=path) as session:
            table = Table.of(session)
            while not session.is_over and session.position.step < turns:
                table.play_agents()
                table.advance()
            if not session.is_over:
                table.hand_over(ROLE, "person")
                return path
    raise WargameError("no game lasts to its last turn")


def repaint(save: Path, environment: Mapping[str, str]) -> Repaint:
    """Presses every key of `KEYS` several times on *save*, in a real terminal of 120 x 40."""
    terminal = Terminal("play", "--resume", str(save), environment=dict(environment))
    try:
        terminal.seconds_until(b"Legitimacy")
        terminal.settle()
        times: list[tuple[float, float, str]] = []
        for _ in range(ROUNDS):
            for name, keys in KEYS.items():
                times += [(*terminal.answer(key), name) for key in keys]
            terminal.answer(b"5")
            terminal.answer(BACK)  # from the map to the orders
    finally:
        terminal.close()
    times = [each for each in times if each[0]]  # a key that changes nothing is no answer
    worst, _, where = max(times)
    first, last = (median(each[at] for each in times) for at in (0, 1))
    return Repaint(first * 1000, worst * 1000, last * 1000, where)
