"""What a scenario does to its roles and with its orders, measured: the figures an author acts on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import Executor

from attrs import field, frozen

from wargame.lab.census import CHOSEN, Census, Counted, Moment, Outcome
from wargame.lab.farm import harvest
from wargame.lab.intervals import Estimate, mean_of, share_of
from wargame.lab.lineup import ANY, lineup
from wargame.lab.spread import Spread, spread
from wargame.lab.whatif import Weighed, Worth
from wargame.rules.kernel import Kernel
from wargame.scenario.model import Scenario
from wargame.session.kernels import kernel_for

__all__ = ["DECISIVE", "Balance", "OrderFigures", "Part", "RoleFigures", "balance"]

DECISIVE = 5
"""Points of its role's score from which a what-if counts as decided by the order."""

ENOUGH, ENOUGH_IN_ALL = 10, 20
"""What-ifs from which a part of an order's moments is judged by itself, and from which the order is."""

GAMES_A_PIECE, WHATIFS_A_PIECE = 20, 60

Progress = Callable[[int], None]


@frozen
class Part:
    """What-ifs of an order that belong together."""

    name: str
    """Such as `early`, `as doctrines give it`, `option patrol`."""

    gain: Estimate
    """Points of its role's score, with the order less without it."""


@frozen
class OrderFigures:
    """One order over all games."""

    id: str
    role: str
    title: str
    turns: int
    """Turns its role played."""

    legal: int
    """Of them, at which it could be given."""

    seats: Mapping[str, int]
    """By player the turns at which it could be given."""

    given: Mapping[str, int]
    """By player the turns at which it was given."""

    options: tuple[str, ...]
    options_legal: Mapping[str, int]
    options_given: Mapping[str, int]
    gain: Estimate | None
    """Points of its role's score it brought over all what-ifs; None if there are none."""

    better: int
    """What-ifs in which its role came out better for it."""

    worse: int
    decisive: int
    """What-ifs in which it changed the ending, or its role's score by `DECISIVE` points."""

    parts: tuple[Part, ...]

    @property
    def by_doctrine(self) -> tuple[int, int]:
        """The turns at which a doctrine gave it, of those at which one could."""
        return _without_random(self.given), _without_random(self.seats)

    @property
    def is_dead(self) -> bool:
        """Whether it could never be given, or nobody ever gave it."""
        return not self.legal or not sum(self.given.values())

    @property
    def is_dominated(self) -> bool:
        """
        Whether it was never the better choice: in no what-if, or clearly worse in every part of them.

        A part of fewer than `ENOUGH` what-ifs is not judged, and nothing is with fewer than `ENOUGH_IN_ALL`.
        """
        if self.gain is None or self.gain.count < ENOUGH_IN_ALL:
            return False
        judged = [part for part in self.parts if part.gain.count >= ENOUGH]
        return not self.better or (
            self.gain.is_below_zero and all(part.gain.is_below_zero for part in judged)
        )


def _without_random(turns: Mapping[str, int]) -> int:
    return sum(count for player, count in turns.items() if player != "random")


@frozen
class RoleFigures:
    """One role over all games."""

    role: str
    scores: Mapping[str, tuple[Estimate, Spread]]
    """By player; a doctrine or random."""

    by_ending: Mapping[str, Estimate]
    """The mean score by ending, played by doctrines."""

    doctrines: Estimate
    """The mean score with a doctrine in the seat, whoever sits in the others."""

    lead: Estimate
    """By how much that is above the mean of all seats of the same game, in points."""

    first: Estimate
    """The share of games, 0 to 1, in which it has the highest score, a tie of n counted as 1/n."""

    skill: Estimate | None
    """What a doctrine brings over play at random, in points; None without one of the two."""


@frozen
class Balance:
    """All figures of a scenario."""

    scenario: Scenario = field(repr=False)
    length: str
    seed: int
    games: int
    endings: Mapping[str, Estimate]
    """Share of the games, 0 to 1."""

    roles: tuple[RoleFigures, ...]
    orders: tuple[OrderFigures, ...]
    still: tuple[str, ...]
    """Variables that never differed from their start."""

    unwritten: frozenset[str]
    """Those of them that no rule sets."""

    happened: Mapping[str, int]
    """By event the games in which it happened."""

    states: Mapping[str, Mapping[int, int]]
    """By deal and state the games in which it was ever in it."""

    crossed: Mapping[tuple[str, str], int]
    """By role and red line the games in which it was crossed."""

    agendas: Mapping[tuple[str, str], tuple[int, int]]
    """By role and agenda how often it was dealt, and reached."""


