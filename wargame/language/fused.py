"""Several expressions in one function: for texts asked so often that a call for each would cost most."""

from __future__ import annotations

from collections.abc import Sequence

from wargame.language import typed as t
from wargame.language.check import Checked
from wargame.language.emit import AND, PRODUCT, TERNARY, Expressions
from wargame.language.scope import Scope

__all__ = ["ballot", "spots", "steps"]

Row = tuple[int, int, Sequence[Checked], int | None]
"""What a line weighs, its number, its conditions, and a slot that must be 0."""


def steps(scope: Scope, values: Sequence[tuple[Checked, bool]]) -> list[str]:
    """
    The body of `f(s)`, which appends the value of each expression to the list s; each may read those before.

    The flag says whether an expression has a value for every place.
    """
    lines: list[str] = []
    for checked, per_place in values:
        code = _integer(scope, checked, TERNARY)
        if per_place:
            lines += [f" for here in range({len(scope.places)}):", f"  s += [{code}]"]
        else:
            lines.append(f" s += [{code}]")
    return lines or [" pass"]


def ballot(scope: Scope, rows: Sequence[Row], size: int) -> list[str]:
    """
    The body of `f(s, j)`: the list of `number - (weight + j[number]) * size` of every row that holds.

    *size* is a power of two above every number, so that sorting puts the heaviest first, of equals the first,
    and the low bits are the number.
    """
    lines = [" w = []"]
    for weight, number, tests, unless in rows:
        codes = [] if unless is None else [f"not s[{unless}]"]
        codes += [_truth(scope, test, AND + 1) for test in tests]
        pad = " "
        if codes:
            lines.append(f" if {' and '.join(codes)}:")
            pad = "  "
        lines.append(f"{pad}w += [{number - weight * size} - j[{number}] * {size}]")
    return [*lines, " return w"]


def spots(scope: Scope, worth: Checked | None, allowed: Checked | None, size: int) -> list[str]:
    """
    The body of `f(s, option)`: the list of `place - worth * size` of every place that is allowed.

    Sorting puts the place of the highest worth first, of equals the first; the low bits are the place.
    """
    code = "here"
    if worth is not None:
        code += f" - {_integer(scope, worth, PRODUCT + 1)} * {size}"
    only = "" if allowed is None else f" if {_truth(scope, allowed, TERNARY + 1)}"
    return [f" return [{code} for here in range({len(scope.places)}){only}]"]


def _truth(scope: Scope, checked: Checked, level: int) -> str:
    return _writer(scope, checked).at(_tree(checked), level)


def _integer(scope: Scope, checked: Checked, level: int) -> str:
    if checked.clamp is None or _keeps(checked):
        return _writer(scope, checked).integer(_tree(checked), level)
    lo, hi = checked.clamp
    return f"min(max({_writer(scope, checked).integer(_tree(checked))}, {lo}), {hi})"


def _keeps(checked: Checked) -> bool:
    """Whether the expression stays within the bounds asked for by itself."""
    own = checked.ranges[_tree(checked)]
    return checked.clamp is None or (checked.clamp[0] <= own.lo and own.hi <= checked.clamp[1])


def _tree(checked: Checked) -> t.Expr:
    if isinstance(checked.tree, tuple):
        raise TypeError("a block of statements has no value")
    return checked.tree


def _writer(scope: Scope, checked: Checked) -> Expressions:
    return Expressions(scope, checked.dice, checked.use.here, traced=False)
