"""What control's entries do to a game: the same live and in replay."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from attrs import frozen

from wargame.rules import umpire
from wargame.rules.facts import Cause, Fact, Happened, Roll, Told
from wargame.rules.position import Position
from wargame.session.entries import Argued, Injected, Released, Ruling
from wargame.session.minutes import Decision, argument
from wargame.session.naming import flag_since, slot_of

if TYPE_CHECKING:
    from wargame.rules.kernel import Kernel

__all__ = [
    "Decided",
    "Disagrees",
    "Ruled",
    "absent",
    "argument_slots",
    "carried_out",
    "settings",
]

Ruled = Ruling | Injected | Released | Argued
"""The decisions that do something to the position or to what the seats are told."""

RULING = Cause("ruling")
INJECT = Cause("inject")
TABLE = Cause("table")


class Disagrees(Exception):
    """These rules make something else of a decision than was recorded."""


@frozen
class Decided:
    """A decision of control, with when it was made."""

    step: int
    """Number of the turn among the played ones, from 1."""

    what: Decision


def carried_out(
    kernel: Kernel, position: Position, entry: Ruled, *, recorded: bool = False
) -> tuple[Position, tuple[Fact, ...]]:
    """
    The position after *entry*, and what there is to tell of it.

    With *recorded* its values are believed, not worked out again.

    Raises:
        Disagrees: If working it out gives something else than was recorded.
        ValueError: If nobody could have decided that here.
    """
    match entry:
        case Ruling(values=values):
            return _set(kernel, position, values, RULING)
        case Injected(text, to, claim):
            told = Told(_known_roles(kernel, to), text, claim, INJECT)
            return umpire.tell(position, told), (told,)
        case Released():
            return _released(kernel, position, entry, recorded)
        case Argued():
            return _argued(kernel, position, entry, recorded)


def settings(kernel: Kernel, position: Position, values: Mapping[int, int]) -> dict[str, int]:
    """*values* by slot as a journal keeps them, with the notes since when a flag holds."""
    kept: dict[str, int] = {}
    for slot, value in values.items():
        kept[str(slot)] = value
        variable = kernel.plan.variables[str(kernel.plan.slots[slot].variable)]
        since = flag_since(variable, slot)
        if since is not None and value and not position.values[slot]:
            kept[str(since)] = position.step
    return kept


def argument_slots(kernel: Kernel, position: Position, outcome: Mapping[str, int]) -> dict[int, int]:
    """The new values by slot of an argument's *outcome*; numbers stay inside their ranges."""
    found: dict[int, int] = {}
    for name, by in outcome.items():
        id, _, slot = slot_of(kernel, name)
        about = kernel.plan.variables[id].about
        lo, hi = about.range
        is_number = not about.options and not about.is_flag
        found[slot] = max(lo, min(hi, found.get(slot, position.values[slot]) + by)) if is_number else by
    return found


def absent(kernel: Kernel, role: str) -> Told:
    """What all seats are told of a role whose turn was closed for it."""
    title = kernel.scenario.roles[role].title
    text = f"No orders came from {title} in time; the scenario's default orders were given."
    return Told(tuple(kernel.scenario.roles), text, False, TABLE)


def _set(
    kernel: Kernel, position: Position, values: Mapping[str, int], cause: Cause
) -> tuple[Position, tuple[Fact, ...]]:
    after = umpire.ruled(kernel.plan, position, _by_slot(values))
    return after, tuple(umpire.changed(kernel.plan, position, after, cause))


def _by_slot(values: Mapping[str, int]) -> dict[int, int]:
    for number in values:
        if not (number.isascii() and number.isdecimal() and len(number) < 9):
            raise ValueError(f"'{number}' is no slot")
    return {int(number): value for number, value in values.items()}


def _known_roles(kernel: Kernel, to: tuple[str, ...]) -> tuple[str, ...]:
    if not to or any(role not in kernel.scenario.roles for role in to):
        raise ValueError(f"no roles that could be told: {', '.join(to)[:60]}")
    return to


def _released(
    kernel: Kernel, position: Position, entry: Released, recorded: bool
) -> tuple[Position, tuple[Fact, ...]]:
    if entry.event not in kernel.scenario.events:
        raise ValueError(f"there is no event '{entry.event[:60]}'")
    if recorded:
        return _release_as_recorded(kernel, position, entry)
    after, facts = kernel.release(position, entry.event)
    if umpire.moved(position, after) != _by_slot(entry.values):
        raise Disagrees(f"'{entry.event}', which control released, now changes other values")
    return after, facts


def _release_as_recorded(
    kernel: Kernel, position: Position, entry: Released
) -> tuple[Position, tuple[Fact, ...]]:
    """A release told from nothing but what was recorded of it; its reports went with the rules."""
    values = list(position.values)
    for slot, value in _by_slot(entry.values).items():
        about = kernel.plan.slots[slot]
        if not about.lo <= value <= about.hi:
            raise ValueError(f"slot {slot} cannot be {value}")
        values[slot] = value
    after = position.with_values(tuple(values))
    event = umpire.event_of(kernel.plan, entry.event)
    told = () if event.told is None else (event.told,)
    for each in told:
        after = umpire.tell(after, each)
    return after, (Happened(event.id), *told, *umpire.changed(kernel.plan, position, after, event.cause))


def _argued(
    kernel: Kernel, position: Position, entry: Argued, recorded: bool
) -> tuple[Position, tuple[Fact, ...]]:
    if entry.role not in kernel.scenario.roles:
        raise ValueError(f"there is no role '{entry.role[:60]}'")
    roll = umpire.argued(position, entry.number, entry.role, entry.pros, entry.cons)
    if not recorded:
        _check(kernel, position, entry, roll)
    after, changes = _set(kernel, position, entry.values, RULING)
    told = Told(_known_roles(kernel, entry.to), argument(kernel.scenario, entry), False, TABLE)
    return umpire.tell(after, told), (roll, told, *changes)


def _check(kernel: Kernel, position: Position, entry: Argued, roll: Roll) -> None:
    if (entry.percent, entry.face) != (roll.percent, roll.face):
        found = f"{roll.percent}% and {roll.face}, was {entry.percent}% and {entry.face}"
        raise Disagrees(f"argument {entry.number} now comes to {found}")
    # Both are looked at: what did not come about must have been possible too.
    failed, worked = (argument_slots(kernel, position, each) for each in (entry.failure, entry.success))
    if settings(kernel, position, worked if roll.passed else failed) != dict(entry.values):
        raise Disagrees(f"argument {entry.number} now changes other values")
