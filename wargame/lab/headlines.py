"""The headline numbers of a scenario, as they truly stand in the values of a position."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from attrs import frozen

from wargame.language.types import Number
from wargame.rules.kernel import Kernel
from wargame.scenario.model import Derived, Variable

__all__ = ["Headline", "headlines"]


@frozen(eq=False)
class Headline:
    """One of them."""

    about: Variable | Derived
    slot: int | None
    """Where it lies among the values; None if it is derived from others."""

    _function: Callable[..., Any] | None = None

    @property
    def id(self) -> str:
        """Its id in the scenario."""
        return self.about.id

    @property
    def range(self) -> tuple[int, int]:
        """The lowest and the highest it can be."""
        type_ = self.about.type
        return (type_.lo, type_.hi) if isinstance(type_, Number) else (0, 1)

    def read(self, values: Sequence[int]) -> int:
        """The number among *values*."""
        if self._function is None:
            return values[self.slot or 0]
        return int(self._function(values, 0))


def headlines(kernel: Kernel) -> tuple[Headline, ...]:
    """Those that are one number for the whole map, variables first, in the scenario's order."""
    plan = kernel.plan
    found = [
        Headline(each.about, each.slot)
        for each in plan.variables.values()
        if each.about.headline and not each.about.per_place and isinstance(each.about.type, Number)
    ]
    found += [
        Headline(each.about, None, each.function)
        for each in plan.derived.values()
        if each.about.headline and not each.about.per_place and isinstance(each.about.type, Number)
    ]
    return tuple(found)
