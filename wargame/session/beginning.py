"""How a game begins: its header, its seats, and the deal."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from wargame import __version__
from wargame.errors import ScenarioError
from wargame.session.codec import fact_lines, kind_of, unstructure
from wargame.session.course import Course, Step
from wargame.session.entries import FORMAT, Dealt, Entry, Header
from wargame.session.replay import commitment

if TYPE_CHECKING:
    from wargame.scenario.model import Scenario

__all__ = ["PERSON", "deal", "header_for", "line_of", "loaded", "place_of", "seated"]

PERSON = "person"


def line_of(entry: Entry) -> tuple[str, Any]:
    """*entry* as a journal takes it: its kind and its data."""
    return kind_of(entry), unstructure(entry)


def deal(course: Course) -> tuple[Dealt, Step, list[tuple[str, Any]]]:
    """The entry of the deal, the position it leads to, and the lines for both."""
    position, facts = course.kernel.start(course.header.seed, course.header.length)
    lines = fact_lines(facts)
    dealt = Dealt(len(lines), position.values, position.digest(), position.ending)
    return dealt, Step(position, facts=tuple(facts)), [*lines, line_of(dealt)]


def loaded(scenario: Scenario | str | Path) -> Scenario:
    """The scenario itself, or the one called so or lying there."""
    from wargame.session.kernels import load

    return load(scenario) if isinstance(scenario, (str, Path)) else scenario


def seated(scenario: Scenario, seats: Mapping[str, str] | None) -> dict[str, str]:
    """Who plays each role: persons if nothing is said, else of a role left out its first doctrine."""
    if seats is None:
        return dict.fromkeys(scenario.roles, PERSON)
    unknown = [role for role in seats if role not in scenario.roles]
    if unknown:
        raise ScenarioError(f"there is no role '{unknown[0]}'; the roles are {', '.join(scenario.roles)}")
    return {role: seats.get(role) or _first_doctrine(scenario, role) for role in scenario.roles}


def _first_doctrine(scenario: Scenario, role: str) -> str:
    doctrines = scenario.doctrines.get(role, {})
    return f"doctrine:{next(iter(doctrines))}" if doctrines else "random"


def header_for(scenario: Scenario, seed: int, length: str, seats: Mapping[str, str]) -> Header:
    """
    The header of a new game.

    Raises:
        ScenarioError: If there is no such seed or length.
    """
    if not 0 <= seed < 2**64:
        raise ScenarioError(f"the seed {seed} is not in 0 to 2**64 - 1")
    if length not in scenario.lengths:
        raise ScenarioError(f"there is no length '{length}'; there are: {', '.join(scenario.lengths)}")
    salt = secrets.token_hex(16)
    return Header(
        format=FORMAT,
        engine=__version__,
        session=secrets.token_hex(16),
        created=datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        scenario=scenario.id,
        title=scenario.title,
        digest=scenario.digest,
        length=length,
        seed=seed,
        salt=salt,
        commitment=commitment(seed, salt),
        seats=seats,
        bundle=dict(scenario.text),
    )


def place_of(scenario: Scenario, path: Path | str | None) -> Path:
    """Where the save goes: *path*, or a free name in the folder of saves."""
    from wargame.session.saves import new_path

    return new_path(scenario.id) if path is None else Path(path)
