"""What the roles of the Kazakhstan scenario are shown: knowledge, and none of the rules' own counters."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from wargame.rules.facts import Change
from wargame.session.kernels import kernel_for, load
from wargame.session.session import Session
from wargame.session.show import show

SAVES = sorted((Path(__file__).parents[2] / "saves").glob("recorded-*.jsonl"))
CODE = re.compile(r"//|[\[\]{}]|\bline \d")
COUNTERS = {"pace", "last_turn", "chaos_turns", "weariness"}
STEPS_OF_A_SUM = {"southern_crowd", "seat_fallen", "street_order", "overstaying", "lasting"}


@pytest.mark.parametrize("save", SAVES, ids=lambda path: path.stem)
def test_no_role_is_shown_what_only_the_rules_count(save: Path) -> None:
    with Session.open(save, read_only=True) as session:
        for role in session.scenario.roles:
            for step in session.course.steps:
                view = session.kernel.view(step.position, role, step.facts)
                shown = {reading.id for reading in view.readings} | view.history.keys()
                changed = {fact.variable for fact in view.facts if isinstance(fact, Change)}

                assert not (shown | changed) & (COUNTERS | STEPS_OF_A_SUM)


@pytest.mark.parametrize("save", SAVES, ids=lambda path: path.stem)
@pytest.mark.parametrize("role", ["kremlin", "tokayev", "protesters", "west"])
def test_a_turn_shown_to_a_role_tells_of_no_counter(save: Path, role: str) -> None:
    text = show(save, None, role)

    assert not [title for title in ("Last turn", "Pace ", "Weariness", "Turns of chaos") if title in text]


@pytest.mark.parametrize("save", SAVES, ids=lambda path: path.stem)
def test_nothing_told_to_a_role_is_in_the_rule_language(save: Path) -> None:
    with Session.open(save, read_only=True) as session:
        for role in session.scenario.roles:
            for step in session.course.steps:
                told = session.in_words(session.kernel.known(step.facts, role))

                assert [sentence for sentence in told if CODE.search(sentence)] == []


def test_a_check_that_an_option_never_comes_to_has_no_odds() -> None:
    kernel = kernel_for(load("kazakhstan-2022"))
    position, _ = kernel.start(5)
    (reform,) = [entry for entry in kernel.menu(position, "tokayev") if entry.id == "reform_package"]

    # Money flees only from deep reforms; the modest ones, which alone are open now, have no check.
    assert {order.option for order in reform.candidates} == {"modest"}
    assert reform.odds == ()
