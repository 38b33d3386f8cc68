"""The check of a rule text: a text that passes cannot fail in play."""

from __future__ import annotations

from attrs import frozen

from wargame.errors import Problem
from wargame.language.scope import Scope, Use
from wargame.language.sites import DieSite, Part, ReportSite
from wargame.language.types import Interval, Type

__all__ = ["Checked", "DieSite", "Part", "ReportSite", "check_block", "check_expression"]


@frozen(eq=False)
class Checked:
    """A rule text that passed."""

    text: str
    use: Use
    is_block: bool
    tree: object
    type: Type | None
    """What an expression yields; None for a block."""

    interval: Interval | None
    """All values an expression can yield, after clamping to the bounds asked for; None for a block."""

    reads: frozenset[str]
    """Ids of the variables read, also through derived values."""

    derived: frozenset[str]
    """Ids of the derived values read directly."""

    writes: frozenset[int]
    """Every slot it may write, `since` slots included."""

    written: frozenset[str]
    """Ids of the variables it may write."""

    dice: tuple[DieSite, ...]
    reports: tuple[ReportSite, ...]


def check_expression(text: str, scope: Scope, use: Use, want: Type | None = None) -> Checked | list[Problem]:
    """
    *text* checked as one expression, or every fault found in it. Never raises.

    With *want* a `Number` the compiled value clamps to its bounds, as an assignment would; with a `Flag` the
    text is a condition, and one that is always or never true is a fault unless it is the bare literal `true`,
    `false`, `1` or `0`.
    """
    raise NotImplementedError


def check_block(text: str, scope: Scope, use: Use) -> Checked | list[Problem]:
    """*text* checked as statements, or every fault found in it. Never raises."""
    raise NotImplementedError
