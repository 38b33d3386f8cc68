"""Plays the historical line twice with common dice, with and without one mechanism, and compares."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from math import comb
from pathlib import Path
from typing import Any

from attrs import field, frozen

from wargame.rules import Kernel, Order, Position
from wargame.scenario.book import check
from wargame.scenario.library import load

TABLE = Path(__file__).with_name("table.toml")
SCENARIO = "kazakhstan-2022"
SEEDS = range(1, 41)


@frozen
class Side:
    """What one of the two games of a pair does differently from the historical line."""

    set: Mapping[str, int | bool | str] = field(factory=dict)
    """Variables, constants or `variable.place` and the value they are given at the start of turn `at`."""
    add: Mapping[str, Sequence[Mapping[str, str]]] = field(factory=dict)
    """Orders added to a role's own at turn `at`."""
    drop: Sequence[str] = ()
    """Order ids left out in every turn from `at`."""


@frozen
class Pair:
    """One mechanism: two sides, what is measured, when, and which way it must differ."""

    id: str
    at: int
    """Calendar turn from which the sides differ, 1 to 12."""
    measure: str
    turn: int
    """Calendar turn at whose end the measure is read, 1 to 12."""
    sign: str
    """'+' where the measure is higher with the mechanism, '-' where it is lower."""
    with_: Side = Side()
    without: Side = Side()


def pairs() -> list[Pair]:
    """The table of mechanisms, in its order."""
    rows: dict[str, Any] = tomllib.loads(TABLE.read_text(encoding="utf-8"))
    return [
        Pair(
            id=name,
            with_=Side(**row.pop("with", {})),
            without=Side(**row.pop("without", {})),
            **{key: value for key, value in row.items() if key != "about"},
        )
        for name, row in rows.items()
    ]


def differences(pair: Pair, seeds: Sequence[int] = SEEDS) -> list[int]:
    """The measure with the mechanism minus the measure without it, one figure for each seed."""
    return [_measured(pair, pair.with_, seed) - _measured(pair, pair.without, seed) for seed in seeds]


def chance_of(agreeing: int, contrary: int) -> float:
    """How likely so one-sided a result is if the sign were a coin (sign test, one-sided; ties left out)."""
    games = agreeing + contrary
    return sum(comb(games, k) for k in range(agreeing, games + 1)) / 2**games


@cache
def kernel() -> Kernel:
    """The kernel of the scenario under test, built once."""
    return Kernel(check(load(SCENARIO)))


def _measured(pair: Pair, side: Side, seed: int) -> int:
    position, _ = kernel().start(seed)
    while position.ending is None:
        if position.turn == pair.at:
            position = _changed(position, side.set)
        turn = position.turn
        position, _ = kernel().adjudicate(position, _orders(position, pair, side), traced=False)
        if turn == pair.turn:
            break
    return _read(position, pair.measure)


def _orders(position: Position, pair: Pair, side: Side) -> dict[str, list[Order]]:
    given: dict[str, list[Order]] = {}
    late = position.turn >= pair.at
    for role, orders in _history().get(position.turn, {}).items():
        given[role] = [order for order in orders if not (late and order.id in side.drop)]
    if position.turn == pair.at:
        for role, rows in side.add.items():
            added = [Order(row["order"], row.get("place"), row.get("option")) for row in rows]
            given[role] = [*added, *given.get(role, [])]
    return {role: _accepted(position, role, orders) for role, orders in given.items()}


def _accepted(position: Position, role: str, orders: Sequence[Order]) -> list[Order]:
    """The longest beginning-first choice of *orders* that is legal now, as a player would be held to."""
    legal = set(kernel().legal(position, role))
    kept: list[Order] = []
    for order in orders:
        if order in legal and kernel().allows(position, role, [*kept, order]):
            kept.append(order)
    return kept


def _changed(position: Position, changes: Mapping[str, int | bool | str]) -> Position:
    values = list(position.values)
    for name, value in changes.items():
        for slot in kernel().slots(name):
            values[slot] = kernel().encoded(name, value)
    return position.with_values(tuple(values))


def _read(position: Position, measure: str) -> int:
    """The value of a variable, a derived value or `variable.place`; a per-place one is added up."""
    return kernel().reading(position, measure)


@cache
def _history() -> dict[int, dict[str, list[Order]]]:
    script = load(SCENARIO).history
    assert script is not None
    return {
        turn.turn: {
            role: [Order(o.order, o.place, o.option) for o in orders] for role, orders in turn.orders.items()
        }
        for turn in script.turns
    }
