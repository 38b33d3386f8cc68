"""Two runs side by side: paired by their dice, and only if they fit."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wargame.cli.app import run as command
from wargame.errors import WargameError
from wargame.lab.compare import as_data, as_table, as_text, compare, compare_folders
from wargame.lab.match import play
from wargame.lab.run import run
from wargame.session.kernels import kernel_for, load

TOWN = kernel_for(load("tutorial"))
ROLES = tuple(TOWN.scenario.roles)


@settings(max_examples=5)
@given(
    starts=st.tuples(st.integers(0, 6), st.integers(0, 6)),
    counts=st.tuples(st.integers(9, 15), st.integers(9, 15)),
)
def test_a_difference_is_that_of_the_common_games(starts: tuple[int, int], counts: tuple[int, int]) -> None:
    one, two = (
        run(TOWN, {"mayor": name}, games=count, seed=start)
        for name, start, count in zip(("patient", "random"), starts, counts, strict=True)
    )
    found = compare(one, two)
    seeds = set(range(starts[0], starts[0] + counts[0])) & set(range(starts[1], starts[1] + counts[1]))
    pairs = [
        (play(TOWN, {"mayor": "patient"}, seed=seed), play(TOWN, {"mayor": "random"}, seed=seed))
        for seed in sorted(seeds)
    ]

    assert found.games == len(seeds)
    assert found.left_out == sum(counts) - 2 * len(seeds)
    for each in found.differences:
        if each.about == "score":
            changes = [b.scores[each.id] - a.scores[each.id] for a, b in pairs]
            assert each.change.value == sum(changes) / len(pairs)
        if each.about == "ending":
            assert each.first == sum(a.ending == each.id for a, _ in pairs) / len(pairs)
            assert each.second == sum(b.ending == each.id for _, b in pairs) / len(pairs)
    assert [each.id for each in found.differences if each.about == "score"] == list(ROLES)


def test_a_run_beside_itself_differs_in_nothing(tmp_path: Path) -> None:
    run(TOWN, games=12, folder=tmp_path)
    found = compare_folders(tmp_path, tmp_path)

    assert found.apart == ()
    assert found.otherwise.value == 0
    assert all(each.change.value == 0 and not each.is_sure for each in found.differences)
    assert "nothing sets them apart" in as_text(found)


def test_turning_the_runs_round_turns_the_signs_round() -> None:
    one, two = (run(TOWN, {"mayor": name}, games=30) for name in ("patient", "random"))
    there, back = compare(one, two), compare(two, one)

    assert [each.change.value for each in there.differences] == [
        -each.change.value for each in back.differences
    ]
    assert any(each.is_sure for each in there.differences)
    assert there.apart == ("mayor is played by patient in the first, by random in the second",)


def test_folders_give_what_memory_gives(tmp_path: Path) -> None:
    runs = [run(TOWN, {"mayor": name}, games=12, folder=tmp_path / name) for name in ("patient", "firm")]
    from_disk = compare_folders(tmp_path / "patient", tmp_path / "firm")

    assert [(each.id, each.change) for each in from_disk.differences] == [
        (each.id, each.change) for each in compare(runs[0], runs[1]).differences
    ]
    json.dumps(as_data(from_disk), allow_nan=False)
    table = as_table(from_disk)
    assert len(table) == len(from_disk.differences)
    assert all(len(row) == len(table.columns) for row in table.rows)


@pytest.mark.parametrize("what", ["scenario", "length", "seeds", "missing", "unfinished"])
def test_folders_that_do_not_fit_are_refused_in_a_line(tmp_path: Path, what: str) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    big = kernel_for(load("kazakhstan-2022"))
    run(big, games=2, folder=one)
    match what:
        case "scenario":
            run(TOWN, games=2, folder=two)
        case "length":
            run(big, games=2, folder=two, length=next(iter(set(big.plan.calendars) - {"full"})))
        case "seeds":
            run(big, games=2, seed=2, folder=two)
        case "unfinished":
            run(big, games=2, folder=two)
            next((two / "shards").iterdir()).unlink()
    words = {
        "scenario": "compare runs of one scenario",
        "length": "compare runs of one length",
        "seeds": "at least 2 common seeds",
        "missing": "holds no run",
        "unfinished": "missing or damaged",
    }

    with pytest.raises(WargameError, match=words[what]) as refusal:
        compare_folders(one, two)
    assert "\n" not in str(refusal.value)


def test_the_command_compares_two_settings(capsys: pytest.CaptureFixture[str]) -> None:
    assert command(["lab", "compare", "tutorial", "--with", "mayor=random", "--games", "20", "--json"]) == 0
    data = json.loads(capsys.readouterr().out)

    assert data["games"] == 20
    assert [each["id"] for each in data["differences"] if each["about"] == "score"] == list(ROLES)
    assert command(["lab", "compare", "tutorial"]) == 2
    assert "nothing differs" in capsys.readouterr().err
    assert command(["lab", "compare", "a", "b", "--with", "mayor=firm"]) == 2
    assert command(["lab", "compare", "nowhere", "never"]) == 1
    assert capsys.readouterr().err.count("\n") == 2
