"""Checked rule texts compiled to Python source, whose only words are generated names and integers."""

from __future__ import annotations

import re
from collections.abc import Callable
from types import CodeType
from typing import Any, Literal, Protocol

from attrs import define, field

from wargame.errors import WargameError
from wargame.language import typed as t
from wargame.language.check import Checked
from wargame.language.emit import MASK, MIX_A, MIX_B, SUBJECT, TERNARY, Expressions
from wargame.language.scope import Scope
from wargame.language.types import HIGHEST, LOWEST, Interval

# All that a source may be made of. There are no attributes but these, so there is no way out of it.
_OURS = re.compile(
    r"(?:\]\.count\(0\)|[ \n\d()\[\]:,=+\-*/%<>!&^]|t\.(?:change|roll|report)\b"
    r"|\b(?:def|return|if|elif|else|for|in|not|and|or|pass|here|option|near|range|sum|min|max|chance|roll"
    r"|[bijkstuvw]|[dflpq]\d+(?:_\d+_\d+)?)\b)*+\Z"
)

Flavour = Literal["plain", "traced"]
Function = Callable[..., Any]


class Trace(Protocol):
    """Told by a traced block what happens, in order."""

    def change(self, slot: int, before: int, after: int, line: int) -> None:
        """A variable's value changed; not called when it stayed."""

    def fell(self, die: int, subject: int, face: int) -> int:
        """The face from 0 that counts for the die with that key where *face* was drawn: the same in play."""

    def roll(
        self, site: int, subject: int, chance: int, face: int, passed: bool, parts: tuple[int, ...]
    ) -> None:
        """A die fell: *chance* is the percentage (face 0..99) or the number of sides (face 1..sides)."""

    def report(self, site: int, args: tuple[int, ...]) -> None:
        """A report was made."""


@define(eq=False)
class Builder:
    """Collects the checked texts of one scenario and compiles them as one module."""

    scope: Scope
    _items: dict[str, tuple[Checked, bool]] = field(factory=dict, init=False)
    _bodies: dict[str, list[str]] = field(factory=dict, init=False)

    def add(self, checked: Checked) -> str:
        """
        The name under which *checked* will be found in what `build` returns.

        An expression is `f(s, k, here, option) -> int`; a block is `f(s, k, here, option)` in the plain
        flavour and `f(s, k, here, option, t)` with a `Trace` in the traced one. An order's block in the
        plain flavour is `f(s, k, here, option, u)`: it notes in the dict u what each slot it sets held.
        """
        name = f"f{len(self._items) + len(self._bodies)}"
        self._items[name] = (checked, False)
        return name

    def add_derived(self, index: int, checked: Checked) -> str:
        """As `add`, for the text of derived value *index*: the name is `d<index>`, called `d(s, here)`."""
        name = f"d{index}"
        self._items[name] = (checked, True)
        return name

    def add_body(self, parameters: str, body: list[str]) -> str:
        """The name of a plain function with a body that `fused` has written."""
        name = f"f{len(self._items) + len(self._bodies)}"
        self._bodies[name] = [f"def {name}({parameters}):", *body]
        return name

    def part_functions(self, name: str) -> tuple[tuple[str | None, ...], ...]:
        """
        For the block added as *name*: the function of each part of each die, None where none can be.

        Such a function is an expression, and its value carries the part's sign.
        """
        checked, _ = self._items[name]
        return tuple(
            tuple(
                f"{name}_{site.index}_{index}" if part.shown else None
                for index, part in enumerate(site.parts)
            )
            for site in checked.dice
        )

    def source(self, flavour: Flavour) -> str:
        """The module's source."""
        lines: list[str] = []
        for name, (checked, is_derived) in self._items.items():
            lines += _function(self.scope, name, checked, is_derived, flavour == "traced")
            lines += _parts(self.scope, name, checked)
        for body in self._bodies.values():
            lines += body
        return "\n".join(lines) + "\n"

    def code(self, flavour: Flavour) -> CodeType:
        """
        The module compiled.

        Raises:
            WargameError: If the source holds anything but generated words and integers, which no text can
                bring about: something else has changed a `Checked`.
        """
        source = self.source(flavour)
        if _OURS.match(source) is None:
            raise WargameError("the compiled rules hold a word that is not theirs; check the scenario again")
        return compile(source, "<rules>", "exec")

    def build(self, flavour: Flavour, code: CodeType | None = None) -> dict[str, Function]:
        """
        Every function added, by name; *code*, if it was compiled before, saves compiling it.

        Raises:
            WargameError: As `code` does.
        """
        space: dict[str, Any] = {
            "__builtins__": {},
            "sum": sum,
            "min": min,
            "max": max,
            "range": range,
            "near": self.scope.neighbours,
            "chance": _chance,
            "roll": _roll,
        }
        exec(code or self.code(flavour), space)
        names = [*self._items, *self._bodies]
        for name in self._items:
            names += [part for site in self.part_functions(name) for part in site if part is not None]
        return {name: space[name] for name in names}


