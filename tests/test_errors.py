"""Problems and errors say what is wrong, where, and what to do."""

from __future__ import annotations

from wargame.errors import AgentError, IllegalOrder, JournalError, Problem, ScenarioError, WargameError


def test_a_problem_is_one_line_with_place_guess_and_remedy() -> None:
    problem = Problem(
        "there is no name 'unrst'", "rules.toml", "orders.x.effects", 2, 5, "unrest", "declare it"
    )

    assert str(problem) == (
        "rules.toml: orders.x.effects, in the rule's line 2, column 5: there is no name 'unrst' "
        "(did you mean 'unrest'?); declare it"
    )


def test_a_problem_without_a_place_is_only_its_words() -> None:
    assert str(Problem("no scenario in this file")) == "no scenario in this file"


def test_a_scenario_error_holds_and_shows_all_problems() -> None:
    error = ScenarioError([Problem("one"), Problem("two", file="a.toml")])

    assert str(error) == "one\na.toml: two"
    assert len(error.problems) == 2
    assert ScenarioError("three").problems == (Problem("three"),)


def test_one_class_catches_all_errors() -> None:
    assert all(
        issubclass(kind, WargameError) for kind in (ScenarioError, IllegalOrder, AgentError, JournalError)
    )


def test_a_long_list_of_faults_is_cut_and_says_so():
    found = [Problem(f"fault {number}") for number in range(263)]
    lines = str(ScenarioError(found)).splitlines()

    assert len(lines) == 51
    assert lines[-1] == "and 213 more"
    assert len(ScenarioError(found).problems) == 263
