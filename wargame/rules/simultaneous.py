"""Orders of one phase worked out at the same time: each reads the start, and their changes meet by rule."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import evolve

from wargame.rules.facts import Cause, Change, Fact, OrderGiven
from wargame.rules.plan import Clash, Given, Plan
from wargame.rules.trace import Trace

__all__ = ["carry_out"]

LIMIT = Cause("limit")


def carry_out(plan: Plan, values: list[int], key: int, orders: Sequence[Given], trace: Trace | None) -> None:
    """Change *values* by what *orders* do; they come sorted by rank, none depends on another."""
    if trace is not None:
        _carry_out_traced(plan, values, key, orders, trace)
    elif len(orders) == 1:
        # Alone in its phase, an order may as well work on the values themselves.
        orders[0].plan.plain(values, key, orders[0].here, orders[0].option, {})
    else:
        _carry_out_together(plan, values, key, orders)
    step = values[1]
    for given in orders:
        values[given.plan.slot] = step


def _carry_out_together(plan: Plan, values: list[int], key: int, orders: Sequence[Given]) -> None:
    """Try each order out on the values, take note of what it changed, and put that back for the next."""
    found: dict[int, int] = {}
    crowded: list[int] = []
    for given in orders:
        held: dict[int, int] = {}
        given.plan.plain(values, key, given.here, given.option, held)
        for slot, old in held.items():
            new = values[slot]
            if new != old:
                values[slot] = old
                if slot in found:
                    found[slot] = _met(plan.slots[slot].clash, old, found[slot], new)
                    crowded.append(slot)
                else:
                    found[slot] = new
    for slot, value in found.items():
        values[slot] = value
    if crowded:
        _limit(plan, values, crowded)


def _met(clash: Clash, start: int, so_far: int, own: int) -> int:
    """A slot after one more order that would leave it at *own*, which is not where it started."""
    if clash == "add":
        return so_far + own - start
    if so_far == start:
        return own
    return max(so_far, own) if clash == "highest" else min(so_far, own)


def _add(
    plan: Plan, values: list[int], start: Sequence[int], own: Sequence[int], writes: Sequence[int]
) -> list[int]:
    """Bring one order's own result into the common one; returns the slots it changed."""
    changed = [slot for slot in writes if own[slot] != start[slot]]
    for slot in changed:
        values[slot] = _met(plan.slots[slot].clash, start[slot], values[slot], own[slot])
    return changed


def _limit(plan: Plan, values: list[int], changed: Sequence[int]) -> None:
    for slot in changed:
        about, value = plan.slots[slot], values[slot]
        values[slot] = about.lo if value < about.lo else about.hi if value > about.hi else value


def _carry_out_traced(plan: Plan, values: list[int], key: int, orders: Sequence[Given], trace: Trace) -> None:
    start = values[:]
    changed: list[int] = []
    told: list[tuple[Given, list[Fact], list[int]]] = []
    for given in orders:
        own, part, rule = start[:], Trace(plan, trace.fixed), given.plan.rule
        if rule is not None:
            part.begin(rule, given.cause)
            rule.traced(own, key, given.here, given.option, part)
            changed += _add(plan, values, start, own, rule.writes)
        told.append((given, part.facts, own))
        trace.thrown += part.thrown
    sums = values[:]
    _limit(plan, values, changed)
    running = start[:]
    for given, facts, own in told:
        trace.facts.append(OrderGiven(given.plan.role, given.order))
        trace.facts += _told_in_turn(plan, facts, running, own, values)
    trace.facts += [
        _change(plan, slot, sums[slot], values[slot], LIMIT)
        for slot in range(len(values))
        if sums[slot] != values[slot]
    ]


def _told_in_turn(
    plan: Plan, facts: Sequence[Fact], running: list[int], own: Sequence[int], final: Sequence[int]
) -> list[Fact]:
    """An order's facts, its changes starting from where those told before have left the values."""
    told: list[Fact] = []
    for fact in facts:
        if not isinstance(fact, Change):
            told.append(fact)
            continue
        slot = _slot_of(plan, fact)
        if plan.slots[slot].clash == "add":
            before = running[slot]
            running[slot] = before + fact.by
            told.append(evolve(fact, before=before, after=running[slot]))
        elif running[slot] != final[slot] == own[slot]:
            # Of several settings of one flag or choice only the one that prevails is a fact.
            told.append(_change(plan, slot, running[slot], final[slot], fact.cause))
            running[slot] = final[slot]
    return told


def _slot_of(plan: Plan, change: Change) -> int:
    first = plan.variables[change.variable].slot
    return first if change.place is None else first + plan.places.index(change.place)


def _change(plan: Plan, slot: int, before: int, after: int, cause: Cause) -> Change:
    about = plan.slots[slot]
    assert about.variable is not None
    place = None if about.place is None else plan.places[about.place]
    return Change(about.variable, place, before, after, after - before, cause)
