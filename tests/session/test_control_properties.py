"""Whatever control decides plays again to the same, and shows nobody what he may not know."""

from __future__ import annotations

import errno
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.rules.playing import SCENARIOS, kernel, played, twin
from tests.rules.test_twins import _is_secret
from tests.session.fakedisk import FakeDisk
from tests.session.playing import harbour, new, play
from tests.session.ruling import HIDDEN, noticed, on_the_wall, one_of_each, rule, seen_by, some_roles
from wargame.errors import NotSaved
from wargame.session.replay import verify
from wargame.session.scan import scan
from wargame.session.session import Session

SEEDS = st.integers(0, 2**32)
FAKE = Path("/saves/game.jsonl")


@settings(max_examples=40)
@given(seed=SEEDS, dice=SEEDS, turns=st.integers(0, 5))
def test_any_rulings_between_any_turns_play_again_to_the_same(
    tmp_path_factory: pytest.TempPathFactory, seed: int, dice: int, turns: int
) -> None:
    rng = Random(dice)
    live = new(tmp_path_factory.mktemp("game") / "game.jsonl", seed=seed)
    for _ in range(turns):
        rule(live, rng)
        play(live, rng, 1)
    rule(live, rng)
    live.close()

    assert verify(live.path).kind == "clean"
    with Session.open(live.path) as again:
        assert noticed(again) == noticed(live)
        digests = [position.digest() for position, _ in again.history]
        assert digests == [position.digest() for position, _ in live.history]
        assert again.position.digest() == live.position.digest()


@settings(max_examples=30)
@given(seed=SEEDS, turns=st.integers(0, 3))
def test_who_is_not_addressed_sees_the_same_bytes(
    tmp_path_factory: pytest.TempPathFactory, seed: int, turns: int
) -> None:
    folder, rng = tmp_path_factory.mktemp("game"), Random(seed)
    live = play(new(folder / "game.jsonl", seed=seed), Random(seed), turns)
    if live.is_over:
        return
    seen = {role: seen_by(live, role) for role in live.seats}
    wall, control = on_the_wall(live), live.control()
    to = some_roles(live, rng)
    match rng.randrange(4):
        case 0:
            control.inject("The fleet sails.", to, claim=rng.random() < 0.5, reason="why")
        case 1:
            control.argue(to[0], "digs a tunnel", ["dark"], to=to, success={"anger": 5}, reason="why")
        case 2:
            to = []
            control.set(rng.choice(HIDDEN), rng.randint(0, 100), reason="why")
        case _:
            to = ["mayor"]
            control.set("mood", "tense", reason="why")

    assert {role: seen_by(live, role) for role in seen if role not in to} == {
        role: text for role, text in seen.items() if role not in to
    }
    assert (on_the_wall(live) == wall) == (len(to) < 3)


@pytest.mark.parametrize("name", SCENARIOS)
@settings(max_examples=10)
@given(seed=SEEDS, turns=st.integers(0, 8))
def test_the_wall_shows_only_what_every_role_sees(name: str, seed: int, turns: int) -> None:
    rules, rng = kernel(name), Random(seed)
    position, facts = played(rules, rng, turns)
    wall = rules.common_view(position, facts)
    for role in rules.plan.roles:
        view = rules.view(position, role, facts)
        own = {(each.id, each.place): each for each in view.readings}
        for each in wall.readings:
            seen = own[each.id, each.place]
            assert each.delay >= seen.delay
            assert each.delay > seen.delay or each.value == seen.value
            assert seen.low == seen.high
        assert set(wall.deals) <= set(view.deals)
        assert set(wall.pledges) <= set(view.pledges)
        assert {told.text for told in wall.news} <= {told.text for told in view.news}
        assert (wall.acts, wall.agenda) == ((), None)


@pytest.mark.parametrize("name", SCENARIOS)
@settings(max_examples=10)
@given(seed=SEEDS, turns=st.integers(0, 8))
def test_the_wall_tells_no_role_what_it_may_not_know(name: str, seed: int, turns: int) -> None:
    rules, rng = kernel(name), Random(seed)
    position, facts = played(rules, rng, turns)
    wall = repr(rules.common_view(position, facts))
    for role in rules.plan.roles:
        other = twin(rules, position, role, rng)
        thinned = [fact for fact in facts if not _is_secret(rules, fact, role) or rng.random() < 0.5]

        assert repr(rules.common_view(other, facts)) == wall
        assert repr(rules.common_view(position, thinned)) == wall


# --- The disk


KINDS = sorted(one_of_each(Session.create(harbour(), seed=1, path=FAKE, disk=FakeDisk()), Random(1)))


@pytest.mark.parametrize("kind", KINDS)
def test_no_decision_counts_before_it_is_on_the_disk(kind: str) -> None:
    disk = FakeDisk()
    live = play(Session.create(harbour(), seed=6, path=FAKE, disk=disk), Random(6), 1)
    before, head = noticed(live), live.control().head
    operation = 0
    while live.control().head == head:
        # Each try fails one operation later than the one before, until none is left to fail.
        operation += 1
        disk.failures = {disk.operations + operation: errno.ENOSPC if operation % 2 else errno.EIO}
        disk.watch = lambda: check(live, before)
        try:
            one_of_each(live, Random(6))[kind]()
        except NotSaved:
            assert noticed(live) == before
    disk.failures, disk.watch = {}, lambda: None
    live.close()

    assert operation > 2
    assert noticed(live) != before
    assert scan(bytes(disk.nodes[FAKE].now)).verdict.kind == "clean"
    with Session.open(FAKE, disk=disk) as again:
        assert noticed(again) == noticed(live)


def check(live: Session, before: dict[str, object]) -> None:
    assert noticed(live) == before


@pytest.mark.parametrize("kind", KINDS)
def test_a_decision_is_there_or_not_there_when_the_power_fails(kind: str) -> None:
    disk = FakeDisk()
    live = play(Session.create(harbour(), seed=6, path=FAKE, disk=disk), Random(6), 1)
    rng = Random(7)
    images: list[bytes] = []
    disk.watch = lambda: images.extend(disk.image(rng)[FAKE] for _ in range(3))
    before = noticed(live)
    one_of_each(live, Random(6))[kind]()
    disk.watch = lambda: None
    after = noticed(live)
    told = disk.image(rng)[FAKE]
    found = []
    for image in images:
        with Session.open(FAKE, disk=FakeDisk.holding({FAKE: image})) as again:
            found.append(noticed(again))

    assert all(each in (before, after) for each in found)
    assert (found[0], found[-1]) == (before, after)
    with Session.open(FAKE, disk=FakeDisk.holding({FAKE: told})) as again:
        assert noticed(again) == after
