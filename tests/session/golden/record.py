"""
Records the session of the present format: `python -m tests.session.golden.record`.

Only before a format is released. Afterwards its file stays as it is: whoever saved a game may open it.
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from random import Random

from tests.session.playing import new, play
from wargame.session.entries import FORMAT

FOLDER = Path(__file__).parent


def record() -> Path:
    """Plays the harbour to its end and puts the journal in place."""
    path = FOLDER / f"format-{FORMAT}.jsonl"
    with tempfile.TemporaryDirectory() as folder:
        session = play(new(Path(folder) / "game.jsonl", seed=2022), Random(2022))
        session.close()
        path.write_bytes(session.path.read_bytes())
    return path


if __name__ == "__main__":
    print(record())
