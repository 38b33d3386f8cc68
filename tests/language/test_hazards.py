"""Hostile and mistaken rule texts: each is refused in words at its place, and nothing ever raises."""

from __future__ import annotations

import time
import warnings

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.language.small import SCOPE, problems
from wargame.language.check import check_block, check_expression
from wargame.language.scope import Use
from wargame.language.types import Flag, Number

HOSTILE = {
    # text: (line, column, words of the fault)
    "().__class__.__mro__[1].__subclasses__()": (1, 3, "'.' is not part"),
    "legitimacy.real > 1": (1, 11, "'.' is not part"),
    "__import__('os')": (1, 1, "there is no function '__import__'"),
    "__builtins__ > 1": (1, 1, "there is no name '__builtins__'"),
    "__debug__ > 1": (1, 1, "there is no name '__debug__'"),
    "eval('1') > 1": (1, 1, "there is no function 'eval'"),
    "\U0001d452val(1)": (1, 1, "U+1D452"),
    "9**9**9": (1, 2, "'**' is not part"),
    "2**10000000": (1, 2, "'**' is not part"),
    "1<<10": (1, 2, "'<<' is not part"),
    "'a'*999999999": (1, 1, "a text in quotes means nothing here"),
    "[0]*999999999": (1, 1, "this is not part of the language"),
    "'%1000000000d' % 1": (1, 1, "a text in quotes means nothing here"),
    "f'{1:>1000000000}'": (1, 2, "a quote directly after a word"),
    "b'x' == 'x'": (1, 2, "a quote directly after a word"),
    "'{0.__class__}'.format(1)": (1, 16, "'.' is not part"),
    "[p for p in places]": (1, 1, "not part of the language"),
    "(x for x in y)": (1, 1, "not part of the language"),
    "{1: 2}": (1, 1, "'{' is not part"),
    "lambda: 1": (1, 1, "'lambda' is not part"),
    "(x := 1) > 0": (1, 4, "':=' is not part"),
    "await x": (1, 1, "'await' is not part"),
    "(yield)": (1, 2, "'yield' is not part"),
    "...": (1, 1, "'...' is not part"),
    "*places": (1, 1, "cannot be read as a rule"),
    "min(*places)": (1, 5, "not part of the language"),
    "legitimacy > 1.5": (1, 14, "'1.5' is not a whole decimal number"),
    "legitimacy > 1e9": (1, 14, "'1e9' is not a whole decimal number"),
    "legitimacy > 0x1f": (1, 14, "'0x1f' is not a whole decimal number"),
    "legitimacy > 1_000": (1, 14, "'1_000' is not a whole decimal number"),
    "legitimacy > 007": (1, 14, "begins with 0"),
    "legitimacy > 1234567890": (1, 14, "a number of 10 digits"),
    "legitimacy > \u0661": (1, 14, "U+0661"),
    "legitimacy\u00a0> 1": (1, 11, "U+00A0"),
    "legitimacy > \u201c1\u201d": (1, 14, "U+201C"),
    "1if legitimacy > 1else 2": (1, 1, "'1if' is not a whole decimal number"),
    "mandate == 'jo\\int'": (1, 15, "a backslash"),
    "mandate == '\x1b[2J'": (1, 13, "U+001B"),
    "mandate == '\u202e'": (1, 13, "U+202E"),
    "mandate == '\ud800'": (1, 13, "U+D800"),
    "\ud800": (1, 1, "U+D800"),
    "1\x002": (1, 2, "U+0000"),
    "legitimacy\t> 1": (1, 11, "U+0009"),
    "legitimacy > 1\r": (1, 15, "U+000D"),
    "legitimacy \\\n > 1": (1, 12, "a backslash"),
    "(1": (1, 1, "never closed"),
    "1)": (1, 2, "closes nothing"),
    "1) + (2": (1, 2, "closes nothing"),
    "(1]": (1, 3, "closes nothing"),
    "'open": (1, 1, "this quote is never closed"),
    "": (1, 1, "the text is empty"),
    "  \n # only a note\n": (1, 1, "the text is empty"),
    "1, 2": (1, 1, "a list of things"),
    "legitimacy is 1": (1, 12, "'is' is not part"),
    "True": (1, 1, "'True' is not part"),
    "None": (1, 1, "'None' is not part"),
    "legitimacy = 1": (1, 12, "'=' cannot stand in an expression"),
    "min(legitimacy, default=1) > 0": (1, 24, "'=' cannot stand in an expression"),
    "legitimacy // 0 > 1": (1, 15, "the divisor can be 0"),
    "legitimacy % (troops - 5) > 1": (1, 15, "the divisor can be 0 (it is -5..55)"),
    "troops * 999999999 > 1": (1, 1, "32-bit"),
    "legitimacy > -1": (1, 1, "this condition is always true"),
    "troops > 60": (1, 1, "this condition is never true"),
    "roll(6) > 1": (1, 1, "roll cannot stand here"),
}


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_expression_is_refused_at_its_place(text: str) -> None:
    line, column, words = HOSTILE[text]

    first = problems(text, want=Flag())[0]

    assert (first.line, first.column) == (line, column)
    assert words in first.what
    assert first.remedy or first.near or "cannot be read" in first.what


