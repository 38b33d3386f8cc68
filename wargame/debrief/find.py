"""Find it yourself: a better order is looked for at a turning point, and laid beside what was done."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from attrs import evolve, frozen

from wargame.agents.historical import historical
from wargame.agents.talk import chairs_at
from wargame.debrief.onward import Begun, Onward, nobody, onward, seeds
from wargame.debrief.record import Played, Record
from wargame.debrief.turning import Point
from wargame.debrief.whatif import Change, checked, given
from wargame.lab.intervals import Estimate, mean_of
from wargame.lab.match import players
from wargame.rules.explain import describe_order
from wargame.rules.orders import Order

__all__ = ["DRAWN", "Puzzle", "Trial", "doctrines_choices", "in_words", "puzzles", "tried", "was_so"]

DRAWN = 40
"""Dice under which a doctrine is asked what it orders."""


@frozen
class Puzzle:
    """A decision that is put to somebody again; what was done is not in it."""

    turn: int
    """Calendar number, from 1."""

    role: str
    title: str
    """The turn's title."""


@frozen
class Trial:
    """Three answers to one decision, over the same dice."""

    turn: int
    """Calendar number, from 1."""

    role: str
    games: int
    own: tuple[Order, ...]
    done: tuple[Order, ...]
    doctrine: tuple[Order, ...]
    """What its doctrine orders there most often; other dice, other orders."""

    own_score: Estimate
    """The role's score, 0 to 100, where *own* was ordered; the others alike."""

    done_score: Estimate
    doctrine_score: Estimate
    """Whatever the doctrine orders under the dice of each game."""

    over_done: Estimate
    """What *own* gives against *done*, in points."""

    over_doctrine: Estimate
    done_was_so: bool
    """Whether history did what was done; then it is not called a mistake."""

    own_was_so: bool


def puzzles(record: Record, points: Sequence[Point]) -> tuple[Puzzle, ...]:
    """The decisions among turning points, in the sequence of the game; each once."""
    turns = record.kernel.scenario.turns
    found = [Puzzle(point.turn, point.role, turns[point.turn - 1].title) for point in points]
    return tuple(
        dict.fromkeys(each for each, point in zip(found, points, strict=True) if point.kind == "orders")
    )


def was_so(record: Record, turn: int, role: str, orders: Sequence[Order]) -> bool:
    """Whether history records every one of *orders*, one at least, for that role and turn."""
    known = historical(record.kernel.scenario, role).line.get(turn, ())
    return bool(orders) and all(order in known for order in orders)


def doctrines_choices(record: Record, then: Played, role: str) -> tuple[tuple[tuple[Order, ...], int], ...]:
    """
    What the role's doctrine orders in a turn, after the same talk, under `DRAWN` other dice.

    The orders with how often, the most frequent first: what it sees and weighs hangs on the dice.
    """
    agents = players(record.kernel, record.doctrines)
    found: dict[frozenset[Order], tuple[Order, ...]] = {}
    times: Counter[frozenset[Order]] = Counter()
    for seed in seeds(DRAWN):
        chairs = chairs_at(record.kernel, evolve(then.ordered, seed=seed), agents)
        orders = tuple(choice.order for choice in agents[role].choose(chairs[role]))
        found.setdefault(frozenset(orders), orders)
        times[frozenset(orders)] += 1
    return tuple((found[orders], count) for orders, count in times.most_common())


def tried(
    record: Record,
    turn: int,
    role: str,
    orders: Sequence[Order],
    games: int = 1_000,
    *,
    play: Onward | None = None,
    told: Callable[[int], object] = nobody,
) -> Trial:
    """
    How *orders* do in that turn against what was done and what the doctrine would do, the other seats' alike.

    *told* hears how many games more are done; it will be three times *games* in all.

    Raises:
        WargameError: If the game has not played that turn, there is no such role, or *games* is below 2.
        IllegalOrder: If the role could not have given these orders then.
    """
    own = tuple(orders)
    then = checked(record, Change(turn, role, own))
    play = play or onward(record, games)
    done, others = given(then).get(role, ()), {r: o for r, o in given(then).items() if r != role}
    ((doctrine, _), *_) = doctrines_choices(record, then, role)

    def scores(orders: Mapping[str, Sequence[Order]]) -> list[int]:
        return [line.scores[role] for line in play(Begun(then.ordered, orders, talked=True), told)]

    mine, theirs, its = scores(others | {role: own}), scores(others | {role: done}), scores(others)
    return Trial(
        turn,
        role,
        len(mine),
        own,
        done,
        doctrine,
        mean_of(mine),
        mean_of(theirs),
        mean_of(its),
        _over(mine, theirs),
        _over(mine, its),
        was_so(record, turn, role, done),
        was_so(record, turn, role, own),
    )


def _over(one: Sequence[int], other: Sequence[int]) -> Estimate:
    return mean_of([a - b for a, b in zip(one, other, strict=True)])


def in_words(record: Record, trial: Trial) -> tuple[str, ...]:
    """What came of it, a sentence each."""
    scenario = record.kernel.scenario

    def told(orders: Sequence[Order]) -> str:
        return "; ".join(describe_order(scenario, order) for order in orders) or "no orders"

    lines = [
        f"Yours ({told(trial.own)}): {_score(trial.own_score)}.",
        f"What was done ({told(trial.done)}): {_score(trial.done_score)}.",
        f"What its doctrine does there (mostly {told(trial.doctrine)}): {_score(trial.doctrine_score)}.",
        f"Against what was done yours is {_judged(trial.over_done)}; against the doctrine, "
        f"{_judged(trial.over_doctrine)}.",
    ]
    if trial.done_was_so:
        lines.append(
            "What was done is what was done in history: hindsight is no reason to call it a mistake."
        )
    elif trial.own_was_so:
        lines.append("Yours is what was done in history.")
    lines.append(f"By {trial.games:,} games of this model played on from each, with the same dice for all.")
    return tuple(lines)


def _score(score: Estimate) -> str:
    return f"a score of {score.value:.1f} ({score.low:.1f} to {score.high:.1f})"


def _judged(by: Estimate) -> str:
    if by.is_above_zero:
        return f"better by {by.value:.1f} points"
    if by.is_below_zero:
        return f"worse by {-by.value:.1f} points"
    return "as good, as far as one can tell: the difference is within noise"
