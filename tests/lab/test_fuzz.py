"""Random play finds no fault in what is shipped, and does find one where there is one."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

from wargame.agents.draws import Draws
from wargame.cli.app import run
from wargame.lab import fuzz as lab
from wargame.lab.fuzz import as_text, fuzz
from wargame.lab.oracles import ORACLES, disguised
from wargame.rules.facts import Fact
from wargame.rules.kernel import Kernel
from wargame.rules.orders import Order
from wargame.rules.position import Position
from wargame.scenario.library import shipped
from wargame.session.kernels import kernel_for, load
from wargame.session.session import Session

GAMES = 4 if os.environ.get("FAST") else 20


@pytest.mark.parametrize("scenario", shipped())
def test_random_play_of_what_is_shipped_finds_no_fault(scenario: str, tmp_path: Path) -> None:
    report = fuzz(kernel_for(load(scenario)), games=GAMES, seed=1, folder=tmp_path)

    assert report.faults == ()
    assert sum(report.endings.values()) == GAMES and report.turns >= GAMES
    assert list(tmp_path.iterdir()) == []


def test_the_number_of_cores_changes_nothing(tmp_path: Path) -> None:
    kernel = kernel_for(load("tutorial"))
    one, two = (fuzz(kernel, games=50, seed=3, jobs=jobs, folder=tmp_path) for jobs in (1, 2))

    assert one == two


class Odd(Kernel):
    """The tutorial's rules with a fault from the second turn on."""

    def __init__(self, fault: str) -> None:
        super().__init__(kernel_for(load("tutorial")).book)
        self._fault = fault

    def adjudicate(self, position: Position, orders: Any, traced: bool = True) -> Any:
        after, facts = super().adjudicate(position, orders, traced)
        return self._bent(position, after), facts

    def play(self, position: Position, orders: Any) -> Position:
        after = self._bent(position, super().play(position, orders))
        return evolve(after, seed=after.seed + 1) if self._fault == "flavours" else after

    def _bent(self, before: Position, after: Position) -> Position:
        if before.step < 2:
            return after
        match self._fault:
            case "crash":
                raise ZeroDivisionError("by zero")
            case "ranges":
                slot = next(iter(self.plan.variables.values())).slot
                return after.with_values(
                    (*after.values[:slot], self.plan.slots[slot].hi + 1, *after.values[slot + 1 :])
                )
            case "onward":
                return evolve(after, step=before.step + 2, ending=None)
        return after

    def check(self, position: Position, role: str, orders: Any) -> None:
        if self._fault != "refused":
            super().check(position, role, orders)

    def total(self, position: Position, role: str) -> int:
        return 101 if self._fault == "scores" else super().total(position, role)

    def explain(self, fact: Fact) -> str:
        return " " if self._fault == "words" else super().explain(fact)

    def legal(self, position: Position, role: str) -> tuple[Order, ...]:
        found = super().legal(position, role)
        if self._fault == "views" and sum(position.values) % 2:
            return ()
        if self._fault == "refused":
            return tuple(way.order for order in self.plan.menus[role] for way in order.ways)
        return found[1:] if self._fault == "menus" and position.step > 2 else found


@pytest.mark.parametrize("name", [*ORACLES, "crash"])
def test_a_fault_is_found_and_saved_as_a_game_one_can_open(name: str, tmp_path: Path) -> None:
    report = fuzz(Odd(name), games=30, seed=1, folder=tmp_path)

    assert report.faults
    fault = next(each for each in report.faults if each.oracle == name)
    with Session.open(fault.save, read_only=True) as session:
        assert session.seed == fault.seed
        assert session.turn >= fault.turn
    assert f"{name}: " in as_text(report) and f"'wargame show {fault.save}'" in as_text(report)


def test_a_save_that_plays_out_otherwise_is_a_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kernel = kernel_for(load("tutorial"))
    start = kernel.start(1)[0]
    monkeypatch.setattr(lab, "_again", lambda *_: start)

    report = fuzz(kernel, games=lab.SAVED, seed=1, folder=tmp_path)

    assert [fault.oracle for fault in report.faults] == ["replay"]


def test_a_disguise_changes_only_what_is_hidden() -> None:
    kernel = kernel_for(load("kazakhstan-2022"))
    position = kernel.play(kernel.start(5)[0], [])
    for role in kernel.plan.roles:
        other = disguised(kernel.plan, position, role, Draws(7))
        assert other.values != position.values and other.past != position.past
        assert kernel.perceive(other, role) == kernel.perceive(position, role)


def test_the_command_tells_what_it_played(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    asked = ["fuzz", "tutorial", "--games", "10", "--jobs", "1", "-o", str(tmp_path / "new")]
    assert run(asked) == 0
    assert "10 games of random legal play from seed 1" in capsys.readouterr().out
    assert run([*asked, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["faults"] == [] and sum(told["endings"].values()) == 10

    (tmp_path / "file").write_text("")
    assert run([*asked[:-1], str(tmp_path / "file" / "x")]) == 1
    assert "cannot hold saves" in capsys.readouterr().err


def test_the_command_fails_where_there_is_a_fault(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("wargame.session.kernels.kernel_for", lambda scenario: Odd("scores"))

    assert run(["fuzz", "tutorial", "--games", "3", "--jobs", "1", "-o", str(tmp_path)]) == 1
    assert "3 games with a fault" in capsys.readouterr().out
