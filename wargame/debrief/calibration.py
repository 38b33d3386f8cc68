"""How sure the seats were of their orders, against how often those came off."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import frozen

from wargame.debrief.record import Played, Record
from wargame.rules.facts import Roll
from wargame.session.seat import Submission

__all__ = ["Belief", "Calibration", "calibration"]


FEW = 10
"""Fewer orders than these say little of how sure somebody is."""


@frozen
class Belief:
    """One order with a stated confidence and a check that decided it."""

    turn: int
    """Calendar number, from 1."""

    role: str
    order: str
    """Its title."""

    confidence: int
    """Percent, 0 to 100."""

    chance: int
    """The chance of its first check, in percent."""

    passed: bool


@frozen
class Calibration:
    """All beliefs of one seat."""

    role: str
    beliefs: tuple[Belief, ...]

    @property
    def brier(self) -> float:
        """
        The mean square of confidence less outcome: 0 perfect, 0.25 always saying 50 %, 1 always wrong.

        The score of G. W. Brier (Monthly Weather Review 78, 1950), for one of two outcomes.
        """
        return sum((each.confidence / 100 - each.passed) ** 2 for each in self.beliefs) / len(self.beliefs)

    @property
    def bias(self) -> float:
        """Mean confidence less share of success, in percent points: above 0 the seat was too sure."""
        count = len(self.beliefs)
        return (
            sum(each.confidence for each in self.beliefs) / count
            - 100 * sum(each.passed for each in self.beliefs) / count
        )

    @property
    def is_telling(self) -> bool:
        """Whether there are so many that a bias is more than chance."""
        return len(self.beliefs) >= FEW


def calibration(record: Record) -> tuple[Calibration, ...]:
    """The seats that stated a confidence on orders with a check, in the scenario's order."""
    found: dict[str, list[Belief]] = {}
    for played in record.turns:
        for role, submissions in played.submissions.items():
            for each in submissions:
                found.setdefault(role, []).extend(_beliefs(record, played, role, each))
    roles = record.kernel.scenario.roles
    return tuple(Calibration(role, tuple(found[role])) for role in roles if found.get(role))


def _beliefs(record: Record, played: Played, role: str, given: Submission) -> Iterator[Belief]:
    if given.confidence is None:
        return
    order, title = given.order, record.kernel.scenario.orders[given.order.id].title
    for roll in [fact for fact in played.facts if isinstance(fact, Roll)]:
        cause = roll.cause
        is_its = (cause.kind, cause.id, cause.role) == ("order", order.id, role)
        if is_its and roll.percent is not None and roll.place in (None, order.place):
            chance = min(max(roll.percent, 0), 100)
            yield Belief(played.turn, role, title, given.confidence, chance, roll.passed)
            return
