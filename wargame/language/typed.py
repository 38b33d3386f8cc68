"""The tree of a rule text once its names are known: slots, places, dice and nothing an author called them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from attrs import frozen

from wargame.language.tree import Spot
from wargame.language.types import HIGHEST, LOWEST


@frozen(eq=False, slots=False)
class Const:
    """A number, a flag, an option or a place that is written in the text."""

    at: Spot
    value: int


@frozen(eq=False, slots=False)
class Load:
    """The value of one slot."""

    at: Spot
    slot: int
    lo: int
    hi: int
    source: str
    """The variable's id, which decides who may know the value; empty where it is read only to be added to."""


@frozen(eq=False, slots=False)
class LoadAt:
    """The value of a per-place variable at a place known in play only."""

    at: Spot
    base: int
    place: Expr
    lo: int
    hi: int
    source: str


@frozen(eq=False, slots=False)
class Local:
    """A name the text gave to a value."""

    at: Spot
    index: int
    name: str


@frozen(eq=False, slots=False)
class LoopPlace:
    """The place of an enclosing loop, from 0 for the outermost."""

    at: Spot
    index: int
    places: int


@frozen(eq=False, slots=False)
class Here:
    """The place the entry is about."""

    at: Spot
    places: int


@frozen(eq=False, slots=False)
class Option:
    """The option chosen for the order."""

    at: Spot
    count: int


@frozen(eq=False, slots=False)
class Derived:
    """A derived value, at a place or not."""

    at: Spot
    index: int
    place: Expr | None
    lo: int
    hi: int
    source: str


@frozen(eq=False, slots=False)
class Minus:
    at: Spot
    of: Expr


@frozen(eq=False, slots=False)
class Not:
    at: Spot
    of: Expr


@frozen(eq=False, slots=False)
class Chain:
    """Terms with + and -, or factors with *, // and %, from left to right."""

    at: Spot
    first: Expr
    rest: tuple[tuple[str, Expr], ...]


@frozen(eq=False, slots=False)
class Compare:
    at: Spot
    first: Expr
    rest: tuple[tuple[str, Expr], ...]


@frozen(eq=False, slots=False)
class Among:
    at: Spot
    of: Expr
    values: tuple[int, ...]
    negated: bool


@frozen(eq=False, slots=False)
class Logic:
    at: Spot
    op: str
    items: tuple[Expr, ...]


@frozen(eq=False, slots=False)
class Either:
    at: Spot
    test: Expr
    then: Expr
    other: Expr


@frozen(eq=False, slots=False)
class Extreme:
    """The smallest or largest of several numbers."""

    at: Spot
    largest: bool
    items: tuple[Expr, ...]


@frozen(eq=False, slots=False)
class Abs:
    at: Spot
    of: Expr


@frozen(eq=False, slots=False)
class Clamp:
    """`min(max(of, lo), hi)`, where the check proves lo <= hi."""

    at: Spot
    of: Expr
    lo: Expr
    hi: Expr


@frozen(eq=False, slots=False)
class Aggregate:
    """One number out of a variable's, or a derived value's, values at all places."""

    at: Spot
    function: str
    """total, highest, lowest, mean or count."""

    base: int | None
    """The first slot; None for a derived value."""

    derived: int | None
    places: int
    lo: int
    hi: int
    source: str


@frozen(eq=False, slots=False)
class Die:
    """A chance or a roll."""

    at: Spot
    """Where it starts tells it from the block's other dice."""

    is_chance: bool
    of: Expr
    """The percentage, or the number of sides."""

    label: str | None
    """The author's label; without one, it is its number among the dice of the text."""

    loops: int
    """How many loops it stands in."""


@frozen(eq=False, slots=False)
class Since:
    """Played turns since a flag became true (99 for never, or false now) or an order was carried out."""

    at: Spot
    since: int
    """The first slot that holds the step."""

    flag: int | None
    """The first slot of the flag; None for an order."""

    place: Expr | None
    source: str


@frozen(eq=False, slots=False)
class Ordered:
    """Whether an order has been carried out this turn."""

    at: Spot
    slot: int
    source: str


