"""The tree of a rule text as written: names are words still, and nothing is known about them."""

from __future__ import annotations

from typing import NamedTuple

from attrs import frozen


class Spot(NamedTuple):
    """Where something stands in the author's text."""

    line: int
    """From 1."""

    column: int
    """From 1."""

    start: int
    """Offset of its first character, from 0."""

    end: int
    """Offset after its last character."""


@frozen(eq=False, slots=False)
class Num:
    """A decimal literal, such as `12`."""

    at: Spot
    value: int


@frozen(eq=False, slots=False)
class Truth:
    """`true` or `false`."""

    at: Spot
    value: bool


@frozen(eq=False, slots=False)
class Text:
    """A literal in quotes: an option, a label or the words of a report."""

    at: Spot
    value: str


@frozen(eq=False, slots=False)
class Name:
    """A word, with an index if it says of which place: `legitimacy`, `unrest[here]`."""

    at: Spot
    id: str
    index: Expr | None = None


@frozen(eq=False, slots=False)
class Minus:
    """`-x`"""

    at: Spot
    of: Expr


@frozen(eq=False, slots=False)
class Not:
    """`not x`"""

    at: Spot
    of: Expr


@frozen(eq=False, slots=False)
class Chain:
    """Terms or factors from left to right: all of `+ -`, or all of `* // %`."""

    at: Spot
    first: Expr
    rest: tuple[tuple[str, Expr], ...]


@frozen(eq=False, slots=False)
class Compare:
    """`a < b`, or a run such as `a <= b < c`, which holds if every neighbouring pair does."""

    at: Spot
    first: Expr
    rest: tuple[tuple[str, Expr], ...]


@frozen(eq=False, slots=False)
class Among:
    """`x in ('a', 'b')` or `x not in (...)`."""

    at: Spot
    of: Expr
    options: tuple[Expr, ...]
    negated: bool


@frozen(eq=False, slots=False)
class Logic:
    """`a and b and c`, or with `or`; the first that settles it ends it."""

    at: Spot
    op: str
    items: tuple[Expr, ...]


@frozen(eq=False, slots=False)
class Either:
    """`then if test else other`"""

    at: Spot
    test: Expr
    then: Expr
    other: Expr


@frozen(eq=False, slots=False)
class Call:
    """A function of the language with its arguments."""

    at: Spot
    id: str
    args: tuple[Expr, ...]


Expr = Num | Truth | Text | Name | Minus | Not | Chain | Compare | Among | Logic | Either | Call


@frozen(eq=False, slots=False)
class Assign:
    """`x = e`, `x += e` or `x -= e`."""

    at: Spot
    target: Name
    op: str
    value: Expr


@frozen(eq=False, slots=False)
class If:
    """`if`, any number of `elif`, and `else`."""

    at: Spot
    branches: tuple[tuple[Expr, tuple[Stmt, ...]], ...]
    otherwise: tuple[Stmt, ...]


@frozen(eq=False, slots=False)
class For:
    """`for p in places:`, or over `neighbours(of)`."""

    at: Spot
    var: Name
    of: Expr | None
    """The place whose neighbours are meant; None for all places."""

    body: tuple[Stmt, ...]


@frozen(eq=False, slots=False)
class Report:
    """`report("...", to=role)`"""

    at: Spot
    text: Text
    to: tuple[Name, ...]
    """The roles named; empty or `all` for everyone."""


Stmt = Assign | If | For | Report
