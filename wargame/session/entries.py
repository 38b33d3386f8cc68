"""What a journal can say: one class for each kind of line."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import field, frozen

from wargame.rules.facts import Fact
from wargame.rules.orders import Act, Order

__all__ = [
    "FORMAT",
    "KINDS",
    "Dealt",
    "Draft",
    "Entry",
    "Facts",
    "Header",
    "Locked",
    "Ruling",
    "SeatChanged",
    "Submission",
    "Talk",
    "TurnPlayed",
]

FORMAT = 1
"""The format of journals this program writes; older ones are read too."""


@frozen
class Submission:
    """One order as a seat gives it, with what the seat thought of it, for the debrief."""

    order: Order
    reason: str = ""
    expects: str = ""
    confidence: int | None = None
    """How sure the seat is that it comes out as expected, in percent, 0 to 100."""


@frozen
class Header:
    """The first line: which game this is, and all that is needed to play it again."""

    format: int
    engine: str
    """Version of the program that began it."""

    session: str
    """32 hexadecimal digits drawn for this game alone."""

    created: str
    """When it began, UTC, as `2026-01-31T10:20:30Z`; for people only."""

    scenario: str
    title: str
    digest: str
    """SHA-256 of the bundle."""

    length: str
    seed: int
    salt: str
    commitment: str
    """SHA-256 of `seed:salt`: shown at the start, it proves at the end that the seed was not chosen later."""

    seats: Mapping[str, str]
    """Who plays each role: `person`, or an agent such as `doctrine:cautious`."""

    bundle: Mapping[str, str]
    """The scenario's own files by name, so that the game never depends on those of the machine."""


@frozen
class Dealt:
    """The position the game began in."""

    parts: int
    """How many `Facts` lines just before this one belong to it."""

    values: tuple[int, ...]
    digest: str
    ending: str | None = None


@frozen
class Facts:
    """A part of what an adjudication found; the line that ends it says how many parts count."""

    facts: tuple[Fact, ...]


@frozen
class Draft:
    """Orders chosen and not yet locked."""

    role: str
    submissions: tuple[Submission, ...]


@frozen
class Talk:
    """Something said, offered, answered or promised."""

    role: str
    act: Act


@frozen
class Locked:
    """Orders that stand."""

    role: str
    submissions: tuple[Submission, ...]
    by_default: bool = False
    """Whether the seat was empty as the turn closed, and the scenario's default was given for it."""


@frozen
class TurnPlayed:
    """A turn was adjudicated."""

    turn: int
    """Calendar number, from 1."""

    step: int
    """Number among the played turns, from 1."""

    orders: Mapping[str, tuple[Order, ...]]
    parts: int
    """How many `Facts` lines just before this one belong to it."""

    values: tuple[int, ...]
    """The position it led to."""

    digest: str
    ending: str | None = None


@frozen
class Ruling:
    """Control decided something by hand."""

    what: str
    reason: str
    values: Mapping[str, int] = field(factory=dict)
    """New values by slot number, from 0."""


@frozen
class SeatChanged:
    """A seat changed hands."""

    role: str
    player: str
    reason: str = ""


Entry = Header | Dealt | Facts | Draft | Talk | Locked | TurnPlayed | Ruling | SeatChanged

KINDS: Mapping[str, type[Entry]] = {
    "header": Header,
    "dealt": Dealt,
    "facts": Facts,
    "draft": Draft,
    "talk": Talk,
    "locked": Locked,
    "turn": TurnPlayed,
    "ruling": Ruling,
    "seat": SeatChanged,
}
