"""The rule book, and a scenario's tables as its appendix, in plain words for a table without a computer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from importlib import resources
from pathlib import Path
from textwrap import fill

from wargame.language.plainly import ways
from wargame.rules.explain import titles_here
from wargame.scenario.model import (
    EVERYBODY,
    Agreement,
    Derived,
    Event,
    Objective,
    Order,
    Procedure,
    Promise,
    Role,
    Scenario,
    Variable,
)

WIDTH = 110


def rule_book() -> str:
    """The text of RULES.md: the checkout's, or the one installed with the program."""
    beside = Path(__file__).parent.parent.parent / "RULES.md"
    if beside.is_file():
        return beside.read_text(encoding="utf-8")
    return resources.files("wargame").joinpath("shipped/RULES.md").read_text(encoding="utf-8")


def appendix(scenario: Scenario) -> str:
    """Everything *scenario* adds to the rules, in the order a table needs it."""
    parts = [
        [f"# Appendix: {scenario.title}", "", _wrapped(scenario.about)],
        _section("Turns", (_turn(scenario, number) for number in range(1, len(scenario.turns) + 1))),
        _section(
            "Phases",
            (f"{number}. {phase.title} (`{phase.id}`)" for number, phase in enumerate(scenario.phases, 1)),
        ),
        _section("Roles", map(_role, scenario.roles.values())),
        _section("Places", _places(scenario)),
        _section("Variables", map(_variable, scenario.variables.values())),
        _section("Constants", map(_variable, scenario.constants.values())),
        _section("Derived values", map(_derived, scenario.derived.values())),
        *(_orders_of(scenario, role) for role in scenario.roles.values()),
        _section("Procedures: what the world does by itself", _procedures(scenario)),
        _section("Events", map(_event, scenario.events.values())),
        _section("Agreements", map(_agreement, scenario.agreements.values())),
        _section("Promises", map(_promise, scenario.promises.values())),
        *(_scoring(scenario, role) for role in scenario.roles),
        _section(
            "Hidden truths",
            (
                f"**{each.title}** (weight {each.weight}). {_line(each.about)}"
                for each in scenario.truths.values()
            ),
        ),
        _section("Endings", _endings(scenario)),
    ]
    return "\n".join(line for part in parts for line in part)


def _section(title: str, entries: Iterable[str]) -> list[str]:
    listed = list(entries)
    return ["", f"## {title}", "", *listed] if listed else []


def _line(text: str) -> str:
    return " ".join(text.split())


def _wrapped(text: str, indent: str = "") -> str:
    return fill(_line(text), WIDTH, initial_indent=indent, subsequent_indent=indent) if text.strip() else ""


def _rules(text: str | None) -> Iterator[str]:
    """A rule text set off as a block."""
    if text and text.strip():
        yield from ("", *(f"    {line}" for line in text.strip("\n").splitlines()))


def _entry(head: str, about: str, details: Iterable[str] = (), rules: str | None = None) -> str:
    """One entry: a bold head, a paragraph, a list of details, the rule text."""
    lines = [head]
    if about.strip():
        lines += [_wrapped(about)]
    lines += [f"- {detail}" for detail in details]
    return "\n".join([*lines, *_rules(rules), ""])


def _turn(scenario: Scenario, number: int) -> str:
    turn = scenario.turns[number - 1]
    lengths = [name for name, turns in scenario.lengths.items() if number in turns and name != "full"]
    also = f" Also played in: {', '.join(lengths)}." if lengths else ""
    return f"{number}. {turn.title}{f', {turn.dates}' if turn.dates else ''}.{also}"


def _role(role: Role) -> str:
    kind = "" if role.playable else " (not played by a person)"
    return _entry(f"**{role.title}** (`{role.id}`){kind}: at most {role.orders} orders a turn.", role.about)


def _places(scenario: Scenario) -> Iterator[str]:
    for place in scenario.places.values():
        starts = ", ".join(
            f"{id} {_value(scenario.variables.get(id), value)}" for id, value in place.start.items()
        )
        near = ", ".join(place.next_to)
        details = [f"next to {near}"] if near else []
        yield _entry(
            f"**{place.title}** (`{place.id}`, {place.people} thousand people)",
            place.about,
            [*details, f"start: {starts}"] if starts else details,
        )


def _value(variable: Variable | None, value: int) -> str:
    if variable is None:
        return str(value)
    if variable.options:
        return variable.options[value]
    return ("no", "yes")[value] if variable.is_flag else str(value)


def _seen(variable: Variable) -> str:
    if not variable.seen:
        return "seen by nobody"
    return "seen by " + ", ".join(_sight(role, variable) for role in variable.seen)


def _sight(role: str, variable: Variable) -> str:
    sight = variable.seen[role]
    words = [f"+/-{sight.error}"] if sight.error else []
    words += [f"{sight.delay} turns late"] if sight.delay else []
    words += [f"slanted by {sight.bias}"] if sight.bias else []
    return f"{role} ({', '.join(words)})" if words else role


def _variable(variable: Variable) -> str:
    lo, hi = variable.range
    kind = "yes or no" if variable.is_flag else " / ".join(variable.options) or f"{lo} to {hi}"
    each = ", one for each place" if variable.per_place else ""
    start = _value(variable, variable.start)
    head = f"**{variable.title}** (`{variable.id}`): {kind}{each}; starts at {start}"
    return _entry(f"{head}; {_seen(variable)}.", variable.about)


