"""What each die of a rule text gives away."""

from __future__ import annotations

from attrs import define, field

from wargame.language import typed as t
from wargame.language.check import Checked

__all__ = ["secrets_of_dice"]

Secrets = frozenset[str]
NOTHING: Secrets = frozenset()


def secrets_of_dice(checked: Checked) -> tuple[Secrets, ...]:
    """For each die of the block, in the order of its number, the ids one must know to be told of it."""
    if not isinstance(checked.tree, tuple):
        return ()
    walk = _Walk(checked.reads | checked.derived | checked.asks)
    walk.block(checked.tree, NOTHING)
    return tuple(walk.found.get(die.start, NOTHING) for die in checked.dice)


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
