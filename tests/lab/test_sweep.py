"""Sweeps over the assumptions of a scenario."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree

import pytest

pytest.importorskip("SALib", reason="SALib is not installed")

from wargame.cli.app import run
from wargame.errors import WargameError
from wargame.lab import sweep as lab
from wargame.lab import sweep_text
from wargame.lab.factors import factors
from wargame.lab.sweep import Sweep, sweep
from wargame.scenario.library import load_bundle
from wargame.session.kernels import kernel_for, load

SCENARIO = """
format = 1
title = "Scales"
about = "Two constants that count and one that does not."
languages = ["en"]
phases = [{id = "world", title = "World"}]
turns = [{title = "One", dates = "day 1"}]
[lengths]
full = "all"
[roles.one]
title = "One"
short = "One"
about = "Waits."
orders = 1
[objectives.one.all]
title = "Much"
weight = 1
value = "level"
[doctrines.one.idle]
title = "Idle"
about = "Nothing."
[[doctrines.one.idle.lines]]
order = "wait"
weight = 1
because = "there is nothing else"
[orders.wait]
title = "Wait"
about = "Nothing."
role = "one"
phase = "world"
effects = "level += 0"
[variables.level]
title = "Level"
about = "What counts."
range = [0, 100]
start = 10
seen = "all"
[constants.heavy]
value = 5
range = [0, 40]
about = "Counts once."
source = "none"
[constants.light]
value = 5
range = [0, 10]
about = "Counts once, but moves little."
source = "none"
[constants.idle]
value = 5
range = [0, 50]
about = "Nothing reads it but a rule that does nothing."
source = "none"
[procedures.add]
title = "Add"
about = "Adds them up."
phase = "world"
rules = "level += heavy + light + idle * 0"
[endings.end]
title = "End"
about = "It ends."
"""


@pytest.fixture(scope="module")
def screened() -> Sweep:
    kernel = kernel_for(load_bundle({"scenario.toml": SCENARIO}))
    return sweep(kernel, factors(kernel), samples=4, games=2)


def test_morris_finds_exactly_what_a_sum_is_made_of(screened: Sweep) -> None:
    found = {id: each.main for id, each in screened.influence["score.one"].items()}

    assert found == pytest.approx({"heavy": 40, "light": 10, "idle": 0}, rel=0.15, abs=1e-9)
    assert [factor.id for factor, _ in screened.ranked()] == ["heavy", "light", "idle"]
    assert screened.samples == 16 and screened.outcomes == ("score.one", "ending.end")
    assert all(each.main == 0 for each in screened.influence["ending.end"].values())


def test_sobol_shares_out_the_variance() -> None:
    kernel = kernel_for(load_bundle({"scenario.toml": SCENARIO}))
    found = sweep(kernel, factors(kernel), method="sobol", samples=64, games=1)

    total = {id: each.main for id, each in found.influence["score.one"].items()}
    # Of a sum each part has the share of its own variance: 40 squared to 10 squared.
    assert total == pytest.approx({"heavy": 16 / 17, "light": 1 / 17, "idle": 0}, abs=0.08)
    assert "Share of the variance" in sweep_text.as_text(found)


def test_machine_code_and_the_reference_sweep_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    kernel = kernel_for(load("tutorial"))
    chosen = factors(kernel, ["*"], starts=True)[:4]
    one = sweep(kernel, chosen, samples=2, games=3, length="short")
    monkeypatch.setattr(lab, "_native", lambda *_: None)
    two = sweep(kernel, chosen, samples=2, games=3, length="short")

    assert one == two


def test_the_number_of_cores_changes_nothing(screened: Sweep) -> None:
    kernel = kernel_for(load_bundle({"scenario.toml": SCENARIO}))

    assert sweep(kernel, factors(kernel), samples=4, games=2, jobs=2) == screened


def test_it_is_told_as_lines_data_table_and_picture(screened: Sweep) -> None:
    text = sweep_text.as_text(screened)
    assert text.index("heavy") < text.index("light") and "1 decide next to nothing: idle" in text
    assert json.loads(json.dumps(sweep_text.as_data(screened)))["factors"][0]["id"] == "heavy"
    table = sweep_text.as_table(screened)
    assert len(table) == 6 and all(len(row) == len(table.columns) for row in table.rows)
    assert ElementTree.fromstring(sweep_text.as_svg(screened)).tag.endswith("svg")


def test_what_may_be_varied() -> None:
    kernel = kernel_for(load_bundle({"scenario.toml": SCENARIO}))

    assert [each.id for each in factors(kernel, starts=True)] == ["heavy", "light", "idle", "level"]
    (level,) = factors(kernel, ["lev*"])
    assert (level.low, level.high, level.usual) == (0, 30, 10)
    with pytest.raises(WargameError, match="called 'x'"):
        factors(kernel, ["x"])
    with pytest.raises(WargameError, match="its range is 0 to 40"):
        kernel.start(1, changed={"heavy": 41})
    assert kernel.start(1, changed={"heavy": 9})[0].values[kernel.slots("heavy").start] == 9


def test_the_command_writes_table_and_picture(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "a.scenario"
    folder.mkdir()
    (folder / "scenario.toml").write_text(SCENARIO)
    asked = ["lab", "sweep", str(folder), "--games", "1", "--jobs", "1", "-o", str(tmp_path / "out")]

    assert run([*asked, "--samples", "2"]) == 0
    assert "3 assumptions varied, 8 settings" in capsys.readouterr().out
    assert (tmp_path / "out" / "sweep.csv").read_text().splitlines()[1].startswith("heavy,0,40,5,score.one,")
    assert "<svg" in (tmp_path / "out" / "sweep.svg").read_text()
    assert run([*asked, "--method", "sobol", "--samples", "10"]) == 2
    assert "no power of 2" in capsys.readouterr().err
