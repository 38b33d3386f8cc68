"""Reads what happens in a scenario: orders, procedures, events, deals, goals, endings, doctrines."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeVar

from wargame.language.types import Choice
from wargame.scenario.frame import MOST_ENTRIES, Known, options
from wargame.scenario.model import (
    BRIEF,
    Agenda,
    Agreement,
    Doctrine,
    Ending,
    Event,
    Face,
    Line,
    Objective,
    Order,
    Procedure,
    Promise,
    RedLine,
    Truth,
)
from wargame.scenario.tables import ID, MOST_TEXT, Table, shown

MOST_GOALS = 20
MOST_LINES = 200
_FACES = ("hard", "soft", "")
_T = TypeVar("_T")
Deals = tuple[Mapping[str, Agreement], Mapping[str, Promise]]


def _source(table: Table) -> str:
    return table.text("source", most=MOST_TEXT)


def _face(table: Table, name: str) -> Face | None:
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
        tone=_face(table, "tone"),
        reveals=_reveals(table),
        source=_source(table),
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
    return Choice(name, options(inner, name, id))


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
            source=_source(table),
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
        source=_source(table),
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
    for id, table in root.entries("agreements", MOST_GOALS):
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
            source=_source(table),
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
    for id, table in root.entries("promises", MOST_GOALS):
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
            source=_source(table),
        )
        if not (table.has("kept_when") or table.has("broken_when")):
            table.fault("", "nothing can keep or break this promise", "write `kept_when` or `broken_when`")
        table.close()
    return found


# --- Scores


def _by_role(
    root: Table, kind: str, known: Known, most: int, read: Callable[[str, str, Table], _T]
) -> dict[str, dict[str, _T]]:
    """Entries that stand under a role."""
    found: dict[str, dict[str, _T]] = {}
    table = root.table(kind)
    for role in table.data:
        if table.known(role, role, known.roles, "role"):
            found[role] = {id: read(id, role, entry) for id, entry in table.entries(role, most)}
    return found


def objectives(root: Table, known: Known) -> dict[str, dict[str, Objective]]:
    return _by_role(root, "objectives", known, MOST_GOALS, _objective)


def _objective(id: str, role: str, table: Table) -> Objective:
    found = Objective(
        id=id,
        title=table.text("title", needed=True, default=id),
        weight=table.number("weight", 1, 1_000, default=1, needed=True),
        value=table.rule("value", needed=True) or "0",
        about=table.about(),
        source=_source(table),
    )
    table.close()
    return found


def red_lines(root: Table, known: Known) -> dict[str, dict[str, RedLine]]:
    return _by_role(root, "red_lines", known, MOST_GOALS, _red_line)


def _red_line(id: str, role: str, table: Table) -> RedLine:
    found = RedLine(
        id=id,
        title=table.text("title", needed=True, default=id),
        when=table.rule("when", needed=True) or "false",
        penalty=table.number("penalty", 1, 100, default=1, needed=True),
        about=table.about(),
        source=_source(table),
    )
    table.close()
    return found


def agendas(root: Table, known: Known) -> dict[str, dict[str, Agenda]]:
    return _by_role(root, "agendas", known, MOST_GOALS, _agenda)


def _agenda(id: str, role: str, table: Table) -> Agenda:
    found = Agenda(
        id=id,
        title=table.text("title", needed=True, default=id),
        when=table.rule("when", needed=True) or "false",
        points=table.number("points", 1, 100, default=1, needed=True),
        about=table.about(),
        source=_source(table),
    )
    table.close()
    return found


def truths(root: Table) -> dict[str, Truth]:
    found: dict[str, Truth] = {}
    for id, table in root.entries("truths", MOST_GOALS):
        found[id] = Truth(
            id=id,
            title=table.text("title", needed=True, default=id),
            weight=table.number("weight", 1, 1_000, default=1),
            about=table.about(),
            source=_source(table),
        )
        table.close()
    return found


def endings(root: Table) -> dict[str, Ending]:
    found: dict[str, Ending] = {}
    for id, table in root.entries("endings", MOST_GOALS):
        found[id] = Ending(
            id=id,
            title=table.text("title", needed=True, default=id),
            when=table.rule("when"),
            early=table.flag("early"),
            about=table.about(),
            source=_source(table),
        )
        table.close()
    _default_ending(root, found)
    return found


def _default_ending(root: Table, found: Mapping[str, Ending]) -> None:
    open_ended = [id for id, ending in found.items() if ending.when is None]
    last = list(found)[-1] if found else None
    for id in open_ended:
        if id != last:
            remedy = "give it a `when`; only the last ending may hold whatever happens"
            root.fault(f"endings.{id}", "an ending without `when` that is not the last", remedy)
        elif found[id].early:
            root.fault(
                f"endings.{id}.early", "it would end the game after its first turn", "take `early` away"
            )
    if last not in open_ended:
        remedy = "add a last ending without `when`, for all other cases"
        root.fault("endings", "a game could come to its last turn without an ending", remedy)


# --- Doctrines


def doctrines(
    root: Table,
    known: Known,
    orders: Mapping[str, Order],
    deals: Deals,
) -> dict[str, dict[str, Doctrine]]:
    def read(id: str, role: str, table: Table) -> Doctrine:
        return _doctrine(id, role, table, orders, deals)

    return _by_role(root, "doctrines", known, MOST_GOALS, read)


def _doctrine(
    id: str,
    role: str,
    table: Table,
    orders: Mapping[str, Order],
    deals: Deals,
) -> Doctrine:
    mine = {name: order for name, order in orders.items() if order.role == role}
    offers = [name for name, deal in deals[0].items() if role in deal.parties]
    promises = [name for name, promise in deals[1].items() if promise.by == role]
    accepts = table.table("accepts")
    found = Doctrine(
        id=id,
        role=role,
        title=table.text("title", needed=True, default=id),
        about=table.about(),
        hard_when=table.rule("hard_when"),
        jitter=table.number("jitter", 0, 100, default=10),
        lines=tuple(_line(each, role, mine, offers, promises) for each in table.tables("lines"))[:MOST_LINES],
        accepts={
            name: text
            for name in accepts.data
            if accepts.known(name, name, offers, f"agreement of {role}")
            and (text := accepts.rule(name)) is not None
        },
        source=_source(table),
    )
    if len(table.data.get("lines", ())) > MOST_LINES:
        table.fault("lines", f"{len(table.data['lines'])} lines", f"at most {MOST_LINES}")
    table.close()
    return found


def _line(
    table: Table, role: str, orders: Mapping[str, Order], offers: list[str], promises: list[str]
) -> Line:
    found = Line(
        when=table.rule("when"),
        weight=table.number("weight", 0, 1_000, default=0, needed=True),
        order=table.one_of("order", orders, f"order of {role}"),
        offer=table.one_of("offer", offers, f"agreement of {role}"),
        promise=table.one_of("promise", promises, f"promise of {role}"),
        option=table.text("option", most=40) or None,
        where=table.rule("where"),
        face=_face(table, "face"),
        because=table.text("because", most=300, needed=True),
    )
    kinds = [name for name in ("order", "offer", "promise") if table.has(name)]
    if len(kinds) != 1:
        table.fault("", "a line does one thing", "write exactly one of `order`, `offer` and `promise`")
    _line_details(table, found, orders.get(found.order or ""))
    table.close()
    return found


def _line_details(table: Table, line: Line, order: Order | None) -> None:
    if order is None:
        return
    choices = order.choice.options if order.choice else ()
    if line.option is not None:
        table.known("option", line.option, choices, f"option of {order.id}")
    if line.where is not None and not order.target:
        table.fault("where", f"'{order.id}' has no target", "take `where` out")
