"""Rule text to tree, with every fault of its form at its line and column."""

from __future__ import annotations

import ast
import re
import warnings

from attrs import frozen

from wargame.language.faults import Faults
from wargame.language.reader import Reader
from wargame.language.source import Source
from wargame.language.tree import Expr, Spot, Stmt
from wargame.language.words import Scan, is_plainly_fine

MOST_REPAIRS = 8
_PARSE_ERRORS = (ValueError, MemoryError, RecursionError, OverflowError, SystemError)
_TOP = Spot(1, 1, 0, 0)


@frozen
class Parsed:
    """The statements of a block, as far as they could be read."""

    body: tuple[Stmt, ...]
    lost: frozenset[str]
    """Every word of what could not be read: what is said elsewhere about these words may be wrong."""


def parse_expression(text: str, faults: Faults) -> Expr | None:
    """The tree of *text* as one expression; None, with its faults noted, if it is none."""
    text = text.replace("\r\n", "\n")
    if _scanned(text, faults, is_block=False) is None or faults:
        return None
    # Brackets take an expression over several lines; a comment may end the last one.
    source = Source(text, line_shift=0, column_shift=1)
    module = _tree(f"({text}\n)", source, faults)
    if module is None:
        return None
    [statement] = module.body
    assert isinstance(statement, ast.Expr)
    tree = Reader(source, faults).expression(statement.value, 1)
    return None if faults else tree


def parse_block(text: str, faults: Faults) -> Parsed | None:
    """
    The trees of the statements of *text*.

    With faults noted it is only the part that could be read, or None if nothing could.
    """
    text = text.replace("\r\n", "\n")
    broken = _scanned(text, faults, is_block=True)
    if broken is None:
        return None
    pad = "" if _starts_indented(text) else " "
    source = Source(text, line_shift=1, column_shift=len(pad))
    module = _repaired(source, pad, broken, faults)
    if module is None:
        return None
    first = module.body[0]
    if len(module.body) != 1 or not isinstance(first, ast.If) or first.orelse:
        # What follows an indented first line further left ends up outside the `if`, or in its `else`.
        outside = first.orelse if isinstance(first, ast.If) and first.orelse else module.body
        spot = source.spot(outside[-1])
        faults.add(spot, "the lines do not start in one column", "align them")
        return None
    faults.closed = frozenset(broken)
    reader = Reader(source, faults)
    body = reader.block(first.body, 1)
    for spot in reader.lost:
        faults.lost(spot)
    words = [source.lines[line - 1] for line in broken]
    words += [text[spot.start : spot.end] for spot in reader.lost]
    return Parsed(body, frozenset(re.findall(r"\w+", " ".join(words))))


def _scanned(text: str, faults: Faults, *, is_block: bool) -> set[int] | None:
    """The lines whose very words are at fault; None if the whole text is beyond reading."""
    broken: set[int] = set()
    if not is_plainly_fine(text, is_block):
        scan = Scan(text, faults, is_block)
        scan.run()
        if scan.is_hopeless:
            return None
        broken = faults.lines()
    if all(not line.strip() or line.strip()[0] == "#" for line in text.split("\n")):
        faults.add(_TOP, "the text is empty", "leave the whole entry out, or write the rule")
        return None
    return broken


def _starts_indented(text: str) -> bool:
    """Whether the first line of rules has an indent of its own."""
    first = next(line for line in text.split("\n") if line.strip() and line.lstrip()[0] != "#")
    return first[0] == " "


def _repaired(source: Source, pad: str, broken: set[int], faults: Faults) -> ast.Module | None:
    """Python's tree of a block, without the lines that cannot be read; they are added to *broken*."""
    for _ in range(MOST_REPAIRS):
        lines = [
            _stand_in(source.lines, number) if number in broken else line
            for number, line in enumerate(source.lines, start=1)
        ]
        # An `if` around the block takes any indent it has as a whole.
        whole = "if 1:\n" + "".join(f"{pad}{line}\n" for line in lines)
        found = Faults(faults.key)
        module = _tree(whole, source, found)
        again = found.lines() & broken
        if not again:
            faults.merge(found)
        if module is not None or again or not found or not broken.isdisjoint(found.lines()):
            return module
        broken |= found.lines()
    return None


def _stand_in(lines: list[str], number: int) -> str:
    """What stands for a line that cannot be read: an `if` where more indented lines follow."""
    line = lines[number - 1]
    indent = len(line) - len(line.lstrip(" "))
    following = next((other for other in lines[number:] if other.strip()), "")
    deeper = len(following) - len(following.lstrip(" ")) > indent
    return " " * indent + ("if 1:" if deeper else "0")


def _tree(whole: str, source: Source, faults: Faults) -> ast.Module | None:
    """Python's tree of *whole*; every way its parser can fail is one fault."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(whole)
    except SyntaxError as error:
        detail = "" if not error.msg or error.msg == "invalid syntax" else f" ({error.msg})"
        faults.add(
            source.spot_of(error),
            f"this cannot be read as a rule{detail}",
            "compare it with the examples in the authoring guide",
        )
    except _PARSE_ERRORS:
        faults.add(_TOP, "the text cannot be read", "make it simpler")
    return None
