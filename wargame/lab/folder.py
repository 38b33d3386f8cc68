"""The folder of a run: what it plays, the parts that are finished, its tables."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from attrs import asdict, frozen

from wargame import __version__
from wargame.errors import WargameError
from wargame.lab import shards
from wargame.lab.recording import Rows, Values

__all__ = ["Folder", "Settings", "engine_digest", "open_folder"]

FORMAT = 1
SHARD = 50
"""Games of a shard: well under a second of work, so that little is played twice after an interruption."""

_ENGINE = ("language", "scenario", "rules", "agents")
_OURS = ("lineup.py", "recording.py")


@frozen
class Settings:
    """All that decides what a run finds, its games apart."""

    scenario: str
    digest: str
    """SHA-256 of the scenario's bundle, in hexadecimal."""

    engine: str
    """`engine_digest` of the program that plays."""

    length: str
    seats: Mapping[str, str]
    """The player of each role; see `wargame.lab.lineup`."""

    values: Values = "all"

    @property
    def key(self) -> str:
        """SHA-256 of the settings: shards with another one are not this run's."""
        return sha256(json.dumps(asdict(self), sort_keys=True).encode("utf-8")).hexdigest()


@cache
def engine_digest() -> str:
    """SHA-256 of the program's source that decides how a game goes, in hexadecimal."""
    root = Path(__file__).resolve().parent.parent
    files = [path for package in _ENGINE for path in sorted((root / package).rglob("*.py"))]
    files += [root / "lab" / name for name in _OURS]
    found = sha256(f"{__version__} {FORMAT}".encode("ascii"))
    for path in files:
        found.update(path.relative_to(root).as_posix().encode("utf-8") + sha256(path.read_bytes()).digest())
    return found.hexdigest()


@frozen
class Folder:
    """A run on disk."""

    path: Path
    settings: Settings
    seed: int
    games: int

    def shares(self) -> Iterator[range]:
        """The seeds of each shard, in order; the last may be short."""
        end = self.seed + self.games
        for first in range(self.seed, end, SHARD):
            yield range(first, min(first + SHARD, end))

    def rows(self, seeds: range) -> Rows | None:
        """The rows of one shard; None if it was never finished or is damaged."""
        try:
            found: Rows = shards.read(shards.path_of(self.path, seeds), self.settings.key)
        except (shards.Damaged, FileNotFoundError):
            return None
        return found

    def is_damaged(self, seeds: range) -> bool:
        """Whether the shard is there and of no use."""
        return shards.path_of(self.path, seeds).exists() and self.rows(seeds) is None

    def keep(self, seeds: range, data: bytes) -> None:
        """Puts the packed rows of a shard on disk."""
        shards.write(shards.path_of(self.path, seeds), self.settings.key, data)

    def complete(self) -> Iterator[Rows]:
        """
        The rows of all shards in order, one at a time.

        Raises:
            WargameError: If one is missing or damaged.
        """
        for seeds in self.shares():
            rows = self.rows(seeds)
            if rows is None:
                raise WargameError(
                    f"{self.path}: the games from seed {seeds.start} to {seeds[-1]} are missing or damaged; "
                    "run it again with the same settings, and only they are played"
                )
            yield rows

    def write(self) -> None:
        """Says in `run.json` what this folder holds."""
        self.path.mkdir(parents=True, exist_ok=True)
        data = {"format": FORMAT, "seed": self.seed, "games": self.games, **asdict(self.settings)}
        text = json.dumps(data, indent=2, ensure_ascii=True) + "\n"
        shards.write_whole(self.path / "run.json", text.encode("ascii"))


def open_folder(path: Path) -> Folder:
    """
    The run that lies in *path*.

    Raises:
        WargameError: If none does, or its `run.json` cannot be read.
    """
    file = path / "run.json"
    if not file.is_file():
        raise WargameError(f"{path} holds no run; 'wargame lab run SCENARIO -o {path}' makes one")
    try:
        data = json.loads(file.read_text(encoding="utf-8"))
        if data["format"] != FORMAT:
            raise WargameError(f"{file} was written by another version of the program; play the run again")
        return Folder(path, _settings(data), int(data["seed"]), int(data["games"]))
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise WargameError(f"{file} is damaged; delete the folder and play the run again") from error


def _settings(data: Mapping[str, Any]) -> Settings:
    seats = {str(role): str(name) for role, name in dict(data["seats"]).items()}
    words = {name: str(data[name]) for name in ("scenario", "digest", "engine", "length")}
    values = data["values"]
    if values not in ("headline", "all"):
        raise ValueError(values)
    return Settings(seats=seats, values=values, **words)
