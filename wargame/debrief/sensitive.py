"""What a game's outcome hangs on: the constants of the scenario's assumption sheet, one by one."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import evolve, frozen

from wargame.debrief.onward import seeds
from wargame.debrief.record import Record
from wargame.debrief.rolls import Settle, settle
from wargame.lab.factors import Factor, factors
from wargame.lab.intervals import Estimate, mean_of

__all__ = ["GAMES", "Lean", "leaning"]

GAMES = 60
"""Games at each end of an assumption."""


@frozen
class Lean:
    """One assumption, and what the scores do when it goes from its lowest to its highest value."""

    factor: Factor
    by: Mapping[str, Estimate]
    """By role, in points of score: at the highest value less at the lowest."""

    @property
    def most(self) -> float:
        """The largest change beyond noise of any role, in points; 0 if there is none."""
        clear = [each.value for each in self.by.values() if each.is_above_zero or each.is_below_zero]
        return max(map(abs, clear), default=0.0)


def leaning(record: Record, games: int = GAMES, *, play: Settle | None = None) -> tuple[Lean, ...]:
    """
    Every assumption with a range, the one that decides most first, on *games* (from 2) games at each end.

    They are played by doctrines from the beginning this game had, over the same dice.
    """
    kernel, play, found = record.kernel, play or settle(record), []
    position = record.course.steps[0].position
    if position.is_over or not kernel.scenario.constants:
        return ()
    for factor in factors(kernel):
        slots = kernel.slots(factor.id)
        scores = []
        for value in (factor.low, factor.high):
            values = list(position.values)
            for slot in slots:
                values[slot] = value
            begun = position.with_values(tuple(values))
            scores.append(play([evolve(begun, seed=seed) for seed in seeds(games)]))
        low, high = scores
        by = {
            role: mean_of([one - other for one, other in zip(high[role], low[role], strict=True)])
            for role in kernel.plan.roles
        }
        found.append(Lean(factor, by))
    return tuple(sorted(found, key=lambda each: -each.most))