def _derived(derived: Derived) -> str:
    each = ", one for each place" if derived.per_place else ""
    return _entry(f"**{derived.title}** (`{derived.id}`){each}", derived.about, rules=derived.value)


def _orders_of(scenario: Scenario, role: Role) -> list[str]:
    mine = (order for order in scenario.orders.values() if order.role == role.id)
    return _section(f"Orders of {role.title}", map(_order, mine))


def _order(order: Order) -> str:
    price = ", ".join(f"{_line(cost)} {purse}" for purse, cost in order.spend.items())
    details = [f"phase: {order.phase}; price: {price or 'none'}; known to {_audience(order.visible)}"]
    details += ["target: a place"] if order.target else []
    details += [f"choice of {order.choice.name}: {', '.join(order.choice.options)}"] if order.choice else []
    details += (
        [
            f"only when: {_line(order.when)} ({order.needs})"
            if order.needs
            else f"only when: {_line(order.when)}"
        ]
        if order.when
        else []
    )
    details += [f"only for: {_line(order.allow)}"] if order.allow else []
    details += ["once a game"] if order.once else []
    details += [f"for up to {order.per_turn} places a turn"] if order.per_turn > 1 else []
    return _entry(f"**{order.title}** (`{order.id}`)", order.about, details, order.effects)


def _audience(roles: Iterable[str]) -> str:
    return ", ".join(sorted(roles)) or EVERYBODY


def _procedures(scenario: Scenario) -> Iterator[str]:
    for phase in scenario.phases:
        mine: list[Procedure] = [each for each in scenario.procedures.values() if each.phase == phase.id]
        for each in sorted(mine, key=lambda procedure: procedure.rank):
            yield _entry(
                f"**{each.title}** (`{each.id}`), at the end of {phase.title}", each.about, rules=each.rules
            )


def _event(event: Event) -> str:
    causes = [f"on turn {event.turn}"] if event.turn is not None else []
    causes += [f"when {_line(event.when)}"] if event.when else []
    causes += [f"in {_line(event.percent)} of 100 cases"] if event.percent != "100" else []
    details = [f"{' and '.join(causes) or 'every turn'}; {'once' if event.once else 'again and again'}"]
    tells = "tells" if event.truth else "claims (it is not so)"
    details += [f"{tells} {_audience(event.to)}: {_line(event.tell)}"] if event.tell else []
    return _entry(f"**{event.title}** (`{event.id}`)", event.about, details, event.effects)


def _agreement(deal: Agreement) -> str:
    details = [f"{party}: {_line(terms)}" for party, terms in deal.terms.items()]
    details += [f"can be made when: {_line(deal.when)}"] if deal.when else []
    details += [f"broken by: {', '.join(deal.broken_by)}"] if deal.broken_by else []
    head = f"**{deal.title}** (`{deal.id}`) between {' and '.join(deal.parties)}"
    texts = (
        ("On conclusion:", deal.effects),
        ("Each turn:", deal.each_turn),
        ("When broken:", deal.on_break),
    )
    return _entry(head, deal.about, details) + "\n".join(_labelled(texts))


def _promise(promise: Promise) -> str:
    details = [f"can be given when: {_line(promise.when)}"] if promise.when else []
    details += [f"kept when: {_line(promise.kept_when)}"] if promise.kept_when else []
    details += [f"broken when: {_line(promise.broken_when)}"] if promise.broken_when else []
    details += [f"due {promise.due} turns after it was given"] if promise.due is not None else []
    head = f"**{promise.title}** (`{promise.id}`), by {promise.by} to {', '.join(promise.to)}"
    texts = (("When kept:", promise.on_kept), ("When broken:", promise.on_broken))
    return _entry(head, promise.about, details) + "\n".join(_labelled(texts))


def _labelled(texts: Iterable[tuple[str, str | None]]) -> Iterator[str]:
    for label, text in texts:
        if text and text.strip():
            yield from (label, *_rules(text), "")


def _scoring(scenario: Scenario, role: str) -> list[str]:
    objectives: Mapping[str, Objective] = scenario.objectives.get(role, {})
    entries = [
        _entry(f"**{each.title}**, weight {each.weight}", each.about, rules=each.value)
        for each in objectives.values()
    ]
    entries += [
        _entry(f"Red line: **{each.title}**, -{each.penalty} points", each.about, rules=each.when)
        for each in scenario.red_lines.get(role, {}).values()
    ]
    entries += [
        _entry(f"Secret agenda: **{each.title}**, +{each.points} points", each.about, rules=each.when)
        for each in scenario.agendas.get(role, {}).values()
    ]
    return _section(f"What counts for {scenario.roles[role].title}", entries)


def _endings(scenario: Scenario) -> Iterator[str]:
    for each in scenario.endings.values():
        moment = "tested every turn" if each.early else "tested after the last turn"
        asked = ways(each.when, titles_here(scenario)) if each.when else []
        about = f"{each.about.rstrip()} It comes when {' or '.join(asked)}." if asked else each.about
        yield _entry(f"**{each.title}** (`{each.id}`), {moment}", about, rules=each.when)
