"""Whole games in machine code are the games of the reference: every position, ending and score."""

from __future__ import annotations

import os
import subprocess
import sys
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from random import Random

import pytest
from attrs import evolve

from benchmarks.peers import toy
from wargame.errors import ScenarioError, WargameError
from wargame.lab.match import play
from wargame.language.native import is_there
from wargame.rules.kernel import Kernel
from wargame.scenario.book import check
from wargame.scenario.library import load_bundle
from wargame.session.kernels import kernel_for, load

pytestmark = pytest.mark.skipif(not is_there(), reason="llvmlite is not installed")

from tests.lab.native_games import agree, agree_on, compare_worlds  # noqa: E402
from wargame.lab.native import game  # noqa: E402
from wargame.lab.native.game import games, written  # noqa: E402
from wargame.lab.simulate import as_text, simulate  # noqa: E402
from wargame.lab.simulate import doctrines as doctrines_of  # noqa: E402

SEEDS = 3 if os.environ.get("FAST") else 15
WORLDS = 10 if os.environ.get("FAST") else 60

TUTORIAL = [
    {"mayor": mayor, "union": union} for mayor in ("patient", "firm") for union in ("steady", "fiery")
]
KAZAKHSTAN = [
    {"kremlin": "forward", "tokayev": "reformer", "protesters": "bargainers", "west": "restrained"},
    {"kremlin": "cautious", "tokayev": "strongman", "protesters": "currents", "west": "principled"},
]
SEATED = [("tutorial", "full", each) for each in TUTORIAL]
SEATED += [("tutorial", "short", TUTORIAL[0])]
SEATED += [("kazakhstan-2022", "full", each) for each in KAZAKHSTAN]


@pytest.mark.parametrize(("scenario", "length", "doctrines"), SEATED)
def test_games_are_those_of_the_reference(scenario: str, length: str, doctrines: dict[str, str]) -> None:
    random = Random(3)
    made = games(kernel_for(load(scenario)), doctrines, length, level=1)

    agree(made, doctrines, [0, 2**64 - 1, *(random.getrandbits(64) for _ in range(SEEDS))])
    for _ in range(SEEDS):
        agree_on(made, doctrines, random)


def test_games_of_random_scenarios_are_those_of_the_reference() -> None:
    assert compare_worlds(WORLDS, seed=1, seeds=3) > 0


@pytest.mark.parametrize(("highest", "cells"), [(100, "i16"), (70_000, "i32")])
def test_a_position_is_held_as_wide_as_its_bounds_ask_for(highest: int, cells: str) -> None:
    bundle = {name: text.replace("[0, 100]", f"[0, {highest}]") for name, text in toy.scenario().items()}
    made = games(Kernel(check(load_bundle(bundle))), level=1)

    assert made.module.cells == cells
    agree(made, {}, range(SEEDS))


def test_a_batch_is_one_game_after_the_other() -> None:
    kernel = kernel_for(load("tutorial"))
    rows = games(kernel, level=1).batch(5, 4)

    for number, seed in enumerate(range(5, 9)):
        ending, turns, *scores = rows[number * 4 : number * 4 + 4]
        want = play(kernel, seed=seed)
        assert kernel.plan.endings[ending].id == want.ending
        assert (turns, scores) == (want.turns, list(want.scores.values()))


def test_a_seat_without_a_doctrine_is_refused() -> None:
    with pytest.raises(ScenarioError, match="random"):
        written(kernel_for(load("tutorial")), {"mayor": "random"})


def test_a_batch_comes_out_the_same_from_both_engines() -> None:
    kernel = kernel_for(load("tutorial"))
    named = doctrines_of(kernel, {})
    one, other = (
        simulate(kernel, named, games=70, seed=5, length="short", jobs=2, engine=engine)
        for engine in ("reference", "native")
    )

    assert evolve(one, seconds=1.0, engine="") == evolve(other, seconds=1.0, engine="")
    assert "in machine code" in as_text(other) and "in machine code" not in as_text(one)
    with pytest.raises(WargameError, match="no length 'long'"):
        simulate(kernel, named, games=1, seed=1, length="long", engine="native")
    with pytest.raises(ScenarioError, match="needs the reference"):
        simulate(kernel, doctrines_of(kernel, {"mayor": "random"}), games=1, seed=1, engine="native")


