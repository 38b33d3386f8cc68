"""The adviser: legal, the same every time, and blind to what its role may not know."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.agents.test_agents import _twin, kernel_of, positions_of
from tests.test_cli import in_one_line, run
from wargame.agents.adviser import MOST, Advice, advise
from wargame.agents.base import Chair
from wargame.agents.seating import PERSON
from wargame.rules.orders import Order
from wargame.rules.position import Position
from wargame.scenario.library import shipped
from wargame.session.session import Session

CHAIRS = [(name, role) for name in shipped() for role in kernel_of(name).scenario.roles]
seeds, turns = st.integers(0, 5), st.integers(0, 11)


def asked(name: str, role: str, position: Position, chosen: tuple[Order, ...] = ()) -> tuple[Advice, ...]:
    return advise(Chair(kernel_of(name), position, role), chosen)


def position_of(name: str, seed: int, turn: int) -> Position:
    game = positions_of(name, seed)[:-1]
    return game[turn % len(game)]


@pytest.mark.parametrize(("name", "role"), CHAIRS)
@given(seed=seeds, turn=turns)
def test_it_names_a_few_different_orders_each_legal_and_with_a_reason(
    name: str, role: str, seed: int, turn: int
) -> None:
    position = position_of(name, seed, turn)
    advice = asked(name, role, position)
    orders = [each.order for each in advice]

    assert len(advice) <= MOST
    assert len({order.id for order in orders}) == len(orders)
    assert set(orders) <= set(kernel_of(name).legal(position, role))
    assert all(voice.reason and "{" not in voice.reason for each in advice for voice in each.voices)
    assert all(
        voice.doctrine in kernel_of(name).scenario.doctrines[role] for each in advice for voice in each.voices
    )


@pytest.mark.parametrize(("name", "role"), CHAIRS)
@given(seed=seeds, turn=turns, noise=st.randoms(use_true_random=False))
def test_positions_a_role_cannot_tell_apart_give_the_same_advice(
    name: str, role: str, seed: int, turn: int, noise: object
) -> None:
    position = position_of(name, seed, turn)
    twin = _twin(kernel_of(name), position, role, noise)

    assert asked(name, role, position) == asked(name, role, twin)


@pytest.mark.parametrize(("name", "role"), CHAIRS)
@given(seed=seeds, turn=turns)
def test_what_is_advised_can_be_given_beside_what_is_chosen(
    name: str, role: str, seed: int, turn: int
) -> None:
    position, chosen = position_of(name, seed, turn), ()
    while advice := asked(name, role, position, chosen):
        chosen = (*chosen, advice[0].order)

        assert kernel_of(name).allows(position, role, chosen)

    assert len(chosen) <= kernel_of(name).scenario.roles[role].orders


@pytest.mark.parametrize(("name", "role"), CHAIRS)
def test_it_throws_no_dice(name: str, role: str, monkeypatch: pytest.MonkeyPatch) -> None:
    position = position_of(name, 1, 1)
    before = asked(name, role, position)
    monkeypatch.setattr(Chair, "die", lambda chair, label: pytest.fail(f"a die for {label}"))

    assert asked(name, role, position) == before


@pytest.mark.parametrize("name", shipped())
def test_every_role_is_advised_in_most_turns(name: str) -> None:
    for role in kernel_of(name).scenario.roles:
        counts = [
            len(asked(name, role, position))
            for seed in range(4)
            for position in positions_of(name, seed)[:-1]
        ]

        assert sum(count >= 2 for count in counts) * 2 > len(counts)


def test_nothing_is_advised_once_the_game_is_over() -> None:
    assert asked("tutorial", "mayor", positions_of("tutorial", 0)[-1]) == ()


@pytest.fixture
def save(tmp_path: Path) -> Path:
    with Session.create("tutorial", seed=3, seats={"union": PERSON}, path=tmp_path / "game.jsonl") as session:
        return session.path


def test_the_command_prints_what_the_chair_hears(save: Path) -> None:
    with Session.open(save, read_only=True) as session:
        expected = advise(Chair(session.kernel, session.position, "union"))
    done = run("advise", str(save), "--json")
    found = json.loads(done.stdout)

    assert [each["order"] for each in found["advice"]] == [each.order.id for each in expected]
    assert [voice["reason"] for each in found["advice"] for voice in each["voices"]] == [
        voice.reason for each in expected for voice in each.voices
    ]

    text = run("advise", str(save), "--role", "union").stdout

    assert all(each["words"] in text for each in found["advice"])


def test_asking_changes_nothing_in_the_save(save: Path) -> None:
    before = save.read_bytes()
    run("advise", str(save), "--role", "mayor")

    assert save.read_bytes() == before


def test_a_wrong_question_is_answered_in_one_line(save: Path) -> None:
    nobody = run("advise", str(save), "--role", "mayr")
    over = run("advise", "saves/recorded-bargain.jsonl", "--role", "west")
    empty = run("advise", "saves/recorded-bargain.jsonl")

    assert (nobody.returncode, over.returncode, empty.returncode) == (2, 1, 2)
    assert "did you mean 'mayor'?" in nobody.stderr
    assert "the game is over" in over.stderr
    assert all(in_one_line(done.stderr) and done.stdout == "" for done in (nobody, over, empty))
