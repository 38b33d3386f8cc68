"""A session: what is told is on the disk, and what is on the disk plays again to the same."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.session.fakedisk import FakeDisk
from tests.session.playing import harbour, new, play
from wargame.errors import IllegalOrder, JournalError, JournalInUse, NotSaved, ScenarioError
from wargame.rules.orders import Order
from wargame.session.entries import Ruling
from wargame.session.journal import Journal
from wargame.session.records import encode
from wargame.session.replay import commitment, play_again, tell, verify
from wargame.session.scan import scan
from wargame.session.seat import Submission
from wargame.session.session import Session
from wargame.session.verdict import Verdict

FAKE = Path("/saves/game.jsonl")


def told(session: Session) -> dict[str, object]:
    """All that a person could notice of a session."""
    course = session.course
    return {
        "position": session.position,
        "history": session.history,
        "drafts": course.drafts,
        "locked": course.locked,
        "said": course.said,
        "seats": session.seats,
        "views": {role: session.seat(role).view() for role in session.scenario.roles},
        "news": session.position.news,
    }


@settings(max_examples=40)
@given(
    seed=st.integers(0, 2**64 - 1),
    dice=st.integers(0, 2**32),
    turns=st.integers(0, 6),
    length=st.sampled_from(["full", "short"]),
)
def test_any_legal_game_opens_as_it_was_left(
    tmp_path_factory: pytest.TempPathFactory, seed: int, dice: int, turns: int, length: str
) -> None:
    path = tmp_path_factory.mktemp("game") / "game.jsonl"
    rng = Random(dice)
    live = play(new(path, seed=seed, length=length), rng, turns)
    if not live.is_over:
        live.seat("mayor").draft([Submission(live.seat("mayor").legal()[0], "perhaps")])
        live.seat("union").submit([])
    before = told(live)
    live.close()
    again = Session.open(path)

    assert again.verdict.kind == "clean"
    assert told(again) == before
    again.close()
    assert verify(path).kind == "clean"


def test_after_every_entry_the_game_can_be_taken_up(tmp_path: Path) -> None:
    path = tmp_path / "game.jsonl"
    live = play(new(path, seed=3), Random(3))
    positions = [position for position, _ in live.history]
    records = tuple(live.journal.records)
    live.close()
    turns = 0
    for count in range(3, len(records) + 1):
        course, verdict = play_again(tell(records[:count], Verdict("clean", count - 1, "")))
        turns = sum(record.kind == "turn" for record in records[:count])

        assert course is not None
        assert verdict.kind == "clean"
        assert [step.position for step in course.steps] == positions[: turns + 1]
    assert turns == len(positions) - 1


def test_the_facts_of_a_turn_are_told_in_lines_below_the_limit(tmp_path: Path) -> None:
    live = new(tmp_path / "game.jsonl")
    facts = live.facts
    from wargame.session.codec import fact_lines

    lines = fact_lines(facts * 3000)
    assert len(lines) > 2
    assert all(len(encode(9, "0" * 64, *line).line) < 64 * 1024 for line in lines)
    live.close()


def test_quitting_loses_no_draft(tmp_path: Path) -> None:
    live = new(tmp_path / "game.jsonl")
    order = live.seat("mayor").legal()[0]
    live.seat("mayor").draft([Submission(order, "since we must", "quiet", 60)])
    live.close()
    again = Session.open(live.path)

    assert again.seat("mayor").drafted == (Submission(order, "since we must", "quiet", 60),)
    assert not again.seat("mayor").locked
    again.close()


def test_locked_orders_stand(tmp_path: Path) -> None:
    live = new(tmp_path / "game.jsonl")
    seat = live.seat("mayor")
    seat.submit([])
    for act in (lambda: seat.submit([]), lambda: seat.draft([]), lambda: seat.say("wait")):
        with pytest.raises(IllegalOrder, match="locked"):
            act()
    live.close()


def test_what_is_illegal_leaves_no_trace(tmp_path: Path) -> None:
    live = new(tmp_path / "game.jsonl")
    seat = live.seat("mayor")
    head = live.journal.head
    for act in (
        lambda: seat.submit([Submission(Order("no_such_order"))]),
        lambda: seat.draft([Submission(live.seat("union").legal()[0])]),
        lambda: seat.submit([Submission(seat.legal()[0], confidence=101)]),
        lambda: seat.submit([Submission(seat.legal()[0], reason="x" * 501)]),
        lambda: seat.say(""),
        lambda: seat.say("\u200b\x1b"),
        lambda: seat.say("x" * 2001),
        lambda: seat.say("hello", ["nobody"]),
        lambda: seat.offer("no_such"),
        lambda: seat.promise("open_gates"),
        lambda: live.control().adjudicate(),
        lambda: live.control().hand_over("nobody", "person"),
        lambda: live.seat("nobody"),
    ):
        with pytest.raises(IllegalOrder):
            act()

    assert live.journal.head == head
    live.close()


def test_absent_seats_get_the_default_and_that_is_recorded(tmp_path: Path) -> None:
    live = new(tmp_path / "game.jsonl")
    live.seat("mayor").submit([])
    live.control().adjudicate(fill_absent=True)
    live.close()
    locked = [record.data() for record in scan(live.path.read_bytes()).records if record.kind == "locked"]

    assert [(each["role"], each.get("by_default", False)) for each in locked] == [
        ("mayor", False),
        ("union", True),
        ("press", True),
    ]
    assert live.turn == 2


def test_a_finished_game_takes_nothing_more(tmp_path: Path) -> None:
    live = play(new(tmp_path / "game.jsonl"), Random(2))
    assert live.is_over
    assert live.ending in live.scenario.endings
    assert live.seat("mayor").legal() == ()
    assert live.seat("mayor").scorecard() is not None
    with pytest.raises(IllegalOrder, match="over"):
        live.seat("mayor").submit([])
    with pytest.raises(IllegalOrder, match="over"):
        live.control().adjudicate()
    live.close()


def test_scorecards_wait_for_the_end(tmp_path: Path) -> None:
    live = new(tmp_path / "game.jsonl")
    assert live.seat("mayor").scorecard() is None
    live.close()


def test_messages_reach_those_addressed(tmp_path: Path) -> None:
    live = new(tmp_path / "game.jsonl")
    live.seat("mayor").say("between us", ["union"])
    live.seat("press").say("to all")
    heard = {role: [str(said.act) for said in live.seat(role).messages()] for role in live.scenario.roles}

    assert heard["mayor"] == heard["union"] == ["say to union: between us", "say to all: to all"]
    assert heard["press"] == ["say to all: to all"]
    live.close()


def test_a_deal_is_heard_by_those_who_see_how_it_stands(tmp_path: Path) -> None:
    live = new(tmp_path / "game.jsonl")
    deal = live.scenario.agreements["truce"]
    first, second = deal.parties
    live.seat(first).offer("truce")
    live.seat(second).answer("truce", False)
    seen = live.kernel.plan.variables["truce"].about.seen
    for role in live.scenario.roles:
        heard = [said.role for said in live.seat(role).messages()]

        assert heard == ([first, second] if role in seen else [])
    live.close()


def test_what_one_seat_does_in_secret_shows_in_no_other(tmp_path: Path) -> None:
    quiet, busy = new(tmp_path / "a.jsonl", seed=4), new(tmp_path / "b.jsonl", seed=4)
    mayor = busy.seat("mayor")
    mayor.draft([Submission(mayor.legal()[0])])
    mayor.say("psst", ["union"])
    mayor.submit([Submission(mayor.legal()[0])])
    for session in (quiet, busy):
        seat = session.seat("press")
        shown = (
            seat.view(),
            seat.menu(),
            seat.legal(),
            seat.messages(),
            seat.drafted,
            seat.locked,
            seat.told(),
        )
        if session is quiet:
            first = shown

    assert shown == first
    quiet.close()
    busy.close()


def test_a_second_player_of_one_save_is_told(tmp_path: Path) -> None:
    live = new(tmp_path / "game.jsonl")
    with pytest.raises(JournalInUse, match=f"in use by pid {os.getpid()}"):
        Session.open(live.path)
    spectator = Session.open(live.path, read_only=True)
    assert spectator.position == live.position
    live.close()
    Session.open(live.path).close()


def test_a_seat_can_change_hands(tmp_path: Path) -> None:
    live = new(tmp_path / "game.jsonl")
    live.control().hand_over("mayor", "doctrine:plain", "went home")
    live.close()
    again = Session.open(live.path)

    assert again.seats == {"mayor": "doctrine:plain", "union": "person", "press": "person"}
    again.close()


def test_seats_left_out_are_played_by_the_first_doctrine(tmp_path: Path) -> None:
    live = Session.create(harbour(), seats={"press": "person"}, path=tmp_path / "game.jsonl")

    assert live.seats == {"mayor": "doctrine:plain", "union": "doctrine:plain", "press": "person"}
    live.close()


@pytest.mark.parametrize(
    "wrong",
    [
        {"seed": -1},
        {"seed": 2**64},
        {"length": "none"},
        {"seats": {"nobody": "person"}},
        {"scenario": "no-such"},
    ],
)
def test_a_game_that_cannot_be_is_refused_before_there_is_a_file(
    tmp_path: Path, wrong: dict[str, object]
) -> None:
    arguments = {"scenario": harbour(), "path": tmp_path / "game.jsonl", **wrong}
    with pytest.raises(ScenarioError):
        Session.create(arguments.pop("scenario"), **arguments)  # type: ignore[arg-type]

    assert list(tmp_path.iterdir()) == []


def test_the_seed_is_bound_before_the_first_turn(tmp_path: Path) -> None:
    live = new(tmp_path / "game.jsonl", seed=77)
    header = live.course.header

    assert live.commitment == commitment(77, header.salt) != commitment(78, header.salt)
    live.close()


# --- Failing disks


def test_a_turn_the_disk_does_not_take_has_not_happened() -> None:
    disk = FakeDisk()
    live = Session.create(harbour(), seed=1, path=FAKE, disk=disk)
    for role in live.scenario.roles:
        live.seat(role).submit([])
    before = told(live)
    operation = 0
    while live.turn == 1:
        # Each try fails one operation later than the one before, until none is left to fail.
        operation += 1
        disk.failures = {disk.operations + operation: errno.ENOSPC if operation % 2 else errno.EIO}
        try:
            live.control().adjudicate()
        except NotSaved:
            assert told(live) == before
    disk.failures = {}
    live.close()

    assert operation > 4
    assert scan(bytes(disk.nodes[FAKE].now)).verdict.kind == "clean"
    again = Session.open(FAKE, disk=disk)
    assert again.turn == 2
    assert again.history == live.history


def test_an_order_the_disk_does_not_take_is_not_given() -> None:
    disk = FakeDisk()
    live = Session.create(harbour(), seed=1, path=FAKE, disk=disk)
    disk.limit = disk.used()
    with pytest.raises(NotSaved, match="disk is full"):
        live.seat("mayor").submit([])
    assert not live.seat("mayor").locked
    assert live.seat("mayor").view().turn == 1
    disk.limit = None
    live.seat("mayor").submit([])

    assert live.seat("mayor").locked


def test_the_game_can_be_saved_elsewhere_when_its_disk_is_gone(tmp_path: Path) -> None:
    disk = FakeDisk()
    live = play(Session.create(harbour(), seed=1, path=FAKE, disk=disk), Random(1), 1)
    disk.failures = {disk.operations + number: errno.EIO for number in range(1, 50)}
    with pytest.raises(NotSaved):
        live.seat("mayor").submit([])
    live.save_as(tmp_path / "else.jsonl")
    live.seat("mayor").submit([])
    live.close()
    again = Session.open(tmp_path / "else.jsonl")

    assert again.seat("mayor").locked
    assert again.history == live.history
    again.close()


NOBODY = """
import os, sys
from pathlib import Path
from tests.session.playing import new
from wargame.errors import JournalError
new(Path(sys.argv[2])).close()
if os.geteuid() == 0:
    os.setuid(65534)
