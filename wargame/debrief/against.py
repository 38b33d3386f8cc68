"""The game beside what really happened, turn by turn, and where it left the recorded line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from attrs import frozen

from wargame.debrief.record import Played, Record
from wargame.lab.measures import Measure, measures
from wargame.rules.explain import describe_order
from wargame.rules.kernel import Kernel
from wargame.rules.orders import Order
from wargame.scenario.model import History, PastOrder, Scenario
from wargame.scenario.players import Day, Figure, Outcome
from wargame.session.entries import Argued, Released, Ruling
from wargame.session.minutes import in_words

__all__ = ["Against", "Level", "Move", "TurnAgainst", "against", "is_recorded"]

LEFT = frozenset({"moved", "another turn", "own", "left out", "control"})
"""The kinds of moves by which somebody left the recorded line."""


@frozen
class Move:
    """One order beside the record."""

    role: str
    """Empty for what control did."""

    kind: str
    """
    `same`: the record has it too. `moved`: the record has it, elsewhere or with another option.
    `another turn`: the record has it in `turns`. `own`: the record never has it. Of what was not given: `left
    out`: the record has it; `done`: that, for it was given before; `impossible`: that, for the game did not
    allow it. `control`: a ruling.
    """

    given: str = ""
    """The order in words; empty if none was given."""

    recorded: str = ""
    """The record's order in words; empty if it has none."""

    turns: tuple[int, ...] = ()
    """The record's turns by the calendar."""

    reason: str = ""
    """What was written to the order, as its giver wrote it."""

    @property
    def leaves(self) -> bool:
        """Whether somebody chose to leave the recorded line with it."""
        return self.kind in LEFT


@frozen
class Level:
    """One measure at the end of one turn."""

    turn: int
    id: str
    title: str
    value: float
    """On the band's scale."""

    scale: int
    """What the game's own number was divided by."""

    band: int
    source: str
    """The keys of what the band rests on."""

    @property
    def side(self) -> int:
        """Above the band 1, below it -1; 0 within one point of it."""
        return 0 if abs(self.value - self.band) <= 1 else 1 if self.value > self.band else -1


@frozen
class TurnAgainst:
    """One turn of the game beside the record."""

    turn: int
    """Calendar number, from 1."""

    day: Day
    """What happened; empty if nothing is told."""

    since: tuple[tuple[int, Day], ...]
    """What happened in turns of the calendar just before that were not played."""

    moves: tuple[Move, ...]
    levels: tuple[Level, ...]
    figures: tuple[Figure, ...]
    """What was published in it."""

    @property
    def left(self) -> tuple[Move, ...]:
        """The moves by which somebody left the recorded line in it."""
        return tuple(move for move in self.moves if move.leaves)


@frozen
class Against:
    """A game beside what really happened."""

    turns: tuple[TurnAgainst, ...]
    figures: tuple[Figure, ...]
    outcome: Outcome | None
    ending: str | None
    """How the game ended; None if it goes on."""

    @property
    def first(self) -> TurnAgainst | None:
        """The first turn in which somebody left the recorded line; None if nobody did."""
        return next((turn for turn in self.turns if turn.left), None)

    @property
    def hindered(self) -> TurnAgainst | None:
        """The first turn in which the game did not allow what the record has."""
        return next((turn for turn in self.turns if any(m.kind == "impossible" for m in turn.moves)), None)

    @property
    def outside(self) -> TurnAgainst | None:
        """The first turn at whose end a value was more than one point from its band."""
        return next((turn for turn in self.turns if any(level.side for level in turn.levels)), None)

    def first_of(self, role: str) -> int | None:
        """The calendar turn in which *role* first left the recorded line."""
        return next((turn.turn for turn in self.turns if any(m.role == role for m in turn.left)), None)

    @property
    def shared(self) -> tuple[int, int]:
        """How many orders were given, and how many of them the record has in the same turn."""
        given = [move.kind for turn in self.turns for move in turn.moves if move.given and move.role]
        return len(given), given.count("same")


def against(record: Record) -> Against | None:
    """*record* beside its scenario's history; None if there is none."""
    history = record.kernel.scenario.history
    if history is None or not (history.turns or history.bands or history.figures):
        return None
    watched = [each for each in measures(record.kernel) if each.id in history.bands]
    turns: list[TurnAgainst] = []
    before = 0
    for number, played in enumerate(record.turns):
        turns.append(_turn(record, history, number, before, watched))
        before = played.turn
    ending = record.last.ending
    return Against(tuple(turns), history.figures, history.outcome, None if ending is None else str(ending))


