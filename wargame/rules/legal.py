"""Which orders a role may give, and in words why it may not give another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from wargame.errors import IllegalOrder
from wargame.rules.explain import describe_order
from wargame.rules.orders import Order
from wargame.rules.plan import Costs, Given, OrderPlan, Plan

__all__ = [
    "Basket",
    "accept",
    "check",
    "costs_of",
    "fits",
    "is_legal",
    "is_open",
    "ways",
    "why_not",
    "why_not_added",
]

Values = Sequence[int]


def is_open(order: OrderPlan, values: list[int]) -> bool:
    """Whether its condition holds, for whatever target and option."""
    if order.about.once and values[order.slot]:
        return False
    return order.when is None or bool(order.when(values, 0, 0, 0))


def fits(given: Given, values: list[int]) -> bool:
    """Whether target and option are allowed and the price alone can be paid."""
    allow = given.plan.allow
    if allow is not None and not allow(values, 0, given.here, given.option):
        return False
    for slot, cost in given.costs or costs_of(given, values):  # noqa: SIM110 (asked too often for a generator)
        if cost > values[slot]:
            return False
    return True


def costs_of(given: Given, values: Values) -> Costs:
    """What it costs now, as (slot of the purse, amount)."""
    if given.costs is not None:
        return given.costs
    return tuple((slot, price(values, 0, given.here, given.option)) for slot, price in given.plan.prices)


def is_legal(given: Given, values: list[int]) -> bool:
    """Whether the order may be given, on its own."""
    return is_open(given.plan, values) and fits(given, values)


def ways(order: OrderPlan, values: list[int]) -> tuple[Given, ...]:
    """Every legal way to give *order*, by place and then by option."""
    if not is_open(order, values):
        return ()
    if order.allow is None and not order.prices:
        return order.ways
    return tuple(given for given in order.ways if fits(given, values))


class Basket:
    """A role's orders of a turn as they are chosen one by one, and what is left to pay for more."""

    __slots__ = ("_spent", "_values", "orders")

    def __init__(self, values: list[int]) -> None:
        self._values = values
        self._spent: dict[int, int] = {}
        self.orders: list[Given] = []

    def can_pay(self, costs: Costs) -> bool:
        """Whether *costs* can be paid beside the others."""
        for slot, cost in costs:  # noqa: SIM110 (asked too often for a generator)
            if cost + self._spent.get(slot, 0) > self._values[slot]:
                return False
        return True

    def takes(self, given: Given) -> bool:
        """
        Adds *given*, and says so, if it may stand beside the others: not twice, and not too dear together.

        That it is open and allowed must be known, and how many orders the role may give is not looked at.
        """
        times, plan = 0, given.plan
        for other in self.orders:
            if other.plan is plan:
                times += 1
                if other.here == given.here or times == plan.about.per_turn:
                    return False
        costs = given.costs or costs_of(given, self._values)
        if not self.can_pay(costs):
            return False
        for slot, cost in costs:
            self._spent[slot] = self._spent.get(slot, 0) + cost
        self.orders.append(given)
        return True


def _overdrawn(given: Given, values: Values, own: Sequence[Given]) -> Costs:
    """The purses that cannot pay for *given* beside the role's *own* orders, with what all would cost."""
    missing: Costs = ()
    for slot, cost in given.costs or costs_of(given, values):
        for other in own:
            for purse, spent in other.costs or costs_of(other, values):
                if purse == slot:
                    cost += spent
        if cost > values[slot]:
            missing = (*missing, (slot, cost))
    return missing


def accept(
    plan: Plan, values: Values, orders: Mapping[str, Sequence[Order]], is_over: bool = False
) -> tuple[list[Given], list[tuple[str, Order, str]]]:
    """
    The orders that count, sorted by rank, and those refused, with the reason.

    Raises:
        IllegalOrder: for a role the scenario does not have.
    """
    now = list(values)
    accepted: list[Given] = []
    refused: list[tuple[str, Order, str]] = []
    for role in sorted(orders, key=lambda role: _number(plan, role)):
        own: list[Given] = []
        for order in sorted(orders[role], key=lambda order: _rank(plan, order)):
            given = plan.ways.get(order)
            reason = why_not_added(plan, now, role, own, order, given, is_over)
            if reason is None and given is not None:
                own.append(given)
            else:
                refused.append((role, order, reason or "unknown"))
        accepted += own
    accepted.sort(key=lambda given: given.rank)
    return accepted, refused


