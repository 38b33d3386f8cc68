"""Measures and prints every figure, with the bound each should keep."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from unittest.mock import patch

from benchmarks.repaint import Repaint, last_turn, repaint
from benchmarks.terminal import Terminal
from wargame.agents.driver import Table
from wargame.agents.seating import default_player
from wargame.agents.talk import talk_round
from wargame.debrief.onward import Begun, onward
from wargame.debrief.record import open_record
from wargame.debrief.whatif import given
from wargame.debrief.whole import look_back
from wargame.errors import WargameError
from wargame.lab.batch import cores
from wargame.lab.match import players
from wargame.lab.native.game import build
from wargame.lab.simulate import doctrines, simulate
from wargame.rules.kernel import Kernel
from wargame.session.kernels import kernel_for, load
from wargame.session.session import Session

SCENARIO = "kazakhstan-2022"
SESSION = Path(__file__).parents[1] / "saves" / "recorded-bargain.jsonl"


def traced_turn(kernel: Kernel) -> float:
    """Milliseconds for one traced turn, the median over four whole games."""
    agents = players(kernel, {})
    times: list[float] = []
    for seed in range(1, 5):
        position, _ = kernel.start(seed)
        while position.ending is None:
            position, chairs = talk_round(kernel, position, agents)
            orders = {
                role: [choice.order for choice in agent.choose(chairs[role])]
                for role, agent in agents.items()
            }
            began = time.perf_counter()
            position, _ = kernel.adjudicate(position, orders)
            times.append((time.perf_counter() - began) * 1000)
    return median(times)


def games_a_second(kernel: Kernel, jobs: int) -> float:
    """Whole scripted games a second on so many cores, plain flavour, the best of three batches."""
    named = doctrines(kernel, {})
    return max(
        simulate(kernel, named, games=200 * jobs, seed=1, jobs=jobs).games_per_second for _ in range(3)
    )


def whole_game(kernel: Kernel, path: Path) -> Path:
    """A save of a whole game at *path*, which may be there already."""
    if not path.exists():
        seats = {role: f"doctrine:{default_player(kernel.scenario, role)}" for role in kernel.scenario.roles}
        with Session.create(kernel.scenario, seed=1, seats=seats, path=path) as session:
            Table.of(session).play_to_the_end()
    return path


def opening(kernel: Kernel, path: Path) -> float:
    """Milliseconds to open and verify a save of a whole game, the median of five."""
    saved = whole_game(kernel, path)
    return _median_ms(lambda: Session.open(saved, read_only=True).close())


def first_opening(kernel: Kernel, path: Path) -> float:
    """As `opening`, in a program that has loaded no rules yet; the median of seven."""
    code = (
        "import sys, time; from wargame.session.session import Session; import wargame.rules.kernel;"
        "began = time.perf_counter(); Session.open(sys.argv[1], read_only=True).close();"
        "print((time.perf_counter() - began) * 1000)"
    )
    command = [sys.executable, "-c", code, str(whole_game(kernel, path))]
    runs = [subprocess.run(command, check=True, capture_output=True, text=True) for _ in range(7)]
    return median(float(run.stdout) for run in runs)


def version() -> float:
    """Milliseconds for `wargame --version`, the median of fifteen."""
    command = [sys.executable, "-m", "wargame", "--version"]
    return _median_ms(lambda: subprocess.run(command, check=True, stdout=subprocess.DEVNULL), 15)


def first_screen(environment: dict[str, str]) -> float:
    """Seconds from the start of the process to the first screen's text, the median of five."""
    times: list[float] = []
    for _ in range(5):
        terminal = Terminal(environment=environment)
        times.append(terminal.seconds_until(b"New game"))
        terminal.close()
    return median(times)


def games_native(kernel: Kernel) -> float:
    """Whole scripted games a second on one core in machine code, the best of three batches."""
    named = doctrines(kernel, {})
    return max(
        simulate(kernel, named, games=20_000, seed=1, engine="native").games_per_second for _ in range(3)
    )


