"""Writes random rule texts that mostly pass the check, and spoils them."""

from __future__ import annotations

import re
from random import Random

from wargame.language.scope import DerivedName, Scope, Use, VariableName
from wargame.language.types import Choice, Flag, Number, Place, Type

Named = VariableName | DerivedName
NUMBERS = (0, 1, 1, 2, 3, 5, 10, 25, 50, 99, 100, 101, 1000, 65536, 999999999)


class Author:
    """Writes texts over one scope for one use."""

    def __init__(
        self, random: Random, scope: Scope, use: Use, *, with_dice: bool = False, only_tells: bool = False
    ) -> None:
        self.random, self.scope, self.use, self.with_dice = random, scope, use, with_dice
        self.only_tells = only_tells
        """Whether it writes reports, and no variable, so that secrets can be followed by comparing runs."""
        self.locals: dict[str, Type] = {}
        self.loops: list[str] = []
        self.recent = ""
        """A variable a condition has just compared, to be read again where the outcome is known."""
        self.labels = 0

    # Expressions, by type. They put brackets around everything that could need them.

    def expression(self, type_: Type, depth: int) -> str:
        """A text of that type, at most about *depth* levels deep."""
        match type_:
            case Number():
                return self.number(depth)
            case Flag():
                return self.flag(depth)
            case Place():
                return self.place()
            case Choice():
                return self.option(type_, depth)

    def _named(self) -> list[Named]:
        return [*self.scope.variables.values(), *self.scope.derived.values()]

    def _names(self, kind: type) -> list[str]:
        """Everything of a kind that can be read, as it is written."""
        random, found = self.random, [word for word, type_ in self.locals.items() if isinstance(type_, kind)]
        named = self._named()
        for name in named:
            if isinstance(name.type, kind):
                found.append(f"{name.id}[{self.place()}]" if name.per_place else name.id)
        if kind is Choice and self.use.option is not None:
            found.append(self.use.option.name)
        random.shuffle(found)
        return found

    def place(self) -> str:
        words = [*self.loops, *self.loops, *self.scope.places]
        words += [word for word, type_ in self.locals.items() if isinstance(type_, Place)]
        if self.use.here and self.scope.places:
            words += ["here"] * 3
        return self.random.choice(words) if words else "here"

    def number(self, depth: int) -> str:
        random = self.random
        if depth <= 0 or random.random() < 0.15:
            names = self._names(Number)
            if self.recent and random.random() < 0.3:
                return self.recent
            mine = [word for word, type_ in self.locals.items() if isinstance(type_, Number)]
            if mine and random.random() < 0.4:
                return random.choice(mine)
            return (
                random.choice(names[:1] or ["7"])
                if random.random() < 0.7
                else str(random.choice(NUMBERS[:10]))
            )
        a, b = self.number(depth - 1), self.number(depth - 2)
        way = random.randrange(16)
        if way < 3:
            return f"({a} {random.choice('+-')} {b})"
        if way == 3:
            tail = "".join(f" {random.choice('+-')} {self.number(0)}" for _ in range(random.randint(1, 4)))
            return f"({a}{tail})"
        if way == 4:
            return f"{a} * {random.choice((0, 2, 3, b, b))}"
        if way == 5:
            divisor = random.choice((2, 5, f"max(1, {b})", f"(-{random.randint(1, 9)})", b))
            return f"{a} {random.choice(('//', '%'))} {divisor}"
        if way == 6:
            return f"-({a})"
        if way == 7:
            return f"({a} if {self.flag(depth - 1)} else {b})"
        if way == 8:
            return f"{random.choice(('min', 'max'))}({a}, {b}{random.choice(('', ', 50'))})"
        if way == 9:
            return f"abs({a})"
        if way == 10:
            lo = random.randint(-20, 60)
            return f"clamp({a}, {lo}, {lo + random.randint(0, 50)})"
        if way == 11:
            return self._aggregate()
        if way == 12:
            return self._since()
        if way == 13:
            return "turn"
        if way == 14 and self.with_dice:
            return f"roll({random.choice((6, 20, f'clamp({a}, 1, 1000)', 1000))}{self._label()})"
        return a

    def flag(self, depth: int) -> str:
        random = self.random
        if depth <= 0 or random.random() < 0.1:
            names = self._names(Flag)
            return random.choice(names) if names and random.random() < 0.8 else self._comparison(0)
        way = random.randrange(12)
        if way < 4:
            return self._comparison(depth - 1)
        if way < 6:
            word = random.choice((" and ", " or "))
            return f"({word.join(self.flag(depth - 1) for _ in range(random.randint(2, 3)))})"
        if way == 6:
            return f"not {self.flag(depth - 1)}"
        if way == 7 and self.with_dice:
            limit = random.choice(("{}", "clamp({}, 5, 95)", "min(90, max(10, {}))", "max(3, {})"))
            percent = random.choice((str(random.randint(1, 99)), self.number(depth - 1)))
            return f"chance({limit.format(percent)}{self._label()})"
        if way == 8 and self.scope.orders:
            return f"ordered({random.choice(sorted(self.scope.orders))})"
        if way == 9:
            return f"({self.flag(depth - 1)} if {self.flag(depth - 1)} else {self.flag(0)})"
        if way == 10:
            return f"({self.flag(0)} {random.choice(('==', '!='))} ({self.flag(depth - 1)}))"
        return self._choice_test()

    def _comparison(self, depth: int) -> str:
        random = self.random
        bounded: list[Named] = [
            name for name in self._named() if isinstance(name.type, Number) and name.type.lo < name.type.hi
        ]
        if bounded and random.random() < 0.7:
            name = random.choice(bounded)
            assert isinstance(name.type, Number)
            word = f"{name.id}[{self.place()}]" if name.per_place else name.id
            self.recent = word if name.id in self.scope.variables else ""
            middle = min(max(random.randint(name.type.lo, name.type.hi), -999999999), 999999999)
            return f"{word} {random.choice(('<=', '>', '<', '>=', '==', '!='))} {middle}"
        if random.random() < 0.2:
            return f"{self.number(0)} <= ({self.number(depth)}) < {self.number(0)}"
        op = random.choice(("<", "<=", ">", ">=", "==", "!="))
        return f"({self.number(depth)} {op} {self.number(0)})"

    def _choice_test(self) -> str:
        random = self.random
        mine = [word for word, type_ in self.locals.items() if isinstance(type_, Choice)]
        if mine and random.random() < 0.5:
            type_ = self.locals[mine[0]]
            assert isinstance(type_, Choice)
            return f"{mine[0]} == '{random.choice(type_.options)}'"
        types = [(n.id, n) for n in self.scope.variables.values() if isinstance(n.type, Choice)]
        if not types or random.random() < 0.2:
            places = self.place()
            return f"{places} {random.choice(('==', '!='))} {self.place()}"
        word, name = random.choice(types)
        assert isinstance(name.type, Choice)
        left = f"{word}[{self.place()}]" if name.per_place else word
        options = [f"'{option}'" for option in name.type.options]
        if random.random() < 0.3:
            listed = f"({random.choice(options)}, {random.choice(options)})"
            return f"{left} {random.choice(('in', 'not in'))} {listed}"
        pair = [left, random.choice(options)]
        random.shuffle(pair)
        return f" {random.choice(('==', '!='))} ".join(pair)

    def option(self, type_: Choice, depth: int) -> str:
        random = self.random
        same = [
            name
            for name in self.scope.variables.values()
            if isinstance(name.type, Choice) and name.type.options == type_.options
        ]
        if same and random.random() < 0.3:
            name = random.choice(same)
            return f"{name.id}[{self.place()}]" if name.per_place else name.id
        if depth > 0 and random.random() < 0.3:
            return f"({self.option(type_, 0)} if {self.flag(depth - 1)} else {self.option(type_, 0)})"
        return f"'{random.choice(type_.options)}'"

    def _aggregate(self) -> str:
        named = self._named()
        usable = [name for name in named if name.per_place and isinstance(name.type, Number | Flag)]
        if not usable:
            return "turn"
        name = self.random.choice(usable)
        if isinstance(name.type, Flag):
            return f"count({name.id})"
        return f"{self.random.choice(('total', 'highest', 'lowest', 'mean', 'count'))}({name.id})"

    def _since(self) -> str:
        flags = [name for name in self.scope.variables.values() if name.since is not None]
        words = [f"{name.id}[{self.place()}]" if name.per_place else name.id for name in flags]
        words += sorted(self.scope.orders)
        return f"turns_since({self.random.choice(words)})" if words else "turn"

    def _label(self) -> str:
        if self.random.random() < 0.5:
            return ""
        self.labels += 1
        return f", 'die {self.labels}'"

    # Statements.

    def block(self, size: int) -> str:
        """A block of about *size* statements."""
        return "\n".join(self._lines(size, 0))

    def _lines(self, size: int, level: int) -> list[str]:
        lines: list[str] = []
        for _ in range(size):
            lines += self._statement(level)
        return lines

    def _statement(self, level: int) -> list[str]:
        way = self.random.randrange(10)
        if self.only_tells:
            way = self.random.choice((5, 5, 5, 6, 6, 6, 7, 8, 9)) if level < 3 else 6
        elif self.loops and self.locals and self.random.random() < 0.3:
            way = 5
        if way < 5:
            return [self._assign()]
        if way == 5:
            return [self._local()]
        if way == 6 and self.scope.roles:
            return [self._report()]
        if way == 7 and level < 3 and len(self.loops) < 2 and self.scope.places:
            return self._loop(level)
        return self._if(level) if level < 3 else [self._assign()]

    def _assign(self) -> str:
        random = self.random
        names = [name for name in self.scope.variables.values() if name.writable]
        if not names:
            return self._local()
        name = random.choice(names)
        left = f"{name.id}[{self.place()}]" if name.per_place else name.id
        compared = self.scope.variables.get(self.recent.partition("[")[0])
        if compared in names and random.random() < 0.3:
            name, left = compared, self.recent
        if isinstance(name.type, Number):
            op = random.choice(("+=", "-=") if self.use.kind == "order" else ("=", "+=", "-="))
            return f"{left} {op} {self.number(random.randint(0, 3))}"
        if isinstance(name.type, Flag) and random.random() < 0.5:
            return f"{left} = {random.choice(('true', 'false'))}"
        return f"{left} = {self.expression(name.type, 2)}"

    def _local(self) -> str:
        random = self.random
        if self.locals and random.random() < 0.6:
            word = random.choice(sorted(self.locals))
            if isinstance(self.locals[word], Number) and random.random() < 0.6:
                return f"{word} {random.choice(('+=', '-='))} {self.number(1)}"
            return f"{word} = {self.expression(self.locals[word], 2)}"
        types: list[Type] = [Number(), Number(), Flag(), Place()]
        types += [name.type for name in self._named() if isinstance(name.type, Choice)][:1]
        word, type_ = f"local_{len(self.locals)}", random.choice(types)
        if isinstance(type_, Place) and not self.scope.places:
            type_ = Number()
        text = self.expression(type_, 2)
        self.locals[word] = type_
        return f"{word} = {text}"

    def _if(self, level: int) -> list[str]:
        random = self.random
        lines = [f"if {self.flag(2)}:"]
        compared = self.recent
        lines += self._inside(level)
        self.recent = compared
        for _ in range(random.choice((0, 0, 1, 2))):
            lines += [f"elif {self.flag(2)}:", *self._inside(level)]
        if random.random() < 0.5:
            lines += ["else:", *self._inside(level)]
        return lines

    def _loop(self, level: int) -> list[str]:
        word = ("p", "q")[len(self.loops)]
        over = self.random.choice(("places", f"neighbours({self.place()})"))
        self.loops.append(word)
        body = self._inside(level)
        self.loops.pop()
        return [f"for {word} in {over}:", *body]

    def _inside(self, level: int) -> list[str]:
        # A local made in a branch is not known after it.
        before = dict(self.locals)
        lines = self._lines(self.random.randint(1, 2), level + 1)
        self.recent = ""
        if self.random.random() < 0.95:
            self.locals = before
        return [" " + line for line in lines]

    def _report(self) -> str:
        words = [word for kind in (Number, Flag, Choice, Place) for word in self._names(kind)[:1]]
        words = self.random.sample(words, min(len(words), self.random.choice((0, 0, 1, 1, 2, 9))))
        holes = " ".join(f"{{{word}}}" for word in words)
        role = self.random.choice(self.scope.roles)
        to = self.random.choice(("", ", to=all", f", to={role}", f", to=({role}, {self.scope.roles[0]})"))
        return f'report("Word: {holes}."{to})'


