"""A term of a rule in the words of the scenario's titles, for readers who know no rule language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from attrs import frozen

from wargame.language import tree
from wargame.language.faults import Faults
from wargame.language.grammar import parse_expression

__all__ = ["CHOSEN", "in_words", "ways"]

HERE = "here"
CHOSEN = "chosen"
"""Stands for the name of an order's choice, where the reader of its options does not know it."""

MOST = 80
"""Characters; what needs more words is told by the names in it."""

_SHARES = {
    2: "half",
    3: "a third",
    4: "a quarter",
    5: "a fifth",
    6: "a sixth",
    7: "a seventh",
    8: "an eighth",
    9: "a ninth",
    10: "a tenth",
}
_JOINS = {"+": "plus", "-": "less", "*": "times", "//": "divided by", "%": "modulo"}
_COMPARES = {"==": "is", "!=": "is not", "<": "below", "<=": "at most", ">": "above", ">=": "at least"}
_OVER_PLACES = {
    "total": "{} in all places together",
    "highest": "the highest {}",
    "lowest": "the lowest {}",
    "mean": "the average {}",
    "count": "the number of places with {}",
    "turns_since": "the turns since {}",
    "ordered": "'{}'",
    "abs": "the size of {}",
}


class _TooMuch(Exception):
    """There are no good words for this form: the names in it must do."""


def in_words(text: str, titles: Mapping[str, str]) -> str:
    """
    *text*, one term of a rule, such as `half of Tension in The causeway`.

    *titles* are those of whatever has an id, places included; `here` may be among them, `demand.regime` for
    the option of a choice, and `chosen.regime` for one of an order's. A number whose title is but its id
    counts as a bare number. Never fails, and never answers in the rule language.
    """
    node = _parsed(text)
    if node is None:
        return "what the rule adds"
    return _Words(titles).told(node)


def ways(text: str, titles: Mapping[str, str]) -> list[str]:
    """The conditions of which one is enough for *text* to hold, each as `in_words` tells it."""
    node = _parsed(text)
    parts = node.items if isinstance(node, tree.Logic) and node.op == "or" else (node,)
    words = _Words(titles)
    return [in_words(text, titles)] if None in parts else [words.told(part) for part in parts if part]


@lru_cache(maxsize=2_000)
def _parsed(text: str) -> tree.Expr | None:
    return parse_expression(text, Faults())


