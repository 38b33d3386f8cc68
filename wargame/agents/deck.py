"""A doctrine compiled: its lines as functions of what the role sees."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import frozen

from wargame.language.python import Function
from wargame.language.types import Choice, Flag, Type
from wargame.rules.kernel import Kernel
from wargame.rules.perceive import Eyes
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

    offer: str | None
    promise: str | None


@frozen(eq=False)
class Deck:
    """One doctrine of one role."""

    role: str
    label: str
    """Names its dice."""

    jitter: int
    """The largest number the dice add to a line's weight."""

    cards: tuple[Card, ...]
    hard_when: Function | None
    accepts: Mapping[str, Function | None]
    eyes: Eyes
    """See what its texts and the role's menu read, and nothing else."""


def build_decks(kernel: Kernel) -> dict[tuple[str, str], Deck]:
    """Every doctrine of a scenario by role and id."""
    return {
        (role, doctrine.id): _deck(kernel, doctrine)
        for role, doctrines in kernel.scenario.doctrines.items()
        for doctrine in doctrines.values()
    }


def _deck(kernel: Kernel, doctrine: Doctrine) -> Deck:
    entry = f"doctrines.{doctrine.role}.{doctrine.id}"
    return Deck(
        role=doctrine.role,
        label=entry,
        jitter=doctrine.jitter,
        cards=tuple(
            _card(kernel, line, f"{entry}.lines.{number}") for number, line in enumerate(doctrine.lines, 1)
        ),
        hard_when=kernel.function(f"{entry}.hard_when"),
        accepts={deal: kernel.function(f"{entry}.accepts.{deal}") for deal in doctrine.accepts},
        eyes=Eyes(kernel.plan, doctrine.role, _reads(kernel.book, doctrine.role, f"{entry}.")),
    )


def _card(kernel: Kernel, line: Line, entry: str) -> Card:
    order = kernel.plan.orders[line.order] if line.order is not None else None
    ways = order.ways if order is not None else ()
    return Card(
        weight=line.weight,
        face=line.face,
        when=kernel.function(f"{entry}.when"),
        where=kernel.function(f"{entry}.where"),
        reason=_reason(kernel, f"{entry}.because"),
        order=order,
        ways=tuple(given for given in ways if line.option is None or given.order.option == line.option),
        offer=line.offer,
        promise=line.promise,
    )


def _reason(kernel: Kernel, entry: str) -> Reason:
    words = kernel.book.words.get(entry)
    if words is None:
        return Reason((), ())
    args: list[tuple[Function, Type | None]] = []
    for number, checked in enumerate(words.args, 1):
        function = kernel.function(f"{entry}.{number}")
        if function is not None:
            args.append((function, checked.type))
    return Reason(words.pieces, tuple(args))


def _reads(book: Book, role: str, entry: str) -> frozenset[str]:
    """The variables that a doctrine's texts and the menu of its role depend on."""
    mine = {order.id for order in book.scenario.orders.values() if order.role == role}
    found: set[str] = set()
    for key, checked in book.texts.items():
        if key.startswith(entry) or _is_menu_text(key, mine):
            found |= checked.reads
    for id in mine:
        found |= book.scenario.orders[id].spend.keys()
    return frozenset(found)


def _is_menu_text(key: str, orders: set[str]) -> bool:
    noun, _, rest = key.partition(".")
    id, _, field = rest.partition(".")
    return noun == "orders" and id in orders and field.split(".")[0] in ("when", "allow", "spend")
