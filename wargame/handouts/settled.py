"""A rule text with one of its options chosen: what is then left to ask."""

from __future__ import annotations

from attrs import evolve

from wargame.language import tree

__all__ = ["settled"]


def settled(node: tree.Expr, name: str, option: str) -> tree.Expr:
    """*node* where the choice called *name* is *option*, as far as it then goes without asking about it."""
    match node:
        case tree.Compare(
            at=at,
            first=tree.Name(id=asked, index=None),
            rest=((("==" | "!=") as sign, tree.Text(value=value)),),
        ) if asked == name:
            return tree.Truth(at, (value == option) == (sign == "=="))
        case tree.Among(at=at, of=tree.Name(id=asked, index=None), options=options) if asked == name:
            named = any(isinstance(each, tree.Text) and each.value == option for each in options)
            return tree.Truth(at, named != node.negated)
        case tree.Not(at=at, of=of):
            inner = settled(of, name, option)
            return tree.Truth(at, not inner.value) if isinstance(inner, tree.Truth) else tree.Not(at, inner)
        case tree.Logic():
            return _logic(node, name, option)
        case tree.Either():
            return _either(node, name, option)
        case tree.Chain(first=first, rest=rest) | tree.Compare(first=first, rest=rest):
            return evolve(
                node,
                first=settled(first, name, option),
                rest=tuple((sign, settled(part, name, option)) for sign, part in rest),
            )
        case tree.Call(args=args):
            return evolve(node, args=tuple(settled(each, name, option) for each in args))
        case tree.Minus(of=of):
            return evolve(node, of=settled(of, name, option))
    return node


def _logic(node: tree.Logic, name: str, option: str) -> tree.Expr:
    """`and` or `or` without the parts that are settled, or what they settle."""
    parts = [settled(each, name, option) for each in node.items]
    ends = node.op == "or"
    open_parts = [each for each in parts if not isinstance(each, tree.Truth)]
    if any(isinstance(each, tree.Truth) and each.value == ends for each in parts):
        return tree.Truth(node.at, ends)
    if not open_parts:
        return tree.Truth(node.at, not ends)
    return open_parts[0] if len(open_parts) == 1 else evolve(node, items=tuple(open_parts))


def _either(node: tree.Either, name: str, option: str) -> tree.Expr:
    test = settled(node.test, name, option)
    if isinstance(test, tree.Truth):
        return settled(node.then if test.value else node.other, name, option)
    then, other = settled(node.then, name, option), settled(node.other, name, option)
    return evolve(node, test=test, then=then, other=other)
