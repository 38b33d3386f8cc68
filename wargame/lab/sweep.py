"""Which assumptions decide the outcome: constants and starts varied over their ranges, by SALib."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Executor
from contextlib import closing
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Literal

from attrs import frozen

from wargame.errors import WargameError
from wargame.lab.factors import Factor
from wargame.lab.farm import harvest
from wargame.lab.lineup import ANY, agents_of, lineup, players_of
from wargame.lab.match import play_on
from wargame.language.native import is_there
from wargame.rules.kernel import Kernel
from wargame.scenario.model import Scenario
from wargame.session.kernels import kernel_for

if TYPE_CHECKING:
    from wargame.lab.native.game import Games

__all__ = ["Influence", "Method", "Sweep", "settings", "sweep"]

Method = Literal["morris", "sobol"]
LEVELS = 4
"""Steps of a range that Morris's design takes."""

NEEDED = "a sweep needs SALib; install wargame[lab]"


@frozen
class Influence:
    """
    What one assumption does to one outcome.

    By Morris: `main` is the mean size of the change when it moves over its whole range (mu*), in points of
    score or percent of games; `spread` how much that hangs on the other assumptions (sigma). By Sobol: `main`
    is the share of the variance that it decides with all others together (ST, 0 to 1 but for noise), `spread`
    the share it decides alone (S1). `error` is the half width of the 95 % interval of `main`.
    """

    main: float
    spread: float
    error: float


@frozen
class Sweep:
    """What varying the assumptions of a scenario came to."""

    scenario: str
    length: str
    method: Method
    seats: Mapping[str, str]
    factors: tuple[Factor, ...]
    samples: int
    """Settings of all the assumptions that were tried."""

    games: int
    """Games of each setting, with the same seeds in all."""

    seed: int
    outcomes: tuple[str, ...]
    """`score.ROLE` in points, 0 to 100, and `ending.ID` in percent of the games."""

    influence: Mapping[str, Mapping[str, Influence]]
    """By outcome, then by factor."""

    def ranked(self) -> list[tuple[Factor, float]]:
        """The factors, the one that decides most over all scores first, with the mean of its `main`."""
        scores = [each for each in self.outcomes if each.startswith("score.")]
        means = [
            (each, sum(self.influence[score][each.id].main for score in scores) / len(scores))
            for each in self.factors
        ]
        return sorted(means, key=lambda row: -row[1])


@frozen
class _Setting:
    """One setting of the factors; it travels between processes."""

    scenario: Scenario
    names: tuple[str, ...]
    values: tuple[int, ...]
    seats: tuple[tuple[str, str], ...]
    length: str
    seeds: range


def sweep(
    kernel: Kernel,
    factors: Sequence[Factor],
    agents: Mapping[str, str] | None = None,
    *,
    method: Method = "morris",
    samples: int = 10,
    games: int = 20,
    seed: int = 1,
    length: str = "full",
    jobs: int = 1,
    executor: Executor | None = None,
    progress: Callable[[int], object] = lambda games: None,
) -> Sweep:
    """
    Plays *games* games at every setting of a design over *factors*, and works out what each decides.

    Morris takes *samples* times as many settings as there are factors and one; Sobol takes *samples* (a power
    of 2) times two for each factor and two. Whole numbers are rounded from the design. With the extra
    `native` the games are played in machine code, where doctrines hold all seats; they come out the same.

    Raises:
        ScenarioError: If a role has no such player.
        WargameError: If SALib is missing, the scenario has no such length, or a process was killed.
    """
    if length not in kernel.plan.calendars:
        raise WargameError(f"there is no length '{length}'; there are {', '.join(kernel.plan.calendars)}")
    named = lineup(kernel, agents or {})
    design, analyse = _design(factors, method, samples, seed)
    names, seats = tuple(each.id for each in factors), tuple(named.items())
    tasks = [
        _Setting(kernel.scenario, names, _whole(row, factors), seats, length, range(seed, seed + games))
        for row in design.tolist()
    ]
    found: dict[tuple[int, ...], tuple[float, ...]] = {}
    wanted = {task.values: task for task in tasks}
    with closing(harvest(_play, wanted.values(), jobs=jobs, executor=executor)) as parts:
        for task, outcome in parts:
            found[task.values] = outcome
            progress(games)
    outcomes = _outcomes(kernel)
    table = [found[task.values] for task in tasks]
    influence = {name: analyse([row[at] for row in table]) for at, name in enumerate(outcomes)}
    return Sweep(
        kernel.scenario.id,
        length,
        method,
        named,
        tuple(factors),
        len(tasks),
        games,
        seed,
        outcomes,
        influence,
    )


