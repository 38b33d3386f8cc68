"""Runs of the laboratory: the same bytes however they came about, and nothing lost."""

from __future__ import annotations

import csv
import json
import math
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wargame.errors import ScenarioError, WargameError
from wargame.lab import export, folder, shards, summary
from wargame.lab.farm import harvest
from wargame.lab.intervals import mean_of, share_of
from wargame.lab.lineup import ANY, players_of, pool
from wargame.lab.match import play
from wargame.lab.recording import TABLES
from wargame.lab.run import Run, Stopped, open_run, run
from wargame.session.kernels import kernel_for, load

ROOT = Path(__file__).parent.parent.parent
TOWN = kernel_for(load("tutorial"))
KAZAKHSTAN = kernel_for(load("kazakhstan-2022"))
ALL_ANY = dict.fromkeys(TOWN.scenario.roles, ANY)


@pytest.fixture(autouse=True, scope="module")
def small_shards() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(folder, "SHARD", 5)
        yield


def exported(found: Run) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in found.export()}


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


# --- The same bytes


@pytest.fixture(scope="module")
def at_once(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """23 games played one after the other."""
    return run(TOWN, ALL_ANY, games=23, seed=4, folder=tmp_path_factory.mktemp("whole"))


@pytest.fixture(scope="module")
def whole(at_once: Run) -> dict[str, bytes]:
    """Their tables."""
    return exported(at_once)


def parts_of(found: Run) -> dict[str, bytes]:
    """The shards of a run, of which the tables are made."""
    assert found.folder is not None
    return {path.name: path.read_bytes() for path in (found.folder / "shards").iterdir()}


def test_the_number_of_jobs_changes_no_byte(tmp_path: Path, whole: dict[str, bytes]) -> None:
    assert exported(run(TOWN, ALL_ANY, games=23, seed=4, folder=tmp_path, jobs=2)) == whole


def test_any_executor_will_do(tmp_path: Path, whole: dict[str, bytes]) -> None:
    with ThreadPoolExecutor(1) as threads:
        found = run(TOWN, ALL_ANY, games=23, seed=4, folder=tmp_path, jobs=3, executor=threads)

    assert exported(found) == whole


@settings(max_examples=4)
@given(stops=st.lists(st.integers(0, 4), max_size=3), jobs=st.sampled_from([1, 3]))
def test_an_interruption_changes_no_byte(
    tmp_path_factory: pytest.TempPathFactory, at_once: Run, stops: list[int], jobs: int
) -> None:
    place = tmp_path_factory.mktemp("stopped")
    with ThreadPoolExecutor(1) as threads:
        executor = threads if jobs > 1 else None
        for count in stops:
            try:
                run(
                    TOWN,
                    ALL_ANY,
                    games=23,
                    seed=4,
                    folder=place,
                    progress=interrupting(count),
                    jobs=jobs,
                    executor=executor,
                )
            except Stopped as stopped:
                assert 0 <= stopped.done <= stopped.games == 23
        found = run(TOWN, ALL_ANY, games=23, seed=4, folder=place)

    assert parts_of(found) == parts_of(at_once)


def interrupting(after: int) -> Callable[[int], None]:
    """A listener at whose telling number *after* Ctrl+C is pressed."""
    told: list[int] = []

    def tell(games: int) -> None:
        told.append(games)
        if len(told) > after:
            raise KeyboardInterrupt

    return tell


def test_a_run_goes_on_to_more_games(tmp_path: Path, whole: dict[str, bytes]) -> None:
    run(TOWN, ALL_ANY, games=12, seed=4, folder=tmp_path)

    assert exported(run(TOWN, ALL_ANY, games=23, seed=4, folder=tmp_path)) == whole


def test_what_is_done_is_not_played_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run(TOWN, games=11, folder=tmp_path)
    monkeypatch.setattr("wargame.lab.run._play", lambda task: pytest.fail("played again"))

    assert run(TOWN, games=11, folder=tmp_path).replayed == 0


@settings(max_examples=15)
@given(data=st.data())
def test_a_damaged_shard_is_found_and_played_anew(
    tmp_path_factory: pytest.TempPathFactory, at_once: Run, data: st.DataObject
) -> None:
    place = tmp_path_factory.mktemp("damaged")
    shutil.copytree(at_once.folder or place, place, dirs_exist_ok=True)
    victim = data.draw(st.sampled_from(sorted((place / "shards").iterdir())))
    content = bytearray(victim.read_bytes())
    at = data.draw(st.integers(0, len(content) - 1))
    if data.draw(st.booleans()):
        content[at] ^= 1 << data.draw(st.integers(0, 7))
    else:
        del content[at:]
    victim.write_bytes(content)

    found = run(TOWN, ALL_ANY, games=23, seed=4, folder=place)

    assert found.replayed in (5, 3)
    assert parts_of(found) == parts_of(at_once)


def test_a_shard_of_another_run_is_not_taken(tmp_path: Path) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    run(TOWN, {"mayor": "patient"}, games=5, folder=one)
    run(TOWN, {"mayor": "firm"}, games=5, folder=other)
    name = next((one / "shards").iterdir()).name
    (one / "shards" / name).write_bytes((other / "shards" / name).read_bytes())

    assert run(TOWN, {"mayor": "patient"}, games=5, folder=one).replayed == 5


# --- What stands in the tables


def test_the_tables_tell_the_games_that_were_played(tmp_path: Path) -> None:
    found = run(KAZAKHSTAN, {"kremlin": "random"}, games=6, seed=40, folder=tmp_path)
    found.export()
    alone = [play(KAZAKHSTAN, {"kremlin": "random"}, seed=seed) for seed in range(40, 46)]
    games, turns = rows_of(tmp_path / "games.csv"), rows_of(tmp_path / "turns.csv")
    outcomes = rows_of(tmp_path / "outcomes.csv")

    assert [(int(row["seed"]), row["ending"], int(row["turns"])) for row in games] == [
        (each.seed, each.ending, each.turns) for each in alone
    ]
    assert [int(row["value"]) for row in outcomes if row["kind"] == "score"] == [
        score for each in alone for score in each.scores.values()
    ]
    last = {int(row["seed"]): row for row in turns}
    for each in alone:
        row = last[each.seed]
        assert int(row["legitimacy"]) == KAZAKHSTAN.reading(each.position, "legitimacy")
        assert int(row["step"]) == each.turns


def test_every_cell_stands_in_a_described_column_and_in_its_range(tmp_path: Path) -> None:
    found = run(KAZAKHSTAN, dict.fromkeys(KAZAKHSTAN.scenario.roles, ANY), games=6, folder=tmp_path)
    found.export()
    described = json.loads((tmp_path / "columns.json").read_text(encoding="utf-8"))
    for name, table in found.tables().items():
        columns = described[name]
        assert [column["name"] for column in columns] == [column.name for column in table.columns]
        assert all(column["about"] and (column["unit"] or column["kind"] == "words") for column in columns)
        assert len({column["name"] for column in columns}) == len(columns)
        for row in table.as_dicts():
            for column in table.columns:
                assert isinstance(row[column.name], int if column.kind == "number" else str)
    for row in found.table("turns").as_dicts():
        for id, variable in KAZAKHSTAN.scenario.variables.items():
            if not variable.per_place and not variable.options:
                lo, hi = variable.range
                assert lo <= int(row[id]) <= hi


def test_the_page_of_the_laboratory_describes_every_fixed_column() -> None:
    from wargame.lab.recording import FIXED

    page = (ROOT / "docs" / "laboratory.md").read_text(encoding="utf-8")
    missing = [
        f"{name}.{column.name}"
        for name, columns in FIXED.items()
        for column in columns
        if f"| {name} | `{column.name}` |" not in page
    ]

    assert missing == []


def test_parquet_holds_what_csv_holds(tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    found = run(TOWN, ALL_ANY, games=12, folder=tmp_path)
    found.export()

    for name in TABLES:
        table = parquet.read_table(tmp_path / f"{name}.parquet")
        assert [{key: str(cell) for key, cell in row.items()} for row in table.to_pylist()] == rows_of(
            tmp_path / f"{name}.csv"
        )
        assert table.to_pydict() == found.table(name).as_columns()
        assert all(each.metadata[b"about"] for each in table.schema)


def test_without_the_extra_there_is_csv_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from wargame.cli.app import run as command

    monkeypatch.setitem(sys.modules, "pyarrow.parquet", None)

    assert command(["lab", "run", "tutorial", "--games", "3", "-o", str(tmp_path / "csv")]) == 0
    assert export.NO_PARQUET in capsys.readouterr().out
    assert sorted(path.suffix for path in (tmp_path / "csv").glob("*.*")) == [".csv"] * 4 + [".json"] * 2


def test_a_run_without_a_folder_gives_the_same_tables(tmp_path: Path) -> None:
    kept = run(TOWN, ALL_ANY, games=7, folder=tmp_path)
    found = run(TOWN, ALL_ANY, games=7)

    assert found.tables() == kept.tables() == open_run(tmp_path, TOWN).tables()
    with pytest.raises(WargameError, match="without a folder"):
        found.export()


@given(seed=st.integers(0, 2**53 - 1))
def test_a_drawn_player_is_one_of_the_roles_and_the_same_again(seed: int) -> None:
    named = dict.fromkeys(KAZAKHSTAN.scenario.roles, ANY) | {"west": "random"}
    drawn = players_of(KAZAKHSTAN, named, seed)

    assert drawn == players_of(KAZAKHSTAN, named, seed)
    assert drawn.pop("west") == "random"
    assert all(name in pool(KAZAKHSTAN, role) for role, name in drawn.items())


def test_every_player_is_drawn_sooner_or_later() -> None:
    named = dict.fromkeys(KAZAKHSTAN.scenario.roles, ANY)
    drawn = [players_of(KAZAKHSTAN, named, seed) for seed in range(200)]

    assert all({each[role] for each in drawn} == set(pool(KAZAKHSTAN, role)) for role in named)


# --- What is refused


def test_a_folder_of_another_run_is_refused_in_a_line(tmp_path: Path) -> None:
    run(TOWN, games=10, folder=tmp_path)
    wrong: list[tuple[Callable[[], Run], str]] = [
        (lambda: run(TOWN, games=10, seed=2, folder=tmp_path), "from seed 1, not 2"),
        (
            lambda: run(TOWN, {"mayor": "firm"}, games=10, folder=tmp_path),
            "mayor played by patient, not firm",
        ),
        (lambda: run(TOWN, games=10, values="headline", folder=tmp_path), "with all values, not headline"),
        (lambda: run(KAZAKHSTAN, games=10, folder=tmp_path), "of tutorial, not kazakhstan-2022"),
        (lambda: run(TOWN, games=9, folder=tmp_path), "holds 10 games already"),
    ]
    for play_again, words in wrong:
        with pytest.raises(WargameError, match=words) as refusal:
            play_again()
        assert "\n" not in str(refusal.value)


def test_a_folder_that_is_no_runs_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(WargameError, match="is not empty and holds no run"):
        run(TOWN, games=3, folder=tmp_path)
    with pytest.raises(WargameError, match="is a file"):
        run(TOWN, games=3, folder=tmp_path / "thesis.txt")

    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"format": 1}', '{"format": 2}', "[" * 100_000, "\ud800"])
def test_a_spoiled_run_file_is_told_in_a_line(tmp_path: Path, text: str) -> None:
    run(TOWN, games=3, folder=tmp_path)
    (tmp_path / "run.json").write_bytes(text.encode("utf-8", "surrogatepass"))

    with pytest.raises(WargameError, match=r"damaged|another version") as refusal:
        run(TOWN, games=3, folder=tmp_path)
    assert "\n" not in str(refusal.value)


@pytest.mark.parametrize(
    "arguments",
    [{"games": 0}, {"games": 1_000_001}, {"games": 1, "seed": -1}, {"games": 2, "seed": 2**53 - 1},
     {"games": 1, "length": "x"}],
)  # fmt: skip
def test_figures_out_of_range_are_refused(arguments: dict[str, int]) -> None:
    with pytest.raises(WargameError):
        run(TOWN, **arguments)  # type: ignore[arg-type]


@pytest.mark.parametrize("seats", [{"mayor": "person"}, {"mayor": "firmm"}, {"nobody": "random"}])
def test_seats_that_nobody_can_take_are_refused(seats: dict[str, str]) -> None:
    with pytest.raises(ScenarioError):
        run(TOWN, seats, games=1)


def test_a_lost_part_is_told_when_the_tables_are_asked_for(tmp_path: Path) -> None:
    found = run(TOWN, games=10, folder=tmp_path)
    next((tmp_path / "shards").iterdir()).unlink()

    with pytest.raises(WargameError, match="missing or damaged"):
        found.table("games")


def test_a_full_disk_leaves_no_half_shard(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    run(TOWN, games=5, folder=tmp_path)
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        shards.write(tmp_path / "shards" / "next.gz", "0", b"data")

    assert len(list((tmp_path / "shards").iterdir())) == 1


# --- Ctrl+C, for real


def test_ctrl_c_keeps_what_is_done_and_says_how_to_go_on(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "wargame", "lab", "run", "tutorial", "--games", "100000", "--jobs", "2"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    place = tmp_path / "a run"
    with subprocess.Popen(
        [*command, "-o", str(place)],
        stderr=subprocess.PIPE,
        text=True,
        env=environment,
        start_new_session=True,
    ) as process:
        deadline = time.monotonic() + 30
        while not list(place.glob("shards/*.gz")) and time.monotonic() < deadline:
            time.sleep(0.05)
        os.killpg(process.pid, signal.SIGINT)
        _, said = process.communicate(timeout=30)

    assert process.returncode == 130
    assert said.count("\n") == 1
    assert "what was done is kept" in said
    assert f"wargame lab run tutorial --games 100000 --jobs 2 -o '{place}'" in said
    kept = list(place.glob("shards/*.gz"))
    assert kept
    assert f"stopped after {50 * len(kept)} of 100000 games" in said


def test_work_that_fails_is_told_and_stops_the_rest() -> None:
    def fail(task: int) -> int:
        raise WargameError("no")

    with ThreadPoolExecutor(1) as threads, pytest.raises(WargameError, match="no"):
        list(harvest(fail, range(50), jobs=2, executor=threads))


# --- Intervals


@given(values=st.lists(st.integers(0, 100), min_size=2, max_size=200))
def test_a_mean_lies_within_its_interval_whatever_the_order(values: list[int]) -> None:
    found = mean_of(values)

    assert found.low <= found.value <= found.high
    assert found == mean_of(sorted(values))
    assert math.isclose(found.value, sum(values) / len(values))
    assert (found.low == found.high) == (len(set(values)) == 1)


@pytest.mark.parametrize(
    ("count", "point"), [(2, 12.7062), (3, 4.3027), (4, 3.1824), (6, 2.5706), (11, 2.2281),
     (31, 2.0423), (1001, 1.9623)]
)  # fmt: skip
def test_the_interval_of_a_mean_is_students(count: int, point: float) -> None:
    """Against the printed tables of the t distribution."""
    values = [0] * (count - 1) + [count]
    found = mean_of(values)
    deviation = math.sqrt(sum((value - 1) ** 2 for value in values) / (count - 1))

    assert math.isclose((found.high - found.low) / 2, point * deviation / math.sqrt(count), rel_tol=2e-3)


@given(count=st.integers(1, 500), data=st.data())
def test_a_share_lies_within_its_interval_and_that_within_0_and_1(count: int, data: st.DataObject) -> None:
    hits = data.draw(st.integers(0, count))
    found, other = share_of(hits, count), share_of(count - hits, count)

    assert 0 <= found.low <= found.value <= found.high <= 1
    assert math.isclose(found.low, 1 - other.high, abs_tol=1e-9)


def test_the_interval_of_a_share_is_wilsons() -> None:
    found = share_of(10, 100)

    assert (round(found.low, 4), round(found.high, 4)) == (0.0552, 0.1744)
    assert mean_of([7]).low == -math.inf
    for wrong in (lambda: mean_of([]), lambda: share_of(2, 1), lambda: share_of(0, 0)):
        with pytest.raises(ValueError):
            wrong()


def test_a_summary_adds_up() -> None:
    found = summary.summarise(run(TOWN, ALL_ANY, games=12))

    assert sum(row.games for row in found.endings) == 12
    assert all(
        sum(row.mean.count for row in found.scores if row.role == role) == 12 for role in TOWN.scenario.roles
    )
    text = summary.as_text(found)
    assert all(row.title in text for row in found.endings)
    json.dumps(summary.as_data(summary.summarise(run(TOWN, games=1))), allow_nan=False)
