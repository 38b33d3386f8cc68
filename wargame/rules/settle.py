"""What is settled at the end of a turn: agreements, promises, red lines, and whether the game has ended."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from wargame.rules.facts import PhaseBegan, RedLine, Settled
from wargame.rules.plan import AgreementPlan, Given, Plan, PromisePlan, Rule, Test
from wargame.rules.trace import Trace

__all__ = ["ending_of", "settle", "take_effect"]

NONE, OFFERED, STANDING, AGREEMENT_BROKEN = range(4)
GIVEN, KEPT, BROKEN, MOOT = range(1, 5)
OUTCOMES = {KEPT: "kept", BROKEN: "broken", MOOT: "moot"}


class Playing(Protocol):
    """The turn being worked out."""

    plan: Plan
    values: list[int]
    key: int
    trace: Trace | None

    def run(self, rule: Rule | None) -> None: ...


def take_effect(turn: Playing) -> None:
    """Agreements accepted in the talk begin to stand."""
    for agreement in turn.plan.agreements.values():
        if turn.values[agreement.agreed]:
            turn.values[agreement.agreed] = 0
            turn.values[agreement.slot] = STANDING
            if turn.trace is not None:
                turn.trace.facts.append(Settled("agreement", agreement.id, "concluded"))
            turn.run(agreement.effects)


def settle(turn: Playing, orders: Sequence[Given]) -> None:
    """Agreements and promises are judged, red lines are checked."""
    if turn.trace is not None:
        turn.trace.facts.append(PhaseBegan("settle"))
    for agreement in turn.plan.agreements.values():
        if turn.values[agreement.slot] == STANDING:
            _judge_agreement(turn, agreement, orders)
    for promise in turn.plan.promises.values():
        if turn.values[promise.slot] == GIVEN:
            _judge_promise(turn, promise)
    values, key = turn.values, turn.key
    for role, lines in turn.plan.red_lines.items():
        for line in lines:
            if not values[line.slot] and line.value(values, key, 0, 0):
                values[line.slot] = values[1]
                if turn.trace is not None:
                    turn.trace.facts.append(RedLine(role, line.id))


def ending_of(turn: Playing, is_last: bool) -> str | None:
    """The first ending whose condition holds; early ones only, unless the last turn is over."""
    values, key = turn.values, turn.key
    for ending in turn.plan.endings if is_last else turn.plan.early:
        if ending.when is None or ending.when(values, key, 0, 0):
            _close(turn)
            return ending.id
    if is_last:
        _close(turn)
        return turn.plan.endings[-1].id if turn.plan.endings else "end"
    return None


def _close(turn: Playing) -> None:
    """What can no longer be judged is moot."""
    for promise in turn.plan.promises.values():
        if turn.values[promise.slot] == GIVEN:
            turn.values[promise.slot] = MOOT
            _note(turn, promise, MOOT)


def _judge_agreement(turn: Playing, agreement: AgreementPlan, orders: Sequence[Given]) -> None:
    for order in orders:
        if order.plan in agreement.broken_by:
            turn.values[agreement.slot] = AGREEMENT_BROKEN
            if turn.trace is not None:
                turn.trace.facts.append(Settled("agreement", agreement.id, "broken", order.plan.role))
            turn.run(agreement.on_break)
            return
    turn.run(agreement.each_turn)


def _judge_promise(turn: Playing, promise: PromisePlan) -> None:
    outcome = _outcome(turn, promise)
    if outcome is not None:
        turn.values[promise.slot] = outcome
        _note(turn, promise, outcome)
        turn.run(promise.on_kept if outcome == KEPT else promise.on_broken)


def _outcome(turn: Playing, promise: PromisePlan) -> int | None:
    # 8.3: broken is tested first.
    if promise.broken_when is not None and _holds(turn, promise.broken_when):
        return BROKEN
    if promise.kept_when is not None and _holds(turn, promise.kept_when):
        return KEPT
    turns = turn.values[1] - turn.values[promise.given] + 1
    if promise.about.due is not None and turns >= promise.about.due:
        # A promise only to leave something undone is kept by having lasted.
        return KEPT if promise.kept_when is None else BROKEN
    return None


def _holds(turn: Playing, test: Test) -> bool:
    return bool(test(turn.values, turn.key, 0, 0))


def _note(turn: Playing, promise: PromisePlan, outcome: int) -> None:
    if turn.trace is not None:
        turn.trace.facts.append(Settled("promise", promise.id, OUTCOMES[outcome], promise.about.by))
