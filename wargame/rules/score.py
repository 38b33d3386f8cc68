"""What the game was worth to a role: objectives, red lines and the secret agenda."""

from __future__ import annotations

from attrs import frozen

from wargame.rules.plan import Plan
from wargame.rules.position import Position

__all__ = ["Crossing", "Mark", "Purpose", "Scorecard", "score", "total"]


@frozen
class Mark:
    """One objective and how far it was reached."""

    id: str
    title: str
    weight: int
    value: int
    """0 to 100."""


@frozen
class Crossing:
    """One red line, crossed or not."""

    id: str
    title: str
    penalty: int
    crossed: bool


@frozen
class Purpose:
    """The secret agenda the role was dealt."""

    id: str
    title: str
    points: int
    reached: bool


@frozen
class Scorecard:
    """A role's score, with all that went into it."""

    role: str
    total: int
    """0 to 100."""

    objectives: tuple[Mark, ...]
    red_lines: tuple[Crossing, ...]
    agenda: Purpose | None


def score(plan: Plan, position: Position, role: str) -> Scorecard:
    """The scorecard if the game ended here."""
    values = list(position.values)
    marks = tuple(
        Mark(goal.id, goal.title, goal.worth, min(max(goal.value(values, 0, 0, 0), 0), 100))
        for goal in plan.objectives.get(role, ())
    )
    crossings = tuple(
        Crossing(line.id, line.title, line.worth, bool(values[line.slot]))
        for line in plan.red_lines.get(role, ())
    )
    agenda = _agenda(plan, values, role)
    return Scorecard(role, total(plan, position, role), marks, crossings, agenda)


def total(plan: Plan, position: Position, role: str) -> int:
    """What the role's scorecard comes to, 0 to 100: the objectives by weight, penalties, and the agenda."""
    values = position.values
    goals = plan.objectives.get(role, ())
    worth = sum([goal.worth * min(max(goal.value(values, 0, 0, 0), 0), 100) for goal in goals])
    points = worth // max(1, sum([goal.worth for goal in goals]))
    points -= sum([line.worth for line in plan.red_lines.get(role, ()) if values[line.slot]])
    cards = plan.agendas.get(role, ())
    if cards:
        card = cards[values[plan.agenda_slots[role]]]
        points += card.worth if card.value(values, 0, 0, 0) else 0
    return min(max(points, 0), 100)


def _agenda(plan: Plan, values: list[int], role: str) -> Purpose | None:
    cards = plan.agendas.get(role, ())
    if not cards:
        return None
    card = cards[values[plan.agenda_slots[role]]]
    return Purpose(card.id, card.title, card.worth, bool(card.value(values, 0, 0, 0)))
