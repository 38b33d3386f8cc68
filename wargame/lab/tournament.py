"""The strength table: every player in every seat, all with the same dice against the same others."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from attrs import frozen

from wargame.agents.seating import PLANNERS, agent_for, default_player, players
from wargame.errors import ScenarioError
from wargame.lab import match
from wargame.lab.batch import over_cores
from wargame.lab.intervals import Estimate, mean_of
from wargame.lab.match import play_with, undisturbed
from wargame.rules.kernel import Kernel

__all__ = ["Seat", "Standing", "Table", "entrants", "tournament"]

STEPS = 100
"""Shares of a tournament for each core: so often its progress can be told."""


@frozen
class Standing:
    """How one player did in one seat."""

    player: str
    score: Estimate
    """Expected score, 0 to 100."""

    ahead: Mapping[str, Estimate]
    """By other player, how far ahead of it, game by game with the same dice; less than 0 for behind."""

    @property
    def beats(self) -> tuple[str, ...]:
        """Whom it beats at 95 %."""
        return tuple(other for other, by in self.ahead.items() if by.is_above_zero)


@frozen
class Seat:
    """One role: who played it how well, the best first."""

    role: str
    title: str
    against: Mapping[str, str]
    """By other role, the doctrine it was played by."""

    standings: tuple[Standing, ...]


@frozen
class Table:
    """What came of a tournament."""

    scenario: str
    length: str
    seed: int
    """The first game's; each next one's is one more."""

    games: int
    """By player and seat."""

    seats: tuple[Seat, ...]


@frozen
class Contest:
    """The player of one role, against the others' first doctrines."""

    role: str
    player: str


def entrants(kernel: Kernel, role: str, wanted: Sequence[str] = ()) -> tuple[str, ...]:
    """
    Who plays *role*: of *wanted* those that can; if nothing is wanted its doctrines, a planner and chance.

    Raises:
        ScenarioError: If no role of the scenario has such a player.
    """
    scenario = kernel.scenario
    for name in wanted:
        if not any(name in players(scenario, each) for each in scenario.roles):
            known = dict.fromkeys(each for one in scenario.roles for each in players(scenario, one))
            raise ScenarioError(f"no role has a player '{name}'; there are: {', '.join(known)}")
    possible = players(scenario, role)
    if wanted:
        return tuple(dict.fromkeys(name for name in wanted if name in possible))
    return (*scenario.doctrines.get(role, {}), PLANNERS[0], "random")


@frozen
class Contests:
    """Games of several contests, of which only the score of the role in question is kept."""

    contests: tuple[Contest, ...]
    first: int
    length: str

    def __call__(self, kernel: Kernel, seeds: range) -> list[int]:
        """The scores of games by number: all contests with the first seed, then all with the next."""
        found: list[int] = []
        seated = [match.players(kernel, {each.role: each.player}) for each in self.contests]
        with undisturbed():
            for number in seeds:
                game, which = divmod(number, len(self.contests))
                contest, agents = self.contests[which], seated[which]
                end = play_with(kernel, agents, seed=self.first + game, length=self.length)
                found.append(end.scores[contest.role])
        return found


