"""What the screens and the plain game say, as plain text made of values: no terminal, no session."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len, set_cell_size

from wargame.rules.menu import MenuEntry, Odds
from wargame.rules.orders import Act, Answer, Offer, Order, Promise
from wargame.rules.score import Scorecard
from wargame.rules.view import Reading, View
from wargame.session.public import Gauge, Public
from wargame.session.seat import Submission

BLOCKS = "▁▂▃▄▅▆▇█"
FILLED, EMPTY = "█", "░"
RULE = "──"


def heading(view: View) -> str:
    """The turn in one line, such as `Turn 3 (3 of 12): Concession and march, 4 January`."""
    dates = f", {view.dates}" if view.dates else ""
    return f"Turn {view.turn} ({view.step} of {view.steps}): {view.title}{dates}"


def sparkline(values: Sequence[int], low: int, high: int) -> str:
    """One block a value, its height by where the value lies between *low* and *high*."""
    span = max(high - low, 1)
    return "".join(BLOCKS[min(max((value - low) * len(BLOCKS) // (span + 1), 0), 7)] for value in values)


def bar(value: int, low: int, high: int, width: int) -> str:
    """A bar of *width* cells, filled as far as the value goes."""
    filled = (value - low) * width // max(high - low, 1)
    return FILLED * min(max(filled, 0), width) + EMPTY * (width - min(max(filled, 0), width))


def gauge(note: Gauge, reading: Reading, past: Sequence[Reading], width: int) -> str:
    """A headline value: name, bar, value, how it moved since the last turn, and its history."""
    low, high = note.range
    values = [each.value for each in past]
    moved = values[-1] - values[-2] if len(values) > 1 else 0
    arrow = f"{moved:+d}" if moved else "="
    name = max(min(width - 50, 30), 12)
    room = max(width - name - 32, 8)
    return (
        f"{cut(note.title, name):<{name}} {bar(reading.value, low, high, room)} "
        f"{reading.words:<9} {arrow:>4} {sparkline(values[-12:], low, high):<12}"
    )


def gauges(public: Public, view: View, width: int) -> list[str]:
    """Every headline value this role sees, one line each."""
    return [
        gauge(public.gauges[id], past[-1], past, width)
        for id, past in view.history.items()
        if past and id in public.gauges
    ]


def places(public: Public, view: View, width: int) -> list[str]:
    """A table of the places with every value this role sees there."""
    columns = [
        note
        for note in public.gauges.values()
        if note.per_place and any(view.reading(note.id, place) for place in public.places)
    ]
    columns = [note for note in columns if note.range != (0, 1)] or columns
    room = max((width - 14) // 9, 1)
    columns = columns[:room]
    head = f"{'':<14}" + "".join(f"{cut(note.title, 8):>9}" for note in columns)
    rows = [head.rstrip()] if columns else []
    for place in public.places.values():
        cells = (view.reading(note.id, place.id) for note in columns)
        rows.append(f"{cut(place.title, 14):<14}" + "".join(f"{_cell(cell):>9}" for cell in cells))
    return rows


def values(public: Public, view: View) -> list[str]:
    """Every value of the whole country this role sees, with what it means."""
    lines = []
    for reading in view.readings:
        note = public.gauges.get(reading.id)
        if reading.place is None and note is not None:
            late = f" ({reading.delay} turn old)" if reading.delay else ""
            lines.append(f"{note.title}: {reading.words}{late}. {note.about}".rstrip())
    return lines


def by_phase(public: Public, entries: Sequence[MenuEntry]) -> tuple[MenuEntry, ...]:
    """The orders in the sequence in which they are worked out."""
    rank = {phase.id: number for number, phase in enumerate(public.phases)}
    return tuple(sorted(entries, key=lambda entry: rank.get(entry.phase, 0)))


def order_line(entry: MenuEntry, chosen: bool) -> str:
    """An order in one line: mark, title, price, best odds; in brackets why it cannot be given."""
    mark = "*" if chosen else ("-" if entry.why_not else " ")
    price = entry.prices_of()
    odds = odds_range(entry.odds)
    tail = f" [{entry.why_not}]" if entry.why_not else ""
    parts = [part for part in (price, odds) if part]
    return f"{mark} {entry.title}" + (f" ({'; '.join(parts)})" if parts else "") + tail


def order_row(entry: MenuEntry, chosen: bool, width: int) -> str:
    """An order in one row of *width* cells: mark, price, title, odds; what is cut off the details tell."""
    mark = "*" if chosen else ("-" if entry.why_not else " ")
    low, high = sum(price.low for price in entry.price), sum(price.high for price in entry.price)
    price = f"{low}" if low == high else f"{low}-{high}"
    odds = "" if entry.why_not else odds_range(entry.odds).replace(" ", "")
    room = max(width - 7 - (len(odds) + 1 if odds else 0), 8)
    title = cut(entry.title, room)
    return f"{mark} {price:>3}  {title}" + (" " * (room - cell_len(title) + 1) + odds if odds else "")


def odds_range(odds: Sequence[Odds]) -> str:
    """The lowest and highest percentage among *odds*, such as `45-60 %`; empty where there is no die."""
    if not odds:
        return ""
    low, high = min(each.low for each in odds), max(each.high for each in odds)
    return f"{low} %" if low == high else f"{low}-{high} %"


def order_details(entry: MenuEntry, phase: str) -> list[str]:
    """All there is to know of an order before it is given."""
    lines = [entry.title, entry.about, f"Phase: {phase}. Price: {entry.prices_of() or 'nothing'}."]
    if entry.why_not:
        lines.append(f"Cannot be given now: {entry.why_not}")
    shown: set[str] = set()
    for odds in entry.odds:
        line = odds_words(odds)
        if line not in shown and len(shown) < 6:
            shown.add(line)
            lines.append(line)
    return [line for line in lines if line]


def odds_words(odds: Odds) -> str:
    """One check with everything that goes into it, as far as the role sees it."""
    percent = f"{odds.low} %" if odds.low == odds.high else f"{odds.low}-{odds.high} %"
    terms = "".join(f", {_points(bonus.low, bonus.high)} {bonus.text}" for bonus in odds.modifiers)
    details = [each for each in (odds.candidate.place, odds.candidate.option) if each]
    where = f" ({', '.join(details)})" if details else ""
    return f"Odds of '{odds.title}'{where}: {percent} = {odds.base}{terms}"


def order_words(public: Public, entries: Sequence[MenuEntry], order: Order) -> str:
    """An order as chosen: its title, target and option."""
    title = next((entry.title for entry in entries if entry.id == order.id), order.id)
    place = public.places[order.place].title if order.place and order.place in public.places else order.place
    details = [each for each in (place, order.option and order.option.replace("_", " ")) if each]
    return f"{title}: {', '.join(details)}" if details else title


def chosen(public: Public, entries: Sequence[MenuEntry], orders: Sequence[Submission]) -> list[str]:
    """The orders chosen so far, numbered from 1."""
    return [
        f"{number}. {order_words(public, entries, each.order)}" for number, each in enumerate(orders, start=1)
    ]


def purse(public: Public, view: View, entries: Sequence[MenuEntry]) -> str:
    """What the role has left to pay with, such as `Political capital 6`."""
    purses = {price.variable: price.title for entry in entries for price in entry.price}
    held = ((title, view.reading(id)) for id, title in purses.items())
    return ", ".join(f"{title} {reading.words}" for title, reading in held if reading is not None)


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


def deals(public: Public, view: View) -> list[str]:
    """How agreements and promises stand."""
    lines = [f"Agreement '{deal.title}': {deal.state}" for deal in view.deals if deal.state != "none"]
    for pledge in view.pledges:
        if pledge.state != "none":
            who = public.roles[pledge.by].title if pledge.by in public.roles else pledge.by
            lines.append(f"Promise '{pledge.title}' of {who}: {pledge.state}")
    return lines


def story(public: Public, told: Sequence[str]) -> list[str]:
    """The adjudication as told: phases as headings, and none that stays empty."""
    headings = {phase.title for phase in public.phases} | {"Orders", "Settling", "Brief"}
    lines: list[str] = []
    for sentence in told:
        if sentence in headings:
            if lines and lines[-1].startswith(RULE):
                lines.pop()
            lines.append(f"{RULE} {sentence}")
        else:
            lines.append(sentence)
    if lines and lines[-1].startswith(RULE):
        lines.pop()
    return lines


def scorecard(card: Scorecard, title: str) -> list[str]:
    """A role's score with all that went into it."""
    lines = [f"{title}: {card.total} points"]
    lines += [f"  {mark.value:>3} of 100, weight {mark.weight}: {mark.title}" for mark in card.objectives]
    lines += [f"  -{line.penalty}, red line crossed: {line.title}" for line in card.red_lines if line.crossed]
    if card.agenda is not None:
        reached = "reached" if card.agenda.reached else "not reached"
        lines.append(f"  Secret agenda, {reached} ({card.agenda.points} points): {card.agenda.title}")
    return lines


def cut(text: str, width: int) -> str:
    """*text* in at most *width* cells, with an ellipsis where something is missing."""
    return text if cell_len(text) <= width else set_cell_size(text, max(width - 1, 0)).rstrip() + "…"


def _cell(reading: Reading | None) -> str:
    if reading is None:
        return "?"
    return reading.words.replace("about ", "~")


def _points(low: int, high: int) -> str:
    return f"{low:+d}" if low == high else f"{low:+d} to {high:+d}"
