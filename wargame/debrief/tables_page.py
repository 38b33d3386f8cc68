"""Several tables of one class on one page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from wargame.debrief.against import against
from wargame.debrief.markdown import Names, listing, table, told
from wargame.debrief.parting import Apart, Branch, parting
from wargame.debrief.tables import Outcomes, Sitting, Tables, outcomes
from wargame.lab.spread import Spread
from wargame.scenario.model import TRUTH, Derived, Scenario, Variable

__all__ = ["tables_page"]

STATE = {
    "torn": "the last line of its save is torn",
    "damaged": "its save is damaged",
    "newer": "its save comes from a newer program",
    "differs": "today's rules would play it otherwise; it is told as it was recorded",
}


def tables_page(tables: Tables, names: Names) -> Iterator[str]:
    """The page: each table's end, how far they came apart, and where."""
    scenario = tables.sittings[0].record.kernel.scenario
    yield from (f"# {told(scenario.title)}: {len(tables.sittings)} tables side by side", "")
    yield (
        "All tables began with the same dice: what differs comes of what was done."
        if tables.same_dice
        else "The tables began with different dice: what differs comes of what was done and of luck, "
        "together. A few tables are too few to tell one from the other."
    )
    yield ""
    yield from _faults(tables, names)
    yield from ("## The tables", "")
    yield from _rows(tables, names)
    yield from _spread(scenario, outcomes(tables))
    yield from _parting(tables, names)


def _called(sitting: Sitting, names: Names) -> str:
    name = "" if names.anonymous else told(sitting.name)
    return f"table {sitting.number}" + (f" ({name})" if name else "")


def _faults(tables: Tables, names: Names) -> Iterator[str]:
    lines = []
    for each in tables.sittings:
        kind, last = each.record.verdict.kind, each.record.last
        said = [STATE[kind]] if kind in STATE else []
        if kind in STATE:
            said.append(
                f"good until the end of turn {each.good_until}" if each.good_until else "good up to its deal"
            )
        if not each.record.is_over:
            said.append(f"it stands in turn {last.turn}, and how it ended is not known")
        if said:
            lines.append(f"- {_called(each, names).capitalize()}: {'; '.join(said)}.")
    for number, (name, why) in enumerate(tables.lost, start=1):
        if names.anonymous:
            lines.append(f"- Save {number} of those that cannot be read is left out.")
        else:
            lines.append(f"- The save {told(name)} is left out, for nothing of it can be read: {told(why)}.")
    if lines:
        yield from ("**Not all is whole.**", "", *lines, "")


def _rows(tables: Tables, names: Names) -> Iterator[str]:
    scenario = tables.sittings[0].record.kernel.scenario
    has_history = any(against(each.record) is not None for each in tables.sittings)
    heads = ["table", "ended with", *(["hidden truth"] if scenario.truths and tables.over else [])]
    words = len(heads)
    heads += ["turns", *(told(role.short or role.title) for role in scenario.roles.values())]
    heads += ["left the record in turn"] if has_history else []
    rows = []
    for each in tables.sittings:
        record = each.record
        ending = scenario.endings.get(str(record.last.ending))
        row: list[object] = [_called(each, names), told(ending.title) if ending else "(goes on)"]
        row += [_truth(each)] if scenario.truths and tables.over else []
        row += [len(record.turns), *(record.kernel.total(record.last, role) for role in scenario.roles)]
        found = against(record) if has_history else None
        first = found.first if found is not None else None
        row += [first.turn if first is not None else "never"] if has_history else []
        rows.append(row)
    yield from table(heads, rows, words)


def _truth(sitting: Sitting) -> str:
    """What was dealt in secret; of a game that goes on nothing is told."""
    record = sitting.record
    reading = record.kernel.view(record.last, "control").reading(TRUTH) if record.is_over else None
    return (
        told(list(record.kernel.scenario.truths.values())[reading.value].title) if reading is not None else ""
    )