def tournament(
    kernel: Kernel,
    seats: Mapping[str, Sequence[str]],
    *,
    games: int,
    seed: int,
    length: str = "full",
    jobs: int = 1,
    progress: Callable[[int], None] | None = None,
) -> Table:
    """
    Plays every player of *seats*, by role, in *games* games with seeds from *seed* on.

    The other roles are played by their first doctrines. The number of *jobs* changes nothing; *progress* is
    told how many more games are over.

    Raises:
        ScenarioError: If a role has no such player.
        WargameError: If the scenario has no such length, or a process was killed.
    """
    contests = tuple(Contest(role, player) for role, each in seats.items() for player in each)
    for contest in contests:
        agent_for(kernel, contest.role, contest.player)
    scores: dict[Contest, list[int]] = {contest: [] for contest in contests}
    numbers, done = range(games * len(contests)), 0
    at_a_stretch = -(-len(numbers) // (jobs * STEPS))
    for share in over_cores(kernel, Contests(contests, seed, length), numbers, jobs, at_a_stretch):
        for score in share:
            scores[contests[done % len(contests)]].append(score)
            done += 1
        if progress is not None:
            progress(len(share))
    return Table(
        scenario=kernel.scenario.id,
        length=length,
        seed=seed,
        games=games,
        seats=tuple(
            _seat(kernel, role, {each: scores[Contest(role, each)] for each in names})
            for role, names in seats.items()
            if names
        ),
    )


def _seat(kernel: Kernel, role: str, scores: Mapping[str, Sequence[int]]) -> Seat:
    roles = kernel.scenario.roles
    # Of equals the first named.
    ranked = sorted(scores, key=lambda player: -sum(scores[player]))
    return Seat(
        role=role,
        title=roles[role].title,
        against={each: default_player(kernel.scenario, each) for each in roles if each != role},
        standings=tuple(_standing(player, scores, ranked) for player in ranked),
    )


def _standing(player: str, scores: Mapping[str, Sequence[int]], ranked: Sequence[str]) -> Standing:
    mine = scores[player]
    ahead = {
        other: mean_of([one - two for one, two in zip(mine, scores[other], strict=True)])
        for other in ranked
        if other != player
    }
    return Standing(player, mean_of(mine), ahead)


def as_data(table: Table) -> dict[str, object]:
    """The table for tools, with stable keys; None where a single game leaves an end open."""
    return {
        "scenario": table.scenario,
        "length": table.length,
        "seed": table.seed,
        "games": table.games,
        "confidence": 0.95,
        "seats": {
            seat.role: {
                "against": dict(seat.against),
                "players": [
                    {
                        "player": each.player,
                        "score": _numbers(each.score, table.games),
                        "ahead": {other: _numbers(by, table.games) for other, by in each.ahead.items()},
                        "beats": list(each.beats),
                    }
                    for each in seat.standings
                ],
            }
            for seat in table.seats
        },
    }


def _numbers(interval: Estimate, games: int) -> dict[str, float | None]:
    closed = games > 1
    return {
        "mean": round(interval.value, 2),
        "low": round(interval.low, 2) if closed else None,
        "high": round(interval.high, 2) if closed else None,
    }


def as_text(table: Table) -> str:
    """The table for a person."""
    lines = [
        f"{table.scenario}, length {table.length}: {table.games} games a player and seat from seed "
        f"{table.seed}, the same dice for all;",
        "the mean score with its 95 % interval.",
    ]
    for seat in table.seats:
        others = ", ".join(f"{role} {doctrine}" for role, doctrine in seat.against.items())
        lines += ["", f"{seat.title} ({seat.role}), against {others}"]
        wide = max(len(each.player) for each in seat.standings)
        for each in seat.standings:
            beats = f"beats {', '.join(each.beats)}" if each.beats else "beats nobody for certain"
            lines.append(f"  {each.player:{wide}}  {_shown(each.score):22}  {beats}")
    lines += ["", *_open_questions(table)]
    return "\n".join(lines)


def _open_questions(table: Table) -> list[str]:
    """The neighbours of which nobody can say yet which is better."""
    found: list[str] = []
    for seat in table.seats:
        for upper, lower in zip(seat.standings, seat.standings[1:], strict=False):
            if lower.player not in upper.beats:
                by = upper.ahead[lower.player]
                found.append(f"  {seat.role}: {upper.player} and {lower.player}, apart by {_shown(by)}")
    if not found:
        return ["Everybody beats everybody who stands below."]
    return ["Not settled by so few games:", *found]


def _shown(interval: Estimate) -> str:
    if interval.low == -interval.high:
        return f"{interval.value:.1f}"
    return f"{interval.value:.1f} ({interval.low:.1f} to {interval.high:.1f})"
