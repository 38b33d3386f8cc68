"""A few of the values as a role sees them, in a short list: for agents, who look often and at little."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from operator import itemgetter

from wargame.rules.dice import label_key, turn_key
from wargame.rules.lanes import Labels
from wargame.rules.perceive import HIGH, delayed, lanes
from wargame.rules.plan import Plan, VariablePlan
from wargame.rules.position import Position

__all__ = ["ShortEyes"]


class ShortEyes:
    """
    What `Eyes` sees at some slots, one after the other.

    Nothing else of a position is touched; what the role does not see holds its value from the game's start.
    """

    def __init__(self, plan: Plan, role: str, variables: Iterable[str], orders: Iterable[str]) -> None:
        self.role: str | None = role
        exact, blank, late = [0, 1], list[int](), dict[int, list[int]]()
        self._estimates: list[_Estimate] = []
        for variable in map(plan.variables.__getitem__, dict.fromkeys(variables)):
            values, notes = _slots_of(variable)
            sight = variable.about.seen.get(role)
            if sight is None:
                blank += [*values, *notes]
            elif sight.is_exact:
                exact += [*values, *notes]
            elif sight.error == sight.bias == 0:
                late.setdefault(sight.delay, []).extend([*values, *notes])
            else:
                self._estimates.append(_Estimate(variable, role))
                blank += notes
        for order in map(plan.orders.__getitem__, dict.fromkeys(orders)):
            (exact if role in order.known else blank).append(order.slot)
        self._exact = _picker(exact)
        self._late = [(delay, _picker(slots)) for delay, slots in sorted(late.items())]
        self._blank = [plan.start[slot] for slot in blank]
        self._labels = Labels([estimate.label for estimate in self._estimates])
        blurred = [slot for estimate in self._estimates for slot in range(estimate.first, estimate.end)]
        self._blurred = _picker(blurred or [0])
        self._last: tuple[object, list[int]] = (None, [])
        self.slots = (
            *exact,
            *(slot for _, slots in sorted(late.items()) for slot in slots),
            *blank,
            *blurred,
        )
        """The slot of a position that each place in the list stands for."""

    def see(self, position: Position) -> list[int]:
        """The list for *position*; it is the caller's own."""
        seen = list(self._exact(position.values))
        for delay, pick in self._late:
            seen += pick(delayed(position, delay))
        seen += self._blank
        if self._estimates:
            seen += self._estimated(position)
        return seen

    def _estimated(self, position: Position) -> list[int]:
        # What is said in a turn's talk changes no estimate, and so the last ones mostly serve again.
        drawn_from = (position.seed, position.step, position.past, self._blurred(position.values))
        if self._last[0] != drawn_from:
            found: list[int] = []
            raws = self._labels.raws(turn_key(position.seed, position.step))
            for estimate, raw in zip(self._estimates, raws, strict=True):
                estimate.draw(raw, position, found)
            self._last = (drawn_from, found)
        return self._last[1]


class _Estimate:
    """One variable seen with an error."""

    __slots__ = ("delay", "end", "faces", "first", "hi", "label", "lanes", "lo", "shift")

    def __init__(self, variable: VariablePlan, role: str) -> None:
        sight = variable.about.seen[role]
        self.first, self.end = variable.slot, variable.slot + variable.width
        self.label = label_key(f"estimate.{variable.id}.{role}")
        self.faces, self.shift, self.delay = 2 * sight.error + 1, sight.bias - sight.error, sight.delay
        self.lo, self.hi = variable.about.range
        self.lanes = lanes(variable.width)

    def draw(self, raw: int, position: Position, found: list[int]) -> None:
        """Adds the estimate of every place to *found*."""
        values = delayed(position, self.delay) if self.delay else position.values
        lo, hi, shift, first, end = self.lo, self.hi, self.shift, self.first, self.end
        if end - first == 1:
            value = values[first] + shift + ((raw >> HIGH) * self.faces >> HIGH)
            found.append(lo if value < lo else hi if value > hi else value)
            return
        found += [
            lo if (value := true + face + shift) < lo else hi if value > hi else value
            for true, face in zip(values[first:end], self.lanes.faces(raw, self.faces), strict=True)
        ]


def _slots_of(variable: VariablePlan) -> tuple[range, range]:
    """The slots of its values, and those that note since when it has been true."""
    values = range(variable.slot, variable.slot + variable.width)
    since = variable.since
    return values, range(0) if since is None else range(since, since + variable.width)


def _picker(slots: Sequence[int]) -> Callable[[Sequence[int]], tuple[int, ...]]:
    """Picks *slots*, of which there is at least one, out of the values."""
    pick = itemgetter(*slots)
    return pick if len(slots) > 1 else lambda values: (pick(values),)
