"""The check of a rule text: a text that passes cannot fail in play."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import field, frozen

from wargame.errors import Problem
from wargame.language import tree
from wargame.language import typed as t
from wargame.language.faults import Faults
from wargame.language.flow import Values
from wargame.language.grammar import parse_block, parse_expression
from wargame.language.names import Names
from wargame.language.paths import Paths
from wargame.language.resolve import Resolver
from wargame.language.scope import Scope, Use
from wargame.language.sites import DieSite, Part, ReportSite, die_site, label_key, own_label, places_of
from wargame.language.statements import Statements
from wargame.language.types import Flag, Interval, Number, Type
from wargame.language.words import RESERVED

__all__ = [
    "RESERVED",
    "Checked",
    "DieSite",
    "Part",
    "ReportSite",
    "check_block",
    "check_expression",
    "label_key",
    "places_of",
]

_WITH_DICE = ("order", "procedure", "event")


@frozen(eq=False, slots=False)
class Checked:
    """A rule text that passed."""

    text: str
    use: Use
    tree: t.Expr | tuple[t.Stmt, ...] = field(repr=False)
    """An expression, or the statements of a block."""

    ranges: Mapping[t.Expr, Interval] = field(repr=False)
    """The intervals compiling needs: of the whole expression, of assigned values and of dice."""

    type: Type | None = None
    """What an expression yields; None for a block."""

    interval: Interval | None = None
    """All values an expression can yield, after clamping to the bounds asked for; None for a block."""

    clamp: Interval | None = None
    """The bounds an expression is cut to where its own interval does not keep them."""

    reads: frozenset[str] = frozenset()
    """Ids of the variables read, also through derived values; not those only added to."""

    derived: frozenset[str] = frozenset()
    """Ids of the derived values read directly."""

    asks: frozenset[str] = frozenset()
    """Ids of the orders it asks about."""

    writes: frozenset[int] = frozenset()
    """Every slot it may write, `since` slots included."""

    written: frozenset[str] = frozenset()
    """Ids of the variables it may write."""

    dice: tuple[DieSite, ...] = ()
    reports: tuple[ReportSite, ...] = ()

    @property
    def is_block(self) -> bool:
        return isinstance(self.tree, tuple)


def check_expression(
    text: str,
    scope: Scope,
    use: Use,
    want: Type | None = None,
    *,
    every_range: bool = False,
    once_more: bool = False,
) -> Checked | list[Problem]:
    """
    *text* checked as one expression, or every fault found in it. Never raises.

    With *want* a `Number` the compiled value clamps to its bounds, as an assignment would; with a `Flag` the
    text is a condition, and one that is always or never true is a fault unless it is the bare literal `true`,
    `false`, `1` or `0`. With *every_range* the interval of every part is kept, for tests. *once_more* says
    that the text has passed in a scope that told less of its values: what is now always true is no fault.
    """
    faults = Faults(use.entry)
    node = parse_expression(text, faults)
    if node is None:
        return faults.list()
    if isinstance(want, Flag) and isinstance(node, tree.Num) and node.value in (0, 1):
        node = tree.Truth(node.at, node.value == 1)
    names = Names(scope, use, faults)
    found = _resolved(Resolver(names, faults, with_dice=False), node, want)
    if found is None:
        faults.lost(node.at)
        return faults.list()
    if faults:
        return faults.list()
    value, type_ = found
    values = Values(faults, names.known_to, in_part=once_more)
    is_condition = isinstance(want, Flag) and not isinstance(value, t.Const)
    range_ = (values.condition(value) if is_condition else values.value(value)).range
    if faults:
        return faults.list()
    clamp = Interval(want.lo, want.hi) if isinstance(want, Number) else None
    return Checked(
        text=text,
        use=use,
        tree=value,
        ranges=values.ranges if every_range else {value: values.ranges[value]},
        type=type_,
        interval=range_ if clamp is None else range_.meet(*clamp),
        clamp=clamp,
        reads=frozenset(names.variables_read),
        derived=frozenset(names.derived_read),
        asks=frozenset(names.orders_asked),
    )


def _resolved(resolver: Resolver, node: tree.Expr, want: Type | None) -> tuple[t.Expr, Type] | None:
    if want is None:
        return resolver.expression(node)
    value = resolver.wanted(node, want)
    return None if value is None else (value, want)


def check_block(text: str, scope: Scope, use: Use, *, every_range: bool = False) -> Checked | list[Problem]:
    """
    *text* checked as statements, or every fault found in it. Never raises.

    With *every_range* the interval of every part is kept, for tests.
    """
    faults = Faults(use.entry)
    parsed = parse_block(text, faults)
    if parsed is None:
        return faults.list()
    names = Names(scope, use, faults, excused=parsed.lost)
    resolver = Resolver(names, faults, with_dice=use.kind in _WITH_DICE)
    statements = Statements(names, resolver, faults)
    resolved = statements.block(parsed.body)
    dice = _numbered(resolver.dice, faults)
    values = Values(faults, names.known_to, in_part=bool(faults))
    most = max((len(near) for near in scope.neighbours), default=0)
    paths = Paths(values, len(scope.places), most, use.reveals)
    paths.block(resolved)
    if faults:
        return faults.list()
    return Checked(
        text=text,
        use=use,
        tree=resolved,
        ranges=values.ranges if every_range else paths.needed | {die: values.ranges[die] for die in dice},
        reads=frozenset(names.variables_read),
        derived=frozenset(names.derived_read),
        asks=frozenset(names.orders_asked),
        writes=frozenset(statements.writes),
        written=frozenset(statements.written),
        dice=tuple(die_site(die, i, text, scope, use.entry, values) for i, die in enumerate(dice)),
        reports=tuple(
            ReportSite(index, draft.to, draft.pieces, draft.args, draft.at.line)
            for index, draft in enumerate(statements.reports)
        ),
    )


def _numbered(dice: list[t.Die], faults: Faults) -> list[t.Die]:
    """All dice in the order of the text; two with one label are a fault."""
    ordered = sorted(dice, key=lambda die: die.at.start)
    seen: set[str] = set()
    for index, die in enumerate(ordered):
        label = own_label(die, index)
        if label in seen:
            faults.add(die.at, f"two dice have the label '{label}'", "give each its own")
        seen.add(label)
    return ordered
