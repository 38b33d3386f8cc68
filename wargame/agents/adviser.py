"""The adviser: what the doctrines of a role would consider now, asked from the role's own chair."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import frozen

from wargame.agents.base import Chair
from wargame.agents.deck import Card
from wargame.agents.scripted import scripted
from wargame.rules.orders import Order

__all__ = ["MOST", "Advice", "Voice", "advise"]

MOST = 3
"""Orders an adviser names; more would be no advice."""


@frozen
class Voice:
    """A temperament that would give an order, and why."""

    doctrine: str
    title: str
    reason: str
    """In words, with values as the role sees them."""


@frozen
class Advice:
    """One order worth considering."""

    order: Order
    voices: tuple[Voice, ...]
    """Who suggests it, at least one: who ranks it highest first, of equals in the scenario's order."""


@frozen
class _Thought:
    """What a temperament thinks of: the number of the order in its own ranking, from 0."""

    rank: int
    order: Order
    voice: Voice


def advise(chair: Chair, chosen: Sequence[Order] = ()) -> tuple[Advice, ...]:
    """
    At most three different orders, each of which may be given now beside those already *chosen*.

    What more of the role's doctrines put higher comes first. It depends on nothing but what the role sees,
    on no dice, and is empty where no doctrine knows anything to do, all orders of the turn are chosen, or the
    game is over.
    """
    doctrines = chair.kernel.scenario.doctrines.get(chair.role, {})
    thoughts = [thought for id in doctrines for thought in _thoughts(chair, id, chosen)]
    ways: dict[Order, list[_Thought]] = {}
    for thought in sorted(thoughts, key=lambda thought: thought.rank):
        ways.setdefault(thought.order, []).append(thought)
    # The sort keeps the doctrines' own sequence among equals, so the same chair always hears the same.
    ranked = sorted(ways.items(), key=lambda way: (way[1][0].rank, -len(way[1])))
    named: dict[str, Advice] = {}
    for order, agreed in ranked:
        # One way to give an order is enough: the others are the same advice for another place.
        named.setdefault(order.id, Advice(order, tuple(thought.voice for thought in agreed)))
    return tuple(named.values())[:MOST]


def _thoughts(chair: Chair, doctrine: str, chosen: Sequence[Order]) -> list[_Thought]:
    """The first orders *doctrine* would give, the heaviest first, none twice."""
    deck = scripted(chair.kernel, chair.role, doctrine).deck
    title = chair.kernel.scenario.doctrines[chair.role][doctrine].title
    seen = deck.sight.look(chair)
    found: dict[str, _Thought] = {}
    for card in deck.ranked(seen):
        given = _first_way(chair, card, seen, chosen)
        if given is not None and given[0].id not in found:
            order, here = given
            voice = Voice(doctrine, title, card.reason.told(seen, here))
            found[order.id] = _Thought(len(found), order, voice)
        if len(found) == MOST:
            break
    return list(found.values())


def _first_way(
    chair: Chair, card: Card, seen: list[int], chosen: Sequence[Order]
) -> tuple[Order, int] | None:
    """The best way to give the order of *card* beside those chosen, with the number of its place."""
    for given in card.candidates(seen):
        if chair.allows([*chosen, given.order]):
            return given.order, given.here
    return None
