"""Conditions and formulas for a reader with a pencil: titles in quotes, signs of arithmetic."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import field, frozen

from wargame.handouts.settled import settled
from wargame.language import tree
from wargame.language.faults import Faults
from wargame.language.grammar import parse_expression
from wargame.language.types import Choice
from wargame.scenario.model import Scenario

__all__ = ["Sentences", "parsed", "sentences_of"]

HERE = "here"
NEVER = 99
"""What `turns_since` gives for what has not happened."""

_SIGNS = {"+": "+", "-": "\u2212", "*": "\u00d7", "//": "\u00f7", "%": "modulo"}
_COMPARES = {
    "==": "is",
    "!=": "is not",
    "<": "is below",
    "<=": "is at most",
    ">": "is above",
    ">=": "is at least",
}
_OVER_PLACES = {
    "total": "the sum of {} over all places",
    "highest": "the highest {} anywhere",
    "lowest": "the lowest {} anywhere",
    "mean": "the average {} of all places",
    "count": "the number of places with {}",
}


def parsed(text: str | None) -> tree.Expr | None:
    """The tree of an expression; None if the author left it out."""
    return parse_expression(text, Faults()) if text and text.strip() else None


@frozen(eq=False)
class Sentences:
    """Puts rule texts into words with the titles of one scenario."""

    titles: Mapping[str, str]
    orders: frozenset[str]
    numbers: Mapping[str, int]
    """The constants: printed as the numbers they are."""

    places: Mapping[str, str]
    options: Mapping[str, Mapping[str, str]] = field(factory=dict)
    """The options of each choice as people read them, by the choice's name."""

    def condition(self, text: str | None) -> str:
        """A condition as a clause; empty where there is none."""
        node = parsed(text)
        return "" if node is None else self.truth(node)

    def formula(self, text: str | None) -> str:
        """A number as a formula; empty where there is none."""
        node = parsed(text)
        return "" if node is None else self.number(node)

    def by_option(self, text: str | None, choice: Choice | None) -> list[tuple[str, str]]:
        """
        What a condition asks for, by option in words; one row with no option where it is the same for all.

        An option that nothing is asked for has no row.
        """
        node = parsed(text)
        if node is None:
            return []
        rows = [(option, settled(node, choice.name, option)) for option in choice.options] if choice else []
        asked = [(option, self.truth(each)) for option, each in rows if not _is_true(each)]
        if not rows or (len(asked) == len(rows) and len({words for _, words in asked}) == 1):
            return [("", self.truth(node) if not rows else asked[0][1])]
        return [(choice.title(option) if choice else option, words) for option, words in asked]

    def price(self, text: str, choice: Choice | None) -> str:
        """A price, such as `2`, or `1 (patrol); 2 (cordon)`."""
        node = parsed(text)
        if node is None:
            return ""
        if choice is None:
            return self.number(node)
        prices: dict[str, list[str]] = {}
        for option in choice.options:
            price = self.number(settled(node, choice.name, option))
            prices.setdefault(price, []).append(choice.title(option))
        if len(prices) == 1:
            return next(iter(prices))
        return "; ".join(f"{price} ({', '.join(options)})" for price, options in prices.items())

    def truth(self, node: tree.Expr) -> str:
        """*node* as a clause that holds or does not."""
        match node:
            case tree.Truth(value=value):
                return "always" if value else "never"
            case tree.Name():
                return f"{self._name(node)} is yes"
            case tree.Not(of=tree.Name() as of):
                return f"{self._name(of)} is no"
            case tree.Not(of=of):
                return f"not ({self.truth(of)})"
            case tree.Logic(op=op, items=items):
                return f" {op} ".join(self._inside(each) for each in items)
            case tree.Compare(first=first, rest=rest):
                return self._compare(first, rest)
            case tree.Among(of=of, options=options, negated=negated):
                listed = " or ".join(self.option(of, each) for each in options)
                return f"{self.number(of)} {'is not' if negated else 'is'} {listed}"
            case tree.Either(test=test, then=then, other=other):
                return f"if {self.truth(test)}: {self.truth(then)}; otherwise: {self.truth(other)}"
            case tree.Call(id="ordered", args=(of,)):
                return f"{self.number(of)} is carried out this turn"
            case tree.Call(id="chance", args=(of, *_)):
                return f"a die allows it ({self.number(of)} in 100)"
        return self.number(node)

    def number(self, node: tree.Expr) -> str:
        """*node* as a value."""
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
                return f"\u2212{self._factor(of)}"
            case tree.Chain(first=first, rest=rest):
                is_product = rest[0][0] in ("*", "//", "%")
                part = self._factor if is_product else self._term
                return " ".join([part(first), *(f"{_SIGNS[sign]} {part(each)}" for sign, each in rest)])
            case tree.Either(test=test, then=then, other=other):
                return f"{self.number(then)} if {self.truth(test)}, otherwise {self.number(other)}"
            case tree.Call():
                return self._call(node)
        return self.truth(node)

    def option(self, of: tree.Expr, value: tree.Expr) -> str:
        """*value* as a value of *of*."""
        if isinstance(value, tree.Text):
            shown = self.options.get(of.id, {}) if isinstance(of, tree.Name) else {}
            return shown.get(value.value, value.value.replace("_", " "))
        return self.number(value)

    def _inside(self, node: tree.Expr) -> str:
        """A clause that may stand beside others."""
        return f"({self.truth(node)})" if isinstance(node, tree.Logic | tree.Either) else self.truth(node)

    def _term(self, node: tree.Expr) -> str:
        """A part of a sum."""
        is_sum = isinstance(node, tree.Chain) and node.rest[0][0] in ("+", "-")
        return f"({self.number(node)})" if is_sum or isinstance(node, tree.Either) else self.number(node)

    def _factor(self, node: tree.Expr) -> str:
        plain = isinstance(node, tree.Num | tree.Name)
        return self.number(node) if plain else f"({self.number(node)})"

    def _compare(self, first: tree.Expr, rest: tuple[tuple[str, tree.Expr], ...]) -> str:
        match first, rest:
            case tree.Call(id="turns_since", args=(tree.Name() as of,)), ((sign, tree.Num(value=turns)),):
                return self._since(of, sign, turns)
            case tree.Call(id="count", args=(of,)), ((">", tree.Num(value=0)),):
                return f"there is a place with {self.number(of)}"
        words = [self.number(first)]
        words += [f"{_COMPARES[sign]} {self.option(first, part)}" for sign, part in rest]
        return " and ".join([" ".join(words[:2]), *words[2:]])

    def _since(self, of: tree.Name, sign: str, turns: int) -> str:
        """How long ago something was, in turns played."""
        name, is_order = self._name(of), of.id in self.orders
        if turns == NEVER and sign in ("==", "<"):
            if is_order:
                return f"{name} has {'not yet' if sign == '==' else 'already'} been carried out"
            return f"{name} is {'no' if sign == '==' else 'yes'}"
        if is_order and sign in (">", ">=") and turns > 0:
            last = turns if sign == ">" else turns - 1
            when = "in this turn" if last == 0 else "last turn" if last == 1 else f"in the last {last} turns"
            return f"{name} was not carried out {when}"
        was, was_not = ("was", "was not") if is_order else ("has", "has not")
        done = "carried out" if is_order else "come true"
        last = turns if sign in (">", "<=") else turns - 1
        when = f"just {turns} turns ago" if sign in ("==", "!=") else _within(last)
        return f"{name} {was if sign in ('==', '<', '<=') else was_not} {done} {when}"

    def _call(self, node: tree.Call) -> str:
        match node:
            case tree.Call(id="min" | "max" as id, args=args):
                return (
                    f"the {'smaller' if id == 'min' else 'larger'} of {' and '.join(map(self._term, args))}"
                )
            case tree.Call(id="clamp", args=(of, low, high)):
                return f"{self.number(of)}, but from {self.number(low)} to {self.number(high)}"
            case tree.Call(id="abs", args=(of,)):
                return f"the size of {self._term(of)}"
            case tree.Call(id="roll", args=(of, *_)):
                return f"a die of {self.number(of)}"
            case tree.Call(id="turns_since", args=(of,)):
                return f"the turns since {self.number(of)}"
            case tree.Call(id=id, args=(of, *_)) if id in _OVER_PLACES:
                return _OVER_PLACES[id].format(self.number(of))
        return node.id.replace("_", " ")

    def _name(self, node: tree.Name) -> str:
        if node.id in self.numbers and node.index is None:
            return str(self.numbers[node.id])
        if node.id in self.places:
            return self.places[node.id]
        if node.id == "turn":
            return "the turn's number"
        title = f"\u2018{self.titles[node.id]}\u2019" if node.id in self.titles else node.id.replace("_", " ")
        match node.index:
            case None:
                return title
            case tree.Name(id=id) if id in self.places:
                return f"{title} in {self.places[id]}"
        return f"{title} there"


def _within(turns: int) -> str:
    return (
        "in this turn"
        if turns == 0
        else "within the last turn"
        if turns == 1
        else f"within the last {turns} turns"
    )


def _is_true(node: tree.Expr) -> bool:
    return isinstance(node, tree.Truth) and node.value


def sentences_of(scenario: Scenario) -> Sentences:
    """What puts the rule texts of *scenario* into words."""
    kinds = (scenario.variables, scenario.derived, scenario.orders, scenario.agreements, scenario.promises)
    choices = [each for each in scenario.variables.values() if each.options]
    return Sentences(
        titles={id: each.title for kind in kinds for id, each in kind.items()},
        orders=frozenset(scenario.orders),
        numbers={id: each.start for id, each in scenario.constants.items()},
        places={id: each.title for id, each in scenario.places.items()},
        options={each.id: dict(zip(each.options, each.shown, strict=True)) for each in choices},
    )
