"""
Knowledge gaps that mattered: where a seat would have ordered something else, had it known how a value stood.

The role's doctrine chooses twice: from what the role saw, and with the truth of one value in place of what it
saw of it, or of what it could not see at all. Where the two choices differ the gap mattered, and both are
played on. For a seat that a person held its doctrine stands in: nobody knows what the person would have done.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from attrs import define, evolve, frozen

from wargame.agents.base import Agent, Chair, Looking
from wargame.agents.seating import PREFIX
from wargame.debrief.onward import Begun, Onward
from wargame.debrief.record import Played, Record
from wargame.debrief.whatif import Change, given
from wargame.lab.intervals import Estimate, mean_of
from wargame.lab.match import players
from wargame.rules.orders import Order
from wargame.rules.plan import VariablePlan

__all__ = ["Mattered", "mattering", "weighed"]


@frozen
class Mattered:
    """One value in one turn that a seat did not know, and would have acted on."""

    turn: int
    """Calendar number, from 1."""

    role: str
    id: str
    """The value's id."""

    title: str
    place: str | None
    """The place where it was furthest off, by its id; None if it is one for the whole map."""

    true: int
    shown: int | None
    """None if the role does not see the value at all."""

    blind: tuple[Order, ...]
    """What its doctrine orders from what it saw."""

    knowing: tuple[Order, ...]
    """What it orders with the truth."""

    is_stand_in: bool
    """Whether somebody else than this doctrine played the seat."""

    by: Estimate | None = None
    """What knowing it would have given the role, in points of score; None if that was not weighed."""

    @property
    def wide(self) -> int:
        """How far off it was; 0 for what is not shown."""
        return 0 if self.shown is None else abs(self.shown - self.true)


@define(eq=False)
class _Knowing(Chair):
    """A chair from which some values are seen as they are."""

    slots: range = range(0)

    def see(self, eyes: Looking) -> list[int]:
        seen = Chair.see(self, eyes)
        shown: Sequence[int] = getattr(eyes, "slots", range(len(seen)))
        for at, slot in enumerate(shown):
            if slot in self.slots:
                seen[at] = self._position.values[slot]
        return seen


def mattering(record: Record) -> tuple[Mattered, ...]:
    """Every gap that changed what a doctrine would order, in the sequence of the game."""
    agents = players(record.kernel, record.doctrines)
    return tuple(
        each
        for then in record.turns
        for role, agent in agents.items()
        for each in _of_seat(record, then, role, agent)
    )


def _of_seat(record: Record, then: Played, role: str, agent: Agent) -> Iterator[Mattered]:
    kernel, position = record.kernel, then.ordered
    plain = _orders(agent, Chair(kernel, position, role, explains=False))
    seen = kernel.perceive(position, role)
    player = record.course.header.seats.get(role, "")
    is_stand_in = player.removeprefix(PREFIX) != record.doctrines[role]
    for variable in kernel.plan.variables.values():
        slots = range(variable.slot, variable.slot + variable.width)
        gaps = [slot for slot in slots if seen[slot] != position.values[slot]]
        if not gaps:
            continue
        chair = _Knowing(kernel, position, role, False, {}, slots)
        knowing = _orders(agent, chair)
        if set(knowing) != set(plain):
            yield _mattered(record, then, role, variable, gaps, seen, plain, knowing, is_stand_in)


def _orders(agent: Agent, chair: Chair) -> tuple[Order, ...]:
    return tuple(choice.order for choice in agent.choose(chair))


def _mattered(
    record: Record,
    then: Played,
    role: str,
    variable: VariablePlan,
    gaps: Sequence[int],
    seen: Sequence[int],
    plain: tuple[Order, ...],
    knowing: tuple[Order, ...],
    is_stand_in: bool,
) -> Mattered:
    true = then.ordered.values
    widest = max(gaps, key=lambda slot: abs(seen[slot] - true[slot]))
    about = variable.about
    return Mattered(
        then.turn,
        role,
        variable.id,
        about.title,
        record.kernel.plan.places[widest - variable.slot] if about.per_place else None,
        true[widest],
        seen[widest] if role in about.seen else None,
        plain,
        knowing,
        is_stand_in,
    )


def weighed(record: Record, found: Sequence[Mattered], play: Onward) -> tuple[Mattered, ...]:
    """*found* with what knowing would have given, the most telling first."""
    turns = {then.turn: then for then in record.turns}
    weighed = [_weighed(turns[each.turn], each, play) for each in found]
    return tuple(sorted(weighed, key=lambda each: -abs(each.by.value if each.by else 0)))


def _weighed(then: Played, gap: Mattered, play: Onward) -> Mattered:
    def scores(orders: tuple[Order, ...]) -> list[int]:
        all_ = given(then, Change(then.turn, gap.role, orders))
        return [line.scores[gap.role] for line in play(Begun(then.ordered, all_, talked=True))]

    pairs = zip(scores(gap.knowing), scores(gap.blind), strict=True)
    return evolve(gap, by=mean_of([one - other for one, other in pairs]))
