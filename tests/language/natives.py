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
from wargame.language.native_orders import Moves
from wargame.language.python import Builder, Function
from wargame.language.reach import WIDTHS, narrowest
from wargame.language.scope import Scope
from wargame.language.types import interval_of

NUMBERS = {"i16": ctypes.c_int16, "i32": ctypes.c_int32, "i64": ctypes.c_int64}


@frozen
class Pair:
    """One text with both its functions."""

    checked: Checked
    plain: Function
    native: Function
    moves: Moves
    cells: str

    def agrees(self, values: Sequence[int], key: int, here: int, option: int) -> None:
        """Runs both on the same values; fails by assertion."""
        size = len(values)
        memory = (NUMBERS[self.cells] * size)(*values)
        if not self.checked.is_block:
            assert self.native(memory, key, here, option) == self.plain(tuple(values), key, here, option)
            assert list(memory) == list(values)
            return
        want = list(values)
        if self.checked.use.kind == "order":
            before = [slot % 3 - 1 for slot in range(size)]
            moves = (NUMBERS[self.moves.number] * size)(*before)
            self.plain(want, key, here, option, {})
            self.native(memory, key, here, option, moves)
            assert list(memory) == list(values)
            assert list(moves) == [
                met(self.moves.clashes.get(slot, "add"), so_far, want[slot] - values[slot])
                for slot, so_far in enumerate(before)
            ]
        else:
            self.plain(want, key, here, option)
            self.native(memory, key, here, option)
            assert list(memory) == want


def clashes_of(scope: Scope) -> dict[int, str]:
    """Some rule for every variable, by slot."""
    found: dict[int, str] = {}
    for number, variable in enumerate(scope.variables.values()):
        width = len(scope.places) if variable.per_place else 1
        found |= dict.fromkeys(
            range(variable.slot, variable.slot + width), ("add", "highest", "lowest")[number % 3]
        )
    return found


def furthest(scope: Scope) -> int:
    """How far any variable reaches, whatever its sign."""
    bounds = [interval_of(variable.type, len(scope.places)) for variable in scope.variables.values()]
    return max(scope.turns, *(max(-lo, hi) for lo, hi in bounds))


def met(clash: str, so_far: int, own: int) -> int:
    """RULES.md 4.6: two orders' moves of a slot, where one that is still has no say."""
    if clash == "add":
        return so_far + own
    moved = [move for move in (so_far, own) if move]
    return (max if clash == "highest" else min)(moved, default=0)


def pairs_of(scope: Scope, size: int, derived: Mapping[str, Checked], texts: Sequence[Checked]) -> list[Pair]:
    """*texts* compiled both ways, with slots and moves of one width or another."""
    far = furthest(scope)
    cells = narrowest(far, ("i16", "i32")[len(texts) // 2 % 2])
    least = max(cells, WIDTHS[len(texts) % 3])
    moves = Moves(narrowest(3 * far + 1, least), clashes_of(scope))
    builder, natives = Builder(scope), Natives(scope, size, moves=moves, cells=cells)
    for id, checked in derived.items():
        builder.add_derived(scope.derived[id].index, checked)
        natives.add_derived(scope.derived[id].index, checked)
    names = [(builder.add(checked), natives.add(checked)) for checked in texts]
    plain, native = builder.build("plain"), natives.build(1)
    return [
        Pair(checked, plain[one], native[two], moves, cells)
        for checked, (one, two) in zip(texts, names, strict=True)
    ]


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