def is_recorded(scenario: Scenario, turn: int, role: str, order: Order) -> bool:
    """Whether *role* really gave *order* in that turn of the calendar."""
    history = scenario.history
    return history is not None and order in _orders(history.turns.get(turn, {}).get(role, ()))


def _orders(past: Sequence[PastOrder]) -> list[Order]:
    return [Order(each.order, each.place, each.option) for each in past]


def _turn(
    record: Record, history: History, number: int, before: int, watched: Sequence[Measure]
) -> TurnAgainst:
    played = record.turns[number]
    skipped = range(before + 1, played.turn)
    moves = [move for role in record.kernel.scenario.roles for move in _moves(record, number, role, skipped)]
    return TurnAgainst(
        played.turn,
        history.days.get(played.turn, Day()),
        tuple((turn, history.days[turn]) for turn in skipped if turn in history.days),
        (*moves, *_rulings(record, played)),
        tuple(_levels(record.kernel, history, played, watched)),
        tuple(
            each for each in history.figures if each.turn is not None and before < each.turn <= played.turn
        ),
    )


def _moves(record: Record, number: int, role: str, skipped: range) -> Iterator[Move]:
    scenario, played = record.kernel.scenario, record.turns[number]
    turns = scenario.history.turns if scenario.history else {}
    wanted = _orders(turns.get(played.turn, {}).get(role, ()))
    earlier = [order for turn in skipped for order in _orders(turns.get(turn, {}).get(role, ()))]
    rest = []
    for each in played.submissions.get(role, ()):
        if each.order in wanted or each.order in earlier:
            (wanted if each.order in wanted else earlier).remove(each.order)
            words = describe_order(scenario, each.order)
            yield Move(role, "same", words, words, (played.turn,), each.reason)
        else:
            rest.append(each)
    for each in rest:
        words = describe_order(scenario, each.order)
        alike = next((order for order in wanted if order.id == each.order.id), None)
        if alike is not None:
            wanted.remove(alike)
            recorded = describe_order(scenario, alike)
            yield Move(role, "moved", words, recorded, (played.turn,), each.reason)
        else:
            found = _elsewhen(turns, role, each.order)
            if found is None:
                yield Move(role, "own", words, reason=each.reason)
            else:
                other, when = found
                yield Move(role, "another turn", words, describe_order(scenario, other), when, each.reason)
    for order in wanted:
        yield Move(role, _why_not(record, number, role, order), "", describe_order(scenario, order))


def _elsewhen(
    turns: Mapping[int, Mapping[str, tuple[PastOrder, ...]]], role: str, order: Order
) -> tuple[Order, tuple[int, ...]] | None:
    """The order as the record has it in other turns, and those; elsewhere if it never has it there."""
    found = [(turn, past) for turn, given in sorted(turns.items()) for past in _orders(given.get(role, ()))]
    exact = tuple(turn for turn, past in found if past == order)
    if exact:
        return order, exact
    alike = [(turn, past) for turn, past in found if (past.id, past.option) == (order.id, order.option)]
    if not alike:
        return None
    return alike[0][1], tuple(turn for turn, past in alike if past == alike[0][1])


def _why_not(record: Record, number: int, role: str, order: Order) -> str:
    played = record.turns[number]
    if record.kernel.allows(played.ordered, role, [order]):
        return "left out"
    before = [each.order for turn in record.turns[:number] for each in turn.submissions.get(role, ())]
    return "done" if order in before else "impossible"


def _rulings(record: Record, played: Played) -> Iterator[Move]:
    """What control decided before the orders of a turn: that is in no record."""
    for decided in record.course.decisions:
        if decided.step == played.step and isinstance(decided.what, Ruling | Released | Argued):
            yield Move("", "control", given=in_words(record.kernel.scenario, decided.what))


def _levels(kernel: Kernel, history: History, played: Played, watched: Sequence[Measure]) -> Iterator[Level]:
    sources = {each.id: each.source for each in history.measures}
    for measure in watched:
        band = history.bands[measure.id][played.turn - 1]
        value = measure.of(played.after) / measure.scale
        title, source = _title(kernel, history, measure), sources[measure.id]
        yield Level(played.turn, measure.id, title, value, measure.scale, band, source)


def _title(kernel: Kernel, history: History, measure: Measure) -> str:
    """The measure's title; if its author gave none, that of the value it reads."""
    scenario = kernel.scenario
    text = next(each.value for each in history.measures if each.id == measure.id)
    about = scenario.variables.get(text) or scenario.derived.get(text)
    title = about.title if about is not None and measure.title == measure.id else measure.title
    return f"{title}, as {scenario.roles[measure.role].title} sees it" if measure.role else title
