"""What a role is offered to choose from: every order with its price, its odds and why it cannot be given."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import frozen

from wargame.language.sites import DieSite
from wargame.rules.dice import mix
from wargame.rules.legal import costs_of, ways, why_not
from wargame.rules.orders import Order
from wargame.rules.perceive import Eyes, sees
from wargame.rules.plan import Given, OrderPlan, Plan, Test
from wargame.rules.position import Position

__all__ = ["Bonus", "MenuEntry", "Odds", "Price", "menu"]

REHEARSALS = tuple(mix(number) for number in range(1, 7))
"""Keys of dice an order is tried out with to find its odds."""

SEARCH = tuple(mix(number) for number in range(7, 67))
"""More of them, for a check that was not made with the first: what is never made with these has no odds."""


@frozen
class Price:
    """What an order costs of one of the role's purses."""

    variable: str
    title: str
    low: int
    high: int
    """Above `low` where the price depends on the option or the place."""

    costs: tuple[int, ...] = ()
    """The price of each candidate, in the order of the entry's candidates."""


@frozen
class Bonus:
    """One term of a chance as the role can work it out: `low` to `high` percent points."""

    text: str
    low: int
    high: int


@frozen
class Odds:
    """The chance of one check in an order, as far as the role's own view goes."""

    label: str
    title: str
    candidate: Order
    """The order, target and option these odds are for."""

    low: int
    """Percent, 0 to 100."""

    high: int
    base: int
    modifiers: tuple[Bonus, ...]


@frozen
class MenuEntry:
    """One order of a role."""

    id: str
    title: str
    about: str
    phase: str
    tone: str
    price: tuple[Price, ...]
    candidates: tuple[Order, ...]
    """Every legal way to give it now, by place and then by option; empty if there is none."""

    why_not: str | None
    """Why it cannot be given now, in words; None if it can."""

    odds: tuple[Odds, ...]
    """For every candidate, the chance of each of its checks."""

    per_turn: int
    """For how many different places it may be given in one turn."""

    def prices_of(self) -> str:
        """The price in words, such as `2-3 Political capital`."""
        return ", ".join(
            f"{price.low if price.low == price.high else f'{price.low}-{price.high}'} {price.title}"
            for price in self.price
        )


def menu(plan: Plan, eyes: Eyes, position: Position, role: str) -> tuple[MenuEntry, ...]:
    """Every order of the role, in the scenario's order."""
    values, seen = list(position.values), eyes.see(position)
    return tuple(_entry(plan, order, position, values, seen) for order in plan.menus[role])


def _entry(plan: Plan, order: OrderPlan, position: Position, values: list[int], seen: list[int]) -> MenuEntry:
    candidates = () if position.is_over else ways(order, values)
    about = order.about
    reason = "the game is over" if position.is_over else None
    if reason is None and not candidates:
        reason = why_not(plan, values, order)
    return MenuEntry(
        id=order.id,
        title=about.title,
        about=about.about,
        phase=about.phase,
        tone=about.tone or "",
        price=_prices(plan, order, values, candidates),
        candidates=tuple(given.order for given in candidates),
        why_not=reason,
        odds=tuple(odds for given in candidates for odds in _odds(plan, given, seen)),
        per_turn=about.per_turn,
    )


def _prices(
    plan: Plan, order: OrderPlan, values: list[int], candidates: Sequence[Given]
) -> tuple[Price, ...]:
    prices: list[Price] = []
    for index, (slot, _) in enumerate(order.prices):
        costs = [costs_of(given, values)[index][1] for given in candidates or order.ways]
        variable = plan.variables[str(plan.slots[slot].variable)].about
        each = tuple(costs) if candidates else ()
        prices.append(Price(variable.id, variable.title, min(costs), max(costs), each))
    return tuple(prices)


class _Rehearsal:
    """Listens to a rule that is tried out on what a role sees, and keeps the terms of each chance."""

    def __init__(self) -> None:
        self.terms: dict[int, list[tuple[int, ...]]] = {}

    def change(self, slot: int, before: int, after: int, line: int) -> None:
        pass

    def fell(self, die: int, subject: int, face: int) -> int:
        return face

    def roll(
        self, site: int, subject: int, chance: int, face: int, passed: bool, parts: tuple[int, ...]
    ) -> None:
        self.terms.setdefault(site, []).append(parts)

    def report(self, site: int, args: tuple[int, ...]) -> None:
        pass


def _odds(plan: Plan, given: Given, seen: list[int]) -> list[Odds]:
    rule = given.plan.rule
    if rule is None or not any(die.kind == "chance" for die in rule.dice):
        return []
    # Tried out with dice of no game: what an order does before a check is part of the odds.
    rehearsal = _Rehearsal()
    for key in REHEARSALS:
        rule.traced(seen[:], key, given.here, given.option, rehearsal)
    dice = [die for die in rule.dice if die.kind == "chance"]
    for key in SEARCH:
        if all(die.index in rehearsal.terms for die in dice):
            break
        rule.traced(seen[:], key, given.here, given.option, rehearsal)
    # What an option never comes to, or only after a check that hardly ever passes, is no promise to make.
    return [
        _chance(plan, given, die, rule.odds[die.index], rehearsal.terms[die.index], seen)
        for die in dice
        if die.index in rehearsal.terms
    ]


def _chance(
    plan: Plan,
    given: Given,
    die: DieSite,
    functions: Sequence[Test | None],
    thrown: Sequence[tuple[int, ...]],
    seen: list[int],
) -> Odds:
    base = 0
    modifiers: list[Bonus] = []
    for index, (part, function) in enumerate(zip(die.parts, functions, strict=True)):
        low, high = part.interval
        if low == high:
            base += low
            continue
        if all(sees(plan, given.plan.role, id) for id in part.reads):
            if thrown:
                low, high = min(row[index] for row in thrown), max(row[index] for row in thrown)
            elif function is not None:
                low = high = function(seen, 0, given.here, given.option)
        modifiers.append(Bonus(part.text, low, high))
    least, most = die.limits or (0, 100)
    low = min(max(base + sum(bonus.low for bonus in modifiers), least), most)
    high = min(max(base + sum(bonus.high for bonus in modifiers), least), most)
    title = die.label.rsplit(".", 1)[-1].replace("_", " ")
    return Odds(die.label, title, given.order, _percent(low), _percent(high), base, tuple(modifiers))


def _percent(value: int) -> int:
    return min(max(value, 0), 100)
