"""The short way of looking sees what the long way sees, and the texts read through it mean the same."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.agents.test_agents import kernel_of, positions_of
from wargame.agents.base import Chair
from wargame.agents.deck import deck_of
from wargame.language.check import Checked, check_expression
from wargame.language.scope import DerivedName, Scope, Use, VariableName
from wargame.language.types import Number
from wargame.rules import dice
from wargame.rules.lanes import Labels, places
from wargame.rules.short import ShortEyes
from wargame.scenario.library import shipped

ROLES = [(name, role) for name in shipped() for role in kernel_of(name).scenario.roles]
DOCTRINES = [
    (name, role, doctrine)
    for name, role in ROLES
    for doctrine in kernel_of(name).scenario.doctrines.get(role, {})
]


@given(key=st.integers(0, 2**64 - 1), labels=st.lists(st.integers(0, 2**64 - 1), max_size=20))
def test_labels_drawn_side_by_side_are_those_drawn_singly(key: int, labels: list[int]) -> None:
    assert Labels(labels).raws(key) == tuple(dice.raw(key, label) for label in labels)


@given(raw=st.integers(0, 2**64 - 1), count=st.integers(0, 40), sides=st.integers(1, 1000))
def test_places_drawn_side_by_side_are_those_drawn_one_after_the_other(
    raw: int, count: int, sides: int
) -> None:
    singly, state = [], raw
    for _ in range(count):
        singly.append((state >> 32) * sides >> 32)
        state = state * dice.PLACE_MULTIPLIER + dice.PLACE_INCREMENT & dice.MASK

    assert list(places(count).faces(raw, sides)) == singly


@pytest.mark.parametrize(("name", "role"), ROLES)
@given(data=st.data())
def test_short_eyes_see_what_eyes_see(name: str, role: str, data: st.DataObject) -> None:
    kernel = kernel_of(name)
    wanted = data.draw(st.lists(st.sampled_from(list(kernel.plan.variables)), unique=True))
    orders = data.draw(st.lists(st.sampled_from(list(kernel.plan.orders)), unique=True))
    short, eyes = ShortEyes(kernel.plan, role, wanted, orders), kernel.eyes(role)
    for position in positions_of(name, data.draw(st.integers(0, 5))):
        whole = eyes.see(position)

        assert short.see(position) == [whole[slot] for slot in short.slots]


@pytest.mark.parametrize(("name", "role", "doctrine"), DOCTRINES)
def test_every_text_of_a_doctrine_means_the_same_in_the_short_list(
    name: str, role: str, doctrine: str
) -> None:
    kernel = kernel_of(name)
    deck = deck_of(kernel, kernel.scenario.doctrines[role][doctrine])
    places = range(len(kernel.plan.places))
    for position in positions_of(name, 1):
        seen, whole = deck.sight.look(Chair(kernel, position, role)), kernel.perceive(position, role)
        for key, function in deck.sight.functions.items():
            full = kernel.function(key)
            assert full is not None

            assert [function(seen, 0, here, 0) for here in places] == [
                full(whole, 0, here, 0) for here in places
            ], key


@pytest.mark.parametrize(("name", "role", "doctrine"), DOCTRINES)
def test_the_menu_in_the_short_list_is_the_menu(name: str, role: str, doctrine: str) -> None:
    from wargame.rules.legal import ways

    kernel = kernel_of(name)
    deck = deck_of(kernel, kernel.scenario.doctrines[role][doctrine])
    for position in positions_of(name, 1)[:-1]:
        seen = deck.sight.look(Chair(kernel, position, role))
        short = [given.order for order in deck.sight.menu.values() for given in ways(order, seen)]

        assert tuple(short) == kernel.legal(position, role)


def test_a_condition_that_is_settled_where_derived_values_are_variables_is_read_all_the_same() -> None:
    number = Number(0, 10)
    as_derived = Scope({}, {"heat": DerivedName("heat", 0, number)})
    as_variable = Scope({"heat": VariableName("heat", 2, number)})
    text, use = "(1 if heat > 3 else 0) if heat > 5 else 2", Use("value")

    assert isinstance(check_expression(text, as_derived, use, number), Checked)
    assert isinstance(check_expression(text, as_variable, use, number), list)
    assert isinstance(check_expression(text, as_variable, use, number, once_more=True), Checked)
