"""The README is executed, and what it promises about commands is looked up in the program."""

from __future__ import annotations

import doctest
import re
from pathlib import Path

from wargame.cli.app import COMMANDS

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_python_examples_give_what_they_show() -> None:
    failed, tried = doctest.testfile(
        str(ROOT / "README.md"), module_relative=False, optionflags=doctest.ELLIPSIS
    )

    assert tried > 10
    assert failed == 0


def test_there_are_exactly_two_commands_for_a_fresh_machine() -> None:
    commands = re.findall(r"^    (python3 -m venv .*)$", README, re.MULTILINE)

    assert [command.split("&& ")[-1].split()[0] for command in commands] == [
        ".venv/bin/wargame",
        ".venv/bin/python",
    ]


def test_every_command_is_in_the_tour() -> None:
    missing = [name for name in COMMANDS if f"`wargame {name}" not in README]

    assert missing == []


def test_every_file_it_links_to_exists() -> None:
    links = re.findall(r"\]\(([^)#:]+)\)", README)

    assert [link for link in links if not (ROOT / link).exists()] == []
