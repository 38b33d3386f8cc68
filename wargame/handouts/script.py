"""Finds what a scenario's folder says about teaching it."""

from __future__ import annotations

from pathlib import Path

from wargame.errors import Problem, ScenarioError
from wargame.handouts.lesson import PAGE
from wargame.scenario.files import read_one
from wargame.scenario.library import find

__all__ = ["guide_text"]


def guide_text(name_or_path: str | Path) -> str:
    """
    The text of the scenario's `facilitating.md`; empty if there is none.

    Raises:
        ScenarioError: If there is one and it cannot be used.
    """
    problems: list[Problem] = []
    text = read_one(find(name_or_path), PAGE, problems)
    if problems:
        raise ScenarioError(problems)
    return text
