"""A turn taken back: a new save branches off, the old one stays, and play goes on."""

from __future__ import annotations

import errno
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.session.fakedisk import FakeDisk
from tests.session.playing import harbour, new, play
from tests.session.ruling import noticed, rule
from tests.session.test_verdicts import forge, number_of
from wargame.errors import IllegalOrder, JournalError, JournalInUse
from wargame.session.entries import Branch
from wargame.session.replay import commitment, verify
from wargame.session.saves import listing
from wargame.session.session import Session
from wargame.session.show import show

FAKE = Path("/saves/game.jsonl")


@pytest.fixture
def live(tmp_path: Path) -> Session:
    """A game in its fourth turn, with something said and ruled in every turn."""
    session, rng = new(tmp_path / "game.jsonl", seed=3), Random(3)
    for _ in range(3):
        session.control().set("anger", rng.randint(0, 60), reason="to see")
        play(session, rng, 1)
    session.seat("mayor").say("What now?")
    return session


def test_a_turn_taken_back_goes_on_in_a_new_save_and_the_old_one_is_never_changed(live: Session) -> None:
    old, content, before = live.path, live.path.read_bytes(), live.history
    parent = live.course.header
    path = live.control().rewind(2, "the wrong orders were read out")

    assert live.path == path != old
    assert live.turn == 2
    assert [position for position, _ in live.history] == [position for position, _ in before[:2]]
    assert live.course.said == [said for said in live.course.said if said.step == 1]
    branch = live.course.header.branch
    assert branch is not None
    assert (branch.session, branch.turn, branch.reason) == (
        parent.session,
        2,
        "the wrong orders were read out",
    )
    assert live.course.header.session != parent.session
    assert live.commitment == commitment(3, parent.salt)
    play(live, Random(8))
    live.close()
    assert old.read_bytes() == content
    assert [verify(each).kind for each in (old, path)] == ["clean", "clean"]
    with Session.open(path) as again:
        assert noticed(again) == noticed(live)
        assert again.course.header.branch == branch
    assert "Branched off game" in show(path, 2)
    assert "wrong orders" not in show(path, 2, "mayor")
    assert {each.path for each in listing(old.parent)} == {old, path}


def test_the_same_orders_on_a_branch_come_out_the_same(live: Session) -> None:
    turns = live.control().turns()
    orders = [step.submissions for step in live.course.steps[1:]]
    rulings = {each.step: each.what for each in live.control().decisions()}
    talk = list(live.course.said)
    positions = [position for position, _ in live.history]
    live.control().rewind(1, "again from the start")
    for step, locked in enumerate(orders, 1):
        live.record(rulings[step])
        for said in talk:
            if said.step == step:
                live.say(said.role, said.act)
        for role, submissions in locked.items():
            live.seat(role).submit(submissions)
        live.control().adjudicate()

    assert turns == live.control().turns() == (1, 2, 3, 4)
    assert [position for position, _ in live.history] == positions


def test_this_turn_can_be_begun_again(live: Session) -> None:
    live.control().rewind(4, "they spoke too soon")

    assert live.turn == 4
    assert all(said.step < 4 for said in live.course.said)


def test_a_game_that_is_over_can_be_taken_back(tmp_path: Path) -> None:
    live = play(new(tmp_path / "game.jsonl", seed=4), Random(4))
    last = live.control().turns()[-1]
    live.control().rewind(last, "what if")

    assert not live.is_over
    live.seat("mayor").submit([])
    assert live.seat("mayor").locked


def test_who_sits_where_stays_when_a_turn_is_taken_back(live: Session) -> None:
    live.control().hand_over("press", "random", "went home")
    live.control().rewind(2, "again")
    assert live.seats["press"] == "random"
    live.close()
    with Session.open(live.path) as again:
        assert again.seats["press"] == "random"


def test_seats_and_wall_of_a_game_go_on_with_its_branch(live: Session) -> None:
    seat, wall, control = live.seat("mayor"), live.public(), live.control()
    control.rewind(2, "again")

    assert seat.view().turn == wall.view().turn == 2
    assert control.path == live.path


@pytest.mark.parametrize("turn", [0, 5, 99, -1])
def test_a_turn_the_game_has_not_come_to_is_refused(live: Session, turn: int) -> None:
    before, path = noticed(live), live.path
    with pytest.raises(JournalError, match=f"has not come to turn {turn}; it has 1, 2, 3, 4"):
        live.control().rewind(turn, "again")

    assert (noticed(live), live.path) == (before, path)
    assert len(listing(path.parent)) == 1


def test_a_branch_of_a_branch_names_its_own_parent(live: Session) -> None:
    live.control().rewind(3, "once")
    first = live.course.header.session
    live.control().rewind(2, "twice")
    branch = live.course.header.branch

    assert branch is not None and (branch.session, branch.turn) == (first, 2)
    assert verify(live.path).kind == "clean"


