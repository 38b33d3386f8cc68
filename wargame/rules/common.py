"""What everybody at the table knows: the rules with one more reader, who sees what all the roles see."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from attrs import evolve

from wargame.rules.facts import Fact, Told
from wargame.rules.perceive import Eyes
from wargame.rules.plan import Plan
from wargame.rules.position import Position
from wargame.rules.view import View, view
from wargame.scenario.model import EVERYBODY, Event, Role, Scenario, Sight, Variable

__all__ = ["Common"]

T = TypeVar("T", bound=Fact)


class Common:
    """The common knowledge of a scenario's roles; its reader is called `all`, as no role can be."""

    def __init__(self, plan: Plan) -> None:
        self._roles = frozenset(plan.roles)
        self.plan = evolve(
            plan,
            scenario=self._scenario(plan.scenario),
            variables={
                id: evolve(each, about=self._variable(each.about)) for id, each in plan.variables.items()
            },
            derived={
                id: evolve(each, seen=self._and_all(each.exact), exact=self._and_all(each.exact))
                for id, each in plan.derived.items()
            },
            orders={id: evolve(each, known=self._and_all(each.known)) for id, each in plan.orders.items()},
        )
        self._eyes = Eyes(self.plan, EVERYBODY)

    def view(self, position: Position, facts: Iterable[Fact] = ()) -> View:
        """What every role knows of *position* and of the last adjudication's *facts*."""
        shared = evolve(position, news=tuple(self._to_all(told) for told in position.news))
        return view(self.plan, self._eyes, shared, tuple(self._to_all(fact) for fact in facts))

    def _and_all(self, roles: frozenset[str]) -> frozenset[str]:
        return roles | {EVERYBODY} if self._roles <= roles else roles

    def _to_all(self, fact: T) -> T:
        if isinstance(fact, Told) and self._roles <= set(fact.to):
            return evolve(fact, to=(*fact.to, EVERYBODY))
        return fact

    def _scenario(self, scenario: Scenario) -> Scenario:
        everybody = Role(EVERYBODY, "Everybody", "All", orders=0, playable=False)
        return evolve(
            scenario,
            roles={**scenario.roles, EVERYBODY: everybody},
            events={id: self._event(event) for id, event in scenario.events.items()},
        )

    def _event(self, event: Event) -> Event:
        return evolve(event, to=(*event.to, EVERYBODY)) if self._roles <= set(event.to) else event

    def _variable(self, variable: Variable) -> Variable:
        sights = [variable.seen.get(role) for role in self._roles]
        true = [sight for sight in sights if sight is not None and sight.error == sight.bias == 0]
        if len(true) < len(sights):
            return variable
        # Who hears of it last knows it as late as everybody does.
        latest = max(sight.delay for sight in true)
        return evolve(variable, seen={**variable.seen, EVERYBODY: Sight(delay=latest)})
