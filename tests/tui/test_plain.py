"""The plain game: whole games by script, and any input whatever."""

from __future__ import annotations

import io
import random
import re
from importlib import import_module
from pathlib import Path

import pytest

from wargame.agents.driver import Table
from wargame.cli.app import COMMANDS
from wargame.session.replay import verify
from wargame.session.session import Session
from wargame.tui import plain
from wargame.tui.plain_seats import HAND, Visit
from wargame.tui.plain_twins import HELP

from .games import ROLE, new_table


def play(path: Path, text: str, **arguments: str) -> str:
    written = io.StringIO()
    plain.run(new_table(path, **arguments), ROLE, io.StringIO(text), written)  # type: ignore[arg-type]
    return written.getvalue()


def test_a_whole_lesson_can_be_played_by_script(tmp_path: Path) -> None:
    said = play(tmp_path / "a.jsonl", "1 1\nchosen\nlock\n" * 6, length="lesson")

    assert "The game has ended" in said
    assert "The hidden truth" in said
    assert verify(tmp_path / "a.jsonl").kind == "clean"


def test_the_end_of_input_keeps_the_orders_chosen(tmp_path: Path) -> None:
    said = play(tmp_path / "a.jsonl", "1 1\n")

    assert "The game is kept" in said
    with Session.open(tmp_path / "a.jsonl") as session:
        assert len(session.seat(ROLE).drafted) == 1


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("fly\n", "There is no command 'fly'"),
        ("999\n", "Give a number from 1 to"),
        ("drop 1\n", "There is no chosen order"),
        ("do 99\n", "Give a number from 1 to"),
        ("say\n", "Not done: there is nothing to say"),
        ("say west: hello\n", "Said to The Western capitals alone."),
        ("say wst: hello\n", "Not said: there is no role 'wst'. Did you mean 'west'?"),
        ("say all: hello\n", "Said to all."),
        ("say I say: hello\n", "Said to all."),
        ("info 1\n", "Price:"),
        ("brief\n", "president"),
        ("help\n", "lock"),
        ("places\n", "Almaty"),
        ("status\n", "Legitimacy"),
        ("save\n", "a.jsonl"),
        ("why legitimacy\n", "As the game began: 60."),
        ("why Unrest Almaty\n", "Unrest, Almaty:"),
        ("why the moon\n", "You see no value called 'the moon'"),
        ("history\n", "── Turn 1"),
        ("five\n", "no such framework"),
        ("rules 5\n", "── 5. Dice"),
        ("rules red line\n", "9. Winning"),
        ("rules\n", "12. The record"),
        ("note Watch Moscow\nnotes\n", "1. Turn 1: Watch Moscow"),
        ("map\n", "  1 Unrest"),
        ("map unrest\n", "Aktau: 8; next to "),
        ("map 1\n", "Unrest, from 0 to 100; ~"),
        ("map western oil town\n", "Aktau: yes; next to "),
        ("talk\n", "Said in turn 1"),
        ("advise\n", "The strongman: "),
        ("info 1\n", "May change: "),
        ("1 1\nreason 1 To calm them\n", "(To calm them)"),
        ("1 1\nexpects 1 Peace\nsure 1 60 %\n", "(60 % sure; expects: Peace)"),
        ("1 1\nsure 1 101\n", "Not done: how sure you are"),
        ("1 1\nreason 2 x\n", "Not done: give the number of a chosen order, from 1 to 1"),
        ("reason\n", "Not done: no order is chosen"),
        ("1 1\n9 1 1\nmove 2 1\n", "1. Cut or restore the internet"),
        ("note A\nnote 1 B\nnotes\n", "1. Turn 1: B"),
        ("note\n", "Not done: there is nothing to note"),
        ("note 7 x\n", "Not done: there is no note 7"),
    ],
)
def test_a_command_is_answered(tmp_path: Path, text: str, answer: str) -> None:
    assert answer in play(tmp_path / "a.jsonl", text)


def test_no_input_ends_the_program_or_writes_a_control_character(tmp_path: Path) -> None:
    rng = random.Random(5)
    words = [
        "1",
        "2 1",
        "9 3 1",
        "drop 1",
        "do 1",
        "do 3",
        "say \x1b[31mred",
        "say west: hi",
        "\x00",
        "é",
        "info 4",
    ]
    words += ["lock", "orders", "-1", "1e9", "٣", "__init__", "turn", "say " + "x" * 3000, "\u202e", "obey 1"]
    text = "\n".join(rng.choice(words) for _ in range(150)) + "\n"
    said = play(tmp_path / "a.jsonl", text, length="lesson")

    assert not {c for c in said if ord(c) < 32 and c != "\n"} and "\x9b" not in said and "\u202e" not in said


def test_a_line_without_end_is_one_refusal(tmp_path: Path) -> None:
    said = play(tmp_path / "a.jsonl", "x" * 3_000_000 + "\nsave\n")

    assert said.count("Not done: a line may have") == 1
    assert said.count("There is no command") == 0
    assert said.count("The game is saved in") == 2


def test_the_longest_line_is_obeyed(tmp_path: Path) -> None:
    assert "Not done: a line" not in play(tmp_path / "a.jsonl", "chosen".ljust(plain.LINE_LIMIT - 1) + "\n")


@pytest.mark.parametrize("text", ["", "save\n", "save", "2\n"])
def test_behind_the_end_of_input_stands_no_prompt(tmp_path: Path, text: str) -> None:
    said = play(tmp_path / "a.jsonl", text)

    assert said.endswith("\nThe game is kept. Goodbye.\n")
    assert "> >" not in said


def test_a_torn_save_is_said_to_be_recovered(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    new_table(path).session.close()
    path.write_bytes(path.read_bytes() + b'{"torn": ')
    written = io.StringIO()
    plain.run(Table.of(Session.open(path)), ROLE, io.StringIO(""), written)

    assert "Recovered: " in written.getvalue()
    assert "torn" in written.getvalue()


def test_the_answer_to_an_offer_is_told(tmp_path: Path) -> None:
    said = play(tmp_path / "a.jsonl", "do 1\n")

    assert "Said this turn" in said
    assert any(f"The protesters: {word} 'The bargain" in said for word in ("accepts", "refuses"))


def test_words_meant_for_one_do_not_go_to_all(tmp_path: Path) -> None:
    play(tmp_path / "a.jsonl", "say wst: for your ears\n")
    with Session.open(tmp_path / "a.jsonl") as session:
        heard = [str(said.act) for role in session.scenario.roles for said in session.seat(role).messages()]

    assert not [words for words in heard if "for your ears" in words]


def test_every_plain_twin_of_a_screen_exists_and_is_told_in_the_help() -> None:
    text = (Path(__file__).parents[2] / "docs/playing.md").read_text("utf-8")
    twins = [row.split("|")[2] for row in text.splitlines() if row.startswith("| ")][1:]
    words = [each.split() for twin in twins for each in re.findall("`([^`]+)`", twin)]

    assert len(words) > 30
    for word, *rest in words:
        if word == "wargame":
            command = getattr(import_module(COMMANDS[rest[0]][0]), rest[0])
            options = {option for each in command.params for option in (*each.opts, *each.secondary_opts)}
            assert {each for each in rest if each.startswith("--")} <= options
        else:
            assert hasattr(Visit, f"do_{word}") or word == "lock"
            assert word == "help" or word in HELP + HAND
