"""A position a role can believe in: an imagined game, corrected by all that it knows of the real one."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from wargame.language.types import Number
from wargame.rules.perceive import Estimate, delayed
from wargame.rules.plan import Plan, VariablePlan
from wargame.rules.position import Position

__all__ = ["Ken"]

Draw = Callable[[int], int]
"""A number from 0 to one less than its argument."""


class Ken:
    """What one role knows for certain, what it knows late, and how wide its estimates are."""

    def __init__(self, plan: Plan, role: str) -> None:
        self._role = role
        exact: set[int] = {0, 1}
        self._late: list[tuple[VariablePlan, int]] = []
        self._estimates: list[Estimate] = []
        for variable in plan.variables.values():
            sight = variable.about.seen.get(role)
            if sight is None:
                continue
            if sight.is_exact:
                exact.update(_slots(variable))
            elif sight.error == sight.bias == 0:
                self._late.append((variable, sight.delay))
            else:
                self._estimates.append(Estimate(variable, role, sight))
        self._notes = _notes(plan, role)
        self._exact = sorted(exact | self._notes)
        self._orders = [order for order in plan.orders.values() if role in order.known]
        self._bounds = {slot: (about.lo, about.hi) for slot, about in enumerate(plan.slots)}

    def carried_out(self, position: Position) -> tuple[frozenset[str], ...]:
        """The ids of the orders carried out in each earlier turn, as far as the role learned of them."""
        rows = [*position.past[1:], position.values][: position.step - 1]
        return tuple(
            frozenset(order.id for order in self._orders if row[order.slot] == step)
            for step, row in enumerate(rows, 1)
        )

    def believed(self, position: Position, imagined: Position, seen: list[int], draw: Draw) -> Position:
        """
        *imagined* at the turn of *position*, corrected by what the role knows of *position*.

        *seen* is what the role sees there now. What it sees exactly is put in; what it sees late has moved
        since as it did in the imagined game; an estimate stays as imagined if that is within its error, and
        is drawn within it if not. All else, every secret and the seed of the dice, is the imagined game's.
        """
        step = position.step
        rows = [list(row) for row in (*imagined.past[: step - 1], imagined.values)]
        rows += [rows[-1][:] for _ in range(step - len(rows))]
        for row, true in zip(rows, (*position.past[: step - 1], position.values), strict=True):
            for slot in self._exact:
                row[slot] = true[slot]
        for variable, delay in self._late:
            self._put_late(variable, delay, position, rows)
        for estimate in self._estimates:
            self._put_estimate(estimate, seen, rows, draw)
        *past, now = (tuple(row) for row in rows)
        return Position(imagined.seed, step, now, tuple(past), None, (), position.length)

    def _put_late(
        self, variable: VariablePlan, delay: int, position: Position, rows: list[list[int]]
    ) -> None:
        """Rows old enough to be known are put in, and the younger ones follow on from the last of them."""
        known = max(len(rows) - 1 - delay, 0)
        true = (*position.past[:known], delayed(position, delay))
        numeric = isinstance(variable.about.type, Number)
        for slot in _slots(variable):
            before = rows[known][slot]
            lo, hi = self._bounds[slot]
            for age, row in enumerate(rows):
                if age <= known:
                    row[slot] = true[age][slot]
                else:
                    moved = row[slot] - before if numeric else 0
                    row[slot] = min(max(true[known][slot] + moved, lo), hi)

    def _put_estimate(self, estimate: Estimate, seen: list[int], rows: list[list[int]], draw: Draw) -> None:
        known, now = max(len(rows) - 1 - estimate.delay, 0), len(rows) - 1
        for slot in estimate.slots:
            lo, hi = _band(estimate, seen[slot])
            imagined = rows[known][slot]
            # Drawn in any case, so that one value's band does not change the dice of the next.
            drawn = lo + draw(hi - lo + 1)
            true = imagined if lo <= imagined <= hi else drawn
            for row in rows[known : now + 1]:
                row[slot] = min(max(row[slot] + true - imagined, estimate.lo), estimate.hi)


def _band(estimate: Estimate, seen: int) -> tuple[int, int]:
    """The lowest and highest true value that could have been seen as *seen*."""
    highest = estimate.hi if seen == estimate.hi else seen - estimate.shift
    lowest = estimate.lo if seen == estimate.lo else seen - estimate.shift - estimate.faces + 1
    return max(lowest, estimate.lo), min(highest, estimate.hi)


def _slots(variable: VariablePlan) -> Iterable[int]:
    """Those of its values, and of since when it has been true."""
    yield from range(variable.slot, variable.slot + variable.width)
    if variable.since is not None:
        yield from range(variable.since, variable.since + variable.width)


def _notes(plan: Plan, role: str) -> set[int]:
    """The engine's own slots that hold what the role was told or did itself."""
    notes = {order.slot for order in plan.orders.values() if role in order.known}
    for agreement in plan.agreements.values():
        if role in plan.variables[agreement.id].about.seen:
            notes |= {agreement.offered_by, agreement.agreed}
    for promise in plan.promises.values():
        if role in plan.variables[promise.id].about.seen:
            notes.add(promise.given)
    if role in plan.agenda_slots:
        notes.add(plan.agenda_slots[role])
    events = (*plan.brief, *(event for phase in plan.phases for event in phase.events))
    notes |= {event.slot for event in events if role in event.about.to}
    return notes | {line.slot for line in plan.red_lines.get(role, ())}
