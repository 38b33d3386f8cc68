"""What the screens and the plain game say, as text made of values: no terminal, no session."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from attrs import frozen

from wargame.rules.orders import Act, Answer, Offer, Promise
from wargame.rules.score import Scorecard
from wargame.rules.view import Reading, View
from wargame.session.public import Gauge, Public
from wargame.tui.lines import (
    ACCENT,
    BAD,
    GOOD,
    QUIET,
    STRONG,
    WARN,
    Line,
    cut,
    fill,
    line,
    quiet,
    short_head,
    unwrapped,
)

BLOCKS = "▁▂▃▄▅▆▇█"
SURE, UNSURE, REST = "━", "╍", "─"
"""A bar as far as the value surely goes, as far as it may go, and the rest of its scale."""


def heading(view: View) -> str:
    """The turn in one line, such as `Turn 3 (3 of 12): Concession and march, 4 January`."""
    dates = f", {view.dates}" if view.dates else ""
    return f"Turn {view.turn} ({view.step} of {view.steps}): {view.title}{dates}"


# --- Values


def sparkline(values: Sequence[int], low: int, high: int) -> str:
    """One block a value, its height by where the value lies between *low* and *high*."""
    span = max(high - low, 1)
    return "".join(BLOCKS[min(max((value - low) * len(BLOCKS) // (span + 1), 0), 7)] for value in values)


def bar(reading: Reading, low: int, high: int, width: int) -> tuple[str, str, str]:
    """A bar of *width* cells in three parts: sure, possible by the source's error, and the rest."""
    span = max(high - low, 1)
    sure, possible = (
        min(max((value - low) * width // span, 0), width) for value in (reading.low, reading.high)
    )
    return SURE * sure, UNSURE * (possible - sure), REST * (width - possible)


def level(note: Gauge, value: int) -> str:
    """The tone of a value: bad in the bad third of its scale, good in the good one."""
    low, high = note.range
    if not note.good or high <= low:
        return ""
    share = (value - low) * 3 // (high - low)
    badness = share if note.good == "low" else 2 - share
    return (GOOD, WARN, BAD)[min(max(badness, 0), 2)]


def moved(note: Gauge, past: Sequence[Reading]) -> tuple[str, str]:
    """How a value moved since the last turn, such as `-11`, with its tone."""
    by = past[-1].value - past[-2].value if len(past) > 1 else 0
    if not by:
        return "=", QUIET
    tone = "" if not note.good else GOOD if (by > 0) == (note.good == "high") else BAD
    if is_unsure(past):
        tone = QUIET
    return f"{'' if past[-1].exact else '~'}{by:+d}", tone


def is_unsure(past: Sequence[Reading]) -> bool:
    """Whether the last movement of an estimate lies within its error: nothing may have changed."""
    if len(past) < 2 or past[-1].exact:
        return False
    before, now = past[-2], past[-1]
    return now.low <= before.high and before.low <= now.high


@frozen
class Dial:
    """A headline value as it is shown large."""

    title: Line
    number: str
    side: tuple[Line, ...]
    """Beside the number, at most three rows: how it moved, what it may be, its history."""

    bar: Line


def dials(public: Public, view: View, width: int) -> list[Dial]:
    """Every headline value this role sees, for dials of *width* cells, of which the bar leaves one free."""
    return [_dial(note, past, width) for note, past in headlines(public, view)]


def _dial(note: Gauge, past: Sequence[Reading], width: int) -> Dial:
    reading, (low, high) = past[-1], note.range
    by, tone = moved(note, past)
    state = level(note, reading.value)
    steps = [each.value for each in past][-12:]
    side = [quiet("no change yet") if len(past) < 2 else line((by, tone), (" since last turn", QUIET))]
    if len(past) > 1 and by == "=":
        side = [quiet("= as last turn")]
    side.append(quiet("" if reading.exact else f"about: {reading.low} to {reading.high}"))
    if len(steps) > 1:
        side.append(line((sparkline(steps, low, high), ACCENT)))
    sure, unsure, rest = bar(reading, low, high, width - 1)
    drawn = line((sure, state or ACCENT), (unsure, state or ACCENT), (rest, QUIET))
    return Dial(line((cut(note.title, width), STRONG)), str(reading.value), tuple(side), drawn)


def gauge(note: Gauge, past: Sequence[Reading], width: int) -> Line:
    """A headline value in *width* cells: name, value, how it moved, its bar and its history."""
    reading, (low, high) = past[-1], note.range
    name = 28 if width >= 76 else 19
    known = figure(reading) if width >= 100 else reading.words
    room = 17 if width >= 100 else 9
    by, tone = moved(note, past)
    values = [each.value for each in past][-12:]
    sure, unsure, rest = bar(reading, low, high, min(max(width - name - room - 22, 6), 48))
    state = level(note, reading.value)
    return line(
        fill(note.title, name) + " ",
        (fill(known, room), STRONG),
        (f"{by:>5}  ", tone),
        (sure, state or ACCENT),
        (unsure, state or ACCENT),
        (rest, QUIET),
        "  ",
        (sparkline(values, low, high) if len(values) > 1 else "", ACCENT),
    )


def figure(reading: Reading) -> str:
    """A value in words, with what it may be where it is an estimate: `about 36 (28-44)`."""
    return reading.words if reading.low == reading.high else f"{reading.words} ({reading.low}-{reading.high})"


def gauges(public: Public, view: View, width: int) -> list[Line]:
    """Every headline value this role sees, one line each."""
    return [gauge(note, past, width) for note, past in headlines(public, view)]


def movement(note: Gauge, past: Sequence[Reading]) -> Line:
    """One value in words: how it stands, how it moved and what it was."""
    by, tone = moved(note, past)
    if by == "=":
        return line(f"{note.title}: {past[-1].words} ", ("(no change)", QUIET))
    change = by.replace("~", "about ") + (", within the error" if is_unsure(past) else "")
    return line(f"{note.title}: {past[-1].words} ", (f"({change})", tone), (f", was {past[-2].words}", QUIET))


def in_words(public: Public, view: View) -> list[str]:
    """The headline values for the ear: value, movement and history, without any drawing."""
    rows = []
    for note, past in headlines(public, view):
        history = f"; turn by turn {', '.join(str(each.value) for each in past)}" if len(past) > 2 else ""
        rows.append(movement(note, past).text + history)
    return rows


def headlines(public: Public, view: View) -> list[tuple[Gauge, tuple[Reading, ...]]]:
    """Every headline value this role sees, with what it was from turn to turn."""
    return [(public.gauges[id], past) for id, past in view.history.items() if past and id in public.gauges]


def places_in_words(public: Public, view: View) -> list[str]:
    """Every place in a sentence, for the ear; flags only where they are set."""
    notes = [note for note in public.gauges.values() if note.per_place]
    rows = []
    for place in public.places.values():
        known = [(note, view.reading(note.id, place.id)) for note in notes]
        parts = [
            note.title.lower() if note.range == (0, 1) else f"{note.title.lower()} {reading.words}"
            for note, reading in known
            if reading is not None and (note.range != (0, 1) or reading.value)
        ]
        rows.append(f"{place.title}: {', '.join(parts)}")
    return rows


def place_notes(public: Public, view: View) -> list[Gauge]:
    """The numbers this role sees for every place; where there are none, its flags."""
    seen = {reading.id for reading in view.readings if reading.place is not None}
    notes = [note for note in public.gauges.values() if note.id in seen]
    return [note for note in notes if note.range != (0, 1)] or notes


def places(public: Public, view: View, width: int) -> list[Line]:
    """A table of the places, in the scenario's order, with what this role sees there."""
    notes = place_notes(public, view)
    if not notes:
        return [line(place.title) for place in public.places.values()]
    top = quiet(place_head(notes, width))
    return [top, *(place_row(public, view, notes, place, width) for place in public.places)]


def place_head(notes: Sequence[Gauge], width: int) -> str:
    """The heads of the columns of `place_row`."""
    name, column, shown = _columns(notes, width)
    return " " * name + "".join(f"{short_head(note.title, column - 1):>{column}}" for note in shown)


def place_row(public: Public, view: View, notes: Sequence[Gauge], place: str, width: int) -> Line:
    """One place: its name and its numbers, `~` before an estimate and `!` behind what is grave."""
    name, column, shown = _columns(notes, width)
    parts: list[str | tuple[str, str]] = [fill(public.places[place].title, name)]
    for note in shown:
        reading = view.reading(note.id, place)
        if reading is None:
            parts.append(f"{'?':>{column - 1}} ")
            continue
        tone = level(note, reading.value)
        mark = "!" if tone == BAD else " "
        parts.append((f"{reading.words.replace('about ', '~'):>{column - 1}}{mark}", tone))
    return line(*parts)


def _columns(notes: Sequence[Gauge], width: int) -> tuple[int, int, Sequence[Gauge]]:
    """The cells for a name and for a column, and the notes that find room."""
    name = 11 if width < 44 else 14
    least = 7 if width < 44 else 9
    shown = notes[: max((width - name) // least, 1)]
    whole = min(max((len(note.title) + 1 for note in shown), default=least), 12)
    name = max(name, min(width - max(least, whole) * len(shown), 20))
    return name, min((width - name) // len(shown), 12), shown


def values(public: Public, view: View) -> list[Line]:
    """Every value of the whole country this role sees, with what it means."""
    lines = []
    for reading in view.readings:
        note = public.gauges.get(reading.id)
        if reading.place is None and note is not None:
            late = f", {reading.delay} turn old" if reading.delay else ""
            tone = level(note, reading.value)
            about = unwrapped(note.about)
            lines.append(
                line(
                    f"{note.title}: ",
                    (figure(reading), tone or STRONG),
                    (f"{late}. {about}" if about else late, QUIET),
                )
            )
    return lines


# --- Deals


def act_words(public: Public, act: Act) -> str:
    """An offer, answer or promise as a sentence."""
    match act:
        case Offer(id):
            return f"Offer: {public.agreements[id].title}" if id in public.agreements else f"Offer: {id}"
        case Answer(id, accept):
            title = public.agreements[id].title if id in public.agreements else id
            return f"{'Accept' if accept else 'Refuse'}: {title}"
        case Promise(id):
            return f"Promise: {public.promises[id].title}" if id in public.promises else f"Promise: {id}"
        case _:
            return act.text


def act_details(public: Public, act: Act) -> list[Line]:
    """What an offer, answer or promise would bind whom to."""
    pact = None
    match act:
        case Offer(id) | Answer(id):
            pact = public.agreements.get(id)
        case Promise(id):
            pact = public.promises.get(id)
    if pact is None:
        return []
    lines = [line(unwrapped(pact.about))] if pact.about else []
    return lines + [line((f"{_role(public, role)}: ", STRONG), terms) for role, terms in pact.terms.items()]


def deals(public: Public, view: View) -> list[Line]:
    """How agreements and promises stand."""
    lines = []
    for deal in view.deals:
        if deal.state != "none":
            by = f" by {_role(public, deal.offered_by)}" if deal.offered_by else ""
            state = deal.state + (by if deal.state == "offered" else "")
            tone = BAD if deal.state == "broken" else STRONG
            lines.append(line(f"Agreement '{deal.title}': ", (state, tone)))
            lines += [quiet(f"  {_role(public, role)}: {terms}") for role, terms in _terms(public, deal.id)]
    for pledge in view.pledges:
        if pledge.state != "none":
            left = _left(pledge.turns_left)
            tone = BAD if pledge.state == "broken" else GOOD if pledge.state == "kept" else STRONG
            who = _role(public, pledge.by)
            lines.append(line(f"Promise '{pledge.title}' of {who}: ", (pledge.state, tone), left))
    return lines


def _left(turns: int | None) -> str:
    if turns is None:
        return ""
    return ", this turn is the last" if turns <= 1 else f", {turns} turns left"


def open_offers(public: Public, view: View) -> list[str]:
    """The offers that wait for this role's answer, in words."""
    waiting = [act.agreement for act in view.acts if isinstance(act, Answer) and act.accept]
    offered = {deal.id: deal for deal in view.deals}
    return [
        f"{_role(public, offered[id].offered_by or '')} offers you '{offered[id].title}'"
        for id in waiting
        if id in offered
    ]


def _terms(public: Public, agreement: str) -> list[tuple[str, str]]:
    return list(public.agreements[agreement].terms.items()) if agreement in public.agreements else []


def _role(public: Public, id: str) -> str:
    return public.roles[id].title if id in public.roles else id


# --- The end


def scorecard(card: Scorecard, title: str) -> list[Line]:
    """A role's score with all that went into it."""
    lines = [line((f"{title}: {card.total} points", STRONG))]
    for mark in card.objectives:
        tone = GOOD if mark.value >= 67 else WARN if mark.value >= 34 else BAD
        lines.append(line((f"  {mark.value:>3} of 100", tone), f", weight {mark.weight}: {mark.title}"))
    for red in card.red_lines:
        if red.crossed:
            lines.append(line((f"  -{red.penalty}, red line crossed: {red.title}", BAD)))
        else:
            lines.append(quiet(f"  red line not crossed: {red.title}"))
    if card.agenda is not None:
        reached = f"reached (+{card.agenda.points})" if card.agenda.reached else "not reached"
        lines.append(line(f"  Secret agenda, {reached}: {card.agenda.title}"))
    return lines


def ranking(cards: Mapping[str, Scorecard], titles: Mapping[str, str], own: str) -> list[Line]:
    """All scores at a glance, one bar a role, the reader's own marked."""
    rows = []
    for role, card in cards.items():
        filled = card.total * 30 // 100
        name = titles.get(role, role) + (" (you)" if role == own else "")
        rows.append(
            line(
                (fill(name, 30), STRONG if role == own else ""),
                f" {card.total:>3}  ",
                (SURE * filled, ACCENT),
                (REST * (30 - filled), QUIET),
            )
        )
    return rows


def revealed(scales: Mapping[str, tuple[str, int, int]], seen: View, true: View) -> list[Line]:
    """
    The headline values as they truly were beside what this role believed.

    *scales* gives the title and the ends of the scale of each.
    """
    lines = []
    for id, past in true.history.items():
        if past and id in scales:
            title, low, high = scales[id]
            row = sparkline([each.value for each in past], low, high)
            lines.append(
                line(
                    fill(title, 28),
                    (f"{past[-1].words:>4}  ", STRONG),
                    (fill(_belief(seen.history.get(id, ())), 20), QUIET),
                    (row, ACCENT),
                )
            )
    return lines


def _belief(past: Sequence[Reading]) -> str:
    if not past:
        return "hidden from you"
    return "as you knew" if past[-1].exact else f"you saw {past[-1].words}"