try:
    new(Path(sys.argv[1]))
except JournalError as error:
    print(error)
"""


@pytest.mark.skipif(os.name != "posix", reason="modes mean something else there")
def test_a_folder_that_may_not_be_written_is_told_at_the_start(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(0o500)
    path = closed / "game.jsonl"
    done = subprocess.run(
        [sys.executable, "-c", NOBODY, str(path), str(tmp_path / "open.jsonl")],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
        cwd=Path(__file__).parents[2],
    )

    assert (done.stdout, done.stderr) == (
        f"no game can be saved as {path}: it may not be written there\n",
        "",
    )


@pytest.mark.parametrize("failure", [errno.EACCES, errno.EROFS, errno.ENOENT, errno.ENOSPC, errno.EIO])
def test_a_folder_that_fails_is_told_at_the_start(failure: int) -> None:
    disk = FakeDisk()
    disk.failures = {1: failure}
    with pytest.raises(JournalError, match="no game can be saved as"):
        Session.create(harbour(), seed=1, path=FAKE, disk=disk)


def test_a_ruling_changes_values_and_is_replayed(tmp_path: Path) -> None:
    live = new(tmp_path / "game.jsonl")
    slot = live.kernel.slots("anger")[0]
    live.record(Ruling("anger is 50", "to see what happens", {str(slot): 50}))
    play(live, Random(1), 2)
    live.close()

    assert verify(live.path).kind == "clean"
    with Session.open(live.path) as again:
        assert again.history == live.history


def test_journals_of_the_fake_disk_and_the_real_one_are_alike(tmp_path: Path) -> None:
    disk = FakeDisk()
    entries = [("header", {"a": 1}), ("turn", {"b": "é"})]
    Journal.create(FAKE, entries, disk=disk).close()
    Journal.create(tmp_path / "game.jsonl", entries).close()

    assert (tmp_path / "game.jsonl").read_bytes() == bytes(disk.nodes[FAKE].now)
