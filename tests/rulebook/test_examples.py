"""The worked examples of RULES.md come out as printed."""

from __future__ import annotations

import re

import pytest

from wargame.rules import Kernel, Order, Position
from wargame.rules.dice import face, label_key, turn_key
from wargame.rules.umpire import odds
from wargame.scenario.book import check
from wargame.scenario.library import load_bundle

from .examples import RULES, Example, examples


@pytest.mark.parametrize("example", [e for e in examples() if e.then], ids=lambda e: next(iter(e.given)))
def test_a_worked_example_comes_out_as_printed(example: Example) -> None:
    kernel = Kernel(check(load_bundle(example.bundle())))
    position, _ = kernel.start(1)
    after, _ = kernel.adjudicate(position, {role: [Order(f"{role}_order")] for role, _ in example.orders})

    assert {name: _in_words(kernel, after, name) for name in example.then} == example.then


@pytest.mark.parametrize("example", [e for e in examples() if e.faces])
def test_a_face_in_the_book_is_the_face_that_falls(example: Example) -> None:
    for seed, turn, label, subject, sides, printed in example.faces:
        assert face(turn_key(seed, turn), label_key(label), subject, sides) == printed


@pytest.mark.parametrize("example", [e for e in examples() if e.arguments])
def test_the_chance_of_an_argument_is_as_printed(example: Example) -> None:
    assert [odds(pros, cons) for pros, cons, _ in example.arguments] == [
        chance for *_, chance in example.arguments
    ]


def test_every_rule_is_numbered_in_its_order() -> None:
    found = re.findall(r"^(\d+)\.(\d+) ", RULES.read_text(encoding="utf-8"), re.MULTILINE)
    numbers = [(int(section), int(rule)) for section, rule in found]

    assert numbers == sorted(set(numbers))


def _in_words(kernel: Kernel, position: Position, name: str) -> str:
    variable = kernel.scenario.variables[name]
    value = kernel.reading(position, name)
    if variable.options:
        return variable.options[value]
    return ("no", "yes")[value] if variable.is_flag else str(value)
