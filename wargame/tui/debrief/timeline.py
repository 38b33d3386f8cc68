"""The whole game turn by turn as one chair was shown it: values, words, orders with reasons, rulings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from wargame.debrief.replay import LAST, ORDERS_SECTION, TALK_SECTION, Replay, Stop
from wargame.language.types import Number
from wargame.rules.facts import Ended, Happened, OrderGiven, RedLine, Refused, Settled, Told
from wargame.rules.view import CONTROL
from wargame.tui import render
from wargame.tui.chart import Series
from wargame.tui.debrief.scene import chair_title
from wargame.tui.debrief.tables import drawn, flat, table, within
from wargame.tui.lines import ACCENT, BAD, HEAD, QUIET, STRONG, Line, head, line

__all__ = ["timeline"]

HEIGHT = 6
"""Rows of a chart."""

NAME, COLUMN = 20, 4


def timeline(replay: Replay, width: int) -> list[Line]:
    """All turns in their sequence, below the headline values of the whole game."""
    who = chair_title(replay.public, replay.chair)
    truth = "as they truly were" if replay.chair == CONTROL else f"as {flat(who)} saw them"
    rows = [head(f"── The values, {truth}"), *_numbers(replay, width), line("")]
    rows += drawn(_series(replay), width, HEIGHT)
    for step in dict.fromkeys(stop.step for stop in replay.stops):
        found = [stop for stop in replay.stops if stop.step == step]
        rows += [line(""), *_turn(replay, found)]
    return [part for row in rows for part in within(row, width)]


def _series(replay: Replay) -> list[Series]:
    view = replay.view(len(replay.stops) - 1)
    return [
        Series(note.title, *note.range, tuple(each.value for each in past))
        for note, past in render.headlines(replay.public, view)
        if isinstance(note.type, Number)
    ]


def _numbers(replay: Replay, width: int) -> list[Line]:
    """The headline values in figures, a column a turn; as many tables as it takes to show all."""
    view = replay.view(len(replay.stops) - 1)
    past = render.headlines(replay.public, view)
    turns = list(replay.turns)
    marks = [f"T{turn}" for turn in turns]
    longest = max((len(each) for _, each in past), default=0)
    if longest > len(marks):
        marks += ["end" if replay.record.is_over else "now"] * (longest - len(marks))
    room = max((width - NAME) // COLUMN, 1)
    rows: list[Line] = []
    for first in range(0, longest, room):
        heads = ["value", *marks[first : first + room]]
        cells = [
            [note.title, *(_figure(each.words) for each in readings[first : first + room])]
            for note, readings in past
        ]
        padded = [[*row, *[""] * (len(heads) - len(row))] for row in cells]
        rows += [line("")] if rows else []
        rows += table(heads, padded, width, wrap=0, right=range(1, len(heads)), gap=1)
    return rows


def _figure(words: str) -> str:
    return words.replace("about ", "~")


def _turn(replay: Replay, found: Sequence[Stop]) -> Iterator[Line]:
    first = replay.stops.index(found[0])
    yield head(f"── {render.heading(replay.view(first))}")
    for stop in found:
        row = _of_note(replay, stop)
        if row is not None:
            yield row


def _of_note(replay: Replay, stop: Stop) -> Line | None:
    """What of the game goes into its history: what was told, said, ordered, decided, settled and ended."""
    words = flat(stop.words)
    if stop.section == TALK_SECTION and stop.fact is None:
        tone = ACCENT if stop.who == CONTROL else ""
        return line((" - ", QUIET), (words, tone))
    if stop.section == ORDERS_SECTION:
        who, _, what = words.partition(": ")
        return line((" > ", QUIET), (f"{who}: ", STRONG), what)
    if stop.section == LAST:
        return line(("  ", ""), (words, STRONG))
    match stop.fact:
        case Told(text=text, cause=cause):
            mark = "control: " if cause.kind in ("inject", "ruling") else ""
            return line((" - ", QUIET), (f"{mark}{flat(text)}", QUIET))
        case OrderGiven(role=role) | Refused(role=role) if replay.chair not in (CONTROL, role):
            # Its own orders stand there with their reasons already.
            return line((" > ", QUIET), words)
        case Refused() | RedLine():
            return line((" ! ", BAD), (words, BAD))
        case Settled(outcome=outcome):
            return line((" * ", QUIET), (words, BAD if outcome == "broken" else STRONG))
        case Happened():
            return line((" * ", QUIET), words)
        case Ended():
            return line((f"  {words}", HEAD))
    return None
