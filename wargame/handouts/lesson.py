"""The facilitator's script: a lesson of so many minutes, cut to one of the scenario's lengths."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from attrs import field, frozen

from wargame.errors import Problem, ScenarioError
from wargame.scenario.model import Scenario

__all__ = ["CLASSES", "PAGE", "Guide", "Lesson", "Step", "guide_of", "lesson_of"]

PAGE = "facilitating.md"
"""The file of a scenario's folder that says what is particular about teaching it."""

CLASSES = (50, 100)
"""Minutes of the lessons a script is written for."""

LEAST = 5
"""Minutes a turn needs at least, for people who have read their briefings."""

GOOD = 8
"""Minutes a turn should have, so that there is time to talk."""

MOST = 15
"""Minutes after which talk in a turn goes stale."""

_HEADING = re.compile(r"^##[ \t]+(.+?)[ \t]*#*$", re.MULTILINE)
_TURN = re.compile(r"turn (\d+)$", re.IGNORECASE)


@frozen
class Guide:
    """What `facilitating.md` says, cut up by what it is for; all in Markdown."""

    before: str = ""
    turns: Mapping[int, str] = field(factory=dict)
    """By the calendar's number of the turn."""

    debrief: str = ""
    more: str = ""
    """Whatever stands under headings of its own, with them."""


@frozen
class Step:
    """One row of the script."""

    start: int
    """Minutes from the beginning of the lesson, as `end`."""

    end: int
    title: str
    kind: str
    """`opening`, `turn` or `debrief`."""

    turn: int | None = None
    """The calendar's number of the turn."""

    parts: tuple[tuple[str, int], ...] = ()
    """What it is made of, with minutes."""


@frozen
class Lesson:
    """A lesson with every minute spent."""

    minutes: int
    length: str
    turns: tuple[int, ...]
    """The turns there is time for, by the calendar's numbers."""

    left_out: tuple[int, ...]
    """Turns of that length for which the time is too short."""

    steps: tuple[Step, ...]


def lesson_of(scenario: Scenario, minutes: int) -> Lesson:
    """The lesson of *minutes*: the longest length of *scenario* that leaves time to talk, or else to play."""
    opening, debrief = minutes * 16 // 100, minutes * 20 // 100
    for_turns = minutes - opening - debrief
    by_size = sorted(scenario.lengths.items(), key=lambda length: -len(length[1]))
    fitting = [length for each in (GOOD, LEAST) for length in by_size if len(length[1]) * each <= for_turns]
    name, turns = fitting[0] if fitting else by_size[-1]
    played = turns[: for_turns // LEAST]
    each = min(for_turns // len(played), MOST)
    steps = tuple(_steps(scenario, played, opening, each, minutes))
    return Lesson(minutes, name, played, turns[len(played) :], steps)


def _steps(scenario: Scenario, turns: Sequence[int], opening: int, each: int, minutes: int) -> Iterator[Step]:
    reading = opening // 2
    rules = (opening - reading) // 2
    yield Step(
        0,
        opening,
        "Opening",
        "opening",
        parts=(
            ("The situation, the seats, the map", opening - reading - rules),
            ("Everybody reads the own briefing", reading),
            ("The rules: secret orders, one adjudication, no order is a fact", rules),
        ),
    )
    at = opening
    telling = max(each * 3 // 10, 1)
    for number in turns:
        turn = scenario.turns[number - 1]
        parts = (
            ("Read out", 1),
            ("Talk and write orders", each - telling - 1),
            ("Adjudicate and tell", telling),
        )
        yield Step(at, at + each, f"Turn {number}: {turn.title}", "turn", number, parts)
        at += each
    yield Step(at, minutes, "Debrief", "debrief")


def guide_of(scenario: Scenario, text: str) -> Guide:
    """
    What *text*, a `facilitating.md`, says.

    Raises:
        ScenarioError: If it speaks of a turn the scenario does not have.
    """
    pieces = _HEADING.split(text)
    parts: dict[str, str] = {}
    turns: dict[int, str] = {}
    more: list[str] = []
    for heading, body in zip(pieces[1::2], pieces[2::2], strict=True):
        if named := _TURN.match(heading):
            number = int(named[1])
            if not 1 <= number <= len(scenario.turns):
                remedy = f"the turns are 1 to {len(scenario.turns)}"
                raise ScenarioError([Problem(f"there is no turn {named[1][:9]}", PAGE, remedy=remedy)])
            turns[number] = turns.get(number, "") + body
        elif heading.lower() in ("before", "debrief"):
            parts[heading.lower()] = parts.get(heading.lower(), "") + body
        else:
            more.append(f"## {heading}\n{body}")
    return Guide(parts.get("before", ""), turns, parts.get("debrief", ""), "\n".join(more))
