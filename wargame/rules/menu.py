"""What a role is offered to choose from: every order with its price, its odds and why it cannot be given."""

from __future__ import annotations

from attrs import frozen

from wargame.rules.orders import Order

__all__ = ["Bonus", "MenuEntry", "Odds", "Price"]


@frozen
class Price:
    """What an order costs of one of the role's purses."""

    variable: str
    title: str
    low: int
    high: int
    """Above `low` where the price depends on the option or the place."""


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
