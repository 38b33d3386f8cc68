"""A few of the values as a role sees them, in a short list: for agents, who look often and at little."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from operator import itemgetter

from wargame.rules.dice import turn_key
from wargame.rules.lanes import Labels
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
        self._estimates: list[Estimate] = []
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
                self._estimates.append(Estimate(variable, role, sight))
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
                found += estimate.of(raw, position)
            self._last = (drawn_from, found)
        return self._last[1]


def _slots_of(variable: VariablePlan) -> tuple[range, range]:
    """The slots of its values, and those that note since when it has been true."""
    values = range(variable.slot, variable.slot + variable.width)
    since = variable.since
    return values, range(0) if since is None else range(since, since + variable.width)


def _picker(slots: Sequence[int]) -> Callable[[Sequence[int]], tuple[int, ...]]:
    """Picks *slots*, of which there is at least one, out of the values."""
    pick = itemgetter(*slots)
    return pick if len(slots) > 1 else lambda values: (pick(values),)
