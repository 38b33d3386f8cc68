"""What must hold of every position of every game, however strangely it is played."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from attrs import frozen

from wargame.agents.draws import Draws
from wargame.rules.facts import Fact, Refused
from wargame.rules.kernel import Kernel
from wargame.rules.plan import Plan
from wargame.rules.position import Position

__all__ = ["ORACLES", "Moment", "broken"]


@frozen(eq=False)
class Moment:
    """One adjudication: the position before it with the orders of all roles, and what came of it."""

    kernel: Kernel
    before: Position
    after: Position
    facts: tuple[Fact, ...]
    plain: Position
    """The position that the plain flavour comes to from the same orders."""

    draws: Draws
    """Decides what is looked at where looking at everything takes too long."""


Oracle = Callable[[Moment], Iterator[str]]


def broken(moment: Moment) -> Iterator[tuple[str, str]]:
    """The name of every oracle that does not hold, with what is wrong in one sentence."""
    for name, oracle in ORACLES.items():
        for fault in oracle(moment):
            yield name, fault
            break


def _ranges(moment: Moment) -> Iterator[str]:
    """Every value lies in its range."""
    for slot, value in zip(moment.kernel.plan.slots, moment.after.values, strict=True):
        if not slot.lo <= value <= slot.hi:
            yield f"{slot.variable} is {value}, outside {slot.lo} to {slot.hi}"


def _refused(moment: Moment) -> Iterator[str]:
    """What the list of legal orders offers is not refused afterwards."""
    for fact in moment.facts:
        if isinstance(fact, Refused):
            yield f"an order from the legal list was refused: {moment.kernel.explain(fact)}"


def _flavours(moment: Moment) -> Iterator[str]:
    """The plain flavour, which plays batches, comes to the same position as the one that explains."""
    if moment.plain.digest() != moment.after.digest():
        yield "the plain flavour comes to another position than the one that explains itself"


def _onward(moment: Moment) -> Iterator[str]:
    """Every turn is followed by the next one, or ends the game; the last one ends it."""
    before, after = moment.before, moment.after
    calendar = moment.kernel.plan.calendars[before.length]
    if after.is_over:
        if after.step != before.step:
            yield f"the game ended in step {after.step} while step {before.step} was played"
    elif after.step != before.step + 1:
        yield f"step {before.step} was followed by step {after.step}"
    elif after.step > len(calendar):
        yield f"the game went on beyond its {len(calendar)} turns"


def _scores(moment: Moment) -> Iterator[str]:
    """Every scorecard comes to 0 to 100 points."""
    for role in moment.kernel.plan.roles:
        points = moment.kernel.total(moment.after, role)
        if not 0 <= points <= 100:
            yield f"the score of {role} is {points}, outside 0 to 100"


def _words(moment: Moment) -> Iterator[str]:
    """Every fact can be told in words."""
    for fact in moment.facts:
        if not moment.kernel.explain(fact).strip():
            yield f"a {type(fact).__name__} fact has no words"


def _menus(moment: Moment) -> Iterator[str]:
    """One role's list of orders says of each that it can be given exactly if it is legal."""
    kernel, role = moment.kernel, _one(moment.kernel.plan.roles, moment.draws)
    legal = {order.id for order in kernel.legal(moment.after, role)}
    offered = {entry.id for entry in kernel.menu(moment.after, role) if entry.why_not is None}
    if legal != offered and not moment.after.is_over:
        yield f"the list of {role} and its legal orders differ in {', '.join(sorted(legal ^ offered))}"


def _views(moment: Moment) -> Iterator[str]:
    """What a role is shown and may do does not depend on what it may not know."""
    kernel, role = moment.kernel, _one(moment.kernel.plan.roles, moment.draws)
    position = moment.after
    other = disguised(kernel.plan, position, role, moment.draws)
    for name, look in _LOOKS.items():
        if look(kernel, position, role, moment.facts) != look(kernel, other, role, moment.facts):
            yield f"{name} of {role} changes with values that {role} may not know"


_LOOKS: dict[str, Callable[[Kernel, Position, str, Sequence[Fact]], object]] = {
    "the view": lambda kernel, position, role, facts: kernel.view(position, role, facts),
    "the list of orders": lambda kernel, position, role, facts: kernel.menu(position, role),
    "the legal orders": lambda kernel, position, role, facts: kernel.legal(position, role),
}


def disguised(plan: Plan, position: Position, role: str, draws: Draws) -> Position:
    """*position* with other values wherever *role* sees nothing, now and in the past."""
    hidden = [
        slot
        for variable in plan.variables.values()
        if role not in variable.about.seen
        for slot in range(variable.slot, variable.slot + variable.width)
    ]
    hidden += [slot for other, slot in plan.agenda_slots.items() if other != role]

    def changed(values: Sequence[int]) -> tuple[int, ...]:
        new = list(values)
        for slot in hidden:
            about = plan.slots[slot]
            new[slot] = about.lo + draws.below(about.hi - about.lo + 1)
        return tuple(new)

    past = tuple(changed(row) for row in position.past)
    return Position(
        position.seed,
        position.step,
        changed(position.values),
        past,
        position.ending,
        position.news,
        position.length,
    )


def _one(roles: Sequence[str], draws: Draws) -> str:
    return roles[draws.below(len(roles))]


ORACLES: dict[str, Oracle] = {
    "ranges": _ranges,
    "refused": _refused,
    "flavours": _flavours,
    "onward": _onward,
    "scores": _scores,
    "words": _words,
    "menus": _menus,
    "views": _views,
}
"""Every oracle by its name."""
