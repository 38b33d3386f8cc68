"""What control asks for, as the entry that records it, or refused in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from attrs import frozen

from wargame.errors import IllegalOrder
from wargame.rules.position import Position
from wargame.rules.trace import in_words
from wargame.rules.umpire import argued, event_of, moved
from wargame.session.entries import Argued, Injected, Released, Ruling
from wargame.session.naming import Value, amount, encoded, named, roles_named, slot_of
from wargame.session.rulings import argument_slots, settings
from wargame.session.seat import NOTE_LIMIT, TALK_LIMIT
from wargame.text import clean_text

if TYPE_CHECKING:
    from wargame.rules.kernel import Kernel

__all__ = ["Case", "arguing", "injection", "needed", "note", "overruling", "releasing", "setting"]

NO_REASON = "control gives a reason for what it decides; the record keeps it"
MOST_REASONS = 10
"""Reasons on one side of an argument; more change nothing."""


@frozen
class Case:
    """An argument as control puts it; `Control.argue` says what each part means."""

    role: str
    action: str
    pros: Sequence[str]
    cons: Sequence[str]
    success: Mapping[str, Value]
    failure: Mapping[str, Value]
    to: Sequence[str] | str | None
    reason: str


def setting(
    kernel: Kernel, position: Position, variable: str, value: Value, place: str | None, reason: str
) -> Ruling:
    """One variable gets a value."""
    id, at, slot = slot_of(kernel, variable, place)
    number = encoded(kernel, id, value)
    about = kernel.plan.variables[id].about
    where = f" in {kernel.scenario.places[at].title}" if at is not None else ""
    what = f"{about.title}{where} set to {in_words(about.type, number)}"
    return Ruling(what, needed(reason), settings(kernel, position, {slot: number}))


def overruling(
    kernel: Kernel, position: Position, outcome: str, values: Mapping[str, Value], reason: str
) -> Ruling:
    """Another outcome takes the place of what was adjudicated."""
    words = needed(outcome, "say how it came out instead")
    changes: dict[int, int] = {}
    for name, value in values.items():
        id, _, slot = slot_of(kernel, name)
        changes[slot] = encoded(kernel, id, value)
    return Ruling(f"Overruled: {words}", needed(reason), settings(kernel, position, changes))


def injection(
    kernel: Kernel, text: str, to: Sequence[str] | str | None, claim: bool, reason: str
) -> Injected:
    """Some roles are told something."""
    words = clean_text(text, newlines=5).strip()
    if not words:
        raise IllegalOrder("there is nothing to tell: the text is empty")
    if len(words) > TALK_LIMIT:
        raise IllegalOrder(f"the text has {len(words):,} characters; {TALK_LIMIT:,} is the most")
    return Injected(words, roles_named(kernel, to), bool(claim), note(reason))


def releasing(kernel: Kernel, position: Position, event: str, reason: str) -> Released:
    """An event of the scenario happens now."""
    events = kernel.scenario.events
    id = named(event, {each.id: each.title for each in events.values()}, "event")
    if events[id].once and position.values[event_of(kernel.plan, id).slot]:
        raise IllegalOrder(f"'{events[id].title}' has happened already, and it happens only once")
    words = needed(reason)
    after, _ = kernel.release(position, id)
    return Released(id, words, {str(slot): value for slot, value in moved(position, after).items()})


def arguing(kernel: Kernel, position: Position, number: int, case: Case) -> Argued:
    """An action is judged by reasons and a die; *number* counts the turn's arguments from 1."""
    role = named(case.role, {id: each.title for id, each in kernel.scenario.roles.items()}, "role")
    action = _sentence(case.action, "say what the role does")
    pros, cons = _reasons(case.pros), _reasons(case.cons)
    success, failure = _amounts(kernel, case.success), _amounts(kernel, case.failure)
    roll = argued(position, number, role, pros, cons)
    values = argument_slots(kernel, position, success if roll.passed else failure)
    return Argued(
        number=number,
        role=role,
        action=action,
        pros=pros,
        cons=cons,
        percent=roll.percent or 0,
        face=roll.face,
        to=roles_named(kernel, case.to),
        success=success,
        failure=failure,
        values=settings(kernel, position, values),
        reason=note(case.reason),
    )


def note(text: str) -> str:
    """
    *text* as a record keeps it.

    Raises:
        IllegalOrder: If it is longer than a note may be.
    """
    words = clean_text(text, newlines=2).strip()
    if len(words) > NOTE_LIMIT:
        raise IllegalOrder(f"the text has {len(words):,} characters; {NOTE_LIMIT} is the most")
    return words


def needed(text: str, otherwise: str = NO_REASON) -> str:
    """
    *text* as a record keeps it.

    Raises:
        IllegalOrder: If it is too long, or empty: *otherwise* says what is asked for.
    """
    words = note(text)
    if not words:
        raise IllegalOrder(otherwise)
    return words


def _amounts(kernel: Kernel, outcome: Mapping[str, Value]) -> dict[str, int]:
    """*outcome* by id, as it is recorded."""
    found: dict[str, int] = {}
    for name, value in outcome.items():
        id, place, _ = slot_of(kernel, name)
        key = id if place is None else f"{id}.{place}"
        if key in found:
            raise IllegalOrder(f"'{key}' is named twice in one outcome")
        found[key] = amount(kernel, id, value)
    return found


def _reasons(given: Sequence[str]) -> tuple[str, ...]:
    listed = (given,) if isinstance(given, str) else tuple(given)
    if len(listed) > MOST_REASONS:
        raise IllegalOrder(f"{len(listed)} reasons on one side; {MOST_REASONS} is the most")
    return tuple(_sentence(reason, "a reason without words counts for nothing") for reason in listed)


def _sentence(text: str, otherwise: str) -> str:
    """*text* on one line and without the full stop at its end, for it is told inside another sentence."""
    return needed(clean_text(text).strip().rstrip("."), otherwise)
