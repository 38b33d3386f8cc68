"""Makes a scenario of merged tables, however many faults they have, and lists the faults."""

from __future__ import annotations

import keyword
from collections.abc import Iterator, Mapping
from typing import Any

from wargame.errors import Problem
from wargame.language.check import RESERVED
from wargame.scenario import decks, entries, frame, goals, past, places
from wargame.scenario.files import digest
from wargame.scenario.merge import ENTRIES, Merged, id_of
from wargame.scenario.model import TRUTH, Briefing, Scenario
from wargame.scenario.tables import ID, MOST_TEXT, Notes, Table, shown
from wargame.scenario.wonder import beginnings, what_ifs

FORMAT = 1
TAKEN = frozenset({*RESERVED, *keyword.kwlist, TRUTH, "match", "case", "type", "step"})
"""Words nothing in a scenario may be called: the language's own, and those it keeps for later."""

ONE_SPACE = (
    "variables",
    "constants",
    "derived",
    "places",
    "orders",
    "agreements",
    "promises",
    "roles",
)
"""Kinds whose ids rule texts use side by side, so that none may be used twice."""


def structure(merged: Merged, texts: Mapping[str, str]) -> tuple[Scenario, Notes]:
    """The scenario as far as it can be read; the notes hold every fault of its tables."""
    notes = Notes(merged.files)
    root = Table(merged.tables, "", notes)
    known = frame.Known.of(merged.tables)
    _ids(merged.tables, notes)
    turns = frame.turns(root)
    variables, constants = frame.variables(root, known), frame.constants(root, known)
    orders = entries.orders(root, known)
    agreements, promises = entries.agreements(root, known), entries.promises(root, known)
    ground = places.places(root, known, variables)
    endings = goals.endings(root)
    scenario = Scenario(
        id=id_of(texts),
        title=root.text("title", needed=True, default="Untitled"),
        about=root.about(),
        phases=frame.phases(root),
        turns=turns,
        roles=frame.roles(root, known),
        variables=variables,
        ruleset=root.text("ruleset") or None,
        languages=tuple(root.words("languages")) or ("en",),
        difficulty=frame.difficulty(root),
        teaches=root.about("teaches"),
        lengths=frame.lengths(root, len(turns)),
        constants=constants,
        derived=frame.derived(root, known),
        places=ground,
        map=places.drawn(root),
        orders=orders,
        procedures=entries.procedures(root, known),
        events=entries.events(root, known),
        agreements=agreements,
        promises=promises,
        objectives=goals.objectives(root, known),
        red_lines=goals.red_lines(root, known),
        agendas=goals.agendas(root, known),
        truths=goals.truths(root),
        endings=endings,
        doctrines=decks.doctrines(root, known, orders, (agreements, promises)),
        briefings=dict(_briefings(texts, known.roles, notes)),
        history=past.history(
            merged.history,
            notes,
            known,
            orders,
            what_ifs(root, known, orders, beginnings(variables, constants)),
            endings,
            texts.get("sources.md", ""),
        ),
        sources=texts.get("sources.md", ""),
        files=dict(merged.files),
        text=dict(texts),
        digest=digest(texts),
    )
    _format(root)
    root.close()
    _whole(scenario, notes)
    return scenario, notes


def _format(root: Table) -> None:
    number = root.raw("format", int, needed=True)
    if number is not None and number > FORMAT:
        root.fault("format", f"format {shown(number)} is newer than this program", "install a newer wargame")
    elif number is not None and number != FORMAT:
        root.fault("format", f"there is no format {shown(number)}", f"write format = {FORMAT}")


def _ids(data: Mapping[str, Any], notes: Notes) -> None:
    """Report ids used twice, and words no id may be."""
    first: dict[str, str] = {}
    for kind in ONE_SPACE:
        table = data.get(kind)
        for id in table if isinstance(table, dict) else ():
            key = f"{kind}.{id}"
            if id in TAKEN:
                notes.add(key, f"'{id}' is a word of the rule language", "choose another id")
                notes.doubtful.add(id)
            elif id in first:
                other = first[id]
                what = f"'{id}' is also the id of {other} in {notes.file(other)}"
                notes.add(key, what, "rule texts could not tell them apart; choose another id")
                notes.doubtful.add(id)
            else:
                first[id] = key
    for order, name in _choices(data):
        if name in TAKEN or name in first:
            what = f"the choice '{name}' is called like {first.get(name, 'a word of the rule language')}"
            notes.add(f"orders.{order}.choose", what, "choose another name for it")
            notes.doubtful.add(name)


def _choices(data: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    orders = data.get("orders")
    for id, order in orders.items() if isinstance(orders, dict) else ():
        choose = order.get("choose") if isinstance(order, dict) else None
        for name in choose if isinstance(choose, dict) else ():
            if ID.match(name):
                yield id, name


def _briefings(
    texts: Mapping[str, str], roles: tuple[str, ...], notes: Notes
) -> Iterator[tuple[str, Briefing]]:
    for name in sorted(texts):
        folder, _, file = name.rpartition("/")
        if folder != "briefings":
            continue
        role = file.removesuffix(".md")
        if not roles:
            continue  # That there are none has been said.
        if role not in roles:
            remedy = f"name it after one of: {', '.join(roles[:8])}{', ...' if len(roles) > 8 else ''}"
            notes.found.append(Problem(f"there is no role {shown(role)} to brief", name, remedy=remedy))
            continue
        yield role, _briefing(texts[name], name, notes)


def _briefing(text: str, name: str, notes: Notes) -> Briefing:
    parts: dict[str, list[str]] = {"public": [], "secret": []}
    part: list[str] | None = None
    for number, line in enumerate(text.split("\n"), 1):
        if line.startswith("## "):
            part = parts.get(line[3:].strip().lower())
            if part is None:
                what = f"line {number}: the part {shown(line[3:].strip())}"
                notes.found.append(Problem(what, name, remedy="a briefing has ## Public and ## Secret"))
                part = []
        elif part is not None:
            part.append(line)
        elif line.strip() and not line.startswith("# "):
            what = f"line {number} stands before any part"
            notes.found.append(Problem(what, name, remedy="put it under ## Public or ## Secret"))
            part = []
    public, secret = ("\n".join(parts[key]).strip() for key in ("public", "secret"))
    if len(public) + len(secret) > 4 * MOST_TEXT:
        notes.found.append(Problem("a briefing longer than 16,000 characters", name, remedy="shorten it"))
    return Briefing(public, secret)


def _whole(scenario: Scenario, notes: Notes) -> None:
    """Report what is missing between entries that are each in order."""
    for id, role in scenario.roles.items():
        for order in role.default:
            if order in scenario.orders and scenario.orders[order].role != id:
                remedy = "name orders of its own"
                notes.add(f"roles.{id}.default", f"'{order}' is no order of {id}", remedy)
        if role.playable and not scenario.objectives.get(id):
            remedy = f"write [objectives.{id}.something], or playable = false"
            notes.add(f"roles.{id}", f"{id} has nothing to be scored by", remedy)
    for key in scenario.doctrines:
        for id, doctrine in scenario.doctrines[key].items():
            if not doctrine.lines:
                notes.add(f"doctrines.{key}.{id}", "a doctrine without lines", "write [[doctrines...lines]]")


assert set(ONE_SPACE) <= set(ENTRIES)
