"""A question for the room, and what those who draw it from a game need to know of that game."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import define, field, frozen

from wargame.agents.seating import PERSON
from wargame.debrief.against import is_recorded
from wargame.debrief.luck import Luck
from wargame.debrief.record import Played, Record
from wargame.rules.explain import describe_order
from wargame.rules.facts import Change, Roll
from wargame.rules.orders import Order
from wargame.session.entries import SeatChanged

__all__ = ["GROUPS", "Candidate", "Game", "Question", "likely", "percent", "points"]

GROUPS = ("your own seat", "your own team", "the others", "from outside")
"""In the order in which a room should be asked: from what one knows best to what one sees last."""

ALSO = "The record made the same choice, in earnest, whatever came of it here."


@frozen
class Question:
    """One question for the room."""

    group: str
    """One of `GROUPS`."""

    turn: int
    """The turn it is about, by the calendar."""

    text: str
    listen: str
    """For the facilitator: what to listen for."""

    topic: str
    """What it is drawn from, in a word or two."""

    role: str = ""
    """The seat it goes to; empty if it goes to all."""

    also: str = ""
    """For the facilitator, where the record made the same choice; empty if it did not."""

    quote: str = ""
    """What a player wrote then, to be read out; not cleaned."""


@frozen
class Candidate:
    """A question that could be asked."""

    weight: int
    """How much the event it is about stands out, 0 to 100."""

    question: Question


def percent(roll: Roll) -> int:
    """The chance a check had, 0 to 100."""
    return min(max(roll.percent or 0, 0), 100)


def likely(roll: Roll) -> int:
    """How likely a check was to come out as it did, in percent."""
    return percent(roll) if roll.passed else 100 - percent(roll)


def points(by: float) -> str:
    """Points of score without their sign, in words."""
    number = round(abs(by))
    return "1 point" if number == 1 else f"{number} points"


@define(eq=False)
class Game:
    """A record with what the questions ask of it again and again."""

    record: Record
    luck: Luck | None = None
    titles: dict[str, str] = field(init=False)
    roles: tuple[str, ...] = field(init=False)
    """Those people played; all if nobody did."""

    def __attrs_post_init__(self) -> None:
        scenario, course = self.record.kernel.scenario, self.record.course
        self.titles = {role: about.title for role, about in scenario.roles.items()}
        changed = [each.what for each in course.decisions if isinstance(each.what, SeatChanged)]
        people = {role for role, player in course.header.seats.items() if player == PERSON}
        people |= {each.role for each in changed if each.player == PERSON}
        self.roles = tuple(role for role in scenario.roles if role in people or not people)

    def words(self, order: Order) -> str:
        """An order in words."""
        return describe_order(self.record.kernel.scenario, order)

    def also(self, turn: int, role: str, order: Order) -> str:
        """What to say to the facilitator where the record made the same choice; empty if it did not."""
        return ALSO if is_recorded(self.record.kernel.scenario, turn, role, order) else ""

    def orders(self, role: str) -> Iterator[tuple[Played, Order]]:
        """All orders of a role with their turns."""
        for played in self.record.turns:
            for each in played.submissions.get(role, ()):
                yield played, each.order

    def weight(self, played: Played, role: str, order: Order) -> int:
        """How much an order moved: what it changed, each change as a share of its range, in percent."""
        return sum(abs(each.by) * 100 // self._span(each) for each in self.changes(played, role, order))

    def changes(self, played: Played, role: str, order: Order) -> list[Change]:
        """What an order changed besides its price, the largest change first."""
        found = [
            fact
            for fact in played.facts
            if isinstance(fact, Change)
            and (fact.cause.kind, fact.cause.id, fact.cause.role) == ("order", order.id, role)
            and fact.cause.place == order.place
        ]
        return sorted(found, key=lambda each: (-abs(each.by) * 100 // self._span(each), each.variable))

    def moved(self, played: Played, role: str, order: Order) -> str:
        """The largest change an order made, in words; empty if it made none."""
        variables = self.record.kernel.scenario.variables
        for each in self.changes(played, role, order):
            about = variables.get(each.variable)
            if about is not None and not about.is_flag and not about.options:
                where = self.record.kernel.scenario.places[each.place].title if each.place else ""
                return f"{about.title}{f' in {where}' if where else ''} {each.by:+d}"
        return ""

    def _span(self, change: Change) -> int:
        about = self.record.kernel.scenario.variables.get(change.variable)
        lo, hi = about.range if about is not None else (0, 100)
        return max(1, hi - lo)

    @property
    def busiest(self) -> int:
        """The turn in which orders moved most; where the game stands if none was played."""
        most = max(
            self.record.turns,
            key=lambda played: (
                sum(
                    self.weight(played, role, each.order)
                    for role, given in played.submissions.items()
                    for each in given
                ),
                -played.turn,
            ),
            default=None,
        )
        return most.turn if most is not None else self.record.last.turn

    @property
    def end(self) -> int:
        """The last turn that was played; where the game stands if none was."""
        return self.record.turns[-1].turn if self.record.turns else self.record.last.turn
