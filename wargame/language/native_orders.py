"""
Orders at the same time, in machine code: each block is tried out in place and put back, its moves kept apart.

A move is how far a slot is from where all orders of the phase found it; 0 is none. Several orders' moves of
one slot meet by its clash rule: they are added, or the highest or the lowest counts.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from attrs import field, frozen

from wargame.language import typed as t
from wargame.language.llvm import Writer, listed

__all__ = ["Held", "Moves", "Strip", "give_back", "hold", "land", "strips_of"]


@frozen
class Strip:
    """Slots one beside the other that a block may set."""

    base: int
    width: int
    """1, or the number of places where only play tells which of them is meant."""

    at_here: bool = False
    """Whether it is not *base* itself, but as far behind as the order's place."""

    @property
    def row(self) -> int:
        """How many numbers its row has, 0 where it is a single one."""
        return self.width if self.width > 1 else 0


Held = Sequence[tuple[Strip, str, str]]
"""Each strip with the registers of where it lies and of what it held."""


@frozen
class Moves:
    """How moves are kept: an array of numbers, one for each slot."""

    number: str = "i64"
    """Their type, not below that of a slot: all orders of a turn together move no slot further."""

    clashes: Mapping[int, str] = field(factory=dict)
    """By slot, how moves meet where they are not added: `highest` or `lowest`; a variable has one rule."""

    def clash(self, strip: Strip) -> str:
        """How moves of the slots of *strip* meet."""
        return self.clashes.get(strip.base, "add")

    def sized(self, w: Writer, strip: Strip, value: str) -> str:
        """What a strip holds, as wide as its moves."""
        return w.sized(value, w.cells, self.number, strip.row)


def strips_of(body: Sequence[t.Stmt], places: int) -> tuple[Strip, ...]:
    """What the statements of *body* may set, each strip once; the wide ones first."""
    sets = (node for node in t.statements(body) if isinstance(node, t.SetSlot))
    found = dict.fromkeys(strip for node in sets for strip in _strips(node, places))
    return tuple(sorted(found, key=lambda strip: (-strip.width, strip.at_here, strip.base)))


def _strips(node: t.SetSlot, places: int) -> Iterator[Strip]:
    for base in (node.base, node.since):
        if base is None:
            continue
        match node.place:
            case None:
                yield Strip(base, 1)
            case t.Const(value=place):
                yield Strip(base + place, 1)
            case t.Here():
                yield Strip(base, 1, at_here=True)
            case _:
                yield Strip(base, places)


def hold(w: Writer, strips: Sequence[Strip]) -> Held:
    """Reads what each strip of `%s` holds, before the block."""
    held: list[tuple[Strip, str, str]] = []
    for strip in strips:
        slot = _slot(w, strip)
        held.append((strip, slot, _load(w, strip, "%s", slot, w.cells)))
    return held


def give_back(w: Writer, held: Held, moves: Moves) -> None:
    """Puts back what each strip of `%s` held, and lets what the block moved meet the moves in `%u`."""
    for strip, slot, old in held:
        # Strips may overlap: where one has put a slot back, the next finds that it was not moved.
        new = _load(w, strip, "%s", slot, w.cells)
        own = w.let(
            f"sub {_type(strip, moves.number)} {moves.sized(w, strip, new)}, {moves.sized(w, strip, old)}"
        )
        so_far = _load(w, strip, "%u", slot, moves.number)
        _store(w, strip, old, "%s", slot, w.cells)
        _store(w, strip, _met(w, strip, moves, so_far, own), "%u", slot, moves.number)


def land(w: Writer, strip: Strip, moves: Moves, kept: str, lo: int, hi: int) -> None:
    """Moves a strip of `%mem`, whose slots are in *lo* to *hi*, by the moves *kept*, and clears them."""
    number, slot = moves.number, _slot(w, strip)
    type_ = _type(strip, number)
    value = moves.sized(w, strip, _load(w, strip, "%mem", slot, w.cells))
    value = w.let(f"add {type_} {value}, {_load(w, strip, kept, slot, number)}")
    if moves.clash(strip) == "add":
        for how, bound in (("slt", lo), ("sgt", hi)):
            limit = _same(strip, bound, number)
            is_out = w.let(f"icmp {how} {type_} {value}, {limit}")
            value = w.let(f"select {_type(strip, 'i1')} {is_out}, {type_} {limit}, {type_} {value}")
    _store(w, strip, w.sized(value, number, w.cells, strip.row), "%mem", slot, w.cells)
    _store(w, strip, _same(strip, 0, number), kept, slot, number)


def _met(w: Writer, strip: Strip, moves: Moves, so_far: str, own: str) -> str:
    """The move of several orders, where the next would move a slot by *own*."""
    type_, truth, clash = _type(strip, moves.number), _type(strip, "i1"), moves.clash(strip)
    if clash == "add":
        return w.let(f"add {type_} {so_far}, {own}")
    none = _same(strip, 0, moves.number)
    is_own = w.let(f"icmp {'sgt' if clash == 'highest' else 'slt'} {type_} {own}, {so_far}")
    met = w.let(f"select {truth} {is_own}, {type_} {own}, {type_} {so_far}")
    is_first = w.let(f"icmp eq {type_} {so_far}, {none}")
    met = w.let(f"select {truth} {is_first}, {type_} {own}, {type_} {met}")
    is_still = w.let(f"icmp eq {type_} {own}, {none}")
    return w.let(f"select {truth} {is_still}, {type_} {so_far}, {type_} {met}")


def _slot(w: Writer, strip: Strip) -> str:
    return w.let(f"add nsw i32 %here, {strip.base}") if strip.at_here else str(strip.base)


def _same(strip: Strip, value: int, number: str) -> str:
    """*value* for every slot of a strip."""
    return str(value) if strip.width == 1 else listed(number, [value] * strip.width)


def _type(strip: Strip, number: str) -> str:
    return number if strip.width == 1 else f"<{strip.width} x {number}>"


def _load(w: Writer, strip: Strip, base: str, slot: str, number: str) -> str:
    return w.let(f"load {_type(strip, number)}, ptr {w.at(base, slot, number)}, align {int(number[1:]) // 8}")


def _store(w: Writer, strip: Strip, value: str, base: str, slot: str, number: str) -> None:
    w.do(
        f"store {_type(strip, number)} {value}, ptr {w.at(base, slot, number)}, align {int(number[1:]) // 8}"
    )
