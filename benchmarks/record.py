"""Plays the sessions that are kept in `saves/`: `python -m benchmarks.record` makes them anew."""

from __future__ import annotations

from pathlib import Path

from wargame.agents.driver import Table
from wargame.session.kernels import load
from wargame.session.session import Session

SAVES = Path(__file__).resolve().parents[1] / "saves"
SCENARIO = "kazakhstan-2022"
SESSIONS = {
    "recorded-historical-line": (
        2022,
        {"kremlin": "historical", "tokayev": "historical", "protesters": "historical", "west": "historical"},
    ),
    "recorded-bargain": (
        11,
        {
            "kremlin": "doctrine:cautious",
            "tokayev": "doctrine:reformer",
            "protesters": "doctrine:bargainers",
            "west": "doctrine:principled",
        },
    ),
}
"""By name: the seed, and who plays each role."""


def record(name: str, seed: int, seats: dict[str, str]) -> str:
    """Plays one session to its end, in place of an older recording; how it ended."""
    path = SAVES / f"{name}.jsonl"
    path.unlink(missing_ok=True)
    with Session.create(load(SCENARIO), seed=seed, seats=seats, path=path) as session:
        return Table.of(session).play_to_the_end()


if __name__ == "__main__":
    for name, (seed, seats) in SESSIONS.items():
        print(f"{name}: {record(name, seed, seats)}")
