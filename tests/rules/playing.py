"""Random legal play and twin positions, for the properties of the rules."""

from __future__ import annotations

from functools import cache
from random import Random

from attrs import evolve

from tests.rules import toys
from wargame.rules import CONTROL, Kernel, Order, Position
from wargame.rules.facts import Fact
from wargame.rules.perceive import Eyes
from wargame.scenario.book import check
from wargame.scenario.library import load, shipped

SCENARIOS = ["harbour", *shipped()]


@cache
def kernel(name: str) -> Kernel:
    """The kernel of the toy or of a shipped scenario."""
    return toys.kernel() if name == "harbour" else Kernel(check(load(name)))


def some_orders(kernel: Kernel, position: Position, role: str, random: Random) -> list[Order]:
    """A random set of orders the role may give together."""
    chosen: list[Order] = []
    legal = list(kernel.legal(position, role))
    random.shuffle(legal)
    for order in legal[:12]:
        if random.random() < 0.7 and kernel.allows(position, role, [*chosen, order]):
            chosen.append(order)
    return chosen


def all_orders(kernel: Kernel, position: Position, random: Random) -> dict[str, list[Order]]:
    return {role: some_orders(kernel, position, role, random) for role in kernel.plan.roles}


def some_talk(kernel: Kernel, position: Position, random: Random) -> Position:
    """The position after a few random acts."""
    for role in kernel.plan.roles:
        acts = kernel.acts(position, role)
        if acts and random.random() < 0.6:
            position = kernel.talk(position, role, random.choice(acts))
    return position


def played(
    kernel: Kernel, random: Random, turns: int, length: str = "full"
) -> tuple[Position, tuple[Fact, ...]]:
    """A position some turns into a random game, and the facts that led to it."""
    position, facts = kernel.start(random.randrange(2**64), length)
    for _ in range(turns):
        if position.is_over:
            break
        position = some_talk(kernel, position, random)
        position, facts = kernel.adjudicate(position, all_orders(kernel, position, random))
    return some_talk(kernel, position, random), facts


def twin(kernel: Kernel, position: Position, role: str, random: Random) -> Position:
    """A position that differs wherever the role cannot see a difference."""
    past = [_altered(kernel, values, role, random) for values in position.past]
    other = evolve(
        position, past=tuple(past), values=_altered(kernel, position.values, role, random), news=position.news
    )
    return _blurred(kernel, other, role, random)


def _altered(kernel: Kernel, values: tuple[int, ...], role: str, random: Random) -> tuple[int, ...]:
    plan = kernel.plan
    other = list(values)
    notes = _own_notes(kernel, role)
    for slot in range(2, len(values)):
        about = plan.slots[slot]
        if about.variable is None:
            if slot not in notes:
                other[slot] = _any_note(kernel, slot, values[1], random)
        elif role not in plan.variables[about.variable].about.seen:
            other[slot] = random.randint(about.lo, about.hi)
    return tuple(other)


def _own_notes(kernel: Kernel, role: str) -> set[int]:
    """The engine's own slots that hold what the role may know."""
    plan, layout = kernel.plan, kernel.book.layout
    notes = {order.slot for order in plan.orders.values() if role in order.known}
    for variable in plan.variables.values():
        if variable.since is not None and role in variable.about.seen:
            notes |= set(range(variable.since, variable.since + variable.width))
    for agreement in plan.agreements.values():
        if role in plan.variables[agreement.id].about.seen:
            notes |= {agreement.offered_by, agreement.agreed}
    for promise in plan.promises.values():
        if role in plan.variables[promise.id].about.seen:
            notes.add(promise.given)
    notes |= {layout.agendas[role]} if role in layout.agendas else set()
    return notes | {line.slot for line in plan.red_lines.get(role, ())}


def _any_note(kernel: Kernel, slot: int, step: int, random: Random) -> int:
    for role, agenda in kernel.plan.agenda_slots.items():
        if slot == agenda:
            return random.randrange(len(kernel.plan.agendas[role]))
    for agreement in kernel.plan.agreements.values():
        if slot in (agreement.offered_by, agreement.agreed):
            return random.randint(0, 1)
    return random.randint(0, step)


def _blurred(kernel: Kernel, position: Position, role: str, random: Random) -> Position:
    """Values seen late or with an error, changed where the role's picture stays the same."""
    plan = kernel.plan
    for variable in plan.variables.values():
        sight = variable.about.seen.get(role)
        if sight is None or sight.is_exact:
            continue
        for slot in range(variable.slot, variable.slot + variable.width):
            values = list(position.values)
            values[slot] = random.randint(*variable.about.range)
            other = evolve(position, values=tuple(values))
            if _pictures(kernel, other, role) == _pictures(kernel, position, role):
                position = other
    return position


def _pictures(kernel: Kernel, position: Position, role: str) -> list[int]:
    return Eyes(kernel.plan, role).see(position)


def everything_shown(kernel: Kernel, position: Position, role: str, facts: tuple[Fact, ...]) -> str:
    """All a role is ever shown, as text whose every byte counts."""
    return repr(
        (
            kernel.view(position, role, facts),
            kernel.menu(position, role),
            kernel.legal(position, role),
            kernel.acts(position, role),
            kernel.perceive(position, role),
        )
    )


def is_sound(kernel: Kernel, position: Position) -> None:
    """Asserts what holds in every position."""
    plan = kernel.plan
    for slot, value in enumerate(position.values):
        about = plan.slots[slot]
        assert about.lo <= value <= about.hi, (about.variable, about.place, value)
    assert position.values[0] == position.turn in plan.calendars[position.length]
    assert position.values[1] == position.step
    assert len(position.past) == position.step - (not position.is_over)
    assert kernel.view(position, CONTROL).ending == position.ending
