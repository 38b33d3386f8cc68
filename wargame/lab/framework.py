"""The five-variable framework of intervention: its rule, and the cases it is held against."""

from __future__ import annotations

import csv
from io import StringIO
from pathlib import Path
from textwrap import fill

from attrs import field, frozen

from wargame.errors import Problem, ScenarioError
from wargame.text import clean_text

VARIABLES = ("trigger", "support", "reaction", "feasibility", "low_cost")
CODES = ("V1", "V2", "V3", "V4", "V5")
LARGEST = 200_000
"""Bytes of a case table."""

DOSES = ("none", "warn", "limited", "full")


@frozen
class Case:
    """One crisis in which Moscow could have sent troops."""

    name: str
    date: str
    values: tuple[int, ...]
    """The five variables in order, each 0 (speaks against) to 4 (speaks for)."""

    government: str
    """What the sitting government is to the force: it `asks`, is `silent`, or is the `target`."""

    actual: str = field()
    """What Moscow did: one of `DOSES`."""

    moscow: str
    """The same in words."""

    reasons: str
    why: str
    """Where the rule and Moscow part, and why; else empty."""

    assessed: str
    """Who scored the case: the `analyst` himself, or the `compiler` of the facts."""

    sources: str

    @property
    def lowest(self) -> int:
        return min(self.values)

    @property
    def total(self) -> int:
        return sum(self.values)

    @property
    def answer(self) -> str:
        """What the rule says."""
        return dose(self.values, is_target=self.government == "target")

    @property
    def agrees(self) -> bool:
        return self.answer == self.actual


def dose(values: tuple[int, ...], *, is_target: bool) -> str:
    """
    The most that Moscow would do, one of `DOSES`.

    One weak condition forbids it; with all at 3 or more troops go, a limited force where the sitting
    government consents, a full one where that government is the target.
    """
    lowest, total = min(values), sum(values)
    if lowest <= 1 or (lowest == 2 and total < 13):
        return "none"
    if lowest == 2:
        return "warn"
    return "full" if is_target else "limited"


def cases(scenario: str) -> tuple[Case, ...]:
    """
    The case table that stands in the scenario's folder or its ruleset's, as `cases.csv`.

    Raises:
        ScenarioError: If the scenario does not exist, has no case table, or a row of it cannot be read.
    """
    path = _table_of(scenario)
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
        if len(content) > LARGEST:
            raise ValueError(f"it is larger than {LARGEST // 1000} kB")
        rows = list(csv.DictReader(StringIO(content.decode("utf-8-sig"), newline="")))
    except (OSError, ValueError, csv.Error) as error:
        raise ScenarioError([Problem(f"the case table cannot be read ({error})", file=path.name)]) from error
    return tuple(_case(row, path, number) for number, row in enumerate(rows, start=2))


def _table_of(scenario: str) -> Path:
    from wargame.scenario.library import find, load, shipped_root

    folder = find(scenario)
    ruleset = load(scenario).ruleset
    roots = (folder.parent, shipped_root()) if ruleset else ()
    for each in (folder, *(root / "rulesets" / str(ruleset) for root in roots)):
        if (each / "cases.csv").is_file():
            return each / "cases.csv"
    raise ScenarioError(f"{scenario} has no case table; put a cases.csv beside its scenario.toml")


def _case(row: dict[str, str], path: Path, number: int) -> Case:
    try:
        values = tuple(int(row[name]) for name in VARIABLES)
        if any(not 0 <= value <= 4 for value in values) or row["actual"] not in DOSES:
            raise ValueError(f"values are 0 to 4 and 'actual' is one of {', '.join(DOSES)}")
        words = ("date", "government", "actual", "moscow", "reasons", "why", "assessed", "sources")
        texts = {name: clean_text(row[name] or "") for name in words}
        return Case(name=clean_text(row["case"]), values=values, **texts)
    except (KeyError, TypeError, ValueError) as error:
        problem = Problem(
            f"a row that is no case ({error})", file=path.name, line=number, remedy="correct the row"
        )
        raise ScenarioError([problem]) from error


def as_data(table: tuple[Case, ...]) -> dict[str, object]:
    """The table for tools."""
    rows = [
        {
            "case": case.name,
            "date": case.date,
            **dict(zip(CODES, case.values, strict=True)),
            "min": case.lowest,
            "sum": case.total,
            "rule": case.answer,
            "moscow": case.actual,
            "agrees": case.agrees,
            "reasons": case.reasons,
            "why": case.why,
            "sources": case.sources,
        }
        for case in table
    ]
    return {"cases": rows, "agree": sum(case.agrees for case in table), "of": len(table)}


def as_text(table: tuple[Case, ...]) -> str:
    """The table for a person, with the reasons and the failures behind it."""
    width = max(len(f"{case.name}, {case.date}") for case in table)
    head = f"{'case':{width}}  V1 V2 V3 V4 V5  min sum  rule     Moscow"
    lines = [head, "-" * len(head)]
    for case in table:
        marks = "  ".join(str(value) for value in case.values)
        name = f"{case.name}, {case.date}"
        fails = "" if case.agrees else "  <- the rule fails"
        lines.append(
            f"{name:{width}}   {marks}   {case.lowest:3} {case.total:3}  {case.answer:8} {case.actual}{fails}"
        )
    return "\n".join([*lines, "", *_legend(table), *_notes(table)])


def _legend(table: tuple[Case, ...]) -> list[str]:
    agree = sum(case.agrees for case in table)
    return [
        "V1 trigger, V2 local support, V3 expected military reaction (4: none), V4 feasibility,",
        "V5 low expected cost. Rule: min <= 1: none; min 2: none below a sum of 13, else warn; min >= 3:",
        "limited if the sitting government consents, full if it is the target. The same hand scored the",
        "cases and wrote the rule: this is a calibration aid, not evidence.",
        f"It agrees with Moscow in {agree} of {len(table)} rows.",
        "",
    ]


def _notes(table: tuple[Case, ...]) -> list[str]:
    lines = []
    for case in table:
        lines.append(f"{case.name}, {case.date}: Moscow: {case.moscow}.")
        lines.append(
            fill(f"Why: {case.reasons}. [{case.sources}]", 110, initial_indent="  ", subsequent_indent="  ")
        )
        if case.why:
            label = "Remark" if case.agrees else "Why the rule fails"
            lines.append(fill(f"{label}: {case.why}", 110, initial_indent="  ", subsequent_indent="  "))
    return lines
