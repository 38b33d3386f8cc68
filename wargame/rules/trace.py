"""Collects what traced rules report while they run, as facts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from attrs import define, evolve, field, frozen

from wargame.language.sites import DieSite, places_of
from wargame.language.types import Choice, Flag, Place, Type
from wargame.rules.facts import Cause, Change, Fact, Modifier, Roll, Told
from wargame.rules.plan import Plan, Rule

__all__ = ["Die", "Throw", "Trace", "in_words"]

Die = tuple[int, int]
"""The key of its label, and whom it is for: see `rules.dice`."""


@frozen
class Throw:
    """A die that was thrown, as one looks back on it."""

    die: Die
    face: int
    """From 0, whatever kind of die it is."""

    roll: Roll


@define(eq=False)
class Trace:
    """The facts of one adjudication so far; the compiled rules call `fell`, `change`, `roll` and `report`."""

    plan: Plan
    fixed: Mapping[Die, int] = field(factory=dict)
    """Faces, from 0, that dice show whatever is drawn: to try out what hung on them. None in play."""

    facts: list[Fact] = field(factory=list)
    thrown: list[tuple[Die, int]] = field(factory=list, init=False)
    """The die of each `Roll` among the facts, with its face from 0."""

    _cause: Cause = field(default=Cause("other"), init=False)
    _rule: Rule | None = field(default=None, init=False)

    def throws(self) -> tuple[Throw, ...]:
        """All that were thrown so far, in their sequence."""
        rolls = [fact for fact in self.facts if isinstance(fact, Roll)]
        return tuple(Throw(die, face, roll) for (die, face), roll in zip(self.thrown, rolls, strict=True))

    def begin(self, rule: Rule, cause: Cause | None = None) -> None:
        """What follows is the work of *rule*."""
        self._rule = rule
        self._cause = cause or rule.cause

    def fell(self, die: int, subject: int, face: int) -> int:
        """The face that counts."""
        if self.fixed:
            face = self.fixed.get((die, subject), face)
        self.thrown.append(((die, subject), face))
        return face

    def change(self, slot: int, before: int, after: int, line: int) -> None:
        """A statement wrote *slot*."""
        about = self.plan.slots[slot]
        if before != after and about.variable is not None:
            place = None if about.place is None else self.plan.places[about.place]
            cause = evolve(self._cause, line=line)
            self.facts.append(Change(about.variable, place, before, after, after - before, cause))

    def roll(
        self, site: int, subject: int, percent: int, face: int, passed: int, parts: Sequence[int]
    ) -> None:
        """A die was thrown; *percent* is the number of sides for a die that is no chance."""
        assert self._rule is not None
        die = self._rule.dice[site]
        cause = evolve(self._cause, line=die.line)
        where = places_of(subject)
        place = self.plan.places[where[-1]] if where else None
        self.facts.append(throw(die, place, percent, face, bool(passed), parts, cause))

    def report(self, site: int, args: Sequence[int]) -> None:
        """A rule told some roles something."""
        assert self._rule is not None
        about = self._rule.reports[site]
        words = [
            in_words(type_, arg, self.plan.place_titles) for type_, arg in zip(about.args, args, strict=True)
        ]
        cause = evolve(self._cause, line=about.line)
        self.facts.append(Told(about.to, about.fill(words), False, cause))


def throw(
    die: DieSite,
    place: str | None,
    percent: int,
    face: int,
    passed: bool,
    parts: Sequence[int],
    cause: Cause,
) -> Roll:
    """The fact of a die thrown in a rule text."""
    title = die.label.rsplit(".", 1)[-1].replace("_", " ")
    if die.kind == "roll":
        return Roll(die.label, title, place, None, percent, (), face, True, 0, cause)
    fixed = [part.interval.lo == part.interval.hi for part in die.parts]
    base = sum(points for points, is_fixed in zip(parts, fixed, strict=False) if is_fixed)
    modifiers = tuple(
        Modifier(part.text, points)
        for part, points, is_fixed in zip(die.parts, parts, fixed, strict=False)
        if not is_fixed
    )
    return Roll(die.label, title, place, percent, base, modifiers, face, passed, percent - face, cause)


def in_words(type_: Type, value: int, places: Sequence[str] = ()) -> str:
    """A value as a sentence would say it; *places* are the titles of the places."""
    match type_:
        case Flag():
            return "yes" if value else "no"
        case Choice():
            return type_.shown[value]
        case Place():
            return places[value]
        case _:
            return str(value)
