"""What names a rule text may use, and what it is used for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from attrs import field, frozen

from wargame.language.types import Choice, Flag, Type

Kind = Literal["condition", "value", "order", "procedure", "event"]

NOBODY: frozenset[str] = frozenset()


@frozen(slots=False)
class VariableName:
    """A variable or constant of the scenario."""

    id: str
    slot: int
    """The first slot, from 0; one for each place follows if `per_place`."""

    type: Type
    per_place: bool = False
    writable: bool = True
    exact: frozenset[str] = NOBODY
    """The roles that see its exact value."""

    seen: frozenset[str] = NOBODY
    """The roles that see it at all, exactly or as an estimate."""

    since: int | None = None
    """For a flag: the first slot that holds the step at which it last became true, 0 for never."""


@frozen(slots=False)
class DerivedName:
    """A derived value; its own text is compiled under the name `d<index>`."""

    id: str
    index: int
    type: Type
    per_place: bool = False
    exact: frozenset[str] = NOBODY
    seen: frozenset[str] = NOBODY
    reads: frozenset[str] = NOBODY
    """Ids of the variables it depends on, through other derived values too."""


@frozen(slots=False)
class OrderName:
    """An order of the scenario, as `ordered()` and `turns_since()` may ask for it."""

    id: str
    slot: int
    """Holds the step at which it was last carried out, 0 for never."""

    role: str = ""
    known: frozenset[str] = NOBODY
    """The roles that learn that it was given."""


@frozen(eq=False)
class Scope:
    """All names of one scenario. Places are numbered from 0 in the order given."""

    variables: Mapping[str, VariableName]
    derived: Mapping[str, DerivedName] = field(factory=dict)
    orders: Mapping[str, OrderName] = field(factory=dict)
    places: tuple[str, ...] = ()
    neighbours: tuple[tuple[int, ...], ...] = ()
    roles: tuple[str, ...] = ()
    turns: int = 12
    """The largest number `turn` can show; the smallest is 1."""

    turn_slot: int = 0
    step_slot: int = 1


@frozen(slots=False)
class Use:
    """What one rule text is for, which decides what it may read and write."""

    kind: Kind
    here: bool = False
    """Whether `here`, the place it is about, is known."""

    option: Choice | None = None
    """The order's own choice; its `name` is the word the text uses for it."""

    reader: str | None = None
    """The role that reads the outcome, for conditions of menus and doctrines."""

    perceived: bool = False
    """Whether estimates are good enough for the reader."""

    reveals: frozenset[str] = NOBODY
    """Ids whose secrets its reports give away on purpose."""

    entry: str = ""
    """The entry it belongs to, such as `orders.send_force`; dice labels begin with it."""


CONDITION = Flag()
"""What `check_expression` is asked for when the text is a condition."""
