"""Who plays a seat, from the words that name it in a save or on the command line."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches

from wargame.agents.base import Agent
from wargame.agents.external import PREFIX as PROGRAM
from wargame.agents.external import External, allow
from wargame.agents.historical import historical
from wargame.agents.planner import LEVELS, Planner
from wargame.agents.random_ import Random
from wargame.agents.scripted import scripted
from wargame.errors import ScenarioError
from wargame.rules.kernel import Kernel
from wargame.scenario.model import Scenario

PERSON = "person"
PREFIX = "doctrine:"
PLANNER = "planner:"
PLANNERS = tuple(f"{PLANNER}{level}" for level in LEVELS)
"""The planner's levels, the quickest first."""

ALWAYS = (*PLANNERS, "random", "historical")


def players(scenario: Scenario, role: str) -> tuple[str, ...]:
    """What plays a role besides a person: its doctrines, then the players every scenario has."""
    return (*scenario.doctrines.get(role, {}), *ALWAYS)


def default_player(scenario: Scenario, role: str) -> str:
    """The doctrine a role is played by when nobody says otherwise: its first, or `random` if it has none."""
    return next(iter(scenario.doctrines.get(role, {})), "random")


def seating(scenario: Scenario, chosen: Mapping[str, str], persons: Sequence[str] = ()) -> dict[str, str]:
    """
    Who plays each role, in the words a save keeps; a role not chosen for is played by its first doctrine.

    Raises:
        ScenarioError: If a role has no such player.
    """
    named = {role: chosen.get(role, default_player(scenario, role)) for role in scenario.roles}
    return {role: PERSON if role in persons else _kept(scenario, role, name) for role, name in named.items()}


def _kept(scenario: Scenario, role: str, name: str) -> str:
    """The words a save keeps for a player; whoever chooses a program allows it to be started."""
    if name.startswith(PROGRAM):
        allow(name.removeprefix(PROGRAM))
        return name
    _need(scenario, role, name)
    return name if name in ALWAYS else f"{PREFIX}{name}"


def agent_for(kernel: Kernel, role: str, name: str, *, at_table: bool = False) -> Agent | None:
    """
    The agent that *name* stands for, such as `doctrine:cautious` or `random`; None for a person.

    An outside program (`program:COMMAND`) plays only *at_table*.

    Raises:
        ScenarioError: If there is no such player of that role.
    """
    if name == PERSON:
        return None
    if name.startswith(PROGRAM):
        if not at_table:
            raise ScenarioError(f"{role}: an outside program plays at a table only, as in 'wargame play'")
        return External(name.removeprefix(PROGRAM))
    plain = _need(kernel.scenario, role, name.removeprefix(PREFIX))
    if plain in kernel.scenario.doctrines.get(role, {}):
        return scripted(kernel, role, plain)
    if plain in PLANNERS:
        return Planner(LEVELS[plain.removeprefix(PLANNER)])
    return Random() if plain == "random" else historical(kernel.scenario, role)


def _need(scenario: Scenario, role: str, name: str) -> str:
    known = players(scenario, role)
    if name in known:
        return name
    near = get_close_matches(name, known, 1, 0.5)
    guess = f"did you mean '{near[0]}'?" if near else f"there are: {', '.join(known)}"
    raise ScenarioError(f"{role} has no doctrine '{name}'; {guess}")


def allow_programs(names: Iterable[str]) -> None:
    """Lets the outside programs among the players *names* be started: somebody said so, not a save."""
    for name in names:
        if name.startswith(PROGRAM):
            allow(name.removeprefix(PROGRAM))