@settings(max_examples=15)
@given(seed=st.integers(0, 2**32), turns=st.integers(0, 5), data=st.data())
def test_any_game_branches_at_any_turn_it_came_to(
    tmp_path_factory: pytest.TempPathFactory, seed: int, turns: int, data: st.DataObject
) -> None:
    rng = Random(seed)
    live = new(tmp_path_factory.mktemp("game") / "game.jsonl", seed=seed)
    for _ in range(turns):
        rule(live, rng, 2)
        play(live, rng, 1)
    live.close()
    content = live.path.read_bytes()
    turn = data.draw(st.sampled_from(live.control().turns()))
    with Session.branch(live.path, turn, "what if") as branch:
        assert branch.turn == turn
        step = branch.position.step
        assert branch.history[-1][0] == live.history[step - 1][0]
        rule(branch, rng)
        play(branch, rng, 1)
    with Session.open(branch.path) as again:
        assert noticed(again) == noticed(branch)

    assert live.path.read_bytes() == content


def test_a_save_in_use_can_be_branched_by_another(live: Session, tmp_path: Path) -> None:
    with Session.branch(live.path, 2, to=tmp_path / "else.jsonl") as branch:
        play(branch, Random(1), 1)
        with pytest.raises(JournalInUse):
            Session.open(branch.path)

    assert live.turn == 4
    with pytest.raises(JournalError, match="there is a file of that name already"):
        Session.branch(live.path, 2, to=tmp_path / "else.jsonl")


def test_a_damaged_save_branches_before_its_damage(live: Session) -> None:
    live.close()
    content = bytearray(live.path.read_bytes())
    content[-3000] ^= 1
    live.path.write_bytes(bytes(content))
    assert verify(live.path).kind == "damaged"
    with Session.branch(live.path, 2, "saved what could be saved") as branch:
        play(branch, Random(1), 1)

    assert verify(branch.path).kind == "clean"


def test_a_save_these_rules_play_otherwise_branches_only_before_that(live: Session) -> None:
    live.close()
    forge(live.path, number_of(live.path, "turn"), digest="0" * 64)
    assert verify(live.path).kind == "differs"
    with pytest.raises(JournalError, match="no game can go on from turn 4"):
        Session.branch(live.path, 4)
    with Session.branch(live.path, 3) as branch:
        assert branch.turn == 3


def test_a_save_without_a_reason_or_parent_is_as_it_was(live: Session) -> None:
    assert live.course.header.branch is None
    assert b'"branch"' not in live.path.read_bytes()
    assert Branch("a", 1, 2, "b").reason == ""
    with pytest.raises(IllegalOrder, match="gives a reason"):
        live.control().rewind(2, "  ")


def test_a_branch_the_disk_does_not_take_has_not_happened() -> None:
    disk = FakeDisk()
    live = play(Session.create(harbour(), seed=6, path=FAKE, disk=disk), Random(6), 2)
    before, content = noticed(live), bytes(disk.nodes[FAKE].now)
    branch = FAKE.with_name("branch.jsonl")
    operation = 0
    while live.path == FAKE:
        operation += 1
        disk.failures = {disk.operations + operation: errno.ENOSPC if operation % 2 else errno.EIO}
        try:
            live.control().rewind(2, "again", path=branch, disk=disk)
        except JournalError:
            assert noticed(live) == before
            assert not live.read_only
            assert branch not in disk.nodes
    disk.failures = {}
    live.seat("mayor").submit([])
    live.close()

    assert operation > 10
    assert bytes(disk.nodes[FAKE].now) == content
    for path, turn in ((FAKE, 3), (branch, 2)):
        with Session.open(path, disk=disk) as again:
            assert (again.turn, again.verdict.kind) == (turn, "clean")


def test_a_branch_is_whole_or_a_game_broken_off_when_the_power_fails() -> None:
    disk = FakeDisk()
    live = play(Session.create(harbour(), seed=6, path=FAKE, disk=disk), Random(6), 2)
    content, before = bytes(disk.nodes[FAKE].now), noticed(live)
    rng, images = Random(7), []
    branch = FAKE.with_name("branch.jsonl")
    disk.watch = lambda: images.append(disk.image(rng))
    live.control().rewind(2, "again", path=branch, disk=disk)
    disk.watch = lambda: None

    assert len(images) > 20
    for image in images:
        assert image[FAKE] == content
    with Session.open(FAKE, disk=FakeDisk.holding(images[-1])) as again:
        assert noticed(again) == before
    with Session.open(branch, disk=FakeDisk.holding(disk.image(rng))) as again:
        assert noticed(again) == noticed(live)
