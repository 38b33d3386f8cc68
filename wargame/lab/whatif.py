"""
What an order is worth: the same game twice from one turn on, with the order and without it.

At a moment where the order could be given, the role's player is asked for its orders as if that order were
not there; that is the game without. In the game with, the order stands before them, and what then has no room
or no money is left out. Everything else, dice included, is the same in both, to the end.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from attrs import frozen

from wargame.agents.base import Agent, Chair, Choice, within
from wargame.agents.talk import talk_round
from wargame.lab.census import Moment
from wargame.lab.lineup import agents_of, players_of
from wargame.lab.match import undisturbed
from wargame.rules.dice import raw, turn_key
from wargame.rules.kernel import Kernel
from wargame.rules.orders import Order
from wargame.rules.position import Position

__all__ = ["Weighed", "Worth"]


@frozen
class Worth:
    """What giving an order once came to."""

    order: str
    option: str
    """Empty if it has none."""

    kind: str
    """The kind of moment; see `wargame.lab.census`."""

    third: int
    """Which third of the turns the moment lies in: 0, 1 or 2."""

    gain: int
    """The role's score with it less the score without, -100 to 100."""

    new_ending: bool
    """Whether the game ended otherwise."""


@frozen
class Weighed:
    """Moments at which orders are weighed; it holds only values, so that it travels between processes."""

    named: Mapping[str, str]
    length: str

    def __call__(self, kernel: Kernel, moments: Sequence[tuple[str, Moment]]) -> list[Worth]:
        """The worth of each of *moments* (kind and moment), in their order."""
        by_seed: dict[int, dict[int, list[int]]] = {}
        for number, (_, moment) in enumerate(moments):
            by_seed.setdefault(moment.seed, {}).setdefault(moment.step, []).append(number)
        found: dict[int, Worth] = {}
        with undisturbed():
            for seed, by_step in by_seed.items():
                game = _Game(kernel, agents_of(kernel, players_of(kernel, self.named, seed)))
                position, _ = kernel.start(seed, self.length, traced=False)
                for step in range(1, max(by_step) + 1):
                    position, chairs = talk_round(kernel, position, game.agents)
                    given = game.orders(chairs)
                    for number in by_step.get(step, ()):
                        kind, moment = moments[number]
                        found[number] = game.weigh(position, chairs, given, (kind, moment))
                    position = kernel.play(position, [order for each in given.values() for order in each])
        return [found[number] for number in range(len(moments))]


class _Wider(Chair):
    """A chair at which one order more may be given, to learn what stands next on its player's list."""

    @property
    def limit(self) -> int:
        return super().limit + 1


@frozen(eq=False)
class _Game:
    kernel: Kernel
    agents: Mapping[str, Agent]

    def orders(self, chairs: Mapping[str, Chair]) -> dict[str, list[Order]]:
        """What every role gives."""
        return {
            role: [each.order for each in agent.choose(chairs[role])] for role, agent in self.agents.items()
        }

    def weigh(
        self,
        position: Position,
        chairs: Mapping[str, Chair],
        given: Mapping[str, list[Order]],
        asked: tuple[str, Moment],
    ) -> Worth:
        """The worth of the order that *asked* (kind and moment) names; *position* is that after the talk."""
        kind, moment = asked
        role, chair = moment.role, chairs[moment.role]
        order = self._way(position, given[role], moment)
        without = self._without(position, chair, given[role], moment.order)
        with_it = [each.order for each in within(chair, [Choice(order), *map(Choice, without)])]
        others = [each for name, orders in given.items() if name != role for each in orders]
        ends = [self._finish(self.kernel.play(position, [*others, *own])) for own in (with_it, without)]
        turns = len(self.kernel.plan.calendars[position.length])
        return Worth(
            order=order.id,
            option=order.option or "",
            kind=kind,
            third=3 * (moment.step - 1) // turns,
            gain=self.kernel.total(ends[0], role) - self.kernel.total(ends[1], role),
            new_ending=ends[0].ending != ends[1].ending,
        )

    def _way(self, position: Position, given: Sequence[Order], moment: Moment) -> Order:
        """The target and option the player chose for the order, or ones drawn from all that are legal."""
        for order in given:
            if order.id == moment.order:
                return order
        ways = self.kernel.ways(position, moment.order)
        return ways[raw(turn_key(position.seed, position.step), -moment.lot) * len(ways) >> 64]

    def _without(self, position: Position, chair: Chair, given: Sequence[Order], order: str) -> list[Order]:
        if all(each.id != order for each in given):
            return list(given)
        wider = _Wider(self.kernel, position, chair.role, explains=False, notes=dict(chair.notes))
        rest = [choice for choice in self.agents[chair.role].choose(wider) if choice.order.id != order]
        return [choice.order for choice in within(chair, rest)]

    def _finish(self, position: Position) -> Position:
        while position.ending is None:
            position, chairs = talk_round(self.kernel, position, self.agents)
            orders = [order for each in self.orders(chairs).values() for order in each]
            position = self.kernel.play(position, orders)
        return position
