"""Who took part in what way: counts for every seat, without a judgement."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import frozen

from wargame.agents.seating import PERSON, PREFIX
from wargame.debrief.markdown import Names, listing, table, told
from wargame.debrief.record import Record
from wargame.rules.orders import Answer, Offer, Promise, Say
from wargame.scenario.model import Scenario
from wargame.session.entries import SeatChanged
from wargame.session.rulings import absent

__all__ = ["HandOver", "Part", "participation", "participation_page"]


@frozen
class HandOver:
    """A seat that changed hands."""

    turn: int
    """Calendar number of the turn it happened in, from 1."""

    player: str
    """Who plays it from then on, as the save names it."""

    reason: str
    """As control wrote it; not cleaned."""


@frozen
class Part:
    """What one seat did."""

    role: str
    player: str
    """Who played it as the game began, as the save names it."""

    turns: int
    """Turns that were worked out."""

    ordered: int
    """Of these, turns in which it locked its orders itself, were they none."""

    late: tuple[int, ...]
    """Calendar numbers of the turns in which the default orders were given for it."""

    orders: int
    """Orders it gave itself."""

    reasons: int
    """Of these, orders with a reason."""

    expectations: int
    """Of these, orders with what was expected of them."""

    confidence: int
    """Of these, orders with how sure somebody was of them."""

    messages: int
    offers: int
    answers: int
    promises: int
    notes: int
    """Notes it kept for itself and did not strike out."""

    handed: tuple[HandOver, ...]


def participation(record: Record) -> tuple[Part, ...]:
    """Every seat's part, in the scenario's order."""
    return tuple(_part(record, role) for role in record.kernel.scenario.roles)


def _part(record: Record, role: str) -> Part:
    course = record.course
    missed = absent(record.kernel, role)
    late = tuple(played.turn for played in record.turns if missed in played.facts)
    given = [
        each
        for played in record.turns
        if played.turn not in late
        for each in played.submissions.get(role, ())
    ]
    acts = [said.act for said in course.said if said.role == role]
    return Part(
        role=role,
        player=course.header.seats.get(role, ""),
        turns=len(record.turns),
        ordered=len(record.turns) - len(late),
        late=late,
        orders=len(given),
        reasons=sum(bool(each.reason.strip()) for each in given),
        expectations=sum(bool(each.expects.strip()) for each in given),
        confidence=sum(each.confidence is not None for each in given),
        messages=sum(isinstance(act, Say) for act in acts),
        offers=sum(isinstance(act, Offer) for act in acts),
        answers=sum(isinstance(act, Answer) for act in acts),
        promises=sum(isinstance(act, Promise) for act in acts),
        notes=sum(bool(note.text) for note in course.notes.get(role, ())),
        handed=tuple(_handed(record, role)),
    )


def _handed(record: Record, role: str) -> Iterator[HandOver]:
    calendar = record.kernel.plan.calendars[record.length]
    for decided in record.course.decisions:
        what = decided.what
        if isinstance(what, SeatChanged) and what.role == role:
            turn = calendar[min(decided.step, len(calendar)) - 1]
            yield HandOver(turn, what.player, what.reason)


def participation_page(record: Record, names: Names) -> Iterator[str]:
    """The record of participation as a page."""
    scenario, parts = record.kernel.scenario, participation(record)
    yield from (f"# {told(scenario.title)}: who took part", "")
    yield (
        "Counts, not marks: who wrote little may have spoken much. Orders that were given by default for a "
        "seat that was late are not counted as its own."
    )
    yield ""
    yield from table(
        [
            "seat",
            "played by",
            "turns ordered",
            "orders",
            "with a reason",
            "with what was expected",
            "with how sure",
        ],
        [
            [
                told(scenario.roles[part.role].title),
                _player(scenario, part.role, part.player),
                f"{part.ordered} of {part.turns}",
                part.orders,
                part.reasons,
                part.expectations,
                part.confidence,
            ]
            for part in parts
        ],
        2,
    )
    yield from table(
        ["seat", "messages", "offers", "answers", "promises", "notes"],
        [
            [
                told(scenario.roles[part.role].title),
                part.messages,
                part.offers,
                part.answers,
                part.promises,
                part.notes,
            ]
            for part in parts
        ],
    )
    yield from _events(record, parts, names)


def _events(record: Record, parts: tuple[Part, ...], names: Names) -> Iterator[str]:
    lines = []
    for part in parts:
        title = told(record.kernel.scenario.roles[part.role].title)
        if part.late:
            turns = listing([str(turn) for turn in part.late])
            lines.append(
                f"- {title} was late in turn{'s' if len(part.late) > 1 else ''} {turns}: the default orders "
                "were given."
            )
        for each in part.handed:
            why = f": {reason}" if (reason := names.words(each.reason)) else ""
            lines.append(
                f"- {title} went to {_player(record.kernel.scenario, part.role, each.player)} in turn "
                f"{each.turn}{why}."
            )
    if lines:
        yield from ("## Late turns and changes of hands", "", *lines, "")


def _player(scenario: Scenario, role: str, player: str) -> str:
    """Who plays a seat; the command of an outside program is nobody's business."""
    if player in (PERSON, ""):
        return "people"
    name = player.removeprefix(PREFIX)
    doctrine = scenario.doctrines.get(role, {}).get(name)
    if doctrine is not None:
        return told(f"the doctrine '{doctrine.title}'")
    kind = player.partition(":")[0]
    return {"random": "chance", "historical": "the record", "planner": "the planner"}.get(kind, "a program")
