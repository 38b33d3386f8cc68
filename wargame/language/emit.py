"""Python source of single expressions: generated names, integers, and as few brackets as will do."""

from __future__ import annotations

from attrs import define

from wargame.language import typed as t
from wargame.language.flow import NEVER
from wargame.language.scope import Scope
from wargame.language.sites import DieSite
from wargame.language.types import HIGHEST, LOWEST

MASK = 2**64 - 1
SUBJECT = 0xD1B54A32D192ED03
MIX_A = 0xBF58476D1CE4E5B9
MIX_B = 0x94D049BB133111EB

# How tightly a piece of source holds together, loosest first.
TERNARY, OR, AND, NOT, COMPARE, SUM, PRODUCT, UNARY, ATOM = range(9)
_BOOLEAN = (t.Not, t.Compare, t.Among, t.Logic, t.Ordered)

Code = tuple[str, int]


@define(eq=False)
class Expressions:
    """Writes the expressions of one function."""

    scope: Scope
    dice: tuple[DieSite, ...]
    has_here: bool
    traced: bool
    target: t.Expr | None = None
    """The place of the statement being written, whose slot is already in `i`."""

    _temps: int = 0

    def at(self, node: t.Expr, level: int) -> str:
        """The source of *node*, in brackets if it holds less tightly than *level*."""
        code, own = self._code(node)
        return f"({code})" if own < level else code

    def integer(self, node: t.Expr, level: int = TERNARY) -> str:
        """As `at`, but never Python's True or False."""
        if isinstance(node, _BOOLEAN) or (isinstance(node, t.Die) and node.is_chance):
            code, own = f"1 if {self.at(node, OR)} else 0", TERNARY
        elif isinstance(node, t.Either):
            test = self.at(node.test, OR)
            code, own = f"{self.integer(node.then, OR)} if {test} else {self.integer(node.other)}", TERNARY
        else:
            return self.at(node, level)
        return f"({code})" if own < level else code

    def _temp(self) -> str:
        self._temps += 1
        return f"q{self._temps}"

    def _code(self, node: t.Expr) -> Code:
        match node:
            case t.Const(value=value):
                return str(value), ATOM if value >= 0 else UNARY
            case t.Load(slot=slot):
                return f"s[{slot}]", ATOM
            case t.LoadAt(base=base, place=place):
                return (f"s[{self._index(base, place)}]" if place is not self.target else "s[i]"), ATOM
            case t.Local(index=index):
                return f"l{index}", ATOM
            case t.LoopPlace(index=index):
                return f"p{index}", ATOM
            case t.Here():
                return "here", ATOM
            case t.Option():
                return "option", ATOM
            case t.Derived(index=index, place=place):
                return f"d{index}(s, {self.at(place, TERNARY) if place is not None else 0})", ATOM
            case t.Minus(of=of):
                return f"-{self.at(of, UNARY)}", UNARY
            case t.Not(of=of):
                return f"not {self.at(of, NOT)}", NOT
            case t.Chain():
                return self._chain(node)
            case t.Compare(first=first, rest=rest):
                tail = "".join(f" {op} {self.at(part, SUM)}" for op, part in rest)
                return self.at(first, SUM) + tail, COMPARE
            case t.Among():
                return self._among(node)
            case t.Logic(op=op, items=items):
                level = AND if op == "and" else OR
                return f" {op} ".join(self.at(item, level + 1) for item in items), level
            case t.Either(test=test, then=then, other=other):
                ways = f"{self.at(then, OR)} if {self.at(test, OR)} else {self.at(other, TERNARY)}"
                return ways, TERNARY
            case t.Extreme():
                return self._extreme(node)
            case t.Abs(of=of):
                temp = self._temp()
                return f"{temp} if ({temp} := {self.at(of, TERNARY)}) >= 0 else -{temp}", TERNARY
            case t.Clamp():
                return self._clamp(node)
            case t.Aggregate():
                return self._aggregate(node)
            case t.Die():
                return self._traced_die(node) if self.traced else self._plain_die(node)
            case t.Since():
                return self._since(node)
            case t.Ordered(slot=slot):
                return f"0 < s[{slot}] == s[{self.scope.step_slot}]", COMPARE

    def _index(self, base: int, place: t.Expr) -> str:
        return f"{base} + {self.at(place, SUM)}" if base else self.at(place, TERNARY)

    def _chain(self, node: t.Chain) -> Code:
        level = SUM if node.rest[0][0] in "+-" else PRODUCT
        tail = "".join(f" {op} {self.at(part, level + 1)}" for op, part in node.rest)
        return self.at(node.first, level) + tail, level

    def _among(self, node: t.Among) -> Code:
        of, values = self.at(node.of, SUM), node.values
        if len(values) == 1:
            return f"{of} {'!=' if node.negated else '=='} {values[0]}", COMPARE
        listed = ", ".join(map(str, values))
        return f"{of} {'not in' if node.negated else 'in'} ({listed})", COMPARE

    def _extreme(self, node: t.Extreme) -> Code:
        name, sign = ("max", ">") if node.largest else ("min", "<")
        if len(node.items) != 2:
            return f"{name}({', '.join(self.at(item, TERNARY) for item in node.items)})", ATOM
        (one, first), (two, second) = (self._held(item) for item in node.items)
        return f"{one} if {first} {sign} {second} else {two}", TERNARY

    def _held(self, node: t.Expr) -> tuple[str, str]:
        """A word for the value of *node*, and the source that must run before the word is used."""
        if isinstance(node, t.Const | t.Local | t.LoopPlace | t.Here | t.Option):
            word = self.at(node, SUM)
            return word, word
        temp = self._temp()
        return temp, f"({temp} := {self.at(node, TERNARY)})"

    def _clamp(self, node: t.Clamp) -> Code:
        if isinstance(node.lo, t.Const) and isinstance(node.hi, t.Const):
            (word, first), lo, hi = self._held(node.of), node.lo.value, node.hi.value
            return f"{lo} if {first} < {lo} else {hi} if {word} > {hi} else {word}", TERNARY
        of, lo_code, hi_code = (self.at(part, TERNARY) for part in (node.of, node.lo, node.hi))
        return f"min(max({of}, {lo_code}), {hi_code})", ATOM

    def _aggregate(self, node: t.Aggregate) -> Code:
        if node.base is not None:
            listed = f"s[{node.base}:{node.base + node.places}]"
        else:
            listed = f"[{', '.join(f'd{node.derived}(s, {place})' for place in range(node.places))}]"
        match node.function:
            case "total":
                return f"sum({listed})", ATOM
            case "highest":
                return f"max({listed})", ATOM
            case "lowest":
                return f"min({listed})", ATOM
            case "mean":
                return f"sum({listed}) // {node.places}", PRODUCT
            case _:
                return f"{node.places} - {listed}.count(0)", SUM

    def _since(self, node: t.Since) -> Code:
        step = f"s[{self.scope.step_slot}]"
        if node.flag is None:
            since, held = f"s[{node.since}]", f"s[{node.since}]"
        elif node.place is None:
            since, held = f"s[{node.since}]", f"s[{node.flag}] and s[{node.since}]"
        else:
            word, first = self._held(node.place)
            since = f"s[{node.since} + {word}]"
            held = f"s[{node.flag} + {first}] and {since}"
        turns = f"{step} - {since}"
        if self.scope.turns > NEVER:
            turns = f"min({NEVER}, {turns})"
        return f"{turns} if {held} else {NEVER}", TERNARY

    # Dice.

    def _site(self, node: t.Die) -> DieSite:
        return next(site for site in self.dice if site.start == node.at.start)

    def _weights(self, node: t.Die) -> tuple[int, list[tuple[str, int]]]:
        """The die's subject as a fixed part and a weight for each place it depends on."""
        fixed, weights = (1, [("here", 1)]) if self.has_here else (0, [])
        for loop in range(node.loops):
            fixed = fixed * 64 + 1
            weights = [(word, weight * 64) for word, weight in weights] + [(f"p{loop}", 1)]
        return fixed, weights

    def _plain_die(self, node: t.Die) -> Code:
        fixed, weights = self._weights(node)
        key = (self._site(node).label_key + fixed * SUBJECT) & MASK
        start = f"k + {key}" + "".join(f" + {w} * {weight * SUBJECT & MASK}" for w, weight in weights)
        q = self._temp()
        one = f"({q} := (({q} := {start} & {MASK}) ^ {q} >> 30) * {MIX_A} & {MASK})"
        two = f"({q} := ({one} ^ {q} >> 27) * {MIX_B} & {MASK})"
        top = f"(({two} ^ {q} >> 31) >> 32)"
        if not node.is_chance:
            return f"1 + ({top} * {self.at(node.of, UNARY)} >> 32)", SUM
        if isinstance(node.of, t.Const):
            # face < percent, with the face's division turned round: one multiplication less.
            return f"{top} < {-(-node.of.value * 2**32 // 100)}", COMPARE
        return f"{top} * 100 >> 32 < {self.at(node.of, SUM)}", COMPARE

    def _traced_die(self, node: t.Die) -> Code:
        site = self._site(node)
        fixed, weights = self._weights(node)
        subject = str(fixed) + "".join(f" + {word} * {weight}" for word, weight in weights)
        common = f"t, k, {site.index}, {site.label_key}, {subject}"
        if not node.is_chance:
            return f"roll({common}, {self.at(node.of, TERNARY)})", ATOM
        limits, inner = t.limits_of(node.of)
        signed = (self.signed(sign, term) for sign, term in t.terms(inner))
        bounds = "" if limits == (LOWEST, HIGHEST) else f", {limits[0]}, {limits[1]}"
        return f"chance({common}, ({', '.join(signed)},){bounds})", ATOM

    def signed(self, sign: str, term: t.Expr) -> str:
        """The source of a term with its sign."""
        return self.integer(term) if sign == "+" else f"-{self.integer(term, UNARY)}"
