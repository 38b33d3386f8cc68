"""Who plays a seat, from the words that name it in a save or on the command line."""

from __future__ import annotations

from difflib import get_close_matches

from wargame.agents.base import Agent
from wargame.agents.historical import historical
from wargame.agents.random_ import Random
from wargame.agents.scripted import scripted
from wargame.errors import ScenarioError
from wargame.rules.kernel import Kernel
from wargame.scenario.model import Scenario

PERSON = "person"
PREFIX = "doctrine:"
ALWAYS = ("random", "historical")


def players(scenario: Scenario, role: str) -> tuple[str, ...]:
    """What plays a role besides a person: its doctrines, then the players every scenario has."""
    return (*scenario.doctrines.get(role, {}), *ALWAYS)


def default_player(scenario: Scenario, role: str) -> str:
    """The doctrine a role is played by when nobody says otherwise: its first, or `random` if it has none."""
    return next(iter(scenario.doctrines.get(role, {})), "random")


def agent_for(kernel: Kernel, role: str, name: str) -> Agent | None:
    """
    The agent that *name* stands for, such as `doctrine:cautious` or `random`; None for a person.

    Raises:
        ScenarioError: If there is no such player of that role.
    """
    if name == PERSON:
        return None
    scenario = kernel.scenario
    plain = name.removeprefix(PREFIX)
    if plain in scenario.doctrines.get(role, {}):
        return scripted(kernel, role, plain)
    if plain == "random":
        return Random()
    if plain == "historical":
        return historical(scenario, role)
    known = players(scenario, role)
    near = get_close_matches(plain, known, 1, 0.5)
    guess = f"did you mean '{near[0]}'?" if near else f"there are: {', '.join(known)}"
    raise ScenarioError(f"{role} has no doctrine '{plain}'; {guess}")
