"""Plans played on in imagined worlds, all with the same dice, so that they differ by what was decided."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeVar

from attrs import define, field, frozen

from wargame.agents.base import Agent, Chair, Choice
from wargame.agents.imagining import World
from wargame.agents.plans import Plan, Speech
from wargame.agents.playing import play_on
from wargame.rules.kernel import Kernel
from wargame.rules.orders import Act, Answer
from wargame.rules.position import Position

__all__ = ["Trials", "beats"]

Tried = TypeVar("Tried", bound=Plan | Speech)


@define(eq=False)
class Trials:
    """What came of each plan in each world; nothing is played twice."""

    kernel: Kernel
    role: str
    worlds: Sequence[World]
    played: int = field(init=False, default=0)
    """How many continuations were played to their end so far."""

    _ends: dict[Plan | Speech, list[Position]] = field(init=False, factory=dict)
    _scores: dict[Plan | Speech, list[int]] = field(init=False, factory=dict)

    def scores(self, plan: Plan | Speech, count: int) -> list[int]:
        """What *plan* came to for the role, 0 to 100, in each of the first *count* worlds."""
        scores, ends = self._scores.setdefault(plan, []), self._ends.setdefault(plan, [])
        for world in self.worlds[len(scores) : count]:
            end = self._end(plan, world)
            ends.append(end)
            scores.append(self.kernel.total(end, self.role))
            self.played += 1
        return scores[:count]

    def ends(self, plan: Plan | Speech, count: int) -> list[Position]:
        """How the game ended after *plan* in each of the first *count* worlds."""
        self.scores(plan, count)
        return self._ends[plan][:count]

    def race(self, plans: Sequence[Tried], playouts: int) -> Tried:
        """
        The best of *plans*, of which there is at least one, found with about *playouts* continuations.

        Half of the plans drops out each round, and those left share its continuations: in more worlds, all
        in the same ones. Of equals the first stays.
        """
        rounds = max(len(plans) - 1, 1).bit_length()
        left, count = list(plans), 0
        while len(left) > 1:
            count = min(count + max(playouts // rounds // len(left), 1), len(self.worlds))
            left.sort(key=lambda plan: -sum(self.scores(plan, count)))
            del left[(len(left) + 1) // 2 :]
        return left[0]

    def _end(self, plan: Plan | Speech, world: World) -> Position:
        if isinstance(plan, Plan):
            position = self.kernel.play(world.position, [*plan.orders, *world.opening])
            return play_on(self.kernel, position, self._seats(world, plan.then))
        speaker = _Speaker(plan.acts, world.position.step, plan.then)
        return play_on(self.kernel, world.position, self._seats(world, speaker))

    def _seats(self, world: World, own: Agent) -> Mapping[str, Agent]:
        # In the scenario's order, in which they speak.
        return {role: world.others.get(role, own) for role in self.kernel.scenario.roles}


def beats(scores: Sequence[int], others: Sequence[int]) -> bool:
    """
    Whether *scores* are above *others*, world by world, by more than one standard error of the difference.

    In whole numbers: with n differences d that is (sum d)^2 > sum d^2, up to a term that shrinks with n.
    """
    differences = [one - other for one, other in zip(scores, others, strict=True)]
    total = sum(differences)
    return total > 0 and total * total > sum(each * each for each in differences)


@frozen(eq=False)
class _Speaker:
    """Says in one turn what is to be tried, and answers what else comes up; then another plays on."""

    acts: tuple[Act, ...]
    step: int
    then: Agent

    def talk(self, chair: Chair) -> tuple[Act, ...]:
        acts = self.then.talk(chair)
        if chair.step != self.step:
            return acts
        possible = chair.acts()
        said = [act for act in self.acts if act in possible]
        answered = {act.agreement for act in said if isinstance(act, Answer)}
        more = [act for act in acts if isinstance(act, Answer) and act.agreement not in answered]
        return (*said, *more)

    def choose(self, chair: Chair) -> tuple[Choice, ...]:
        return self.then.choose(chair)
