"""What a role may know, built field by field."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from attrs import evolve, frozen

from wargame.language.types import Number, Type
from wargame.rules.facts import Fact, Told
from wargame.rules.known import heard, known
from wargame.rules.orders import Act
from wargame.rules.perceive import Eyes
from wargame.rules.plan import Plan
from wargame.rules.position import Position
from wargame.rules.talk import legal_acts
from wargame.rules.trace import in_words
from wargame.scenario.model import EXACT, Sight

__all__ = ["CONTROL", "Deal", "Pledge", "Reading", "View", "readings", "view"]

CONTROL = "control"
"""Who sees everything."""


@frozen
class Reading:
    """One value as a role sees it."""

    id: str
    """The variable, constant or derived value."""

    place: str | None
    value: int
    """A number, 0 or 1 for a flag, or the position from 0 of a choice's option."""

    low: int
    """The lowest value that is consistent with the source's error; equal to `value` when exact."""

    high: int
    exact: bool
    delay: int
    """How many turns old it is."""

    words: str
    """The value in words: `60`, `about 60`, `yes`, `guard`."""


@frozen
class Deal:
    """An agreement as one of those who know of it sees it."""

    id: str
    title: str
    parties: tuple[str, ...]
    state: str
    """none, offered, accepted (stands from the next adjudication on), standing or broken."""

    offered_by: str | None


@frozen
class Pledge:
    """A promise as one of those who know of it sees it."""

    id: str
    title: str
    by: str
    to: tuple[str, ...]
    state: str
    """none, given, kept, broken or moot."""

    turns_left: int | None
    """Turns until it is due, this one included; None unless given."""


@frozen
class View:
    """The position as one role sees it."""

    role: str
    """The role's id, or `control`, who sees everything."""

    turn: int
    """Calendar number, from 1."""

    step: int
    """Number among the played turns, from 1."""

    steps: int
    """How many turns are played in all, if nothing ends the game before."""

    title: str
    dates: str
    text: str
    ending: str | None
    readings: tuple[Reading, ...]
    """Everything seen, in the scenario's order; places in their order."""

    history: Mapping[str, tuple[Reading, ...]]
    """Each headline value as it was seen at the start of every turn so far, this one last."""

    deals: tuple[Deal, ...]
    pledges: tuple[Pledge, ...]
    acts: tuple[Act, ...]
    """The offers, answers and promises the role may make now."""

    news: tuple[Told, ...]
    """What this turn's brief told the role."""

    facts: tuple[Fact, ...]
    """What the role knows of the last adjudication."""

    agenda: str | None
    """The id of the role's own secret agenda."""

    limit: int
    """The most orders the role may give this turn."""

    def reading(self, id: str, place: str | None = None) -> Reading | None:
        """What the role sees of one value; None if it does not see it."""
        for reading in self.readings:
            if reading.id == id and reading.place == place:
                return reading
        return None


def view(plan: Plan, eyes: Eyes, position: Position, facts: Sequence[Fact] = ()) -> View:
    """What the owner of *eyes* may know; *facts* are those of the last adjudication."""
    role = eyes.role or CONTROL
    turn = plan.scenario.turns[position.turn - 1]
    return View(
        role=role,
        turn=position.turn,
        step=position.step,
        steps=len(plan.calendars[position.length]),
        title=turn.title,
        dates=turn.dates,
        text=turn.text,
        ending=position.ending,
        readings=tuple(readings(plan, eyes, position)),
        history=_history(plan, eyes, position),
        deals=_deals(plan, position, role),
        pledges=_pledges(plan, position, role),
        acts=() if role == CONTROL else legal_acts(plan, position, role),
        news=position.news if role == CONTROL else heard(plan, position.news, role),
        facts=tuple(facts) if role == CONTROL else known(plan, facts, role),
        agenda=_agenda(plan, position, role),
        limit=0 if role == CONTROL else plan.scenario.roles[role].orders,
    )


def readings(plan: Plan, eyes: Eyes, position: Position, headlines_only: bool = False) -> Iterator[Reading]:
    """Every variable, constant and derived value the owner of *eyes* sees."""
    seen = eyes.see(position)
    for variable in plan.variables.values():
        sight = EXACT if eyes.role is None else variable.about.seen.get(eyes.role)
        if sight is not None and (variable.about.headline or not headlines_only):
            lo, hi = variable.about.range
            for index in range(variable.width):
                place = plan.places[index] if variable.about.per_place else None
                value = seen[variable.slot + index]
                yield _reading(variable.id, variable.about.type, place, value, (lo, hi), sight)
    for derived in plan.derived.values():
        if (eyes.role is None or eyes.role in derived.seen) and (
            derived.about.headline or not headlines_only
        ):
            exact = eyes.role is None or eyes.role in derived.exact
            for index, place in enumerate(plan.places if derived.about.per_place else (None,)):
                value = derived.function(seen, index)
                reading = Reading(derived.id, place, value, value, value, exact, 0, str(value))
                yield reading if exact else evolve(reading, words=f"about {value}")


def _reading(
    id: str, type_: Type, place: str | None, value: int, range_: tuple[int, int], sight: Sight
) -> Reading:
    words = in_words(type_, value)
    if sight.is_exact or not isinstance(type_, Number):
        return Reading(id, place, value, value, value, sight.is_exact, sight.delay, words)
    low, high = max(range_[0], value - sight.error), min(range_[1], value + sight.error)
    return Reading(id, place, value, low, high, False, sight.delay, f"about {words}")


def _history(plan: Plan, eyes: Eyes, position: Position) -> dict[str, tuple[Reading, ...]]:
    found: dict[str, list[Reading]] = {}
    # Once the game has ended, the start of its last turn is among the past as well.
    for step, values in enumerate(position.past, 1):
        then = Position(position.seed, step, values, position.past[: step - 1], None, (), position.length)
        for reading in readings(plan, eyes, then, headlines_only=True):
            if reading.place is None:
                found.setdefault(reading.id, []).append(reading)
    for reading in readings(plan, eyes, position, headlines_only=True):
        if reading.place is None:
            found.setdefault(reading.id, []).append(reading)
    return {id: tuple(row) for id, row in found.items()}


def _deals(plan: Plan, position: Position, role: str) -> tuple[Deal, ...]:
    deals: list[Deal] = []
    values = position.values
    for agreement in plan.agreements.values():
        variable = plan.variables[agreement.id].about
        if role == CONTROL or role in variable.exact:
            about, by = agreement.about, values[agreement.offered_by]
            state = "accepted" if values[agreement.agreed] else variable.options[values[agreement.slot]]
            offered_by = about.parties[by - 1] if by else None
            deals.append(Deal(agreement.id, about.title, about.parties, state, offered_by))
    return tuple(deals)


def _pledges(plan: Plan, position: Position, role: str) -> tuple[Pledge, ...]:
    pledges: list[Pledge] = []
    values = position.values
    for promise in plan.promises.values():
        variable = plan.variables[promise.id].about
        if role == CONTROL or role in variable.exact:
            about, state = promise.about, variable.options[values[promise.slot]]
            left = None
            if state == "given" and about.due is not None:
                left = max(0, about.due - (values[1] - values[promise.given]))
            pledges.append(Pledge(promise.id, about.title, about.by, about.to, state, left))
    return tuple(pledges)


def _agenda(plan: Plan, position: Position, role: str) -> str | None:
    cards = plan.agendas.get(role, ())
    return cards[position.values[plan.agenda_slots[role]]].id if cards else None
