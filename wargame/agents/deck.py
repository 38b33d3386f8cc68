"""A doctrine compiled: its lines as functions of what the role sees."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from attrs import frozen

from wargame.agents.base import Chair
from wargame.agents.sight import Ballot, Sight, Spots, sight_of
from wargame.language.python import Function
from wargame.language.types import Choice, Flag, Type
from wargame.rules.kernel import Kernel
from wargame.rules.lanes import Places, places
from wargame.rules.orders import Offer, Promise
from wargame.rules.plan import Costs, Given, OrderPlan
from wargame.scenario.book import Book
from wargame.scenario.model import Doctrine, Line

__all__ = ["Card", "Deck", "deck_of", "size_of"]


@frozen(eq=False)
class Reason:
    """Why a line is played, in words with values in them."""

    pieces: tuple[str | int, ...]
    args: tuple[tuple[Function, Type | None], ...]

    def told(self, seen: list[int], here: int) -> str:
        """The words, with the values as the role sees them."""
        words = [_said(int(function(seen, 0, here, 0)), type_) for function, type_ in self.args]
        return "".join(piece if isinstance(piece, str) else words[piece] for piece in self.pieces)


def _said(value: int, type_: Type | None) -> str:
    match type_:
        case Flag():
            return "yes" if value else "no"
        case Choice():
            return type_.shown[value]
        case _:
            return str(value)


@frozen(eq=False)
class Card:
    """One line of a doctrine."""

    weight: int
    face: str | None
    """hard or soft if only that face plays it."""

    when: Function | None
    reason: Reason
    order: OrderPlan | None
    ways: tuple[tuple[Given, ...], ...]
    """By place, up to a power of two, every way to give its order, with the line's option if it names one."""

    spots: Function | None
    """The places it may be given for, to be sorted; None for an order without places."""

    option: int
    allow: Function | None
    """What is still to be asked of each way: what an option allows, where the line leaves it open."""

    least: Costs
    """What its order costs at least, where prices do not depend on the position."""

    act: Offer | Promise | None
    """What it proposes, if it is no line for an order."""

    def candidates(self, seen: list[int]) -> Iterable[Given]:
        """The ways its order may be given, price and the role's other orders aside, the best first."""
        wanted = self.ways[0] if self.spots is None else self._by_worth(self.spots(seen, self.option))
        allow = self.allow
        if allow is None:
            return wanted
        return (given for given in wanted if allow(seen, 0, given.here, given.option))

    def _by_worth(self, spots: list[int]) -> Iterator[Given]:
        ways, last = self.ways, len(self.ways) - 1
        while spots:
            # The first mostly will do: finding it is less work than sorting them all.
            spot = min(spots)
            yield from ways[spot & last]
            spots.remove(spot)


@frozen(eq=False)
class Deck:
    """One doctrine of one role."""

    role: str
    label: str
    """Names its dice."""

    jitter: int
    """The largest number the dice add to a line's weight."""

    cards: tuple[Card, ...]
    """The lines for orders, in the order of the deck."""

    last: int
    """The mask for the number of a card in what stands on a ballot."""

    dice: Places
    soft: Function
    """The lines the soft face plays, of those that hold, as numbers to be sorted: see `fused.ballot`."""

    hard: Function
    talk: tuple[tuple[int, Card], ...]
    """The lines that propose something, the heaviest first, each after the slot of the deal's state."""

    hard_when: Function | None
    accepts: Mapping[str, Function]
    """By agreement, whether it says yes to an offer."""

    sight: Sight
    """Sees what its texts and the role's menu read, and nothing else."""

    def proposing(self, seen: list[int]) -> list[Card]:
        """The lines of talk that hold, for deals that are not under way or settled; no dice go into them."""
        possible = [card for state, card in self.talk if not seen[state]]
        other = "soft" if possible and self.is_hard(seen) else "hard"
        return [
            card
            for card in possible
            if card.face != other and (card.when is None or card.when(seen, 0, 0, 0))
        ]

    def is_hard(self, seen: list[int]) -> bool:
        """Whether it shows its hard face."""
        return self.hard_when is not None and bool(self.hard_when(seen, 0, 0, 0))

    def holding(self, seen: list[int], chair: Chair) -> Iterator[Card]:
        """The lines of orders that hold, the heaviest first; of equals the first in the deck."""
        # Drawn for every line, held or not: a line's luck must not hang on its neighbours.
        jitter = self.dice.faces(chair.die(self.label), self.jitter + 1)
        return self._by_weight(self.is_hard(seen), seen, jitter)

    def ranked(self, seen: list[int]) -> list[Card]:
        """The same by weight alone, no dice thrown; behind them what only its other face would play."""
        even, is_hard = (0,) * len(self.cards), self.is_hard(seen)
        shown = list(self._by_weight(is_hard, seen, even))
        other = self._by_weight(not is_hard, seen, even)
        return shown + [card for card in other if card not in shown]

    def _by_weight(self, is_hard: bool, seen: list[int], jitter: Sequence[int]) -> Iterator[Card]:
        ballot = (self.hard if is_hard else self.soft)(seen, jitter)
        ballot.sort()
        last, cards = self.last, self.cards
        for number in ballot:
            yield cards[number & last]


