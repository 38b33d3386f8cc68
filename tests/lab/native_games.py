"""
Compares whole games in machine code with the reference, turn by turn.

    python -m tests.lab.native_games --scenario kazakhstan-2022 --games 1000000 --seed 1
    python -m tests.lab.native_games --worlds 1000 --seed 1
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterable, Mapping
from random import Random

from tests.scenario.worlds import random_bundle
from wargame.agents.talk import talk_round
from wargame.lab.match import leave_undisturbed, play, play_on, players
from wargame.lab.native.game import Games, games
from wargame.rules.kernel import Kernel
from wargame.rules.orders import Order
from wargame.rules.position import Position
from wargame.scenario.book import check
from wargame.scenario.library import load_bundle
from wargame.session.kernels import kernel_for, load


def agree(games: Games, doctrines: Mapping[str, str], seeds: Iterable[int]) -> None:
    """Plays a game for each of *seeds* both ways; fails by assertion."""
    for seed in seeds:
        want = play(games.kernel, doctrines, seed=seed, length=games.length)
        got = games.play(seed)
        rows = zip(
            (*want.position.past, want.position.values),
            (*got.position.past, got.position.values),
            strict=False,
        )
        for turn, (one, other) in enumerate(rows, 1):
            assert one == other, f"seed {seed}, row {turn}: {_differences(games.kernel, one, other)}"
        assert got == want


def agree_on(games: Games, doctrines: Mapping[str, str], random: Random) -> None:
    """Goes on with a game from the middle both ways, with other dice and orders; fails by assertion."""
    kernel, agents = games.kernel, players(games.kernel, doctrines)
    position, _ = kernel.start(random.getrandbits(64), games.length)
    for _ in range(random.randrange(len(kernel.plan.calendars[games.length]))):
        talked, chairs = talk_round(kernel, position, agents)
        orders = [each.order for role, agent in agents.items() for each in agent.choose(chairs[role])]
        after = kernel.play(talked, orders)
        if after.is_over:
            break
        position = after
    is_talked = random.random() < 0.5
    if is_talked:
        position, _ = talk_round(kernel, position, agents)
    given = {role: some_orders(kernel, position, role, random) for role in agents if random.random() < 0.4}
    seeds = [random.getrandbits(64) for _ in range(random.randint(1, 20))]
    found = games.go_on(position, seeds, given, talked=is_talked)
    assert found == games.go_on([position] * len(seeds), seeds, given, talked=is_talked)
    for seed, (ending, scores) in zip(seeds, found, strict=True):
        want = play_on(kernel, agents, position, seed=seed, orders=given, talked=is_talked)
        assert (ending, scores) == (want.ending, want.scores)


def some_orders(kernel: Kernel, position: Position, role: str, random: Random) -> tuple[Order, ...]:
    """Orders the role may give together, by chance."""
    taken: list[Order] = []
    legal = list(kernel.legal(position, role))
    random.shuffle(legal)
    for order in legal[: random.randint(0, 8)]:
        if kernel.allows(position, role, [*taken, order]):
            taken.append(order)
    return tuple(taken)


def _differences(kernel: Kernel, one: tuple[int, ...], other: tuple[int, ...]) -> list[object]:
    return [
        (slot, kernel.plan.slots[slot].variable, a, b)
        for slot, (a, b) in enumerate(zip(one, other, strict=True))
        if a != b
    ]


def compare_worlds(count: int, seed: int, seeds: int = 5) -> int:
    """Compares games of random scenarios; how many had a doctrine in every seat."""
    found = 0
    for number in range(count):
        random = Random(f"{seed}.{number}")
        scenario = load_bundle(random_bundle(random))
        if not all(scenario.doctrines.get(role) for role in scenario.roles):
            continue
        kernel = Kernel(check(scenario))
        length = random.choice(list(kernel.plan.calendars))
        try:
            made = games(kernel, {}, length, level=1)
            agree(made, {}, [random.getrandbits(64) for _ in range(seeds)])
            agree_on(made, {}, random)
        except BaseException:
            print(f"seed {seed}, scenario {number}")
            raise
        found += 1
    return found


def main() -> None:
    """Compare as many games, or random scenarios, as asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scenario", default="kazakhstan-2022")
    parser.add_argument("--games", type=int, default=1_000)
    parser.add_argument("--worlds", type=int, default=0)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    begun = time.perf_counter()
    if asked.worlds:
        found = compare_worlds(asked.worlds, asked.seed)
        print(f"{found} random scenarios agree, {time.perf_counter() - begun:.0f} s")
        return
    kernel = kernel_for(load(asked.scenario))
    doctrines = {role: next(iter(kernel.scenario.doctrines[role])) for role in players(kernel, {})}
    leave_undisturbed()
    agree(games(kernel, doctrines), doctrines, range(asked.seed, asked.seed + asked.games))
    print(f"{asked.games} games agree, {time.perf_counter() - begun:.0f} s")


if __name__ == "__main__":
    main()
