"""Why a plan is chosen, in words: what each of its orders changed in continuations with and without it."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import frozen

from wargame.agents.base import Chair, Choice
from wargame.agents.plans import Plan
from wargame.agents.trials import Trials
from wargame.language.types import Number
from wargame.rules.kernel import Kernel
from wargame.rules.plan import VariablePlan
from wargame.rules.position import Position

__all__ = ["reasons"]


@frozen
class _Effect:
    """What one order did to one headline value at the end of the continuations."""

    title: str
    share: int
    """Percent of the continuations that moved the same way; 0 to 100."""

    by: int
    """Rounded mean of how much, in all of them; more than 0 for higher."""


def reasons(chair: Chair, trials: Trials, plan: Plan) -> tuple[Choice, ...]:
    """The orders of *plan*, each with what it changed against the same plan without it."""
    count = len(trials.worlds)
    scores, ends = trials.scores(plan, count), trials.ends(plan, count)
    found: list[Choice] = []
    for order in plan.orders:
        without = Plan(tuple(each for each in plan.orders if each != order), plan.then)
        gain = sum(scores) - sum(trials.scores(without, count))
        effect = _clearest(chair.kernel, chair.role, ends, trials.ends(without, count))
        found.append(Choice(order, _words(effect, _rounded(gain, count), count)))
    return tuple(found)


def _words(effect: _Effect | None, gain: int, count: int) -> str:
    score = f"my score {gain:+d}" if gain else "my score about the same"
    if effect is None:
        return f"moved no headline value in {count} continuations; {score}; part of the best set I found"
    way = "higher" if effect.by > 0 else "lower"
    return (
        f"{effect.title} ended {abs(effect.by)} {way}, in {effect.share} % of {count} continuations; {score}"
    )


def _clearest(
    kernel: Kernel, role: str, ends: Sequence[Position], without: Sequence[Position]
) -> _Effect | None:
    """The headline value the role sees that moved one way most often; of equals the one that moved more."""
    effects = [
        effect
        for variable in kernel.plan.variables.values()
        if _is_headline(variable, role)
        for effect in [_effect(variable, ends, without)]
        if effect is not None
    ]
    return max(effects, key=lambda effect: (effect.share, abs(effect.by)), default=None)


def _is_headline(variable: VariablePlan, role: str) -> bool:
    about = variable.about
    return about.headline and role in about.seen and isinstance(about.type, Number) and variable.width == 1


def _effect(variable: VariablePlan, ends: Sequence[Position], without: Sequence[Position]) -> _Effect | None:
    """What became of *variable*; None if it hardly moved in the mean."""
    moved = [
        one.values[variable.slot] - other.values[variable.slot]
        for one, other in zip(ends, without, strict=True)
    ]
    by = _rounded(sum(moved), len(moved))
    if not by:
        return None
    same = sum(each * by > 0 for each in moved)
    return _Effect(variable.about.title, same * 100 // len(moved), by)


def _rounded(total: int, count: int) -> int:
    """*total* by *count*, to the nearest whole number, halves away from 0."""
    nearest = (2 * abs(total) + count) // (2 * count)
    return nearest if total >= 0 else -nearest
