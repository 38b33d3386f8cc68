"""Gives every part of an expression its meaning and its type."""

from __future__ import annotations

import re
from collections.abc import Sequence

from attrs import define, field

from wargame.language import tree
from wargame.language import typed as t
from wargame.language.faults import Faults, nearest
from wargame.language.names import Found, Names, place_of
from wargame.language.types import Choice, Flag, Number, Place, Type, interval_of, same_kind

_LABEL = re.compile(r"[A-Za-z0-9_ \-]{1,40}\Z")
_FLAG = Flag()
_NUMBER = Number()


@define(eq=False)
class Resolver:
    """Resolves expressions; statements share its names and dice."""

    names: Names
    faults: Faults
    with_dice: bool
    dice: list[t.Die] = field(factory=list)
    """Every die met; the text's order is that of their starts."""

    def expression(self, node: tree.Expr, want: Type | None = None) -> Found | None:
        """The meaning and type of *node*, or None with the fault noted; *want* gives quotes a meaning."""
        match node:
            case tree.Num(at, value):
                return t.Const(at, value), Number(value, value)
            case tree.Truth(at, truth):
                return t.Const(at, int(truth)), _FLAG
            case tree.Text():
                return self._option(node, want)
            case tree.Name():
                return self.name(node)
            case tree.Minus(at, of):
                inner = self.wanted(of, _NUMBER)
                return None if inner is None else (t.Minus(at, inner), _NUMBER)
            case tree.Not(at, of):
                inner = self.wanted(of, _FLAG)
                return None if inner is None else (t.Not(at, inner), _FLAG)
            case tree.Chain(at, first, rest):
                parts = self._all_wanted([first, *(part for _, part in rest)], _NUMBER)
                ops = [op for op, _ in rest]
                if parts is None:
                    return None
                return t.Chain(at, parts[0], tuple(zip(ops, parts[1:], strict=True))), _NUMBER
            case tree.Compare():
                return self._compare(node)
            case tree.Among():
                return self._among(node)
            case tree.Logic(at, op, items):
                parts = self._all_wanted(items, _FLAG)
                return None if parts is None else (t.Logic(at, op, parts), _FLAG)
            case tree.Either():
                return self._either(node, want)
            case tree.Call():
                return self._call(node)

    def wanted(self, node: tree.Expr, want: Type) -> t.Expr | None:
        """The meaning of *node* if its type is of the kind of *want*."""
        found = self.expression(node, want)
        if found is None:
            return None
        value, type_ = found
        if same_kind(type_, want):
            return value
        self.faults.add(node.at, f"{want} is wanted here, and this is {type_}", _bridge(type_, want))
        return None

    def _all_wanted(self, nodes: Sequence[tree.Expr], want: Type) -> tuple[t.Expr, ...] | None:
        made = [self.wanted(node, want) for node in nodes]
        found = tuple(node for node in made if node is not None)
        return found if len(found) == len(nodes) else None

    def name(self, node: tree.Name, *, quiet: bool = False) -> Found | None:
        """The value of a name, with its place if it has one; *quiet* if it is read only to be added to."""
        place: t.Expr | None = None
        if node.index is not None:
            place = place_of(self.expression(node.index, Place()), node.index, self.faults)
            if place is None:
                return None
        return self.names.find(node, place, quiet=quiet)

    def _option(self, node: tree.Text, want: Type | None) -> Found | None:
        if not isinstance(want, Choice):
            if isinstance(want, Place) and node.value in self.names.scope.places:
                self.faults.add(node.at, "a place stands without quotes", f"write {node.value}")
            else:
                self.faults.add(
                    node.at, "a text in quotes means nothing here", "compare it with a choice, or take it out"
                )
            return None
        if node.value not in want.options:
            self.faults.add(
                node.at,
                f"'{want.name}' has no option '{node.value}'",
                f"its options are {', '.join(want.options)}",
                nearest(node.value, want.options),
            )
            return None
        return t.Const(node.at, want.options.index(node.value)), want

    def _compare(self, node: tree.Compare) -> Found | None:
        operands = [node.first, *(part for _, part in node.rest)]
        found = self._alike(operands)
        if found is None:
            return None
        parts, kind = found
        ops = [op for op, _ in node.rest]
        if not isinstance(kind, Number) and (len(ops) > 1 or ops[0] not in ("==", "!=")):
            self.faults.add(node.at, f"{kind} can only be compared with == and !=", "compare two at a time")
            return None
        return t.Compare(node.at, parts[0], tuple(zip(ops, parts[1:], strict=True))), _FLAG

    def _alike(self, operands: Sequence[tree.Expr]) -> tuple[tuple[t.Expr, ...], Type] | None:
        """All operands, of one kind; the first that is no text in quotes decides the kind."""
        leader = next((node for node in operands if not isinstance(node, tree.Text)), operands[0])
        lead = self.expression(leader)
        if lead is None:
            for node in operands:
                if node is not leader and not isinstance(node, tree.Text):
                    self.expression(node)
            return None
        parts = [lead[0] if node is leader else self.wanted(node, lead[1]) for node in operands]
        made = tuple(part for part in parts if part is not None)
        return (made, lead[1]) if len(made) == len(operands) else None

    def _among(self, node: tree.Among) -> Found | None:
        found = self._alike([node.of, *node.options])
        if found is None:
            return None
        parts, _ = found
        values: list[int] = []
        for option, part in zip(node.options, parts[1:], strict=True):
            value = _constant(part)
            if value is None:
                self.faults.add(option.at, "only options, places and plain numbers can be listed after 'in'")
                return None
            values.append(value)
        return t.Among(node.at, parts[0], tuple(sorted(set(values))), node.negated), _FLAG

    def _either(self, node: tree.Either, want: Type | None) -> Found | None:
        test = self.wanted(node.test, _FLAG)
        if isinstance(want, Choice):
            sides = [self.wanted(node.then, want), self.wanted(node.other, want)]
            type_: Type = want
        else:
            found = self._alike([node.then, node.other])
            if found is None:
                return None
            sides, type_ = list(found[0]), found[1]
        if test is None or sides[0] is None or sides[1] is None:
            return None
        type_ = _NUMBER if isinstance(type_, Number) else type_
        return t.Either(node.at, test, sides[0], sides[1]), type_

    # Functions.

    def _call(self, node: tree.Call) -> Found | None:
        match node.id:
            case "min" | "max":
                parts = self._counted(node, 2, 8)
                return None if parts is None else (t.Extreme(node.at, node.id == "max", parts), _NUMBER)
            case "abs":
                parts = self._counted(node, 1, 1)
                return None if parts is None else (t.Abs(node.at, parts[0]), _NUMBER)
            case "clamp":
                parts = self._counted(node, 3, 3)
                return None if parts is None else (t.Clamp(node.at, *parts), _NUMBER)
            case "chance" | "roll":
                return self._die(node)
            case "turns_since" | "ordered":
                return self._since(node)
            case _:
                return self._aggregate(node)

    def _counted(self, node: tree.Call, fewest: int, most: int) -> tuple[t.Expr, ...] | None:
        if not fewest <= len(node.args) <= most:
            wanted = f"{fewest}" if fewest == most else f"{fewest} to {most}"
            self.faults.add(node.at, f"{node.id} takes {wanted} values, not {len(node.args)}")
            return None
        return self._all_wanted(node.args, _NUMBER)

    def _aggregate(self, node: tree.Call) -> Found | None:
        argument = node.args[0] if len(node.args) == 1 else None
        if not isinstance(argument, tree.Name) or argument.index is not None:
            self.faults.add(
                node.at, f"{node.id} takes the name of one per-place value", f"write {node.id}(unrest)"
            )
            return None
        names, places = self.names, len(self.names.scope.places)
        variable, derived = names.scope.variables.get(argument.id), names.scope.derived.get(argument.id)
        found = variable or derived
        if found is None and self.name(argument) is None:
            return None
        if found is None or not found.per_place or not places:
            self.faults.add(
                argument.at,
                f"'{argument.id}' has no value for each place",
                "name a variable with per = 'place'",
            )
            return None
        if not isinstance(found.type, Number) and not (node.id == "count" and isinstance(found.type, Flag)):
            remedy = "count() works on flags" if isinstance(found.type, Flag) else ""
            self.faults.add(argument.at, f"{node.id} works on numbers, and this is {found.type}", remedy)
            return None
        if variable is not None:
            names.read_variable(argument.at, variable)
        elif derived is not None:
            names.read_derived(argument.at, derived)
        lo, hi = interval_of(found.type, places)
        base = variable.slot if variable is not None else None
        index = derived.index if derived is not None and variable is None else None
        return t.Aggregate(node.at, node.id, base, index, places, lo, hi, argument.id), _NUMBER

    def _die(self, node: tree.Call) -> Found | None:
        if not self.with_dice:
            self.faults.add(node.at, f"{node.id} cannot stand here", "dice fall in effects and rules only")
            return None
        if len(node.args) not in (1, 2):
            self.faults.add(
                node.at, f"{node.id} takes a number and a label", f"write {node.id}(50, 'ambush')"
            )
            return None
        of = self.wanted(node.args[0], _NUMBER)
        label = self._label(node.args[1]) if len(node.args) == 2 else None
        if of is None:
            return None
        die = t.Die(node.at, node.id == "chance", of, label, len(self.names.loops))
        self.dice.append(die)
        return die, _FLAG if die.is_chance else _NUMBER

    def _label(self, node: tree.Expr) -> str | None:
        if isinstance(node, tree.Text) and _LABEL.match(node.value):
            return node.value
        self.faults.add(node.at, "a label is a short text in quotes", "use up to 40 letters, digits, _ and -")
        return None

    def _since(self, node: tree.Call) -> Found | None:
        """`turns_since(flag or order)` and `ordered(order)`."""
        argument = node.args[0] if len(node.args) == 1 else None
        asks_order = node.id == "ordered"
        what = "an order" if asks_order else "a flag or an order"
        if not isinstance(argument, tree.Name):
            self.faults.add(node.at, f"{node.id} takes the name of {what}")
            return None
        names, word = self.names, argument.id
        order = names.scope.orders.get(word)
        if order is not None and argument.index is None:
            names.read_order(argument.at, order)
            if asks_order:
                return t.Ordered(node.at, order.slot, word), _FLAG
            return t.Since(node.at, order.slot, None, None, word), _NUMBER
        variable = None if asks_order else names.scope.variables.get(word)
        if variable is None:
            known = names.scope.orders if asks_order else {*names.scope.orders, *self._flags()}
            self.faults.add(argument.at, f"'{word}' is not {what}", f"name {what}", nearest(word, (*known,)))
            return None
        return self._since_flag(node, argument)

    def _since_flag(self, node: tree.Call, argument: tree.Name) -> Found | None:
        variable = self.names.scope.variables[argument.id]
        if not isinstance(variable.type, Flag) or variable.since is None:
            self.faults.add(
                argument.at, f"nobody notes since when '{argument.id}' holds", "name a flag or an order"
            )
            return None
        found = self.name(argument)
        if found is None:
            return None
        match found[0]:
            case t.Load(slot=slot):
                since = variable.since + slot - variable.slot
                return t.Since(node.at, since, slot, None, variable.id), _NUMBER
            case t.LoadAt(place=place):
                return t.Since(node.at, variable.since, variable.slot, place, variable.id), _NUMBER
        return None

    def _flags(self) -> list[str]:
        return [name.id for name in self.names.scope.variables.values() if name.since is not None]


def _constant(node: t.Expr) -> int | None:
    match node:
        case t.Const(value=value):
            return value
        case t.Minus(of=t.Const(value=value)):
            return -value
    return None


def _bridge(type_: Type, want: Type) -> str:
    """How an author turns one type into the other."""
    match type_, want:
        case Flag(), Number():
            return "write 1 if ... else 0"
        case Number(), Flag():
            return "compare it, such as ... > 0"
        case Number(), Choice(_, options):
            return f"name an option in quotes, such as '{options[0]}'"
        case Choice(), Flag():
            return "compare it with an option, such as == '...'"
    return ""
