"""Orders as text: those on offer, with price and odds, and those chosen."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from rich.cells import cell_len

from wargame.errors import IllegalOrder
from wargame.rules.menu import MenuEntry, Odds
from wargame.rules.orders import Order
from wargame.rules.view import View
from wargame.session.public import Public
from wargame.session.seat import Submission
from wargame.tui.lines import ACCENT, BAD, QUIET, STRONG, Line, cut, line, unwrapped
from wargame.tui.terms import titled

CHOSEN, CLOSED, OPEN = "*", "-", " "
"""Marks of an order that is chosen, that cannot be given now, and that can."""

LEAST_NOTE = 10
"""Cells below which a note to an order is not shown beside it."""


def by_phase(public: Public, entries: Sequence[MenuEntry]) -> tuple[MenuEntry, ...]:
    """The orders in the sequence in which they are worked out."""
    rank = {phase.id: number for number, phase in enumerate(public.phases)}
    return tuple(sorted(entries, key=lambda entry: rank.get(entry.phase, 0)))


def barred(
    check: Callable[[Sequence[Order]], None], entries: Sequence[MenuEntry], drafted: Sequence[Order]
) -> dict[str, str]:
    """Why orders cannot be added to those *drafted*, by order; those that can be are left out."""
    reasons = {entry.id: _why_not(check, entry, drafted) for entry in entries}
    return {id: why for id, why in reasons.items() if why is not None}


def _why_not(
    check: Callable[[Sequence[Order]], None], entry: MenuEntry, drafted: Sequence[Order]
) -> str | None:
    why = entry.why_not
    for candidate in entry.candidates:
        try:
            check([*drafted, candidate])
        except IllegalOrder as error:
            why = why or error.why
        else:
            return None
    return why or "it cannot be given as things stand"


def mark_of(chosen: bool, barred: str | None) -> str:
    return CHOSEN if chosen else CLOSED if barred else OPEN


def order_line(entry: MenuEntry, chosen: bool, barred: str | None) -> str:
    """An order in one line: mark, title, price, odds; in brackets why it cannot be given."""
    parts = [part for part in (price_words(entry), odds_range(entry.odds)) if part]
    why = f" [{barred}]" if barred else ""
    return f"{mark_of(chosen, barred)} {entry.title}" + (f" ({'; '.join(parts)})" if parts else "") + why


def order_row(entry: MenuEntry, chosen: bool, barred: str | None, width: int) -> Line:
    """An order in one row of *width* cells: mark, price, title, odds; what is cut off the details tell."""
    odds = "" if barred else odds_range(entry.odds).replace(" ", "")
    room = max(width - 7 - (cell_len(odds) + 1 if odds else 0), 8)
    title = cut(entry.title, room)
    gap = " " * (room - cell_len(title) + 1) if odds else ""
    tone = QUIET if barred and not chosen else STRONG if chosen else ""
    return line(
        (f"{mark_of(chosen, barred)} ", ACCENT if chosen else tone),
        (f"{price_range(entry):>3}  {title}", tone),
        (gap + odds, ACCENT),
    )


def row_head(width: int) -> str:
    """The heads of the columns of `order_row`."""
    return f"  cost order{'odds':>{max(width - 12, 5)}}"


def price_range(entry: MenuEntry) -> str:
    """What the order costs of all purses together, such as `2` or `1-2`."""
    low, high = sum(price.low for price in entry.price), sum(price.high for price in entry.price)
    return f"{low}" if low == high else f"{low}-{high}"


def price_words(entry: MenuEntry) -> str:
    """What the order costs, purse by purse, such as `Favours 1` or `Political capital 1-2`."""
    return ", ".join(
        f"{price.title} {price.low if price.low == price.high else f'{price.low}-{price.high}'}"
        for price in entry.price
    )


def cost_of(entry: MenuEntry, order: Order) -> int:
    """What one way to give the order costs of all purses together."""
    at = entry.candidates.index(order) if order in entry.candidates else -1
    return sum(price.costs[at] if 0 <= at < len(price.costs) else price.low for price in entry.price)


def way_words(entry: MenuEntry, ways: Sequence[Order]) -> str:
    """What some ways to give an order cost, and their odds, such as `costs 1-2, odds 45 %`."""
    costs = sorted({cost_of(entry, way) for way in ways})
    price = f"costs {costs[0]}" if len(costs) == 1 else f"costs {costs[0]}-{costs[-1]}"
    odds = odds_range([each for each in entry.odds if each.candidate in ways])
    return f"{price}, odds {odds}" if odds else price


def odds_range(odds: Sequence[Odds]) -> str:
    """The lowest and highest percentage among *odds*, such as `45-60 %`; empty where there is no die."""
    if not odds:
        return ""
    low, high = min(each.low for each in odds), max(each.high for each in odds)
    return f"{low} %" if low == high else f"{low}-{high} %"


def order_brief(entry: MenuEntry, barred: str | None, taken: bool) -> list[Line]:
    """What the player needs while the cursor stands on an order; the most pressing first."""
    lines = [line((f"Not now: {barred}", BAD))] if barred else []
    if taken:
        lines = [line(("Chosen. Enter takes it back.", STRONG))]
    checks = "; ".join(f"{title} {odds_range(group)}" for title, group in _checks(entry).items())
    odds = f"; odds: {checks}" if checks and not barred else ""
    lines.append(line((f"Price: {price_words(entry) or 'nothing'}{odds}.", ACCENT)))
    lines.append(line(unwrapped(entry.about)))
    return lines


def order_details(entry: MenuEntry, barred: str | None, public: Public) -> list[Line]:
    """All there is to know of an order before it is given."""
    phase = next((each.title for each in public.phases if each.id == entry.phase), entry.phase)
    lines = [line(unwrapped(entry.about)), line("")]
    if barred:
        lines.append(line((f"Cannot be given now: {barred}", BAD)))
    lines.append(line(f"Worked out in the phase '{phase}'. Price: {price_words(entry) or 'nothing'}."))
    if entry.per_turn > 1:
        lines.append(line(f"May be given for up to {entry.per_turn} places a turn."))
    for title, group in _checks(entry).items():
        lines += [line(""), line((f"Check '{title}': {odds_range(group)}", STRONG))]
        lines += list(dict.fromkeys(odds_words(public, odds) for odds in group))[:8]
    return lines


def _checks(entry: MenuEntry) -> dict[str, list[Odds]]:
    groups: dict[str, list[Odds]] = {}
    for odds in entry.odds:
        groups.setdefault(odds.title, []).append(odds)
    return groups


def odds_words(public: Public, odds: Odds) -> Line:
    """One check with everything that goes into it, as far as the role sees it."""
    percent = f"{odds.low} %" if odds.low == odds.high else f"{odds.low}-{odds.high} %"
    sure = {(0, 0): ", it cannot succeed:", (100, 100): ", it cannot fail:"}
    percent += sure.get((odds.low, odds.high), "")
    terms = "".join(
        f", {_points(bonus.low, bonus.high)} ({titled(public, bonus.text)})"
        for bonus in odds.modifiers
        if bonus.low or bonus.high
    )
    way = _way(public, odds.candidate)
    return line(f"  {way}{': ' if way else ''}{percent} = {odds.base} to begin with{terms}")


def _way(public: Public, order: Order) -> str:
    place = order.place
    if place is not None and place in public.places:
        place = public.places[place].title
    return ", ".join(each for each in (place, order.option and option_words(public, order)) if each)


def option_words(public: Public, order: Order) -> str:
    """
    The option of an order as words.

    Where its author gave it no title, a name is spelled as the briefings spell it, such as `CSTO`.
    """
    option = order.option or ""
    if title := public.options.get(order.id, {}).get(option):
        return title[:1].upper() + title[1:]
    text = " ".join((public.about, public.briefing, *public.briefings.values()))
    words = " ".join(_spelled(text, word) for word in option.split("_"))
    return words[:1].upper() + words[1:]


def _spelled(text: str, word: str) -> str:
    if len(word) < 4:
        return word
    found = set(re.findall(rf"(?<![.:] )\b{re.escape(word)}\b", text, re.IGNORECASE))
    return word if not found or word in found else min(found)


def order_words(public: Public, entries: Sequence[MenuEntry], order: Order) -> str:
    """An order as chosen: its title, target and option."""
    title = next((entry.title for entry in entries if entry.id == order.id), order.id)
    way = _way(public, order)
    return f"{title}: {way}" if way else title


def chosen(public: Public, entries: Sequence[MenuEntry], orders: Sequence[Submission]) -> list[str]:
    """The orders chosen so far, numbered from 1."""
    return [
        f"{number}. {order_words(public, entries, each.order)}{_costs(entries, each.order)}"
        for number, each in enumerate(orders, start=1)
    ]


def chosen_rows(
    public: Public,
    entries: Sequence[MenuEntry],
    orders: Sequence[Submission],
    notes: Sequence[str],
    width: int,
) -> list[Line]:
    """The same in one row of *width* cells, with its note: rather the title is cut than where and how."""
    rows = []
    for number, (each, note) in enumerate(zip(orders, notes, strict=True), start=1):
        title, colon, way = order_words(public, entries, each.order).partition(": ")
        end = f"{colon}{way}"
        room = width - 3 - cell_len(end) - (LEAST_NOTE if note else 0)
        row = cut(f"{number}. {cut(title, max(room, 12))}{end}", width)
        left = width - cell_len(row)
        rows.append(line(row, (cut(f"  ({note})", left) if note and left >= LEAST_NOTE else "", QUIET)))
    return rows


def _costs(entries: Sequence[MenuEntry], order: Order) -> str:
    entry = next((entry for entry in entries if entry.id == order.id), None)
    return f" (costs {cost_of(entry, order)})" if entry is not None and entry.price else ""


def purse(
    public: Public,
    view: View,
    entries: Sequence[MenuEntry],
    orders: Sequence[Submission],
    of: str = " of ",
) -> str:
    """What the role has to pay with, such as `Political capital 4 of 6` once some is spent."""
    titles = {price.variable: price.title for entry in entries for price in entry.price}
    parts = []
    for id, title in titles.items():
        reading = view.reading(id)
        if reading is not None:
            spent = sum(_spent(entries, each.order, id) for each in orders)
            left = f"{reading.value - spent}{of}" if spent else ""
            parts.append(f"{title} {left}{reading.words}")
    return "; ".join(parts)


def _spent(entries: Sequence[MenuEntry], order: Order, purse_id: str) -> int:
    for entry in entries:
        if entry.id == order.id and order in entry.candidates:
            at = entry.candidates.index(order)
            return sum(price.costs[at] for price in entry.price if price.variable == purse_id and price.costs)
    return 0


def _points(low: int, high: int) -> str:
    return f"{low:+d}" if low == high else f"{low:+d} to {high:+d}"
