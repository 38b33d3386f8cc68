"""Finds scenarios by name or path and loads them."""

from __future__ import annotations

import gc
import stat
from collections.abc import Mapping
from pathlib import Path

from wargame.errors import Problem, ScenarioError
from wargame.scenario.book import examine, remember
from wargame.scenario.files import ID_WITH_HYPHENS, NAME, read_folder, tidied
from wargame.scenario.merge import merge, ruleset_of
from wargame.scenario.model import Scenario
from wargame.scenario.structure import structure
from wargame.text import visible_text

__all__ = [
    "bundle",
    "examined",
    "find",
    "load",
    "load_bundle",
    "problems",
    "shipped",
    "shipped_root",
    "summary",
    "user_root",
]

_PACKAGE = Path(__file__).resolve().parent.parent
_NO_SCENARIO = Problem("there is no scenario in this file", "scenario.toml", remedy="see docs/authoring.md")
_NO_FILE = Problem("there is no scenario.toml in this folder", remedy="put one there: see docs/authoring.md")


def shipped_root() -> Path:
    """The folder of the scenarios that come with the program: the checkout's, else the installed one's."""
    checkout = _PACKAGE.parent / "scenarios"
    if checkout.is_dir() and (_PACKAGE.parent / "pyproject.toml").is_file():
        return checkout
    return _PACKAGE / "shipped" / "scenarios"


def user_root() -> Path:
    """The folder where a person keeps scenarios of their own."""
    from platformdirs import user_data_path

    return user_data_path("wargame", appauthor=False) / "scenarios"


def shipped() -> list[str]:
    """The names of the scenarios that come with the program."""
    return _names(shipped_root())


def own() -> list[str]:
    """The names of the scenarios in the user's folder that do not bear the name of a shipped one."""
    return [name for name in _names(user_root()) if name not in shipped()]


def _names(root: Path) -> list[str]:
    if not root.is_dir():
        return []
    return sorted(
        path.name
        for path in root.iterdir()
        if ID_WITH_HYPHENS.match(path.name) and (path / "scenario.toml").is_file()
    )


def find(name_or_path: str | Path) -> Path:
    """
    The folder of a scenario: a shipped one, one of the user's, or a path. A shipped name always wins.

    Raises:
        ScenarioError: If there is none.
    """
    name = str(name_or_path)
    if ID_WITH_HYPHENS.match(name):
        for root in (shipped_root(), user_root()):
            if name in _names(root):
                return root / name
    if not name.strip():  # An empty path is the folder the program runs in, which nobody meant.
        raise ScenarioError([_nowhere(name)])
    path = Path(name_or_path)
    try:
        status = path.stat()
    except (OSError, ValueError):
        raise ScenarioError([_nowhere(name)]) from None
    if stat.S_ISDIR(status.st_mode):
        return path
    if stat.S_ISREG(status.st_mode) and path.name == "scenario.toml":
        return path.parent
    what = "a scenario is a folder with a scenario.toml in it"
    raise ScenarioError([Problem(what, file=visible_text(name), remedy="give the folder")])


def _nowhere(name: str) -> Problem:
    from wargame.scenario.tables import nearest

    known = [*shipped(), *own()]
    listed = ", ".join(known) or "none is installed"
    shown = visible_text(name[:200])
    near = nearest(name, known)
    return Problem(f"there is no scenario '{shown}'", near=near, remedy=f"known: {listed}; or give a folder")


def load(name_or_path: str | Path) -> Scenario:
    """
    The scenario called so or lying there, read and checked.

    Raises:
        ScenarioError: With every fault found.
    """
    scenario, found = examined(name_or_path)
    if found or scenario is None:
        raise ScenarioError(found)
    return scenario


def load_bundle(texts: Mapping[str, str]) -> Scenario:
    """
    The scenario a bundle holds, such as `Scenario.text` of one loaded before.

    Raises:
        ScenarioError: With every fault found.
    """
    scenario, found = _examined(texts, [])
    if found or scenario is None:
        raise ScenarioError(found)
    return scenario


