"""
What a doctrine looks at: the values its texts and its role's menu read, and nothing else of a position.

A batch asks every agent every turn, so the texts are compiled once more, for the short list of `ShortEyes`
with every derived value, worked out once, behind it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from attrs import evolve, frozen

from wargame.agents.base import Chair
from wargame.errors import ScenarioError
from wargame.language.check import Checked, check_expression
from wargame.language.fused import ballot, spots, steps
from wargame.language.python import Builder, Function
from wargame.language.scope import DerivedName, Scope, VariableName
from wargame.language.typed import Since, children
from wargame.language.types import Flag, Number, Type
from wargame.rules.kernel import Kernel
from wargame.rules.plan import OrderPlan
from wargame.rules.short import ShortEyes
from wargame.scenario.book import Book
from wargame.scenario.model import Scenario

__all__ = ["Ballot", "Sight", "Spots", "sight_of"]


@frozen(eq=False)
class Sight:
    """Eyes, and the texts that read through them."""

    eyes: ShortEyes
    derive: Function
    """Appends the derived values to what the eyes see, in the order of their slots."""

    functions: Mapping[str, Function]
    """The texts by key, as functions of (what `look` gives, 0, place, option)."""

    fused: Mapping[str, Function]
    """The hands and spots asked for, by the name they were asked for under."""

    deals: Mapping[str, int]
    """Where each deal's state stands in what `look` gives, if the role is party to it; 0 there means none."""

    menu: Mapping[str, OrderPlan]
    """The role's orders by id, as the rules of legality read them from what `look` gives."""

    def look(self, chair: Chair) -> list[int]:
        """The values as the role sees them, and behind them the derived values."""
        seen = chair.see(self.eyes)
        self.derive(seen)
        return seen


@frozen
class Ballot:
    """The lines of a deck that hold, to be asked for in one go: see `fused.ballot`."""

    rows: tuple[tuple[int, int, tuple[str, ...], str | None], ...]
    """Weight, number, the keys of its conditions, and the order that must not have been carried out."""

    size: int


@frozen
class Spots:
    """The places of an order, to be asked for in one go: see `fused.spots`."""

    worth: str | None
    allowed: str | None
    """Keys of the texts."""

    size: int


def sight_of(
    kernel: Kernel, role: str, texts: Mapping[str, Checked], fused: Mapping[str, Ballot | Spots]
) -> Sight:
    """The sight of *role* that *texts* and its menu need; *fused* are functions made of several texts."""
    book, mine = kernel.book, [order for order in kernel.plan.orders.values() if order.role == role]
    everything = {**texts, **_menu_texts(book, {order.id for order in mine})}
    needed = _derived_of(book, everything.values())
    read = [*everything.values(), *(book.texts[f"derived.{name.id}.value"] for name in needed)]
    asked = {id for checked in read for id in checked.asks} | {order.id for order in mine}
    deals = _deals_of(book.scenario, role)
    variables = [*_variables(book, mine, everything.values()), *deals]
    eyes = ShortEyes(kernel.plan, role, variables, sorted(asked), _since(read))
    scope = _short_scope(kernel, eyes, needed)
    builder = Builder(scope)
    again = {key: _again(checked, scope) for key, checked in everything.items()}
    values = [(_again(book.texts[f"derived.{name.id}.value"], scope, name.type), name) for name in needed]
    derive = builder.add_body("s", steps(scope, [(checked, name.per_place) for checked, name in values]))
    names = {key: builder.add(checked) for key, checked in again.items()}
    bodies = {name: _body(builder, each, again) for name, each in fused.items()}
    functions = builder.build("plain")
    found = {key: functions[name] for key, name in names.items()}
    return Sight(
        eyes=eyes,
        derive=functions[derive],
        functions=found,
        fused={name: functions[body] for name, body in bodies.items()},
        deals={id: eyes.slots.index(kernel.plan.variables[id].slot) for id in deals},
        menu={order.id: _short_order(kernel, order, found, eyes) for order in mine},
    )


def _body(builder: Builder, each: Ballot | Spots, texts: Mapping[str, Checked]) -> str:
    """The name of the function that *each* asks for."""
    scope = builder.scope
    if isinstance(each, Spots):
        worth, allowed = (None if key is None else texts[key] for key in (each.worth, each.allowed))
        return builder.add_body("s, option", spots(scope, worth, allowed, each.size))
    rows = [
        (
            weight,
            number,
            [texts[key] for key in tests if key in texts],
            None if once is None else scope.orders[once].slot,
        )
        for weight, number, tests, once in each.rows
    ]
    return builder.add_body("s, j", ballot(scope, rows, each.size))


