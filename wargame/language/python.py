"""Checked rule texts compiled to Python source, whose only words are generated names and integers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from attrs import define, field

from wargame.language.check import Checked
from wargame.language.scope import Scope

Flavour = Literal["plain", "traced"]
Function = Callable[..., int | None]


@define(eq=False)
class Builder:
    """Collects the checked texts of one scenario and compiles them as one module."""

    scope: Scope
    _items: list[Checked] = field(factory=list, init=False)

    def add(self, checked: Checked, name: str | None = None) -> str:
        """The name under which *checked* will be found in what `build` returns, such as `f12`."""
        raise NotImplementedError

    def add_derived(self, index: int, checked: Checked) -> str:
        """As `add`, for the text of the derived value *index*; the name is `d<index>`, called `d(s, here)`."""
        raise NotImplementedError

    def part_functions(self, name: str) -> tuple[tuple[str | None, ...], ...]:
        """For the block added as *name*: per die the function of each part, None where none can be."""
        raise NotImplementedError

    def source(self, flavour: Flavour) -> str:
        """The module's source."""
        raise NotImplementedError

    def build(self, flavour: Flavour) -> dict[str, Function]:
        """Every function added, by name."""
        raise NotImplementedError
