"""Several tables side by side: sums that hold in any order, and a tree in which every table stands once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest
from attrs import evolve
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.debrief.games import EVIL, PEOPLE, lively_game
from wargame.agents.driver import Table
from wargame.debrief.markdown import Names
from wargame.debrief.parting import Branch, parting
from wargame.debrief.tables import Sitting, Tables, TablesError, open_tables, outcomes, side_by_side
from wargame.debrief.tables_page import tables_page
from wargame.rules.orders import Order
from wargame.session.seat import Submission
from wargame.session.session import Session

SAVES = sorted((Path(__file__).parents[2] / "saves").glob("recorded-*.jsonl"))


def some_tables(folder: Path, seed: int, count: int, *, same_dice: bool) -> Tables:
    """Tables of which some play alike: there are fewer ways to play than tables."""
    random = Random(seed)
    paths = [folder / f"{number}.jsonl" for number in range(count)]
    for path in paths:
        way = random.randint(0, 2)
        lively_game(
            path, seed + way, random.choice((2, 9)), dice=seed if same_dice else random.randint(0, 99)
        )
    return open_tables(paths)


def leaves(branch: Branch) -> Iterator[Branch]:
    if not branch.branches:
        yield branch
    for each in branch.branches:
        yield from leaves(each)


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 10_000), count=st.integers(2, 5), same_dice=st.booleans())
def test_tables_add_up_and_every_table_stands_in_the_tree_once(
    tmp_path_factory: pytest.TempPathFactory, seed: int, count: int, same_dice: bool
) -> None:
    tables = some_tables(tmp_path_factory.mktemp("g"), seed, count, same_dice=same_dice)
    found, root = outcomes(tables), parting(tables)

    assert found.count == len(tables.counted) and sum(found.endings.values()) == len(tables.over)
    for role, spread in found.scores.items():
        scores = [one.record.kernel.total(one.record.last, role) for one in tables.counted]
        assert (spread.lowest, spread.highest) == (min(scores), max(scores)) and spread.median in scores
    assert all(sum(counts.values()) == found.count for counts in found.words.values())
    ends = [each.number for leaf in leaves(root) for each in leaf.tables]
    assert sorted(ends) == [each.number for each in tables.sittings]
    check_tree(root, same_dice)

    page, bare = ("\n".join(tables_page(tables, names)) for names in (Names(), Names(anonymous=True)))
    assert "<script>" not in page and "\x1b" not in page and "script" not in bare
    # The head of the list is a row as well.
    assert page.count("\n| table ") == count + 1 and page.count("-> ") == len(list(leaves(root)))


def check_tree(branch: Branch, same_dice: bool) -> None:
    """Branches divide their tables, and those that went together did the same until then."""
    parts = [each.number for part in branch.branches for each in part.tables]
    assert not parts or sorted(parts) == sorted(each.number for each in branch.tables)
    first = branch.tables[0].record
    for other in branch.tables[1:]:
        for mine, theirs in zip(first.turns, other.record.turns, strict=False):
            if mine.turn <= branch.until and same_dice:
                assert mine.after.values == theirs.after.values
    for part in branch.branches:
        assert part.since > branch.until
        assert part.by
        check_tree(part, same_dice)


@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 10_000))
def test_another_order_of_the_saves_gives_the_same_spread(
    tmp_path_factory: pytest.TempPathFactory, seed: int
) -> None:
    tables = some_tables(tmp_path_factory.mktemp("g"), seed, 4, same_dice=False)
    mixed = list(tables.sittings)
    Random(seed).shuffle(mixed)
    other = side_by_side(mixed)

    assert outcomes(tables) == outcomes(other)
    groups = [
        {frozenset(each.number for each in leaf.tables) for leaf in leaves(parting(one))}
        for one in (tables, other)
    ]
    assert groups[0] == groups[1]


def play(path: Path, mayor: list[list[Order]]) -> None:
    """A game in which only the mayor orders, always with the same dice."""
    with Session.create("tutorial", seed=3, seats=PEOPLE, path=path) as session:
        for orders in mayor:
            session.seat("mayor").submit([Submission(order, EVIL) for order in orders])
            session.seat("union").submit([])
            session.control().adjudicate()


def test_the_first_order_that_differed_is_named(tmp_path: Path) -> None:
    speak, lorries = [Order("speak")], [Order("lorries")]
    play(tmp_path / "a.jsonl", [[], speak])
    play(tmp_path / "b.jsonl", [[], lorries])
    play(tmp_path / "c.jsonl", [[], speak])
    tables = open_tables(
        [tmp_path / f"{name}.jsonl" for name in "abc"], ["Rosa's <b>", "Blue | red", "\x1b[2J3"]
    )
    root = parting(tables)
    page = "\n".join(tables_page(tables, Names()))

    assert root.until == 1 and [len(part.tables) for part in root.branches] == [2, 1]
    titles = [tables.sittings[0].record.kernel.scenario.orders[id].title for id in ("speak", "lorries")]
    assert [part.by[0].words for part in root.branches] == [(f"'{title}'",) for title in titles]
    assert root.branches[0].since == 2 and root.branches[0].by[0].role == "mayor"
    assert (
        "did the same until the end of turn 1" in page and "**Turn 2, tables 1 and 3**: The mayor '" in page
    )
    assert "<b>" not in page and "\x1b" not in page and "Blue \\| red" in page
    assert "Rosa" not in "\n".join(tables_page(tables, Names(anonymous=True)))


def test_with_other_dice_the_first_that_fell_differently_is_told_as_luck(tmp_path: Path) -> None:
    seats = {"mayor": "doctrine:patient", "union": "doctrine:steady"}
    for seed in range(12):
        with Session.create("tutorial", seed=seed, seats=seats, path=tmp_path / f"{seed}.jsonl") as session:
            Table.of(session).play_to_the_end()
    page = "\n".join(tables_page(open_tables(sorted(tmp_path.glob("*.jsonl"))), Names()))

    assert "began with different dice" in page and "*Luck:* the first dice that fell differently" in page


def test_the_two_shipped_games_part_in_their_first_turn() -> None:
    tables = open_tables(SAVES)
    found, root = outcomes(tables), parting(tables)

    assert dict(found.endings) == {"bargain": 1, "crackdown": 1}
    assert root.until == 0 and all(part.since == 1 for part in root.branches)
    page = "\n".join(tables_page(tables, Names()))
    assert "| table 2 (recorded-historical-line) | Order, and what it cost |" in page
    assert "1 of 2 ended with *A bargain*" in page and "| never |" in page


def test_what_cannot_be_compared_is_refused_in_one_line(tmp_path: Path) -> None:
    paths = [tmp_path / f"{number}.jsonl" for number in range(3)]
    for number, path in enumerate(paths[:2]):
        lively_game(path, number, 1)
    with Session.create("kazakhstan-2022", seed=1, length="lesson", seats={}, path=paths[2]):
        pass
    full = SAVES[0]
    for given_paths, why in (
        ([paths[0]], "give two or more"),
        ([paths[0], paths[0]], "are the same saved game"),
        ([paths[0], full], "of other scenarios"),
        ([full, paths[2]], "of other lengths"),
        ([paths[0]] * 41, "too many"),
        ([paths[0], tmp_path / "none.jsonl"], "fewer than two"),
    ):
        with pytest.raises(TablesError, match=why) as raised:
            open_tables(given_paths)
        assert "\n" not in str(raised.value)
    with pytest.raises(TablesError, match="one for each"):
        open_tables(paths[:2], ["only one"])


def test_another_edition_is_refused(tmp_path: Path) -> None:
    for number in (0, 1):
        lively_game(tmp_path / f"{number}.jsonl", number, 1)
    one, other = open_tables([tmp_path / "0.jsonl", tmp_path / "1.jsonl"]).sittings
    other.record.course.header = evolve(other.record.course.header, digest="f" * 64)
    with pytest.raises(TablesError, match="other editions"):
        side_by_side([one, Sitting(2, "b", other.record)])


def test_damaged_saves_are_named_with_what_is_good_of_them(tmp_path: Path) -> None:
    rows = SAVES[0].read_bytes().splitlines(keepends=True)
    (tmp_path / "broken.jsonl").write_bytes(b"".join(rows[:60]) + b"{broken}\n" + b"".join(rows[60:]))
    (tmp_path / "junk.jsonl").write_text("junk", encoding="utf-8")
    tables = open_tables([SAVES[1], tmp_path / "broken.jsonl", tmp_path / "junk.jsonl"])
    page = "\n".join(tables_page(tables, Names()))

    until = tables.damaged[0].good_until
    assert 0 < until < 12
    assert f"Table 2 (broken): its save is damaged; good until the end of turn {until}" in page
    assert "The save junk is left out" in page and str(tmp_path) not in page
    assert outcomes(tables).count == 1
