"""Why a number is what it is, as lines: every change with its turn and its cause, and what is not known."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import frozen

from wargame.language.types import Choice, Number
from wargame.rules.trace import in_words
from wargame.rules.view import View
from wargame.session.public import Gauge, Public
from wargame.session.why import Account, Moment, Move, account, named
from wargame.tui.lines import BAD, GOOD, HEAD, QUIET, STRONG, Line, fill, head, line, quiet, unwrapped
from wargame.tui.render import figure, level, sparkline

UNKNOWN = "?"
"""The mark of a change whose cause the role does not know."""


@frozen
class Value:
    """One value that can be asked about."""

    id: str
    place: str | None
    row: Line


def values(public: Public, view: View, wanted: str = "", width: int = 37) -> list[Value]:
    """
    Every value the role sees, the headlines first, those for places last; only those named *wanted*.

    Their rows have *width* cells.
    """
    rows = []
    for reading in view.readings:
        note = public.gauges.get(reading.id)
        if note is None:
            continue
        title = titled(public, note, reading.place)
        if all(word in title.lower() for word in wanted.lower().split()):
            words = reading.words.replace("about ", "~")
            row = line(
                f"{fill(title, width - max(len(words), 6) - 1)} ",
                (f"{words:>6}", level(note, reading.value) or STRONG),
            )
            rows.append((reading.place is not None, not note.headline, Value(reading.id, reading.place, row)))
    return [value for *_, value in sorted(rows, key=lambda row: row[:2])]


def titled(public: Public, note: Gauge, place: str | None) -> str:
    """The name of a value, with its place."""
    if place is None:
        return note.title
    return f"{note.title}, {public.places[place].title if place in public.places else place}"


def answer(public: Public, moments: Sequence[Moment], words: str) -> list[Line]:
    """Why the value called *words* is what it is; a word to those who ask for what they do not see."""
    found = named(public, words)
    if found is None:
        return [line(f"You see no value called '{words}'. 'status' lists those you see.")]
    id, place = found
    note = public.gauges[id]
    if note.per_place and place is None:
        rows = [line((f"{note.title} is kept place by place: ask for 'why {id} PLACE'.", STRONG))]
        last = moments[-1]
        for each in public.places.values():
            reading = last.reading(id, each.id)
            rows += [line(f"  {each.title}: {figure(reading)}")] if reading is not None else []
        return rows
    return lines(public, account(public, moments, id, place))


def lines(public: Public, found: Account) -> list[Line]:
    """The whole account of a value, the latest change last."""
    note = public.gauges.get(found.id)
    if note is None or not found.stands:
        return [line("You do not see this value.")]
    now = found.stands[-1][1]
    name = titled(public, note, found.place)
    rows = [line((f"{name}: {figure(now)}", STRONG))]
    low, high = note.range
    if isinstance(note.type, Number) and len(found.stands) > 1:
        row = sparkline([reading.value for _, reading in found.stands], low, high)
        rows.append(line((row, HEAD), (f"  on a scale from {low} to {high}", QUIET)))
    rows += [quiet(unwrapped(note.about))] if note.about else []
    rows += [quiet(f"{_scale(note)} {_sight(found)}"), line("")]
    match found.kind:
        case "estimate":
            return rows + _estimate(found)
        case "derived":
            return rows + _derived(found)
        case _:
            return rows + _moves(note, found)


def _scale(note: Gauge) -> str:
    """What the value can be, in what it is counted, and what is good in it."""
    if isinstance(note.type, Choice):
        return f"One of: {', '.join(note.type.shown)}."
    if not isinstance(note.type, Number):
        return "Yes or no."
    low, high = note.range
    good = {"high": "; more is better", "low": "; less is better"}.get(note.good, "")
    return f"From {low} to {high}{f' ({note.unit})' if note.unit else ''}{good}."


def _sight(found: Account) -> str:
    """How well the role sees it now."""
    now = found.stands[-1][1]
    late = f", {now.delay} turn{'s' if now.delay > 1 else ''} late" if now.delay else ""
    if found.kind == "derived":
        return "It is worked out from other values" + ("." if now.exact else ", some of them estimates.")
    return f"You see it exactly{late}." if now.exact else f"You have an estimate{late}."


def _moves(note: Gauge, found: Account) -> list[Line]:
    rows = [line(f"As the game began: {_words(note, found.start or 0)}.")]
    turn = None
    for move in found.moves:
        if move.turn != turn:
            turn = move.turn
            rows.append(head(f"── Turn {turn}"))
        rows.append(_move(note, move))
    if not found.moves:
        rows.append(line("Nothing has moved it since."))
    rows.append(line((f"That makes {_words(note, found.stands[-1][1].value)} now.", STRONG)))
    if any(not move.is_known for move in found.moves):
        rows += [line(""), quiet(f"{UNKNOWN} marks what was done in secret, or was not told to you.")]
    return rows


def _move(note: Gauge, move: Move) -> Line:
    mark = " " if move.is_known else UNKNOWN
    cause = move.cause[:1].upper() + move.cause[1:] if not move.is_known else move.cause
    if not isinstance(note.type, Number):
        return line(f"{mark} -> ", (f"{_words(note, move.after)}", STRONG), f"  {cause}")
    tone = STRONG if not note.good else GOOD if (move.by > 0) == (note.good == "high") else BAD
    return line(f"{mark} ", (f"{move.by:+4d}", tone), (f" = {move.after:>3}", QUIET), f"  {cause}")


def _estimate(found: Account) -> list[Line]:
    now = found.stands[-1][1]
    error = max(now.value - now.low, now.high - now.value)
    off = f"it may be up to {error} off" if error else "it may be off"
    late = f", and it is {now.delay} turn{'s' if now.delay > 1 else ''} old" if now.delay else ""
    rows = [
        line(f"You have only an estimate: {off}{late}. What truly moves it is not told to you."),
        line(""),
        head("── What you were told, turn by turn"),
    ]
    return rows + _stands(found)


def _derived(found: Account) -> list[Line]:
    return [
        line("Nothing moves it by itself: it is worked out from other values, as you see them."),
        line(""),
        head("── Turn by turn"),
        *_stands(found),
    ]


def _stands(found: Account) -> list[Line]:
    rows, before = [], None
    for turn, reading in found.stands:
        by = "" if before is None or reading.value == before else f"  ({reading.value - before:+d})"
        rows.append(line(f"  Turn {turn:>2}: ", (figure(reading), STRONG), (by, QUIET)))
        before = reading.value
    return rows


def _words(note: Gauge, value: int) -> str:
    return str(value) if isinstance(note.type, Number) else in_words(note.type, value)
