"""Every mechanism moves what it is said to move, in the direction it is said to."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Any

import pytest

from wargame.scenario.library import find

from .paired import SCENARIO, Pair, chance_of, differences, kernel, pairs

ALL = [f"M{number:02}" for number in range(1, 84)]
KINDS = ("orders", "procedures", "events", "derived", "agreements", "promises", "endings")
KINDS_BY_ROLE = ("objectives", "red_lines", "agendas")


@pytest.mark.parametrize("pair", pairs(), ids=lambda pair: pair.id)
def test_a_mechanism_moves_its_measure_the_way_it_should(pair: Pair) -> None:
    found = differences(pair)
    higher, lower = sum(d > 0 for d in found), sum(d < 0 for d in found)

    if pair.sign == "0":
        assert (higher, lower) == (0, 0), f"{pair.id}: {higher} games higher, {lower} lower"
        return
    agreeing, contrary = (higher, lower) if pair.sign == "+" else (lower, higher)
    assert chance_of(agreeing, contrary) < 0.001, f"{pair.id}: {agreeing} for, {contrary} against"


def test_every_mechanism_has_a_pair() -> None:
    assert {pair.id.split("_")[0] for pair in pairs()} == set(ALL)


def test_a_pair_differs_in_something_and_is_read_no_earlier_than_that() -> None:
    for pair in pairs():
        assert pair.with_ != pair.without, pair.id
        assert 1 <= pair.at <= pair.turn <= 12, pair.id
        assert pair.sign in {"+", "-", "0"}, pair.id


def test_every_mechanism_is_mapped_to_rules() -> None:
    assert list(_rows()) == ALL
    assert all(_named(made) for made, _ in _rows().values())


def test_every_rule_named_in_the_map_exists_and_names_the_mechanism() -> None:
    rules, constants = _rules(), kernel().scenario.constants
    for mechanism, (made, strengths) in _rows().items():
        for rule in _named(made):
            assert rule in rules, f"{mechanism}: there is no {rule}"
            assert mechanism in rules[rule], f"{mechanism}: the source of {rule} does not name it"
        for strength in re.findall(r"`(\w+)`", strengths):
            assert strength in constants, f"{mechanism}: there is no constant {strength}"


def test_every_rule_that_names_a_mechanism_is_in_its_row() -> None:
    rows = _rows()
    for rule, source in _rules().items():
        for mechanism in set(re.findall(r"\bM\d\d\b", source)) & set(ALL):
            assert rule in _named(rows[mechanism][0]), f"{mechanism}: {rule} is missing from its row"


def test_every_strength_is_in_the_row_of_its_mechanism() -> None:
    rows = _rows()
    for constant in kernel().scenario.constants:
        number = re.match(r"m(\d\d)_", constant)
        if number and f"M{number[1]}" in rows:
            assert f"`{constant}`" in rows[f"M{number[1]}"][1], f"{constant} is missing from its row"


@cache
def _rows() -> Mapping[str, tuple[str, str]]:
    """By mechanism, the two last columns of its row: the rules that make it and their strengths."""
    page = (find(SCENARIO) / "mechanisms.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (M\d\d) \|[^|]+\|([^|]+)\|([^|]*)\|$", page, re.MULTILINE)
    return {mechanism: (made, strengths) for mechanism, made, strengths in rows}


def _named(made: str) -> list[str]:
    """The rules of a row, written `kind: id, id; kind: id`, as `kind.id`."""
    parts = [part.partition(":") for part in made.split(";")]
    return [f"{kind.strip()}.{id}" for kind, _, ids in parts for id in re.findall(r"`([\w.]+)`", ids)]


@cache
def _rules() -> Mapping[str, str]:
    """The source of every rule, by `kind.id` or `kind.role.id`."""
    scenario: Any = kernel().scenario
    found = {f"{kind}.{id}": one.source for kind in KINDS for id, one in getattr(scenario, kind).items()}
    for kind in KINDS_BY_ROLE:
        for role, entries in getattr(scenario, kind).items():
            found |= {f"{kind}.{role}.{id}": one.source for id, one in entries.items()}
    return found