@frozen
class _Task:
    scenario: Scenario
    work: Counted | Weighed
    share: range | tuple[tuple[str, Moment], ...]


def _do(task: _Task) -> Census | list[Worth]:
    return task.work(kernel_for(task.scenario), task.share)  # type: ignore[arg-type]


def balance(
    kernel: Kernel,
    *,
    games: int,
    whatifs: int,
    seed: int = 1,
    length: str = "full",
    jobs: int = 1,
    executor: Executor | None = None,
    progress: Progress | None = None,
) -> Balance:
    """
    Plays *games* (from 1) with every player drawn; weighs each order by up to *whatifs* (from 0) what-ifs.

    *progress* is told of games and what-ifs as they are done; how many what-ifs there will be is not known
    before. *jobs* and *executor* change nothing that is found; see `wargame.lab.farm`.

    Raises:
        WargameError: If the scenario has no such length, or a process was killed.
    """
    scenario, tell = kernel.scenario, progress or (lambda count: None)
    named = lineup(kernel, dict.fromkeys(scenario.roles, ANY))
    kernel.start(seed, length, traced=False)
    counted = Counted(named, length, whatifs)
    shares = [
        range(first, min(first + GAMES_A_PIECE, seed + games))
        for first in range(seed, seed + games, GAMES_A_PIECE)
    ]
    census = Census(whatifs)
    counting = (_Task(scenario, counted, share) for share in shares)
    for task, found in harvest(_do, counting, jobs=jobs, executor=executor):
        if isinstance(found, Census):
            census.add(found)
            tell(len(task.share))
    moments = sorted(
        (each for order in scenario.orders for each in census.sample(order, whatifs)),
        key=lambda each: each[1],
    )
    moments.sort(key=lambda each: (each[1].seed, each[1].step))
    pieces = [tuple(moments[at : at + WHATIFS_A_PIECE]) for at in range(0, len(moments), WHATIFS_A_PIECE)]
    weighing = (_Task(scenario, Weighed(named, length), piece) for piece in pieces)
    worths: list[Worth] = []
    for task, weighed in harvest(_do, weighing, jobs=jobs, executor=executor):
        if isinstance(weighed, list):
            worths += weighed
            tell(len(task.share))
    return _figures(kernel, census, worths, length, seed)


def _figures(kernel: Kernel, census: Census, worths: list[Worth], length: str, seed: int) -> Balance:
    scenario, outcomes = kernel.scenario, census.outcomes
    by_order: dict[str, list[Worth]] = {}
    for worth in worths:
        by_order.setdefault(worth.order, []).append(worth)
    endings = {id: sum(each.ending == id for each in outcomes) for id in scenario.endings}
    still = tuple(id for id in scenario.variables if id not in census.moved)
    deals = [*scenario.agreements, *scenario.promises]
    return Balance(
        scenario=scenario,
        length=length,
        seed=seed,
        games=len(outcomes),
        endings={id: share_of(count, len(outcomes)) for id, count in endings.items()},
        roles=tuple(_role(scenario, role, outcomes) for role in scenario.roles),
        orders=tuple(_order(scenario, id, census, by_order.get(id, [])) for id in scenario.orders),
        still=still,
        unwritten=frozenset(still) - _written(kernel),
        happened={id: census.happened[id] for id in scenario.events},
        states={
            id: {state: count for (deal, state), count in sorted(census.states.items()) if deal == id}
            for id in deals
        },
        crossed={
            (role, id): sum((role, id) in each.crossed for each in outcomes)
            for role, lines in scenario.red_lines.items()
            for id in lines
        },
        agendas={
            (role, id): _dealt(outcomes, role, id) for role, cards in scenario.agendas.items() for id in cards
        },
    )


def _dealt(outcomes: Iterable[Outcome], role: str, card: str) -> tuple[int, int]:
    reached = [each.agendas[role][1] for each in outcomes if each.agendas[role][0] == card]
    return len(reached), sum(reached)


