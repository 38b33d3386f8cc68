"""What a journal can say: one class for each kind of line."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import field, frozen

from wargame.rules.facts import Fact
from wargame.rules.orders import Act, Order

__all__ = [
    "CLOCK",
    "FORMAT",
    "KINDS",
    "AdviserSet",
    "Argued",
    "Branch",
    "ClockSet",
    "Dealt",
    "Draft",
    "Entry",
    "Facts",
    "Header",
    "Injected",
    "Locked",
    "Noted",
    "Released",
    "Ruling",
    "SeatChanged",
    "Submission",
    "Talk",
    "TurnPlayed",
]

FORMAT = 1
"""The format of journals this program writes; older ones are read too."""


CLOCK = ("start", "pause", "extend")
"""What can be done with the clock."""


@frozen
class Submission:
    """One order as a seat gives it, with what the seat thought of it, for the debrief."""

    order: Order
    reason: str = ""
    expects: str = ""
    confidence: int | None = None
    """How sure the seat is that it comes out as expected, in percent, 0 to 100."""


@frozen
class Branch:
    """Where a save branched off another, which stayed as it was."""

    session: str
    """The other's 32 hexadecimal digits."""

    turn: int
    """The calendar turn, from 1, at whose start it branched off."""

    entry: int
    """The last entry of the other that both have, from 0."""

    head: str
    """That entry's hash."""

    reason: str = ""


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

    branch: Branch | None = None


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
class Noted:
    """A role wrote down something for itself; nobody else reads it."""

    role: str
    number: int
    """Among the notes of the role, from 1; one it has already is replaced."""

    text: str
    """Empty to strike the note out."""


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


@frozen
class Injected:
    """Control told some roles something in the middle of a turn."""

    text: str
    to: tuple[str, ...]
    claim: bool = False
    """Whether it is a mere claim, which is not true."""

    reason: str = ""


@frozen
class Released:
    """Control let an event of the scenario happen."""

    event: str
    reason: str
    values: Mapping[str, int] = field(factory=dict)
    """What it changed: new values by slot number, from 0."""


@frozen
class Argued:
    """Control judged a free-text action by an argument."""

    number: int
    """Among the arguments of this turn, from 1."""

    role: str
    action: str
    pros: tuple[str, ...]
    """The reasons for which it should succeed."""

    cons: tuple[str, ...]
    percent: int
    face: int
    """0 to 99; it succeeds below the percentage."""

    to: tuple[str, ...]
    """The roles that are told of it."""

    success: Mapping[str, int] = field(factory=dict)
    """By variable, or `variable.place`: what a number changes by, what a flag or choice becomes."""

    failure: Mapping[str, int] = field(factory=dict)
    values: Mapping[str, int] = field(factory=dict)
    """What came of it: new values by slot number, from 0."""

    reason: str = ""


@frozen
class ClockSet:
    """Control touched the clock; for people only, nothing is worked out from it."""

    what: str
    """start, pause or extend."""

    seconds: int
    """Left from then on; for `extend` those added."""

    reason: str = ""


@frozen
class AdviserSet:
    """Control forbade the adviser to all seats, or allowed it again."""

    allowed: bool
    reason: str = ""


Entry = (
    Header
    | Dealt
    | Facts
    | Draft
    | Talk
    | Noted
    | Locked
    | TurnPlayed
    | Ruling
    | SeatChanged
    | Injected
    | Released
    | Argued
    | ClockSet
    | AdviserSet
)

KINDS: Mapping[str, type[Entry]] = {
    "header": Header,
    "dealt": Dealt,
    "facts": Facts,
    "draft": Draft,
    "talk": Talk,
    "note": Noted,
    "locked": Locked,
    "turn": TurnPlayed,
    "ruling": Ruling,
    "seat": SeatChanged,
    "inject": Injected,
    "release": Released,
    "argument": Argued,
    "clock": ClockSet,
    "adviser": AdviserSet,
}