def _deals_of(scenario: Scenario, role: str) -> list[str]:
    """The agreements and promises the role can propose: it sees how each of them stands."""
    agreements = [id for id, each in scenario.agreements.items() if role in each.parties]
    return [*agreements, *(id for id, each in scenario.promises.items() if each.by == role)]


def _menu_texts(book: Book, orders: set[str]) -> dict[str, Checked]:
    """What decides whether an order may be given: all of it the role sees exactly."""
    wanted = ("when", "allow", "spend")
    keys = {key: key.split(".") for key in book.texts if key.startswith("orders.")}
    return {key: book.texts[key] for key, parts in keys.items() if parts[1] in orders and parts[2] in wanted}


def _variables(book: Book, orders: Iterable[OrderPlan], texts: Iterable[Checked]) -> list[str]:
    """Every variable that *texts* read or *orders* spend, in the scenario's order."""
    read = {id for checked in texts for id in checked.reads} | {
        id for order in orders for id in order.about.spend
    }
    return [id for id in book.scope.variables if id in read]


def _derived_of(book: Book, texts: Iterable[Checked]) -> list[DerivedName]:
    """The derived values *texts* read, also through others; each after those it reads."""
    waiting = {id for checked in texts for id in checked.derived}
    found: set[str] = set()
    while waiting:
        id = waiting.pop()
        found.add(id)
        waiting |= book.texts[f"derived.{id}.value"].derived - found
    return [name for id, name in book.scope.derived.items() if id in found]


def _since(texts: Iterable[Checked]) -> frozenset[str]:
    """The flags of which *texts* ask since when they have been true."""
    waiting = [checked.tree for checked in texts if not isinstance(checked.tree, tuple)]
    found: set[str] = set()
    while waiting:
        node = waiting.pop()
        waiting += children(node)
        if isinstance(node, Since):
            found.add(node.source)
    return frozenset(found)


def _short_scope(kernel: Kernel, eyes: ShortEyes, derived: Iterable[DerivedName]) -> Scope:
    """The scenario's scope for the short list: *derived* are variables in slots behind all others."""
    book, at = kernel.book.scope, {slot: place for place, slot in enumerate(eyes.slots)}
    variables = {
        id: evolve(name, slot=at[name.slot], since=None if name.since is None else at.get(name.since))
        for id, name in book.variables.items()
        if name.slot in at
    }
    end = len(eyes.slots)
    for each in derived:
        variables[each.id] = _as_variable(each, end)
        end += len(book.places) if each.per_place else 1
    orders = {id: evolve(name, slot=at[name.slot]) for id, name in book.orders.items() if name.slot in at}
    return evolve(book, variables=variables, derived={}, orders=orders, turn_slot=0, step_slot=1)


def _as_variable(each: DerivedName, slot: int) -> VariableName:
    return VariableName(
        each.id, slot, each.type, each.per_place, writable=False, exact=each.exact, seen=each.seen
    )


def _again(checked: Checked, scope: Scope, want: Type | None = None) -> Checked:
    """*checked* once more in *scope*; it cannot fail, having passed with the same names and ranges."""
    if want is None and checked.use.kind == "condition":
        want = Flag()
    if want is None and checked.clamp is not None:
        want = Number(*checked.clamp)
    result = check_expression(checked.text, scope, checked.use, want, once_more=True)
    if not isinstance(result, Checked):
        raise ScenarioError(result)
    return result


def _short_order(
    kernel: Kernel, order: OrderPlan, functions: Mapping[str, Function], eyes: ShortEyes
) -> OrderPlan:
    """*order* with its conditions and prices read from the short list; what it does stays out of it."""
    at, key = eyes.slots.index, f"orders.{order.id}"
    prices = [
        (kernel.plan.variables[purse].slot, functions[f"{key}.spend.{purse}"]) for purse in order.about.spend
    ]
    short = OrderPlan(
        number=order.number,
        id=order.id,
        about=order.about,
        role=order.role,
        phase=order.phase,
        when=functions.get(f"{key}.when"),
        allow=functions.get(f"{key}.allow"),
        prices=tuple((at(slot), price) for slot, price in prices),
        slot=at(order.slot),
        known=order.known,
        rule=None,
    )
    short.ways = tuple(
        evolve(given, plan=short, costs=given.costs and tuple((at(slot), cost) for slot, cost in given.costs))
        for given in order.ways
    )
    return short
