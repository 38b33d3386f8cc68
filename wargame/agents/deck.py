"""A doctrine compiled: its lines as functions of what the role sees."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from attrs import frozen

from wargame.agents.base import Chair
from wargame.agents.sight import Sight, sight_of
from wargame.language.python import Function
from wargame.language.types import Choice, Flag, Type
from wargame.rules.kernel import Kernel
from wargame.rules.lanes import Places, places
from wargame.rules.orders import Offer, Promise
from wargame.rules.plan import Given, OrderPlan
from wargame.scenario.book import Book
from wargame.scenario.model import Doctrine, Line

__all__ = ["Card", "Deck", "deck_of"]


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
        case Choice(_, options):
            return options[value].replace("_", " ")
        case _:
            return str(value)


@frozen(eq=False)
class Card:
    """One line of a doctrine."""

    weight: int
    face: str | None
    """hard or soft if only that face plays it."""

    when: Function | None
    where: Function | None
    reason: Reason
    order: OrderPlan | None
    ways: tuple[Given, ...]
    """Every target its order could have, with the line's option if it names one."""

    act: Offer | Promise | None
    """What it proposes, if it is no line for an order."""


@frozen(eq=False)
class Hand:
    """Lines of one use, laid out for going through them quickly."""

    cards: tuple[Card, ...]
    dice: Places
    soft: tuple[tuple[int, int, Function | None], ...]
    """What the soft face plays: position among the cards, weight below zero, condition."""

    hard: tuple[tuple[int, int, Function | None], ...]


def hand_of(cards: Iterable[Card]) -> Hand:
    """*cards* as a hand."""
    listed = tuple(cards)
    rows = [(card.face, (index, -card.weight, card.when)) for index, card in enumerate(listed)]
    return Hand(
        cards=listed,
        dice=places(len(listed)),
        soft=tuple(row for face, row in rows if face != "hard"),
        hard=tuple(row for face, row in rows if face != "soft"),
    )


@frozen(eq=False)
class Deck:
    """One doctrine of one role."""

    role: str
    label: str
    """Names its dice."""

    jitter: int
    """The largest number the dice add to a line's weight."""

    orders: Hand
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

    def holding(self, seen: list[int], chair: Chair) -> list[Card]:
        """The lines of orders that hold, the heaviest first; of equals the first in the deck."""
        hand = self.orders
        # Drawn for every line, held or not: a line's luck must not hang on its neighbours.
        jitter = hand.dice.faces(chair.die(self.label), self.jitter + 1)
        weighed = [
            (lightness - jitter[index], index)
            for index, lightness, when in (hand.hard if self.is_hard(seen) else hand.soft)
            if when is None or when(seen, 0, 0, 0)
        ]
        weighed.sort()
        cards = hand.cards
        return [cards[index] for _, index in weighed]


def deck_of(kernel: Kernel, doctrine: Doctrine) -> Deck:
    """*doctrine* compiled for *kernel*."""
    entry = f"doctrines.{doctrine.role}.{doctrine.id}"
    texts = {key: checked for key, checked in kernel.book.texts.items() if key.startswith(f"{entry}.")}
    sight = sight_of(kernel, doctrine.role, texts)
    cards = [
        _card(kernel.book, line, f"{entry}.lines.{number}", sight)
        for number, line in enumerate(doctrine.lines, 1)
    ]
    return Deck(
        role=doctrine.role,
        label=entry,
        jitter=doctrine.jitter,
        orders=hand_of(card for card in cards if card.order is not None),
        talk=_talk_of(cards, sight),
        hard_when=sight.functions.get(f"{entry}.hard_when"),
        accepts={deal: sight.functions[f"{entry}.accepts.{deal}"] for deal in doctrine.accepts},
        sight=sight,
    )


def _talk_of(cards: Iterable[Card], sight: Sight) -> tuple[tuple[int, Card], ...]:
    proposing = [(card.act, card) for card in cards if card.act is not None]
    rows = [
        (sight.deals[act.agreement if isinstance(act, Offer) else act.promise], card)
        for act, card in proposing
    ]
    return tuple(sorted(rows, key=lambda row: -row[1].weight))


def _card(book: Book, line: Line, entry: str, sight: Sight) -> Card:
    order = sight.menu[line.order] if line.order is not None else None
    ways = order.ways if order is not None else ()
    return Card(
        weight=line.weight,
        face=line.face,
        when=sight.functions.get(f"{entry}.when"),
        where=sight.functions.get(f"{entry}.where"),
        reason=_reason(book, f"{entry}.because", sight.functions),
        order=order,
        ways=tuple(given for given in ways if line.option is None or given.order.option == line.option),
        act=Offer(line.offer) if line.offer else Promise(line.promise) if line.promise else None,
    )


def _reason(book: Book, entry: str, functions: Mapping[str, Function]) -> Reason:
    words = book.words.get(entry)
    if words is None:
        return Reason((), ())
    args = tuple(
        (functions[f"{entry}.{number}"], checked.type) for number, checked in enumerate(words.args, 1)
    )
    return Reason(words.pieces, args)
