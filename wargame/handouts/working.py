"""What orders and the world do, step by step in plain words, for the one who works a turn out by hand."""

from __future__ import annotations

import operator
import re
from collections.abc import Iterable, Iterator, Mapping

from attrs import evolve, field, frozen

from wargame.handouts.sentences import HERE, Sentences, sentences_of
from wargame.language import tree
from wargame.language.faults import Faults
from wargame.language.grammar import parse_block
from wargame.language.types import Choice
from wargame.scenario.model import Scenario

__all__ = ["Line", "Working", "working_of"]

_FIELD = re.compile(r"\{(\w+)[^{}]*\}")
_MINUS = "\u2212"
_TESTS = {
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
_SUMS = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "//": operator.floordiv,
    "%": operator.mod,
}


@frozen
class Line:
    """One step."""

    depth: int
    """Under how many conditions it stands, from 0."""

    text: str


@frozen(eq=False)
class Working(Sentences):
    """Puts whole rule texts into words: every change, every die with all that its percentage is made of."""

    roles: Mapping[str, str] = field(factory=dict)

    def steps(self, text: str | None) -> tuple[Line, ...]:
        """A rule text, a line a statement; none where there is no text."""
        block = parse_block(text, Faults()) if text and text.strip() else None
        return () if block is None else tuple(self._block(block.body, 0))

    def with_choice(self, choice: Choice | None) -> Working:
        """The same words for the rule texts of an order that offers *choice*."""
        if choice is None:
            return self
        shown = dict(zip(choice.options, choice.shown, strict=True))
        return evolve(self, options={**self.options, choice.name: shown})

    def _block(self, block: Iterable[tree.Stmt], depth: int) -> Iterator[Line]:
        for statement in block:
            match statement:
                case tree.Assign():
                    yield Line(depth, self._change(statement))
                case tree.If(branches=((test, body),), otherwise=otherwise) if (
                    self._settled(test) is not None
                ):
                    yield from self._block(body if self._settled(test) else otherwise, depth)
                case tree.If(branches=branches, otherwise=otherwise):
                    for number, (test, body) in enumerate(branches):
                        yield Line(depth, f"{'Or else if' if number else 'If'} {self.truth(test)}:")
                        yield from self._block(body, depth + 1)
                    if otherwise:
                        yield Line(depth, "Otherwise:")
                        yield from self._block(otherwise, depth + 1)
                case tree.For(var=var, of=of, body=body):
                    near = f" next to {self._where(of)}" if of is not None else ""
                    yield Line(depth, f"For each place {var.id.upper()}{near}:")
                    yield from self._block(body, depth + 1)
                case tree.Report(text=text, to=to):
                    yield Line(depth, self._told(text.value, [name.id for name in to]))

    def _change(self, change: tree.Assign) -> str:
        target, value = self._name(change.target), change.value
        if change.op == "=":
            return f"{target} becomes {self.option(change.target, value)}"
        if isinstance(value, tree.Minus):
            return f"{target} {_MINUS if change.op == '+=' else '+'} {self._term(value.of)}"
        return f"{target} {'+' if change.op == '+=' else _MINUS} {self._term(value)}"

    def _told(self, text: str, to: list[str]) -> str:
        named = [self.roles[role] for role in to if role in self.roles]
        words = _FIELD.sub(lambda found: f"[{found[1].replace('_', ' ')}]", text)
        return f"Tell {' and '.join(named) or 'everybody'}: \u201c{words}\u201d"

    def truth(self, node: tree.Expr) -> str:
        match node:
            case tree.Call(id="chance", args=(of, *label)):
                name = f" \u2018{label[0].value}\u2019" if label and isinstance(label[0], tree.Text) else ""
                return f"the die{name} falls below {self.number(of)}"
        return super().truth(node)

    def number(self, node: tree.Expr) -> str:
        known = self._known(node) if isinstance(node, tree.Chain) else None
        if known is not None:
            return str(known).replace("-", _MINUS)
        match node:
            case tree.Call(id="turns_since", args=(tree.Name() as of,)):
                return f"the turns since {self._name(of)} (99: never)"
            case tree.Either(test=test, then=then, other=other) if self._settled(test) is not None:
                return self.number(then if self._settled(test) else other)
        return super().number(node)

    def _term(self, node: tree.Expr) -> str:
        if isinstance(node, tree.Either) and (test := self._settled(node.test)) is not None:
            return self._term(node.then if test else node.other)
        return super()._term(node) if self._known(node) is None else self.number(node)

    def _factor(self, node: tree.Expr) -> str:
        return super()._factor(node) if self._known(node) is None else self.number(node)

    def _settled(self, test: tree.Expr) -> bool | None:
        """Whether *test* holds, where it asks about constants alone."""
        match test:
            case tree.Compare(first=first, rest=((sign, second),)):
                one, other = self._known(first), self._known(second)
                if one is not None and other is not None:
                    return bool(_TESTS[sign](one, other))
        return None

    def _known(self, node: tree.Expr) -> int | None:
        """The number *node* is in every position, where it is made of constants alone."""
        match node:
            case tree.Num(value=value):
                return value
            case tree.Name(id=id, index=None):
                return self.numbers.get(id)
            case tree.Chain(first=first, rest=rest):
                found: int | None = self._known(first)
                for sign, part in rest:
                    other = self._known(part)
                    if found is None or other is None or (sign in ("//", "%") and other == 0):
                        return None
                    found = _SUMS[sign](found, other)
                return found
        return None

    def _name(self, node: tree.Name) -> str:
        if node.index is None or (isinstance(node.index, tree.Name) and node.index.id in self.places):
            return super()._name(node)
        return f"{super()._name(tree.Name(node.at, node.id))} {self._in(node.index)}"

    def _in(self, index: tree.Expr) -> str:
        where = self._where(index)
        return where if where == "there" else f"in {where}"

    def _where(self, place: tree.Expr) -> str:
        """A place as a rule text speaks of it."""
        match place:
            case tree.Name(id=id, index=None) if id == HERE:
                return "there"
            case tree.Name(id=id, index=None):
                return self.places.get(id, id.upper())
        return self.number(place)


def working_of(scenario: Scenario) -> Working:
    """What puts the rule texts of *scenario* into steps."""
    words = sentences_of(scenario)
    return Working(
        titles=words.titles,
        orders=words.orders,
        numbers=words.numbers,
        places=words.places,
        roles={role.id: role.title for role in scenario.roles.values()},
        options={
            **words.options,
            "truth": {truth.id: f"\u2018{truth.title}\u2019" for truth in scenario.truths.values()},
        },
    )
