"""
Plays random and spoiled rule texts, and compares the compiled functions with the slow reader.

    python -m tests.language.fuzz --count 1000000 --seed 1
"""

from __future__ import annotations

import argparse
import re
import time
from collections import Counter
from random import Random

from attrs import define, evolve, field

from tests.language.oracle import Machine
from tests.language.programs import Author, spoiled
from tests.language.worlds import World, random_world, twin
from wargame.errors import Problem
from wargame.language import tree
from wargame.language.check import Checked, check_block, check_expression
from wargame.language.faults import Faults
from wargame.language.grammar import parse_block, parse_expression
from wargame.language.python import Builder
from wargame.language.scope import Kind, Use
from wargame.language.types import Choice, Flag, Interval, Number, Type
from wargame.language.words import Scan, is_plainly_fine

PROGRAMS_A_WORLD = 40
SIZE = Choice("size", ("500", "2500", "5000"))
WANTED: tuple[Type | None, ...] = (Flag(), Flag(), Number(0, 100), Number(), None)


class Tape:
    """Notes what a traced block tells, in the slow reader's words."""

    def __init__(self, checked: Checked) -> None:
        self.checked = checked
        self.told: list[tuple[object, ...]] = []
        self.after: list[int] = []

    def change(self, slot: int, before: int, after: int, line: int) -> None:
        assert type(before) is type(after) is int
        self.told.append(("change", slot, before, after, line))

    def roll(
        self, site: int, subject: int, chance: int, face: int, passed: bool, parts: tuple[int, ...]
    ) -> None:
        die = self.checked.dice[site]
        if die.kind == "chance":
            lo, hi = die.limits or (-(2**31), 2**31)
            assert min(max(sum(parts), lo), hi) == chance
            assert len(parts) == len(die.parts)
            assert all(
                part.interval.lo <= n <= part.interval.hi for part, n in zip(die.parts, parts, strict=True)
            )
        assert all(type(n) is int for n in parts)
        self.told.append(("roll", site, subject, chance, face, passed))

    def report(self, site: int, args: tuple[int, ...]) -> None:
        assert all(type(n) is int for n in args)
        assert len(args) == len(self.checked.reports[site].args)
        self.told.append(("report", site, args))


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
        text, use, want, is_block = _text(random, world)
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
        for _ in range(2):
            tally.runs += 1
            try:
                _run(random, world, checked, plain[name], traced[name])
            except BaseException:
                print(text)
                raise


def _text(random: Random, world: World) -> tuple[str, Use, Type | None, bool]:
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


def _numbers(checked: Checked) -> tuple[int, ...]:
    """The numbers in a text: values near them are where something changes."""
    return tuple(
        int(digits) * sign for digits in re.findall(r"\b\d{1,9}\b", checked.text) for sign in (1, -1)
    )


def _spans(checked: Checked) -> dict[tuple[int, int], Interval]:
    """The interval of every part of the text, by where it stands."""
    spans: dict[tuple[int, int], Interval] = {}
    for node, bounds in checked.ranges.items():
        span = (node.at.start, node.at.end)
        spans[span] = bounds.join(spans[span]) if span in spans else bounds
    return spans


def _run(random: Random, world: World, checked: Checked, plain: object, traced: object) -> None:
    assert callable(plain) and callable(traced)
    before = world.values(random, _numbers(checked))
    here = random.randrange(len(world.scope.places)) if checked.use.here else 0
    option = random.randrange(3) if checked.use.option else 0
    key = random.getrandbits(64)
    machine = Machine(
        world.scope,
        checked.use,
        list(before),
        key=key,
        here=here,
        option=option,
        derived=world.derived,
        ranges=_spans(checked),
    )
    if checked.is_block:
        _run_block(world, checked, plain, traced, machine, before)
    else:
        _run_expression(checked, plain, traced, machine, before)


def _run_expression(
    checked: Checked, plain: object, traced: object, machine: Machine, before: list[int]
) -> None:
    assert callable(plain) and callable(traced) and checked.interval is not None
    values = tuple(before)
    got = plain(values, machine.key, machine.here, machine.option)
    node = parse_expression(checked.text, Faults())
    assert node is not None
    if isinstance(node, tree.Num) and checked.type == Flag():
        node = tree.Truth(node.at, node.value == 1)
    want, _ = machine.value(node, checked.type)
    if checked.clamp is not None:
        want = min(max(want, checked.clamp.lo), checked.clamp.hi)

    assert type(got) is int
    assert got == want == traced(values, machine.key, machine.here, machine.option)
    assert checked.interval.lo <= got <= checked.interval.hi


def _run_block(
    world: World, checked: Checked, plain: object, traced: object, machine: Machine, before: list[int]
) -> None:
    assert callable(plain) and callable(traced)
    parsed = parse_block(checked.text, Faults())
    assert parsed is not None
    machine.run(parsed.body)
    plainly, tracedly, tape = list(before), list(before), Tape(checked)
    plain(plainly, machine.key, machine.here, machine.option)
    traced(tracedly, machine.key, machine.here, machine.option, tape)

    _keeps_secrets(world, checked, traced, machine, before, tape)

    assert plainly == machine.values
    assert tracedly == machine.values
    assert tape.told == machine.told
    assert all(type(value) is int for value in plainly)
    assert {slot for slot, value in enumerate(before) if plainly[slot] != value} <= checked.writes
    steps = {*world.steps, world.scope.step_slot}
    for slot, (lo, hi) in enumerate(world.bounds):
        assert slot in steps or lo <= plainly[slot] <= hi


def _keeps_secrets(
    world: World, checked: Checked, traced: object, machine: Machine, before: list[int], tape: Tape
) -> None:
    """
    Whoever is addressed is told the same, whatever the values it may not know.

    A variable that a secret has changed in the same block shows the change to those who see it, so blocks
    that read what they write are left out.
    """
    assert callable(traced)
    if not checked.reports or checked.use.reveals or checked.written & checked.reads:
        return
    for role in world.scope.roles:
        mine = _told_to(role, tape)
        for luck in range(3):
            other = Tape(checked)
            values = twin(world, before, role, Random(machine.key + luck), _numbers(checked))
            traced(values, machine.key, machine.here, machine.option, other)
            assert mine == _told_to(role, other), role


def _told_to(role: str, tape: Tape) -> list[tuple[object, ...]]:
    """The reports that reach *role*, in order."""
    told = [(event[1], event) for event in tape.told if event[0] == "report"]
    return [event for site, event in told if isinstance(site, int) and role in tape.checked.reports[site].to]


def main() -> None:
    """Fuzz as many texts as asked for, and print what was seen."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=20_000)
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