WORDS = """
    and or not if else elif for in ( ) [ ] , : = == != < <= + - * // % 0 1 7 999999999 1000000000 true
    false here turn places neighbours(here) chance(50) roll(6) report('x') 'none' "none" p q var_0 var_1
    var_2 var_9 local_0 order_0 place_0 min( max( clamp( total( turns_since( ordered( ** / . ; := lambda
    None is __import__ _ # ~ @ { } ' " f'x' 0x1f 1e9 1.5 07 1_0 eval
"""
ODD = (0x5C, 0x09, 0xA0, 0x200B, 0x1B, 0x00, 0xD800, 0x1D452, 0x661, 0x0D, 0x0C, 0x85, 0x2028)
TOKENS = (*WORDS.split(), *map(chr, ODD))


def spoiled(random: Random, text: str) -> str:
    """*text* with a few random changes."""
    for _ in range(random.choice((1, 1, 2, 5))):
        at = random.randint(0, len(text))
        way = random.randrange(12)
        if way > 9:
            text = re.sub(r"\b\d+", lambda _: str(random.choice(NUMBERS)), text, count=random.randint(1, 3))
        elif way > 7:
            text = re.sub(r"var_\d", f"var_{random.randint(0, 5)}", text, count=random.randint(1, 2))
        elif way == 0:
            text = text[:at] + text[at + random.randint(1, 4) :]
        elif way == 1:
            text = f"{text[:at]} {random.choice(TOKENS)} {text[at:]}"
        elif way == 2:
            text = text[:at] + random.choice(TOKENS) + text[at:]
        elif way == 3:
            text = text[:at] + text[random.randint(0, len(text)) :]
        elif way == 4:
            words = text.split(" ")
            i, j = random.randrange(len(words)), random.randrange(len(words))
            words[i], words[j] = words[j], words[i]
            text = " ".join(words)
        elif way == 5:
            words = text.split(" ")
            words[random.randrange(len(words))] = random.choice(TOKENS)
            text = " ".join(words)
        else:
            lines = text.split("\n")
            i = random.randrange(len(lines))
            lines.insert(random.randrange(len(lines)), random.choice(("", " ", "  ")) + lines[i])
            text = "\n".join(lines)
    return text
