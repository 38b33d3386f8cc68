"""What if: other orders in one turn, played on with the same dice, and with many others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Literal

from attrs import frozen

from wargame.agents.playing import play_turn
from wargame.debrief.onward import Begun, Line, Onward, nobody, onward
from wargame.debrief.record import Played, Record
from wargame.errors import WargameError
from wargame.lab.headlines import headlines
from wargame.lab.intervals import Estimate, mean_of
from wargame.lab.match import players
from wargame.rules.orders import Order
from wargame.rules.position import Position

__all__ = [
    "BANDS",
    "Change",
    "Compared",
    "Fan",
    "Others",
    "Spread",
    "checked",
    "compare",
    "given",
    "played",
    "same_dice",
    "spread_of",
]

Others = Literal["doctrines", "recorded"]
"""Who plays on once a game has parted from the record: doctrines, or all repeat what they ordered then."""

BANDS = (10, 25, 50, 75, 90)
"""The percentiles a fan is drawn with."""


@frozen
class Change:
    """Other orders for one seat in one turn."""

    turn: int
    """Calendar number, from 1."""

    role: str
    orders: tuple[Order, ...]


@frozen
class Fan:
    """How one headline value may run."""

    id: str
    title: str
    turns: tuple[int, ...]
    """The calendar turns as whose orders were given it stood so; the last row, without a turn, is the end."""

    bands: tuple[tuple[int, ...], ...]
    """One row for every turn and one for the end: the percentiles `BANDS`, from the lowest."""


@frozen
class Spread:
    """What may come of one turn's orders."""

    games: int
    scores: Mapping[str, Estimate]
    """By role, in points, 0 to 100."""

    endings: Mapping[str, int]
    """How many games came to each ending, by its id, the most frequent first."""

    fans: tuple[Fan, ...]


@frozen
class Compared:
    """What was ordered beside what might have been, over the same dice."""

    change: Change
    actual: Spread
    other: Spread
    gain: Mapping[str, Estimate]
    """By role, the other orders' score less the actual ones', in points."""

    @property
    def is_noise(self) -> bool:
        """Whether the seat that changed its orders gained or lost nothing that chance does not explain."""
        own = self.gain[self.change.role]
        return not (own.is_above_zero or own.is_below_zero)


def played(record: Record, turn: int) -> Played:
    """
    The turn with that calendar number.

    Raises:
        WargameError: If the game has not played it.
    """
    for each in record.turns:
        if each.turn == turn:
            return each
    known = ", ".join(str(each.turn) for each in record.turns) or "none"
    raise WargameError(f"turn {turn} was not played in this game; it has {known}")


def checked(record: Record, change: Change) -> Played:
    """
    The turn *change* is about.

    Raises:
        WargameError: If the game has not played that turn, or there is no such role.
        IllegalOrder: If the role could not have given these orders then.
    """
    then, roles = played(record, change.turn), record.kernel.scenario.roles
    if change.role not in roles:
        raise WargameError(f"there is no role '{change.role}'; the roles are {', '.join(roles)}")
    record.kernel.check(then.ordered, change.role, change.orders)
    return then


def given(then: Played, change: Change | None = None) -> dict[str, tuple[Order, ...]]:
    """The orders of all seats in a turn, with those of *change* in place of one's."""
    orders = {role: tuple(each.order for each in all) for role, all in then.submissions.items()}
    return orders if change is None else {**orders, change.role: change.orders}


def same_dice(record: Record, change: Change, others: Others = "doctrines") -> tuple[Position, ...]:
    """
    The positions *change* leads to with the dice of the game: after each turn from that one on, to the end.

    The other seats order in that turn what they did. As long as nothing has become different, what was
    recorded goes on; then *others* play. So a change that changes nothing leads where the game went.

    Raises:
        WargameError, IllegalOrder: As `checked`.
    """
    then, kernel = checked(record, change), record.kernel
    agents, recorded = players(kernel, record.doctrines), {each.step: each for each in record.turns}
    found = [_worked_out(record, then.ordered, given(then, change))]
    while not found[-1].is_over:
        position, known = found[-1], recorded.get(found[-1].step)
        if known is not None and position == known.began:
            found.append(known.after)
        elif known is not None and others == "recorded":
            found.append(_repeated(record, position, known))
        elif known is None and position == record.last:
            break  # the game stands there, and nobody knows more
        else:
            found.append(play_turn(kernel, position, agents))
    return tuple(found)


def _worked_out(record: Record, position: Position, orders: Mapping[str, Sequence[Order]]) -> Position:
    return record.kernel.play(position, [order for each in orders.values() for order in each])


def _repeated(record: Record, position: Position, then: Played) -> Position:
    """After a turn in which everybody says and orders what it did *then*, as far as it may."""
    kernel = record.kernel
    for said in record.course.said:
        if said.step == then.step and said.act in kernel.acts(position, said.role):
            position = kernel.talk(position, said.role, said.act)
    chosen: dict[str, list[Order]] = {}
    for role, orders in given(then).items():
        mine = chosen.setdefault(role, [])
        for order in orders:
            if kernel.allows(position, role, [*mine, order]):
                mine.append(order)
    return _worked_out(record, position, chosen)


def compare(
    record: Record,
    change: Change,
    games: int = 2_000,
    *,
    play: Onward | None = None,
    told: Callable[[int], object] = nobody,
) -> Compared:
    """
    What was ordered beside *change*, each over *games* games with the same dice, played on by doctrines.

    *told* hears how many games more are done; it will be twice *games* in all.

    Raises:
        WargameError, IllegalOrder: As `checked`; or if *games* is below 2.
    """
    then = checked(record, change)
    play = play or onward(record, games)
    actual = play(Begun(then.ordered, given(then), talked=True), told)
    other = play(Begun(then.ordered, given(then, change), talked=True), told)
    gain = {
        role: mean_of([new.scores[role] - old.scores[role] for new, old in zip(other, actual, strict=True)])
        for role in record.kernel.plan.roles
    }
    return Compared(change, spread_of(record, then, actual), spread_of(record, then, other), gain)


def spread_of(record: Record, then: Played, lines: Sequence[Line]) -> Spread:
    """What *lines*, which go on from that turn, come to."""
    roles, calendar = record.kernel.plan.roles, record.kernel.plan.calendars[record.length]
    turns = calendar[then.step - 1 :]
    return Spread(
        len(lines),
        {role: mean_of([line.scores[role] for line in lines]) for role in roles},
        dict(Counter(line.ending for line in lines).most_common()),
        tuple(
            Fan(each.id, each.about.title, turns, _bands(lines, number, len(turns) + 1))
            for number, each in enumerate(headlines(record.kernel))
        ),
    )


def _bands(lines: Sequence[Line], number: int, rows: int) -> tuple[tuple[int, ...], ...]:
    """The percentiles of one headline; how a game that is over stood at its end goes on."""
    found = []
    for row in range(rows):
        values = sorted(line.rows[min(row, len(line.rows) - 1)][number] for line in lines)
        found.append(tuple(values[(len(values) - 1) * percent // 100] for percent in BANDS))
    return tuple(found)
