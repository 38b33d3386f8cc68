"""Variables, places, roles and values as a person names them, found in a scenario or refused in words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches
from typing import TYPE_CHECKING

from wargame.errors import IllegalOrder
from wargame.language.types import Choice, Flag
from wargame.rules.plan import VariablePlan
from wargame.text import visible_text

if TYPE_CHECKING:
    from wargame.rules.kernel import Kernel

__all__ = ["Value", "amount", "encoded", "flag_since", "named", "roles_named", "slot_of"]

Value = int | bool | str
"""A number, a flag (also `yes` or `no`), or the option of a choice."""

_NUMBER = re.compile(r"[+-]?[0-9]{1,9}")
_YES = {"yes": 1, "true": 1, "on": 1, "no": 0, "false": 0, "off": 0}


def named(name: str, titles: Mapping[str, str], what: str) -> str:
    """
    The id of the thing that *name*, an id or a title, stands for; case does not matter.

    Raises:
        IllegalOrder: If there is none; it names the nearest.
    """
    if name in titles:
        return name
    wanted = name.casefold().strip()
    for id, title in titles.items():
        if wanted in (id.casefold(), title.casefold()):
            return id
    raise IllegalOrder(f"there is no {what} '{visible_text(name[:60])}'; {_guess(wanted, titles)}")


def slot_of(kernel: Kernel, name: str, place: str | None = None) -> tuple[str, str | None, int]:
    """
    The variable, its place and its slot; *name* may be `variable.place` too.

    Raises:
        IllegalOrder: If there is none, or a place is missing or too many.
    """
    scenario = kernel.scenario
    titles = {id: each.title for id, each in scenario.variables.items()}
    if place is None and name not in titles and "." in name:
        name, _, place = name.partition(".")
    _refuse_derived(kernel, name)
    id = named(name, titles, "variable")
    variable = kernel.plan.variables[id]
    if not variable.about.per_place:
        if place is not None:
            raise IllegalOrder(f"{variable.about.title} is one for the whole crisis; leave the place out")
        return id, None, variable.slot
    if place is None:
        raise IllegalOrder(f"{variable.about.title} differs from place to place; name the place")
    at = named(place, {id: each.title for id, each in scenario.places.items()}, "place")
    return id, at, variable.slot + kernel.plan.places.index(at)


def encoded(kernel: Kernel, id: str, value: Value) -> int:
    """
    The number that stands for *value* in a slot of the variable; a number is kept inside its range.

    Raises:
        IllegalOrder: If the variable takes no such value.
    """
    about = kernel.plan.variables[id].about
    match about.type:
        case Flag():
            flag = _YES.get(value.casefold(), value) if isinstance(value, str) else value
            if flag not in (0, 1):
                raise IllegalOrder(f"{about.title} is yes or no, not {_shown(value)}")
            return int(flag)
        case Choice(_, options):
            option = value.strip().casefold().replace(" ", "_") if isinstance(value, str) else value
            if option not in options:
                raise IllegalOrder(f"{about.title} is {_or(options)}, not {_shown(value)}")
            return options.index(str(option))
        case _:
            lo, hi = about.range
            number = _whole(value)
            if number is None:
                raise IllegalOrder(f"{about.title} is a whole number, {lo} to {hi}, not {_shown(value)}")
            return max(lo, min(hi, number))


def amount(kernel: Kernel, id: str, value: Value) -> int:
    """
    What an outcome does to the variable: a number changes by it, a flag or choice becomes it.

    Raises:
        IllegalOrder: If the variable takes no such value.
    """
    about = kernel.plan.variables[id].about
    if isinstance(about.type, Flag | Choice):
        return encoded(kernel, id, value)
    lo, hi = about.range
    number = _whole(value)
    if number is None:
        raise IllegalOrder(f"{about.title} changes by a whole number, such as -10, not {_shown(value)}")
    return max(lo - hi, min(hi - lo, number))


def flag_since(variable: VariablePlan, slot: int) -> int | None:
    """The slot that notes since when the flag in *slot* holds; None for what is no flag."""
    return None if variable.since is None else variable.since + slot - variable.slot


def roles_named(kernel: Kernel, to: Sequence[str] | str | None) -> tuple[str, ...]:
    """
    The ids of the roles in *to*, in the scenario's order; all of them if none is named.

    Raises:
        IllegalOrder: If there is no such role.
    """
    titles = {id: role.title for id, role in kernel.scenario.roles.items()}
    wanted = {named(role, titles, "role") for role in ([to] if isinstance(to, str) else to or ())}
    return tuple(role for role in titles if not wanted or role in wanted)


def _refuse_derived(kernel: Kernel, name: str) -> None:
    wanted = name.casefold().strip()
    for id, derived in kernel.scenario.derived.items():
        if wanted in (id.casefold(), derived.title.casefold()):
            raise IllegalOrder(f"{derived.title} follows from other values; set those")


def _whole(value: Value) -> int | None:
    """*value* as a number, which may be typed as text; None if it is none."""
    if isinstance(value, str):
        return int(value) if _NUMBER.fullmatch(value.strip()) else None
    return value if type(value) is int else None


def _guess(wanted: str, titles: Mapping[str, str]) -> str:
    near = get_close_matches(wanted, [*titles, *(title.casefold() for title in titles.values())], 1, 0.5)
    if near:
        return f"did you mean '{near[0]}'?"
    listed = [*titles][:12]
    return f"there are {', '.join(listed)}{', ...' if len(titles) > len(listed) else ''}"


def _or(options: Iterable[str]) -> str:
    return " or ".join(option.replace("_", " ") for option in options)


def _shown(value: Value) -> str:
    return f"'{visible_text(value[:60])}'" if isinstance(value, str) else str(value)[:60]
