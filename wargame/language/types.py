"""The types of the rule language, with the arithmetic of intervals."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from attrs import field, frozen

LOWEST = -(2**31)
HIGHEST = 2**31 - 1


class Interval(NamedTuple):
    """All integers from *lo* to *hi*, both included."""

    lo: int
    hi: int

    def join(self, other: Interval) -> Interval:
        """The smallest interval around both."""
        return Interval(min(self.lo, other.lo), max(self.hi, other.hi))

    def meet(self, lo: int, hi: int) -> Interval:
        """This interval cut to *lo*..*hi*; a value outside clamps to the nearer end."""
        return Interval(min(max(self.lo, lo), hi), max(min(self.hi, hi), lo))

    def inside(self, lo: int, hi: int) -> bool:
        """Whether every value lies within *lo*..*hi*."""
        return lo <= self.lo and self.hi <= hi

    @property
    def fits(self) -> bool:
        """Whether every value is a 32-bit integer."""
        return self.lo >= LOWEST and self.hi <= HIGHEST

    def __str__(self) -> str:
        return str(self.lo) if self.lo == self.hi else f"{self.lo}..{self.hi}"


ANY = Interval(LOWEST, HIGHEST)
EITHER = Interval(0, 1)
YES = Interval(1, 1)
NO = Interval(0, 0)


@frozen(slots=False)
class Number:
    """An integer within bounds."""

    lo: int = LOWEST
    hi: int = HIGHEST

    def __str__(self) -> str:
        return "a number"


@frozen(slots=False)
class Flag:
    """True or false, held as 1 or 0."""

    def __str__(self) -> str:
        return "a flag"


@frozen(slots=False)
class Choice:
    """One of several named options, held as its position from 0."""

    name: str
    options: tuple[str, ...]
    titles: Mapping[str, str] = field(factory=dict, eq=False)
    """What people read for an option; one without a title is shown by its name."""

    def title(self, option: str) -> str:
        """*option* as people read it."""
        return self.titles.get(option) or option.replace("_", " ")

    @property
    def shown(self) -> tuple[str, ...]:
        """All options as people read them."""
        return tuple(map(self.title, self.options))

    def __str__(self) -> str:
        return f"a choice ({', '.join(self.options)})"


@frozen(slots=False)
class Place:
    """One of the places, held as its position from 0."""

    def __str__(self) -> str:
        return "a place"


Type = Number | Flag | Choice | Place


def same_kind(one: Type, other: Type) -> bool:
    """Whether values of both may be compared and assigned; choices need equal options."""
    if isinstance(one, Choice) and isinstance(other, Choice):
        return one.options == other.options
    return type(one) is type(other)


def interval_of(type_: Type, places: int) -> Interval:
    """All values a variable of this type can hold, where there are *places* places."""
    match type_:
        case Number(lo, hi):
            return Interval(lo, hi)
        case Flag():
            return EITHER
        case Choice(_, options):
            return Interval(0, max(0, len(options) - 1))
        case Place():
            return Interval(0, max(0, places - 1))


def add(a: Interval, b: Interval) -> Interval:
    return Interval(a.lo + b.lo, a.hi + b.hi)


def subtract(a: Interval, b: Interval) -> Interval:
    return Interval(a.lo - b.hi, a.hi - b.lo)


def negate(a: Interval) -> Interval:
    return Interval(-a.hi, -a.lo)


def multiply(a: Interval, b: Interval) -> Interval:
    corners = (a.lo * b.lo, a.lo * b.hi, a.hi * b.lo, a.hi * b.hi)
    return Interval(min(corners), max(corners))


def floor_divide(a: Interval, b: Interval) -> Interval:
    """The values of a // b; *b* must not hold 0."""
    corners = (a.lo // b.lo, a.lo // b.hi, a.hi // b.lo, a.hi // b.hi)
    return Interval(min(corners), max(corners))


def modulo(a: Interval, b: Interval) -> Interval:
    """The values of a % b, which takes the sign of b; *b* must not hold 0."""
    if b.lo > 0:
        return a if a.lo >= 0 and a.hi < b.lo else Interval(0, b.hi - 1)
    return a if a.hi <= 0 and a.lo > b.hi else Interval(b.lo + 1, 0)


def absolute(a: Interval) -> Interval:
    if a.lo >= 0:
        return a
    return negate(a) if a.hi <= 0 else Interval(0, max(-a.lo, a.hi))
