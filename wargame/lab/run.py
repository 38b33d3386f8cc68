"""A run: whole games recorded as tables, in a folder that an interruption leaves of use."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Executor
from contextlib import closing
from pathlib import Path

from attrs import field, frozen

from wargame.errors import WargameError
from wargame.lab import shards
from wargame.lab.export import export
from wargame.lab.farm import harvest
from wargame.lab.folder import Folder, Settings, engine_digest, open_folder
from wargame.lab.lineup import lineup
from wargame.lab.recording import TABLES, Recorded, Rows, Values, columns_of
from wargame.lab.table import Row, Table
from wargame.rules.kernel import Kernel
from wargame.scenario.model import Scenario
from wargame.session.kernels import kernel_for

__all__ = ["Run", "Stopped", "open_run", "run"]

LARGEST = 2**53 - 1
MOST = 1_000_000

Progress = Callable[[int], None]
"""Told how many games were added to those done."""


class Stopped(KeyboardInterrupt):
    """A run was interrupted; what was done is kept if it has a folder."""

    def __init__(self, done: int, games: int) -> None:
        super().__init__(f"stopped after {done} of {games} games")
        self.done = done
        self.games = games


@frozen(eq=False)
class Run:
    """Finished games, in memory or in a folder."""

    kernel: Kernel
    settings: Settings
    seed: int
    games: int
    folder: Path | None
    replayed: int
    """Games that were played anew because their shard was damaged."""

    _parts: Callable[[], Iterator[Rows]] = field(repr=False)

    def parts(self) -> Iterator[Rows]:
        """The rows of all tables, some games at a time, by seed."""
        return self._parts()

    def table(self, name: str) -> Table:
        """
        One of the tables `games`, `turns`, `orders` and `outcomes`, in memory.

        Raises:
            WargameError: If there is no such table, or the folder has lost a part.
        """
        if name not in TABLES:
            raise WargameError(f"there is no table '{name}'; there are {', '.join(TABLES)}")
        rows: list[Row] = [row for part in self.parts() for row in part[name]]
        return Table(name, columns_of(self.kernel, self.settings.values)[name], tuple(rows))

    def tables(self) -> dict[str, Table]:
        """All four tables by name."""
        return {name: self.table(name) for name in TABLES}

    def export(self) -> list[Path]:
        """
        Writes the tables into the run's folder; the files.

        Raises:
            WargameError: If the run has no folder.
        """
        if self.folder is None:
            raise WargameError("this run was played without a folder; give it one")
        return export(self.folder, columns_of(self.kernel, self.settings.values), self.parts())


@frozen
class _Task:
    """One shard to be played; it travels to other processes and machines."""

    scenario: Scenario
    recorded: Recorded
    seeds: range


def _play(task: _Task) -> bytes:
    return shards.packed(task.recorded(kernel_for(task.scenario), task.seeds))


def run(
    kernel: Kernel,
    seats: Mapping[str, str] | None = None,
    *,
    games: int,
    seed: int = 1,
    length: str = "full",
    values: Values = "all",
    folder: Path | None = None,
    jobs: int = 1,
    executor: Executor | None = None,
    progress: Progress | None = None,
) -> Run:
    """
    Plays *games* (1 to 1,000,000) games with seeds from *seed* on (0 to 2**53 - 1) and keeps what happened.

    *seats* names the player of each role; a role left out is played by its first doctrine, and `any` is drawn
    for every game. In *folder* the finished parts are kept: the same run goes on from there, and one with
    more games takes them over. *executor* does the work, *jobs* (from 1) parts at a time; without it *jobs*
    processes do. Nothing of that changes what is found.

    Raises:
        ScenarioError: If a role has no such player.
        WargameError: If the scenario has no such length, a figure is out of range, the folder holds something
            else, or a process was killed.
        Stopped: On Ctrl+C.
        OSError: If the disk does not take what was found.
    """
    if not (1 <= games <= MOST and seed >= 0 and seed + games - 1 <= LARGEST and jobs >= 1):
        raise WargameError(
            f"a run has 1 to {MOST:,} games with seeds from 0 to 2**53 - 1, and at least one job"
        )
    if length not in kernel.plan.calendars:
        raise WargameError(f"there is no length '{length}'; there are {', '.join(kernel.plan.calendars)}")
    named = lineup(kernel, seats or {})
    scenario = kernel.scenario
    settings = Settings(scenario.id, scenario.digest, engine_digest(), length, named, values)
    place = Folder(folder or Path(), settings, seed, games)
    recorded = Recorded(named, length, values)
    if folder is None:
        return _in_memory(kernel, place, recorded, jobs, executor, progress)
    _claim(place)
    replayed = _fill(place, _tasks(kernel, recorded), jobs, executor, progress or _silent)
    return Run(kernel, settings, seed, games, folder, replayed, place.complete)


def open_run(folder: Path, kernel: Kernel) -> Run:
    """
    The finished run in *folder*, of *kernel*'s scenario.

    Raises:
        WargameError: If there is none, it is of another scenario, or it is not finished.
    """
    found = open_folder(folder)
    if found.settings.digest != kernel.scenario.digest:
        raise WargameError(f"{folder} is a run of another scenario, or of other texts of it")
    for _ in found.complete():
        pass
    return Run(kernel, found.settings, found.seed, found.games, folder, 0, found.complete)


def _silent(games: int) -> None:
    pass


def _tasks(kernel: Kernel, recorded: Recorded) -> Callable[[range], _Task]:
    return lambda seeds: _Task(kernel.scenario, recorded, seeds)


def _claim(place: Folder) -> None:
    """Makes sure the folder may be this run's, and says there that it is."""
    if place.path.exists() and not place.path.is_dir():
        raise WargameError(f"{place.path} is a file; name a folder with -o")
    if (place.path / "run.json").exists():
        held = open_folder(place.path)
        if held.settings != place.settings or held.seed != place.seed:
            what = _other(held, place)
            raise WargameError(f"{place.path} holds another run ({what}); name another folder with -o")
        if held.games > place.games:
            raise WargameError(f"{place.path} holds {held.games} games already; ask for as many or more")
    elif place.path.exists() and any(place.path.iterdir()):
        raise WargameError(f"{place.path} is not empty and holds no run; name another folder with -o")
    place.write()


