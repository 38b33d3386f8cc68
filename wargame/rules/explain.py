"""Facts as sentences a reader understands without knowing the rules' names."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from wargame.language.plainly import in_words as term_in_words
from wargame.language.types import Choice
from wargame.rules.facts import (
    Cause,
    Change,
    Ended,
    Fact,
    Happened,
    OrderGiven,
    PhaseBegan,
    RedLine,
    Refused,
    Roll,
    Settled,
    Told,
    TurnBegan,
)
from wargame.rules.orders import Act, Answer, Offer, Order, Promise, Say
from wargame.rules.trace import in_words
from wargame.scenario.model import Scenario, Variable

__all__ = ["describe_cause", "describe_order", "explain"]

STEPS = {"brief": "Brief", "orders": "Orders", "settle": "Settling"}


def explain(scenario: Scenario, fact: Fact, *, with_lines: bool = False) -> str:
    """
    *fact* as a sentence, such as `Unrest in Almaty 40 -> 52 (+12): 'March' in Almaty by The protesters`.

    *with_lines* adds the line of the rule text, for those who may read it.
    """
    match fact:
        case TurnBegan(turn, _):
            return f"Turn {turn}: {scenario.turns[turn - 1].title}"
        case PhaseBegan(phase):
            return STEPS.get(phase) or next(each.title for each in scenario.phases if each.id == phase)
        case OrderGiven(role, order):
            return f"{scenario.roles[role].title}: {describe_order(scenario, order)}"
        case Refused(role, order, why):
            return f"{scenario.roles[role].title} could not give {describe_order(scenario, order)}: {why}"
        case Roll():
            return _roll(scenario, fact) + _line(fact.cause, with_lines)
        case Change():
            return _change(scenario, fact) + _line(fact.cause, with_lines)
        case Told(_, text, claim, _):
            return f"(Claimed) {text}" if claim else text
        case Happened(event):
            return scenario.events[event].title
        case Settled():
            return _settled(scenario, fact)
        case RedLine(role, id):
            line = scenario.red_lines[role][id]
            return f"Red line of {scenario.roles[role].title} crossed: {line.title} (-{line.penalty})"
        case Ended(ending):
            known = scenario.endings.get(ending)
            return f"The game ends: {known.title if known else ending}"


def describe_order(scenario: Scenario, order: Order) -> str:
    """The order in words, such as `'March' in Almaty, peaceful`."""
    about = scenario.orders.get(order.id)
    words = f"'{about.title if about else order.id}'"
    if order.place is not None:
        place = scenario.places.get(order.place)
        words += f" in {place.title if place else order.place}"
    if order.option is None:
        return words
    option = about.choice.title(order.option) if about and about.choice else order.option.replace("_", " ")
    return f"{words}, {option}"


def _line(cause: Cause, with_lines: bool) -> str:
    return f", line {cause.line}" if with_lines and cause.line is not None else ""


def describe_act(scenario: Scenario, act: Act) -> str:
    """An act of talk as English words, such as `offers 'A night shift'`."""
    match act:
        case Say(text, to):
            addressed = ", ".join(scenario.roles[role].title for role in to)
            return f"to {addressed}: {text}" if to else text
        case Offer(id):
            return f"offers '{scenario.agreements[id].title}'"
        case Answer(id, accept):
            return f"{'accepts' if accept else 'refuses'} '{scenario.agreements[id].title}'"
        case Promise(id):
            return f"promises '{scenario.promises[id].title}'"


def describe_cause(scenario: Scenario, cause: Cause) -> str:
    """What caused something, in words."""
    match cause.kind:
        case "order" | "price":
            who = scenario.roles[cause.role].title if cause.role else "a role"
            order = describe_order(scenario, Order(cause.id, cause.place))
            return f"the price of {order}" if cause.kind == "price" else f"{order} by {who}"
        case "procedure":
            return f"'{scenario.procedures[cause.id].title}'"
        case "event":
            return f"'{scenario.events[cause.id].title}'"
        case "agreement":
            return f"agreement '{scenario.agreements[cause.id].title}'"
        case "promise":
            return f"promise '{scenario.promises[cause.id].title}'"
        case "limit":
            return "the scale ends there"
        case "ruling":
            return "a ruling of control"
        case "inject" | "table":
            return "control"
        case "argument":
            return f"an argument of {scenario.roles[cause.role].title if cause.role else 'a role'}"
        case _:
            return "other causes"


def _change(scenario: Scenario, change: Change) -> str:
    about = _variable(scenario, change.variable)
    where = f" in {scenario.places[change.place].title}" if change.place else ""
    if about.is_flag or about.options:
        before, after = in_words(about.type, change.before), in_words(about.type, change.after)
        moved = f"{before} -> {after}"
    else:
        moved = f"{change.before} -> {change.after} ({change.by:+d})"
    return f"{about.title}{where} {moved}: {describe_cause(scenario, change.cause)}"


def _roll(scenario: Scenario, roll: Roll) -> str:
    where = f" in {scenario.places[roll.place].title}" if roll.place else ""
    cause = describe_cause(scenario, roll.cause)
    if roll.percent is None:
        return f"{_titled(roll)}{where}: {roll.face} on a die of {roll.base}: {cause}"
    titles = titles_here(scenario, roll.place)
    # The terms of an argument are people's own words, those of a check are rule text.
    said = roll.cause.kind == "argument"
    terms = "".join(
        f" {bonus.points:+d} ({bonus.text if said else term_in_words(bonus.text, titles)})"
        for bonus in roll.modifiers
        if bonus.points
    )
    by = f"by {abs(roll.margin)}" if roll.margin else "just not"
    outcome = f"{'yes' if roll.passed else 'no'}, {by}"
    odds = f"{in_reach(roll.percent)}%" + (f" = {roll.base}{terms}{cut_off(roll.percent)}" if terms else "")
    return f"{_titled(roll)}{where}: {odds}, rolled {roll.face}, {outcome}: {cause}"


def in_reach(percent: int) -> int:
    """A chance as it is meant, 0 to 100: what a rule takes off below 0 changes nothing."""
    return min(max(percent, 0), 100)


def cut_off(percent: int) -> str:
    """What is said behind the terms of a chance that come to less than nothing or to more than certainty."""
    if 0 <= percent <= 100:
        return ""
    return f", cut at {in_reach(percent)}: {'it cannot succeed' if percent < 0 else 'it cannot fail'}"


def _titled(roll: Roll) -> str:
    # A die without a name of its own is called by its number in the text.
    return f"Check {roll.title}" if roll.title.isdigit() else f"Check '{roll.title}'"


def titles_here(scenario: Scenario, place: str | None = None) -> Mapping[str, str]:
    """The titles a term is told with; `here` is the place the check is for."""
    titles = _titles(scenario)
    return titles if place is None else {**titles, "here": scenario.places[place].title}


@lru_cache(maxsize=8)
def _titles(scenario: Scenario) -> Mapping[str, str]:
    kinds = (
        scenario.variables,
        scenario.constants,
        scenario.derived,
        scenario.places,
        scenario.orders,
        scenario.agreements,
        scenario.promises,
    )
    titles = {id: each.title for kind in kinds for id, each in kind.items()}
    for variable in scenario.variables.values():
        if isinstance(variable.type, Choice):
            titles |= option_titles(variable.id, variable.type.titles)
    for order in scenario.orders.values():
        if order.choice is not None:
            titles |= option_titles(order.choice.name, order.choice.titles)
    return titles


def option_titles(choice: str, titles: Mapping[str, str]) -> dict[str, str]:
    """The titles of a choice's options, as a term in words asks for them."""
    return {f"{choice}.{option}": title for option, title in titles.items()}


def _settled(scenario: Scenario, settled: Settled) -> str:
    if settled.kind == "agreement":
        title = scenario.agreements[settled.id].title
        by = f" by {scenario.roles[settled.role].title}" if settled.role else ""
        return f"Agreement '{title}' {settled.outcome}{by}"
    promise = scenario.promises[settled.id]
    return f"Promise '{promise.title}' of {scenario.roles[promise.by].title}: {settled.outcome}"


def _variable(scenario: Scenario, id: str) -> Variable:
    return scenario.variables[id] if id in scenario.variables else scenario.constants[id]