@frozen
class _Words:
    titles: Mapping[str, str]

    def told(self, node: tree.Expr) -> str:
        """The words for *node*, or for the names in it if there are no good ones."""
        try:
            said = self.of(node)
        except _TooMuch:
            return self.names(node)
        return said if len(said) <= MOST else self.names(node)

    def of(self, node: tree.Expr) -> str:
        """The words for *node* as a number or a condition."""
        match node:
            case tree.Num(value=value):
                return str(value)
            case tree.Truth(value=value):
                return "yes" if value else "no"
            case tree.Text(value=value):
                return value.replace("_", " ")
            case tree.Name():
                return self._name(node)
            case tree.Minus(of=of):
                return f"minus {self._simple(of)}"
            case tree.Not(of=of):
                return self._denied(of)
            case tree.Chain():
                return self._chain(node)
            case tree.Compare(first=tree.Name() as name, rest=(("==" | "!=" as sign, tree.Text() as text),)):
                return self._chosen(name, (text.value,), sign == "!=")
            case tree.Compare(first=first, rest=((sign, other),)):
                return f"{self._simple(first)} {_COMPARES[sign]} {self._simple(other)}"
            case tree.Among(of=tree.Name() as name, options=options, negated=negated):
                return self._chosen(name, [self._text(each) for each in options], negated)
            case tree.Logic(op="or", items=items) if (asked := _one_of(items)) is not None:
                return self._chosen(*asked, False)
            case tree.Logic(op=op, items=items):
                return f" {op} ".join(map(self.of, items))
            case tree.Either():
                return self._either(node)
            case tree.Call():
                return self._call(node)
        raise _TooMuch

    def names(self, node: tree.Expr) -> str:
        """What *node* depends on, as a list of titles."""
        found = dict.fromkeys(self._name(each) for each in _names(node) if not self._is_bare(each))
        return ", ".join(list(found)[:4]) + (" and more" if len(found) > 4 else "") or "a fixed number"

    def _name(self, node: tree.Name) -> str:
        if self._is_bare(node):
            raise _TooMuch
        title = self.titles.get(node.id, node.id.replace("_", " "))
        if not isinstance(node.index, tree.Name):
            return title
        place = self.titles.get(node.index.id)
        if place is None:
            return f"{title} {'here' if node.index.id == HERE else 'there'}"
        return f"{title} in {place}"

    def _is_bare(self, node: tree.Expr) -> bool:
        """Whether it is a number, or a constant that nobody gave a title."""
        return isinstance(node, tree.Num) or (
            isinstance(node, tree.Name) and self.titles.get(node.id) == node.id.replace("_", " ")
        )

    def _simple(self, node: tree.Expr) -> str:
        """The words for a part, if they can stand inside others without brackets."""
        if isinstance(node, tree.Either | tree.Chain | tree.Logic | tree.Minus):
            raise _TooMuch
        return self.of(node)

    def _chain(self, node: tree.Chain) -> str:
        match node:
            case tree.Chain(first=first, rest=(("//", tree.Num(value=share)),)):
                return self._share(1, share, first)
            case tree.Chain(first=first, rest=(("*", tree.Num(value=times)), ("//", tree.Num(value=share)))):
                return self._share(times, share, first)
            case tree.Chain(first=tree.Num(value=times), rest=(("*", other),)):
                return f"{'twice' if times == 2 else f'{times} times'} {self._simple(other)}"
            case tree.Chain(first=first, rest=(("*", tree.Num(value=times)),)):
                return f"{'twice' if times == 2 else f'{times} times'} {self._simple(first)}"
        parts = [self._simple(node.first)]
        for sign, part in node.rest:
            parts += [_JOINS[sign], self._simple(part)]
        return " ".join(parts)

    def _share(self, times: int, share: int, node: tree.Expr) -> str:
        what = self._simple(node)
        if share == 100:
            return f"{times} percent of {what}"
        if share in _SHARES and times == 1:
            return f"{_SHARES[share]} of {what}"
        return f"{what} divided by {share}" if times == 1 else f"{what} times {times} divided by {share}"

    def _either(self, node: tree.Either) -> str:
        """All or nothing is told by its condition: how much stands beside it as points."""
        tests = self._steps(node)
        if len(tests) > 1:
            asked = _one_of(tests)
            return self._chosen(*asked, False) if asked else " or ".join(map(self.of, tests))
        test = self.of(node.test)
        if _is_zero(node.other):
            return test if self._is_bare(node.then) else f"{self.of(node.then)}, if {test}"
        if _is_zero(node.then):
            if not self._is_bare(node.other):
                return f"{self.of(node.other)}, unless {test}"
            return self.of(node.test.of) if isinstance(node.test, tree.Not) else self._denied(node.test)
        raise _TooMuch

    def _steps(self, node: tree.Expr) -> list[tree.Expr]:
        """The conditions of fixed numbers one after the other, with nothing behind the last."""
        match node:
            case tree.Either(test=test, then=then, other=other) if self._is_bare(then) and not _is_zero(then):
                return [test] if _is_zero(other) else [test, *later] if (later := self._steps(other)) else []
        return []

    def _denied(self, node: tree.Expr) -> str:
        """That a condition does not hold."""
        return f"{self._name(node)}: no" if isinstance(node, tree.Name) else f"not {self._simple(node)}"

    def _chosen(self, name: tree.Name, options: Sequence[str], negated: bool) -> str:
        """What a choice stands at; that of an order, which has no name of its own, by what was chosen."""
        is_own = name.id not in self.titles
        listed = " or ".join(
            self.titles.get(f"{name.id}.{each}")
            or (is_own and self.titles.get(f"{CHOSEN}.{each}"))
            or each.replace("_", " ")
            for each in options
        )
        if is_own:
            return f"{'not ' if negated else ''}chosen: {listed}"
        return f"{self._name(name)} is {'not ' if negated else ''}{listed}"

    def _text(self, node: tree.Expr) -> str:
        if not isinstance(node, tree.Text):
            raise _TooMuch
        return node.value

    def _call(self, node: tree.Call) -> str:
        match node:
            case tree.Call(
                id="min" | "max" as id, args=(tree.Num(value=limit), of) | (of, tree.Num(value=limit))
            ):
                if limit == 0 and id == "max":
                    return self.of(of)
                return f"{self.of(of)}, {'at most' if id == 'min' else 'at least'} {limit}"
            case tree.Call(id="clamp", args=(of, tree.Num(value=low), tree.Num(value=high))):
                return f"{self.of(of)}, from {low} to {high}"
            case tree.Call(id="min" | "max" as id, args=args):
                which = "smallest" if id == "min" else "largest"
                return f"the {which} of {' and '.join(map(self._simple, args))}"
            case tree.Call(id=id, args=(of,)) if id in _OVER_PLACES:
                return _OVER_PLACES[id].format(self._simple(of))
        raise _TooMuch


def _one_of(tests: Sequence[tree.Expr]) -> tuple[tree.Name, list[str]] | None:
    """The one choice that all of *tests* ask about, and the options they ask for; None if they differ."""
    found: list[tuple[tree.Name, str]] = []
    for test in tests:
        match test:
            case tree.Compare(first=tree.Name() as name, rest=(("==", tree.Text(value=value)),)):
                found.append((name, value))
            case _:
                return None
    name = found[0][0]
    same = all(each.id == name.id and each.index is name.index is None for each, _ in found)
    return (name, [value for _, value in found]) if same else None


def _is_zero(node: tree.Expr) -> bool:
    return isinstance(node, tree.Num) and node.value == 0


def _names(node: tree.Expr) -> Iterator[tree.Name]:
    """Every name in *node* that means a value, in the order of the text."""
    match node:
        case tree.Name():
            yield node
        case tree.Minus(of=of) | tree.Not(of=of) | tree.Among(of=of):
            yield from _names(of)
        case tree.Chain(first=first, rest=rest) | tree.Compare(first=first, rest=rest):
            for part in (first, *(other for _, other in rest)):
                yield from _names(part)
        case tree.Logic(items=parts) | tree.Call(args=parts):
            for part in parts:
                yield from _names(part)
        case tree.Either(test=test, then=then, other=other):
            for part in (then, test, other):
                yield from _names(part)
