"""What a planner might do in a turn: sets of orders, each with a way of playing on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

from attrs import frozen

from wargame.agents.base import Agent, Chair
from wargame.agents.draws import Draws
from wargame.rules.orders import Act, Answer, Order

__all__ = ["Plan", "Speech", "plans", "speeches"]

Item = TypeVar("Item")


@frozen
class Plan:
    """Orders for this turn, and who plays the role from the next one on."""

    orders: tuple[Order, ...]
    then: Agent


@frozen
class Speech:
    """What is said in this turn's talk, and who plays the role from then on."""

    acts: tuple[Act, ...]
    then: Agent


def plans(chair: Chair, ways: Sequence[Agent], best: Agent, most: int) -> tuple[Plan, ...]:
    """
    At most *most* plans, no two alike, the first what *best* would order itself.

    Then come what the others of *ways* would order, nothing at all, and the first one with an order left out,
    added or exchanged; orders drawn at random are the rest. *best* plays on after each.
    """
    found: dict[frozenset[Order], tuple[Order, ...]] = {}
    for orders in _sets(chair, ways, best, most):
        found.setdefault(frozenset(orders), orders)
        if len(found) == most:
            break
    return tuple(Plan(orders, best) for orders in found.values())


def _sets(chair: Chair, ways: Sequence[Agent], best: Agent, most: int) -> Iterator[tuple[Order, ...]]:
    base = _ordered(chair, best)
    yield base
    for way in ways:
        yield _ordered(chair, way)
    yield ()
    draws = Draws(chair.die("planner.plans"))
    legal = list(chair.legal())
    near = [tuple(order for order in base if order != each) for each in base]
    near += [_fitting(chair, (each, *base)) for each in legal]
    near += [_fitting(chair, (each, *reversed(base))) for each in legal]
    yield from shuffled(near, draws)
    for _ in range(most):
        yield _fitting(chair, shuffled(legal, draws))


def _ordered(chair: Chair, agent: Agent) -> tuple[Order, ...]:
    return tuple(choice.order for choice in agent.choose(chair))


def _fitting(chair: Chair, wanted: Iterable[Order]) -> tuple[Order, ...]:
    """The first of *wanted* that may be given together, up to the limit."""
    taken: list[Order] = []
    for order in wanted:
        if len(taken) == chair.limit:
            break
        if order not in taken and chair.allows([*taken, order]):
            taken.append(order)
    return tuple(taken)


def speeches(chair: Chair, best: Agent, most: int) -> tuple[Speech, ...]:
    """
    At most *most* things to say now, no two alike, the first what *best* would say itself.

    The others say one thing more, leave one out, or give the other answer to an offer.
    """
    base, possible = best.talk(chair), chair.acts()
    options = [base, *(tuple(act for act in base if act != each) for each in base)]
    for act in possible:
        if act not in base:
            options.append((*(each for each in base if not _contrary(each, act)), act))
    return tuple(Speech(acts, best) for acts in list(dict.fromkeys(options))[:most])


def _contrary(one: Act, other: Act) -> bool:
    return isinstance(one, Answer) and isinstance(other, Answer) and one.agreement == other.agreement


def shuffled(items: Sequence[Item], draws: Draws) -> list[Item]:
    """*items* in an order that *draws* decides."""
    found = list(items)
    for last in range(len(found) - 1, 0, -1):
        other = draws.below(last + 1)
        found[last], found[other] = found[other], found[last]
    return found
