"""Many scripted games: how they ended, what they were worth, how fast they went."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from time import perf_counter
from typing import Literal

from attrs import frozen

from wargame.agents.seating import agent_for, default_player
from wargame.errors import WargameError
from wargame.lab.batch import over_cores
from wargame.lab.match import play_with, players, undisturbed
from wargame.lab.spread import Spread, spread
from wargame.rules.kernel import Kernel

SHARE = 2_000
"""Games that machine code plays at a stretch."""


@frozen
class Outcome:
    """What came of a batch."""

    scenario: str
    length: str
    seed: int
    """The first game's; each next one's is one more."""

    games: int
    jobs: int
    """How many cores played them."""

    engine: str
    doctrines: Mapping[str, str]
    endings: Mapping[str, int]
    """How many games ended so, by ending, in the scenario's order; those that never happened with 0."""

    titles: Mapping[str, str]
    scores: Mapping[str, Spread]
    means: Mapping[str, float]
    seconds: float

    @property
    def games_per_second(self) -> float:
        return self.games / self.seconds if self.seconds else 0.0


def doctrines(kernel: Kernel, chosen: Mapping[str, str]) -> dict[str, str]:
    """
    The player of every role: the chosen one, or its first doctrine.

    Raises:
        ScenarioError: If a role has no such player.
    """
    scenario = kernel.scenario
    named = {role: chosen.get(role, default_player(scenario, role)) for role in scenario.roles}
    for role, name in named.items():
        agent_for(kernel, role, name)
    return named


Share = tuple[list[str], dict[str, list[int]]]
"""Of games one after the other the endings, and by role the scores: positions would fill the memory."""


@frozen
class Games:
    """Scripted games of which only endings and scores are kept."""

    named: Mapping[str, str]
    length: str

    def __call__(self, kernel: Kernel, seeds: range) -> Share:
        agents = players(kernel, self.named)
        endings, scores = list[str](), {role: list[int]() for role in kernel.scenario.roles}
        with undisturbed():
            for seed in seeds:
                result = play_with(kernel, agents, seed=seed, length=self.length)
                endings.append(result.ending)
                for role, score in result.scores.items():
                    scores[role].append(score)
        return endings, scores


Engine = Literal["reference", "native"]


def simulate(
    kernel: Kernel,
    named: Mapping[str, str],
    *,
    games: int,
    seed: int,
    length: str = "full",
    jobs: int = 1,
    engine: Engine = "reference",
) -> Outcome:
    """
    Plays *games* whole games with seeds from *seed* on, over *jobs* cores; their number changes nothing else.

    Nor does the *engine*: `native` plays the same games in machine code, where a doctrine holds every seat.

    Raises:
        ScenarioError: If a role has no such player, or is not played by a doctrine and the engine is native.
        WargameError: If the scenario has no such length, a process of the batch was killed, or llvmlite is
            missing for the native engine.
    """
    scenario = kernel.scenario
    endings = Counter(dict.fromkeys(scenario.endings, 0))
    scores: dict[str, list[int]] = {role: [] for role in scenario.roles}
    # Before the clock starts: what every process of the batch has from the beginning.
    play = _natively(kernel, named, length) if engine == "native" else _by_reference(kernel, named, length)
    began = perf_counter()
    for ended, points in play(range(seed, seed + games), jobs):
        endings.update(ended)
        for role, column in points.items():
            scores[role] += column
    return Outcome(
        scenario=scenario.id,
        length=length,
        seed=seed,
        games=games,
        jobs=jobs,
        engine=engine,
        doctrines=named,
        endings=endings,
        titles={ending: each.title for ending, each in scenario.endings.items()},
        scores={role: spread(values) for role, values in scores.items()},
        means={role: sum(values) / len(values) for role, values in scores.items()},
        seconds=perf_counter() - began,
    )


Play = Callable[[range, int], Iterable[Share]]


def _by_reference(kernel: Kernel, named: Mapping[str, str], length: str) -> Play:
    players(kernel, named)
    return lambda seeds, jobs: over_cores(kernel, Games(named, length), seeds, jobs)


def _natively(kernel: Kernel, named: Mapping[str, str], length: str) -> Play:
    from wargame.lab.native.game import games as compiled

    if length not in kernel.plan.calendars:
        raise WargameError(f"there is no length '{length}'; there are {', '.join(kernel.plan.calendars)}")
    ready = compiled(kernel, named, length)

    def play(seeds: range, jobs: int) -> Iterator[Share]:
        # Machine code holds no lock: threads are enough.
        shares = [seeds[at : at + SHARE] for at in range(0, len(seeds), SHARE)]
        with ThreadPoolExecutor(jobs) as pool:
            yield from pool.map(lambda share: ready.columns(share.start, len(share)), shares)

    return play


def as_data(outcome: Outcome) -> dict[str, object]:
    """The outcome for tools, with stable keys."""
    return {
        "scenario": outcome.scenario,
        "length": outcome.length,
        "games": outcome.games,
        "seed": outcome.seed,
        "jobs": outcome.jobs,
        "engine": outcome.engine,
        "doctrines": dict(outcome.doctrines),
        "endings": dict(outcome.endings),
        "scores": {
            role: {
                "mean": round(outcome.means[role], 1),
                "min": each.lowest,
                "p10": each.p10,
                "median": each.median,
                "p90": each.p90,
                "max": each.highest,
            }
            for role, each in outcome.scores.items()
        },
        "seconds": round(outcome.seconds, 3),
        "games_per_second": round(outcome.games_per_second, 1),
    }


def as_text(outcome: Outcome) -> str:
    """The outcome for a person."""
    wide = max(len(outcome.titles[ending]) for ending in outcome.endings)
    lines = [
        f"{outcome.scenario}, length {outcome.length}: {outcome.games} games from seed {outcome.seed}",
        "",
    ]
    for ending, count in outcome.endings.items():
        share = count * 100 / outcome.games
        lines.append(f"  {outcome.titles[ending]:{wide}}  {count:6}  {share:5.1f} %")
    role_wide = max(len(role) for role in outcome.scores)
    name_wide = max(len(name) for name in outcome.doctrines.values())
    lines += ["", f"  {'role':{role_wide}}  {'player':{name_wide}}   mean  min  p10  median  p90  max"]
    for role, each in outcome.scores.items():
        lines.append(
            f"  {role:{role_wide}}  {outcome.doctrines[role]:{name_wide}}  {outcome.means[role]:5.1f}"
            f"  {each.lowest:3}  {each.p10:3}  {each.median:6}  {each.p90:3}  {each.highest:3}"
        )
    where = "one core" if outcome.jobs == 1 else f"{outcome.jobs} cores"
    how = " in machine code" if outcome.engine == "native" else ""
    return "\n".join([*lines, "", f"{outcome.games_per_second:.0f} games a second on {where}{how}"])
