"""The cards of a new game, as text."""

from __future__ import annotations

from attrs import evolve

from wargame.session.kernels import load
from wargame.tui import cards
from wargame.tui.lines import words


def test_a_scenario_says_how_long_how_hard_and_what_for() -> None:
    scenario = load("kazakhstan-2022")
    text = "\n".join(words(cards.scenario_card(scenario)))

    assert "full 12 turns" in text and "lesson 6 turns" in text
    assert "medium" in text and "why a ruler asks for troops" in text
    assert "The Western capitals" in text
    bare = "\n".join(words(cards.scenario_card(evolve(scenario, difficulty="", teaches=""))))
    assert "Difficulty" not in bare and "Teaches" not in bare


def test_a_role_says_what_it_wants_and_who_plays_it_says_how() -> None:
    scenario = load("kazakhstan-2022")
    role = "\n".join(words(cards.role_card(scenario, "protesters")))

    assert "hard" in role and "Red lines" in role and "at most 3 a turn" in role
    for doctrine in scenario.doctrines["kremlin"]:
        assert scenario.doctrines["kremlin"][doctrine].about.split()[0] in "\n".join(
            words(cards.player_card(scenario, "kremlin", doctrine))
        )
    assert "behind a curtain" in "\n".join(words(cards.player_card(scenario, "west", "person")))
