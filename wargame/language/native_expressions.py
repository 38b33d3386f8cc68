"""Expressions in machine code: pure integers, floor division and dice as the reference has them."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from attrs import define, field

from wargame.language import typed as t
from wargame.language.emit import SUBJECT
from wargame.language.flow import NEVER
from wargame.language.llvm import Writer
from wargame.language.native_dice import face, signed64
from wargame.language.native_ready import Ask, Ready, ask_of
from wargame.language.native_slots import Slots
from wargame.language.reach import WIDTHS
from wargame.language.scope import Scope
from wargame.language.sites import DieSite
from wargame.language.types import Interval

__all__ = [
    "COMPARE",
    "TRUTHS",
    "Expressions",
    "aggregate_declarations",
    "aggregate_name",
    "is_bold",
    "reduced",
]

TRUTHS = (t.Not, t.Compare, t.Among, t.Logic, t.Ordered)
COMPARE = {"==": "eq", "!=": "ne", "<": "slt", "<=": "sle", ">": "sgt", ">=": "sge"}


def is_bold(node: t.Expr, ready: Collection[Ask] = (), places: int = 0) -> bool:
    """
    Whether *node* is to be worked out only where its value is wanted: it could fail, or is dear.

    What lies *ready*, where there are so many *places*, is neither.
    """
    if isinstance(node, t.Chain) and any(
        op in ("//", "%") and not isinstance(part, t.Const) for op, part in node.rest
    ):
        return True
    if isinstance(node, t.Die | t.Derived | t.Aggregate) and ask_of(node, places) not in ready:
        return True
    return any(is_bold(part, ready, places) for part in t.children(node))


@define(eq=False)
class Expressions:
    """Writes the expressions of one function, whose position is `%s` and whose turn's key is `%k`."""

    scope: Scope
    writer: Writer
    slots: Slots
    dice: tuple[DieSite, ...]
    has_here: bool

    locals: dict[int, str] = field(factory=dict)
    """Where the values of names lie, by their number."""

    loops: dict[int, str] = field(factory=dict)
    """The registers of the places of enclosing loops."""

    aggregates: set[Ask] = field(factory=set)
    """The functions over all places that were called."""

    ready: Ready = field(factory=dict)
    """What lies ready behind the slots of `%s`."""

    def truth(self, node: t.Expr) -> str:
        """The register of an `i1`: whether *node*, a flag, is true."""
        w = self.writer
        match node:
            case t.Const(value=value):
                return "true" if value else "false"
            case t.Not(of=of):
                return w.let(f"xor i1 {self.truth(of)}, true")
            case t.Compare():
                return self._compare(node)
            case t.Among():
                return self._among(node)
            case t.Logic(op=op, items=items):
                return self._logic(op, items)
            case t.Ordered(slot=slot):
                last, step = self.slots.load(w, slot), self.slots.load(w, self.scope.step_slot)
                given = w.compare("sgt", last, 0)
                return w.let(f"and i1 {given}, {w.compare('eq', last, step)}")
            case t.Die(is_chance=True):
                return self._chance(node)
            case _:
                return w.compare("ne", self.number(node), 0)

    def number(self, node: t.Expr) -> str:
        """The register of an `i32`, or the number itself."""
        w = self.writer
        if isinstance(node, TRUTHS) or (isinstance(node, t.Die) and node.is_chance):
            return w.as_number(self.truth(node))
        match node:
            case t.Const(value=value):
                return str(value)
            case t.Load(slot=slot):
                return self.slots.load(w, slot)
            case t.LoadAt(base=base, place=place):
                return self.slots.load(w, self.slot(base, place), base)
            case t.Local(index=index):
                return w.load(self.locals[index])
            case t.LoopPlace(index=index):
                return self.loops[index]
            case t.Here():
                return "%here"
            case t.Option():
                return "%option"
            case t.Derived():
                return self._derived(node)
            case t.Minus(of=of):
                return w.let(f"sub i32 0, {self.number(of)}")
            case t.Either():
                return self._either(node)
            case t.Since():
                return self._since(node)
            case t.Die():
                sides = w.sized(self.number(node.of), "i32", "i64")
                return w.let(f"add i32 {face(w, self._top(node), sides)}, 1")
            case _:
                return self._reckoned(node)

    def _reckoned(self, node: t.Expr) -> str:
        match node:
            case t.Chain():
                return self._chain(node)
            case t.Extreme(largest=largest, items=items):
                value = self.number(items[0])
                for item in items[1:]:
                    value = self._pick(largest, value, self.number(item))
                return value
            case t.Abs(of=of):
                value = self.number(of)
                return self._pick(True, value, self.writer.let(f"sub i32 0, {value}"))
            case t.Clamp(of=of, lo=lo, hi=hi):
                return self._pick(False, self._pick(True, self.number(of), self.number(lo)), self.number(hi))
            case t.Aggregate():
                return self._aggregate(node)
            case _:
                raise TypeError(f"no machine code for {type(node).__name__}")

    def slot(self, base: int, place: t.Expr) -> str:
        """The slot of a per-place variable at *place*."""
        if isinstance(place, t.Const):
            return str(base + place.value)
        return self.writer.let(f"add i32 {self.number(place)}, {base}")

    def ready_at(self, node: t.Expr) -> int | None:
        """The slot in which what *node* asks for lies ready, or the first of several."""
        ask = ask_of(node, len(self.scope.places))
        return None if ask is None else self.ready.get(ask)

    def _is_bold(self, node: t.Expr) -> bool:
        return is_bold(node, self.ready, len(self.scope.places))

    def _derived(self, node: t.Derived) -> str:
        w, first = self.writer, self.ready_at(node)
        if first is not None:
            return self.slots.load(w, first if node.place is None else self.slot(first, node.place), first)
        where = "0" if node.place is None else self.number(node.place)
        return w.let(f"call i32 @d{node.index}(ptr %s, i32 {where})")

    def cut(self, value: str, range_: Interval, lo: int, hi: int) -> str:
        """*value*, which lies in *range_*, cut to its bounds where it may lie outside."""
        if range_.lo < lo:
            value = self._pick(True, value, str(lo))
        return self._pick(False, value, str(hi)) if range_.hi > hi else value

    def _pick(self, largest: bool, one: str, two: str) -> str:
        word = "smax" if largest else "smin"
        return self.writer.let(f"call i32 @llvm.{word}.i32(i32 {one}, i32 {two})")

    def _compare(self, node: t.Compare) -> str:
        w, left, found = self.writer, self.number(node.first), ""
        for op, part in node.rest:
            right = self.number(part)
            one = w.compare(COMPARE[op], left, right)
            found = w.let(f"and i1 {found}, {one}") if found else one
            left = right
        return found

    def _among(self, node: t.Among) -> str:
        w, value, found = self.writer, self.number(node.of), ""
        for each in node.values:
            one = w.compare("eq", value, each)
            found = w.let(f"or i1 {found}, {one}") if found else one
        return w.let(f"xor i1 {found}, true") if node.negated else found

    def _logic(self, op: str, items: Sequence[t.Expr]) -> str:
        """Later items that could fail are worked out only where the earlier ones have not settled it."""
        w = self.writer
        bold = next((at for at, item in enumerate(items) if at and self._is_bold(item)), len(items))
        found = self.truth(items[0])
        for item in items[1:bold]:
            found = w.let(f"{op} i1 {found}, {self.truth(item)}")
        if bold == len(items):
            return found
        held = w.room("i1", found)
        guard = w.when if op == "and" else w.unless
        with guard(found):
            w.store(self._logic(op, items[bold:]), held, 0, "i1")
        return w.load(held, 0, "i1")

    def _either(self, node: t.Either) -> str:
        w, test = self.writer, self.truth(node.test)
        if not (self._is_bold(node.then) or self._is_bold(node.other)):
            then, other = self.number(node.then), self.number(node.other)
            return w.let(f"select i1 {test}, i32 {then}, i32 {other}")
        held, yes, no, after = w.room(), *(w.fresh(word) for word in ("yes", "no", "after"))
        w.fork(test, yes, no)
        for label, part in ((yes, node.then), (no, node.other)):
            w.label(label)
            w.store(self.number(part), held)
            w.jump(after)
        w.label(after)
        return w.load(held)

    def _chain(self, node: t.Chain) -> str:
        w, value = self.writer, self.number(node.first)
        words = {"+": "add", "-": "sub", "*": "mul"}
        for op, part in node.rest:
            right = self.number(part)
            if op in words:
                value = w.let(f"{words[op]} i32 {value}, {right}")
            else:
                value = self._divided(op, value, right)
        return value

    def _divided(self, op: str, one: str, two: str) -> str:
        """The quotient rounds down, and the rest has the sign of the divisor."""
        w = self.writer
        rest = w.let(f"srem i32 {one}, {two}")
        differ = w.compare("slt", w.let(f"xor i32 {rest}, {two}"), 0)
        is_off = w.let(f"and i1 {differ}, {w.compare('ne', rest, 0)}")
        if op == "//":
            quotient = w.let(f"sdiv i32 {one}, {two}")
            return w.let(f"sub i32 {quotient}, {w.as_number(is_off)}")
        return w.let(f"add i32 {rest}, {w.let(f'select i1 {is_off}, i32 {two}, i32 0')}")

    def _aggregate(self, node: t.Aggregate) -> str:
        ready = self.ready_at(node)
        if ready is not None:
            return self.slots.load(self.writer, ready)
        ask = (node.function, node.base, node.derived, node.places)
        self.aggregates.add(ask)
        return self.writer.let(f"call i32 @{aggregate_name(*ask)}(ptr %s)")

    def _since(self, node: t.Since) -> str:
        w, scope = self.writer, self.scope
        if node.place is None:
            since_slot, flag_slot = str(node.since), str(node.flag)
        else:
            since_slot = self.slot(node.since, node.place)
            flag_slot = self.slot(node.flag or 0, node.place)
        since = self.slots.load(w, since_slot, node.since)
        held = w.compare("ne", since, 0)
        if node.flag is not None:
            flag = self.slots.load(w, flag_slot, node.flag)
            held = w.let(f"and i1 {held}, {w.compare('ne', flag, 0)}")
        turns = w.let(f"sub i32 {self.slots.load(w, scope.step_slot)}, {since}")
        if scope.turns > NEVER:
            turns = self._pick(False, turns, str(NEVER))
        return w.let(f"select i1 {held}, i32 {turns}, i32 {NEVER}")

    def _top(self, node: t.Die) -> str:
        """The 32 bits that decide a die, as an `i64`."""
        w = self.writer
        site = next(site for site in self.dice if site.start == node.at.start)
        fixed, weights = (1, [("%here", 1)]) if self.has_here else (0, [])
        for loop in range(node.loops):
            fixed = fixed * 64 + 1
            weights = [(word, weight * 64) for word, weight in weights] + [(self.loops[loop], 1)]
        start = w.let(f"add i64 %k, {signed64(site.label_key + fixed * SUBJECT)}")
        for word, weight in weights:
            part = w.let(f"mul i64 {w.sized(word, 'i32', 'i64', way='zext')}, {signed64(weight * SUBJECT)}")
            start = w.let(f"add i64 {start}, {part}")
        return w.let(f"call i64 @top(i64 {start})")

    def _chance(self, node: t.Die) -> str:
        w, top = self.writer, self._top(node)
        if isinstance(node.of, t.Const):
            return w.compare("slt", top, -(-node.of.value * 2**32 // 100), "i64")
        return w.compare("slt", face(w, top, "100"), self.number(node.of))


def aggregate_name(function: str, base: int | None, derived: int | None, places: int) -> str:
    """What the function is called that makes one number out of those of all places."""
    of = f"s{base}" if base is not None else f"d{derived}"
    return f"{function}_{of}_{places}"


def reduced(w: Writer, function: str, values: str, places: int, of: str, sums: str) -> str:
    """
    The register of the one number, an `i32`, that *function* makes of a row.

    *of* is the type of the numbers in the row, *sums* one that holds their sum.
    """
    row = f"<{places} x {of}>"
    if function in ("highest", "lowest"):
        word = "smax" if function == "highest" else "smin"
        found = w.let(f"call {of} @llvm.vector.reduce.{word}.v{places}{of}({row} {values})")
        return w.sized(found, of, "i32")
    if function == "count":
        truths = w.let(f"icmp ne {row} {values}, zeroinitializer")
        bits = w.let(f"bitcast <{places} x i1> {truths} to i{places}")
        bits = w.let(f"zext i{places} {bits} to i64")
        return w.sized(w.let(f"call i64 @llvm.ctpop.i64(i64 {bits})"), "i64", "i32")
    values = w.sized(values, of, sums, places)
    total = w.let(f"call {sums} @llvm.vector.reduce.add.v{places}{sums}(<{places} x {sums}> {values})")
    if function == "mean":
        rest = w.let(f"srem {sums} {total}, {places}")
        down = w.let(f"sext i1 {w.compare('slt', rest, 0, sums)} to {sums}")
        total = w.let(f"add {sums} {w.let(f'sdiv {sums} {total}, {places}')}, {down}")
    return w.sized(total, sums, "i32")


def aggregate_declarations(places: int) -> tuple[str, ...]:
    """What LLVM offers to make one number of those of all *places*."""
    return tuple(
        f"declare {of} @llvm.vector.reduce.{word}.v{places}{of}(<{places} x {of}>)"
        for word in ("smax", "smin", "add")
        for of in WIDTHS
    )