def _whole(row: Sequence[float], factors: Sequence[Factor]) -> tuple[int, ...]:
    return tuple(
        min(max(round(value), each.low), each.high) for value, each in zip(row, factors, strict=True)
    )


def settings(count: int, method: Method, samples: int) -> int:
    """How many settings of *count* factors a design has."""
    return samples * (count + 1) if method == "morris" else samples * (2 * count + 2)


def _outcomes(kernel: Kernel) -> tuple[str, ...]:
    endings = [f"ending.{each.id}" for each in kernel.plan.endings]
    return (*(f"score.{role}" for role in kernel.plan.roles), *endings)


def _play(task: _Setting) -> tuple[float, ...]:
    """The mean score of every role, and the share of every ending in percent."""
    kernel, seats = kernel_for(task.scenario), dict(task.seats)
    changed = dict(zip(task.names, task.values, strict=True))
    begun = [kernel.start(seed, task.length, traced=False, changed=changed)[0] for seed in task.seeds]
    native = _native(task.scenario.digest, task.seats, task.length)
    if native is not None:
        rows = [(ending, list(scores.values())) for ending, scores in native.go_on(begun, task.seeds)]
    else:
        rows = []
        for seed, position in zip(task.seeds, begun, strict=True):
            result = play_on(kernel, agents_of(kernel, players_of(kernel, seats, seed)), position)
            rows.append((result.ending, [result.scores[role] for role in kernel.plan.roles]))
    count = len(rows)
    means = [sum(scores[at] for _, scores in rows) / count for at in range(len(kernel.plan.roles))]
    shares = [100 * sum(ending == each.id for ending, _ in rows) / count for each in kernel.plan.endings]
    return (*means, *shares)


@lru_cache(maxsize=4)
def _native(digest: str, seats: tuple[tuple[str, str], ...], length: str) -> Games | None:
    """The games in machine code, where that is possible."""
    from wargame.session.kernels import kernel_known

    kernel = kernel_known(digest)
    if kernel is None or not is_there():
        return None
    doctrines = kernel.scenario.doctrines
    if any(name == ANY or name not in doctrines.get(role, {}) for role, name in seats):
        return None
    from wargame.lab.native.game import games

    return games(kernel, dict(seats), length)


Analyse = Callable[[Sequence[float]], Mapping[str, Influence]]


def _design(factors: Sequence[Factor], method: Method, samples: int, seed: int) -> tuple[Any, Analyse]:
    """The settings to try, a row each, and what reads their outcomes."""
    try:
        import numpy as np
        from SALib.analyze import morris as screened
        from SALib.analyze import sobol as decomposed
        from SALib.sample import morris, sobol
    except ImportError as error:
        raise WargameError(NEEDED) from error
    names = [each.id for each in factors]
    problem = {"num_vars": len(names), "names": names, "bounds": [[each.low, each.high] for each in factors]}
    if method == "morris":
        design = morris.sample(problem, samples, num_levels=LEVELS, seed=seed)

        def screen(outcomes: Sequence[float]) -> Mapping[str, Influence]:
            y = np.array(outcomes)
            # In units of the whole range, so that assumptions can be compared.
            unit = (design - design.min(axis=0)) / np.maximum(np.ptp(design, axis=0), 1e-9)
            scaled = problem | {"bounds": [[0, 1]] * len(names)}
            found = screened.analyze(scaled, unit, y, num_levels=LEVELS, seed=seed)
            rows = zip(found["mu_star"], found["sigma"], found["mu_star_conf"], strict=True)
            return {name: _influence(*row) for name, row in zip(names, rows, strict=True)}

        return design, screen
    design = sobol.sample(problem, samples, calc_second_order=False, seed=seed)

    def decompose(outcomes: Sequence[float]) -> Mapping[str, Influence]:
        y = np.array(outcomes)
        if not np.ptp(y):
            return dict.fromkeys(names, Influence(0.0, 0.0, 0.0))
        found = decomposed.analyze(problem, y, calc_second_order=False, seed=seed)
        rows = zip(found["ST"], found["S1"], found["ST_conf"], strict=True)
        return {name: _influence(*row) for name, row in zip(names, rows, strict=True)}

    return design, decompose


def _influence(main: float, spread: float, error: float) -> Influence:
    main, spread, error = (0.0 if value != value else float(value) for value in (main, spread, error))
    return Influence(main, spread, error)
