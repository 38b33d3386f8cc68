"""Promises against deeds, and how sure the seats were against how right."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from wargame.debrief.calibration import Calibration
from wargame.debrief.deeds import Deed
from wargame.debrief.markdown import Names, table
from wargame.debrief.parts.part import Part, role_titles
from wargame.debrief.record import Record
from wargame.debrief.whole import Debrief

__all__ = ["promises", "sureness"]


def promises(debrief: Debrief, names: Names) -> Part:
    """Every word that was given."""
    return Part("promises", "Promises against deeds", tuple(_deeds(debrief.record, debrief.deeds)))


def _deeds(record: Record, found: Sequence[Deed]) -> Iterator[str]:
    if not found:
        yield from ("Nobody offered or promised anything.", "")
        return
    titles, rows = role_titles(record), []
    for deed in found:
        settled = "" if deed.settled is None else f"turn {deed.settled}"
        who = titles.get(deed.who, "")
        order = f"with '{deed.order}'" if deed.order else ""
        how = " ".join(
            part for part in (settled, who if deed.outcome in ("broken", "refused") else "", order) if part
        )
        rows.append([deed.turn, titles[deed.by], deed.kind, deed.title, deed.outcome, how])
    yield from table(["turn", "who", "what", "", "came to", ""], rows, 6)


def sureness(debrief: Debrief, names: Names) -> Part:
    """Confidence against outcome."""
    return Part("sure", "How sure, and how right", tuple(_sure(debrief.record, debrief.calibration)))


def _sure(record: Record, found: Sequence[Calibration]) -> Iterator[str]:
    if not found:
        yield from ("Nobody said how sure they were of an order that a check decided.", "")
        return
    yield (
        "The Brier score is the mean square of confidence less outcome: 0 is perfect, 0.25 is what always "
        "saying 50 % comes to."
    )
    yield ""
    titles = role_titles(record)
    rows = [
        [
            titles[each.role],
            len(each.beliefs),
            f"{each.brier:.2f}",
            f"{each.bias:+.0f} %" if each.is_telling else "too few to say",
        ]
        for each in found
    ]
    yield from table(["seat", "orders with a check", "Brier score", "too sure by"], rows)
