"""The values as a role sees them, put together from nothing but what it may see."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from operator import add
from struct import Struct

from wargame.rules.dice import MASK, PLACE_INCREMENT, PLACE_MULTIPLIER, label_key, mix, turn_key
from wargame.rules.plan import Plan, VariablePlan
from wargame.rules.position import Position
from wargame.scenario.model import Sight

__all__ = ["Eyes", "delayed", "sees", "sees_exactly"]

HIGH = 32
LANE = 192
WORD = 2**32 - 1


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
        self._estimates: list[_Estimate] = []
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
            self._estimates.append(_Estimate(variable, str(self.role), sight))

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
                estimate.draw(key, position, seen)
        return seen


class _Estimate:
    """One variable seen with an error."""

    __slots__ = ("bias", "delay", "end", "first", "hi", "label", "lanes", "lo", "width")

    def __init__(self, variable: VariablePlan, role: str, sight: Sight) -> None:
        self.first = variable.slot
        self.end = variable.slot + variable.width
        self.label = label_key(f"estimate.{variable.id}.{role}")
        self.width = sight.error
        self.bias = sight.bias
        self.delay = sight.delay
        self.lo, self.hi = variable.about.range
        self.lanes = lanes(variable.width)

    def draw(self, key: int, position: Position, seen: list[int]) -> None:
        """Put the estimate of every place into *seen*."""
        values = delayed(position, self.delay) if self.delay else position.values
        raw = mix(key + self.label & MASK)
        lo, hi, faces, shift = self.lo, self.hi, 2 * self.width + 1, self.bias - self.width
        first, end = self.first, self.end
        if end - first == 1:
            value = values[first] + shift + ((raw >> HIGH) * faces >> HIGH)
            seen[first] = lo if value < lo else hi if value > hi else value
            return
        least, most = lo - shift, hi - shift
        seen[first:end] = [
            lo if sum < least else hi if sum > most else sum + shift
            for sum in map(add, values[first:end], self.lanes.faces(raw, faces))
        ]


class Lanes:
    """
    The dice of many places in one multiplication.

    Place number i draws the high word of `raw * m**i + c(i)`, the generator after i steps. Each sum
    stands in a lane of its own, 192 bits wide, so that no carry reaches the next.
    """

    __slots__ = ("_high", "_increments", "_multipliers", "_size", "_words")

    def __init__(self, count: int) -> None:
        self._multipliers = self._increments = self._high = 0
        multiplier, increment = 1, 0
        for lane in range(count):
            self._multipliers |= multiplier << LANE * lane
            self._increments |= increment << LANE * lane
            self._high |= WORD << LANE * lane
            multiplier = multiplier * PLACE_MULTIPLIER & MASK
            increment = increment * PLACE_MULTIPLIER + PLACE_INCREMENT & MASK
        self._size = LANE // 8 * count
        self._words = Struct("<" + "4xI16x" * count)

    def faces(self, raw: int, sides: int) -> tuple[int, ...]:
        """A face from 0 to *sides* - 1 for *raw* and every later state of the generator."""
        lanes = (raw * self._multipliers + self._increments >> HIGH & self._high) * sides
        return self._words.unpack(lanes.to_bytes(self._size, "little"))


@lru_cache(maxsize=64)
def lanes(count: int) -> Lanes:
    """The lanes for *count* places, made once."""
    return Lanes(count)


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