def _function(scope: Scope, name: str, checked: Checked, is_derived: bool, traced: bool) -> list[str]:
    expressions = Expressions(scope, checked.dice, checked.use.here, traced)
    if isinstance(checked.tree, tuple):
        notes = checked.use.kind == "order" and not traced
        writer = _Statements(expressions, checked.ranges, len(scope.places), traced, notes)
        signature = "s, k, here, option" + (", t" if traced else ", u" if notes else "")
        return [f"def {name}({signature}):", *(writer.block(checked.tree, " ") or [" pass"])]
    signature = "s, here" if is_derived else "s, k, here, option"
    code = expressions.integer(checked.tree)
    head = f"def {name}({signature}):"
    if checked.clamp is None:
        return [head, f" return {code}"]
    cut = _cut("v", checked.ranges[checked.tree], *checked.clamp)
    return [head, f" return {code}"] if cut == "v" else [head, f" v = {code}", f" return {cut}"]


def _parts(scope: Scope, name: str, checked: Checked) -> list[str]:
    """A function for every part of every percentage that can be worked out alone."""
    lines: list[str] = []
    starts = {site.start: site for site in checked.dice if site.kind == "chance"}
    dice = {node.at.start: node for node in checked.ranges if isinstance(node, t.Die)}
    for start, site in starts.items():
        expressions = Expressions(scope, checked.dice, checked.use.here, traced=False)
        for index, (sign, term) in enumerate(t.terms(t.limits_of(dice[start].of)[1])):
            if site.parts[index].shown:
                lines.append(f"def {name}_{site.index}_{index}(s, k, here, option):")
                lines.append(f" return {expressions.signed(sign, term)}")
    return lines


def _cut(word: str, range_: Interval, lo: int, hi: int) -> str:
    """The source that cuts *word* to its bounds, leaving out what its interval proves needless."""
    upper = f"{hi} if {word} > {hi} else {word}" if range_.hi > hi else word
    return f"{lo} if {word} < {lo} else {upper}" if range_.lo < lo else upper


