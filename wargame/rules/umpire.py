"""What control may do to a position: set values, let an event happen, tell something, judge an argument."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from attrs import evolve

from wargame.rules.adjudicate import Turn
from wargame.rules.dice import face, label_key, turn_key
from wargame.rules.facts import Cause, Change, Modifier, Roll, Told
from wargame.rules.plan import EventPlan, Plan
from wargame.rules.position import Position
from wargame.rules.trace import Trace

__all__ = ["BASE", "argued", "changed", "event_of", "moved", "odds", "release", "ruled", "tell"]

BASE = 50
"""The percentage of an argument for and against which nothing is said."""

STEP = 10
"""What one reason adds or takes away, in percent."""

LEAST, MOST = 5, 95


def ruled(plan: Plan, position: Position, values: Mapping[int, int]) -> Position:
    """
    *position* with *values* by slot.

    Raises:
        ValueError: If one is no slot control may set, or outside its range.
    """
    changed = list(position.values)
    since = _since(plan)
    for slot, value in values.items():
        if not 0 <= slot < len(plan.slots):
            raise ValueError(f"there is no slot {slot}")
        about = plan.slots[slot]
        lo, hi = (0, position.step) if slot in since else (about.lo, about.hi)
        if (about.variable is None and slot not in since) or not lo <= value <= hi:
            raise ValueError(f"slot {slot} cannot be {value}")
        changed[slot] = value
    return position.with_values(tuple(changed))


def changed(plan: Plan, before: Position, after: Position, cause: Cause) -> Iterator[Change]:
    """Every variable that differs between two positions of one turn."""
    for slot, (old, new) in enumerate(zip(before.values, after.values, strict=True)):
        about = plan.slots[slot]
        if old != new and about.variable is not None:
            place = None if about.place is None else plan.places[about.place]
            yield Change(about.variable, place, old, new, new - old, cause)


def moved(before: Position, after: Position) -> dict[int, int]:
    """The slots that differ between two positions, with their new values."""
    pairs = enumerate(zip(before.values, after.values, strict=True))
    return {slot: new for slot, (old, new) in pairs if old != new}


def event_of(plan: Plan, id: str) -> EventPlan:
    """The event called so; KeyError if there is none."""
    phases = (event for phase in plan.phases for event in phase.events)
    return {event.id: event for event in (*plan.brief, *phases)}[id]


def release(plan: Plan, position: Position, event: EventPlan, trace: Trace) -> Position:
    """The position after *event* happened at once, whatever its time, condition and chance."""
    calendar = plan.calendars[position.length]
    turn = Turn(plan, position.seed, calendar, list(position.values), trace)
    turn.happen(event)
    after = position.with_values(tuple(turn.values))
    for told in turn.news:
        after = tell(after, told)
    return after


def tell(position: Position, told: Told) -> Position:
    """*position* with one more piece of news in this turn's brief."""
    return evolve(position, news=(*position.news, told))


def odds(pros: int, cons: int) -> int:
    """The percentage of an argument with so many reasons for it and against it."""
    return max(LEAST, min(MOST, BASE + STEP * (pros - cons)))


def argued(position: Position, number: int, role: str, pros: tuple[str, ...], cons: tuple[str, ...]) -> Roll:
    """The die of the turn's argument *number*, from 1, which nothing else in the game shares."""
    label = f"matrix.{number}"
    percent = odds(len(pros), len(cons))
    shown = face(turn_key(position.seed, position.step), label_key(label), 0, 100)
    terms = [Modifier(reason, STEP) for reason in pros] + [Modifier(reason, -STEP) for reason in cons]
    cause = Cause("argument", str(number), role)
    margin = percent - shown
    title = f"argument {number}"
    return Roll(label, title, None, percent, BASE, tuple(terms), shown, shown < percent, margin, cause)


def _since(plan: Plan) -> set[int]:
    """The slots that hold when a flag last became true."""
    flags = [(each.since, each.width) for each in plan.variables.values() if each.since is not None]
    return {slot for first, width in flags for slot in range(first, first + width)}
