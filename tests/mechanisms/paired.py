"""Plays the historical line twice with common dice, with and without one mechanism, and compares."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from math import comb
from pathlib import Path
from typing import Any

from attrs import evolve, field, frozen

from wargame.rules import Kernel, Order, Position
from wargame.scenario.book import check
from wargame.scenario.library import load

TABLE = Path(__file__).with_name("table.toml")
SCENARIO = "kazakhstan-2022"
SEEDS = range(1, 41)

Value = int | bool | str


@frozen
class Added:
    """An order given besides the historical ones at the turn from which the sides differ."""

    role: str
    order: Order


@frozen
class Side:
    """What one of the two games of a pair does differently from the historical line."""

    set: tuple[tuple[str, Value], ...] = ()
    """Variables, constants or `variable.place` and the value they are given at the start of turn `at`."""
    add: tuple[Added, ...] = ()
    """Orders given before a role's own at turn `at`; every one of them must be legal there."""
    drop: frozenset[str] = frozenset()
    """Orders left out in every turn from `at`: `order`, `order.option` or `order.place`."""


@frozen
class Pair:
    """One mechanism: two sides, what is measured, when, and which way it must differ."""

    id: str
    at: int
    """Calendar turn from which the sides differ, 1 to 12."""
    measure: str
    """A variable, a derived value, `variable.place`, `score.role` or `score.role.objective`."""
    turn: int
    """Calendar turn at whose end the measure is read, 1 to 12."""
    sign: str
    """'+': higher with the mechanism. '-': lower. '0': the mechanism never moves it."""
    with_: Side = field(default=Side())
    without: Side = field(default=Side())


def pairs() -> list[Pair]:
    """The table of mechanisms, in its order."""
    rows: dict[str, Any] = tomllib.loads(TABLE.read_text(encoding="utf-8"))
    return [
        Pair(
            id=name,
            with_=_side(row.pop("with", {})),
            without=_side(row.pop("without", {})),
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


def _side(row: Mapping[str, Any]) -> Side:
    return Side(
        set=tuple(row.get("set", {}).items()),
        add=tuple(
            Added(role, Order(one["order"], one.get("place"), one.get("option")))
            for role, orders in row.get("add", {}).items()
            for one in orders
        ),
        drop=frozenset(row.get("drop", ())),
    )


def _measured(pair: Pair, side: Side, seed: int) -> int:
    if side == Side():
        return _read(_after(0, side, seed, pair.turn), pair.measure)
    return _read(_after(pair.at, side, seed, pair.turn), pair.measure)


@cache
def _after(at: int, side: Side, seed: int, turn: int) -> Position:
    """
    The position at the end of a calendar turn, or the last one of a game that ended before.

    Many pairs ask for the same games, the historical one above all, so each turn is played once.
    """
    if turn == 0:
        return kernel().start(seed, traced=False)[0]
    before = _after(at, side, seed, turn - 1) if turn > at else _after(0, Side(), seed, turn - 1)
    if before.ending is not None:
        return before
    if turn == at and side.set:
        before = _changed(before, side.set)
    orders = _orders(before, side, at)
    return kernel().adjudicate(before, orders, traced=False)[0]


def _orders(position: Position, side: Side, at: int) -> dict[str, list[Order]]:
    given = {
        role: [order for order in orders if not (at <= position.turn and _names(order) & side.drop)]
        for role, orders in _history()[position.turn].items()
    }
    if position.turn == at:
        for added in reversed(side.add):
            given[added.role] = [added.order, *given[added.role]]
        for role in {added.role for added in side.add}:
            # An order crowded out by an added one would be a second difference.
            legal = [order for order in given[role] if order in kernel().legal(position, role)]
            extra = [added.order for added in side.add if added.role == role]
            assert all(order in legal for order in extra), f"{extra} cannot be given on turn {at}"
            assert kernel().allows(position, role, legal), f"{role} cannot give {extra} besides its own"
    return given


def _names(order: Order) -> frozenset[str]:
    return frozenset({order.id, f"{order.id}.{order.option}", f"{order.id}.{order.place}"})


def _changed(position: Position, changes: Sequence[tuple[str, Value]]) -> Position:
    values = list(position.values)
    for name, value in changes:
        for slot in kernel().slots(name):
            values[slot] = kernel().encoded(name, value)
    return evolve(position, values=tuple(values))


def _read(position: Position, measure: str) -> int:
    """The measure's value; a variable with a value for each place is added up."""
    if not measure.startswith("score."):
        return kernel().reading(position, measure)
    _, role, *objective = measure.split(".")
    card = kernel().score(position, role)
    return next((mark.value for mark in card.objectives if [mark.id] == objective), card.total)


@cache
def _history() -> dict[int, dict[str, list[Order]]]:
    script = load(SCENARIO).history
    assert script is not None
    return {
        turn: {role: [Order(o.order, o.place, o.option) for o in orders] for role, orders in roles.items()}
        for turn, roles in script.turns.items()
    }
