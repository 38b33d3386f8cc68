"""Reads the frame of a scenario: phases, turns, roles, variables, constants, derived values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from attrs import frozen

from wargame.language.types import Choice, Flag, Number, Type
from wargame.scenario.model import (
    BRIEF,
    EVERYBODY,
    EXACT,
    Derived,
    Phase,
    Role,
    Sight,
    Turn,
    Variable,
)
from wargame.scenario.tables import ID, MOST_TEXT, OPTION, Table, shown

MOST_PHASES = 12
MOST_TURNS = 60
MOST_ROLES = 12
MOST_ENTRIES = 600
MOST_OPTIONS = 24
MOST_OPTION = 40
LIMIT = 1_000_000
_GOOD = ("high", "low", "")
_DIFFICULTY = ("easy", "medium", "hard")
_CLASH = ("highest", "lowest")


@frozen
class Known:
    """The names an author has declared, as far as they can be told before anything is read."""

    roles: tuple[str, ...]
    phases: tuple[str, ...]
    turns: int
    variables: tuple[str, ...]
    places: tuple[str, ...]
    orders: tuple[str, ...]
    agreements: tuple[str, ...]
    promises: tuple[str, ...]
    derived: tuple[str, ...]

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> Known:
        def keys(kind: str) -> tuple[str, ...]:
            table = data.get(kind)
            if not isinstance(table, dict):
                return ()
            return tuple(id for id in list(table)[:MOST_ENTRIES] if ID.match(id))

        def listed(kind: str) -> list[Any]:
            found = data.get(kind)
            return found if isinstance(found, list) else []

        phases = [each.get("id") for each in listed("phases") if isinstance(each, dict)]
        return cls(
            roles=keys("roles"),
            phases=tuple(id for id in phases if isinstance(id, str) and ID.match(id)),
            turns=len(listed("turns")),
            variables=keys("variables"),
            places=keys("places"),
            orders=keys("orders"),
            agreements=keys("agreements"),
            promises=keys("promises"),
            derived=keys("derived"),
        )


def phases(root: Table) -> tuple[Phase, ...]:
    found: list[Phase] = []
    if not root.raw("phases", list, needed=True) and root.has("phases"):
        root.fault("phases", "the list is empty", "a scenario has at least one phase")
    for table in root.tables("phases"):
        id = table.text("id", needed=True)
        if id and (not ID.match(id) or id == BRIEF):
            table.fault("id", f"{shown(id)} cannot be an id", f"small letters, digits and _; not '{BRIEF}'")
        elif any(id == phase.id for phase in found):
            table.fault("id", f"there are two phases '{id}'", "give one another id")
        found.append(Phase(id, table.text("title", default=id)))
        table.close()
    if len(found) > MOST_PHASES:
        root.fault("phases", f"{len(found)} phases", f"at most {MOST_PHASES}")
    return tuple(found)


def turns(root: Table) -> tuple[Turn, ...]:
    found: list[Turn] = []
    if not root.raw("turns", list, needed=True) and root.has("turns"):
        root.fault("turns", "the list is empty", "a scenario has at least one turn")
    for number, table in enumerate(root.tables("turns"), 1):
        found.append(
            Turn(
                number=number,
                title=table.text("title", needed=True),
                dates=table.text("dates"),
                days=table.number("days", 1, 3_650, default=1),
                text=table.about("text"),
            )
        )
        table.close()
    if len(found) > MOST_TURNS:
        root.fault("turns", f"{len(found)} turns", f"at most {MOST_TURNS}")
    return tuple(found[:MOST_TURNS])


def lengths(root: Table, turns: int) -> dict[str, tuple[int, ...]]:
    """By name the turns played; `full` is added if the author left it out."""
    everything = tuple(range(1, turns + 1))
    found = {"full": everything}
    table = root.table("lengths")
    for name in table.data:
        if not ID.match(name):
            table.fault(name[:60], f"{shown(name)} cannot be an id", "small letters, digits and _")
        elif table.has(name) and table.data[name] == EVERYBODY:
            found[name] = everything
        else:
            found[name] = _length(table, name, everything)
    return found


def _length(table: Table, name: str, everything: tuple[int, ...]) -> tuple[int, ...]:
    listed = table.raw(name, list) or []
    whole = [turn for turn in listed if type(turn) is int and turn in everything]
    if not listed or len(whole) < len(listed) or sorted(set(whole)) != listed:
        remedy = f'"all", or turns from 1 to {len(everything)}, ascending, each once'
        table.fault(name, "this is no list of turns", remedy)
        return everything
    return tuple(whole)


def difficulty(table: Table) -> str:
    """How hard it is for who has not played before; empty if that is not said."""
    return table.one_of("difficulty", _DIFFICULTY, "difficulty") or ""


def roles(root: Table, known: Known) -> dict[str, Role]:
    found: dict[str, Role] = {}
    if not known.roles:
        root.fault("roles", "there are no roles", "declare at least one, as [roles.mayor]")
    for id, table in root.entries("roles", MOST_ROLES):
        if id in (EVERYBODY, "control"):
            table.fault(
                "", f"a role cannot be called '{id}'", "that word means something else; choose another"
            )
        title = table.text("title", needed=True, default=id)
        found[id] = Role(
            id=id,
            title=title,
            short=table.text("short", most=10, default=""),
            about=table.about(),
            difficulty=difficulty(table),
            orders=table.number("orders", 0, 20, default=3),
            playable=table.flag("playable", True),
            default=table.many("default", known.orders, "order"),
        )
        table.close()
    return found


# --- Variables


def variables(root: Table, known: Known) -> dict[str, Variable]:
    return {id: _variable(id, table, known) for id, table in root.entries("variables", MOST_ENTRIES)}


def _variable(id: str, table: Table, known: Known) -> Variable:
    type_ = _type(id, table)
    found = Variable(
        id=id,
        title=table.text("title", needed=True, default=id),
        type=type_,
        about=table.about(),
        per_place=_per_place(table, known),
        start=value_of(table, "start", type_, _lowest(type_)),
        headline=table.flag("headline"),
        seen=_seen(table, known.roles),
        clash="lowest" if table.one_of("clash", _CLASH, "way to settle it") == "lowest" else "highest",
        unit=table.text("unit", most=20),
        good=_good(table),
        source=table.text("source", most=MOST_TEXT),
    )
    table.close()
    return found


def _type(id: str, table: Table) -> Type:
    kinds = [name for name in ("range", "flag", "choices") if table.has(name)]
    if len(kinds) != 1:
        what = "a variable is one thing" if kinds else "it is not said what kind of variable this is"
        table.fault("", what, "write exactly one of range = [0, 100], flag = true, choices = [...]")
        table.notes.doubtful.add(id)
        return Number(0, 100)
    if kinds == ["flag"]:
        if table.raw("flag", bool) is False:
            table.fault("flag", "a flag says flag = true", "write start = false for how it begins")
        return Flag()
    if kinds == ["choices"]:
        listed = options(table, "choices", id)
        return Choice(id, listed, titles(table, listed, id))
    if table.has("titles"):
        table.fault("titles", "only options have titles", "leave it out, or write choices = [...]")
    return bounds(table, id)


def bounds(table: Table, id: str) -> Number:
    """The `range` of a number."""
    listed = table.raw("range", list, needed=True)
    if listed is None:
        table.notes.doubtful.add(id)
        return Number(0, 100)
    whole = [each for each in listed if type(each) is int and abs(each) <= LIMIT]
    if len(listed) != 2 or len(whole) != 2 or whole[0] > whole[1]:
        remedy = f"two whole numbers, the lower first, such as [0, 100]; at most {LIMIT:,}"
        table.fault("range", "this is no range", remedy)
        table.notes.doubtful.add(id)
        return Number(0, 100)
    return Number(whole[0], whole[1])


def options(table: Table, name: str, id: str) -> tuple[str, ...]:
    """A list of options, each once."""
    found = table.words(name, needed=True)
    wrong = [option for option in found if not OPTION.match(option)]
    for option in wrong:
        table.fault(name, f"{shown(option)} cannot be an option", "small letters, digits and _; at most 40")
    if len(set(found)) < len(found):
        table.fault(name, "an option stands there twice", "once is enough")
    if len(found) > MOST_OPTIONS:
        table.fault(name, f"{len(found)} options", f"at most {MOST_OPTIONS}")
    if wrong or not found:
        table.notes.doubtful.add(id)
    return tuple(dict.fromkeys(found)) or ("none",)


def titles(table: Table, known: Sequence[str], id: str) -> dict[str, str]:
    """What people read for some of the *known* options; nothing is said of them if those are doubtful."""
    inner = table.table("titles")
    if id in table.notes.doubtful:
        return {}
    return {
        option: inner.text(option, most=MOST_OPTION, needed=True)
        for option in inner.data
        if inner.known(option[:60], option, known, "option")
    }


def value_of(table: Table, name: str, type_: Type, default: int) -> int:
    """A value of *type_* as the author writes it, as the number it is held as."""
    match type_:
        case Number(lo, hi):
            return table.number(name, lo, hi, default=default)
        case Choice(_, listed):
            option = table.one_of(name, listed, "option")
            return default if option is None else listed.index(option)
        case _:
            return int(table.flag(name, bool(default)))


def _lowest(type_: Type) -> int:
    return type_.lo if isinstance(type_, Number) else 0


def _per_place(table: Table, known: Known) -> bool:
    if not table.has("per"):
        return False
    if table.data["per"] != "place":
        table.fault("per", f"{shown(table.data['per'])} is not known", 'write per = "place", or leave it out')
    elif not known.places:
        table.fault("per", "the scenario has no places", "declare at least one, as [places.harbour]")
    return True


def _good(table: Table) -> Any:
    return table.one_of("good", _GOOD, "direction") or ""


def _seen(table: Table, roles: tuple[str, ...]) -> dict[str, Sight]:
    before = len(table.notes.found)
    seen = _sights(table, roles)
    # Who was meant to see it is unknown after a fault, so that nothing is said of its readers elsewhere.
    return seen if len(table.notes.found) == before else dict.fromkeys(roles, EXACT)


def _sights(table: Table, roles: tuple[str, ...]) -> dict[str, Sight]:
    if not table.has("seen"):
        return {}
    value = table.data["seen"]
    if value == EVERYBODY:
        return dict.fromkeys(roles, EXACT)
    if not isinstance(value, dict):
        table.fault(
            "seen", f"{shown(value)} says nobody", 'write "all", or a table such as { mayor = "exact" }'
        )
        return dict.fromkeys(roles, EXACT)
    inner = table.table("seen")
    return {role: _sight(inner, role) for role in value if inner.known(role, role, roles, "role")}


def _sight(table: Table, role: str) -> Sight:
    table.has(role)
    value = table.data[role]
    if value == "exact":
        return EXACT
    if isinstance(value, dict):
        inner = table.table(role)
        sight = Sight(
            error=inner.number("error", 0, 10_000),
            delay=inner.number("delay", 0, 20),
            bias=inner.number("bias", -10_000, 10_000),
        )
        inner.close()
        return sight
    if type(value) is int and 0 <= value <= 10_000:
        return Sight(error=value)
    remedy = '"exact", a number for how far off it may be, or { error = 15, delay = 1, bias = -5 }'
    table.fault(role, f"{shown(value)} does not say how {role} sees it", remedy)
    return EXACT


def constants(root: Table, known: Known) -> dict[str, Variable]:
    found: dict[str, Variable] = {}
    for id, table in root.entries("constants", MOST_ENTRIES):
        type_ = bounds(table, id)
        value = table.number("value", type_.lo, type_.hi, default=type_.lo, needed=True)
        found[id] = Variable(
            id=id,
            title=table.text("title", default=id.replace("_", " ")),
            type=type_,
            about=table.about(),
            start=value,
            seen=dict.fromkeys(known.roles, EXACT),
            unit=table.text("unit", most=20),
            source=table.text("source", most=MOST_TEXT),
            kind="constant",
        )
        table.close()
    return found


def derived(root: Table, known: Known) -> dict[str, Derived]:
    found: dict[str, Derived] = {}
    for id, table in root.entries("derived", MOST_ENTRIES):
        value = table.rule("value", needed=True)
        if value is None:
            table.notes.doubtful.add(id)
        found[id] = Derived(
            id=id,
            title=table.text("title", needed=True, default=id),
            type=bounds(table, id),
            value=value or "0",
            about=table.about(),
            per_place=_per_place(table, known),
            headline=table.flag("headline"),
            seen=_readers(table, known),
            unit=table.text("unit", most=20),
            good=_good(table),
            source=table.text("source", most=MOST_TEXT),
        )
        table.close()
    return found


def _readers(table: Table, known: Known) -> frozenset[str] | None:
    """The roles a derived value is limited to; None if it is not."""
    if not table.has("seen") or table.data["seen"] == EVERYBODY:
        return None
    if not isinstance(table.data["seen"], dict):
        return frozenset(table.roles("seen", known.roles, default=()))
    inner = table.table("seen")
    for role, how in inner.data.items():
        if inner.known(role, role, known.roles, "role") and how != "exact":
            what = "a derived value is as exact as what it is worked out from"
            inner.fault(role, what, f'write "exact", or seen = ["{role}"]')
    return frozenset(inner.data) & frozenset(known.roles)
