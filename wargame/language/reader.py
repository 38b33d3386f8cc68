"""Translates Python's tree, node by node, into the language's own; what is not in the list is refused."""

from __future__ import annotations

import ast

from attrs import define, field

from wargame.language.faults import Faults, nearest
from wargame.language.source import Source
from wargame.language.tree import (
    Among,
    Assign,
    Call,
    Chain,
    Compare,
    Either,
    Expr,
    For,
    If,
    Logic,
    Minus,
    Name,
    Not,
    Num,
    Report,
    Spot,
    Stmt,
    Text,
    Truth,
)
from wargame.language.words import FUNCTIONS, MOST_LEVELS, MOST_NODES

_SUMS = {ast.Add: "+", ast.Sub: "-"}
_PRODUCTS = {ast.Mult: "*", ast.FloorDiv: "//", ast.Mod: "%"}
_COMPARE = {ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=", ast.Eq: "==", ast.NotEq: "!="}


@define(eq=False)
class Reader:
    """Reads one text's tree."""

    source: Source
    faults: Faults
    lost: list[Spot] = field(factory=list)
    """Statements that could not be translated, so that what they would have named is not missed."""

    _nodes: int = 0

    def spot(self, node: ast.expr | ast.stmt) -> Spot:
        return self.source.spot(node)

    def _count(self, node: ast.expr | ast.stmt, level: int) -> bool:
        self._nodes += 1
        if self._nodes == MOST_NODES + 1:
            self.faults.add(self.spot(node), f"more than {MOST_NODES} parts", "split the text")
        if level > MOST_LEVELS:
            self.faults.add(
                self.spot(node), f"more than {MOST_LEVELS} levels inside each other", "split it into steps"
            )
        return self._nodes <= MOST_NODES and level <= MOST_LEVELS

    def _refuse(self, node: ast.expr | ast.stmt, what: str, remedy: str = "") -> None:
        self.faults.add(self.spot(node), what, remedy or "see the list of what rules may use")

    # Statements.

    def block(self, body: list[ast.stmt], level: int) -> tuple[Stmt, ...]:
        """The statements that could be translated."""
        made: list[Stmt] = []
        for node in body:
            translated = self.statement(node, level)
            if translated is None:
                self.lost.append(self.spot(node))
            else:
                made.append(translated)
        return tuple(made)

    def statement(self, node: ast.stmt, level: int) -> Stmt | None:
        if not self._count(node, level):
            return None
        match node:
            case ast.Assign(targets=[ast.Name() | ast.Subscript() as target], value=value):
                return self._assign(node, target, "=", value, level)
            case ast.AugAssign(target=ast.Name() | ast.Subscript() as target, op=ast.Add(), value=value):
                return self._assign(node, target, "+=", value, level)
            case ast.AugAssign(target=ast.Name() | ast.Subscript() as target, op=ast.Sub(), value=value):
                return self._assign(node, target, "-=", value, level)
            case ast.If():
                return self._if(node, level)
            case ast.For(orelse=[]):
                return self._for(node, level)
            case ast.Expr(value=ast.Call(func=ast.Name(id="report")) as call):
                return self._report(call, level)
            case ast.Expr():
                self._refuse(node, "this does nothing", "assign it with =, += or -=, or report it")
            case ast.Assign():
                self._refuse(node, "only one variable can stand on the left of =", "write one line for each")
            case _:
                self._refuse(node, "this kind of statement is not part of the language")
        return None

    def _assign(
        self, node: ast.stmt, target: ast.expr, op: str, value: ast.expr, level: int
    ) -> Assign | None:
        name = self.expression(target, level + 1)
        right = self.expression(value, level + 1)
        if name is not None and not isinstance(name, Name):
            self._refuse(target, "this is a value and cannot be given another", "put a variable's name here")
        if not isinstance(name, Name) or right is None:
            return None
        return Assign(self.spot(node), name, op, right)

    def _if(self, node: ast.If, level: int) -> If:
        branches: list[tuple[Expr, tuple[Stmt, ...]]] = []
        current = node
        while True:
            test = self.expression(current.test, level + 1)
            body = self.block(current.body, level + 1)
            if test is None:
                self.lost.append(self.spot(current.test))
            else:
                branches.append((test, body))
            match current.orelse:
                case [ast.If() as following] if self._is_elif(following):
                    self._nodes += 1
                    current = following
                case rest:
                    return If(self.spot(node), tuple(branches), self.block(rest, level + 1))

    def _is_elif(self, node: ast.If) -> bool:
        spot = self.spot(node)
        return self.source.text.startswith("elif", spot.start)

    def _for(self, node: ast.For, level: int) -> For | None:
        var = self.expression(node.target, level + 1)
        body = self.block(node.body, level + 1)
        if not isinstance(var, Name) or var.index is not None:
            self._refuse(node.target, "a loop needs one plain name for its place", "write for p in places:")
            return None
        match node.iter:
            case ast.Name(id="places"):
                return For(self.spot(node), var, None, body)
            case ast.Call(func=ast.Name(id="neighbours"), args=[place], keywords=[]):
                of = self.expression(place, level + 1)
                return None if of is None else For(self.spot(node), var, of, body)
        self._refuse(node.iter, "a loop runs over places only", "write places or neighbours(here)")
        return None

    def _report(self, call: ast.Call, level: int) -> Report | None:
        to: tuple[Name, ...] = ()
        for keyword in call.keywords:
            if keyword.arg != "to" or len(call.keywords) > 1:
                self._refuse(keyword.value, "report takes the words and to= only")
                return None
            items = keyword.value.elts if isinstance(keyword.value, ast.Tuple) else [keyword.value]
            names = [self.expression(item, level + 1) for item in items]
            to = tuple(name for name in names if isinstance(name, Name) and name.index is None)
            if len(to) < len(items) or not to:
                self._refuse(keyword.value, "to= takes a role, several in brackets, or all")
                return None
        words = self.expression(call.args[0], level + 1) if len(call.args) == 1 else None
        if not isinstance(words, Text):
            self._refuse(call, "report takes one text in quotes", 'write report("...", to=all)')
            return None
        return Report(self.spot(call), words, to)

    # Expressions.

    def expression(self, node: ast.expr, level: int) -> Expr | None:
        if not self._count(node, level):
            return None
        match node:
            case ast.Constant(value=bool() | None):
                self._refuse(node, "this word is not part of the language", "write true or false")
            case ast.Constant(value=int() as value):
                return Num(self.spot(node), value)
            case ast.Constant(value=str() as words):
                return Text(self.spot(node), words)
            case ast.Name(id=word):
                spot = self.spot(node)
                return Truth(spot, word == "true") if word in ("true", "false") else Name(spot, word)
            case ast.Subscript(value=ast.Name(id=word), slice=index):
                inner = self.expression(index, level + 1)
                return None if inner is None else Name(self.spot(node), word, inner)
            case ast.UnaryOp(op=ast.USub() | ast.Not() as sign, operand=operand):
                inner = self.expression(operand, level + 1)
                kind = Minus if isinstance(sign, ast.USub) else Not
                return None if inner is None else kind(self.spot(node), inner)
            case ast.UnaryOp(op=ast.UAdd(), operand=operand):
                return self.expression(operand, level + 1)
            case ast.BinOp(op=operator):
                return self._chain(node, operator, level)
            case ast.Compare():
                return self._compare(node, level)
            case ast.BoolOp(op=operator, values=values):
                items = self._all(values, level)
                op = "and" if isinstance(operator, ast.And) else "or"
                return None if items is None else Logic(self.spot(node), op, items)
            case ast.IfExp(test=test, body=then, orelse=other):
                parts = self._all([test, then, other], level)
                return None if parts is None else Either(self.spot(node), *parts)
            case ast.Call(func=ast.Name(id=word)):
                return self._call(node, word, level)
            case _:
                self._strange(node)
        return None

    def _strange(self, node: ast.expr) -> None:
        match node:
            case ast.Attribute():
                self._refuse(node, "attributes are not part of the language")
            case ast.Tuple():
                self._refuse(node, "a list of things can stand after 'in' only")
            case ast.Subscript():
                self._refuse(node, "only a variable can have a place in brackets", "write unrest[here]")
            case ast.Call():
                self._refuse(node, "only the language's own functions can be called")
            case _:
                self._refuse(node, "this is not part of the language")

    def _all(self, nodes: list[ast.expr], level: int) -> tuple[Expr, ...] | None:
        made = [self.expression(node, level + 1) for node in nodes]
        found = tuple(node for node in made if node is not None)
        return found if len(found) == len(nodes) else None

    def _chain(self, node: ast.BinOp, operator: ast.operator, level: int) -> Expr | None:
        """A run of equal precedence is one level, however long."""
        signs = next((family for family in (_SUMS, _PRODUCTS) if type(operator) in family), None)
        if signs is None:
            self._refuse(node, "this operator is not part of the language", "use + - * // %")
            return None
        rest: list[tuple[str, ast.expr]] = []
        current: ast.expr = node
        # Brackets around the front part change nothing, so they may be looked through.
        while isinstance(current, ast.BinOp) and type(current.op) in signs:
            rest.append((signs[type(current.op)], current.right))
            current = current.left
        rest.reverse()
        parts = self._all([current, *(right for _, right in rest)], level)
        if parts is None:
            return None
        ops = (sign for sign, _ in rest)
        return Chain(self.spot(node), parts[0], tuple(zip(ops, parts[1:], strict=True)))

    def _compare(self, node: ast.Compare, level: int) -> Expr | None:
        match node.ops, node.comparators:
            case [ast.In() | ast.NotIn() as op], [options]:
                listed = options.elts if isinstance(options, ast.Tuple) else [options]
                parts = self._all([node.left, *listed], level)
                if parts is None:
                    return None
                return Among(self.spot(node), parts[0], parts[1:], isinstance(op, ast.NotIn))
        if any(type(op) not in _COMPARE for op in node.ops):
            self._refuse(node, "this comparison is not part of the language", "use == != < <= > >= or in")
            return None
        parts = self._all([node.left, *node.comparators], level)
        if parts is None:
            return None
        ops = (_COMPARE[type(op)] for op in node.ops)
        return Compare(self.spot(node), parts[0], tuple(zip(ops, parts[1:], strict=True)))

    def _call(self, node: ast.Call, word: str, level: int) -> Expr | None:
        if word not in FUNCTIONS:
            near = nearest(word, FUNCTIONS)
            self.faults.add(
                self.spot(node), f"there is no function '{word}'", "see the list of functions", near
            )
            return None
        if word in ("report", "neighbours"):
            advice = (
                "a report stands on a line of its own"
                if word == "report"
                else "write for p in neighbours(here):"
            )
            self._refuse(node, f"{word} gives no value", advice)
            return None
        if node.keywords:
            self._refuse(node, f"{word} takes no named arguments", "give them in order")
            return None
        args = self._all(node.args, level)
        return None if args is None else Call(self.spot(node), word, args)
