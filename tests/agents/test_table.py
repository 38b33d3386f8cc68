"""The table: a session whose empty seats are played by agents."""

from __future__ import annotations

from pathlib import Path

import pytest

from wargame.agents.driver import Table, submissions
from wargame.errors import IllegalOrder, ScenarioError
from wargame.lab.match import play
from wargame.session.replay import verify
from wargame.session.session import Session


def new(path: Path, **seats: str) -> Session:
    return Session.create("kazakhstan-2022", seed=11, length="lesson", seats=seats, path=path / "game.jsonl")


def test_a_game_at_the_table_comes_out_as_the_same_game_in_the_laboratory(tmp_path: Path) -> None:
    with new(tmp_path) as session:
        ending = Table.of(session).play_to_the_end()
        result = play(session.kernel, seed=11, length="lesson")

        assert ending == result.ending
        assert session.position == result.position


def test_a_game_at_the_table_replays(tmp_path: Path) -> None:
    with new(tmp_path) as session:
        Table.of(session).play_to_the_end()

    assert verify(tmp_path / "game.jsonl").kind == "clean"


def test_agents_wait_for_a_person(tmp_path: Path) -> None:
    with new(tmp_path, tokayev="person") as session:
        table = Table.of(session)
        table.play_agents()

        assert table.waiting == ("tokayev",)
        assert table.advance() is False
        assert session.turn == 1
        with pytest.raises(IllegalOrder, match="President Tokayev"):
            table.play_to_the_end()

        session.seat("tokayev").submit(())

        assert table.waiting == ()
        assert table.advance() is True
        assert session.turn > 1


def test_playing_the_agents_twice_changes_nothing(tmp_path: Path) -> None:
    with new(tmp_path, west="person") as session:
        table = Table.of(session)
        table.play_agents()
        before = session.path.read_bytes()
        table.play_agents()

        assert session.path.read_bytes() == before


def test_a_game_left_in_mid_turn_goes_on_as_if_it_had_not_been(tmp_path: Path) -> None:
    with new(tmp_path, west="person") as session:
        Table.of(session).play_agents()
        path = session.path
    with Session.open(path) as session:
        table = Table.of(session)
        while not session.is_over:
            table.play_agents()
            if not session.seat("west").locked:
                session.seat("west").submit(())
            assert table.advance()
        result = play(session.kernel, {"west": "random"}, seed=11, length="lesson")

        assert session.ending in session.scenario.endings
        assert result.turns == session.position.step


def test_every_scripted_order_carries_its_reason_into_the_save(tmp_path: Path) -> None:
    with new(tmp_path, west="person") as session:
        Table.of(session).play_agents()
        given = session.control().submitted()

        assert set(given) == {"kremlin", "tokayev", "protesters"}
        assert all(each.reason for orders in given.values() for each in orders)


def test_bare_orders_become_submissions(tmp_path: Path) -> None:
    with new(tmp_path, tokayev="person") as session:
        seat = session.seat("tokayev")
        seat.submit(submissions(seat.legal()[0]))

        assert [each.order for each in seat.submitted] == [seat.submitted[0].order]


def test_a_seat_handed_to_an_agent_is_played_by_it(tmp_path: Path) -> None:
    with new(tmp_path, west="person") as session:
        table = Table.of(session)
        table.play_agents()
        table.hand_over("west", f"doctrine:{next(iter(session.scenario.doctrines['west']))}", "ill")
        table.play_agents()

        assert table.waiting == ()
        assert table.advance()


def test_a_seat_handed_to_a_person_waits_for_him(tmp_path: Path) -> None:
    with new(tmp_path) as session:
        table = Table.of(session)
        session.control().hand_over("kremlin", "person", "a student came late")
        table.play_agents()

        assert table.waiting == ("kremlin",)
        assert list(table.agents) == [role for role in session.scenario.roles if role != "kremlin"]


def test_a_seat_is_not_handed_to_a_player_nobody_knows(tmp_path: Path) -> None:
    with new(tmp_path) as session:
        table, before = Table.of(session), session.path.read_bytes()
        with pytest.raises(ScenarioError, match="has no doctrine 'nobody'"):
            table.hand_over("kremlin", "nobody")
        with pytest.raises(IllegalOrder, match="there is no role"):
            table.hand_over("moon", "random")

        assert session.path.read_bytes() == before


def test_a_turn_taken_back_is_played_by_the_same_agents_to_the_same_end(tmp_path: Path) -> None:
    with new(tmp_path) as session:
        table = Table.of(session)
        ending = table.play_to_the_end()
        end = session.position
        session.control().rewind(session.control().turns()[1], "once more")

        assert table.play_to_the_end() == ending
        assert session.position == end
