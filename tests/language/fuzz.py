"""
Plays random and spoiled rule texts, and compares the compiled functions with the slow reader.

    python -m tests.language.fuzz --count 1000000 --seed 1
"""

from __future__ import annotations

import argparse
import time
from collections import Counter
from random import Random

from attrs import define, evolve, field

from tests.language.cases import Case
from tests.language.programs import Author, spoiled
from tests.language.worlds import World, random_world
from wargame.errors import Problem
from wargame.language.check import Checked, check_block, check_expression
from wargame.language.faults import Faults
from wargame.language.python import Builder
from wargame.language.scope import Kind, Use
from wargame.language.types import Choice, Flag, Number, Type
from wargame.language.words import Scan, is_plainly_fine

PROGRAMS_A_WORLD = 40
SIZE = Choice("size", ("500", "2500", "5000"))
WANTED: tuple[Type | None, ...] = (Flag(), Flag(), Number(0, 100), Number(), None)


@define
class Tally:
    """What a run has seen."""

    programs: int = 0
    accepted: int = 0
    spoiled: int = 0
    spoiled_accepted: int = 0
    runs: int = 0
    faults: Counter[str] = field(factory=Counter)


def fuzz(count: int, seed: int, tally: Tally | None = None) -> Tally:
    """Check *count* texts, half of them spoiled, and run every one that passes. Fails by assertion."""
    tally = tally or Tally()
    world_number = 0
    while tally.programs + tally.spoiled < count:
        random = Random(f"{seed}.{world_number}")
        world_number += 1
        try:
            _one_world(random, tally)
        except BaseException:
            print(f"seed {seed}, world {world_number - 1}")
            raise
    return tally


def _one_world(random: Random, tally: Tally) -> None:
    world = random_world(random)
    builder = Builder(world.scope)
    for name, checked in world.checked.items():
        builder.add_derived(world.scope.derived[name].index, checked)
    passed: list[tuple[str, Checked, str]] = []
    for i in range(PROGRAMS_A_WORLD):
        is_spoiled = i % 2 == 1
        text, use, want, is_block = random_text(random, world)
        if is_spoiled:
            text = spoiled(random, text)
        found = (
            check_block(text, world.scope, use, every_range=True)
            if is_block
            else check_expression(text, world.scope, use, want, every_range=True)
        )
        good = isinstance(found, Checked)
        if i % 4 == 1:
            _quick_look_is_right(text, is_block)
        tally.spoiled += is_spoiled
        tally.programs += not is_spoiled
        tally.spoiled_accepted += is_spoiled and good
        tally.accepted += good and not is_spoiled
        if isinstance(found, Checked):
            passed.append((builder.add(found), found, text))
        else:
            _faults_are_good(found, text)
            tally.faults.update(problem.what.split("'")[0][:40] for problem in found)
    plain, traced = builder.build("plain"), builder.build("traced")
    for name, checked, text in passed:
        case = Case.of(world, checked, plain[name], traced[name])
        for _ in range(2):
            tally.runs += 1
            try:
                case.run(random)
            except BaseException:
                print(text)
                raise


def random_text(random: Random, world: World) -> tuple[str, Use, Type | None, bool]:
    is_block = random.random() < 0.7
    here = bool(world.scope.places) and random.random() < 0.6
    option = SIZE if random.random() < 0.3 else None
    if is_block:
        kind: Kind = random.choice(("order", "procedure", "event"))
        only_tells = bool(world.scope.roles) and random.random() < 0.2
        reveals = frozenset([*world.scope.variables, *world.scope.derived] if random.random() < 0.7 else [])
        use = Use(kind, here, option, reveals=reveals, entry="orders.any")
        if only_tells:
            use = evolve(use, reveals=frozenset())
        author = Author(random, world.scope, use, with_dice=True, only_tells=only_tells)
        return author.block(random.randint(1, 4)), use, None, True
    use = Use("value", here, option, reader=random.choice((None, None, "kremlin")), entry="orders.any.when")
    want = random.choice(WANTED)
    author = Author(random, world.scope, use)
    return author.expression(want or random.choice((Flag(), Number())), 3), use, want, False


def _quick_look_is_right(text: str, is_block: bool) -> None:
    text = text.replace("\r\n", "\n")
    if is_plainly_fine(text, is_block):
        faults = Faults()
        Scan(text, faults, is_block).run()
        assert not faults, faults.list()


def _faults_are_good(faults: list[Problem], text: str) -> None:
    assert faults
    lines = text.replace("\r\n", "\n").split("\n")
    for problem in faults:
        assert problem.line is not None and 1 <= problem.line <= len(lines)
        assert problem.column is not None and 1 <= problem.column <= len(lines[problem.line - 1]) + 1
        assert "\x1b" not in str(problem)


def main() -> None:
    """Fuzz as many texts as asked for, and print what was seen."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=6_000)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    started = time.perf_counter()
    tally = fuzz(asked.count, asked.seed)
    seconds = time.perf_counter() - started
    total = tally.programs + tally.spoiled
    print(f"{total} texts in {seconds:.0f} s: {tally.programs} written, {tally.accepted} passed the check;")
    print(
        f"{tally.spoiled} spoiled, {tally.spoiled_accepted} passed; "
        f"{tally.runs} runs agreed with the slow reader"
    )
    for what, times in tally.faults.most_common(60):
        print(f"{times:8d}  {what}")


if __name__ == "__main__":
    main()
