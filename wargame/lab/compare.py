"""Two runs game by game with common dice: what differs, and how surely."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from attrs import frozen

from wargame.errors import WargameError
from wargame.lab.folder import Folder, open_folder
from wargame.lab.intervals import Estimate, mean_of
from wargame.lab.recording import Rows
from wargame.lab.run import Run
from wargame.lab.summary import interval
from wargame.lab.table import Column, Row, Table

__all__ = ["Comparison", "Difference", "as_data", "as_table", "as_text", "compare", "compare_folders"]

FEWEST = 2
"""Games both runs must have: of one there is no interval."""


@frozen
class Difference:
    """One figure in both runs, and the second less the first, paired game by game."""

    about: str
    """score, ending or turns."""

    id: str
    """The role or the ending; empty for turns."""

    title: str
    first: float
    """A mean: points (0 to 100), share of the games (0 to 1), or turns."""

    second: float
    change: Estimate

    @property
    def is_sure(self) -> bool:
        """Whether the interval of the change leaves zero out."""
        return self.change.is_above_zero or self.change.is_below_zero


@frozen
class Comparison:
    """Two runs side by side."""

    scenario: str
    first: str
    """What the runs are called."""

    second: str
    apart: tuple[str, ...]
    """What sets them apart, in words."""

    games: int
    """How many games both have."""

    left_out: int
    """Games that only one of them has."""

    otherwise: Estimate
    """The share of games, 0 to 1, that ended otherwise or with another score."""

    differences: tuple[Difference, ...]


@frozen
class _Game:
    ending: str
    turns: int
    scores: Mapping[str, int]


def compare(first: Run, second: Run, names: tuple[str, str] = ("first", "second")) -> Comparison:
    """
    Two runs of one scenario, paired by seed.

    Raises:
        WargameError: If they do not fit: other scenarios, lengths or roles, or too few common games.
    """
    scenario = second.kernel.scenario
    titles = {id: each.title for id, each in scenario.endings.items()}
    titles |= {id: role.title for id, role in scenario.roles.items()}
    one, two = (
        Folder(Path(name), run.settings, run.seed, run.games)
        for name, run in zip(names, (first, second), strict=True)
    )
    return _compared(one, two, (_games(first.parts), _games(second.parts)), titles, names)


def compare_folders(first: Path, second: Path) -> Comparison:
    """
    Two finished runs on disk; their scenario need not be at hand, and may have been changed between them.

    Raises:
        WargameError: If one is not a finished run, or they do not fit.
    """
    one, two = open_folder(first), open_folder(second)
    _need_fit(one, two)
    return _compared(one, two, (_games(one.complete), _games(two.complete)), {}, (str(first), str(second)))


def _games(parts: Callable[[], object]) -> dict[int, _Game]:
    scores: dict[int, dict[str, int]] = {}
    games: dict[int, _Game] = {}
    each: Rows
    for each in parts():  # type: ignore[attr-defined]
        for seed, role, _, kind, _, value, _ in each["outcomes"]:
            if kind == "score":
                scores.setdefault(int(seed), {})[str(role)] = int(value)
        for seed, ending, turns, _ in each["games"]:
            games[int(seed)] = _Game(str(ending), int(turns), scores[int(seed)])
    return games


def _need_fit(one: Folder, two: Folder) -> None:
    """Raises a line that says why two runs cannot be compared, if they cannot."""
    has, other = one.settings, two.settings
    if has.scenario != other.scenario:
        what = (
            f"{one.path} is of {has.scenario}, {two.path} of {other.scenario}; compare runs of one scenario"
        )
    elif has.length != other.length:
        what = (
            f"{one.path} is of length {has.length}, {two.path} of {other.length}; compare runs of one length"
        )
    elif list(has.seats) != list(other.seats):
        what = f"{one.path} and {two.path} have other roles; compare runs of one scenario"
    elif len(_common(one, two)) < FEWEST:
        spans = [f"{run.path} has seeds {run.seed} to {run.seed + run.games - 1}" for run in (one, two)]
        what = f"{', '.join(spans)}; common dice need at least {FEWEST} common seeds"
    else:
        return
    raise WargameError(what)


def _common(one: Folder, two: Folder) -> range:
    ends = (one.seed + one.games, two.seed + two.games)
    return range(max(one.seed, two.seed), min(ends))


def _compared(
    one: Folder,
    two: Folder,
    played: tuple[Mapping[int, _Game], Mapping[int, _Game]],
    titles: Mapping[str, str],
    names: tuple[str, str],
) -> Comparison:
    _need_fit(one, two)
    seeds = _common(one, two)
    pairs = [(played[0][seed], played[1][seed]) for seed in seeds]
    found = [
        _difference("score", role, titles, [(a.scores[role], b.scores[role]) for a, b in pairs])
        for role in one.settings.seats
    ]
    seen = {game.ending for pair in pairs for game in pair}
    endings = [*(id for id in titles if id in seen), *sorted(seen - set(titles))]
    found += [
        _difference("ending", id, titles, [(int(a.ending == id), int(b.ending == id)) for a, b in pairs])
        for id in endings
    ]
    found.append(_difference("turns", "", {}, [(a.turns, b.turns) for a, b in pairs]))
    return Comparison(
        scenario=one.settings.scenario,
        first=names[0],
        second=names[1],
        apart=_apart(one, two),
        games=len(pairs),
        left_out=one.games + two.games - 2 * len(pairs),
        otherwise=mean_of([int((a.ending, a.scores) != (b.ending, b.scores)) for a, b in pairs]),
        differences=tuple(found),
    )


def _difference(about: str, id: str, titles: Mapping[str, str], pairs: list[tuple[int, int]]) -> Difference:
    first, second = (sum(column) / len(pairs) for column in zip(*pairs, strict=True))
    return Difference(about, id, titles.get(id, id), first, second, mean_of([b - a for a, b in pairs]))


def _apart(one: Folder, two: Folder) -> tuple[str, ...]:
    has, other = one.settings, two.settings
    found = [
        f"{role} is played by {name} in the first, by {other.seats[role]} in the second"
        for role, name in has.seats.items()
        if name != other.seats[role]
    ]
    if has.digest != other.digest:
        found.append("the texts of the scenario differ")
    if has.engine != other.engine:
        found.append("they were played by different versions of the program")
    return tuple(found)


def as_table(comparison: Comparison) -> Table:
    """The differences as a table, in thousandths so that cells are whole numbers."""
    unit = "thousandths of a point, of a share or of a turn"
    columns = (
        Column("about", "words", "score, ending or turns"),
        Column("id", "words", "the role or the ending; empty for turns"),
        *(Column(name, "number", f"the mean in the {name} run", unit) for name in ("first", "second")),
        Column("change", "number", "the second less the first, on average", unit),
        Column("low", "number", "lower end of the change's 95 % interval", unit),
        Column("high", "number", "upper end of the change's 95 % interval", unit),
    )
    rows: list[Row] = [
        (each.about, each.id, *(round(1000 * figure) for figure in _figures(each)))
        for each in comparison.differences
    ]
    return Table("differences", columns, tuple(rows))


def _figures(each: Difference) -> tuple[float, ...]:
    return each.first, each.second, each.change.value, each.change.low, each.change.high


def as_data(comparison: Comparison) -> dict[str, object]:
    """The comparison for tools, with stable keys; shares from 0 to 1."""
    return {
        "scenario": comparison.scenario,
        "first": comparison.first,
        "second": comparison.second,
        "apart": list(comparison.apart),
        "games": comparison.games,
        "left_out": comparison.left_out,
        "otherwise": interval(comparison.otherwise),
        "differences": [
            {
                "about": each.about,
                "id": each.id,
                "first": round(each.first, 4),
                "second": round(each.second, 4),
                "change": interval(each.change),
                "sure": each.is_sure,
            }
            for each in comparison.differences
        ],
    }


def as_text(comparison: Comparison) -> str:
    """The comparison for a person; a change whose interval leaves zero out carries a mark."""
    lines = [
        f"{comparison.scenario}: {comparison.games} games with the same dice",
        f"  first:  {comparison.first}",
        f"  second: {comparison.second}",
    ]
    lines += [f"  {line}" for line in comparison.apart or ("nothing sets them apart",)]
    if comparison.left_out:
        lines.append(f"  {comparison.left_out} games that only one of them has are left out")
    wide = max(len(each.title) for each in comparison.differences)
    for about, heading, scale, unit in (
        ("score", "score", 1.0, "  "),
        ("ending", "ending", 100.0, " %"),
        ("turns", "turns", 1.0, "  "),
    ):
        rows = [each for each in comparison.differences if each.about == about]
        lines += ["", f"  {heading:{wide}}   first    second   change   95 % interval"]
        for each in rows:
            first, second, *change = (scale * figure for figure in _figures(each))
            mark = "*" if each.is_sure else " "
            lines.append(
                f"{mark} {each.title:{wide}}  {first:6.1f}{unit}  {second:6.1f}{unit}"
                f"  {change[0]:+6.1f}   {change[1]:+.1f} to {change[2]:+.1f}"
            )
    share = comparison.otherwise.value * 100
    lines += ["", f"{share:.1f} % of the games came out otherwise", "* the interval leaves zero out"]
    return "\n".join(line.rstrip() for line in lines)
