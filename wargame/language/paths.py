"""Follows a block along all its paths: what every local can hold, and what every report gives away."""

from __future__ import annotations

from attrs import define, field

from wargame.language import typed as t
from wargame.language.flow import PUBLIC, Env, Held, Secrets, Values, slot_key
from wargame.language.types import ANY, Interval

MOST_STEPS = 150_000
"""After so many steps ahead, a local that still grows counts as unbounded, so that the check ends."""


@define(eq=False)
class Paths:
    """One walk over the statements of a block."""

    values: Values
    places: int
    most_neighbours: int
    reveals: frozenset[str]
    needed: dict[t.Expr, Interval] = field(factory=dict)
    """The interval of every value assigned to a variable, before it is cut to its bounds."""

    _decided_by: list[Secrets] = field(factory=list)
    """What the enclosing conditions depend on."""

    def block(self, body: tuple[t.Stmt, ...]) -> None:
        for node in body:
            self._statement(node)

    def _statement(self, node: t.Stmt) -> None:
        match node:
            case t.SetSlot(base=base, place=place, value=value):
                if place is not None:
                    self.values.value(place)
                self.needed[value] = self.values.value(value).range
                self._forget(base, 1 if place is None else self.places)
            case t.SetLocal(index=index, value=value):
                found = self.values.value(value)
                held = Held(found.range, found.secrets | self._context(), True)
                self.values.env = {**self.values.env, index: held}
            case t.If():
                self._if(node)
            case t.For():
                self._for(node)
            case t.Report():
                self._report(node)

    def _forget(self, base: int, count: int) -> None:
        """What conditions told about slots that now change no longer holds."""
        gone = {slot_key(slot) for slot in range(base, base + count)}
        if not gone.isdisjoint(self.values.env):
            self.values.env = {key: held for key, held in self.values.env.items() if key not in gone}

    def _context(self) -> Secrets:
        return PUBLIC.union(*self._decided_by)

    def _if(self, node: t.If) -> None:
        values = self.values
        depth = len(self._decided_by)
        ends: list[Env] = []
        for test, body in node.branches:
            # A later branch runs because the earlier tests failed, so it depends on them too.
            self._decided_by.append(values.condition(test).secrets)
            before = values.env
            values.assume(test, True)
            self.block(body)
            ends.append(values.env)
            values.env = before
            values.assume(test, False)
        self.block(node.otherwise)
        ends.append(values.env)
        del self._decided_by[depth:]
        values.env = _joined(ends)

    def _for(self, node: t.For) -> None:
        values = self.values
        secrets = values.value(node.of).secrets if node.of is not None else PUBLIC
        self._decided_by.append(secrets)
        # The body may change any variable, so what conditions before it told is not carried into it.
        locals_only = {key: held for key, held in values.env.items() if key >= 0}
        start = values.env = self._at_start(node, locals_only)
        self.block(node.body)
        values.env = _joined([start, values.env])
        self._decided_by.pop()

    def _at_start(self, node: t.For, before: Env) -> Env:
        """What locals can hold whenever the body begins: after no, one, two ... of all its runs."""
        values = self.values
        runs = self.places if node.of is None else self.most_neighbours
        start = before
        values.quiet += 1
        for _ in range(runs - 1):
            values.env = start
            self.block(node.body)
            grown = _joined([start, values.env])
            if grown == start:
                break
            start = _unbounded(start, grown) if values.steps > MOST_STEPS else grown
        values.quiet -= 1
        return start

    def _report(self, node: t.Report) -> None:
        values = self.values
        secrets = self._context().union(*(values.value(arg).secrets for arg in node.args))
        for id_ in sorted(secrets - self.reveals):
            blind = [role for role in node.to if role not in values.known_to(id_)]
            if blind:
                values.fault(
                    node,
                    f"this report depends on '{id_}', which {' and '.join(blind)} may not know exactly",
                    f"address fewer roles, or list '{id_}' in reveals",
                )


def _joined(envs: list[Env]) -> Env:
    """What locals can hold where paths meet."""
    joined: dict[int, Held] = {}
    for index in sorted({index for env in envs for index in env}):
        held = [env.get(index) for env in envs]
        found = [one for one in held if one is not None]
        if index < 0 and len(found) < len(held):
            continue
        range_ = found[0].range
        for one in found[1:]:
            range_ = range_.join(one.range)
        secrets = PUBLIC.union(*(one.secrets for one in found))
        joined[index] = Held(range_, secrets, len(found) == len(held) and all(one.always for one in found))
    return joined


def _unbounded(before: Env, after: Env) -> Env:
    """*after*, with every bound that still moves moved to the end."""
    widened: dict[int, Held] = {}
    for index, held in after.items():
        old = before.get(index, held).range
        lo = held.range.lo if held.range.lo == old.lo else ANY.lo
        hi = held.range.hi if held.range.hi == old.hi else ANY.hi
        widened[index] = Held(Interval(lo, hi), held.secrets, held.always)
    return widened