BLOCKS = {
    "import os": "'import' is not part",
    "del legitimacy": "'del' is not part",
    "global x": "'global' is not part",
    "while legitimacy > 1:\n legitimacy -= 1": "'while' is not part",
    "def f():\n legitimacy -= 1": "'def' is not part",
    "class A:\n x = 1": "'class' is not part",
    "with legitimacy:\n troops += 1": "'with' is not part",
    "match troops:\n case 1:\n  troops += 1": "not part of the language",
    "x: troops = 1": "not part of the language",
    "troops = troops = 1": "only one variable can stand on the left",
    "troops, legitimacy = 1, 2": "only one variable",
    "troops *= 2": "'*=' is not part",
    "legitimacy": "this does nothing",
    "report('a') + 1": "this does nothing",
    "for p in places:\n troops += 1\nelse:\n troops += 2": "not part of the language",
    "for p in range(9):\n troops += 1": "a loop runs over places only",
    "for p, q in places:\n troops += 1": "a loop needs one plain name",
    "troops += 1\n  troops += 1": "cannot be read as a rule",
    " troops += (1 i+f)\nelse:\n troops += 2": "the lines do not start in one column",
    "  troops += 1\ntroops += 1": "the lines do not start in one column",
    "if troops > 1:\ntroops += 1": "cannot be read as a rule",
    "elif troops > 1:\n troops += 1": "cannot be read as a rule",
    "troops += 1; legitimacy -= 1": "';' is not part of the language",
    "turn = 3": "is a word of the language",
    "true = 3": "this is a value and cannot be given another",
    "if troops > 1:\n false = true": "this is a value and cannot be given another",
    "rate += 1": "'rate' never changes",
    "anger = 1": "is a derived value",
    "almaty = 1": "is a place",
    "for unrest in places:\n troops += 1": "'unrest' is a variable",
    "for p in places:\n for p in places:\n  troops += 1": "'p' is a loop's place already",
    "for p in places:\n for q in places:\n  for r in places:\n   troops += 1": "more than 2 loops",
    "for p in places:\n p = almaty": "'p' is a loop's place",
    "report('{legitimacy.real}')": "braces hold one name",
    "report('{legitimacy!r:>1000000000}')": "braces hold one name",
    "report('{0}')": "braces hold one name",
    "report('{')": "braces hold one name",
    "report('}')": "braces hold one name",
    "report('')": "the report is empty",
    "report(legitimacy)": "report takes one text in quotes",
    "report('a', 'b')": "report takes one text in quotes",
    "report('a', to=kremln)": "there is no role 'kremln'",
    "report('a', to='kremlin')": "to= takes a role",
    "report('a', where=almaty)": "report takes the words and to= only",
    "troops += roll(0)": "a die has 1 to 1000 sides",
    "troops += roll(1001)": "a die has 1 to 1000 sides",
    "troops += roll(troops)": "a die has 1 to 1000 sides",
    "help_asked = chance(50, 'a') and chance(50, 'a')": "two dice have the label 'a'",
    "help_asked = chance(50, 'a\\nb')": "a backslash",
    "help_asked = chance(50, legitimacy)": "a label is a short text",
    "x += 1": "there is no variable 'x' to change",
    "if troops > 1:\n x = 1\ntroops += x": "'x' may have no value here",
    "for p in places:\n x = 1\ntroops += x": "'x' may have no value here",
    "x = 1\nx = true": "'x' was a number before and now is a flag",
    "x = 1\nfor p in places:\n x = x * 99999": "32-bit",
    "x = 'guard'": "a text in quotes means nothing here",
    "mandate = 'jont'": "'mandate' has no option 'jont'",
    "mandate += 1": "cannot be added to",
    "help_asked = 1": "a flag is wanted here",
    "troops = true": "a number is wanted here",
    "troops += 1 if legitimacy else 2": "a flag is wanted here",
    "if 1 < 2:\n troops += 1": "this condition is always true",
    "if troops > 5:\n if troops < 3:\n  troops += 1": "this condition is never true",
    "if troops > 5:\n troops += 1\nelif troops <= 5:\n troops += 2": "this condition is always true",
    "if chance(100):\n troops += 1": "this condition is always true",
    "unrest += 1": "has a value for each place",
    "troops[here] += 1": "has one value",
    "unrest[troops] += 1": "a place is wanted in the brackets",
    "unrest['almaty'] += 1": "a place stands without quotes",
    "x = true\ntroops += count(x)": "'x' has no value for each place",
    "for p in places:\n troops += total(p)": "'p' has no value for each place",
    "total = 3": "is a word of the language",
    "X = 3": "'X' is no good name",
}


