"""The sheet a turn is worked out by: all in plain words, and nothing missing."""

from __future__ import annotations

import re

import pytest

from tests.handouts.reading import text_of
from tests.handouts.worlds import book_of, shipped_pages
from wargame.handouts.desk import desk_of
from wargame.handouts.working import Line, working_of
from wargame.rules.kernel import Kernel
from wargame.rules.orders import Order
from wargame.scenario.library import shipped

NAMES = shipped()
HARBOUR = book_of("tutorial").scenario
WORDS = working_of(HARBOUR)


@pytest.mark.parametrize(
    ("text", "steps"),
    [
        ("trust += 3", ["‘Trust’ + 3"]),
        ("trust -= -3", ["‘Trust’ + 3"]),
        ("trust += supplies // 2 - 1", ["‘Trust’ + (‘Supplies’ ÷ 2 − 1)"]),
        ("supplies -= appetite // 2", ["‘Supplies’ − 7"]),
        ("if appetite > 3:\n trust += 1\nelse:\n trust -= 1", ["‘Trust’ + 1"]),
        ("trust += 5 if appetite == 0 else supplies", ["‘Trust’ + ‘Supplies’"]),
        ("harbour = 'half'", ["‘Harbour’ becomes half"]),
        ("relief = 4", ["relief becomes 4"]),
        ("tension[here] += 1", ["‘Tension’ there + 1"]),
        ("tension[quay] += roll(6)", ["‘Tension’ in The quay + a die of 6"]),
        (
            "if chance(20 + trust // 3, 'talks'):\n    trust += 1\nelse:\n    blood = true",
            ["If the die ‘talks’ falls below 20 + ‘Trust’ ÷ 3:", " ‘Trust’ + 1", "Otherwise:",
             " ‘Blood on the stones’ becomes yes"],
        ),
        (
            "for p in places:\n for q in neighbours(p):\n  if tension[q] > 60:\n   tension[p] += 3",
            ["For each place P:", " For each place Q next to P:", "  If ‘Tension’ in Q is above 60:",
             "   ‘Tension’ in P + 3"],
        ),
        ("report('A stone at {here}.', to=mayor)", ["Tell The mayor: “A stone at [here].”"]),
    ],
)  # fmt: skip
def test_a_rule_text_is_steps_in_words(text: str, steps: list[str]) -> None:
    assert [" " * line.depth + line.text for line in WORDS.steps(text)] == steps


def test_an_option_is_named_as_people_read_it() -> None:
    order = HARBOUR.orders["police"]

    assert WORDS.with_choice(order.choice).steps("if size == 'patrol':\n    trust += 1")[0] == Line(
        0, f"If size is {order.choice.shown[0] if order.choice else ''}:"
    )


@pytest.mark.parametrize("name", NAMES)
def test_the_sheet_has_everything_that_can_happen_in_its_phase(name: str) -> None:
    scenario, desk = book_of(name).scenario, desk_of(book_of(name))
    for phase, stage in zip(scenario.phases, desk.stages, strict=True):
        orders = [each for each in scenario.orders.values() if each.phase == phase.id]
        world = [each for each in scenario.procedures.values() if each.phase == phase.id]

        assert [each.title for each in stage.orders] == [each.title for each in orders]
        assert sorted(each.title for each in stage.world) == sorted(each.title for each in world)
        assert all(each.steps[0][1] for each in (*stage.orders, *stage.world))
    events = [*desk.before, *(event for stage in desk.stages for event in stage.events)]

    assert len(events) == len(scenario.events)
    assert len(desk.deals) == len(scenario.agreements) + len(scenario.promises)


@pytest.mark.parametrize("name", NAMES)
def test_no_word_of_the_rule_language_is_on_the_sheet(name: str) -> None:
    text = text_of(shipped_pages(name)["facilitator-turn.html"].html)

    assert re.findall(r"//|==|!=|<=|>=|\+=|-=|\b[a-z0-9]+_\w+\b|turns_since", text) == []


@pytest.mark.parametrize("name", NAMES)
def test_the_places_have_room_for_every_turn(name: str) -> None:
    scenario, text = book_of(name).scenario, text_of(shipped_pages(name)["facilitator-places.html"].html)
    orders = "\n".join(order.effects or "" for order in scenario.orders.values())
    moved = [each for each in scenario.variables.values() if f"{each.id}[here] +=" in orders]

    assert moved
    assert all(each.title in text for each in moved)
    assert all((place.short or place.title) in text for place in scenario.places.values())


def test_a_turn_worked_out_from_the_sheet_by_hand_is_the_programs() -> None:
    kernel = Kernel(book_of("tutorial"))
    begun, _ = kernel.start(11)
    orders = {
        "mayor": (Order("speak"), Order("police", "quay", "cordon")),
        "union": (Order("leaflets", None, "wages"), Order("rally", "market")),
    }
    after, _ = kernel.adjudicate(begun, orders)
    # By hand: the scuffle is thrown below 20 / 3 + 15 = 21 and the face is 6; the rumour's face is 55 of 40.
    expected = {
        "supplies": [60 - 14 - 6],
        "patience": [60 + 10 - 6 - 4 - 3],
        "solidarity": [55 + 9 + 8 + 7 - 3],
        "trust": [30 + 3 - 3 - 8],
        "favours": [4 - 3 + 2],
        "fund": [4 - 2 + 2],
        "tension": [35 - 15 + 15 + 3 - 3, 15 + 8 - 3, 0],
        "picketed": [0, 0, 0],
        "blood": [1],
    }

    assert {name: [after.values[slot] for slot in kernel.slots(name)] for name in expected} == expected
