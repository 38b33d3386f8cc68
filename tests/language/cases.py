"""One compiled rule text, run on random values and compared with the slow reader."""

from __future__ import annotations

import re
from collections.abc import Mapping
from random import Random

from attrs import frozen

from tests.language.oracle import Machine
from tests.language.worlds import World, twin
from wargame.language import tree
from wargame.language.check import Checked
from wargame.language.faults import Faults
from wargame.language.grammar import Parsed, parse_block, parse_expression
from wargame.language.python import Function
from wargame.language.types import Flag, Interval


class Tape:
    """Notes what a traced block tells, in the slow reader's words."""

    def __init__(self, checked: Checked) -> None:
        self.checked = checked
        self.told: list[tuple[object, ...]] = []
        self.after: list[int] = []

    def change(self, slot: int, before: int, after: int, line: int) -> None:
        assert type(before) is type(after) is int
        self.told.append(("change", slot, before, after, line))

    def fell(self, die: int, subject: int, face: int) -> int:
        return face

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


@frozen
class Case:
    """A text that passed the check, with both its compiled functions."""

    world: World
    checked: Checked
    plain: Function
    traced: Function
    tree: tree.Expr | Parsed
    spans: Mapping[tuple[int, int], Interval]
    """The interval of every part of the text, by where it stands."""

    numbers: tuple[int, ...]
    """The numbers in the text: values near them are where something changes."""

    @classmethod
    def of(cls, world: World, checked: Checked, plain: Function, traced: Function) -> Case:
        """The case of a text, read once more for the slow reader."""
        read = parse_block(checked.text, Faults()) if checked.is_block else _expression(checked)
        assert read is not None
        found = [int(digits) for digits in re.findall(r"\b\d{1,9}\b", checked.text)]
        numbers = tuple(number * sign for number in found for sign in (1, -1))
        return cls(world, checked, plain, traced, read, _spans(checked), numbers)

    def run(self, random: Random) -> None:
        """Run it once, on random values; fails by assertion."""
        checked, before = self.checked, self.world.values(random, self.numbers)
        machine = Machine(
            self.world.scope,
            checked.use,
            list(before),
            key=random.getrandbits(64),
            here=random.randrange(len(self.world.scope.places)) if checked.use.here else 0,
            option=random.randrange(3) if checked.use.option else 0,
            derived=self.world.derived,
            ranges=self.spans,
        )
        if isinstance(self.tree, Parsed):
            machine.run(self.tree.body)
            self._compare_blocks(machine, before)
        else:
            want, _ = machine.value(self.tree, checked.type)
            self._compare_values(machine, before, want)

    def _compare_values(self, machine: Machine, before: list[int], want: int) -> None:
        checked, values = self.checked, tuple(before)
        got = self.plain(values, machine.key, machine.here, machine.option)
        if checked.clamp is not None:
            want = min(max(want, checked.clamp.lo), checked.clamp.hi)

        assert type(got) is int
        assert got == want == self.traced(values, machine.key, machine.here, machine.option)
        assert checked.interval is not None
        assert checked.interval.lo <= got <= checked.interval.hi

    def _compare_blocks(self, machine: Machine, before: list[int]) -> None:
        plainly, tracedly, tape = list(before), list(before), Tape(self.checked)
        held: dict[int, int] = {}
        notes = (held,) if self.checked.use.kind == "order" else ()
        self.plain(plainly, machine.key, machine.here, machine.option, *notes)
        self.traced(tracedly, machine.key, machine.here, machine.option, tape)

        assert plainly == machine.values
        assert tracedly == machine.values
        assert tape.told == machine.told
        assert all(type(value) is int for value in plainly)
        changed = {slot for slot, value in enumerate(before) if plainly[slot] != value}
        assert changed <= self.checked.writes
        if notes:
            assert changed <= held.keys()
            assert all(before[slot] == value for slot, value in held.items())
        steps = {*self.world.steps, self.world.scope.step_slot}
        for slot, (lo, hi) in enumerate(self.world.bounds):
            assert slot in steps or lo <= plainly[slot] <= hi
        self._keeps_secrets(machine, before, tape)

    def _keeps_secrets(self, machine: Machine, before: list[int], tape: Tape) -> None:
        """
        Whoever is addressed is told the same, whatever the values it may not know.

        A variable that a secret has changed in the same block shows the change to those who see it, so blocks
        that read what they write are left out.
        """
        checked = self.checked
        if not checked.reports or checked.use.reveals or checked.written & checked.reads:
            return
        for role in self.world.scope.roles:
            mine = _told_to(role, tape)
            for luck in range(3):
                other = Tape(checked)
                values = twin(self.world, before, role, Random(machine.key + luck), self.numbers)
                self.traced(values, machine.key, machine.here, machine.option, other)
                assert mine == _told_to(role, other), role


def _expression(checked: Checked) -> tree.Expr | None:
    node = parse_expression(checked.text, Faults())
    if isinstance(node, tree.Num) and checked.type == Flag():
        return tree.Truth(node.at, node.value == 1)
    return node


def _spans(checked: Checked) -> dict[tuple[int, int], Interval]:
    spans: dict[tuple[int, int], Interval] = {}
    for node, bounds in checked.ranges.items():
        span = (node.at.start, node.at.end)
        spans[span] = bounds.join(spans[span]) if span in spans else bounds
    return spans


def _told_to(role: str, tape: Tape) -> list[tuple[object, ...]]:
    """The reports that reach *role*, in order."""
    told = [(event[1], event) for event in tape.told if event[0] == "report"]
    return [event for site, event in told if isinstance(site, int) and role in tape.checked.reports[site].to]