def _other(held: Folder, wanted: Folder) -> str:
    """What sets two runs apart, in words."""
    has, needs = held.settings, wanted.settings
    if has.scenario != needs.scenario:
        return f"of {has.scenario}, not {needs.scenario}"
    if has.digest != needs.digest:
        return "of other texts of the scenario"
    if has.engine != needs.engine:
        return "of another version of the program"
    if has.length != needs.length:
        return f"of length {has.length}, not {needs.length}"
    for role, name in needs.seats.items():
        if has.seats.get(role) != name:
            return f"{role} played by {has.seats.get(role)}, not {name}"
    if has.values != needs.values:
        return f"with {has.values} values, not {needs.values}"
    return f"from seed {held.seed}, not {wanted.seed}"


def _fill(
    place: Folder,
    task: Callable[[range], _Task],
    jobs: int,
    executor: Executor | None,
    progress: Progress,
) -> int:
    """Plays what is missing; how many games were played anew because their shard was damaged."""
    missing, done, replayed = [], 0, 0
    try:
        for seeds in place.shares():
            if place.rows(seeds) is None:
                replayed += len(seeds) if place.is_damaged(seeds) else 0
                missing.append(seeds)
            else:
                done += len(seeds)
                progress(len(seeds))
        with closing(harvest(_play, map(task, missing), jobs=jobs, executor=executor)) as parts:
            for found, data in parts:
                place.keep(found.seeds, data)
                done += len(found.seeds)
                progress(len(found.seeds))
    except KeyboardInterrupt:
        raise Stopped(done, place.games) from None
    return replayed


def _in_memory(
    kernel: Kernel,
    place: Folder,
    recorded: Recorded,
    jobs: int,
    executor: Executor | None,
    progress: Progress | None,
) -> Run:
    tell, kept = progress or _silent, dict[int, bytes]()
    try:
        tasks = map(_tasks(kernel, recorded), place.shares())
        with closing(harvest(_play, tasks, jobs=jobs, executor=executor)) as parts:
            for found, data in parts:
                kept[found.seeds.start] = data
                tell(len(found.seeds))
    except KeyboardInterrupt:
        done = sum(len(seeds) for seeds in place.shares() if seeds.start in kept)
        raise Stopped(done, place.games) from None

    def rows() -> Iterator[Rows]:
        return (shards.unpacked(kept[first]) for first in sorted(kept))

    return Run(kernel, place.settings, place.seed, place.games, None, 0, rows)
