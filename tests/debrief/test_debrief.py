"""Looking back on a game: numbers that add up, words that were given, and nothing that breaks a page."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.lab.native_games import some_orders
from wargame.agents.driver import Table
from wargame.cli.app import run
from wargame.debrief import luck as lab
from wargame.debrief import whatif
from wargame.debrief.calibration import calibration
from wargame.debrief.deeds import deeds
from wargame.debrief.find import DRAWN
from wargame.debrief.gaps import gaps
from wargame.debrief.luck import luck
from wargame.debrief.page import Names, as_markdown
from wargame.debrief.record import Record, open_record
from wargame.debrief.sheets import sheets
from wargame.debrief.turning import turning_points
from wargame.debrief.whole import look_back
from wargame.rules.orders import Order
from wargame.session.kernels import kernel_for, load
from wargame.session.seat import Submission
from wargame.session.session import Session

SAVES = sorted((Path(__file__).parents[2] / "saves").glob("recorded-*.jsonl"))
GAMES = 12
PEOPLE = dict.fromkeys(("mayor", "union"), "person")
HEADS = ("Turn by turn", "Luck against decision", "Turning points", "Who knew what", "Promises against deeds")


@pytest.fixture(scope="module", params=SAVES, ids=lambda path: path.stem)
def recorded(request: pytest.FixtureRequest) -> Record:
    return open_record(request.param)


def random_game(path: Path, seed: int, turns: int = 9) -> Path:
    """A tutorial game of people who order at random, and are sure of it."""
    random = Random(seed)
    with Session.create("tutorial", seed=seed, seats=PEOPLE, path=path) as session:
        for _ in range(turns):
            if session.is_over:
                break
            for role in session.scenario.roles:
                given = some_orders(session.kernel, session.position, role, random)
                session.seat(role).submit(
                    [Submission(each, "why", "", random.choice((None, 0, 80))) for each in given]
                )
            session.control().adjudicate()
    return path


def test_decisions_and_luck_add_up_to_the_score_exactly(recorded: Record) -> None:
    found = luck(recorded, GAMES)

    for role, account in found.accounts.items():
        sums = sum(sum(turn.sums) for turn in account.turns)
        assert account.first_sum + sums == account.score * GAMES
        assert account.score == recorded.kernel.total(recorded.last, role)
        assert account.adjusted.value + account.luck.value == pytest.approx(account.score)
        for turn in account.turns:
            assert turn.own.value + turn.others.value == pytest.approx(turn.decided.value)


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 10_000), turns=st.integers(0, 9))
def test_they_add_up_in_any_game_also_in_one_that_goes_on(
    tmp_path_factory: pytest.TempPathFactory, seed: int, turns: int
) -> None:
    record = open_record(random_game(tmp_path_factory.mktemp("g") / "g.jsonl", seed, turns))
    found = luck(record, 4)

    last = lab.continuations(record, 4)(record.last)
    for role, account in found.accounts.items():
        assert account.first_sum + sum(sum(turn.sums) for turn in account.turns) == sum(last[role])
        assert account.score == pytest.approx(sum(last[role]) / 4)
    page = as_markdown(look_back(record, 2, leans=0))
    told = "".join(page.split("## Turn by turn")[1:]).split("\n## ")[0]
    assert told.count("### Turn ") == len(record.turns)


def test_machine_code_and_the_reference_give_the_same_luck(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    record = open_record(random_game(tmp_path / "g.jsonl", 3))
    one = luck(record, 5)
    monkeypatch.setattr(lab, "is_there", lambda: False)

    assert luck(record, 5) == one


def test_what_doctrines_would_have_ordered_themselves_gave_them_nothing(tmp_path: Path) -> None:
    seats = {"mayor": "doctrine:patient", "union": "doctrine:steady"}
    with Session.create("tutorial", seed=5, seats=seats, path=tmp_path / "g.jsonl") as session:
        Table.of(session).play_to_the_end()
    found = luck(open_record(tmp_path / "g.jsonl"), 200)

    # Their dice differ from game to game: what is left is noise.
    assert all(abs(turn.own.value) < 12 for account in found.accounts.values() for turn in account.turns)


def test_every_word_given_is_told_with_what_became_of_it(recorded: Record) -> None:
    found = deeds(recorded)
    said = [each for each in recorded.course.said if type(each.act).__name__ in ("Offer", "Promise")]

    assert len(found) == len(said)
    assert {each.outcome for each in found} <= {
        "refused",
        "unanswered",
        "standing",
        "broken",
        "kept",
        "moot",
        "open",
    }
    assert all(each.settled is None or each.settled >= each.turn for each in found)


def test_what_is_seen_exactly_has_no_gap_and_estimates_have(recorded: Record) -> None:
    found = gaps(recorded)

    for gap in found:
        # An estimate may lean one way, which nobody is told: then the truth lies outside what was said.
        if gap.shown is None or (gap.low == gap.high and not gap.late):
            assert gap.wide == 0
    assert any(gap.wide for gap in found)


def test_confidence_is_held_against_what_happened(tmp_path: Path) -> None:
    kernel = kernel_for(load("tutorial"))
    path = tmp_path / "g.jsonl"
    with Session.create(
        "tutorial", seed=2, seats=dict.fromkeys(kernel.plan.roles, "person"), path=path
    ) as session:
        while not session.is_over:
            lorries = Order("lorries")
            can = kernel.allows(session.position, "mayor", [lorries])
            session.seat("mayor").submit([Submission(lorries, confidence=90)] if can else [])
            session.seat("union").submit([])
            session.control().adjudicate()
    (found,) = calibration(open_record(path))

    assert found.role == "mayor" and found.beliefs
    share = sum(each.passed for each in found.beliefs) / len(found.beliefs)
    assert found.bias == pytest.approx(90 - 100 * share)
    assert found.brier == pytest.approx(share * 0.01 + (1 - share) * 0.81)
    assert "too sure by" in as_markdown(look_back(open_record(path), 2, leans=0))


def test_the_page_tells_all_and_nothing_people_wrote_can_break_it(tmp_path: Path) -> None:
    path = tmp_path / "g.jsonl"
    evil = "<script>x</script> | [a](b) `c` # d *e* \x1b[2J"
    with Session.create(
        "tutorial", seed=2, seats=dict.fromkeys(("mayor", "union"), "person"), path=path
    ) as session:
        session.seat("mayor").say(evil)
        order = session.kernel.legal(session.position, "mayor")[0]
        session.seat("mayor").submit([Submission(order, evil)])
        session.seat("union").submit([])
        session.control().adjudicate()
    record = open_record(path)
    found = look_back(record, 2, leans=0)
    page, bare = as_markdown(found), as_markdown(found, Names(anonymous=True))

    assert "<script>" not in page and "\x1b" not in page and "\\<script\\>" in page
    assert "script\\>" not in bare and "<script" not in bare
    for head in (
        "Turn by turn",
        "Luck against decision",
        "Turning points",
        "Who knew what",
        "Promises against deeds",
    ):
        assert f"## {head}" in page


def test_tables_are_tidy(recorded: Record) -> None:
    tables = sheets(look_back(recorded, 2, leans=0), Names())

    assert [table.name for table in tables] == [
        "turns",
        "orders",
        "press",
        "facts",
        "outcomes",
        "luck",
        "knowledge",
        "deeds",
    ]
    assert all(len(row) == len(table.columns) for table in tables for row in table.rows)
    assert len(tables[5]) == len(recorded.turns) * len(recorded.kernel.plan.roles)
    assert len(tables[3]) == sum(len(played.facts) for played in recorded.turns)


def test_decisions_are_played_on_with_other_orders_than_were_given(recorded: Record) -> None:
    found = look_back(recorded, 10, leans=0)

    assert found.compared
    for each in found.compared:
        change = each.compared.change
        done = whatif.given(whatif.played(recorded, change.turn)).get(change.role, ())
        assert set(change.orders) != set(done)
        assert 0 < each.times <= DRAWN - each.same


def test_points_are_few_and_beyond_noise(recorded: Record) -> None:
    points = turning_points(recorded, luck(recorded, 60))

    assert len(points) <= 6
    assert all(abs(point.by.value) >= 1 and point.words for point in points)
    assert [point.turn for point in points] == sorted(point.turn for point in points)


def test_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    asked = ["debrief", str(SAVES[0]), "--games", "2"]
    assert run([*asked, "--md", str(tmp_path / "a.md"), "--csv", str(tmp_path / "t")]) == 0
    assert "luck.csv" in capsys.readouterr().out and (tmp_path / "a.md").read_text().startswith("# ")
    assert run(asked) == 0
    assert "## Turning points" in capsys.readouterr().out

    going_on = str(random_game(tmp_path / "g.jsonl", 1, 1))
    assert run(["debrief", going_on, "--games", "2"]) == 2
    assert "opens its secrets" in capsys.readouterr().err
    assert run(["debrief", going_on, "--games", "2", "--control"]) == 0
    assert run(["debrief", str(tmp_path / "none.jsonl")]) == 1


def test_of_a_damaged_save_what_is_good_is_told(tmp_path: Path) -> None:
    rows = SAVES[0].read_bytes().splitlines(keepends=True)
    broken = tmp_path / "b.jsonl"
    broken.write_bytes(b"".join(rows[:60]) + b"{broken}\n" + b"".join(rows[60:]))
    record = open_record(broken)

    assert 0 < len(record.turns) < 12
    assert "Of the save: damaged" in as_markdown(look_back(record, 2, leans=0))