def check(plan: Plan, values: Values, role: str, orders: Sequence[Order], is_over: bool = False) -> None:
    """
    Nothing, if the role may give all these orders together.

    Raises:
        IllegalOrder: names the first order that cannot be given, and why.
    """
    _number(plan, role)
    now = list(values)
    own: list[Given] = []
    for order in orders:
        given = plan.ways.get(order)
        reason = why_not_added(plan, now, role, own, order, given, is_over)
        if reason is not None or given is None:
            words = describe_order(plan.scenario, order)
            raise IllegalOrder(f"{_titled(plan, role)} cannot give {words}: {reason}", reason or "")
        own.append(given)


def why_not_added(
    plan: Plan,
    values: list[int],
    role: str,
    own: Sequence[Given],
    order: Order,
    given: Given | None,
    is_over: bool,
) -> str | None:
    """Why *order* cannot be given beside the role's *own* orders so far; None if it can."""
    if is_over:
        return "the game is over"
    if given is None or given.plan.role != role:
        return _why_no_order(plan, role, order)
    limit = plan.scenario.roles[role].orders
    if len(own) >= limit:
        few = "1 order" if limit == 1 else f"{limit} orders"
        return f"only {few} may be given in a turn; take one back first"
    same = [other for other in own if other.plan is given.plan]
    if any(other.here == given.here for other in same):
        return "it is already among the orders of this turn"
    if len(same) >= given.plan.about.per_turn:
        times = given.plan.about.per_turn
        return f"it may be given for {times} place{'' if times == 1 else 's'} a turn; take one back first"
    return _why_not_so(plan, values, given) or _too_dear(plan, values, own, given)


def why_not(plan: Plan, values: list[int], order: OrderPlan) -> str | None:
    """Why there is no way to give *order* now; None if there is one."""
    if ways(order, values):
        return None
    reason = _why_closed(order, values) or _too_dear(plan, values, (), order.ways[0])
    return reason or "there is no place or option it could be given for now"


def _why_closed(order: OrderPlan, values: list[int]) -> str | None:
    if order.about.once and values[order.slot]:
        return "it can be given only once in a game, and it has been"
    if order.when is not None and not order.when(values, 0, 0, 0):
        return order.about.needs.strip() or "the situation does not allow it now"
    return None


def _why_not_so(plan: Plan, values: list[int], given: Given) -> str | None:
    allow = given.plan.allow
    if allow is not None and not allow(values, 0, given.here, given.option):
        return _why_closed(given.plan, values) or (
            f"it cannot be given for {_details(plan, given)} now; choose another"
        )
    return _why_closed(given.plan, values)


def _why_no_order(plan: Plan, role: str, order: Order) -> str:
    known = plan.orders.get(order.id)
    if known is None:
        return "there is no such order; choose one from the list of legal orders"
    if known.role != role:
        return f"it is an order of {_titled(plan, known.role)}"
    about = known.about
    if about.target and order.place not in plan.places:
        return "name the place it is for" if order.place is None else f"there is no place '{order.place}'"
    if not about.target and order.place is not None:
        return "it is not given for a place; leave the place out"
    if about.choice is None:
        return "it has no options; leave the option out"
    return f"choose one of {', '.join(option.replace('_', ' ') for option in about.choice.options)}"


def _too_dear(plan: Plan, values: list[int], own: Sequence[Given], given: Given) -> str | None:
    """Whether a purse cannot pay for *given* beside the role's *own* orders, in words."""
    for slot, together in _overdrawn(given, values, own):
        purse = plan.variables[str(plan.slots[slot].variable)].about.title
        cost = dict(costs_of(given, values))[slot]
        what = f"it costs {cost}" if cost > values[slot] else f"together the orders cost {together}"
        return f"{what} of {purse}, and there is {values[slot]}"
    return None


def _details(plan: Plan, given: Given) -> str:
    words = [] if given.order.place is None else [plan.place_titles[given.here]]
    words += [] if given.order.option is None else [given.order.option.replace("_", " ")]
    return ", ".join(words) or "this"


def _titled(plan: Plan, role: str) -> str:
    return plan.scenario.roles[role].title


def _number(plan: Plan, role: str) -> int:
    if role not in plan.roles:
        raise IllegalOrder(f"there is no role '{role}'; the roles are {', '.join(plan.roles)}")
    return plan.roles.index(role)


def _rank(plan: Plan, order: Order) -> tuple[int, str, str, str]:
    given = plan.ways.get(order)
    rank = len(plan.ways) if given is None else given.rank
    return rank, order.id, order.place or "", order.option or ""