def deck_of(kernel: Kernel, doctrine: Doctrine) -> Deck:
    """*doctrine* compiled for *kernel*."""
    entry = f"doctrines.{doctrine.role}.{doctrine.id}"
    texts = {key: checked for key, checked in kernel.book.texts.items() if key.startswith(f"{entry}.")}
    fused = _ballots(entry, doctrine, kernel) | _spots(entry, doctrine, kernel)
    sight = sight_of(kernel, doctrine.role, texts, fused)
    cards = [
        _card(kernel, line, f"{entry}.lines.{number}", sight) for number, line in enumerate(doctrine.lines, 1)
    ]
    orders = tuple(card for card in cards if card.order is not None)
    return Deck(
        role=doctrine.role,
        label=entry,
        jitter=doctrine.jitter,
        cards=orders,
        last=size_of(len(orders)) - 1,
        dice=places(len(orders)),
        soft=sight.fused["soft"],
        hard=sight.fused["hard"],
        talk=_talk_of(cards, sight),
        hard_when=sight.functions.get(f"{entry}.hard_when"),
        accepts={deal: sight.functions[f"{entry}.accepts.{deal}"] for deal in doctrine.accepts},
        sight=sight,
    )


def size_of(count: int) -> int:
    """The smallest power of two that has a number for each of *count* things."""
    return 1 << max(count - 1, 0).bit_length()


def _ballots(entry: str, doctrine: Doctrine, kernel: Kernel) -> dict[str, Ballot | Spots]:
    """For each face the lines for orders it plays; those whose order is closed are left out with the rest."""
    lines = [(number, line) for number, line in enumerate(doctrine.lines, 1) if line.order is not None]
    rows = [
        (
            line.face,
            (
                line.weight,
                index,
                (f"orders.{line.order}.when", f"{entry}.lines.{number}.when"),
                line.order if kernel.plan.orders[str(line.order)].about.once else None,
            ),
        )
        for index, (number, line) in enumerate(lines)
    ]
    size = size_of(len(lines))
    return {
        face: Ballot(tuple(row for only, row in rows if only in (None, face)), size)
        for face in ("soft", "hard")
    }


def _spots(entry: str, doctrine: Doctrine, kernel: Kernel) -> dict[str, Ballot | Spots]:
    """By line, for orders with a target, the places they may be given for."""
    texts, size = kernel.book.texts, size_of(len(kernel.plan.places))
    found: dict[str, Ballot | Spots] = {}
    for number, line in enumerate(doctrine.lines, 1):
        if line.order is not None and kernel.plan.orders[line.order].about.target:
            keys = (f"{entry}.lines.{number}.where", f"orders.{line.order}.allow")
            worth, allowed = (key if key in texts else None for key in keys)
            found[f"{entry}.lines.{number}"] = Spots(
                worth, allowed if _is_settled(line, kernel) else None, size
            )
    return found


def _is_settled(line: Line, kernel: Kernel) -> bool:
    """Whether the line leaves no option open."""
    return line.option is not None or kernel.plan.orders[str(line.order)].about.choice is None


def _talk_of(cards: Iterable[Card], sight: Sight) -> tuple[tuple[int, Card], ...]:
    proposing = [(card.act, card) for card in cards if card.act is not None]
    rows = [
        (sight.deals[act.agreement if isinstance(act, Offer) else act.promise], card)
        for act, card in proposing
    ]
    return tuple(sorted(rows, key=lambda row: -row[1].weight))


def _card(kernel: Kernel, line: Line, entry: str, sight: Sight) -> Card:
    order = sight.menu[line.order] if line.order is not None else None
    ways = [
        given
        for given in (order.ways if order is not None else ())
        if line.option is None or given.order.option == line.option
    ]
    spots = sight.fused.get(entry)
    count = size_of(len(kernel.plan.places)) if spots is not None else 1
    is_asked = order is not None and not (spots is not None and _is_settled(line, kernel))
    return Card(
        weight=line.weight,
        face=line.face,
        when=sight.functions.get(f"{entry}.when"),
        reason=_reason(kernel.book, f"{entry}.because", sight.functions),
        order=order,
        ways=tuple(tuple(given for given in ways if given.here == here) for here in range(count)),
        spots=spots,
        option=ways[0].option if ways else 0,
        allow=order.allow if order is not None and is_asked else None,
        least=_least(ways),
        act=Offer(line.offer) if line.offer else Promise(line.promise) if line.promise else None,
    )


def _least(ways: Iterable[Given]) -> Costs:
    """The lowest price of *ways* by purse; none if one of them hangs on the position."""
    listed = [given.costs for given in ways]
    costs = [dict(each) for each in listed if each is not None]
    if not costs or len(costs) < len(listed):
        return ()
    return tuple((slot, min(each.get(slot, 0) for each in costs)) for slot in costs[0])


def _reason(book: Book, entry: str, functions: Mapping[str, Function]) -> Reason:
    words = book.words.get(entry)
    if words is None:
        return Reason((), ())
    args = tuple(
        (functions[f"{entry}.{number}"], checked.type) for number, checked in enumerate(words.args, 1)
    )
    return Reason(words.pieces, args)
