"""Why a plan is chosen, in words: what each of its orders changed in continuations with and without it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from attrs import frozen

from wargame.agents.base import Chair, Choice
from wargame.agents.plans import Plan
from wargame.agents.trials import Trials
from wargame.language.types import Number
from wargame.rules.kernel import Kernel
from wargame.rules.orders import Order
from wargame.rules.position import Position

__all__ = ["reasons"]


@frozen
class _Effect:
    """What one order did to one figure at the end of the continuations."""

    title: str
    share: int
    """Percent of the continuations that moved the same way; 0 to 100."""

    by: int
    """Rounded mean of how much, in all of them; more than 0 for higher."""


def reasons(chair: Chair, trials: Trials, plan: Plan, thoughts: Mapping[Order, str]) -> tuple[Choice, ...]:
    """
    The orders of *plan*, each with what it changed against the same plan without it.

    *thoughts* is what the role's doctrines say of orders they would give, too; it stands first.
    """
    count = len(trials.worlds)
    scores, ends = trials.scores(plan, count), trials.ends(plan, count)
    found: list[Choice] = []
    for order in plan.orders:
        without = Plan(tuple(each for each in plan.orders if each != order), plan.then)
        gain = _rounded(sum(scores) - sum(trials.scores(without, count)), count)
        effect = _clearest(chair.kernel, chair.role, ends, trials.ends(without, count))
        words = [thoughts.get(order, ""), _words(effect, count), _scored(gain)]
        found.append(Choice(order, "; ".join(word for word in words if word)))
    return tuple(found)


def _words(effect: _Effect | None, count: int) -> str:
    if effect is None:
        return f"hardly moved anything in {count} continuations"
    way = "higher" if effect.by > 0 else "lower"
    return f"{effect.title} ended {abs(effect.by)} {way}, in {effect.share} % of {count} continuations"


def _scored(gain: int) -> str:
    return f"my score {gain:+d}" if gain else "my score about the same"


def _clearest(
    kernel: Kernel, role: str, ends: Sequence[Position], without: Sequence[Position]
) -> _Effect | None:
    """The headline value that moved one way most often, or else the role's own aim; of equals the larger."""
    headlines = [
        (variable.about.title, [[end.values[variable.slot] for end in each] for each in (ends, without)])
        for variable in kernel.plan.variables.values()
        if variable.about.headline
        and role in variable.about.seen
        and isinstance(variable.about.type, Number)
        and variable.width == 1
    ]
    effects = [_effect(title, *values) for title, values in headlines]
    if not any(effects):
        effects = _aims(kernel, role, ends, without)
    moved = [effect for effect in effects if effect is not None]
    return max(moved, key=lambda effect: (effect.share, abs(effect.by)), default=None)


def _aims(
    kernel: Kernel, role: str, ends: Sequence[Position], without: Sequence[Position]
) -> list[_Effect | None]:
    """What became of each objective of the role, 0 to 100."""
    cards, others = ([kernel.score(end, role).objectives for end in each] for each in (ends, without))
    return [
        _effect(
            f"my aim '{mark.title}'",
            [card[number].value for card in cards],
            [card[number].value for card in others],
        )
        for number, mark in enumerate(cards[0])
    ]


def _effect(title: str, values: Sequence[int], without: Sequence[int]) -> _Effect | None:
    """What became of one figure; None if it hardly moved in the mean."""
    moved = [one - other for one, other in zip(values, without, strict=True)]
    by = _rounded(sum(moved), len(moved))
    if not by:
        return None
    return _Effect(title, sum(each * by > 0 for each in moved) * 100 // len(moved), by)


def _rounded(total: int, count: int) -> int:
    """*total* by *count*, to the nearest whole number, halves away from 0."""
    nearest = (2 * abs(total) + count) // (2 * count)
    return nearest if total >= 0 else -nearest
