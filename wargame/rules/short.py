"""A few of the values as a role sees them, in a short list: for agents, who look often and at little."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import groupby
from operator import add, itemgetter

from wargame.rules.dice import turn_key
from wargame.rules.lanes import HIGH, Labels
from wargame.rules.perceive import Estimate, delayed
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
        estimates: list[Estimate] = []
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
                estimates.append(Estimate(variable, role, sight))
                blank += notes
        for order in map(plan.orders.__getitem__, dict.fromkeys(orders)):
            (exact if role in order.known else blank).append(order.slot)
        self._exact = _picker(exact)
        self._late = [(delay, _picker(slots)) for delay, slots in sorted(late.items())]
        self._blank = [plan.start[slot] for slot in blank]
        self._blur = _Blur(estimates) if estimates else None
        blurred = [slot for each in sorted(estimates, key=_delay) for slot in each.slots]
        waiting = [slot for _, slots in sorted(late.items()) for slot in slots]
        self.slots = (*exact, *waiting, *blank, *blurred)
        """The slot of a position that each place in the list stands for."""

    def see(self, position: Position) -> list[int]:
        """The list for *position*; it is the caller's own."""
        seen = list(self._exact(position.values))
        for delay, pick in self._late:
            seen += pick(delayed(position, delay))
        seen += self._blank
        if self._blur is not None:
            seen += self._blur.see(position)
        return seen


class _Blur:
    """All that a role sees with an error, drawn at once: by delay, then in the order of the estimates."""

    def __init__(self, estimates: Sequence[Estimate]) -> None:
        listed = sorted(estimates, key=_delay)
        groups = [(delay, list(each)) for delay, each in groupby(listed, key=_delay)]
        self._picks = [
            (delay, _picker([slot for one in each for slot in one.slots])) for delay, each in groups
        ]
        self._labels = Labels([each.label for each in listed])
        self._dice = [(each.places if len(each.slots) > 1 else None, each.faces) for each in listed]
        self._shifts = [each.shift for each in listed for _ in each.slots]
        self._bounds = [(each.lo, each.hi) for each in listed for _ in each.slots]
        self._last: tuple[object, list[int]] = (None, [])

    def see(self, position: Position) -> list[int]:
        """The estimates at *position*; the list is not to be changed."""
        true: list[int] = []
        for delay, pick in self._picks:
            true += pick(delayed(position, delay))
        # What is said in a turn's talk changes no estimate, and so the last ones mostly serve again.
        drawn_from = (position.seed, position.step, true)
        if self._last[0] != drawn_from:
            self._last = (drawn_from, self._drawn(position, true))
        return self._last[1]

    def _drawn(self, position: Position, true: Sequence[int]) -> list[int]:
        faces: list[int] = []
        raws = self._labels.raws(turn_key(position.seed, position.step))
        for (dice, sides), raw in zip(self._dice, raws, strict=True):
            if dice is None:
                faces.append((raw >> HIGH) * sides >> HIGH)
            else:
                faces += dice.faces(raw, sides)
        sums = map(add, map(add, true, faces), self._shifts)
        return [
            lo if value < lo else hi if value > hi else value
            for value, (lo, hi) in zip(sums, self._bounds, strict=True)
        ]


def _delay(estimate: Estimate) -> int:
    return estimate.delay


def _slots_of(variable: VariablePlan) -> tuple[range, range]:
    """The slots of its values, and those that note since when it has been true."""
    values = range(variable.slot, variable.slot + variable.width)
    since = variable.since
    return values, range(0) if since is None else range(since, since + variable.width)


def _picker(slots: Sequence[int]) -> Callable[[Sequence[int]], tuple[int, ...]]:
    """Picks *slots*, of which there is at least one, out of the values."""
    pick = itemgetter(*slots)
    return pick if len(slots) > 1 else lambda values: (pick(values),)
