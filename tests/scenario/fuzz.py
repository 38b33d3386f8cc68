"""
Plays random scenarios that pass the check, with everything a screen looks at on the way.

    python -m tests.scenario.fuzz --count 1000 --seed 1
"""

from __future__ import annotations

import argparse
import time
from random import Random

from tests.rules.playing import everything_shown, twin
from tests.scenario.worlds import random_bundle
from wargame.lab.match import play
from wargame.rules.facts import Change, Fact
from wargame.rules.kernel import Kernel
from wargame.rules.orders import Order
from wargame.rules.position import Position
from wargame.scenario.book import check
from wargame.scenario.library import load_bundle


def orders(random: Random, kernel: Kernel, position: Position, role: str) -> tuple[Order, ...]:
    """Any orders the role may give together."""
    chosen: tuple[Order, ...] = ()
    legal = list(kernel.legal(position, role))
    random.shuffle(legal)
    for order in legal:
        if kernel.allows(position, role, (*chosen, order)) and random.random() < 0.8:
            chosen = (*chosen, order)
    return chosen


def keeps_bounds(kernel: Kernel, position: Position) -> None:
    """Every variable is within its range, and every step noted lies in the past."""
    layout = kernel.book.layout
    for id, variable in layout.variables.items():
        lo, hi = variable.range
        for slot in range(layout.first[id], layout.first[id] + layout.width(id)):
            assert lo <= position.values[slot] <= hi
        if id in layout.since:
            for slot in range(layout.since[id], layout.since[id] + layout.width(id)):
                assert 0 <= position.values[slot] <= position.step
    assert all(type(value) is int for value in position.values)


def assert_twins(
    random: Random, kernel: Kernel, position: Position, role: str, facts: tuple[Fact, ...]
) -> None:
    """A position that differs only in what the role may not know is shown to it the same."""
    other = twin(kernel, position, role, random)
    assert everything_shown(kernel, position, role, facts) == everything_shown(kernel, other, role, facts)


def one_game(random: Random, kernel: Kernel) -> None:
    """Plays anything legal to the end, looking at everything a screen looks at on the way."""
    length = random.choice(list(kernel.scenario.lengths))
    position, facts = kernel.start(random.getrandbits(64), length)
    for _ in range(len(kernel.scenario.lengths[length])):
        for role in kernel.scenario.roles:
            acts = kernel.acts(position, role)
            if acts and random.random() < 0.7:
                position = kernel.talk(position, role, random.choice(acts))
        given = {role: orders(random, kernel, position, role) for role in kernel.scenario.roles}
        plain = kernel.adjudicate(position, given, traced=False)[0]
        after, facts = kernel.adjudicate(position, given)
        assert plain == after
        for role in (*kernel.scenario.roles, "control"):
            kernel.view(after, role, facts)
            known = kernel.known(facts, role)
            assert all(kernel.explain(fact) for fact in known)
            for fact in known:
                if isinstance(fact, Change):
                    slot = kernel.plan.slots[kernel.plan.variables[fact.variable].slot]
                    assert slot.clash == "add" or slot.lo <= min(fact.before, fact.after)
                    assert slot.clash == "add" or max(fact.before, fact.after) <= slot.hi
        for role in kernel.scenario.roles:
            kernel.menu(after, role)
            assert 0 <= kernel.score(after, role).total <= 100
            assert_twins(random, kernel, after, role, facts)
        keeps_bounds(kernel, after)
        position = after
        if position.is_over:
            break
    assert position.ending in kernel.scenario.endings


def worlds(count: int, seed: int, games: int = 3) -> int:
    """Play *count* random scenarios; how many rule texts they held."""
    texts = 0
    for number in range(count):
        try:
            texts += _world(Random(f"{seed}.{number}"), games)
        except BaseException:
            print(f"seed {seed}, scenario {number}")
            raise
    return texts


def _world(random: Random, games: int) -> int:
    kernel = Kernel(check(load_bundle(random_bundle(random))))
    for _ in range(games):
        one_game(random, kernel)
    play(kernel, seed=random.getrandbits(64))
    return len(kernel.book.texts)


def main() -> None:
    """Play as many random scenarios as asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=1_000)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    started = time.perf_counter()
    texts = worlds(asked.count, asked.seed)
    seconds = time.perf_counter() - started
    print(
        f"{asked.count} scenarios with {texts} rule texts, {4 * asked.count} games, {seconds:.0f} s: no fault"
    )


if __name__ == "__main__":
    main()
