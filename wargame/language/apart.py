"""Which loops over all places can be worked out for all of them at once: their rounds do not meet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from attrs import evolve, field, frozen

from wargame.language import typed as t
from wargame.language.check import Checked
from wargame.language.scope import Scope, VariableName

__all__ = ["Round", "conditions_of", "round_of"]


@frozen(eq=False)
class Round:
    """What is worked out for every place: the body of a loop, or a derived value."""

    scope: Scope
    derived: Mapping[int, Checked]
    """The texts of derived values, by number."""

    loop: int | None
    """Which loop's place is the round's; None for a derived value, where it is `here`."""

    written: frozenset[int] = frozenset()
    """The slots of all the variables the rounds set, for whatever place."""

    named: frozenset[int] = frozenset()
    """The numbers of the names the rounds give to values."""

    is_early: bool = False
    """Whether it is to be worked out before all rounds: then not even a round's own place may be set."""

    _ids: frozenset[str] = field(init=False)

    def __attrs_post_init__(self) -> None:
        ids = {id for id, each in self.scope.variables.items() if self.written & _slots(each, self.scope)}
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
                return slot not in self.written
            case t.LoadAt(base=base, place=place):
                return self._may_read((base,), place)
            case t.Since(since=since, flag=flag, place=place):
                return self._may_read((since,) if flag is None else (since, flag), place)
            case t.Aggregate(base=base, derived=derived):
                if derived is not None:
                    return not self._reads(derived)
                return base not in self.written
            case t.Derived(index=index, place=place):
                return self._is_apart_derived(index, place)
            case t.Chain(rest=rest):
                return all(_divides(part) for op, part in rest if op in ("//", "%"))
        return True

    def _may_read(self, firsts: Sequence[int], place: t.Expr | None) -> bool:
        is_written = not self.written.isdisjoint(firsts)
        if place is not None and self.varies(place):
            return self.is_own(place) and not (is_written and self.is_early)
        return not is_written

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


def round_of(node: t.For, scope: Scope, derived: Mapping[int, Checked]) -> Round | None:
    """
    The rounds of the loop *node* over all places, if they can be worked out side by side.

    Each may set its own place only. It may hold loops over neighbours, which are worked out place by place.
    """
    if node.of is not None:
        return None
    found = _round(node, scope, derived)
    sets = [each for each in t.statements(node.body) if isinstance(each, t.SetSlot)]
    if not all(found.is_own(each.place) for each in sets):
        return None
    return found if _stands_alone(found, node.body, set()) else None


def conditions_of(
    node: t.For, scope: Scope, derived: Mapping[int, Checked]
) -> tuple[Round, list[t.Expr]] | None:
    """
    The conditions without which a round of the loop *node* does nothing, if all can be asked before them.

    They do not hang on what the rounds set, nor on their names.
    """
    tests = []
    for each in node.body:
        if not isinstance(each, t.If) or each.otherwise:
            return None
        tests += [test for test, _ in each.branches]
    found = evolve(_round(node, scope, derived), is_early=True)
    if not all(found.can(test) and not set(_names(test)) & found.named for test in tests):
        return None
    return found, tests


def _round(node: t.For, scope: Scope, derived: Mapping[int, Checked]) -> Round:
    inside = list(t.statements(node.body))
    owner = {slot: each for each in scope.variables.values() for slot in _slots(each, scope)}
    slots = [_slots(owner[each.base], scope) for each in inside if isinstance(each, t.SetSlot)]
    names = frozenset(each.index for each in inside if isinstance(each, t.SetLocal))
    return Round(scope, derived, node.index, frozenset[int]().union(*slots), names)


def _slots(variable: VariableName, scope: Scope) -> frozenset[int]:
    """All slots of a variable, with those that tell since when it holds."""
    width = len(scope.places) if variable.per_place else 1
    firsts = [first for first in (variable.slot, variable.since) if first is not None]
    return frozenset(slot for first in firsts for slot in range(first, first + width))


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
            case t.For(of=of, body=inner):
                # Names are rows here and numbers there: a loop inside does without them.
                if (
                    not round_.is_own(of)
                    or _uses_names(round_, node)
                    or not _stands_alone(round_, inner, known)
                ):
                    return False
    return True


def _uses_names(round_: Round, node: t.For) -> bool:
    for each in t.statements(node.body):
        match each:
            case t.SetLocal():
                return True
            case t.SetSlot(value=value):
                if set(_names(value)) & round_.named:
                    return True
            case t.If(branches=branches):
                if any(set(_names(test)) & round_.named for test, _ in branches):
                    return True
    return False


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
