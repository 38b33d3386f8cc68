"""What a run comes to: endings and scores, with 95 % intervals."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from attrs import frozen

from wargame.lab.intervals import Estimate, mean_of, share_of
from wargame.lab.recording import Rows
from wargame.lab.run import Run
from wargame.lab.spread import Spread, spread
from wargame.scenario.model import Scenario

__all__ = ["EndingRow", "ScoreRow", "Summary", "as_data", "as_text", "scores_of", "summarise"]


@frozen
class EndingRow:
    """How often a game ended so."""

    id: str
    title: str
    games: int
    share: Estimate
    """0 to 1."""


@frozen
class ScoreRow:
    """The scores, 0 to 100, of one role played by one player."""

    role: str
    player: str
    mean: Estimate
    spread: Spread


@frozen
class Summary:
    """A run in figures."""

    scenario: str
    length: str
    seed: int
    games: int
    seats: Mapping[str, str]
    turns: Estimate
    """Turns a game."""

    endings: tuple[EndingRow, ...]
    """In the scenario's order."""

    scores: tuple[ScoreRow, ...]
    """By role, then by player."""


def scores_of(parts: Iterable[Rows]) -> dict[tuple[str, str], list[int]]:
    """The scores by role and player, in the order of the games."""
    found: dict[tuple[str, str], list[int]] = {}
    for part in parts:
        for _, role, player, kind, _, value, _ in part["outcomes"]:
            if kind == "score":
                found.setdefault((str(role), str(player)), []).append(int(value))
    return found


def summarise(run: Run) -> Summary:
    """
    The figures of *run*.

    Raises:
        WargameError: If its folder has lost a part.
    """
    scenario = run.kernel.scenario
    endings, turns = dict.fromkeys(scenario.endings, 0), list[int]()
    for part in run.parts():
        for _, ending, count, _ in part["games"]:
            endings[str(ending)] = endings.get(str(ending), 0) + 1
            turns.append(int(count))
    scores = scores_of(run.parts())
    sequence = {role: number for number, role in enumerate(scenario.roles)}
    return Summary(
        scenario=scenario.id,
        length=run.settings.length,
        seed=run.seed,
        games=run.games,
        seats=run.settings.seats,
        turns=mean_of(turns),
        endings=tuple(
            EndingRow(id, _title(scenario, id), count, share_of(count, run.games))
            for id, count in endings.items()
        ),
        scores=tuple(
            ScoreRow(role, player, mean_of(values), spread(values))
            for (role, player), values in sorted(
                scores.items(), key=lambda item: (sequence[item[0][0]], item[0][1])
            )
        ),
    )


def _title(scenario: Scenario, ending: str) -> str:
    return scenario.endings[ending].title if ending in scenario.endings else ending


def as_data(summary: Summary) -> dict[str, object]:
    """The summary for tools, with stable keys; shares from 0 to 1."""
    return {
        "scenario": summary.scenario,
        "length": summary.length,
        "seed": summary.seed,
        "games": summary.games,
        "seats": dict(summary.seats),
        "turns": interval(summary.turns),
        "endings": [
            {"ending": each.id, "games": each.games, "share": interval(each.share)}
            for each in summary.endings
        ],
        "scores": [
            {
                "role": each.role,
                "player": each.player,
                "games": each.mean.count,
                "mean": interval(each.mean),
                "p10": each.spread.p10,
                "median": each.spread.median,
                "p90": each.spread.p90,
            }
            for each in summary.scores
        ],
    }


def interval(estimate: Estimate, digits: int = 4) -> dict[str, float | None]:
    """An estimate for tools; an end that is unbounded is null."""
    ends = {"value": estimate.value, "low": estimate.low, "high": estimate.high}
    return {name: None if abs(end) == float("inf") else round(end, digits) for name, end in ends.items()}


def as_text(summary: Summary) -> str:
    """The summary for a person."""
    games = "1 game" if summary.games == 1 else f"{summary.games} games"
    last = summary.seed + summary.games - 1
    seeds = f"seed {last}" if summary.games == 1 else f"seeds {summary.seed} to {last}"
    lines = [f"{summary.scenario}, length {summary.length}: {games}, {seeds}", ""]
    wide = max(len(each.title) for each in summary.endings)
    lines.append(f"  {'ending':{wide}}   games    share   95 % interval")
    for row in summary.endings:
        share = row.share
        ends = f"{share.low * 100:5.1f} to {share.high * 100:5.1f} %"
        lines.append(f"  {row.title:{wide}}  {row.games:6}  {share.value * 100:5.1f} %  {ends}")
    roles = max(len("role"), *(len(row.role) for row in summary.scores))
    names = max(len("player"), *(len(row.player) for row in summary.scores))
    lines += ["", f"  {'role':{roles}}  {'player':{names}}   games   mean   95 % interval   p10  median  p90"]
    for each in summary.scores:
        mean, about = each.mean, each.spread
        lines.append(
            f"  {each.role:{roles}}  {each.player:{names}}  {mean.count:6}  {mean.value:5.1f}"
            f"  {_span(mean):>14}  {about.p10:4}  {about.median:6}  {about.p90:3}"
        )
    turns = summary.turns
    lines += ["", f"a game lasts {turns.value:.1f} turns on average ({_span(turns)})"]
    return "\n".join(lines)


def _span(estimate: Estimate) -> str:
    """The ends of an interval to a tenth; of a single value there are none."""
    if estimate.count == 1:
        return "one value"
    return f"{estimate.low:.1f} to {estimate.high:.1f}"
