"""The historical player: the recorded line of its role, as far as it is legal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from attrs import frozen

from wargame.agents.base import Chair, Choice, within
from wargame.rules.orders import Act, Order
from wargame.scenario.model import Scenario

REASON = "as it happened"


@frozen(eq=False)
class Historical:
    """Gives what its role gave in history on the same calendar turn."""

    line: Mapping[int, Sequence[Order]]
    """The orders by calendar turn, from 1."""

    def talk(self, chair: Chair) -> tuple[Act, ...]:
        return ()

    def choose(self, chair: Chair) -> tuple[Choice, ...]:
        wanted = [Choice(order, REASON) for order in self.line.get(chair.turn, ())]
        return within(chair, wanted)


def historical(scenario: Scenario, role: str) -> Historical:
    """The historical player of *role*; it gives nothing where the scenario records nothing."""
    turns = scenario.history.turns if scenario.history else {}
    line = {
        turn: tuple(Order(each.order, each.place, each.option) for each in given.get(role, ()))
        for turn, given in turns.items()
    }
    return Historical(line)
