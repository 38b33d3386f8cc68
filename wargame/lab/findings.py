"""What an author should mend or look at, in plain sentences with numbers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from attrs import frozen

from wargame.lab.balance import ENOUGH, Balance, OrderFigures, RoleFigures
from wargame.lab.intervals import Estimate

__all__ = ["Finding", "findings", "span"]

SEAT = 5.0
"""Points by which a seat must lead or trail the others for certain, to be told."""

RARE = 0.02
"""Share of the games below which something that happens is told to be rare."""

IDLE = 0.5
"""Points a dominated order costs, below which it is told that it does next to nothing."""

CONCLUDED, KEPT = 2, (2, 3, 4)
"""States of an agreement that stands, and of a promise that came to something."""


@frozen
class Finding:
    """One thing to mend or to look at."""

    kind: str
    """Such as `dead order`, `dominated order`, `silent event`."""

    weight: Literal["mend", "look"]
    """`mend` for dead and dominated orders, `look` for what may be meant so."""

    subject: str
    """The id it is about; `role.id` for red lines and agendas."""

    text: str
    """The sentence."""


def findings(found: Balance) -> tuple[Finding, ...]:
    """All that *found* gives reason to tell, what must be mended first."""
    every = [*_orders(found), *_seats(found), *_world(found), *_deals(found), *_goals(found)]
    return tuple(sorted(every, key=lambda each: each.weight != "mend"))


def span(estimate: Estimate, digits: int = 1) -> str:
    """The ends of an interval."""
    if estimate.count < 2:
        return "one value"
    return f"{estimate.low:+.{digits}f} to {estimate.high:+.{digits}f}"


def _orders(found: Balance) -> Iterator[Finding]:
    for order in found.orders:
        if order.is_dead:
            yield _dead(found, order)
        elif order.is_dominated:
            yield Finding("dominated order", "mend", order.id, _dominated(order))
        else:
            yield from _weak(order)
        yield from _options(found, order)


def _named(order: OrderFigures) -> str:
    return f"{order.id} ({order.title}, {order.role})"


def _dead(found: Balance, order: OrderFigures) -> Finding:
    if not order.legal:
        text = f"could be given in none of {order.turns} turns of its role; loosen its `when` or its price"
    else:
        text = (
            f"could be given in {order.legal} of {order.turns} turns, and nobody ever gave it; "
            "give a doctrine a line for it"
        )
    return Finding("dead order", "mend", order.id, f"{_named(order)} {text}.")


def _dominated(order: OrderFigures) -> str:
    gain = order.gain
    if gain is None:
        return ""
    judged = [part for part in order.parts if part.gain.count >= ENOUGH]
    parts = ", ".join(f"{part.name} {part.gain.value:+.1f}" for part in judged)
    # What it moves without being felt, and what it moves to its role's loss, are mended in other ways.
    idle = gain.value > -IDLE
    remedy = (
        "It moves next to nothing its role's objectives count: let it move something they do."
        if idle
        else "Make it cheaper, soften what it costs, or let it move something its role's objectives count."
    )
    never = f"came out better in {order.better} of {gain.count} what-ifs and worse in {order.worse}"
    return (
        f"{_named(order)} is never the better choice: its role {never}, {gain.value:+.1f} points on average "
        f"({span(gain)}); {parts}. {remedy}"
    )


def _weak(order: OrderFigures) -> Iterator[Finding]:
    gain = order.gain
    if gain is not None and gain.count >= ENOUGH and gain.is_below_zero:
        judged = [part for part in order.parts if part.gain.count >= ENOUGH]
        best = max(judged, key=lambda part: part.gain.value, default=None)
        where = "" if best is None else f"; it does best {best.name} ({best.gain.value:+.1f})"
        yield Finding(
            "weak order",
            "look",
            order.id,
            f"{_named(order)} costs its role {-gain.value:.1f} points on average ({span(gain)}){where}.",
        )
    given, could = order.by_doctrine
    if could and not given:
        yield Finding(
            "order of no doctrine",
            "look",
            order.id,
            f"{_named(order)} is given at random alone: in {could} turns no doctrine did.",
        )


def _options(found: Balance, order: OrderFigures) -> Iterator[Finding]:
    if order.is_dead:
        return
    for option in order.options:
        if not order.options_legal[option]:
            text = f"could be chosen in none of {order.legal} turns at which the order could be given"
        elif not order.options_given[option]:
            text = f"was never chosen, though it could be in {order.options_legal[option]} turns"
        else:
            continue
        yield Finding("dead option", "look", order.id, f"{_named(order)}: the option {option} {text}.")


def _seats(found: Balance) -> Iterator[Finding]:
    for role in found.roles:
        lead = role.lead
        if lead.low > SEAT or lead.high < -SEAT:
            way, even = "above" if lead.value > 0 else "below", 100 / len(found.roles)
            yield Finding(
                "seat bias",
                "look",
                role.role,
                f"{role.role}, played by doctrines, scores {abs(lead.value):.1f} points {way} the mean "
                f"of all seats ({span(lead)}) and has the highest score in {role.first.value * 100:.0f} % "
                f"of the games; an even share is {even:.0f} %.",
            )
        yield from _skill(role)


def _skill(role: RoleFigures) -> Iterator[Finding]:
    random = role.scores.get("random")
    for player, (mean, _) in role.scores.items():
        if random is not None and player != "random" and mean.high < random[0].low:
            yield Finding(
                "doctrine below random",
                "look",
                f"{role.role}.{player}",
                f"the doctrine {player} of {role.role} scores {mean.value:.1f}, play at random "
                f"{random[0].value:.1f}: its lines or the objectives of the role are amiss.",
            )


def _world(found: Balance) -> Iterator[Finding]:
    scenario = found.scenario
    for id in found.still:
        about = scenario.variables[id]
        if id in found.unwritten:
            # What no rule sets of a place is its nature, such as being a port.
            if not about.per_place:
                yield Finding(
                    "fixed variable",
                    "look",
                    id,
                    f"no rule sets {id} ({about.title}); declare it as a constant.",
                )
        else:
            yield Finding(
                "still variable",
                "look",
                id,
                f"{id} ({about.title}) kept its start in all {found.games} games of length {found.length}, "
                "though rules set it.",
            )
    for id, count in found.happened.items():
        event = scenario.events[id]
        if not count:
            text = f"happened in none of {found.games} games; loosen its `when` or raise its chance"
            yield Finding("silent event", "look", id, f"{id} ({event.title}) {text}.")
        elif count < RARE * found.games:
            text = f"happened in {count} of {found.games} games"
            yield Finding("rare event", "look", id, f"{id} ({event.title}) {text}.")
    for id, share in found.endings.items():
        if not share.value:
            title = scenario.endings[id].title
            text = f"no game of {found.games} ended as {id} ({title})"
            yield Finding("ending never reached", "look", id, f"{text}.")


def _deals(found: Balance) -> Iterator[Finding]:
    scenario = found.scenario
    for id, agreement in scenario.agreements.items():
        states = found.states[id]
        if not any(states.get(state) for state in (1, 2, 3)):
            yield Finding("silent deal", "look", id, f"{id} ({agreement.title}) was never offered.")
        elif not states.get(CONCLUDED):
            count = states.get(1, 0)
            text = f"{id} ({agreement.title}) was offered in {count} games and never agreed."
            yield Finding("silent deal", "look", id, text)
    for id, promise in scenario.promises.items():
        states = found.states[id]
        if not any(states.get(state) for state in (1, *KEPT)):
            yield Finding("silent deal", "look", id, f"{id} ({promise.title}) was never given.")
        elif not states.get(2):
            yield Finding("silent deal", "look", id, f"{id} ({promise.title}) was given and never kept.")


def _goals(found: Balance) -> Iterator[Finding]:
    scenario = found.scenario
    for (role, id), count in found.crossed.items():
        title = scenario.red_lines[role][id].title
        if count in (0, found.games):
            often = "in no game" if not count else "in every game"
            text = f"the red line {id} of {role} ({title}) was crossed {often} of {found.games}"
            yield Finding("idle red line", "look", f"{role}.{id}", f"{text}.")
    for (role, id), (dealt, reached) in found.agendas.items():
        title = scenario.agendas[role][id].title
        if dealt >= ENOUGH and reached in (0, dealt):
            often = "never reached" if not reached else "always reached"
            text = f"the agenda {id} of {role} ({title}) was dealt {dealt} times and {often}"
            yield Finding("idle agenda", "look", f"{role}.{id}", f"{text}.")
