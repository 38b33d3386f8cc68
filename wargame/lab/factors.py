"""What can be varied in a scenario: the constants of its assumption sheet, and how its variables begin."""

from __future__ import annotations

from collections.abc import Sequence
from fnmatch import fnmatchcase

from attrs import frozen

from wargame.errors import WargameError
from wargame.language.types import Number
from wargame.rules.kernel import Kernel
from wargame.scenario.model import Variable

__all__ = ["Factor", "factors"]

SHARE = 20
"""Percent of its range by which the start of a variable is varied, up and down."""


@frozen
class Factor:
    """One assumption, and between which values it is varied."""

    id: str
    about: str
    low: int
    high: int
    """Above `low`."""

    usual: int
    """What the scenario has."""


def factors(kernel: Kernel, wanted: Sequence[str] = (), *, starts: bool = False) -> tuple[Factor, ...]:
    """
    Every constant over the range its author gave it; with *starts* the variables of the whole country, too.

    A variable begins up to 20 % of its range higher or lower. *wanted* are patterns such as `m1*`, of which a
    factor's id has to match one.

    Raises:
        WargameError: If a pattern matches nothing, or nothing is left to vary.
    """
    scenario = kernel.scenario
    found = [_constant(each) for each in scenario.constants.values()]
    if starts or wanted:
        found += [_start(each) for each in scenario.variables.values() if not each.per_place]
    known = [each for each in found if each is not None]
    for pattern in wanted:
        if not any(fnmatchcase(each.id, pattern) for each in known):
            raise WargameError(
                f"nothing that can be varied is called '{pattern}'; constants and variables can"
            )
    chosen = [each for each in known if not wanted or any(fnmatchcase(each.id, one) for one in wanted)]
    if not chosen:
        raise WargameError(f"{scenario.id} has no constants with a range; there is nothing to vary")
    return tuple(chosen)


def _constant(each: Variable) -> Factor | None:
    if not isinstance(each.type, Number) or each.type.lo == each.type.hi:
        return None
    return Factor(each.id, each.about, each.type.lo, each.type.hi, int(each.start))


def _start(each: Variable) -> Factor | None:
    if not isinstance(each.type, Number) or not isinstance(each.start, int):
        return None
    step = (each.type.hi - each.type.lo) * SHARE // 100
    low, high = max(each.type.lo, each.start - step), min(each.type.hi, each.start + step)
    return Factor(each.id, f"As the game begins: {each.about}", low, high, each.start) if low < high else None