def _written(kernel: Kernel) -> set[str]:
    """The variables that a rule sets or a price is paid from."""
    plan = kernel.plan
    rules = [order.rule for order in plan.orders.values()]
    rules += [event.rule for event in plan.brief]
    rules += [rule for phase in plan.phases for rule in phase.procedures]
    rules += [event.rule for phase in plan.phases for event in phase.events]
    for agreement in plan.agreements.values():
        rules += [agreement.effects, agreement.each_turn, agreement.on_break]
    for promise in plan.promises.values():
        rules += [promise.on_kept, promise.on_broken]
    slots = {slot for rule in rules if rule is not None for slot in rule.writes}
    slots |= {slot for order in plan.orders.values() for slot, _ in order.prices}
    return {str(plan.slots[slot].variable) for slot in slots}


def _role(scenario: Scenario, role: str, outcomes: list[Outcome]) -> RoleFigures:
    scores: dict[str, list[int]] = {}
    endings: dict[str, list[int]] = {}
    leads, firsts = list[int](), list[int]()
    count = len(scenario.roles)
    # Whole numbers throughout: a share of a tie is counted in parts that every number of roles divides.
    whole = 2520 if count <= 10 else 1_000_000
    for each in outcomes:
        score = each.scores[role]
        scores.setdefault(each.players[role], []).append(score)
        if each.players[role] != "random":
            endings.setdefault(each.ending, []).append(score)
            leads.append(count * score - sum(each.scores.values()))
            best = max(each.scores.values())
            ties = sum(other == best for other in each.scores.values())
            firsts.append(whole // ties if score == best else 0)
    random = scores.get("random")
    played = [score for player, values in scores.items() if player != "random" for score in values]
    values = played or random or [0]
    return RoleFigures(
        role=role,
        scores={player: (mean_of(found), spread(found)) for player, found in sorted(scores.items())},
        by_ending={id: mean_of(endings[id]) for id in scenario.endings if id in endings},
        doctrines=mean_of(values),
        lead=_scaled(mean_of(leads or [0]), count),
        first=_scaled(mean_of(firsts or [0]), whole),
        skill=_gap(mean_of(played), mean_of(random)) if played and random else None,
    )


def _scaled(estimate: Estimate, by: int) -> Estimate:
    return Estimate(estimate.value / by, estimate.low / by, estimate.high / by, estimate.count)


def _gap(one: Estimate, other: Estimate) -> Estimate:
    """The difference of two means of different games: their half widths add up as squares."""
    half = ((one.high - one.value) ** 2 + (other.high - other.value) ** 2) ** 0.5
    gap = one.value - other.value
    return Estimate(gap, gap - half, gap + half, min(one.count, other.count))


def _order(scenario: Scenario, id: str, census: Census, worths: list[Worth]) -> OrderFigures:
    about = scenario.orders[id]
    options = about.choice.options if about.choice is not None else ()
    gains = [worth.gain for worth in worths]
    return OrderFigures(
        id=id,
        role=about.role,
        title=about.title,
        turns=census.turns[about.role],
        legal=census.legal[id],
        seats={player: count for (order, player), count in sorted(census.seats.items()) if order == id},
        given={player: count for (order, player), count in sorted(census.given.items()) if order == id},
        options=options,
        options_legal={option: census.options_legal[id, option] for option in options},
        options_given={option: census.options_given[id, option] for option in options},
        gain=mean_of(gains) if gains else None,
        better=sum(gain > 0 for gain in gains),
        worse=sum(gain < 0 for gain in gains),
        decisive=sum(worth.new_ending or abs(worth.gain) >= DECISIVE for worth in worths),
        parts=_parts(worths, options),
    )


def _parts(worths: list[Worth], options: Iterable[str]) -> tuple[Part, ...]:
    chosen: list[tuple[str, list[int]]] = [
        ("as doctrines give it", [worth.gain for worth in worths if worth.kind == CHOSEN])
    ]
    for third, name in enumerate(("in the first third", "in the middle", "in the last third")):
        chosen.append((name, [worth.gain for worth in worths if worth.third == third]))
    for option in options:
        chosen.append((f"as {option}", [worth.gain for worth in worths if worth.option == option]))
    return tuple(Part(name, mean_of(gains)) for name, gains in chosen if gains)
