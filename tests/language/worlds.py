"""Random scopes, with values that a game could hold."""

from __future__ import annotations

from random import Random

from attrs import evolve, frozen

from tests.language.programs import Author
from wargame.language import tree
from wargame.language.check import Checked, check_expression
from wargame.language.faults import Faults
from wargame.language.grammar import parse_expression
from wargame.language.scope import DerivedName, OrderName, Scope, Use, VariableName
from wargame.language.types import Choice, Flag, Interval, Number, Type, interval_of

ROLES = ("kremlin", "palace", "street", "west")
RANGES = (
    (0, 100),
    (0, 100),
    (0, 12),
    (-50, 50),
    (1, 9),
    (0, 1),
    (3, 3),
    (-9, -2),
    (0, 2**31 - 1),
    (-(2**31), 5),
)
CHOICES = (("none", "some"), ("none", "guard", "joint", "active"), ("only",))


@frozen(eq=False)
class World:
    """A scope, its derived values and the bounds of every slot."""

    scope: Scope
    derived: dict[str, tree.Expr]
    checked: dict[str, Checked]
    bounds: tuple[Interval, ...]
    steps: tuple[int, ...]
    """Slots that hold a step, which is never later than now."""

    def values(self, random: Random, likely: tuple[int, ...] = ()) -> list[int]:
        """Values a game could hold; some are *likely* ones, where rules may turn."""
        pick = random.random
        values = [(lo, hi, lo + int(pick() * (hi - lo + 1)))[int(pick() * 3)] for lo, hi in self.bounds]
        if likely:
            for slot, (lo, hi) in enumerate(self.bounds):
                if pick() < 0.5:
                    near = likely[int(pick() * len(likely))] + int(pick() * 4) % 3 - 1
                    values[slot] = min(max(near, lo), hi)
        step = random.randint(0, self.scope.turns)
        values[self.scope.step_slot] = step
        for slot in self.steps:
            values[slot] = random.choice((0, step, random.randint(0, step)))
        return values


def twin(world: World, values: list[int], role: str, random: Random, likely: tuple[int, ...]) -> list[int]:
    """Values that differ from *values* in nothing that *role* knows exactly."""
    other = world.values(random, likely)
    slots = len(world.scope.places)
    for name in world.scope.variables.values():
        if role in name.exact:
            count = slots if name.per_place else 1
            firsts = [name.slot] if name.since is None else [name.slot, name.since]
            for first in firsts:
                other[first : first + count] = values[first : first + count]
    for slot in (
        world.scope.turn_slot,
        world.scope.step_slot,
        *(o.slot for o in world.scope.orders.values()),
    ):
        other[slot] = values[slot]
    for slot in world.steps:
        other[slot] = min(other[slot], other[world.scope.step_slot])
    return other


def random_world(random: Random) -> World:
    """A world of up to twenty names."""
    places = tuple(f"place_{i}" for i in range(random.choice((0, 1, 2, 3, 3, 4, 5, 14))))
    maker = _Maker(random, len(places))
    variables = {name.id: name for name in [maker.variable(i) for i in range(random.randint(3, 12))]}
    orders = {name.id: name for name in [maker.order(i) for i in range(random.randint(0, 3))]}
    scope = Scope(
        variables,
        {},
        orders,
        places,
        _neighbours(random, len(places)),
        ROLES[: random.randint(1, 4)],
        random.choice((1, 12, 12, 150)),
    )
    maker.bounds[0] = Interval(1, scope.turns)
    world = World(scope, {}, {}, tuple(maker.bounds), tuple(maker.steps))
    for i in range(random.choice((0, 0, 1, 3))):
        world = _with_derived(world, random, i)
    return world


class _Maker:
    def __init__(self, random: Random, places: int) -> None:
        self.random, self.places = random, places
        self.bounds = [Interval(1, 1), Interval(0, 0)]
        self.steps: list[int] = []

    def type(self, i: int) -> Type:
        kind = self.random.randrange(7)
        if kind < 4:
            return Number(*self.random.choice(RANGES))
        return Flag() if kind < 6 else Choice(f"var_{i}", self.random.choice(CHOICES))

    def take(self, bounds: Interval, count: int) -> int:
        first = len(self.bounds)
        self.bounds += [bounds] * count
        return first

    def variable(self, i: int) -> VariableName:
        type_, random = self.type(i), self.random
        per_place = self.places > 0 and random.random() < 0.4
        count = self.places if per_place else 1
        slot = self.take(interval_of(type_, self.places), count)
        since = None
        if isinstance(type_, Flag) and random.random() < 0.8:
            since = self.take(Interval(0, 0), count)
            self.steps += range(since, since + count)
        exact = frozenset(ROLES if random.random() < 0.7 else random.sample(ROLES, 2))
        writable = random.random() < 0.85
        return VariableName(f"var_{i}", slot, type_, per_place, writable, exact, exact, since)

    def order(self, i: int) -> OrderName:
        slot = self.take(Interval(0, 0), 1)
        self.steps.append(slot)
        return OrderName(f"order_{i}", slot, ROLES[0], frozenset(ROLES))


def _neighbours(random: Random, places: int) -> tuple[tuple[int, ...], ...]:
    edges = {(a, b) for a in range(places) for b in range(a) if random.random() < 0.4}
    return tuple(tuple(b for b in range(places) if (a, b) in edges or (b, a) in edges) for a in range(places))


def _with_derived(world: World, random: Random, i: int) -> World:
    """*world* with one more derived value, if the text made for it passes the check."""
    scope = world.scope
    per_place = bool(scope.places) and random.random() < 0.5
    use = Use("value", here=per_place)
    type_: Type = random.choice((Number(0, 4), Number(-10, 1000), Flag()))
    text = Author(random, scope, use).expression(type_, 2)
    checked = check_expression(text, scope, use, type_)
    if isinstance(checked, list):
        return world
    exact = frozenset(ROLES).intersection(*(scope.variables[word].exact for word in checked.reads))
    name = DerivedName(
        f"derived_{i}",
        len(scope.derived),
        type_,
        per_place,
        exact,
        exact,
        checked.reads,
    )
    node = parse_expression(text, Faults())
    assert node is not None
    return evolve(
        world,
        scope=evolve(scope, derived={**scope.derived, name.id: name}),
        derived={**world.derived, name.id: node},
        checked={**world.checked, name.id: checked},
    )
