"""docs/authoring.md builds the tutorial, and its tables name every key there is."""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path

import pytest
from textual.binding import Binding

from tests.scenario.page import PAGE, TUTORIAL, files_on_page
from wargame.language.words import FUNCTIONS
from wargame.scenario import library
from wargame.scenario.tables import Table


def test_the_page_holds_the_tutorial_to_the_letter() -> None:
    shipped = {
        path.relative_to(TUTORIAL).as_posix(): path.read_text(encoding="utf-8")
        for path in TUTORIAL.rglob("*")
        if path.suffix in (".toml", ".md")
    }

    assert files_on_page() == shipped


def test_the_tutorial_teaches_the_first_steps_with_the_keys_there_are() -> None:
    from wargame.tui.screens.play import PlayScreen

    bound = {
        key: each for each in PlayScreen.BINDINGS if isinstance(each, Binding) for key in each.key.split(",")
    }
    tutorial = library.load("tutorial")
    texts = {role: briefing.public for role, briefing in tutorial.briefings.items()}
    for role, text in {**texts, "turns": " ".join(turn.text for turn in tutorial.turns)}.items():
        taught = {key.lower() for key in re.findall(r"\b(F[1-9]|[B-Z])\b", text)}

        assert {"f4", "f3", "l"} <= taught, role
        assert "Enter" in text
        assert taught <= bound.keys(), role
    assert [bound[key].description for key in ("f3", "f4", "f7", "l", "o", "d", "i")] == [
        *("Values", "Briefing", "Last turn", "Lock", "Offer", "Take back", "About")
    ]


def test_the_scenario_built_from_the_page_is_the_shipped_one(tmp_path: Path) -> None:
    folder = tmp_path / "tutorial"
    for name, text in files_on_page().items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    built, shipped = library.load(folder), library.load("tutorial")

    assert built.digest == shipped.digest
    assert built.text == shipped.text
    assert library.summary(built) == library.summary(shipped)


def asked_keys(monkeypatch: pytest.MonkeyPatch) -> dict[str, set[str]]:
    """Every key the reader asks the shipped scenarios for, by kind of entry."""
    asked: dict[str, set[str]] = defaultdict(set)
    close = Table.close

    def noting(table: Table) -> None:
        kind = table.key.split(".")[0] + (".lines" if ".lines." in table.key else "")
        asked[kind] |= table._asked
        close(table)

    monkeypatch.setattr(Table, "close", noting)
    for name in library.shipped():
        library.load(name)
    return asked


def test_the_reference_names_every_key(monkeypatch: pytest.MonkeyPatch) -> None:
    reference = PAGE.read_text(encoding="utf-8").partition("## Every key")[2]
    chapters = re.findall(r"^### (.*?)\n(.*?)(?=^##)", reference, re.MULTILINE | re.DOTALL)
    titles = " ".join(title for title, _ in chapters)
    for kind, keys in asked_keys(monkeypatch).items():
        chapter = "scenario.toml" if kind in ("", "phases", "turns") else kind.partition(".")[0]
        code = re.findall(r"`([^`]+)`", "".join(body for title, body in chapters if chapter in title))
        words = set(re.findall(r"\w+", " ".join(code)))
        missing = {key for key in keys - words if kind or f"{key}." not in titles}

        assert not missing, f"{kind}: {missing}"


def test_the_reference_names_every_function() -> None:
    text = PAGE.read_text(encoding="utf-8").partition("## The rule language")[2]

    assert [name for name in FUNCTIONS if f"{name}(" not in text] == []


def test_the_fault_shown_on_the_page_is_what_check_says() -> None:
    [shown] = re.findall(r"^```text\n(.*?)\n```$", PAGE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    files = files_on_page()
    files["world.toml"] = files["world.toml"].replace("supplies -= 6", "suplies -= 6")

    with pytest.raises(library.ScenarioError) as caught:
        library.load_bundle(files)
    assert [str(problem) for problem in caught.value.problems] == [shown]
