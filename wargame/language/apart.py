"""Which loops over all places can be worked out for all of them at once: their rounds do not meet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from attrs import evolve, field, frozen

from wargame.language import typed as t
from wargame.language.check import Checked
from wargame.language.scope import Scope

__all__ = ["Round", "derived_round", "round_of"]


@frozen(eq=False)
class Round:
    """What is worked out for every place: the body of a loop, or a derived value."""

    scope: Scope
    derived: Mapping[int, Checked]
    """The texts of derived values, by number."""

    loop: int | None
    """Which loop's place is the round's; None for a derived value, where it is `here`."""

    written: frozenset[int] = frozenset()
    """The first slots of the variables the rounds set."""

    named: frozenset[int] = frozenset()
    """The numbers of the names the rounds give to values."""

    _ids: frozenset[str] = field(init=False)

    def __attrs_post_init__(self) -> None:
        ids = {id for id, each in self.scope.variables.items() if self.written & {each.slot, each.since}}
        object.__setattr__(self, "_ids", frozenset(ids))

    def is_own(self, node: t.Expr | None) -> bool:
        """Whether *node* is the round's place."""
        if self.loop is None:
            return isinstance(node, t.Here)
        return isinstance(node, t.LoopPlace) and node.index == self.loop

    def varies(self, node: t.Expr) -> bool:
        """Whether *node* may come to something else in another round."""
        if self.is_own(node) or (isinstance(node, t.Local) and node.index in self.named):
            return True
        return any(map(self.varies, t.children(node)))

    def inner(self) -> Round:
        """The same for a derived value at the round's place."""
        return evolve(self, loop=None, named=frozenset())

    def can(self, node: t.Expr) -> bool:
        """Whether *node* can be worked out side by side: nothing fails, no die falls, rounds do not meet."""
        return self._is_apart(node) and all(map(self.can, t.children(node)))

    def _is_apart(self, node: t.Expr) -> bool:
        match node:
            case t.Die():
                return False
            case t.Load(slot=slot):
                return not self._is_written(slot)
            case t.LoadAt(base=base, place=place):
                return self.is_own(place) or not (self._is_written(base) or self.varies(place))
            case t.Since(since=since, flag=flag, place=place):
                if place is not None and self.is_own(place):
                    return True
                is_written = self._is_written(since) or (flag is not None and self._is_written(flag))
                return not (is_written or (place is not None and self.varies(place)))
            case t.Aggregate(base=base, derived=derived):
                if derived is not None:
                    return not self._reads(derived)
                return base is None or not self._is_written(base)
            case t.Derived(index=index, place=place):
                return self._is_apart_derived(index, place)
            case t.Chain(rest=rest):
                return all(_divides(part) for op, part in rest if op in ("//", "%"))
        return True

    def _is_apart_derived(self, index: int, place: t.Expr | None) -> bool:
        if place is None or not self.varies(place):
            return not self._reads(index)
        text = self.derived.get(index)
        if not self.is_own(place) or text is None or isinstance(text.tree, tuple):
            return False
        return self.inner().can(text.tree)

    def _reads(self, index: int) -> bool:
        """Whether derived value *index* hangs on what the rounds set."""
        reads = next(each.reads for each in self.scope.derived.values() if each.index == index)
        return bool(reads & self._ids)

    def _is_written(self, slot: int) -> bool:
        places = len(self.scope.places)
        return any(first <= slot < first + places for first in self.written)


def derived_round(scope: Scope, derived: Mapping[int, Checked]) -> Round:
    """What a derived value at every place is worked out in."""
    return Round(scope, derived, None)


def round_of(node: t.For, scope: Scope, derived: Mapping[int, Checked]) -> Round | None:
    """The rounds of the loop *node*, if they can be worked out side by side."""
    if node.of is not None:
        return None
    sets, names = [], set()
    for each in _statements(node.body):
        match each:
            case t.SetSlot():
                sets.append(each)
            case t.SetLocal(index=index):
                names.add(index)
            case t.For():
                return None
    written = {first for each in sets for first in (each.base, each.since) if first is not None}
    found = Round(scope, derived, node.index, frozenset(written), frozenset(names))
    if not all(found.is_own(each.place) for each in sets):
        return None
    return found if _stands_alone(found, node.body, set()) else None


def _statements(body: Sequence[t.Stmt]) -> Iterator[t.Stmt]:
    for node in body:
        yield node
        if isinstance(node, t.If):
            for _, inner in node.branches:
                yield from _statements(inner)
            yield from _statements(node.otherwise)


def _stands_alone(round_: Round, body: Sequence[t.Stmt], known: set[int]) -> bool:
    """
    Whether all expressions can be worked out so, and no name keeps a value from one round to the next.

    *known* are the names that have got a value in this round, whatever its conditions; more are put in.
    """

    def fits(node: t.Expr) -> bool:
        return round_.can(node) and not (set(_names(node)) & round_.named) - known

    for node in body:
        match node:
            case t.SetSlot(value=value):
                if not fits(value):
                    return False
            case t.SetLocal(index=index, value=value):
                if not fits(value):
                    return False
                known.add(index)
            case t.If(branches=branches, otherwise=otherwise):
                if not all(fits(test) for test, _ in branches):
                    return False
                for inner in (*(inner for _, inner in branches), otherwise):
                    if not _stands_alone(round_, inner, within := set(known)) or within != known:
                        return False
    return True


def _names(node: t.Expr) -> Iterable[int]:
    if isinstance(node, t.Local):
        yield node.index
    for part in t.children(node):
        yield from _names(part)


def _divides(node: t.Expr) -> bool:
    """Whether *node* is one of some numbers that stand in the text, and none of them is 0."""
    if isinstance(node, t.Either):
        return _divides(node.then) and _divides(node.other)
    return isinstance(node, t.Const) and node.value != 0
