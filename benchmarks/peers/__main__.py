"""
Plays the toy crisis in every engine that is there, one after the other in one run, and prints ratios.

    pip install mesa open_spiel pettingzoo
    python -m benchmarks.peers --openspiel

Engines that are not installed are left out and named. C needs a compiler, boardgame.io needs Node and npm;
OpenSpiel in C++ is built from its source, which takes CMake and some minutes, and only if asked for.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from benchmarks.peers import openspiel_cpp, scalar, toy
from wargame.errors import WargameError
from wargame.lab.native.game import games as compiled
from wargame.lab.simulate import doctrines, simulate
from wargame.rules.kernel import Kernel
from wargame.scenario.book import check
from wargame.scenario.library import load_bundle

SECONDS = 2.0
"""About so long every engine plays."""


def rate(play: Callable[[int], object]) -> float:
    """
    Games in a second of the process's own time: ever more games until they take long enough.

    What else the machine does at the time is not counted, in any engine.
    """
    count = 4
    while True:
        began = time.process_time()
        play(count)
        taken = time.process_time() - began
        if taken > SECONDS / 2:
            return count / taken
        count = max(2 * count, int(count * SECONDS / max(taken, 1e-4) * 0.8))


def ours(kernel: Kernel) -> dict[str, float]:
    """The reference and machine code, on one core."""
    named = doctrines(kernel, {})
    found = {"wargame, reference": rate(lambda count: simulate(kernel, named, games=count, seed=1))}
    try:
        native = compiled(kernel)
    except WargameError:
        return found
    return found | {"wargame, machine code": rate(lambda count: native.batch(1, min(count, 1_000_000)))}


def peers(folder: Path, openspiel: bool) -> dict[str, float | str]:
    """Everybody else; OpenSpiel in C++ is built if *openspiel* says so."""
    found: dict[str, float | str] = {}
    for name, module in (
        ("Mesa", "mesa_toy"),
        ("OpenSpiel, a game in Python", "openspiel_toy"),
        ("PettingZoo, parallel", "pettingzoo_toy"),
    ):
        try:
            found[name] = rate(import_module(f"benchmarks.peers.{module}").play)
        except ImportError as error:
            found[name] = f"not installed ({error.name})"
    seconds = scalar.in_boardgame(folder, 100)
    found["boardgame.io"] = "needs Node and npm" if seconds is None else 100 / seconds
    seconds = scalar.in_c(folder, 500_000)
    found["C, scalar, by hand"] = "needs a compiler" if seconds is None else 500_000 / seconds
    found["OpenSpiel, a game in C++"] = "is built with --openspiel"
    if openspiel:
        seconds = openspiel_cpp.seconds(folder, 50_000)
        found["OpenSpiel, a game in C++"] = "could not be built" if seconds is None else 50_000 / seconds
    return found


def main() -> None:
    """Print a table, the fastest first."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--openspiel", action="store_true", help="build OpenSpiel in C++ from its source")
    asked = parser.parse_args()
    kernel = Kernel(check(load_bundle(toy.scenario())))
    with tempfile.TemporaryDirectory() as folder:
        found: dict[str, float | str] = {**ours(kernel), **peers(Path(folder), asked.openspiel)}
    base = float(found["wargame, reference"])
    for name, speed in sorted(found.items(), key=lambda row: -row[1] if isinstance(row[1], float) else 0):
        if isinstance(speed, float):
            print(f"{name:30} {speed:>12,.0f} games a second {speed / base:>10.2f} times our reference")
        else:
            print(f"{name:30} {speed}")


if __name__ == "__main__":
    main()
