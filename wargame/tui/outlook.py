"""What an order of one's own touches and who learns of it, as far as its giver may read the rules."""

from __future__ import annotations

import re
from collections.abc import Sequence

from wargame.agents.adviser import Advice
from wargame.rules.menu import MenuEntry
from wargame.rules.orders import Order
from wargame.scenario.model import Scenario
from wargame.session.public import Public
from wargame.session.seat import Submission
from wargame.tui import menus
from wargame.tui.lines import QUIET, STRONG, Line, line


def touched(scenario: Scenario, public: Public, order: str) -> tuple[str, ...]:
    """The titles of the values the reader sees that the rules of one of its own orders may change."""
    text = _rules(scenario, public, order)
    return tuple(
        note.title
        for note in public.gauges.values()
        if re.search(rf"(?<![\w.]){re.escape(note.id)}\s*(\[[^\]\n]*\]\s*)?[-+*/]?=(?!=)", text)
    )


def watchers(scenario: Scenario, public: Public, order: str) -> tuple[str, ...]:
    """The titles of the other roles that learn that the order was given."""
    given = scenario.orders.get(order)
    if given is None or given.role != public.role.id:
        return ()
    return tuple(note.title for id, note in public.roles.items() if id in given.visible and id != given.role)


def outlook(scenario: Scenario, public: Public, order: str) -> list[Line]:
    """What an order may change and who will see that it was given."""
    values = ", ".join(touched(scenario, public, order)) or "none of the values you see"
    others = watchers(scenario, public, order)
    everybody = len(others) == len(public.roles) - 1
    seen = "everybody" if everybody else ", ".join(others) or "nobody but you"
    return [
        line(("May change: ", STRONG), f"{values}."),
        line(("Who learns that it was given: ", STRONG), f"{seen}."),
    ]


def _rules(scenario: Scenario, public: Public, order: str) -> str:
    given = scenario.orders.get(order)
    return given.effects or "" if given is not None and given.role == public.role.id else ""


def note_words(submission: Submission) -> str:
    """What its giver wrote to an order: reason, expectation, confidence; empty if nothing."""
    sure = "" if submission.confidence is None else f"{submission.confidence} % sure"
    parts = (sure, submission.reason, f"expects: {submission.expects}" if submission.expects else "")
    return "; ".join(" ".join(part.split()) for part in parts if part)


def advice_rows(public: Public, entries: Sequence[MenuEntry], found: Sequence[Advice]) -> list[Line]:
    """One row for every order an adviser names, below it who would give it and why."""
    rows = []
    for advice in found:
        entry = next((entry for entry in entries if entry.id == advice.order.id), None)
        price = f"  ({menus.way_words(entry, [advice.order])})" if entry is not None else ""
        voices = "".join(f"\n  {voice.title}: {voice.reason}" for voice in advice.voices)
        rows.append(line((menus.order_words(public, entries, advice.order), STRONG), price, (voices, QUIET)))
    return rows


def no_advice(chosen: Sequence[Order]) -> str:
    """What is said where the advisers name nothing."""
    if chosen:
        return "Your advisers would add nothing to what you have chosen."
    return "Your advisers would wait: none of the orders seems worth its price to them now."