def problems(name_or_path: str | Path) -> tuple[Problem, ...]:
    """Every fault of the scenario called so or lying there; none if it can be played."""
    return examined(name_or_path)[1]


def examined(name_or_path: str | Path) -> tuple[Scenario | None, tuple[Problem, ...]]:
    """The scenario as far as it can be read, and every fault found."""
    try:
        texts, found = bundle(name_or_path)
    except ScenarioError as error:
        return None, error.problems
    return _examined(texts, found)


def bundle(name_or_path: str | Path) -> tuple[dict[str, str], list[Problem]]:
    """
    The files of the scenario and of its ruleset as texts, and what was wrong in reading them.

    Raises:
        ScenarioError: If there is no such scenario.
    """
    folder = find(name_or_path)
    found: list[Problem] = []
    texts = read_folder(folder, "", found)
    texts[NAME] = folder.resolve().name
    ruleset = ruleset_of(tidied(texts, []), found)
    if ruleset is not None:
        texts |= _ruleset(ruleset, folder, found)
    return texts, found


def _ruleset(name: str, folder: Path, found: list[Problem]) -> dict[str, str]:
    roots = (folder.resolve().parent, shipped_root(), user_root())
    for root in roots:
        inside = root / "rulesets" / name
        if inside.is_dir():
            texts = read_folder(inside, f"rulesets/{name}/", found)
            return {file: text for file, text in texts.items() if file.endswith(".toml")}
    remedy = "put its folder into rulesets/ beside the scenario"
    found.append(Problem(f"there is no ruleset '{name}'", "scenario.toml", "ruleset", remedy=remedy))
    return {}


def _examined(texts: Mapping[str, str], found: list[Problem]) -> tuple[Scenario | None, tuple[Problem, ...]]:
    # The trees of a scenario all stay: looking through them for garbage as they grow takes half the time.
    enabled = gc.isenabled()
    gc.disable()
    try:
        return _read(texts, found)
    finally:
        if enabled:
            gc.enable()


def _read(texts: Mapping[str, str], found: list[Problem]) -> tuple[Scenario | None, tuple[Problem, ...]]:
    clean = tidied(texts, found)
    if len(clean) < len(texts):
        return None, tuple(found)
    if "scenario.toml" not in texts and not found:
        return None, (_NO_FILE,)
    if not _has_words(clean.get("scenario.toml", "")):
        # All else would be told as missing; a file that could not be read has been told.
        return None, tuple(found) or (_NO_SCENARIO,)
    merged = merge(clean, found)
    if merged.is_empty:
        return None, tuple(found) or (_NO_SCENARIO,)
    if crowded := list(merged.crowded()):
        return None, (*found, *crowded)
    scenario, notes = structure(merged, clean)
    found += notes.found
    book, faults = examine(scenario, frozenset(notes.doubtful))
    found += faults
    if not found:
        remember(book)
    return scenario, tuple(sorted(dict.fromkeys(found), key=lambda problem: problem.file))


def _has_words(text: str) -> bool:
    """Whether a file holds more than comments and empty lines."""
    return any(line.strip() and not line.lstrip().startswith("#") for line in text.splitlines())


def summary(scenario: Scenario) -> str:
    """One line of what a scenario holds."""
    counts = {
        "role": len(scenario.roles),
        "turn": len(scenario.turns),
        "place": len(scenario.places),
        "variable": len(scenario.variables),
        "derived value": len(scenario.derived),
        "order": len(scenario.orders),
        "procedure": len(scenario.procedures),
        "event": len(scenario.events),
        "agreement": len(scenario.agreements),
        "promise": len(scenario.promises),
        "doctrine": sum(len(each) for each in scenario.doctrines.values()),
        "ending": len(scenario.endings),
    }
    parts = [f"{count} {noun}{'' if count == 1 else 's'}" for noun, count in counts.items() if count]
    return f"{scenario.id}: {scenario.title}: {', '.join(parts)}; nothing wrong"
