"""What an author writes, as frozen values: one class for each noun of the format."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from attrs import field, frozen

from wargame.language.types import Choice, Flag, Number, Type
from wargame.scenario.aims import Agenda, Ending, Objective, RedLine, Truth
from wargame.scenario.players import Briefing, Doctrine, Face, History, Line, Measure, PastOrder

__all__ = [
    "AGREEMENT_STATES",
    "BRIEF",
    "EVERYBODY",
    "EXACT",
    "PROMISE_STATES",
    "TRUTH",
    "Agenda",
    "Agreement",
    "Briefing",
    "Clash",
    "Derived",
    "Doctrine",
    "Ending",
    "Event",
    "Face",
    "History",
    "Line",
    "Map",
    "Measure",
    "Objective",
    "Order",
    "PastOrder",
    "Phase",
    "Place",
    "Procedure",
    "Promise",
    "RedLine",
    "Role",
    "Scenario",
    "Sight",
    "Truth",
    "Turn",
    "Variable",
]

Clash = Literal["highest", "lowest"]

AGREEMENT_STATES = ("none", "offered", "standing", "broken")
PROMISE_STATES = ("none", "given", "kept", "broken", "moot")
TRUTH = "truth"
BRIEF = "brief"
"""The `after` of an event that comes at the start of a turn, before any phase."""

EVERYBODY = "all"


@frozen
class Phase:
    """One step of adjudication; orders of one phase are worked out at the same time."""

    id: str
    title: str


@frozen
class Turn:
    """One turn of the calendar."""

    number: int
    """From 1."""

    title: str
    dates: str = ""
    days: int = 1
    text: str = ""
    """Read out to everybody as the turn begins."""


@frozen
class Role:
    """One of the parties."""

    id: str
    title: str
    short: str
    """At most 10 characters, for tables."""

    about: str = ""
    difficulty: str = ""
    """`easy`, `medium` or `hard`; empty if its author does not say."""

    orders: int = 3
    """The most orders it may give in a turn."""

    playable: bool = True
    default: tuple[str, ...] = ()
    """Ids of the orders given for it when its seat is empty as the turn closes."""


@frozen
class Sight:
    """How a role sees a variable: the true value, or one that is late, slanted or blurred."""

    error: int = 0
    """The estimate lies at most this far from the value seen."""

    delay: int = 0
    """In played turns."""

    bias: int = 0

    @property
    def is_exact(self) -> bool:
        return self == EXACT


EXACT = Sight()


@frozen
class Variable:
    """A number, flag or choice of the position; also stands for a deal's state and the hidden truth."""

    id: str
    title: str
    type: Type
    about: str = ""
    per_place: bool = False
    start: int = 0
    """Flags as 0 and 1, choices as the position of the option from 0; a place may state its own."""

    headline: bool = False
    seen: Mapping[str, Sight] = field(factory=dict)
    """By role; who is not in it does not see it."""

    clash: Clash = "highest"
    unit: str = ""
    good: Literal["high", "low", ""] = ""
    source: str = ""
    kind: Literal["variable", "constant", "agreement", "promise", "truth"] = "variable"

    @property
    def range(self) -> tuple[int, int]:
        """The smallest and the largest value."""
        match self.type:
            case Number(lo, hi):
                return lo, hi
            case Choice(_, options):
                return 0, len(options) - 1
            case _:
                return 0, 1

    @property
    def options(self) -> tuple[str, ...]:
        """The options of a choice; none for others."""
        return self.type.options if isinstance(self.type, Choice) else ()

    @property
    def shown(self) -> tuple[str, ...]:
        """The options of a choice as people read them; none for others."""
        return self.type.shown if isinstance(self.type, Choice) else ()

    @property
    def is_flag(self) -> bool:
        return isinstance(self.type, Flag)

    @property
    def exact(self) -> frozenset[str]:
        """The roles that see its true value at once."""
        return frozenset(role for role, sight in self.seen.items() if sight.is_exact)


@frozen
class Derived:
    """A value that follows from others and is never set."""

    id: str
    title: str
    type: Number
    value: str
    about: str = ""
    per_place: bool = False
    headline: bool = False
    seen: frozenset[str] | None = None
    """Roles it is shown to at most; None: whoever sees all that it reads."""

    unit: str = ""
    good: Literal["high", "low", ""] = ""
    source: str = ""


@frozen
class Place:
    """A place on the map."""

    id: str
    title: str
    short: str = ""
    """At most 4 characters, for the map."""

    at: tuple[float, float] = (0.0, 0.0)
    """Latitude and longitude in degrees."""

    people: int = 0
    """In thousands."""

    next_to: tuple[str, ...] = ()
    """Its neighbours; if one place names another, both are neighbours."""

    start: Mapping[str, int] = field(factory=dict)
    """Values of per-place variables here as play begins, held as in `Variable.start`."""

    about: str = ""
    source: str = ""


