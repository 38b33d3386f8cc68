"""Cuts a rule text into words before anything parses it, and keeps the language's own limits."""

from __future__ import annotations

import re

from attrs import define, field

from wargame.language.faults import Faults
from wargame.language.tree import Spot
from wargame.text import hidden_characters

MOST_CHARACTERS = 40_000
MOST_EXPRESSION = 512
MOST_LINE = 512
MOST_LINES = 64
MOST_LEVELS = 24
MOST_NODES = 2_000
MOST_DIGITS = 9
MOST_NAME = 40
MOST_STRING = 500

_WORDS = """
    min max abs clamp total highest lowest mean count
    chance roll turns_since ordered neighbours report
"""
FUNCTIONS = tuple(_WORDS.split())
RESERVED = frozenset(FUNCTIONS) | frozenset(
    ("true", "false", "turn", "here", "places", "all", "and", "or", "not", "in", "if", "elif", "else", "for")
)
"""Words of the language itself; nothing in a scenario may be called so."""


_TOKEN = re.compile(
    r"""(?P<newline>\n)|(?P<space>\ +)|(?P<comment>\#[^\n]*)
    |(?P<word>[A-Za-z_][A-Za-z0-9_]*)|(?P<number>[0-9][0-9A-Za-z_.]*)
    |(?P<string>'[^'\n]*'|"[^"\n]*")
    |(?P<op>\*\*=?|//=?|<<=?|>>=?|->|:=|<=|>=|==|!=|<>|&&|\|\||\+\+|--|[-+*/%&|^@]=|\.\.\.|[-+*/%<>=()\[\],:;.&|^~!@{}$?`])
    |(?P<quote>['"])|(?P<other>[\s\S])""",
    re.VERBOSE,
)
_FOREIGN = {
    "True": "write true",
    "False": "write false",
    "None": "there is no empty value; use a flag or an option such as 'none'",
    "is": "write == to compare",
    "while": "write for p in places:",
    "pass": "leave the branch out",
    "return": "an effect ends where its text ends",
}
_PYTHON_ONLY = """
    False None True as assert async await break class continue def del except finally from global
    import is lambda nonlocal pass raise return try while with yield
"""
_FOREIGN_WORDS = frozenset(_PYTHON_ONLY.split())
_SIGNS = "+ - * // % < > <= >= == != = += -= ( ) [ ] , :"
_OPERATORS = frozenset(_SIGNS.split())
_ADVICE = {
    "/": "write // for division without remainder",
    "**": "there is no power; multiply",
    "&": "write and",
    "&&": "write and",
    "|": "write or",
    "||": "write or",
    "!": "write not",
    "~": "write not",
    "<>": "write !=",
    ".": "attributes and decimal points are not part of the language",
    ";": "write one statement on a line",
    ":=": "assign with = on a line of its own",
    "++": "write += 1",
    "--": "write -= 1, or leave one minus out",
    "{": "lists and sets are not part of the language",
    "}": "lists and sets are not part of the language",
    "*=": "write x = x * ...",
    "//=": "write x = x // ...",
    "%=": "write x = x % ...",
    "/=": "write x = x // ...",
    "<<": "multiply instead",
    ">>": "write // instead",
}
_OPENERS = {"(": ")", "[": "]"}


_FOREIGN_AHEAD = "|".join(sorted(_FOREIGN_WORDS))
_FINE = re.compile(
    rf"""(?:
    [\ \n]+ | \#[\ -~]*
    | (?!(?:{_FOREIGN_AHEAD})\b)[A-Za-z_][A-Za-z0-9_]{{0,{MOST_NAME - 1}}}(?![A-Za-z0-9_'"])
    | (?:0|[1-9][0-9]{{0,{MOST_DIGITS - 1}}})(?![0-9A-Za-z_.'"])
    | '[\ -&(-\[\]-~]{{0,{MOST_STRING - 2}}}'(?!['"\w]) | "[\ !\#-\[\]-~]{{0,{MOST_STRING - 2}}}"(?!['"\w])
    | //(?!=) | [<>=!]=(?!=) | [-+]= | \+(?!\+) | -(?![->]) | \*(?![*=]) | %(?!=) | <(?![<>=]) | >(?![>=])
    | :(?!=) | =(?!=) | [()\[\],]
    )*+\Z""",
    re.VERBOSE,
)
_BRACKETS = re.compile(r"""'[^'\n]*'|"[^"\n]*"|\#[^\n]*|[()\[\]\n]""")
_RUN_OF_SIGNS = re.compile(rf"(?:(?:not\b|[-+])[ \n]*){{{MOST_LEVELS + 1}}}")
_EXPRESSION_ONLY = re.compile(r"[-+]=|:|(?<![<>=!])=(?!=)")


