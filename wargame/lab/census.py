"""What came about in many games: how often every order was legal and given, what moved, what happened."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from heapq import heappush, heappushpop

from attrs import define, field, frozen

from wargame.agents.talk import talk_round
from wargame.lab.lineup import agents_of, players_of
from wargame.lab.match import undisturbed
from wargame.rules.dice import label_key, raw, turn_key
from wargame.rules.kernel import Kernel
from wargame.rules.orders import Order
from wargame.rules.position import Position

__all__ = ["CHOSEN", "PASSED", "RANDOM", "Census", "Counted", "Moment", "Outcome"]

CHOSEN, PASSED, RANDOM = "chosen", "passed over", "random"
"""Kinds of moments at which an order is legal: the doctrine gives it, or does not, or there is none."""

Option = tuple[str, str]
"""An order with one of its options."""


@frozen(order=True)
class Moment:
    """A turn of a game at which an order was legal."""

    lot: int
    """64 bits drawn for it; the moments with the lowest are the sample."""

    seed: int
    step: int
    role: str
    order: str


@frozen
class Outcome:
    """How one game came out."""

    seed: int
    ending: str
    players: Mapping[str, str]
    scores: Mapping[str, int]
    agendas: Mapping[str, tuple[str, bool]]
    """By role the secret agenda it was dealt, and whether it was reached."""

    crossed: tuple[tuple[str, str], ...]
    """The red lines that were crossed, as role and id."""


@define
class Census:
    """The counts of a batch; `add` joins two."""

    keep: int
    """Moments kept of each order and kind."""

    outcomes: list[Outcome] = field(factory=list)
    turns: Counter[str] = field(factory=Counter)
    """Turns by role."""

    legal: Counter[str] = field(factory=Counter)
    """By order the turns of its role at which it could be given."""

    given: Counter[tuple[str, str]] = field(factory=Counter)
    """By order and player the turns at which it was given."""

    seats: Counter[tuple[str, str]] = field(factory=Counter)
    """By order and player the turns at which it could be given."""

    options_legal: Counter[Option] = field(factory=Counter)
    options_given: Counter[Option] = field(factory=Counter)
    moved: set[str] = field(factory=set)
    """Variables that ever differed from their start."""

    happened: Counter[str] = field(factory=Counter)
    """Games by event that happened in them."""

    states: Counter[tuple[str, int]] = field(factory=Counter)
    """Games by deal and state it was ever in."""

    moments: dict[tuple[str, str], list[Moment]] = field(factory=dict)
    """By order and kind; a heap with the lots negated, so that the highest lot is dropped first."""

    def add(self, other: Census) -> None:
        """Takes in the counts of *other*; the sequence of joining changes nothing that is counted."""
        self.outcomes += other.outcomes
        for name in (
            "turns",
            "legal",
            "given",
            "seats",
            "options_legal",
            "options_given",
            "happened",
            "states",
        ):
            getattr(self, name).update(getattr(other, name))
        self.moved |= other.moved
        for key, moments in other.moments.items():
            for moment in moments:
                self.note(key, moment)

    def note(self, key: tuple[str, str], moment: Moment) -> None:
        """Keeps *moment* if its lot is among the lowest."""
        heap = self.moments.setdefault(key, [])
        if len(heap) < self.keep:
            heappush(heap, moment)
        else:
            heappushpop(heap, moment)

    def sample(self, order: str, most: int) -> list[tuple[str, Moment]]:
        """
        Up to *most* moments at which *order* was legal, with their kind.

        Half of them, if there are so many, are such at which a doctrine gave it; a seat that plays at random
        fills up only where doctrines leave too few.
        """
        found: list[tuple[str, Moment]] = []
        used = len(self.moments.get((order, CHOSEN), ()))
        passed = len(self.moments.get((order, PASSED), ()))
        quotas = {CHOSEN: min(used, max(most // 2, most - passed)), PASSED: most, RANDOM: most}
        for kind, quota in quotas.items():
            # The highest negated lots are the lowest lots.
            best = sorted(self.moments.get((order, kind), ()), reverse=True)
            found += [(kind, moment) for moment in best[: min(quota, most - len(found))]]
        return found


@frozen
class Counted:
    """Games that are counted; it holds only values, so that it travels between processes."""

    named: Mapping[str, str]
    length: str
    keep: int
    """Moments kept of each order and kind."""

    def __call__(self, kernel: Kernel, seeds: range) -> Census:
        census = Census(self.keep)
        still = _Still(kernel)
        with undisturbed():
            for seed in seeds:
                players = players_of(kernel, self.named, seed)
                position = self._play(kernel, players, seed, census)
                census.outcomes.append(_outcome(kernel, position, players))
                still.look(position)
                _happenings(kernel, position, census)
        census.moved = still.moved()
        return census

    def _play(self, kernel: Kernel, players: Mapping[str, str], seed: int, census: Census) -> Position:
        agents = agents_of(kernel, players)
        position, _ = kernel.start(seed, self.length, traced=False)
        while position.ending is None:
            position, chairs = talk_round(kernel, position, agents)
            orders: list[Order] = []
            for role, agent in agents.items():
                given = [choice.order for choice in agent.choose(chairs[role])]
                _count(kernel, position, (role, players[role]), given, census)
                orders += given
            position = kernel.play(position, orders)
        return position


def _count(
    kernel: Kernel, position: Position, seat: tuple[str, str], given: list[Order], census: Census
) -> None:
    """Counts what the player of *seat* (role and player) could give and what it gave."""
    role, player = seat
    census.turns[role] += 1
    legal = kernel.legal(position, role)
    chosen = {order.id for order in given}
    census.options_legal.update({(order.id, order.option) for order in legal if order.option is not None})
    census.options_given.update({(order.id, order.option) for order in given if order.option is not None})
    key = turn_key(position.seed, position.step)
    for id in dict.fromkeys(order.id for order in legal):
        census.legal[id] += 1
        census.seats[id, player] += 1
        kind = RANDOM if player == "random" else CHOSEN if id in chosen else PASSED
        lot = -raw(key, label_key(f"lab.moment.{id}"))
        census.note((id, kind), Moment(lot, position.seed, position.step, role, id))
    census.given.update((id, player) for id in chosen)


class _Still:
    """The slots that have held their start so far."""

    def __init__(self, kernel: Kernel) -> None:
        self._plan = kernel.plan
        self._slots = {
            slot
            for variable in self._plan.variables.values()
            if variable.about.kind == "variable"
            for slot in range(variable.slot, variable.slot + variable.width)
        }
        self._all = set(self._slots)

    def look(self, position: Position) -> None:
        start = self._plan.start
        for row in (*position.past, position.values):
            self._slots -= {slot for slot in self._slots if row[slot] != start[slot]}

    def moved(self) -> set[str]:
        """The variables any of whose slots moved."""
        return {str(self._plan.slots[slot].variable) for slot in self._all - self._slots}


def _happenings(kernel: Kernel, position: Position, census: Census) -> None:
    plan = kernel.plan
    events = [*plan.brief, *(event for phase in plan.phases for event in phase.events)]
    census.happened.update(event.id for event in events if position.values[event.slot])
    slots = {id: deal.slot for id, deal in plan.agreements.items()}
    slots |= {id: deal.slot for id, deal in plan.promises.items()}
    rows = (*position.past, position.values)
    census.states.update({(id, row[slot]) for id, slot in slots.items() for row in rows})


def _outcome(kernel: Kernel, position: Position, players: Mapping[str, str]) -> Outcome:
    cards = {role: kernel.score(position, role) for role in players}
    return Outcome(
        seed=position.seed,
        ending=str(position.ending),
        players=players,
        scores={role: card.total for role, card in cards.items()},
        agendas={
            role: (card.agenda.id, card.agenda.reached)
            for role, card in cards.items()
            if card.agenda is not None
        },
        crossed=tuple(
            (role, line.id) for role, card in cards.items() for line in card.red_lines if line.crossed
        ),
    )
