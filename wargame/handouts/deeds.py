"""What an order does, in short: which values it moves which way, and where a die decides."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from attrs import frozen

from wargame.handouts.sentences import Sentences
from wargame.language import tree
from wargame.language.faults import Faults
from wargame.language.grammar import parse_block
from wargame.session.public import Gauge

__all__ = ["Deeds", "deeds_of"]

_ARROWS = {frozenset({1}): "up", frozenset({-1}): "down", frozenset({1, -1}): "up or down"}


@frozen
class Deeds:
    """What an order does to what its role sees."""

    surely: tuple[str, ...]
    """Changes that come whenever it is carried out, such as `Trust +3`."""

    perhaps: tuple[str, ...]
    """Changes that hang on the situation or on a die."""

    dice: tuple[str, ...]
    """The names of its checks."""


@frozen
class _Move:
    gauge: str
    where: str
    amount: str
    """`+3` where it is a number; otherwise empty."""

    way: int
    """1 up, -1 down, 0 set."""

    sure: bool


def deeds_of(text: str | None, gauges: Mapping[str, Gauge], sentences: Sentences) -> Deeds:
    """The deeds of the order whose effects are *text*; only values among *gauges* are named."""
    block = parse_block(text, Faults()) if text and text.strip() else None
    statements: tuple[tree.Stmt, ...] = () if block is None else block.body
    moves = [move for move in _moves(statements, sentences, True) if move.gauge in gauges]
    return Deeds(
        surely=tuple(_listed([move for move in moves if move.sure], gauges)),
        perhaps=tuple(_listed([move for move in moves if not move.sure], gauges)),
        dice=tuple(dict.fromkeys(_labels(statements))),
    )


def _moves(block: Iterable[tree.Stmt], sentences: Sentences, sure: bool) -> Iterator[_Move]:
    for statement in block:
        match statement:
            case tree.Assign(target=target, op=op, value=value):
                yield _move(target, op, value, sentences, sure)
            case tree.If(branches=branches, otherwise=otherwise):
                for _, body in branches:
                    yield from _moves(body, sentences, False)
                yield from _moves(otherwise, sentences, False)
            case tree.For(body=body):
                yield from _moves(body, sentences, sure)


def _move(target: tree.Name, op: str, value: tree.Expr, sentences: Sentences, sure: bool) -> _Move:
    where = ""
    if isinstance(target.index, tree.Name):
        place = sentences.places.get(target.index.id)
        where = f" in {place}" if place else " there" if target.index.id == "here" else " in places"
    if op == "=":
        words = sentences.option(target, value) if isinstance(value, tree.Text) else ""
        if isinstance(value, tree.Truth):
            words = "yes" if value.value else "no"
        return _Move(target.id, where, words, 0, sure)
    sign = 1 if op == "+=" else -1
    if isinstance(value, tree.Minus):
        sign, value = -sign, value.of
    points = _points(value, sentences.numbers)
    if points is None:
        return _Move(target.id, where, "", sign, sure)
    points *= sign
    return _Move(target.id, where, f"{points:+d}".replace("-", "\u2212"), 1 if points > 0 else -1, sure)


def _points(value: tree.Expr, numbers: Mapping[str, int]) -> int | None:
    match value:
        case tree.Num(value=points):
            return points
        case tree.Name(id=id, index=None) if id in numbers:
            return numbers[id]
    return None


def _listed(moves: list[_Move], gauges: Mapping[str, Gauge]) -> Iterator[str]:
    """One phrase for each value and place that is moved."""
    grouped: dict[tuple[str, str], list[_Move]] = {}
    for move in moves:
        grouped.setdefault((move.gauge, move.where), []).append(move)
    for (gauge, where), found in grouped.items():
        yield f"{gauges[gauge].title}{where}{_change(found)}"


def _change(moves: list[_Move]) -> str:
    if len(moves) == 1 and moves[0].amount:
        return f" {moves[0].amount}" if moves[0].way else f": {moves[0].amount}"
    ways = frozenset(move.way for move in moves if move.way)
    if not ways:
        options = dict.fromkeys(move.amount for move in moves if move.amount)
        return f": {' or '.join(options)}" if options else " is set"
    return f" {_ARROWS[ways]}"


def _labels(block: Iterable[tree.Stmt]) -> Iterator[str]:
    """The names of the checks in *block*, in its order."""
    for statement in block:
        match statement:
            case tree.Assign(value=value):
                yield from _checks(value)
            case tree.If(branches=branches, otherwise=otherwise):
                for test, body in branches:
                    yield from _checks(test)
                    yield from _labels(body)
                yield from _labels(otherwise)
            case tree.For(body=body):
                yield from _labels(body)


def _checks(node: tree.Expr) -> Iterator[str]:
    match node:
        case tree.Call(id="chance" | "roll", args=(_, *label)):
            yield label[0].value.replace("_", " ") if label and isinstance(label[0], tree.Text) else "a die"
        case tree.Call(args=parts) | tree.Logic(items=parts):
            for part in parts:
                yield from _checks(part)
        case tree.Not(of=of) | tree.Minus(of=of):
            yield from _checks(of)
        case tree.Chain(first=first, rest=rest) | tree.Compare(first=first, rest=rest):
            for part in (first, *(other for _, other in rest)):
                yield from _checks(part)
        case tree.Either(test=test, then=then, other=other):
            for part in (test, then, other):
                yield from _checks(part)