@pytest.mark.parametrize("text", BLOCKS)
def test_a_mistaken_block_is_refused(text: str) -> None:
    assert any(BLOCKS[text] in problem.what for problem in problems(text))


BOMBS = {
    "brackets": "(" * 201 + "1" + ")" * 201,
    "brackets without end": "(" * 40_000,
    "not": "not " * 9_000 + "true",
    "minus": "-" * 39_000 + "1",
    "plus": "+".join("1" * 19_000),
    "compared": "<".join("1" * 19_000),
    "and": " and ".join(["true"] * 5_000),
    "longest": "1" * 10_000_000,
    "ternary": "1 if true else " * 2_000 + "1",
    "lambda": "lambda: " * 4_000 + "1",
    "index": "unrest[" * 5_000 + "here" + "]" * 5_000,
    "calls": "min(1, " * 4_000 + "1" + ")" * 4_000,
    "quotes": "'" * 39_999,
    "lines": "troops += 1\n" * 3_000,
    "indents": "".join(f"{' ' * i}if troops > {i % 50}:\n" for i in range(200)) + " " * 200 + "troops += 1",
    "elifs": "if troops > 1:\n troops += 1\n" + "elif troops > 1:\n troops += 1\n" * 1_000,
    "semicolons": "troops += 1;" * 3_000,
    "blank lines": "\n" * 39_000,
    "a long name": "a" * 39_000,
    "a long text": "report('" + "a" * 39_000 + "')",
    "loops": "for p in places:\n for q in places:\n" + "  unrest[p] += unrest[q] // 2\n" * 60,
    "growing loops": "x = 0\ny = 0\nfor p in places:\n for q in places:\n" + "  x += 1\n  y += x // 9\n" * 28,
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_ends_soon(name: str) -> None:
    started = time.perf_counter()
    check_block(BOMBS[name], SCOPE, Use("procedure", here=True))
    found = check_expression(BOMBS[name], SCOPE, Use("value", here=True), Number())

    assert isinstance(found, list)
    assert time.perf_counter() - started < 2


@pytest.mark.parametrize("text", ["1if troops > 1else 2", "'\\d'", "troops is 1", "1 == 1 is 1"])
def test_no_warning_is_ever_shown(text: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        problems(text, want=Number())
        problems(f"troops = {text}")


@given(st.text(max_size=200))
def test_any_text_is_checked_without_raising(text: str) -> None:
    for want in (Flag(), Number(), None):
        found = check_expression(text, SCOPE, Use("value", here=True), want)
        assert not isinstance(found, list) or found
    found = check_block(text, SCOPE, Use("event"))
    assert not isinstance(found, list) or found


@given(st.text(alphabet="()[]{}'\" \n#:;,.=+-*/%<>!notifelrandx01pe\\", max_size=120))
def test_any_text_of_the_languages_own_characters_is_checked_without_raising(text: str) -> None:
    check_block(text, SCOPE, Use("event", here=True))
    check_expression(text, SCOPE, Use("value", here=True), Flag())


def test_all_faults_of_a_block_come_at_once_with_place_and_guess() -> None:
    text = (
        "legitimacy += 5 +\n"
        "unrst[here] += 3\n"
        "for p in places\n"
        "  unrest[p] += troop\n"
        "y = lambda: 3\n"
        "legitimacy -= y\n"
        "if secret > 10:\n"
        "  report('hm', to=tokayev)\n"
        "legitimacy += 100 // (troops - 3)\n"
        "mandate = 'jont'\n"
    )

    found = problems(text)

    assert [(p.line, p.column, p.near) for p in found] == [
        (1, 18, None),
        (2, 1, "unrest"),
        (3, 16, None),
        (4, 16, "troops"),
        (5, 5, None),
        (8, 3, None),
        (9, 23, None),
        (10, 11, "joint"),
    ]


def test_columns_are_the_authors_whatever_the_indent_and_the_letters() -> None:
    assert [(p.line, p.column) for p in problems("\n    # note\n    troops += trops\n\n")] == [(3, 15)]
    assert [(p.line, p.column) for p in problems("if mandate == 'жё':\n troops += 1")] == [(1, 15)]
    assert [(p.line, p.column) for p in problems("troops += (1 +\n   trops)")] == [(2, 4)]
    assert [(p.line, p.column) for p in problems(" 1 + \n trops", want=Number())] == [(2, 2)]
    assert [(p.line, p.column) for p in problems("report('žluťoučký {trops}')")] == [(1, 19)]
