"""A few of the values as a role sees them, in a short list: for agents, who look often and at little."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from itertools import groupby
from operator import add, itemgetter

from wargame.rules.dice import turn_key
from wargame.rules.lanes import HIGH, Labels
from wargame.rules.perceive import Estimate, delayed
from wargame.rules.plan import Plan, VariablePlan
from wargame.rules.position import Position

__all__ = ["ShortEyes"]


_BYTES = [bytes([number]) for number in range(256)]


class ShortEyes:
    """
    What `Eyes` sees at some slots, one after the other.

    Nothing else of a position is touched; what the role does not see holds its value from the game's start.
    """

    def __init__(
        self,
        plan: Plan,
        role: str,
        variables: Iterable[str],
        orders: Iterable[str],
        since: Collection[str] | None = None,
    ) -> None:
        """The eyes for *variables*, the steps of *orders*, and since when the flags *since* are true."""
        self.role: str | None = role
        exact, blank, late = [0, 1], list[int](), dict[int, list[int]]()
        estimates: list[Estimate] = []
        for variable in map(plan.variables.__getitem__, dict.fromkeys(variables)):
            values, notes = _slots_of(variable)
            if since is not None and variable.id not in since:
                notes = range(0)
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
        blurred = [slot for each in sorted(estimates, key=_likeness) for slot in each.slots]
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
    """All that a role sees with an error, drawn at once: by delay, then by what is done to them."""

    def __init__(self, estimates: Sequence[Estimate]) -> None:
        listed = sorted(estimates, key=_likeness)
        groups = [(delay, list(each)) for delay, each in groupby(listed, key=_delay)]
        self._picks = [
            (delay, _picker([slot for one in each for slot in one.slots])) for delay, each in groups
        ]
        self._labels = Labels([each.label for each in listed])
        self._dice = [(each.places if len(each.slots) > 1 else None, each.faces) for each in listed]
        self._cuts = _cuts(listed)
        self._shifts = [each.shift for each in listed for _ in each.slots]
        self._bounds = [(each.lo, each.hi) for each in listed for _ in each.slots]
        self._last: tuple[object, Sequence[int]] = (None, ())

    def see(self, position: Position) -> Sequence[int]:
        """The estimates at *position*."""
        true: list[int] = []
        for delay, pick in self._picks:
            true += pick(delayed(position, delay))
        # What is said in a turn's talk changes no estimate, and so the last ones mostly serve again.
        drawn_from = (position.seed, position.step, true)
        if self._last[0] != drawn_from:
            draw = self._drawn if self._cuts is None else self._drawn_small
            self._last = (drawn_from, draw(turn_key(position.seed, position.step), true))
        return self._last[1]

    def _drawn_small(self, key: int, true: Sequence[int]) -> Sequence[int]:
        """As `_drawn`, where every number on the way fits into a byte: all are added in one addition."""
        drawn = zip(self._dice, self._labels.raws(key), strict=True)
        faces = b"".join(
            [
                _BYTES[(raw >> HIGH) * sides >> HIGH] if dice is None else dice.small_faces(raw, sides)
                for (dice, sides), raw in drawn
            ]
        )
        sums = int.from_bytes(faces, "little") + int.from_bytes(bytes(true), "little")
        all_sums = sums.to_bytes(len(faces), "little")
        return b"".join([all_sums[first:end].translate(table) for first, end, table in self._cuts or ()])

    def _drawn(self, key: int, true: Sequence[int]) -> Sequence[int]:
        faces: list[int] = []
        for (dice, sides), raw in zip(self._dice, self._labels.raws(key), strict=True):
            faces += ((raw >> HIGH) * sides >> HIGH,) if dice is None else dice.faces(raw, sides)
        sums = map(add, map(add, true, faces), self._shifts)
        return [
            lo if value < lo else hi if value > hi else value
            for value, (lo, hi) in zip(sums, self._bounds, strict=True)
        ]


def _cuts(estimates: Sequence[Estimate]) -> list[tuple[int, int, bytes]] | None:
    """
    Stretches of the estimates that are shifted and clamped alike, each with the table that does it.

    None if a sum of value and face could be no byte, from 0 to 255.
    """
    if any(each.lo < 0 or each.hi + each.faces - 1 > 255 for each in estimates):
        return None
    cuts: list[tuple[int, int, bytes]] = []
    first = 0
    for (lo, hi, shift), alike in groupby(estimates, key=lambda each: (each.lo, each.hi, each.shift)):
        end = first + sum(len(each.slots) for each in alike)
        cuts.append((first, end, bytes(min(max(sum_ + shift, lo), hi) for sum_ in range(256))))
        first = end
    return cuts


def _delay(estimate: Estimate) -> int:
    return estimate.delay


def _likeness(estimate: Estimate) -> tuple[int, ...]:
    """What puts the estimates into an order in which those treated alike are neighbours."""
    return estimate.delay, estimate.lo, estimate.hi, estimate.shift, estimate.faces


def _slots_of(variable: VariablePlan) -> tuple[range, range]:
    """The slots of its values, and those that note since when it has been true."""
    values = range(variable.slot, variable.slot + variable.width)
    since = variable.since
    return values, range(0) if since is None else range(since, since + variable.width)


def _picker(slots: Sequence[int]) -> Callable[[Sequence[int]], tuple[int, ...]]:
    """Picks *slots*, of which there is at least one, out of the values."""
    pick = itemgetter(*slots)
    return pick if len(slots) > 1 else lambda values: (pick(values),)
