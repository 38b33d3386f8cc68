"""What a doctrine looks at: the values its role sees, then every derived value, worked out once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from attrs import evolve, frozen

from wargame.agents.base import Chair
from wargame.errors import ScenarioError
from wargame.language.check import Checked, check_expression
from wargame.language.python import Builder, Function
from wargame.language.scope import DerivedName, Scope, VariableName
from wargame.rules.kernel import Kernel
from wargame.rules.perceive import Eyes

__all__ = ["Sight", "sight_of"]


@frozen(eq=False)
class Sight:
    """Eyes, and the texts that read through them."""

    eyes: Eyes
    derived: Sequence[tuple[Function, int]]
    """The derived values in the order of their slots, each with its number of places; 0 for one without."""

    functions: Mapping[str, Function]
    """The texts by key, as functions of (what `look` gives, 0, place, 0)."""

    def look(self, chair: Chair) -> list[int]:
        """Every slot as the role sees it, and behind them the derived values."""
        seen = chair.see(self.eyes)
        for function, places in self.derived:
            if places:
                seen += [function(seen, 0, here, 0) for here in range(places)]
            else:
                seen.append(function(seen, 0, 0, 0))
        return seen


def sight_of(kernel: Kernel, role: str, texts: Mapping[str, Checked], also: Iterable[str] = ()) -> Sight:
    """The sight of *role* that *texts* need, with the variables *also* seen for other uses."""
    needed = _derived_of(kernel, texts.values())
    scope = _flat_scope(kernel, needed)
    builder = Builder(scope)
    steps = [
        (builder.add(_again(kernel.book.texts[f"derived.{name.id}.value"], scope, name)), name)
        for name in needed
    ]
    names = {key: builder.add(_again(checked, scope)) for key, checked in texts.items()}
    functions = builder.build("plain")
    places = len(kernel.plan.places)
    reads = {*also, *(id for checked in texts.values() for id in checked.reads)}
    return Sight(
        eyes=kernel.eyes(role, reads),
        derived=[(functions[function], places if name.per_place else 0) for function, name in steps],
        functions={key: functions[name] for key, name in names.items()},
    )


def _derived_of(kernel: Kernel, texts: Iterable[Checked]) -> list[DerivedName]:
    """The derived values *texts* read, also through others; each after those it reads."""
    book = kernel.book
    waiting = {id for checked in texts for id in checked.derived}
    found: set[str] = set()
    while waiting:
        id = waiting.pop()
        found.add(id)
        waiting |= book.texts[f"derived.{id}.value"].derived - found
    return [name for id, name in book.scope.derived.items() if id in found]


def _flat_scope(kernel: Kernel, derived: Iterable[DerivedName]) -> Scope:
    """The scenario's scope with *derived* as variables in slots of their own, behind all others."""
    variables = dict(kernel.book.scope.variables)
    slot = len(kernel.plan.start)
    for each in derived:
        variables[each.id] = VariableName(
            each.id, slot, each.type, each.per_place, writable=False, exact=each.exact, seen=each.seen
        )
        slot += len(kernel.plan.places) if each.per_place else 1
    return evolve(kernel.book.scope, variables=variables, derived={})


def _again(checked: Checked, scope: Scope, derived: DerivedName | None = None) -> Checked:
    """*checked* once more, now with derived values read from their slots; it cannot fail, having passed."""
    want = checked.type if derived is None and checked.use.kind == "condition" else None
    result = check_expression(checked.text, scope, checked.use, derived.type if derived else want)
    if not isinstance(result, Checked):
        raise ScenarioError(result)
    return result