@define(eq=False)
class _Statements:
    """Writes the statements of one block."""

    expressions: Expressions
    ranges: Any
    places: int
    traced: bool
    notes: bool
    """Whether what a slot held is noted before it is set."""

    _surely: set[int] = field(factory=set, init=False)
    """The slots that have been noted by now whatever path was taken."""

    _perhaps: set[int] = field(factory=set, init=False)
    _loops: int = 0
    _roams: bool = False
    """Whether a slot has been noted that is known only in play: it may be any place's."""

    def block(self, body: tuple[t.Stmt, ...], pad: str) -> list[str]:
        return [line for node in body for line in self._statement(node, pad)]

    def _statement(self, node: t.Stmt, pad: str) -> list[str]:
        match node:
            case t.SetSlot():
                return self._set(node, pad)
            case t.SetLocal(index=index, value=value):
                return [f"{pad}l{index} = {self.expressions.integer(value)}"]
            case t.If():
                return self._if(node, pad)
            case t.For(index=index, of=of, body=body):
                self._loops += 1
                inner = self._branch(body, pad + " ")
                self._loops -= 1
                over = f"range({self.places})" if of is None else f"near[{self.expressions.at(of, TERNARY)}]"
                return [f"{pad}for p{index} in {over}:", *inner] if inner else []
            case t.Report(index=index, args=args):
                if not self.traced:
                    return []
                listed = "".join(f"{self.expressions.integer(arg)}, " for arg in args)
                return [f"{pad}t.report({index}, ({listed.rstrip()}))"]

    def _branch(self, body: tuple[t.Stmt, ...], pad: str) -> list[str]:
        """A block that may be left out or repeated."""
        before = set(self._surely)
        lines = self.block(body, pad)
        self._surely = before
        return lines

    def _note(self, slot: str, pad: str) -> list[str]:
        """Keeps what *slot* held before it was first set, where this flavour does."""
        if not self.notes:
            return []
        note = f"u[{slot}] = s[{slot}]"
        number = int(slot) if slot.isdigit() else None
        if number is None:
            self._roams = True
            return [f"{pad}if {slot} not in u: {note}"]
        if number in self._surely:
            return []
        is_first = not (number in self._perhaps or self._loops or self._roams)
        self._surely.add(number)
        self._perhaps.add(number)
        return [f"{pad}{note}" if is_first else f"{pad}if {slot} not in u: {note}"]

    def _if(self, node: t.If, pad: str) -> list[str]:
        lines: list[str] = []
        bodies = [self._branch(body, pad + " ") for _, body in node.branches]
        otherwise = self._branch(node.otherwise, pad + " ")
        if not self.traced and not any(bodies) and not otherwise:
            return []
        word = "if"
        for (test, _), body in zip(node.branches, bodies, strict=True):
            lines += [f"{pad}{word} {self.expressions.at(test, TERNARY)}:", *(body or [f"{pad} pass"])]
            word = "elif"
        return [*lines, f"{pad}else:", *otherwise] if otherwise else lines

    def _set(self, node: t.SetSlot, pad: str) -> list[str]:
        if node.place is None:
            slot, since = str(node.base), str(node.since)
            lines: list[str] = []
        else:
            slot, since = "i", f"i + {node.since - node.base}" if node.since is not None else ""
            lines = [f"{pad}i = {node.base} + {self.expressions.at(node.place, TERNARY + 5)}"]
        self.expressions.target = node.place
        if node.is_flag:
            lines += self._set_flag(node, slot, since, pad)
        else:
            lines += self._set_number(node, slot, pad)
        self.expressions.target = None
        return lines

    def _set_number(self, node: t.SetSlot, slot: str, pad: str) -> list[str]:
        code = self.expressions.integer(node.value)
        cut = _cut("v", self.ranges[node.value], node.lo, node.hi)
        if not self.traced:
            note = self._note(slot, pad)
            if cut == "v":
                return [*note, f"{pad}s[{slot}] = {code}"]
            return [*note, f"{pad}v = {code}", f"{pad}s[{slot}] = {cut}"]
        first = [f"{pad}v = {code}"] + ([f"{pad}v = {cut}"] if cut != "v" else [])
        return [
            *first,
            f"{pad}b = s[{slot}]",
            f"{pad}if v != b:",
            f"{pad} s[{slot}] = v",
            f"{pad} t.change({slot}, b, v, {node.at.line})",
        ]

    def _set_flag(self, node: t.SetSlot, slot: str, since: str, pad: str) -> list[str]:
        if isinstance(node.value, t.Const):
            return self._give_flag(node, slot, since, pad, bool(node.value.value))
        # Whether the slot is noted by now hangs on the path, as it does in an `if` of the author's.
        before = set(self._surely)
        on = self._give_flag(node, slot, since, pad + " ", True)
        self._surely = set(before)
        off = self._give_flag(node, slot, since, pad + " ", False)
        self._surely = before
        return [f"{pad}if {self.expressions.at(node.value, TERNARY)}:", *on, f"{pad}else:", *off]

    def _give_flag(self, node: t.SetSlot, slot: str, since: str, pad: str, on: bool) -> list[str]:
        notes = on and node.since is not None
        if not notes and not self.traced:
            return [*self._note(slot, pad), f"{pad}s[{slot}] = {int(on)}"]
        # Where the flag is set already, neither slot has to be noted: it stays as it is.
        before, self._loops = self._surely.copy(), self._loops + 1
        lines = [f"{pad}if {'not ' if on else ''}s[{slot}]:", *self._note(slot, pad + " ")]
        lines.append(f"{pad} s[{slot}] = {int(on)}")
        if notes:
            lines += self._note(since, pad + " ")
            lines.append(f"{pad} s[{since}] = s[{self.expressions.scope.step_slot}]")
        if self.traced:
            lines.append(f"{pad} t.change({slot}, {int(not on)}, {int(on)}, {node.at.line})")
        self._surely, self._loops = before, self._loops - 1
        return lines


def _raw(key: int) -> int:
    """The top 32 bits of the mixed key."""
    x = key & MASK
    x = (x ^ x >> 30) * MIX_A & MASK
    x = (x ^ x >> 27) * MIX_B & MASK
    return (x ^ x >> 31) >> 32


def _chance(
    t: Trace,
    k: int,
    site: int,
    key: int,
    subject: int,
    parts: tuple[int, ...],
    lo: int = LOWEST,
    hi: int = HIGHEST,
) -> bool:
    percent = min(max(sum(parts), lo), hi)
    face = t.fell(key, subject, _raw(k + key + subject * SUBJECT) * 100 >> 32)
    t.roll(site, subject, percent, face, face < percent, parts)
    return face < percent


def _roll(t: Trace, k: int, site: int, key: int, subject: int, sides: int) -> int:
    face = 1 + t.fell(key, subject, _raw(k + key + subject * SUBJECT) * sides >> 32)
    t.roll(site, subject, sides, face, True, ())
    return face