def test_only_a_game_that_goes_on_can_go_on() -> None:
    kernel = kernel_for(load("tutorial"))
    made, (first, _) = games(kernel, level=1), kernel.start(1)
    second = kernel.play(first, [])

    for wrong, seeds in [
        (play(kernel, seed=1).position, [1]),
        (kernel.start(1, "short")[0], [1]),
        ([first, second], [1, 2]),
        ([first, first], [1, 2, 3]),
    ]:
        with pytest.raises(WargameError, match=r"go on"):
            made.go_on(wrong, seeds)


@pytest.mark.parametrize("is_broken", [False, True], ids=["side by side", "a process is killed"])
def test_a_large_module_is_compiled_in_parts(is_broken: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WARGAME_CACHE", "")
    kernel = kernel_for(load("tutorial"))
    whole = game.build(kernel, {}, "full", 1)
    monkeypatch.setattr(game, "LARGE", 0)
    monkeypatch.setattr(game, "cores", lambda: 2)
    monkeypatch.setattr(game, "_can_fork", lambda: True)
    if is_broken:
        monkeypatch.setattr(game, "process_pool", lambda jobs: Broken())

    parts = game.build(kernel, {}, "full", 1)

    assert len(parts.module.parts()) == 1 + len(parts.module.groups) > 5
    assert parts.columns(1, 40) == whole.columns(1, 40)


def test_with_other_threads_no_process_is_copied() -> None:
    with ThreadPoolExecutor(1) as pool:
        assert pool.submit(game._can_fork).result() is False


class Broken(ThreadPoolExecutor):
    """A pool whose processes are killed."""

    def submit(self, *given: object, **named: object) -> Future[bytes]:  # type: ignore[override]
        found: Future[bytes] = Future()
        found.set_exception(BrokenProcessPool("killed"))
        return found


def test_machine_code_is_kept_and_made_anew_where_it_is_damaged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WARGAME_CACHE", str(tmp_path))
    kernel = kernel_for(load("tutorial"))
    want = list(game.build(kernel, {}, "full", 1).batch(1, 3))
    (file,) = tmp_path.glob("*.machine")
    whole = file.read_bytes()
    made: list[str] = []
    compile_ = game.compile_text
    monkeypatch.setattr(game, "compile_text", lambda text, level: made.append(text) or compile_(text, level))

    assert list(game.build(kernel, {}, "full", 1).batch(1, 3)) == want and not made
    for damaged in (b"", whole[:-9], whole[:40] + bytes([whole[40] ^ 1]) + whole[41:]):
        file.write_bytes(damaged)
        made.clear()
        assert list(game.build(kernel, {}, "full", 1).batch(1, 3)) == want
        assert len(made) == 1 and file.read_bytes() == whole
    game.build(kernel, {"union": "fiery"}, "full", 1)
    assert len(list(tmp_path.glob("*.machine"))) == 2


PRINTS_ITS_MARK = """
import hashlib
from wargame.lab.native.game import written
from wargame.session.kernels import kernel_for, load
print(hashlib.sha256(written(kernel_for(load("kazakhstan-2022")), {}).text().encode()).hexdigest())
"""


def test_the_same_rules_make_the_same_code_in_every_run() -> None:
    marks = {
        subprocess.run(
            [sys.executable, "-c", PRINTS_ITS_MARK],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2", "3")
    }

    assert len(marks) == 1


def test_games_are_at_hand_for_whoever_asks_again_or_at_once() -> None:
    kernel = kernel_for(load("tutorial"))
    with ThreadPoolExecutor(4) as pool:
        found = set(pool.map(lambda _: games(kernel, {"union": "fiery"}, level=1), range(8)))

    assert len(found) == 1
    assert games(kernel, {"union": "steady"}, level=1) not in found
