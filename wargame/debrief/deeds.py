"""Promises against deeds: every word that was given, what became of it, and the order that settled it."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import frozen

from wargame.debrief.record import Played, Record
from wargame.rules.facts import Settled
from wargame.rules.orders import Answer, Offer, Promise

__all__ = ["Deed", "deeds"]


@frozen
class Deed:
    """A word that was given, and what was done."""

    kind: str
    """offer, agreement or promise."""

    id: str
    title: str
    by: str
    """The role that offered or promised."""

    turn: int
    """Calendar number of the turn it was said in, from 1."""

    outcome: str
    """
    Of an offer: refused or unanswered. Of an agreement: standing or broken. Of a promise: kept, broken, moot
    or open.
    """

    settled: int | None
    """Calendar number of the turn that settled it; None if nothing did."""

    who: str = ""
    """The role that answered or broke it."""

    order: str = ""
    """The title of the order that broke an agreement; empty if none is known."""


def deeds(record: Record) -> tuple[Deed, ...]:
    """Every word given in the game, in the sequence in which they were given."""
    found = [*_agreements(record), *_promises(record)]
    return tuple(sorted(found, key=lambda deed: (deed.turn, deed.kind, deed.id)))


def _turn_of(record: Record, step: int) -> int:
    """The calendar number of a played turn."""
    calendar = record.kernel.plan.calendars[record.length]
    return calendar[min(step, len(calendar)) - 1]


def _agreements(record: Record) -> Iterator[Deed]:
    agreements, offered = record.kernel.scenario.agreements, dict[str, tuple[int, str]]()
    standing: dict[str, Deed] = {}
    said = {
        step: [each for each in record.course.said if each.step == step]
        for step in range(1, record.last.step + 1)
    }
    for step in sorted(said):
        for each in said[step]:
            match each.act:
                case Offer(id):
                    offered[id] = (step, each.role)
                case Answer(id, accept) if id in offered:
                    begun, by = offered.pop(id)
                    deed = Deed(
                        "agreement" if accept else "offer",
                        id,
                        agreements[id].title,
                        by,
                        _turn_of(record, begun),
                        "standing" if accept else "refused",
                        None if accept else _turn_of(record, step),
                        each.role,
                    )
                    if accept:
                        standing[id] = deed
                    else:
                        yield deed
        for played in record.turns:
            if played.step == step:
                yield from _broken(record, played, standing)
    yield from standing.values()
    for id, (begun, by) in offered.items():
        yield Deed("offer", id, agreements[id].title, by, _turn_of(record, begun), "unanswered", None)


def _broken(record: Record, played: Played, standing: dict[str, Deed]) -> Iterator[Deed]:
    for fact in played.facts:
        if not isinstance(fact, Settled) or fact.kind != "agreement" or fact.outcome != "broken":
            continue
        deed = standing.pop(fact.id, None)
        if deed is not None:
            by = record.kernel.scenario.agreements[fact.id].broken_by
            order = _order_of(record, played, fact.role or "", by)
            yield Deed(
                deed.kind,
                deed.id,
                deed.title,
                deed.by,
                deed.turn,
                "broken",
                played.turn,
                fact.role or "",
                order,
            )


def _order_of(record: Record, played: Played, role: str, among: tuple[str, ...]) -> str:
    given = (
        played.submissions.get(role, ())
        if role
        else [one for all in played.submissions.values() for one in all]
    )
    found = [each.order.id for each in given if each.order.id in among]
    return record.kernel.scenario.orders[found[0]].title if found else ""


def _promises(record: Record) -> Iterator[Deed]:
    promises = record.kernel.scenario.promises
    for each in record.course.said:
        if not isinstance(each.act, Promise):
            continue
        about, outcome, settled = promises[each.act.promise], "open", None
        for played in record.turns:
            for fact in played.facts:
                if (
                    isinstance(fact, Settled)
                    and (fact.kind, fact.id) == ("promise", about.id)
                    and settled is None
                ):
                    outcome, settled = fact.outcome, played.turn
        yield Deed("promise", about.id, about.title, each.role, _turn_of(record, each.step), outcome, settled)
