"""The values as a role sees them, put together from nothing but what it may see."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from operator import add

from wargame.rules.dice import MASK, label_key, mix, turn_key
from wargame.rules.lanes import HIGH, places
from wargame.rules.plan import Plan, VariablePlan
from wargame.rules.position import Position
from wargame.scenario.model import Sight

__all__ = ["Estimate", "Eyes", "delayed", "sees", "sees_exactly"]


class Eyes:
    """
    How one role sees the values, or those of them that are asked for.

    Whatever the role does not see holds its value from the start of the game, which is no secret.
    """

    def __init__(self, plan: Plan, role: str | None, wanted: Iterable[str] | None = None) -> None:
        self.role = role
        self._template = list(plan.start)
        ids = plan.variables if wanted is None else set(wanted)
        exact: set[int] = {0, 1} if role is not None else set(range(len(plan.start)))
        self._late: list[tuple[int, int, int]] = []
        self._estimates: list[Estimate] = []
        for variable in plan.variables.values() if role is not None else ():
            sight = variable.about.seen.get(str(role))
            if sight is not None and variable.id in ids:
                self._look(variable, sight, exact)
        exact |= _own_notes(plan, role)
        self._runs = _runs(exact)

    def _look(self, variable: VariablePlan, sight: Sight, exact: set[int]) -> None:
        slots = [(variable.slot, variable.slot + variable.width)]
        if variable.since is not None:
            slots.append((variable.since, variable.since + variable.width))
        if sight.is_exact:
            exact.update(slot for first, end in slots for slot in range(first, end))
        elif sight.error == sight.bias == 0:
            self._late += [(first, end, sight.delay) for first, end in slots]
        else:
            self._estimates.append(Estimate(variable, str(self.role), sight))

    def see(self, position: Position) -> list[int]:
        """The values at *position* as the role sees them; the list is the caller's own."""
        values = position.values
        seen = self._template[:]
        for first, end in self._runs:
            seen[first:end] = values[first:end]
        for first, end, delay in self._late:
            seen[first:end] = delayed(position, delay)[first:end]
        if self._estimates:
            key = turn_key(position.seed, position.step)
            for estimate in self._estimates:
                raw = mix(key + estimate.label & MASK)
                seen[estimate.first : estimate.end] = estimate.of(raw, position)
        return seen


class Estimate:
    """One variable seen with an error."""

    __slots__ = ("delay", "end", "faces", "first", "hi", "label", "lo", "places", "shift", "slots")

    def __init__(self, variable: VariablePlan, role: str, sight: Sight) -> None:
        self.first, self.end = variable.slot, variable.slot + variable.width
        self.slots = range(self.first, self.end)
        self.label = label_key(f"estimate.{variable.id}.{role}")
        self.faces, self.shift, self.delay = 2 * sight.error + 1, sight.bias - sight.error, sight.delay
        self.lo, self.hi = variable.about.range
        self.places = places(variable.width)

    def of(self, raw: int, position: Position) -> Sequence[int]:
        """The estimate for every place, from the 64 bits that the variable's label draws."""
        values = delayed(position, self.delay) if self.delay else position.values
        lo, hi, shift, first, end = self.lo, self.hi, self.shift, self.first, self.end
        if end - first == 1:
            value = values[first] + shift + ((raw >> HIGH) * self.faces >> HIGH)
            return (lo if value < lo else hi if value > hi else value,)
        least, most = lo - shift, hi - shift
        return [
            lo if sum < least else hi if sum > most else sum + shift
            for sum in map(add, values[first:end], self.places.faces(raw, self.faces))
        ]


def delayed(position: Position, turns: int) -> tuple[int, ...]:
    """The values *turns* played turns ago; those of the first turn if the game is younger."""
    if not turns:
        return position.values
    past = position.past
    return past[-turns] if len(past) >= turns else past[0] if past else position.values


def sees(plan: Plan, role: str, id: str) -> bool:
    """Whether the role sees the variable, derived value or order at all."""
    if id in plan.variables:
        return role in plan.variables[id].about.seen
    if id in plan.derived:
        return role in plan.derived[id].seen
    return id in plan.orders and role in plan.orders[id].known


def sees_exactly(plan: Plan, role: str, id: str) -> bool:
    """Whether the role knows the true value now."""
    if id in plan.variables:
        return role in plan.variables[id].about.exact
    if id in plan.derived:
        return role in plan.derived[id].exact
    return id in plan.orders and role in plan.orders[id].known


def _own_notes(plan: Plan, role: str | None) -> set[int]:
    """Slots of the engine's own that the role knows: when orders it learns of were given."""
    return {order.slot for order in plan.orders.values() if role in order.known}


def _runs(slots: set[int]) -> list[tuple[int, int]]:
    """*slots* as half-open stretches."""
    runs: list[tuple[int, int]] = []
    for slot in sorted(slots):
        if runs and runs[-1][1] == slot:
            runs[-1] = (runs[-1][0], slot + 1)
        else:
            runs.append((slot, slot + 1))
    return runs
