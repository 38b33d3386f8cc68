"""Reads what happens in a scenario: orders, procedures, events, deals."""

from __future__ import annotations

from wargame.language.types import Choice
from wargame.scenario.frame import MOST_ENTRIES, Known, options, titles
from wargame.scenario.goals import source
from wargame.scenario.model import (
    BRIEF,
    Agreement,
    Event,
    Face,
    Order,
    Procedure,
    Promise,
)
from wargame.scenario.tables import ID, Table, shown

MOST_DEALS = 20
_FACES = ("hard", "soft", "")


def face(table: Table, name: str) -> Face | None:
    """Hard, soft or neither."""
    match table.one_of(name, _FACES, "tone"):
        case "hard":
            return "hard"
        case "soft":
            return "soft"
        case _:
            return None


def _reveals(table: Table) -> frozenset[str]:
    return frozenset(table.words("reveals"))


def orders(root: Table, known: Known) -> dict[str, Order]:
    return {id: _order(id, table, known) for id, table in root.entries("orders", MOST_ENTRIES)}


def _order(id: str, table: Table, known: Known) -> Order:
    role = table.one_of("role", known.roles, "role", needed=True)
    target = _target(table, known)
    found = Order(
        id=id,
        role=role,
        title=table.text("title", needed=True, default=id),
        phase=table.one_of("phase", known.phases, "phase", needed=True),
        about=table.about(),
        when=table.rule("when"),
        needs=table.text("needs", most=300),
        target=target,
        choice=_choice(id, table),
        allow=table.rule("allow"),
        spend=_spend(table.table("spend"), known),
        once=table.flag("once"),
        per_turn=table.number("per_turn", 1, 60, default=1),
        visible=frozenset(table.roles("visible", known.roles, default=())) | {role},
        effects=table.rule("effects"),
        tone=face(table, "tone"),
        reveals=_reveals(table),
        source=source(table),
    )
    if found.per_turn > 1 and not target:
        table.fault(
            "per_turn", "only an order with a target can be given more than once", 'add target = "place"'
        )
    table.close()
    return found


def _target(table: Table, known: Known) -> bool:
    if not table.has("target"):
        return False
    if table.data["target"] != "place":
        table.fault("target", f"{shown(table.data['target'])} is not known", 'write target = "place"')
    elif not known.places:
        table.fault("target", "the scenario has no places", "declare at least one, as [places.harbour]")
    return True


def _choice(id: str, table: Table) -> Choice | None:
    if not table.has("choose"):
        if table.has("titles"):
            table.fault("titles", "only options have titles", "leave it out, or write choose = { ... }")
        return None
    inner = table.table("choose")
    if len(inner.data) != 1:
        remedy = 'write choose = { size = ["small", "large"] }'
        table.fault("choose", f"an order has one choice, not {len(inner.data)}", remedy)
        return None
    [name] = inner.data
    if not ID.match(name):
        table.fault("choose", f"{shown(name)} cannot be an id", "small letters, digits and _")
        return None
    listed = options(inner, name, id)
    return Choice(name, listed, titles(table, listed, id))


def _spend(table: Table, known: Known) -> dict[str, str]:
    found: dict[str, str] = {}
    for purse in table.data:
        if not table.known(purse, purse, known.variables, "variable"):
            continue
        price = table.rule(purse)
        if price is not None and price.startswith("-"):
            table.fault(purse, "a price below 0", "write a price from 0, and give points back in `effects`")
        elif price is not None:
            found[purse] = price
    return found


def procedures(root: Table, known: Known) -> dict[str, Procedure]:
    found: dict[str, Procedure] = {}
    for id, table in root.entries("procedures", MOST_ENTRIES):
        found[id] = Procedure(
            id=id,
            title=table.text("title", needed=True, default=id),
            phase=table.one_of("phase", known.phases, "phase", needed=True),
            rules=table.rule("rules", needed=True) or "",
            about=table.about(),
            rank=table.number("rank", 0, 1_000, default=100),
            reveals=_reveals(table),
            source=source(table),
        )
        table.close()
    kept = {id: each for id, each in found.items() if each.rules}
    return dict(sorted(kept.items(), key=lambda item: item[1].rank))


def events(root: Table, known: Known) -> dict[str, Event]:
    found = {id: _event(id, table, known) for id, table in root.entries("events", MOST_ENTRIES)}
    return dict(sorted(found.items(), key=lambda item: item[1].rank))


def _event(id: str, table: Table, known: Known) -> Event:
    has_turn = table.has("turn")
    found = Event(
        id=id,
        title=table.text("title", needed=True, default=id),
        turn=table.number("turn", 1, max(1, known.turns), default=1) if has_turn else None,
        when=table.rule("when"),
        percent=table.rule("percent") or "100",
        once=table.flag("once", True),
        after=table.one_of("after", (BRIEF, *known.phases), "phase") or BRIEF,
        to=table.roles("to", known.roles, default=known.roles),
        truth=table.flag("truth", True),
        tell=table.about("tell"),
        effects=table.rule("effects"),
        about=table.about(),
        rank=table.number("rank", 0, 1_000, default=100),
        reveals=_reveals(table),
        source=source(table),
    )
    if not (has_turn or table.has("when") or table.has("percent")):
        remedy = "give it a turn, a condition in `when`, or a chance in `percent`"
        table.fault("", "it is not said when this happens", remedy)
    if not found.tell and found.effects is None:
        table.fault("", "this event neither tells nor changes anything", "write `tell` or `effects`")
    table.close()
    return found


# --- Deals


def agreements(root: Table, known: Known) -> dict[str, Agreement]:
    found: dict[str, Agreement] = {}
    for id, table in root.entries("agreements", MOST_DEALS):
        parties = table.many("parties", known.roles, "role", needed=True)
        if len(parties) != 2 and table.has("parties"):
            table.fault("parties", f"{len(parties)} parties", "an agreement binds two roles")
        found[id] = Agreement(
            id=id,
            title=table.text("title", needed=True, default=id),
            parties=parties,
            about=table.about(),
            when=table.rule("when"),
            terms=_terms(table.table("terms"), parties),
            effects=table.rule("effects"),
            each_turn=table.rule("each_turn"),
            broken_by=table.many("broken_by", known.orders, "order"),
            on_break=table.rule("on_break"),
            public=table.flag("public"),
            reveals=_reveals(table),
            source=source(table),
        )
        table.close()
    return found


def _terms(table: Table, parties: tuple[str, ...]) -> dict[str, str]:
    return {
        role: table.text(role, most=400)
        for role in table.data
        if table.has(role) and table.known(role, role, parties, "party")
    }


def promises(root: Table, known: Known) -> dict[str, Promise]:
    found: dict[str, Promise] = {}
    for id, table in root.entries("promises", MOST_DEALS):
        by = table.one_of("by", known.roles, "role", needed=True)
        others = tuple(role for role in known.roles if role != by)
        found[id] = Promise(
            id=id,
            title=table.text("title", needed=True, default=id),
            by=by,
            to=table.roles("to", others, default=others),
            about=table.about(),
            when=table.rule("when"),
            kept_when=table.rule("kept_when"),
            broken_when=table.rule("broken_when"),
            due=table.number("due", 0, 60) if table.has("due") else None,
            on_kept=table.rule("on_kept"),
            on_broken=table.rule("on_broken"),
            public=table.flag("public"),
            reveals=_reveals(table),
            source=source(table),
        )
        if not (table.has("kept_when") or table.has("broken_when")):
            table.fault("", "nothing can keep or break this promise", "write `kept_when` or `broken_when`")
        table.close()
    return found