def _spread(scenario: Scenario, found: Outcomes) -> Iterator[str]:
    yield from ("## How far they came apart", "")
    if found.endings:
        counts = [
            f"{count} of {found.count} ended with *{told(scenario.endings[id].title)}*"
            for id, count in found.endings.items()
            if id in scenario.endings
        ]
        yield from ("; ".join(counts) + ".", "")
    else:
        yield from ("No game is over yet: this is how they stand.", "")
    # Of two games none is in the middle.
    heads = ["lowest", *(["middle"] if found.count > 2 else []), "highest", "apart"]
    yield from table(
        ["score of", *heads],
        [[told(scenario.roles[role].title), *_of(each, found.count)] for role, each in found.scores.items()],
    )
    about: dict[str, Variable | Derived] = {**scenario.variables, **scenario.derived}
    titles = {id: each.title for id, each in about.items()}
    yield from table(
        ["value at the end", *heads],
        [[told(titles[id]), *_of(each, found.count)] for id, each in found.values.items()],
    )
    for id, counts_of in found.words.items():
        words = [f"{told(value)} at {count}" for value, count in counts_of.items()]
        yield from (f"{told(titles[id])}: {listing(words)}.", "")


def _of(spread: Spread, count: int) -> tuple[int, ...]:
    middle = (spread.median,) if count > 2 else ()
    return spread.lowest, *middle, spread.highest, spread.highest - spread.lowest


def _parting(tables: Tables, names: Names) -> Iterator[str]:
    root = parting(tables)
    yield from ("## Where they parted", "")
    yield (
        "Tables go together as long as all their seats order, offer and promise the same. What stands beside "
        "a table is what it did that not all the others did too."
    )
    yield ""
    yield from _branch(tables.sittings[0].record.kernel.scenario, root, names, 0)
    yield ""


def _branch(scenario: Scenario, branch: Branch, names: Names, depth: int) -> Iterator[str]:
    indent = "  " * depth
    who = _tables(branch.tables)
    if depth:
        words = f"{indent}- **Turn {branch.since}, {who}**: {_why(scenario, branch.by, names)}"
    elif branch.until:
        words = f"- **{who.capitalize()}** did the same until the end of turn {branch.until}"
    else:
        words = f"- **{who.capitalize()}** began together and parted in their first turn"
    yield words + _end(scenario, branch)
    if depth and branch.branches and branch.until >= branch.since:
        yield f"{indent}  - They went on together until the end of turn {branch.until}"
    if branch.fall is not None:
        where = f" in {told(branch.fall.place)}" if branch.fall.place else ""
        yield (
            f"{indent}  - *Luck:* the first dice that fell differently among them were in turn "
            f"{branch.fall.turn}: '{told(branch.fall.title)}'{where} came true at "
            f"{_numbers(branch.fall.yes)}, not at {_numbers(branch.fall.no)}"
        )
    for each in branch.branches:
        yield from _branch(scenario, each, names, depth + 1)


def _why(scenario: Scenario, by: Sequence[Apart], names: Names) -> str:
    """What set some tables apart: by role its orders and the words it gave; then rulings."""
    did: dict[str, list[str]] = {}
    for each in by:
        if each.kind == "stopped":
            return "no further turn was played"
        if each.kind == "outcome":
            return "the same orders came out otherwise, for they were written in another sequence"
        who = told(scenario.roles[each.role].title) if each.role else "control ruled"
        # What control writes is free text, as people's words are.
        words = [names.words(word) if each.kind == "control" else told(word) for word in each.words]
        did.setdefault(who, []).extend(word for word in words if word)
    said = [f"{who} {listing(words)}" for who, words in did.items() if words]
    return "; ".join(said) or "nothing of what the others did"


def _end(scenario: Scenario, branch: Branch) -> str:
    """How tables that do not part any more ended."""
    if branch.branches:
        return ""
    ends: dict[str, list[int]] = {}
    for each in branch.tables:
        ending = scenario.endings.get(str(each.record.last.ending))
        words = f"ended with *{told(ending.title)}*" if ending else f"read until turn {each.good_until}"
        ends.setdefault(words, []).append(each.number)
    if len(ends) == 1:
        return f" -> {next(iter(ends))}"
    return " -> " + "; ".join(f"{_numbers(numbers)} {words}" for words, numbers in ends.items())


def _tables(sittings: Sequence[Sitting]) -> str:
    return _numbers([each.number for each in sittings])


def _numbers(numbers: Sequence[int]) -> str:
    return f"table{'s' if len(numbers) > 1 else ''} {listing([str(number) for number in numbers])}"
