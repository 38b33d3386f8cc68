"""Several tables of one class that played the same scenario, laid side by side."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from attrs import frozen

from wargame.debrief.record import Record, open_record
from wargame.errors import WargameError
from wargame.lab.spread import Spread, spread
from wargame.language.types import Number
from wargame.rules.trace import in_words
from wargame.scenario.model import Derived, Variable

__all__ = ["Outcomes", "Sitting", "Tables", "TablesError", "open_tables", "outcomes", "side_by_side"]

MOST = 40
"""Tables that can be compared; a class has fewer."""


class TablesError(WargameError):
    """Saved games cannot be laid side by side."""


@frozen(eq=False)
class Sitting:
    """One table and the game it played."""

    number: int
    """From 1, in the order in which the games were named."""

    name: str
    """As it was given, or the file's; not cleaned."""

    record: Record

    @property
    def good_until(self) -> int:
        """The last calendar turn that could be read; 0 if none."""
        return self.record.turns[-1].turn if self.record.turns else 0


@frozen(eq=False)
class Tables:
    """All tables that could be opened, and those that could not."""

    sittings: tuple[Sitting, ...]
    lost: tuple[tuple[str, str], ...] = ()
    """Name and reason of every save of which nothing could be read."""

    @property
    def over(self) -> tuple[Sitting, ...]:
        """The tables whose game came to its end."""
        return tuple(each for each in self.sittings if each.record.is_over)

    @property
    def counted(self) -> tuple[Sitting, ...]:
        """The tables the spread is measured on: those that came to the end, or all if none did."""
        return self.over or self.sittings

    @property
    def damaged(self) -> tuple[Sitting, ...]:
        """The tables whose save is not whole, or is played otherwise by today's rules."""
        return tuple(each for each in self.sittings if each.record.verdict.kind != "clean")

    @property
    def same_dice(self) -> bool:
        """Whether all tables began with the same seed: then what differs comes of what they did."""
        return len({each.record.course.header.seed for each in self.sittings}) == 1


@frozen
class Outcomes:
    """How far the tables came apart."""

    count: int
    """Tables it is measured on."""

    endings: Mapping[str, int]
    """How often every ending came, by id; the most frequent first, then in the scenario's order."""

    scores: Mapping[str, Spread]
    """By role, 0 to 100."""

    values: Mapping[str, Spread]
    """By id, the headline numbers at the end."""

    words: Mapping[str, Mapping[str, int]]
    """By id, how often every option of the other headline values came."""


def open_tables(paths: Sequence[Path], names: Sequence[str] = ()) -> Tables:
    """
    The games saved at *paths*, which are only read; *names* are the tables' own, in their order.

    A save of which nothing can be read is listed as lost.

    Raises:
        TablesError: If the games cannot be laid side by side, or fewer than two can be read.
    """
    if len(paths) > MOST:
        raise TablesError(f"{len(paths)} saved games are too many for one page; give at most {MOST}")
    if names and len(names) != len(paths):
        raise TablesError(f"there are {len(paths)} saved games and {len(names)} names; give one for each")
    sittings: list[Sitting] = []
    lost: list[tuple[str, str]] = []
    for number, (path, name) in enumerate(
        zip(paths, names or [path.stem for path in paths], strict=True), start=1
    ):
        try:
            sittings.append(Sitting(number, name, open_record(path)))
        except WargameError as error:
            why = str(error).removeprefix(f"{path}: ")
            lost.append((name, (why.splitlines() or [""])[0]))
    if len(sittings) < 2 and lost:
        raise TablesError(f"fewer than two saved games can be read; {lost[0][0]} cannot: {lost[0][1]}")
    return side_by_side(sittings, lost)


def side_by_side(sittings: Sequence[Sitting], lost: Sequence[tuple[str, str]] = ()) -> Tables:
    """
    The tables of one class.

    Raises:
        TablesError: If there are fewer than two, if two are the same game, or if they did not play the same
            scenario, edition and length.
    """
    if len(sittings) < 2:
        raise TablesError("one saved game has nothing to be compared with; give two or more")
    checks: tuple[tuple[str, Callable[[Sitting], str]], ...] = (
        ("other scenarios", lambda each: each.record.course.header.scenario),
        ("other editions of the scenario", lambda each: each.record.course.header.digest[:8]),
        ("other lengths", lambda each: each.record.length),
    )
    first = sittings[0]
    for what, of in checks:
        other = next((each for each in sittings if of(each) != of(first)), None)
        if other is not None:
            raise TablesError(
                f"these games are of {what} and cannot be compared: table {first.number} played "
                f"'{of(first)}', table {other.number} '{of(other)}'"
            )
    seen: dict[str, int] = {}
    for each in sittings:
        session = each.record.course.header.session
        if session in seen:
            raise TablesError(
                f"tables {seen[session]} and {each.number} are the same saved game; leave one out"
            )
        seen[session] = each.number
    return Tables(tuple(sittings), tuple(lost))


def outcomes(tables: Tables) -> Outcomes:
    """How the tables ended."""
    counted = tables.counted
    kernel = counted[0].record.kernel
    scenario = kernel.scenario
    ended = Counter(str(each.record.last.ending) for each in tables.over)
    known = list(scenario.endings)
    shown: list[Variable | Derived] = [*scenario.variables.values(), *scenario.derived.values()]
    headlines = [each for each in shown if each.headline and not each.per_place]
    ends = {each.id: [kernel.reading(one.record.last, each.id) for one in counted] for each in headlines}
    return Outcomes(
        len(counted),
        dict(sorted(ended.items(), key=lambda one: (-one[1], known.index(one[0]) if one[0] in known else 0))),
        {role: spread([kernel.total(one.record.last, role) for one in counted]) for role in scenario.roles},
        {each.id: spread(ends[each.id]) for each in headlines if isinstance(each.type, Number)},
        {
            each.id: dict(sorted(Counter(in_words(each.type, value) for value in ends[each.id]).items()))
            for each in headlines
            if not isinstance(each.type, Number)
        },
    )