Expr = (
    Const
    | Load
    | LoadAt
    | Local
    | LoopPlace
    | Here
    | Option
    | Derived
    | Minus
    | Not
    | Chain
    | Compare
    | Among
    | Logic
    | Either
    | Extreme
    | Abs
    | Clamp
    | Aggregate
    | Die
    | Since
    | Ordered
)


@frozen(eq=False, slots=False)
class SetSlot:
    """Gives a variable a value, cut to its bounds; a flag that becomes true notes the step."""

    at: Spot
    base: int
    place: Expr | None
    value: Expr
    lo: int
    hi: int
    is_flag: bool
    since: int | None
    id: str


@frozen(eq=False, slots=False)
class SetLocal:
    at: Spot
    index: int
    name: str
    value: Expr


@frozen(eq=False, slots=False)
class If:
    at: Spot
    branches: tuple[tuple[Expr, tuple[Stmt, ...]], ...]
    otherwise: tuple[Stmt, ...]


@frozen(eq=False, slots=False)
class For:
    at: Spot
    index: int
    """0 for an outermost loop, 1 for one inside it."""

    of: Expr | None
    """The place whose neighbours are meant; None for all places."""

    body: tuple[Stmt, ...]


@frozen(eq=False, slots=False)
class Report:
    at: Spot
    index: int
    to: tuple[str, ...]
    args: tuple[Expr, ...]


Stmt = SetSlot | SetLocal | If | For | Report


def children(node: Expr) -> tuple[Expr, ...]:
    """The parts *node* is directly made of."""
    match node:
        case Minus(of=of) | Not(of=of) | Abs(of=of) | Among(of=of) | Die(of=of):
            return (of,)
        case Chain(first=first, rest=rest) | Compare(first=first, rest=rest):
            return (first, *(part for _, part in rest))
        case Logic(items=items) | Extreme(items=items):
            return items
        case Either(test=test, then=then, other=other):
            return (test, then, other)
        case Clamp(of=of, lo=lo, hi=hi):
            return (of, lo, hi)
        case LoadAt(place=place):
            return (place,)
        case Derived(place=place) | Since(place=place):
            return () if place is None else (place,)
    return ()


def statements(body: Sequence[Stmt]) -> Iterator[Stmt]:
    """All statements of *body*, those inside conditions and loops too, in the sequence of the text."""
    for node in body:
        yield node
        match node:
            case If(branches=branches, otherwise=otherwise):
                for _, inner in branches:
                    yield from statements(inner)
                yield from statements(otherwise)
            case For(body=inner):
                yield from statements(inner)


def is_bound(node: Expr) -> bool:
    """Whether *node* has a meaning only inside its block: it uses a local, a loop's place or a die."""
    return isinstance(node, Local | LoopPlace | Die) or any(is_bound(part) for part in children(node))


def terms(node: Expr) -> tuple[tuple[str, Expr], ...]:
    """The terms of a sum with their signs; any other expression is its own only term."""
    if isinstance(node, Chain) and node.rest[0][0] in "+-":
        return (("+", node.first), *node.rest)
    return (("+", node),)


def limits_of(node: Expr) -> tuple[tuple[int, int], Expr]:
    """The fixed bounds that stand around *node* as `clamp`, `min` or `max`, and what is inside them."""
    match node:
        case Clamp(of=of, lo=Const(value=low), hi=Const(value=high)):
            return (low, high), of
        case Extreme(largest=False, items=(Const(value=high), of) | (of, Const(value=high))):
            (low, inner_high), inner = limits_of(of) if isinstance(of, Extreme) and of.largest else _open(of)
            return ((low, min(high, inner_high)), inner) if low <= high else _open(node)
        case Extreme(largest=True, items=(Const(value=low), of) | (of, Const(value=low))):
            (inner_low, high), inner = (
                limits_of(of) if isinstance(of, Extreme) and not of.largest else _open(of)
            )
            return ((max(low, inner_low), high), inner) if low <= high else _open(node)
    return _open(node)


def _open(node: Expr) -> tuple[tuple[int, int], Expr]:
    return (LOWEST, HIGHEST), node
