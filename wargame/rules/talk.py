"""Offers, answers and promises: what the talk before the orders changes in the position."""

from __future__ import annotations

from collections.abc import Sequence

from wargame.errors import IllegalOrder
from wargame.rules.orders import Act, Answer, Offer, Promise, Say
from wargame.rules.plan import AgreementPlan, Plan, PromisePlan
from wargame.rules.position import Position
from wargame.rules.settle import GIVEN, NONE, OFFERED

__all__ = ["LONGEST_SAYING", "is_asked", "legal_acts", "talk"]

LONGEST_SAYING = 4000
"""Characters of one message."""


def legal_acts(plan: Plan, position: Position, role: str) -> tuple[Act, ...]:
    """Every offer, answer and promise the role may make now."""
    if position.is_over:
        return ()
    values = position.values
    acts: list[Act] = []
    for agreement in plan.agreements.values():
        if role not in agreement.about.parties:
            continue
        if values[agreement.slot] == NONE:
            if agreement.when is None or agreement.when(values, 0, 0, 0):
                acts.append(Offer(agreement.id))
        elif _why_no_answer(agreement, values, role) is None:
            acts += (Answer(agreement.id, True), Answer(agreement.id, False))
    for promise in plan.promises.values():
        is_open = promise.about.by == role and values[promise.slot] == NONE
        if is_open and (promise.when is None or promise.when(values, 0, 0, 0)):
            acts.append(Promise(promise.id))
    return tuple(acts)


def is_asked(plan: Plan, position: Position, role: str) -> bool:
    """Whether an offer waits for the role's answer."""
    values = position.values
    for agreement in plan.agreements.values():
        if (
            values[agreement.slot] == OFFERED
            and role in agreement.about.parties
            and not values[agreement.agreed]
            and agreement.about.parties[values[agreement.offered_by] - 1] != role
        ):
            return True
    return False


def talk(plan: Plan, position: Position, role: str, act: Act) -> Position:
    """
    The position after *act*.

    Raises:
        IllegalOrder: with the reason why the role cannot do this now.
    """
    if role not in plan.roles:
        raise IllegalOrder(f"there is no role '{role}'; the roles are {', '.join(plan.roles)}")
    if position.is_over and not isinstance(act, Say):
        raise IllegalOrder("the game is over")
    values = list(position.values)
    match act:
        case Say():
            _check_saying(plan, act)
            return position
        case Offer():
            _offer(_agreement(plan, act.agreement), values, role)
        case Answer():
            _answer(_agreement(plan, act.agreement), values, role, act.accept)
        case Promise():
            _promise(_promise_called(plan, act.promise), values, role)
    return position.with_values(tuple(values))


def _offer(agreement: AgreementPlan, values: list[int], role: str) -> None:
    _refuse_if(_why_no_offer(agreement, values, role))
    values[agreement.slot] = OFFERED
    values[agreement.offered_by] = agreement.about.parties.index(role) + 1


def _answer(agreement: AgreementPlan, values: list[int], role: str, accept: bool) -> None:
    _refuse_if(_why_no_answer(agreement, values, role))
    if accept:
        values[agreement.agreed] = 1
    else:
        values[agreement.slot] = NONE
        values[agreement.offered_by] = 0


def _promise(promise: PromisePlan, values: list[int], role: str) -> None:
    _refuse_if(_why_no_promise(promise, values, role))
    values[promise.slot] = GIVEN
    values[promise.given] = values[1]


def _refuse_if(reason: str | None) -> None:
    if reason is not None:
        raise IllegalOrder(reason)


def _why_no_offer(agreement: AgreementPlan, values: Sequence[int], role: str) -> str | None:
    about = agreement.about
    if role not in about.parties:
        return f"'{about.title}' is between others; choose one of your own agreements"
    if values[agreement.slot] != NONE:
        return f"'{about.title}' has been offered already"
    if agreement.when is not None and not agreement.when(values, 0, 0, 0):
        return f"'{about.title}' cannot be offered as things stand"
    return None


def _why_no_answer(agreement: AgreementPlan, values: Sequence[int], role: str) -> str | None:
    about = agreement.about
    if role not in about.parties:
        return f"'{about.title}' is between others; answer an offer made to you"
    if values[agreement.slot] != OFFERED or values[agreement.agreed]:
        return f"'{about.title}' is not on offer now"
    if about.parties[values[agreement.offered_by] - 1] == role:
        return f"'{about.title}' is your own offer; the other side answers it"
    return None


def _why_no_promise(promise: PromisePlan, values: Sequence[int], role: str) -> str | None:
    about = promise.about
    if role != about.by:
        return f"'{about.title}' is another role's promise; choose one of your own"
    if values[promise.slot] != NONE:
        return f"'{about.title}' has been given already"
    if promise.when is not None and not promise.when(values, 0, 0, 0):
        return f"'{about.title}' cannot be promised as things stand"
    return None


def _agreement(plan: Plan, id: str) -> AgreementPlan:
    if id not in plan.agreements:
        raise IllegalOrder(f"there is no agreement '{id}'; {_known(tuple(plan.agreements))}")
    return plan.agreements[id]


def _promise_called(plan: Plan, id: str) -> PromisePlan:
    if id not in plan.promises:
        raise IllegalOrder(f"there is no promise '{id}'; {_known(tuple(plan.promises))}")
    return plan.promises[id]


def _known(ids: Sequence[str]) -> str:
    return f"there are {', '.join(ids)}" if ids else "this scenario has none"


def _check_saying(plan: Plan, saying: Say) -> None:
    if not saying.text.strip():
        raise IllegalOrder("a message without words; write something")
    if len(saying.text) > LONGEST_SAYING:
        raise IllegalOrder(f"a message of {len(saying.text)} characters; at most {LONGEST_SAYING}")
    for role in saying.to:
        if role not in plan.roles:
            raise IllegalOrder(f"there is no role '{role}'; the roles are {', '.join(plan.roles)}")