def is_plainly_fine(text: str, is_block: bool) -> bool:
    """Whether a quick look shows that `Scan` would find no fault; if not, it may still find none."""
    lines = text.split("\n")
    if len(lines) > MOST_LINES or _FINE.match(text) is None or _RUN_OF_SIGNS.search(text):
        return False
    if len(text) > MOST_LINE and (not is_block or max(map(len, lines)) > MOST_LINE):
        return False
    if any(line.count("if") > MOST_LEVELS for line in lines):
        return False
    if not is_block and (_EXPRESSION_ONLY.search(text) or text.count("if") > MOST_LEVELS):
        return False
    return _brackets_match(text)


def _brackets_match(text: str) -> bool:
    """Whether all brackets close, none too deep, and none holds an expression that may be too long."""
    waiting: list[str] = []
    for word in _BRACKETS.findall(text):
        if word in _OPENERS:
            waiting.append(_OPENERS[word])
        elif word in (")", "]"):
            if not waiting or waiting.pop() != word:
                return False
        elif word == "\n" and waiting and len(text) > MOST_EXPRESSION:
            return False
        if len(waiting) > MOST_LEVELS:
            return False
    return not waiting


@define(eq=False)
class Scan:
    """One pass over the text, which notes every fault a reader of single words can see."""

    text: str
    faults: Faults
    is_block: bool
    line: int = 1
    line_start: int = 0
    _open: list[tuple[str, Spot]] = field(factory=list)
    _size: int = 0
    _signs: int = 0
    _ifs: int = 0
    _busy_lines: int = 0
    _line_busy: bool = False
    _last: str = ""
    _last_word: str = ""
    _last_end: int = -1
    is_hopeless: bool = False
    """Whether the text as a whole is at fault, and not single words of it."""

    def run(self) -> None:
        if len(self.text) > MOST_CHARACTERS:
            whole = Spot(1, 1, 0, 0)
            self.faults.add(whole, f"the text has {len(self.text)} characters", _most(MOST_CHARACTERS))
            self.is_hopeless = True
            return
        for match in _TOKEN.finditer(self.text):
            kind = match.lastgroup or "other"
            self._token(kind, match.group(), match.start())
        self._end_line(len(self.text))
        for _, spot in self._open if not self.is_hopeless else ():
            self.faults.add(spot, "this bracket is never closed", "add the closing bracket")
            self.is_hopeless = True
        if self._busy_lines > MOST_LINES:
            whole = Spot(1, 1, 0, 0)
            self.faults.add(whole, f"the text has {self._busy_lines} lines", _most(MOST_LINES))
            self.is_hopeless = True

    def _spot(self, start: int, length: int = 1) -> Spot:
        return Spot(self.line, start - self.line_start + 1, start, start + length)

    def _token(self, kind: str, word: str, start: int) -> None:
        if kind == "newline":
            self._end_line(start)
            return
        if kind in ("space", "comment"):
            if kind == "comment":
                self._hidden(word, start)
            return
        self._line_busy = True
        check = getattr(self, f"_{kind}", None)
        if check is not None:
            check(word, start)
        if kind != "string":
            self._grow(len(word), start)
        self._run_of_signs(word, start)
        self._last, self._last_word, self._last_end = kind, word, start + len(word)

    def _end_line(self, start: int) -> None:
        if self._line_busy:
            self._busy_lines += 1
            if start - self.line_start > MOST_LINE:
                self.faults.add(
                    Spot(self.line, 1, self.line_start, start),
                    f"the line has {start - self.line_start} characters",
                    _most(MOST_LINE),
                )
        self._line_busy = False
        self.line += 1
        self.line_start = start + 1
        if not self._open and self.is_block:
            self._size = self._signs = self._ifs = 0

    def _grow(self, length: int, start: int) -> None:
        before, self._size = self._size, self._size + length
        if before <= MOST_EXPRESSION < self._size:
            self.is_hopeless = True
            self.faults.add(
                self._spot(start),
                f"the expression is longer than {MOST_EXPRESSION} characters",
                "give its parts names on lines of their own, or make a derived value of them",
            )

    def _run_of_signs(self, word: str, start: int) -> None:
        self._signs = self._signs + 1 if word in ("-", "+", "not", "--", "++") else 0
        self._ifs += word == "if"
        if self._signs == MOST_LEVELS + 1 or (word == "if" and self._ifs == MOST_LEVELS + 1):
            self._too_deep(start)

    def _too_deep(self, start: int) -> None:
        self.is_hopeless = True
        self.faults.add(
            self._spot(start), f"more than {MOST_LEVELS} levels inside each other", "split it into steps"
        )

    def _word(self, word: str, start: int) -> None:
        spot = self._spot(start, len(word))
        if word in _FOREIGN_WORDS:
            remedy = _FOREIGN.get(word, "see the list of what rules may use")
            self.faults.add(spot, f"'{word}' is not part of the language", remedy)
        elif len(word) > MOST_NAME:
            self.faults.add(spot, f"a name of {len(word)} characters", _most(MOST_NAME))

    def _number(self, word: str, start: int) -> None:
        spot = self._spot(start, len(word))
        if not word.isdigit():
            self.faults.add(
                spot,
                f"'{word[:20]}' is not a whole decimal number",
                "use digits only, and a blank after them",
            )
        elif len(word) > MOST_DIGITS:
            self.faults.add(spot, f"a number of {len(word)} digits", _most(MOST_DIGITS))
        elif len(word) > 1 and word[0] == "0":
            self.faults.add(spot, f"the number {word} begins with 0", "leave the leading 0 out")

    def _string(self, word: str, start: int) -> None:
        spot = self._spot(start, len(word))
        if self._last_end == start and self._last in ("word", "string", "number"):
            self.faults.add(
                spot, "a quote directly after a word or another quote", "use plain quotes with a blank before"
            )
        if len(word) > MOST_STRING:
            self.faults.add(spot, f"a text of {len(word)} characters", _most(MOST_STRING))
        if "\\" in word:
            at = start + word.index("\\")
            self.faults.add(self._spot(at), "a backslash in a text", "write the character itself")
        self._hidden(word, start)

    def _hidden(self, word: str, start: int) -> None:
        for offset, name in hidden_characters(word, allow="")[:5]:
            self.faults.add(
                self._spot(start + offset), f"the character {name} cannot be shown", "take it out"
            )

    def _quote(self, word: str, start: int) -> None:
        self.faults.add(self._spot(start), "this quote is never closed", "close it on the same line")

    def _op(self, word: str, start: int) -> None:
        if word == self._last_word and start == self._last_end and word not in _OPERATORS:
            return  # A run of the same wrong sign is one fault.
        spot = self._spot(start, len(word))
        if word in _OPENERS:
            self._open.append((word, spot))
            if len(self._open) == MOST_LEVELS + 1:
                self._too_deep(start)
        elif word in ")]":
            if not self._open or _OPENERS[self._open[-1][0]] != word:
                self.faults.add(spot, f"this '{word}' closes nothing", "take it out or open it")
                self.is_hopeless = True
            if self._open:
                self._open.pop()
        elif word not in _OPERATORS:
            self.faults.add(spot, f"'{word}' is not part of the language", _ADVICE.get(word, "take it out"))
        elif not self.is_block and word in ("=", "+=", "-=", ":"):
            advice = "write == to compare" if word == "=" else "write one expression only"
            self.faults.add(spot, f"'{word}' cannot stand in an expression", advice)

    def _other(self, word: str, start: int) -> None:
        code = f"U+{ord(word):04X}"
        if word in "\t\r\x0b\x0c":
            self.faults.add(self._spot(start), f"the character {code}", "use blanks and plain line ends")
        elif word == "\\":
            self.faults.add(self._spot(start), "a backslash", "put brackets around what spans lines")
        else:
            self.faults.add(
                self._spot(start), f"the character {code} outside a text in quotes", "use plain letters"
            )


def _most(limit: int) -> str:
    return f"at most {limit}"
