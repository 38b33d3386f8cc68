"""The places in a checked block where a die is thrown or a report is made."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from hashlib import sha256
from typing import Literal

from attrs import frozen

from wargame.language import typed as t
from wargame.language.flow import Values
from wargame.language.scope import Scope
from wargame.language.types import HIGHEST, LOWEST, Interval, Type, negate


@frozen(slots=False)
class Part:
    """One term of a percentage; its values add up to the percentage before any limit around them."""

    text: str
    """The author's words for it, such as `antirussian // 5`, without a leading sign."""

    reads: frozenset[str]
    """Ids of the variables, derived values and orders it depends on."""

    interval: Interval
    """All its values, sign included."""

    shown: bool = True
    """Whether it can be worked out before the block runs: it uses no local, loop place or other die."""


@frozen(slots=False)
class DieSite:
    """One `chance` or `roll` in a block."""

    index: int
    """Its number in the block, from 0."""

    label: str
    """Entry and label, such as `orders.send_force.ambush`."""

    label_key: int
    """The first 8 bytes of the label's SHA-256, big end first, unsigned."""

    kind: Literal["chance", "roll"]
    line: int
    """The line of the text, from 1."""

    parts: tuple[Part, ...]
    """For a chance: the terms of its percentage; none for a roll."""

    interval: Interval
    """All values of the percentage, or of the number of sides."""

    limits: tuple[int, int] | None = None
    """Set where `clamp`, `min` or `max` stands around the terms: the percentage is their sum cut to these."""

    start: int = 0
    """Where it starts in the text, from 0."""

    loops: int = 0
    """How many loops it stands in; the subject tells them apart."""


@frozen(slots=False)
class ReportSite:
    """One `report` in a block."""

    index: int
    """Its number in the block, from 0."""

    to: tuple[str, ...]
    """The roles addressed, in the scenario's order."""

    pieces: tuple[str | int, ...]
    """Its text cut up: literal words, and numbers that stand for an argument."""

    args: tuple[Type, ...]
    """The type of each argument, to say its value in words."""

    line: int
    """The line of the text, from 1."""

    @property
    def template(self) -> str:
        """The text with `{0}`, `{1}` where arguments go."""
        return "".join(piece if isinstance(piece, str) else f"{{{piece}}}" for piece in self.pieces)

    def fill(self, words: Sequence[str]) -> str:
        """The text with *words* in the place of the arguments; nothing in it is ever interpreted."""
        return "".join(piece if isinstance(piece, str) else words[piece] for piece in self.pieces)


@lru_cache(maxsize=4096)
def label_key(label: str) -> int:
    """The number a label adds to the turn key."""
    return int.from_bytes(sha256(label.encode("utf-8", "replace")).digest()[:8], "big")


def places_of(subject: int) -> tuple[int, ...]:
    """The places (from 0) a die's subject stands for: the target first, then each enclosing loop's."""
    found: list[int] = []
    while subject > 0:
        subject, digit = divmod(subject - 1, 64)
        found.append(digit)
    return tuple(reversed(found))


def own_label(die: t.Die, index: int) -> str:
    """The label of the die numbered *index* in its block, without the entry."""
    return die.label or str(index + 1)


def die_site(die: t.Die, index: int, text: str, scope: Scope, entry: str, values: Values) -> DieSite:
    """What is known of *die*, which stands in *text* as number *index*."""
    label = f"{entry}.{own_label(die, index)}" if entry else own_label(die, index)
    limits, inner = t.limits_of(die.of) if die.is_chance else ((LOWEST, HIGHEST), die.of)
    parts = (
        tuple(_part(sign, term, text, scope, values) for sign, term in t.terms(inner))
        if die.is_chance
        else ()
    )
    return DieSite(
        index=index,
        start=die.at.start,
        label=label,
        label_key=label_key(label),
        kind="chance" if die.is_chance else "roll",
        line=die.at.line,
        parts=parts,
        interval=values.ranges[die.of],
        limits=None if limits == (LOWEST, HIGHEST) else limits,
        loops=die.loops,
    )


def _part(sign: str, term: t.Expr, text: str, scope: Scope, values: Values) -> Part:
    at, range_ = term.at, values.ranges[term]
    reads: set[str] = set()
    for id_ in values.secrets[term]:
        reads |= scope.derived[id_].reads | {id_} if id_ in scope.derived else {id_}
    return Part(
        text=" ".join(text.replace("\r\n", "\n")[at.start : at.end].split()),
        reads=frozenset(reads),
        interval=negate(range_) if sign == "-" else range_,
        shown=not t.is_bound(term),
    )
