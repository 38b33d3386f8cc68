"""A slow reader of rule texts that walks the tree as written: what the compiled functions must agree with."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping

from wargame.language import tree
from wargame.language.scope import Scope, Use
from wargame.language.types import Choice, Flag, Interval, Number, Place, Type

M = 2**64 - 1


def mix(x: int) -> int:
    """The finaliser of splitmix64."""
    x ^= x >> 30
    x = x * 0xBF58476D1CE4E5B9 & M
    x ^= x >> 27
    x = x * 0x94D049BB133111EB & M
    return x ^ x >> 31


def face(key: int, label: str, subject: int, faces: int) -> int:
    """The face, from 0, of a die with *faces* faces."""
    label_key = int.from_bytes(hashlib.sha256(label.encode()).digest()[:8], "big")
    return ((mix((key + label_key + subject * 0xD1B54A32D192ED03) & M) >> 32) * faces) >> 32


class Machine:
    """Runs trees over one list of values, and notes everything that happens."""

    def __init__(
        self,
        scope: Scope,
        use: Use,
        values: list[int],
        *,
        key: int = 0,
        here: int = 0,
        option: int = 0,
        derived: Mapping[str, tree.Expr] | None = None,
        ranges: Mapping[tuple[int, int], Interval] | None = None,
    ) -> None:
        self.scope, self.use, self.values = scope, use, values
        self.key, self.here, self.option = key, here, option
        self.derived = derived or {}
        self.ranges = ranges or {}
        self.locals: dict[str, tuple[int, Type]] = {}
        self.loops: dict[str, int] = {}
        self.told: list[tuple[object, ...]] = []
        self.dice: list[int] = []
        """Starts of the calls to chance and roll, in the order of the text, once numbered."""
        self.labels: dict[int, str] = {}
        self.choices: dict[str, Choice | None] = {}

    # Values. Every value is an integer with a type.

    def value(self, node: tree.Expr, want: Type | None = None) -> tuple[int, Type]:
        found, type_ = self._value(node, want)
        assert type(found) is int
        assert -(2**31) <= found < 2**31, (node, found)
        bounds = self.ranges.get((node.at.start, node.at.end))
        if bounds is not None:
            assert bounds.lo <= found <= bounds.hi, (node, found, bounds)
        return found, type_

    def number(self, node: tree.Expr) -> int:
        return self.value(node)[0]

    def _value(self, node: tree.Expr, want: Type | None) -> tuple[int, Type]:
        match node:
            case tree.Num(value=value):
                return value, Number()
            case tree.Truth(value=truth):
                return int(truth), Flag()
            case tree.Text(value=word):
                assert isinstance(want, Choice)
                return want.options.index(word), want
            case tree.Name():
                return self.name(node)
            case tree.Minus(of=of):
                return -self.number(of), Number()
            case tree.Not(of=of):
                return 1 - self.number(of), Flag()
            case tree.Chain(first=first, rest=rest):
                total = self.number(first)
                for op, part in rest:
                    total = self.arithmetic(op, total, self.number(part))
                return total, Number()
            case tree.Compare(first=first, rest=rest):
                return int(self.compare(first, rest)), Flag()
            case tree.Among(of=of, options=options, negated=negated):
                left, type_ = self.value(of)
                inside = any(self.value(option, type_)[0] == left for option in options)
                return int(inside != negated), Flag()
            case tree.Logic(op=op, items=items):
                for item in items:
                    if bool(self.number(item)) == (op == "or"):
                        return int(op == "or"), Flag()
                return int(op == "and"), Flag()
            case tree.Either(test=test, then=then, other=other):
                way, off = (then, other) if self.number(test) else (other, then)
                if want is None and isinstance(way, tree.Text):
                    want = self.type_of(off)
                return self.value(way, want)
            case tree.Call():
                return self.call(node)

    def type_of(self, node: tree.Expr) -> Type:
        """The type of a name; only names can stand beside a text in quotes."""
        assert isinstance(node, tree.Name)
        return self.name(node)[1]

    def arithmetic(self, op: str, a: int, b: int) -> int:
        result = {"+": a + b, "-": a - b, "*": a * b}.get(op)
        if result is None:
            assert b != 0
            result = a // b if op == "//" else a - b * (a // b)
        assert -(2**31) <= result < 2**31
        return result

    def compare(self, first: tree.Expr, rest: tuple[tuple[str, tree.Expr], ...]) -> bool:
        if isinstance(first, tree.Text):
            [(op, other)] = rest
            right, type_ = self.value(other)
            left, _ = self.value(first, type_)
            return (left == right) == (op == "==")
        left, type_ = self.value(first)
        for op, part in rest:
            right, _ = self.value(part, type_)
            holds = {
                "<": left < right,
                "<=": left <= right,
                ">": left > right,
                ">=": left >= right,
                "==": left == right,
                "!=": left != right,
            }[op]
            if not holds:
                return False
            left = right
        return True

    def name(self, node: tree.Name) -> tuple[int, Type]:
        word, scope = node.id, self.scope
        if node.index is None:
            if word in self.loops:
                return self.loops[word], Place()
            if word in self.locals:
                return self.locals[word]
            if word == "turn":
                return self.values[scope.turn_slot], Number()
            if word == "here":
                return self.here, Place()
            if self.use.option is not None and word == self.use.option.name:
                return self.option, self.use.option
            if word in scope.places:
                return scope.places.index(word), Place()
        place = 0 if node.index is None else self.number(node.index)
        if word in scope.variables:
            variable = scope.variables[word]
            return self.values[variable.slot + place], variable.type
        return self.derived_value(word, place), scope.derived[word].type

    def derived_value(self, word: str, place: int) -> int:
        type_ = self.scope.derived[word].type
        inner = Machine(self.scope, Use("value", here=True), self.values, here=place, derived=self.derived)
        found, _ = inner.value(self.derived[word], type_)
        return min(max(found, type_.lo), type_.hi) if isinstance(type_, Number) else found

    def call(self, node: tree.Call) -> tuple[int, Type]:
        match node.id:
            case "min":
                return min([self.number(arg) for arg in node.args]), Number()
            case "max":
                return max([self.number(arg) for arg in node.args]), Number()
            case "abs":
                return abs(self.number(node.args[0])), Number()
            case "clamp":
                of, lo, hi = [self.number(arg) for arg in node.args]
                assert lo <= hi
                return (lo if of < lo else hi if of > hi else of), Number()
            case "chance" | "roll":
                return self.die(node)
            case "ordered":
                slot = self.scope.orders[_word(node)].slot
                step = self.values[self.scope.step_slot]
                return int(step > 0 and self.values[slot] == step), Flag()
            case "turns_since":
                return self.turns_since(node.args[0]), Number()
            case _:
                return self.aggregate(node.id, _word(node)), Number()

    def turns_since(self, of: tree.Expr) -> int:
        assert isinstance(of, tree.Name)
        step = self.values[self.scope.step_slot]
        if of.id in self.scope.orders:
            since = self.values[self.scope.orders[of.id].slot]
            return min(99, step - since) if since else 99
        variable = self.scope.variables[of.id]
        assert variable.since is not None
        place = 0 if of.index is None else self.number(of.index)
        since = self.values[variable.since + place]
        return min(99, step - since) if since and self.values[variable.slot + place] else 99

    def aggregate(self, function: str, word: str) -> int:
        places = range(len(self.scope.places))
        if word in self.scope.variables:
            first = self.scope.variables[word].slot
            values = [self.values[first + place] for place in places]
        else:
            values = [self.derived_value(word, place) for place in places]
        match function:
            case "total":
                return sum(values)
            case "highest":
                return sorted(values)[-1]
            case "lowest":
                return sorted(values)[0]
            case "mean":
                return sum(values) // len(values)
            case _:
                return len([value for value in values if value != 0])

    def subject(self) -> int:
        found = self.here + 1 if self.use.here else 0
        for place in self.loops.values():
            found = found * 64 + place + 1
        return found

    def die(self, node: tree.Call) -> tuple[int, Type]:
        of = self.number(node.args[0])
        site = self.dice.index(node.at.start)
        label = f"{self.use.entry}.{self.labels[node.at.start]}"
        if node.id == "roll":
            shown = 1 + face(self.key, label, self.subject(), of)
            self.told.append(("roll", site, self.subject(), of, shown, True))
            return shown, Number()
        shown = face(self.key, label, self.subject(), 100)
        self.told.append(("roll", site, self.subject(), of, shown, shown < of))
        return int(shown < of), Flag()

    # Statements.

    def run(self, body: tuple[tree.Stmt, ...]) -> None:
        """Run a whole block."""
        self.dice = number_dice(body, self.labels)
        self.find_choices(body)
        self.reports = [node.at.start for node in _reports(body)]
        self.block(body)

    def find_choices(self, body: tuple[tree.Stmt, ...]) -> None:
        """Which locals hold a choice: the first assignment in the text decides, whether it runs or not."""
        for node in body:
            match node:
                case tree.Assign(target=target, value=value) if target.id not in self.scope.variables:
                    self.choices.setdefault(target.id, self.choice_of(value))
                case tree.If(branches=branches, otherwise=otherwise):
                    for _, inner in branches:
                        self.find_choices(inner)
                    self.find_choices(otherwise)
                case tree.For(body=inner):
                    self.find_choices(inner)

    def choice_of(self, node: tree.Expr) -> Choice | None:
        """The choice an expression yields, if it yields one."""
        match node:
            case tree.Either(then=then, other=other):
                return self.choice_of(then) or self.choice_of(other)
            case tree.Name(id=word) if self.use.option is not None and word == self.use.option.name:
                return self.use.option
            case tree.Name(id=word):
                named = self.scope.variables.get(word) or self.scope.derived.get(word)
                type_ = named.type if named is not None else self.choices.get(word)
                return type_ if isinstance(type_, Choice) else None
        return None

    def block(self, body: tuple[tree.Stmt, ...]) -> None:
        for node in body:
            match node:
                case tree.Assign():
                    self.assign(node)
                case tree.If(branches=branches, otherwise=otherwise):
                    for test, inner in branches:
                        if self.number(test):
                            self.block(inner)
                            break
                    else:
                        self.block(otherwise)
                case tree.For(var=var, of=of, body=inner):
                    places = range(len(self.scope.places)) if of is None else self.near(of)
                    for place in places:
                        self.loops[var.id] = place
                        self.block(inner)
                    self.loops.pop(var.id, None)
                case tree.Report():
                    self.report(node)

    def near(self, of: tree.Expr) -> tuple[int, ...]:
        return self.scope.neighbours[self.number(of)]

    def assign(self, node: tree.Assign) -> None:
        target, variable = node.target, self.scope.variables.get(node.target.id)
        if variable is None:
            self.assign_local(node)
            return
        slot = variable.slot + (0 if target.index is None else self.number(target.index))
        before = self.values[slot]
        value = self.number(node.value) if node.op != "=" else self.value(node.value, variable.type)[0]
        if node.op != "=":
            value = before + value if node.op == "+=" else before - value
            assert -(2**31) <= value < 2**31
        if isinstance(variable.type, Number):
            value = min(max(value, variable.type.lo), variable.type.hi)
        if value != before:
            self.values[slot] = value
            if isinstance(variable.type, Flag) and value and variable.since is not None:
                self.values[slot - variable.slot + variable.since] = self.values[self.scope.step_slot]
            self.told.append(("change", slot, before, value, node.at.line))

    def assign_local(self, node: tree.Assign) -> None:
        known = self.locals.get(node.target.id)
        value, type_ = self.value(node.value, self.choices.get(node.target.id))
        if node.op != "=":
            assert known is not None
            value = known[0] + value if node.op == "+=" else known[0] - value
        self.locals[node.target.id] = (value, type_)

    def report(self, node: tree.Report) -> None:
        args: list[int] = []
        for word in re.findall(r"\{([^}]*)\}", node.text.value):
            name, _, index = word.replace("]", "").partition("[")
            inner = tree.Name(node.at, index.strip()) if index else None
            args.append(self.name(tree.Name(node.at, name.strip(), inner))[0])
        self.told.append(("report", self.reports.index(node.at.start), tuple(args)))


def _word(node: tree.Call) -> str:
    [argument] = node.args
    assert isinstance(argument, tree.Name)
    return argument.id


def _reports(body: tuple[tree.Stmt, ...]) -> list[tree.Report]:
    found: list[tree.Report] = []
    for node in body:
        match node:
            case tree.Report():
                found.append(node)
            case tree.If(branches=branches, otherwise=otherwise):
                for _, inner in branches:
                    found += _reports(inner)
                found += _reports(otherwise)
            case tree.For(body=inner):
                found += _reports(inner)
    return found


def number_dice(body: tuple[tree.Stmt, ...], labels: dict[int, str]) -> list[int]:
    """The starts of all dice of a block, numbered as the text is read."""
    found: list[int] = []
    own: dict[int, str] = {}

    def expression(node: object) -> None:
        if isinstance(node, tree.Call) and node.id in ("chance", "roll"):
            expression(node.args[0])
            if len(node.args) == 2 and isinstance(node.args[1], tree.Text):
                own[node.at.start] = node.args[1].value
            found.append(node.at.start)
        elif isinstance(node, tuple):
            for part in node:
                expression(part)
        elif hasattr(node, "__attrs_attrs__"):
            for attribute in node.__attrs_attrs__:
                expression(getattr(node, attribute.name) if attribute.name != "at" else None)

    expression(body)
    found.sort()
    labels.update({start: own.get(start, str(index + 1)) for index, start in enumerate(found)})
    return found
