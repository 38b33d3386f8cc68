"""Interval arithmetic holds every result."""

from __future__ import annotations

import operator
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wargame.language import types
from wargame.language.ranges import among, compared
from wargame.language.types import Interval

bounds = st.integers(-40, 40) | st.integers(-(2**31), 2**31 - 1)


@st.composite
def members(draw: st.DrawFn) -> tuple[Interval, int]:
    """An interval and a value inside it."""
    lo, value, hi = sorted(draw(st.tuples(bounds, bounds, bounds)))
    return Interval(lo, hi), value


BINARY: list[tuple[Callable[[Interval, Interval], Interval], Callable[[int, int], int]]] = [
    (types.add, operator.add),
    (types.subtract, operator.sub),
    (types.multiply, operator.mul),
]
DIVISIONS = [(types.floor_divide, operator.floordiv), (types.modulo, operator.mod)]


@pytest.mark.parametrize(("on_intervals", "on_values"), BINARY)
@given(members(), members())
def test_arithmetic_holds_every_result(
    on_intervals: Callable[[Interval, Interval], Interval],
    on_values: Callable[[int, int], int],
    a: tuple[Interval, int],
    b: tuple[Interval, int],
) -> None:
    lo, hi = on_intervals(a[0], b[0])

    assert lo <= on_values(a[1], b[1]) <= hi


@pytest.mark.parametrize(("on_intervals", "on_values"), DIVISIONS)
@given(members(), members().filter(lambda b: b[0].lo > 0 or b[0].hi < 0))
def test_division_holds_every_result(
    on_intervals: Callable[[Interval, Interval], Interval],
    on_values: Callable[[int, int], int],
    a: tuple[Interval, int],
    b: tuple[Interval, int],
) -> None:
    lo, hi = on_intervals(a[0], b[0])

    assert lo <= on_values(a[1], b[1]) <= hi


@given(members(), members(), st.sampled_from(["<", "<=", ">", ">=", "==", "!="]))
def test_comparison_holds_every_result(a: tuple[Interval, int], b: tuple[Interval, int], op: str) -> None:
    by_word = {"<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge}
    holds = {**by_word, "==": operator.eq, "!=": operator.ne}[op](a[1], b[1])
    lo, hi = compared(op, a[0], b[0])

    assert lo <= int(holds) <= hi


@given(members(), st.sets(st.integers(-40, 40), min_size=1))
def test_lists_hold_every_result(a: tuple[Interval, int], values: set[int]) -> None:
    lo, hi = among(a[0], tuple(sorted(values)))

    assert lo <= int(a[1] in values) <= hi


@given(members())
def test_signs_hold_every_result(a: tuple[Interval, int]) -> None:
    assert types.negate(a[0]).lo <= -a[1] <= types.negate(a[0]).hi
    assert types.absolute(a[0]).lo <= abs(a[1]) <= types.absolute(a[0]).hi


@given(members(), members())
def test_cutting_an_interval_cuts_its_values(a: tuple[Interval, int], b: tuple[Interval, int]) -> None:
    (lo, hi), value = b[0], a[1]
    cut = a[0].meet(lo, hi)

    assert cut.lo <= min(max(value, lo), hi) <= cut.hi
