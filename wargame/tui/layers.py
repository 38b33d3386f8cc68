"""What a map can show: a layer for each value the role sees place by place and how well."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import frozen
from rich.cells import cell_len

from wargame.rules.view import Reading, View
from wargame.session.public import Gauge, Public
from wargame.text import clean_text
from wargame.tui import render
from wargame.tui.lines import BAD, QUIET, STRONG, Line, cut, line

__all__ = ["KNOWLEDGE", "Layer", "Mark", "details", "layers", "short_name"]

KNOWLEDGE = "?"
"""The id of the layer of how well things are known; no value can be called so."""

MOST_SHORT = 4
MOST_WORDS = 6
UNSEEN = "?"
"""What stands for a value nobody told the role."""


@frozen
class Mark:
    """What a layer says of one place."""

    words: str
    """At most 6 cells: a number, `~` before it where it is an estimate, `!` behind what is grave."""

    share: int | None
    """From 0 (dark) to 100 (bright); None where nothing is known."""


@frozen
class Layer:
    """One value of every place."""

    id: str
    title: str
    ends: tuple[str, str]
    """What the dark and the bright end of the colours stand for."""

    marks: Mapping[str, Mark]


def layers(public: Public, view: View) -> tuple[Layer, ...]:
    """
    Everything that can be shown: numbers and choices, how well they are known, then flags.

    The far end of the ramp is where there is trouble; where neither end is good, it is the high end.
    """
    seen: dict[str, dict[str, Reading]] = {}
    for reading in view.readings:
        if reading.place is not None and reading.place in public.places and reading.id in public.gauges:
            seen.setdefault(reading.id, {})[reading.place] = reading
    notes = [note for note in public.gauges.values() if note.id in seen]
    scales = [note for note in notes if note.range != (0, 1)]
    found = [_layer(public, note, seen[note.id]) for note in scales]
    estimates = [note for note in scales if any(not reading.exact for reading in seen[note.id].values())]
    if estimates:
        found.append(_knowledge(public, estimates, seen))
    return (*found, *(_layer(public, note, seen[note.id]) for note in notes if note not in scales))


def short_name(public: Public, place: str) -> str:
    """A place's name in at most 4 cells, nothing in it that takes no cell."""
    note = public.places[place]
    text = "".join(char for char in clean_text(note.short or note.id) if cell_len(char))
    return cut(text.strip() or "?", MOST_SHORT)


def details(public: Public, view: View, place: str) -> Line:
    """Everything known of one place, in a line."""
    note = public.places[place]
    parts: list[str | tuple[str, str]] = [(clean_text(note.title), STRONG)]
    flags = []
    for reading in view.readings:
        gauge = public.gauges.get(reading.id)
        if reading.place != place or gauge is None:
            continue
        if gauge.range == (0, 1):
            flags += [_inside(gauge)] if reading.value else []
            continue
        parts.append(("  " if len(parts) == 1 else ", ", QUIET))
        tone = render.level(gauge, reading.value)
        words = f"{_estimate(reading)}{_told(gauge, reading)}{'!' if tone == BAD else ''}"
        parts += [f"{_inside(gauge)} ", (words, tone or STRONG)]
    if flags:
        parts.append(("; " if len(parts) > 1 else "  ") + ", ".join(flags))
    return line(*parts)


def _inside(note: Gauge) -> str:
    """A title as it stands inside a sentence."""
    title = clean_text(note.title)
    return title[:1].lower() + title[1:]


def _layer(public: Public, note: Gauge, seen: Mapping[str, Reading]) -> Layer:
    low, high = note.range
    ends = [_words(note, low), _words(note, high)]
    if note.good == "high":
        ends.reverse()
    marks = {place: _mark(note, seen.get(place)) for place in public.places}
    return Layer(note.id, clean_text(note.title), (ends[0], ends[1]), marks)


def _mark(note: Gauge, reading: Reading | None) -> Mark:
    if reading is None:
        return Mark(UNSEEN, None)
    low, high = note.range
    share = min(max((reading.value - low) * 100 // max(high - low, 1), 0), 100)
    grave = "!" if render.level(note, reading.value) == BAD else ""
    words = cut(_words(note, reading.value), MOST_WORDS - len(_estimate(reading) + grave))
    return Mark(f"{_estimate(reading)}{words}{grave}", 100 - share if note.good == "high" else share)


def _estimate(reading: Reading) -> str:
    return "" if reading.exact else "~"


def _words(note: Gauge, value: int) -> str:
    """A value in few letters."""
    if note.range == (0, 1):
        return "yes" if value else "-"
    if options := getattr(note.type, "shown", ()):
        return str(options[min(max(value, 0), len(options) - 1)])
    if abs(value) < 10_000:
        return str(value)
    return f"{value // 1_000}k" if abs(value) < 1_000_000 else f"{value // 1_000_000}m"


def _told(note: Gauge, reading: Reading) -> str:
    """A value with what it may be where it is an estimate: `36 (28-44)`."""
    words = _words(note, reading.value)
    return words if reading.low == reading.high else f"{words} ({reading.low}-{reading.high})"


def _knowledge(public: Public, notes: list[Gauge], seen: Mapping[str, Mapping[str, Reading]]) -> Layer:
    """How far off the estimates of each place may be on the average, in hundredths of their scales."""
    marks = {}
    for place in public.places:
        known = [(note, seen[note.id][place]) for note in notes if place in seen[note.id]]
        widths = [
            (reading.high - reading.low) * 100 // max(note.range[1] - note.range[0], 1)
            for note, reading in known
            if reading.high > reading.low
        ]
        width = sum(widths) // max(len(widths), 1)
        if widths:
            marks[place] = Mark(f"±{(width + 1) // 2}", min(width, 100))
        else:
            marks[place] = Mark("~" if known else UNSEEN, None)
    return Layer(KNOWLEDGE, "How far off your estimates may be", ("±0", "±50"), marks)
