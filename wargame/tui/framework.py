"""The five questions of intervention as this role would answer them now, the rule, and the cases."""

from __future__ import annotations

from collections.abc import Sequence

from wargame.errors import WargameError
from wargame.lab import framework as lab
from wargame.rules.view import Reading, View
from wargame.session.public import Public
from wargame.tui.lines import BAD, GOOD, HEAD, QUIET, STRONG, WARN, Line, fill, head, line, quiet, unwrapped
from wargame.tui.render import REST, SURE

RULE = (
    "One weak answer forbids it: with any at 1 or less, no troops.",
    "With the weakest at 2: none while the five make less than 13, else a warning.",
    "With all at 3 or more: a limited force where the sitting government consents, a full one where that "
    "government is the target.",
)
DOSES = {
    "none": "no troops",
    "warn": "a warning at most",
    "limited": "a limited force, if the government asks",
    "full": "a full force",
}
MOST = 4
"""The best answer to one of the five questions."""


def has_framework(public: Public) -> bool:
    """Whether the scenario works out the five values, and the role perceives them all."""
    return all(id in public.gauges for id in lab.VARIABLES)


def framework(public: Public, view: View, table: Sequence[lab.Case] = (), width: int = 80) -> list[Line]:
    """The five values as *view* has them, what follows by the rule, and the cases of *table*."""
    readings = [view.reading(id) for id in lab.VARIABLES]
    if not has_framework(public) or not all(readings):
        return [line("This game has no such framework, or you do not see its values.")]
    seen = [reading for reading in readings if reading is not None]
    rows = [line("Would Moscow send troops? Five questions, answered from what you see yourself.")]
    for code, reading in zip(lab.CODES, seen, strict=True):
        rows += _answer(public, code, reading, width)
    rows += [line(""), head("── The rule"), *(line(f"- {words}") for words in RULE), line("")]
    rows += _outcome(seen)
    return rows + _cases(table, width)


def _answer(public: Public, code: str, reading: Reading, width: int) -> list[Line]:
    note = public.gauges[reading.id]
    title = note.title.removesuffix(f"({code})").strip()
    filled = min(max(reading.value, 0), MOST)
    tone = BAD if filled <= 1 else WARN if filled == 2 else GOOD
    name = min(max(width - 22, 14), 26)
    step = 3 if width >= 44 else 1
    bar = (SURE * (filled * step), tone), (REST * ((MOST - filled) * step), QUIET)
    about = "" if reading.exact else "~"
    return [
        line((f"{code} {fill(title, name)} ", STRONG), (f"{about + str(reading.value):>2}  ", tone), *bar),
        quiet(f"  {unwrapped(note.about)}"),
    ]


def _outcome(seen: Sequence[Reading]) -> list[Line]:
    values = tuple(reading.value for reading in seen)
    consents, target = lab.dose(values, is_target=False), lab.dose(values, is_target=True)
    weakest = [code for code, value in zip(lab.CODES, values, strict=True) if value == min(values)]
    rows = [
        line(
            "As you see it: the weakest is ",
            (f"{min(values)} ({', '.join(weakest)})", STRONG),
            f", the five make {sum(values)}.",
        )
    ]
    if consents == target:
        return [*rows, line("The rule says: ", (f"{DOSES[consents]}.", STRONG))]
    return [
        *rows,
        line("The rule says: ", (f"{DOSES['limited']};", STRONG), f" {DOSES['full']}, if it is the target."),
    ]


def _cases(table: Sequence[lab.Case], width: int) -> list[Line]:
    if not table:
        return []
    agree = sum(case.agrees for case in table)
    name = min(max(width - 38, 14), 40)
    rows = [
        line(""),
        head("── The cases it is held against"),
        quiet(
            f"It agrees with Moscow in {agree} of {len(table)}. The same hand scored the cases and wrote the "
            "rule: an aid to calibrate, no evidence."
        ),
        line((f"{fill('', name)} V1 V2 V3 V4 V5  rule    Moscow", HEAD)),
    ]
    for case in table:
        marks = "  ".join(map(str, case.values))
        tone = "" if case.agrees else WARN
        fails = "" if case.agrees else " !"
        rows.append(
            line(
                f"{fill(f'{case.name}, {case.date}', name)}  {marks}  ",
                (f"{case.answer:<7} {case.actual}{fails}", tone),
            )
        )
    failing = [case for case in table if not case.agrees and case.why]
    if failing:
        rows += [line(""), head("── Where the rule fails (!), and why")]
        rows += [line((f"- {case.name}, {case.date}: ", STRONG), case.why) for case in failing]
    return rows


def cases_of(scenario: str) -> tuple[lab.Case, ...]:
    """The case table of a scenario; empty if it has none that can be read."""
    try:
        return lab.cases(scenario)
    except WargameError:
        return ()
