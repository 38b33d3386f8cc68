"""What adjudication found to have happened, one class for each kind of fact."""

from __future__ import annotations

from attrs import frozen

from wargame.rules.orders import Order

__all__ = [
    "Cause",
    "Change",
    "Ended",
    "Fact",
    "Happened",
    "Modifier",
    "OrderGiven",
    "PhaseBegan",
    "RedLine",
    "Refused",
    "Roll",
    "Settled",
    "Told",
    "TurnBegan",
]


@frozen
class Cause:
    """Why something changed or a die was thrown."""

    kind: str
    """
    order, price, procedure, event, agreement, promise, limit (a scale ended) or other (not known).
    Of control: ruling, inject, argument, or table (what is announced to the seats).
    """

    id: str = ""
    role: str | None = None
    """The role whose order it was."""

    line: int | None = None
    """The line of its rule text, from 1."""

    place: str | None = None
    """The target of the order, if it has one."""


@frozen
class Modifier:
    """One term of a percentage, with what it added or took away."""

    text: str
    """The rule's own words, such as `antirussian // 5`."""

    points: int


@frozen
class TurnBegan:
    """A turn began with its brief."""

    turn: int
    """Calendar number, from 1."""

    step: int
    """Number among the played turns, from 1."""


@frozen
class PhaseBegan:
    """A phase began; `brief`, `talk` and `settle` stand for the steps around the phases."""

    phase: str


@frozen
class OrderGiven:
    """A role gave an order that counts."""

    role: str
    order: Order


@frozen
class Refused:
    """A role gave an order that cannot be carried out."""

    role: str
    order: Order
    why: str


@frozen
class Roll:
    """A die was thrown."""

    label: str
    """The purpose that names the die, such as `orders.send_force.ambush`."""

    title: str
    """The purpose in words: the last part of the label."""

    place: str | None
    """The place it is for: the innermost one."""

    percent: int | None
    """The chance it had; None for a die with faces from 1."""

    base: int
    """The fixed terms of the percentage added up; for a die with faces, the number of sides."""

    modifiers: tuple[Modifier, ...]
    """The other terms; with the base they add up to the percentage before any limit."""

    face: int
    """0 to 99 for a chance, 1 to the number of sides otherwise."""

    passed: bool
    """Whether the face was below the percentage; always true for a die with faces."""

    margin: int
    """Percentage minus face: above 0 is success. 0 for a die with faces."""

    cause: Cause


@frozen
class Change:
    """
    A variable changed.

    Inside a phase the changes of all orders are told one after another, so `before` and `after` may run past
    the end of the scale until a change caused by the `limit` brings the sum back.
    """

    variable: str
    place: str | None
    before: int
    after: int
    by: int
    """`after` minus `before`."""

    cause: Cause


@frozen
class Told:
    """Some roles were told something."""

    to: tuple[str, ...]
    text: str
    claim: bool
    """Whether it is a mere claim, which is not true. Only the record and control know."""

    cause: Cause


@frozen
class Happened:
    """An event happened."""

    event: str


@frozen
class Settled:
    """An agreement or a promise came to something."""

    kind: str
    """agreement or promise."""

    id: str
    outcome: str
    """concluded or broken for an agreement; kept, broken or moot for a promise."""

    role: str | None = None
    """The role that broke it, where one did."""


@frozen
class RedLine:
    """A red line of a role was crossed, for good."""

    role: str
    id: str


@frozen
class Ended:
    """The game ended."""

    ending: str


Fact = (
    TurnBegan
    | PhaseBegan
    | OrderGiven
    | Refused
    | Roll
    | Change
    | Told
    | Happened
    | Settled
    | RedLine
    | Ended
)