def compiling(kernel: Kernel) -> float:
    """Seconds until the games of a scenario are there in machine code, with none kept from before."""
    with patch.dict(os.environ, {"WARGAME_CACHE": ""}):
        began = time.perf_counter()
        build(kernel, {}, "full", 1)
        return time.perf_counter() - began


def going_on(*, native: bool) -> float:
    """Seconds for 2,000 games played on from turn 6 of a shipped session, every headline on the way kept."""
    record = open_record(SESSION)
    played = record.turns[5]
    begun = Begun(played.ordered, given(played), talked=True)
    play = onward(record, 2_000, cores(), native=native)
    if native:
        play(begun)  # the machine code is loaded
    began = time.perf_counter()
    play(begun)
    return time.perf_counter() - began


def looking_back() -> float:
    """Seconds for everything `wargame debrief` tells of a shipped session of twelve turns."""
    record = open_record(SESSION)
    began = time.perf_counter()
    look_back(record)
    return time.perf_counter() - began


def memory(environment: dict[str, str], save: Path) -> float:
    """Megabytes resident while the last turn of a whole game is on the screen."""
    terminal = Terminal("play", "--resume", str(save), environment=environment)
    terminal.seconds_until(b"Legitimacy")
    time.sleep(2)
    megabytes = terminal.resident_megabytes()
    terminal.close()
    return megabytes


def typical(keys: list[Repaint], save: Path, environment: dict[str, str]) -> float:
    """Milliseconds from a key to its frame, the median; what was found is kept in *keys*."""
    keys.append(repaint(save, environment))
    return keys[0].typical


def _median_ms(action: Callable[[], object], times: int = 5) -> float:
    found: list[float] = []
    for _ in range(times):
        began = time.perf_counter()
        action()
        found.append((time.perf_counter() - began) * 1000)
    return median(found)


def main() -> None:
    """Prints one row a figure."""
    kernel = kernel_for(load(SCENARIO))
    with tempfile.TemporaryDirectory() as name:
        save = Path(name) / "whole.jsonl"
        environment = {"XDG_DATA_HOME": name, "WARGAME_SAVES": name, "WARGAME_CONFIG": name}
        late = last_turn(kernel.scenario, Path(name))
        keys: list[Repaint] = []
        rows: list[tuple[str, Callable[[], float], str, str]] = [
            ("a traced turn", lambda: traced_turn(kernel), "ms", "< 20"),
            ("scripted games, one core", lambda: games_a_second(kernel, 1), "a second", ">= 300"),
            ("the same in machine code", lambda: games_native(kernel), "a second", ""),
            ("compiling it, once for its rules", lambda: compiling(kernel), "s", "< 3"),
            (f"scripted games, {cores()} cores", lambda: games_a_second(kernel, cores()), "a second", ""),
            ("2,000 continuations of turn 6, plain", lambda: going_on(native=False), "s", "< 2"),
            ("the same in machine code", lambda: going_on(native=True), "s", "< 0.2"),
            ("a whole debrief, 400 games a position", looking_back, "s", ""),
            ("open and verify a 12-turn save", lambda: opening(kernel, save), "ms", "< 150"),
            ("the first one of a program", lambda: first_opening(kernel, save), "ms", "< 150"),
            ("wargame --version", version, "ms", "< 120"),
            ("cold start to the first screen", lambda: first_screen(environment), "s", "< 0.8"),
            ("key to repaint, the median", lambda: typical(keys, late, environment), "ms", "< 50"),
            ("key to repaint, the worst", lambda: keys[0].worst, "ms", "< 50"),
            ("key to the last byte, median", lambda: keys[0].settled, "ms", ""),
            ("resident memory of a game", lambda: memory(environment, late), "MB", "< 150"),
        ]
        print(f"{'figure':32} {'measured':>10} {'unit':9} bound")
        for title, measure, unit, bound in rows:
            try:
                print(f"{title:32} {measure():10.2f} {unit:9} {bound}", flush=True)
            except (OSError, TimeoutError, WargameError) as error:
                print(f"{title:32} {'-':>10} {unit:9} {bound}   ({error})", flush=True)


if __name__ == "__main__":
    main()
