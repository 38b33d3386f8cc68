"""How far numbers reach on the way, and so how many bits a text needs to be worked out in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from attrs import field, frozen

from wargame.language import typed as t
from wargame.language.check import Checked
from wargame.language.flow import NEVER
from wargame.language.types import HIGHEST

__all__ = ["FAR", "WIDTHS", "Reach", "bits_of", "names_in", "narrowest"]

FAR = HIGHEST
"""As far as any value reaches: stands for what is not known."""

WIDTHS = ("i16", "i32", "i64")
"""The types of integers, by their bits."""

_ROUNDS = 4
"""So often names are worked out anew; where one still grows then, nothing is known of any."""


@frozen(eq=False)
class Reach:
    """The largest amounts, whatever their sign."""

    derived: Mapping[int, Checked]
    """The texts of derived values, by number."""

    turns: int
    """The largest number a step can have."""

    names: Mapping[int, int] = field(factory=dict)
    """How far the value of each name reaches, by its number."""

    def of(self, node: t.Expr) -> int:
        """How far *node* reaches, or anything it is made of."""
        if isinstance(node, t.Derived):
            tree = self.derived[node.index].tree
            own = FAR if isinstance(tree, tuple) else max(self.value(node), self.of(tree))
        else:
            own = self._on_the_way(node) if isinstance(node, t.Chain) else self.value(node)
        return max(own, *map(self.of, t.children(node)), 0)

    def of_body(self, body: Sequence[t.Stmt]) -> int:
        """How far the expressions of *body* reach, but not those of loops inside, which go place by place."""
        found = 0
        for node in body:
            match node:
                case t.SetLocal(value=value):
                    found = max(found, self.of(value))
                case t.SetSlot(value=value, lo=lo, hi=hi):
                    found = max(found, self.of(value), -lo, hi)
                case t.If(branches=branches, otherwise=otherwise):
                    found = max(found, *(self.of(test) for test, _ in branches), self.of_body(otherwise))
                    found = max(found, *(self.of_body(inner) for _, inner in branches))
        return found

    def value(self, node: t.Expr) -> int:
        """How far what *node* comes to can reach."""
        match node:
            case t.Const(value=value):
                return abs(value)
            case t.Load() | t.LoadAt() | t.Derived():
                return max(-node.lo, node.hi)
            case t.Aggregate(function=function, places=places):
                far = 1 if function == "count" else max(-node.lo, node.hi)
                return far * places if function in ("count", "total") else far
            case t.Local(index=index):
                return self.names.get(index, FAR)
            case t.LoopPlace(places=count) | t.Here(places=count) | t.Option(count=count):
                return count
            case t.Minus(of=of) | t.Abs(of=of) | t.Die(of=of):
                return self.value(of)
            case t.Either(then=then, other=other):
                return max(self.value(then), self.value(other))
            case t.Extreme(items=items):
                return max(map(self.value, items))
            case t.Clamp(of=of, lo=lo, hi=hi):
                return max(map(self.value, (of, lo, hi)))
            case t.Among(values=values):
                return max(1, *map(abs, values))
            case t.Since():
                return max(NEVER, self.turns)
            case t.Chain():
                return self._chain(node)[-1]
        return 1

    def _on_the_way(self, node: t.Chain) -> int:
        return max(self._chain(node))

    def _chain(self, node: t.Chain) -> list[int]:
        """How far a chain has reached behind each of its parts."""
        found = [self.value(node.first)]
        for op, part in node.rest:
            last, next_ = found[-1], self.value(part)
            if op == "*":
                found.append(last * next_)
            elif op == "//":
                # It rounds down, and so away from 0 what is below it.
                by = abs(part.value) if isinstance(part, t.Const) else 1
                found.append(-(-last // max(1, by)))
            elif op == "%":
                found.append(next_)
            else:
                found.append(last + next_)
        return found


def names_in(body: Sequence[t.Stmt], derived: Mapping[int, Checked], turns: int) -> Mapping[int, int]:
    """How far the value of each name in *body* reaches."""
    given = [node for node in t.statements(body) if isinstance(node, t.SetLocal)]
    names = dict.fromkeys((node.index for node in given), 0)
    reach = Reach(derived, turns, names)
    for _ in range(_ROUNDS):
        before = dict(names)
        for node in given:
            names[node.index] = max(names[node.index], reach.value(node.value))
        if names == before:
            return names
    return dict.fromkeys(names, FAR)


def narrowest(far: int, least: str = "i16") -> str:
    """The narrowest type, not below *least*, that holds every number up to *far*, whatever its sign."""
    types = WIDTHS[WIDTHS.index(least) :]
    return next((each for each in types if far < 2 ** (bits_of(each) - 1)), types[-1])


def bits_of(type_: str) -> int:
    """How many bits an integer of that type has."""
    return int(type_[1:])
