"""The balance of a scenario for a person and for tools, and its orders as a table."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import wrap

from wargame.lab.balance import DECISIVE, Balance, OrderFigures, RoleFigures
from wargame.lab.findings import Finding, findings, span
from wargame.lab.summary import interval
from wargame.lab.table import Column, Table

__all__ = ["as_data", "as_table", "as_text", "in_brief"]

WIDE = 110


def as_text(found: Balance) -> str:
    """The balance for a person: what to mend, what to look at, the figures behind it."""
    lines = _findings(found) + _endings(found)
    for role in found.roles:
        lines += ["", *_role(found, role)]
    lines += ["", *_explained(any(order.gain is not None for order in found.orders))]
    return "\n".join(line.rstrip() for line in lines)


def in_brief(found: Balance) -> str:
    """What to mend and what to look at, without the figures behind it."""
    return "\n".join(_findings(found))


def _findings(found: Balance) -> list[str]:
    told = findings(found)
    whatifs = sum(order.gain.count for order in found.orders if order.gain is not None)
    lines = [
        f"{found.scenario.id}, length {found.length}: {found.games} games from seed {found.seed}, "
        f"every player drawn among doctrines and random; {whatifs} what-ifs"
    ]
    lines += _told("To mend", [each for each in told if each.weight == "mend"])
    if all(each.weight != "mend" for each in told):
        weighed = "no order is dead or dominated" if whatifs else "no order is dead; none was weighed"
        lines += ["", f"Nothing to mend: {weighed}."]
    return lines + _told("To look at", [each for each in told if each.weight == "look"])


def _told(heading: str, told: list[Finding]) -> list[str]:
    if not told:
        return []
    lines = ["", f"{heading} ({len(told)})"]
    for each in told:
        lines += wrap(each.text, WIDE, initial_indent="  - ", subsequent_indent="    ")
    return lines


def _endings(found: Balance) -> list[str]:
    wide = max((len(each.title) for each in found.scenario.endings.values()), default=0)
    lines = ["", "Endings"]
    for id, share in found.endings.items():
        ends = f"{share.low * 100:.1f} to {share.high * 100:.1f} %"
        lines.append(f"  {found.scenario.endings[id].title:{wide}}  {share.value * 100:5.1f} %  ({ends})")
    return lines


def _role(found: Balance, role: RoleFigures) -> Iterator[str]:
    yield found.scenario.roles[role.role].title
    wide = max(len(player) for player in role.scores)
    for player, (mean, about) in role.scores.items():
        yield (
            f"  {player:{wide}}  {mean.count:5} games, score {mean.value:5.1f} "
            f"({mean.low:.1f} to {mean.high:.1f}); the middle 80 %: {about.p10} to {about.p90}"
        )
    by_ending = ", ".join(f"{id} {mean.value:.0f}" for id, mean in role.by_ending.items())
    yield f"  by ending: {by_ending}"
    skill = role.skill
    over = "" if skill is None else f"; doctrines over random {skill.value:+.1f} ({span(skill)})"
    yield (
        f"  against the mean of all seats {role.lead.value:+.1f} ({span(role.lead)}), highest score in "
        f"{role.first.value * 100:.0f} % of the games{over}"
    )
    orders = [order for order in found.orders if order.role == role.role]
    names = max((len(order.id) for order in orders), default=5)
    heads = "legal  by doctrines  at random     gain  95 % interval   better  worse  decisive"
    yield f"  {'order':{names}}  {heads}"
    for order in orders:
        yield f"  {order.id:{names}}  {_order(order)}"


def _order(order: OrderFigures) -> str:
    given, could = order.by_doctrine
    random = (order.given.get("random", 0), order.seats.get("random", 0))
    cells = f"{_percent(order.legal, order.turns)}         {_percent(given, could)}      {_percent(*random)}"
    gain = order.gain
    if gain is None:
        return f"{cells}        -"
    shares = [_percent(count, gain.count) for count in (order.better, order.worse, order.decisive)]
    return f"{cells}    {gain.value:+5.1f}  {span(gain):>14}    {shares[0]}  {shares[1]}     {shares[2]}"


def _percent(part: int, whole: int) -> str:
    return f"{part * 100 / whole:3.0f} %" if whole else "   - "


def _explained(weighed: bool) -> list[str]:
    lines = ["legal: turns of its role at which it could be given; by doctrines, at random: how often it was"]
    if weighed:
        lines.append(
            "gain: points of its role's score in a what-if, with the order less without it; decisive: in "
            f"so many it changed the ending, or {DECISIVE} points or more"
        )
    return [part for line in lines for part in wrap(line, WIDE)]


def as_data(found: Balance) -> dict[str, object]:
    """The balance for tools, with stable keys; shares from 0 to 1."""
    return {
        "scenario": found.scenario.id,
        "length": found.length,
        "seed": found.seed,
        "games": found.games,
        "findings": [
            {"kind": each.kind, "weight": each.weight, "subject": each.subject, "text": each.text}
            for each in findings(found)
        ],
        "endings": {id: interval(share) for id, share in found.endings.items()},
        "roles": [_role_data(role) for role in found.roles],
        "orders": [_order_data(order) for order in found.orders],
        "still": list(found.still),
        "events": dict(found.happened),
        "deals": {
            id: {str(state): count for state, count in states.items()} for id, states in found.states.items()
        },
        "red_lines": {f"{role}.{id}": count for (role, id), count in found.crossed.items()},
        "agendas": {
            f"{role}.{id}": {"dealt": dealt, "reached": reached}
            for (role, id), (dealt, reached) in found.agendas.items()
        },
    }


def _role_data(role: RoleFigures) -> dict[str, object]:
    return {
        "role": role.role,
        "scores": {
            player: {
                "games": mean.count,
                "mean": interval(mean),
                "p10": about.p10,
                "median": about.median,
                "p90": about.p90,
            }
            for player, (mean, about) in role.scores.items()
        },
        "by_ending": {id: interval(mean) for id, mean in role.by_ending.items()},
        "lead": interval(role.lead),
        "first": interval(role.first),
        "skill": None if role.skill is None else interval(role.skill),
    }


def _order_data(order: OrderFigures) -> dict[str, object]:
    return {
        "order": order.id,
        "role": order.role,
        "turns": order.turns,
        "legal": order.legal,
        "could": dict(order.seats),
        "given": dict(order.given),
        "options": {
            option: {"legal": order.options_legal[option], "given": order.options_given[option]}
            for option in order.options
        },
        "whatifs": 0 if order.gain is None else order.gain.count,
        "gain": None if order.gain is None else interval(order.gain),
        "better": order.better,
        "worse": order.worse,
        "decisive": order.decisive,
        "parts": [
            {"name": part.name, "whatifs": part.gain.count, "gain": interval(part.gain)}
            for part in order.parts
        ],
        "dead": order.is_dead,
        "dominated": order.is_dominated,
    }


def as_table(found: Balance) -> Table:
    """The orders as a table, one row each."""
    count, unit = "what-ifs", "hundredths of a point"
    columns = (
        Column("order", "words", "the order, by its id"),
        Column("role", "words", "its role, by its id"),
        Column("turns", "number", "turns its role played", "turns"),
        Column("legal", "number", "of them, at which it could be given", "turns"),
        Column("could", "number", "of those, with a doctrine in the seat", "turns"),
        Column("given", "number", "of those, at which it was given", "turns"),
        Column("whatifs", "number", "what-ifs it was weighed by", count),
        Column("gain", "number", "the mean gain of its role's score; 0 without what-ifs", unit),
        Column("better", "number", "what-ifs in which its role came out better", count),
        Column("worse", "number", "what-ifs in which its role came out worse", count),
        Column("decisive", "number", "what-ifs in which it changed the ending or the score clearly", count),
    )
    rows = []
    for order in found.orders:
        given, could = order.by_doctrine
        gain = (0, 0) if order.gain is None else (order.gain.count, round(100 * order.gain.value))
        counts = (order.turns, order.legal, could, given, *gain, order.better, order.worse, order.decisive)
        rows.append((order.id, order.role, *counts))
    return Table("orders", columns, tuple(rows))
