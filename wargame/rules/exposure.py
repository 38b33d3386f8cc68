"""What a rule text touches: the slots it may write, and what each of its dice gives away."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import define, field

from wargame.language import typed as t
from wargame.language.check import Checked

__all__ = ["secrets_of_dice", "writes_at"]

Secrets = frozenset[str]
NOTHING: Secrets = frozenset()


def secrets_of_dice(checked: Checked) -> tuple[Secrets, ...]:
    """For each die of the block, in the order of its number, the ids one must know to be told of it."""
    if not isinstance(checked.tree, tuple):
        return ()
    walk = _Walk(checked.reads | checked.derived | checked.asks)
    walk.block(checked.tree, NOTHING)
    return tuple(walk.found.get(die.start, NOTHING) for die in checked.dice)


def writes_at(checked: Checked, here: int, places: int) -> tuple[int, ...]:
    """The slots the block may write when it is about the place *here*, ascending."""
    found: set[int] = set()
    for node in _settings(checked.tree if isinstance(checked.tree, tuple) else ()):
        match node.place:
            case None:
                offsets = [0]
            case t.Const(value=place):
                offsets = [place]
            case t.Here():
                offsets = [here]
            case _:
                offsets = list(range(places))
        for first in (node.base, node.since):
            found |= {first + offset for offset in offsets} if first is not None else set()
    return tuple(sorted(found))


def _settings(body: tuple[t.Stmt, ...]) -> Iterator[t.SetSlot]:
    """Every assignment to a variable in *body*."""
    for node in body:
        match node:
            case t.SetSlot():
                yield node
            case t.If(branches=branches, otherwise=otherwise):
                for _, inner in branches:
                    yield from _settings(inner)
                yield from _settings(otherwise)
            case t.For(body=inner):
                yield from _settings(inner)


@define(eq=False)
class _Walk:
    """One pass over a block, with what has decided that this point is reached."""

    everything: Secrets
    """All that the block reads; what a local holds may depend on any of it."""

    found: dict[int, Secrets] = field(factory=dict)
    """By where the die starts in the text."""

    def block(self, body: tuple[t.Stmt, ...], context: Secrets) -> None:
        for node in body:
            self._statement(node, context)

    def _statement(self, node: t.Stmt, context: Secrets) -> None:
        match node:
            case t.SetSlot(place=place, value=value):
                if place is not None:
                    self._expression(place, context)
                self._expression(value, context)
            case t.SetLocal(value=value):
                self._expression(value, context)
            case t.If(branches=branches, otherwise=otherwise):
                for test, body in branches:
                    self._expression(test, context)
                    context |= self._secrets(test)
                    self.block(body, context)
                self.block(otherwise, context)
            case t.For(of=of, body=body):
                if of is not None:
                    self._expression(of, context)
                    context |= self._secrets(of)
                self.block(body, context)
            case t.Report(args=args):
                for arg in args:
                    self._expression(arg, context)

    def _expression(self, node: t.Expr, context: Secrets) -> None:
        """Find the dice in *node*; what stands around one in an expression decides whether it is thrown."""
        if isinstance(node, t.Die):
            self.found[node.at.start] = context | self._secrets(node.of)
        if isinstance(node, t.Logic | t.Either):
            context |= self._secrets(node)
        for part in t.children(node):
            self._expression(part, context)

    def _secrets(self, node: t.Expr) -> Secrets:
        if isinstance(node, t.Local):
            return self.everything
        own = getattr(node, "source", "")
        return frozenset((own,) if own else ()).union(*(self._secrets(part) for part in t.children(node)))
