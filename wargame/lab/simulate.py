"""Many scripted games: how they ended, what they were worth, how fast they went."""

from __future__ import annotations

from collections.abc import Mapping
from time import perf_counter

from attrs import frozen

from wargame.agents.seating import agent_for, default_player
from wargame.lab.batch import over_cores
from wargame.lab.match import play_with, players, undisturbed
from wargame.lab.spread import Spread, spread
from wargame.rules.kernel import Kernel


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


@frozen
class Games:
    """Scripted games of which only endings and scores are kept: their positions would fill the memory."""

    named: Mapping[str, str]
    length: str

    def __call__(self, kernel: Kernel, seeds: range) -> list[tuple[str, Mapping[str, int]]]:
        agents = players(kernel, self.named)
        found: list[tuple[str, Mapping[str, int]]] = []
        with undisturbed():
            for seed in seeds:
                result = play_with(kernel, agents, seed=seed, length=self.length)
                found.append((result.ending, result.scores))
        return found


def simulate(
    kernel: Kernel, named: Mapping[str, str], *, games: int, seed: int, length: str = "full", jobs: int = 1
) -> Outcome:
    """
    Plays *games* whole games with seeds from *seed* on, over *jobs* cores; their number changes nothing else.

    Raises:
        ScenarioError: If a role has no such player.
        WargameError: If the scenario has no such length, or a process of the batch was killed.
    """
    scenario = kernel.scenario
    endings = dict.fromkeys(scenario.endings, 0)
    scores: dict[str, list[int]] = {role: [] for role in scenario.roles}
    # Before the clock starts: what every process of the batch has from the beginning.
    players(kernel, named)
    began = perf_counter()
    for share in over_cores(kernel, Games(named, length), range(seed, seed + games), jobs):
        for ending, points in share:
            endings[ending] += 1
            for role, score in points.items():
                scores[role].append(score)
    return Outcome(
        scenario=scenario.id,
        length=length,
        seed=seed,
        games=games,
        jobs=jobs,
        doctrines=named,
        endings=endings,
        titles={ending: each.title for ending, each in scenario.endings.items()},
        scores={role: spread(values) for role, values in scores.items()},
        means={role: sum(values) / len(values) for role, values in scores.items()},
        seconds=perf_counter() - began,
    )


def as_data(outcome: Outcome) -> dict[str, object]:
    """The outcome for tools, with stable keys."""
    return {
        "scenario": outcome.scenario,
        "length": outcome.length,
        "games": outcome.games,
        "seed": outcome.seed,
        "jobs": outcome.jobs,
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
    return "\n".join([*lines, "", f"{outcome.games_per_second:.0f} games a second on {where}"])
