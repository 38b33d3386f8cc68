"""A doctrine compiled: its lines as functions of what the role sees."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import frozen

from wargame.agents.sight import Sight, sight_of
from wargame.language.python import Function
from wargame.language.types import Choice, Flag, Type
from wargame.rules.kernel import Kernel
from wargame.rules.orders import Offer, Promise
from wargame.rules.plan import Given, OrderPlan
from wargame.scenario.book import Book
from wargame.scenario.model import Doctrine, Line

__all__ = ["Card", "Deck", "build_decks"]


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
class Deck:
    """One doctrine of one role."""

    role: str
    label: str
    """Names its dice."""

    jitter: int
    """The largest number the dice add to a line's weight."""

    orders: tuple[Card, ...]
    talk: tuple[Card, ...]
    """The lines that propose something."""

    hard_when: Function | None
    accepts: Mapping[str, Function]
    """By agreement, whether it says yes to an offer."""

    sight: Sight
    """Sees what its texts and the role's menu read, and nothing else."""


def build_decks(kernel: Kernel) -> dict[tuple[str, str], Deck]:
    """Every doctrine of a scenario by role and id."""
    return {
        (role, doctrine.id): _deck(kernel, doctrine)
        for role, doctrines in kernel.scenario.doctrines.items()
        for doctrine in doctrines.values()
    }


def _deck(kernel: Kernel, doctrine: Doctrine) -> Deck:
    entry = f"doctrines.{doctrine.role}.{doctrine.id}"
    texts = {key: checked for key, checked in kernel.book.texts.items() if key.startswith(f"{entry}.")}
    sight = sight_of(kernel, doctrine.role, texts, _menu_reads(kernel.book, doctrine.role))
    cards = [
        _card(kernel, line, f"{entry}.lines.{number}", sight.functions)
        for number, line in enumerate(doctrine.lines, 1)
    ]
    return Deck(
        role=doctrine.role,
        label=entry,
        jitter=doctrine.jitter,
        orders=tuple(card for card in cards if card.order is not None),
        talk=tuple(card for card in cards if card.act is not None),
        hard_when=sight.functions.get(f"{entry}.hard_when"),
        accepts={deal: sight.functions[f"{entry}.accepts.{deal}"] for deal in doctrine.accepts},
        sight=sight,
    )


def _card(kernel: Kernel, line: Line, entry: str, functions: Mapping[str, Function]) -> Card:
    order = kernel.plan.orders[line.order] if line.order is not None else None
    ways = order.ways if order is not None else ()
    return Card(
        weight=line.weight,
        face=line.face,
        when=functions.get(f"{entry}.when"),
        where=functions.get(f"{entry}.where"),
        reason=_reason(kernel.book, f"{entry}.because", functions),
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


def _menu_reads(book: Book, role: str) -> frozenset[str]:
    """The variables the menu of *role* depends on: all of them it sees exactly."""
    mine = {order.id for order in book.scenario.orders.values() if order.role == role}
    found: set[str] = set()
    for key, checked in book.texts.items():
        if _is_menu_text(key, mine):
            found |= checked.reads
    for id in mine:
        found |= book.scenario.orders[id].spend.keys()
    return frozenset(found)


def _is_menu_text(key: str, orders: set[str]) -> bool:
    noun, _, rest = key.partition(".")
    id, _, field = rest.partition(".")
    return noun == "orders" and id in orders and field.split(".")[0] in ("when", "allow", "spend")