@frozen
class Map:
    """What is drawn around the places."""

    outline: tuple[tuple[tuple[float, float], ...], ...] = ()
    """Rings of latitudes and longitudes around the country, its islands and its holes; for drawing only."""

    source: str = ""


@frozen
class Order:
    """Something a role may order."""

    id: str
    role: str
    title: str
    phase: str
    about: str = ""
    when: str | None = None
    needs: str = ""
    """Words for why it cannot be given while `when` does not hold."""

    target: bool = False
    """Whether it is given for a place."""

    choice: Choice | None = None
    """Its choice; the `name` is the word its rule texts use for it."""

    allow: str | None = None
    """A condition on one target and option."""

    spend: Mapping[str, str] = field(factory=dict)
    """Price by purse, each an expression."""

    once: bool = False
    per_turn: int = 1
    """For how many places it may be given in one turn."""

    visible: frozenset[str] = frozenset()
    """The roles that learn that it was given; its own role always among them."""

    effects: str | None = None
    tone: Face | None = None
    reveals: frozenset[str] = frozenset()
    source: str = ""


@frozen
class Procedure:
    """What the world does by itself at the end of a phase."""

    id: str
    title: str
    phase: str
    rules: str
    about: str = ""
    rank: int = 100
    reveals: frozenset[str] = frozenset()
    source: str = ""


@frozen
class Event:
    """Something that comes about at its turn, on a condition or by chance."""

    id: str
    title: str
    turn: int | None = None
    when: str | None = None
    percent: str = "100"
    once: bool = True
    after: str = BRIEF
    to: tuple[str, ...] = ()
    truth: bool = True
    """False for a claim: what it tells is not so."""

    tell: str = ""
    effects: str | None = None
    about: str = ""
    rank: int = 100
    reveals: frozenset[str] = frozenset()
    source: str = ""


@frozen
class Agreement:
    """A deal between two roles: offered by one, accepted by the other."""

    id: str
    title: str
    parties: tuple[str, ...]
    about: str = ""
    when: str | None = None
    terms: Mapping[str, str] = field(factory=dict)
    """What each party binds itself to, in words."""

    effects: str | None = None
    each_turn: str | None = None
    broken_by: tuple[str, ...] = ()
    on_break: str | None = None
    public: bool = False
    reveals: frozenset[str] = frozenset()
    source: str = ""


@frozen
class Promise:
    """A promise of one role to others, which settles itself."""

    id: str
    title: str
    by: str
    to: tuple[str, ...]
    about: str = ""
    when: str | None = None
    kept_when: str | None = None
    broken_when: str | None = None
    due: int | None = None
    """In played turns, the one it was given in included; None: never."""

    on_kept: str | None = None
    on_broken: str | None = None
    public: bool = False
    reveals: frozenset[str] = frozenset()
    source: str = ""


@frozen(eq=False)
class Scenario:
    """One crisis. Mappings keep the order in which things are declared."""

    id: str
    title: str
    about: str
    phases: tuple[Phase, ...]
    turns: tuple[Turn, ...]
    roles: Mapping[str, Role]
    variables: Mapping[str, Variable]
    ruleset: str | None = None
    languages: tuple[str, ...] = ("en",)
    difficulty: str = ""
    """`easy`, `medium` or `hard`; empty if its author does not say."""

    teaches: str = ""
    """What a class takes away from it."""

    lengths: Mapping[str, tuple[int, ...]] = field(factory=dict)
    """By name, the turns of the calendar that are played; `full` is always there."""

    constants: Mapping[str, Variable] = field(factory=dict)
    derived: Mapping[str, Derived] = field(factory=dict)
    places: Mapping[str, Place] = field(factory=dict)
    map: Map = Map()
    orders: Mapping[str, Order] = field(factory=dict)
    procedures: Mapping[str, Procedure] = field(factory=dict)
    events: Mapping[str, Event] = field(factory=dict)
    agreements: Mapping[str, Agreement] = field(factory=dict)
    promises: Mapping[str, Promise] = field(factory=dict)
    objectives: Mapping[str, Mapping[str, Objective]] = field(factory=dict)
    """By role, then by id; so are red lines, agendas and doctrines."""

    red_lines: Mapping[str, Mapping[str, RedLine]] = field(factory=dict)
    agendas: Mapping[str, Mapping[str, Agenda]] = field(factory=dict)
    truths: Mapping[str, Truth] = field(factory=dict)
    endings: Mapping[str, Ending] = field(factory=dict)
    doctrines: Mapping[str, Mapping[str, Doctrine]] = field(factory=dict)
    briefings: Mapping[str, Briefing] = field(factory=dict)
    history: History | None = None
    sources: str = ""
    """The text of `sources.md`."""

    files: Mapping[str, str] = field(factory=dict)
    """The file each dotted key was read from, for messages."""

    text: Mapping[str, str] = field(factory=dict)
    """The bundle: every file's text by name, which `load_bundle` reads again."""

    digest: str = ""
    """SHA-256 of the bundle, in hexadecimal."""
