"""Rule text to tree, with every fault of its form at its line and column."""

from __future__ import annotations

import ast
import warnings
from bisect import bisect_right

from attrs import define, field

from wargame.language.faults import Faults, nearest
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
from wargame.language.words import MOST_LEVELS, MOST_NODES, Scan, is_plainly_fine

_WORDS = """
    min max abs clamp total highest lowest mean count
    chance roll turns_since ordered neighbours report
"""
FUNCTIONS = tuple(_WORDS.split())
RESERVED = frozenset(FUNCTIONS) | frozenset(
    ("true", "false", "turn", "here", "places", "all", "and", "or", "not", "in", "if", "elif", "else", "for")
)
"""Words of the language itself; nothing in a scenario may be called so."""

_SUMS = {ast.Add: "+", ast.Sub: "-"}
_PRODUCTS = {ast.Mult: "*", ast.FloorDiv: "//", ast.Mod: "%"}
_COMPARE = {ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=", ast.Eq: "==", ast.NotEq: "!="}
_PARSE_ERRORS = (ValueError, MemoryError, RecursionError, OverflowError, SystemError)
_HERE = Spot(1, 1, 0, 0)


def parse_expression(text: str, faults: Faults) -> Expr | None:
    """The tree of *text* as one expression; None, with its faults noted, if it is none."""
    reader = _parsed(text, faults, is_block=False)
    if reader is None:
        return None
    [statement] = reader.statements
    assert isinstance(statement, ast.Expr)
    tree = reader.expression(statement.value, 1)
    return None if faults else tree


def parse_block(text: str, faults: Faults) -> tuple[Stmt, ...] | None:
    """The trees of the statements of *text*; None, with its faults noted, if it is not a block."""
    reader = _parsed(text, faults, is_block=True)
    if reader is None:
        return None
    body = reader.block(reader.statements, 1)
    return None if faults else body


def _parsed(text: str, faults: Faults, *, is_block: bool) -> _Reader | None:
    text = text.replace("\r\n", "\n")
    if not is_plainly_fine(text, is_block):
        Scan(text, faults, is_block).run()
        if faults:
            return None
    if not text.strip() or all(not line.strip() or line.strip()[0] == "#" for line in text.split("\n")):
        faults.add(_HERE, "the text is empty", "leave the whole entry out, or write the rule")
        return None
    # An `if` around a block takes any common indent; brackets take an expression over several lines.
    pad = " " if is_block and not _starts_indented(text) else ""
    inside = "\n".join(pad + line for line in text.split("\n")) if pad else text
    source = f"if 1:\n{inside}\n" if is_block else f"({text}\n)"
    reader = _Reader(text, faults, line_shift=int(is_block), column_shift=len(pad) if is_block else 1)
    module = reader.parse(source)
    if module is None:
        return None
    if not is_block:
        reader.statements = list(module.body)
        return reader
    first = module.body[0]
    if len(module.body) != 1 or not isinstance(first, ast.If) or first.orelse:
        faults.add(reader.spot(module.body[-1]), "the lines do not start in one column", "align them")
        return None
    reader.statements = first.body
    return reader


def _starts_indented(text: str) -> bool:
    """Whether the first line of rules has an indent of its own."""
    first = next(line for line in text.split("\n") if line.strip() and line.lstrip()[0] != "#")
    return first[0] == " "


@define(eq=False)
class _Reader:
    """Translates Python's tree, node by node, into the language's own."""

    text: str
    faults: Faults
    line_shift: int
    column_shift: int
    statements: list[ast.stmt] = field(factory=list)
    _lines: list[str] = field(factory=list)
    _starts: list[int] = field(factory=list)
    _nodes: int = 0
    _plain: bool = False

    def parse(self, source: str) -> ast.Module | None:
        self._lines = self.text.split("\n")
        self._plain = self.text.isascii()
        offset = 0
        for line in self._lines:
            self._starts.append(offset)
            offset += len(line) + 1
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                return ast.parse(source)
        except SyntaxError as error:
            self._syntax(error)
        except _PARSE_ERRORS:
            self.faults.add(_HERE, "the text cannot be read", "make it simpler")
        return None

    def _syntax(self, error: SyntaxError) -> None:
        line = min(max(1, (error.lineno or 1) - self.line_shift), len(self._lines))
        shift = self.column_shift if self.line_shift or line == 1 else 0
        column = min(max(1, (error.offset or 1) - shift), len(self._lines[line - 1]) + 1)
        start = self._starts[line - 1] + column - 1
        detail = "" if not error.msg or error.msg == "invalid syntax" else f" ({error.msg})"
        self.faults.add(
            Spot(line, column, start, start + 1),
            f"this cannot be read as a rule{detail}",
            "compare it with the examples in the authoring guide",
        )

    def spot(self, node: ast.expr | ast.stmt) -> Spot:
        plain = self._plain_spot(node) if self._plain else None
        if plain is not None:
            return plain
        start = self._offset(node.lineno, node.col_offset)
        end = self._offset(node.end_lineno or node.lineno, node.end_col_offset or node.col_offset)
        line = bisect_right(self._starts, start)
        return Spot(line, start - self._starts[line - 1] + 1, start, end)

    def _plain_spot(self, node: ast.expr | ast.stmt) -> Spot | None:
        """As `spot`, where every character is a byte; None for the brackets put around the text."""
        line, last = node.lineno - self.line_shift, (node.end_lineno or 0) - self.line_shift
        column = node.col_offset - (self.column_shift if self.line_shift or line == 1 else 0)
        end = (node.end_col_offset or 0) - (self.column_shift if self.line_shift or last == 1 else 0)
        if column < 0 or last > len(self._starts):
            return None
        return Spot(line, column + 1, self._starts[line - 1] + column, self._starts[last - 1] + end)

    def _offset(self, lineno: int, bytes_in: int) -> int:
        line = min(max(1, lineno - self.line_shift), len(self._lines))
        shift = self.column_shift if self.line_shift or line == 1 else 0
        words = self._lines[line - 1]
        column = max(0, bytes_in - shift)
        if not words.isascii():
            column = len(words.encode("utf-8", "replace")[:column].decode("utf-8", "ignore"))
        return self._starts[line - 1] + min(column, len(words))

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
        made = [self.statement(node, level) for node in body]
        return tuple(node for node in made if node is not None)

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
        if not isinstance(name, Name) or right is None:
            return None
        return Assign(self.spot(node), name, op, right)

    def _if(self, node: ast.If, level: int) -> If:
        branches: list[tuple[Expr, tuple[Stmt, ...]]] = []
        current = node
        while True:
            test = self.expression(current.test, level + 1)
            body = self.block(current.body, level + 1)
            if test is not None:
                branches.append((test, body))
            match current.orelse:
                case [ast.If() as following] if self._is_elif(following):
                    self._nodes += 1
                    current = following
                case rest:
                    return If(self.spot(node), tuple(branches), self.block(rest, level + 1))

    def _is_elif(self, node: ast.If) -> bool:
        spot = self.spot(node)
        return self.text.startswith("elif", spot.start)

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
