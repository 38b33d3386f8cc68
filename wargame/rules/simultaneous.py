"""Orders of one phase worked out at the same time: each reads the start, and their changes meet by rule."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import evolve

from wargame.rules.facts import Cause, Change, Fact, OrderGiven
from wargame.rules.plan import Given, Plan
from wargame.rules.trace import Trace

__all__ = ["carry_out"]

LIMIT = Cause("limit")


def carry_out(plan: Plan, values: list[int], key: int, orders: Sequence[Given], trace: Trace | None) -> None:
    """Change *values* by what *orders* do; they come sorted by rank, none depends on another."""
    if trace is not None:
        _carry_out_traced(plan, values, key, orders, trace)
    elif len(orders) == 1:
        # Alone in its phase, an order may as well work on the values themselves.
        orders[0].plan.plain(values, key, orders[0].here, orders[0].option)
    else:
        start, own = values[:], values[:]
        touched: list[int] = []
        for given in orders:
            given.plan.plain(own, key, given.here, given.option)
            changed = _add(plan, values, start, own, given.plan.writes)
            for slot in changed:
                own[slot] = start[slot]
            touched += changed
        _limit(plan, values, touched)
    step = values[1]
    for given in orders:
        values[given.plan.slot] = step


def _add(
    plan: Plan, values: list[int], start: Sequence[int], own: Sequence[int], writes: Sequence[int]
) -> list[int]:
    """Bring one order's own result into the common one; returns the slots it changed."""
    changed = [slot for slot in writes if own[slot] != start[slot]]
    slots = plan.slots
    for slot in changed:
        clash = slots[slot].clash
        if clash == "add":
            values[slot] += own[slot] - start[slot]
        elif values[slot] == start[slot]:
            values[slot] = own[slot]
        else:
            values[slot] = (max if clash == "highest" else min)(values[slot], own[slot])
    return changed


def _limit(plan: Plan, values: list[int], changed: Sequence[int]) -> None:
    slots = plan.slots
    for slot in changed:
        about, value = slots[slot], values[slot]
        if value < about.lo:
            values[slot] = about.lo
        elif value > about.hi:
            values[slot] = about.hi


def _carry_out_traced(plan: Plan, values: list[int], key: int, orders: Sequence[Given], trace: Trace) -> None:
    start = values[:]
    changed: list[int] = []
    told: list[tuple[Given, list[Fact], list[int]]] = []
    for given in orders:
        own, part, rule = start[:], Trace(plan), given.plan.rule
        if rule is not None:
            part.begin(rule, given.cause)
            rule.traced(own, key, given.here, given.option, part)
        changed += _add(plan, values, start, own, given.plan.writes)
        told.append((given, part.facts, own))
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
