"""
Compares the machine code of rule texts with the plain Python functions, bit for bit.

    python -m tests.language.natives --worlds 1000 --seed 1
"""

from __future__ import annotations

import argparse
import ctypes
import time
from collections.abc import Mapping, Sequence
from random import Random

from attrs import frozen

from tests.language.fuzz import PROGRAMS_A_WORLD, random_text
from tests.language.worlds import random_world
from wargame.language.check import Checked, check_block, check_expression
from wargame.language.native import Natives
from wargame.language.python import Builder, Function
from wargame.language.scope import Scope


@frozen
class Pair:
    """One text with both its functions."""

    checked: Checked
    plain: Function
    native: Function

    def agrees(self, values: Sequence[int], key: int, here: int, option: int) -> None:
        """Runs both on the same values; fails by assertion."""
        size = len(values)
        memory = (ctypes.c_int32 * size)(*values)
        if not self.checked.is_block:
            assert self.native(memory, key, here, option) == self.plain(tuple(values), key, here, option)
            assert list(memory) == list(values)
            return
        want, held, notes = list(values), dict[int, int](), (ctypes.c_int32 * (1 + 3 * size))()
        if self.checked.use.kind == "order":
            self.plain(want, key, here, option, held)
            self.native(memory, key, here, option, notes)
        else:
            self.plain(want, key, here, option)
            self.native(memory, key, here, option)
        assert list(memory) == want
        noted = list(notes[1 : 1 + notes[0]])
        assert {slot: notes[1 + size + slot] for slot in noted} == held
        assert noted == list(held)
        assert [slot for slot in range(size) if notes[1 + 2 * size + slot]] == sorted(noted)


def pairs_of(scope: Scope, size: int, derived: Mapping[str, Checked], texts: Sequence[Checked]) -> list[Pair]:
    """*texts* compiled both ways."""
    builder, natives = Builder(scope), Natives(scope, size)
    for id, checked in derived.items():
        builder.add_derived(scope.derived[id].index, checked)
        natives.add_derived(scope.derived[id].index, checked)
    names = [(builder.add(checked), natives.add(checked)) for checked in texts]
    plain, native = builder.build("plain"), natives.build(1)
    return [Pair(checked, plain[one], native[two]) for checked, (one, two) in zip(texts, names, strict=True)]


def compare_world(random: Random, runs: int = 3) -> int:
    """Compares the texts of one random world; how many there were."""
    world = random_world(random)
    texts: list[Checked] = []
    for _ in range(PROGRAMS_A_WORLD):
        text, use, want, is_block = random_text(random, world)
        found = (
            check_block(text, world.scope, use)
            if is_block
            else check_expression(text, world.scope, use, want)
        )
        if isinstance(found, Checked):
            texts.append(found)
    for pair in pairs_of(world.scope, len(world.bounds), world.checked, texts):
        use = pair.checked.use
        for _ in range(runs):
            here = random.randrange(len(world.scope.places)) if use.here else 0
            option = random.randrange(3) if use.option else 0
            try:
                pair.agrees(world.values(random), random.getrandbits(64), here, option)
            except BaseException:
                print(pair.checked.text)
                raise
    return len(texts)


def main() -> None:
    """Compare as many worlds as asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--worlds", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    begun, texts = time.perf_counter(), 0
    for number in range(asked.worlds):
        try:
            texts += compare_world(Random(f"{asked.seed} {number}"))
        except BaseException:
            print(f"world {number} of seed {asked.seed}")
            raise
    print(f"{texts} texts of {asked.worlds} worlds agree, {time.perf_counter() - begun:.0f} s")


if __name__ == "__main__":
    main()
