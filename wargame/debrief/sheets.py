"""The debrief as tidy tables."""

from __future__ import annotations

from wargame.debrief.deeds import deeds
from wargame.debrief.gaps import gaps
from wargame.debrief.luck import Luck
from wargame.debrief.record import Record
from wargame.lab.table import Column, Row, Table

__all__ = ["sheets"]

TURN = Column("turn", "number", "the turn, as the calendar counts", "calendar turn, from 1")
ROLE = Column("role", "words", "the role, by its id")


def sheets(record: Record, luck: Luck) -> tuple[Table, ...]:
    """The tables `luck` (in hundredths, for cells are whole numbers), `knowledge`, `deeds` and `orders`."""
    return (_luck(luck), _knowledge(record), _deeds(record), _orders(record))


def _luck(luck: Luck) -> Table:
    columns = (
        ROLE,
        TURN,
        *(
            Column(name, "number", about, "hundredths of a point")
            for name, about in (
                ("expected", "the score to be expected as the turn began"),
                ("decided", "what the orders of all seats changed in it"),
                ("own", "what the role's own orders gave against its doctrine's"),
                ("luck", "what the dice then gave or took"),
            )
        ),
    )
    rows: tuple[Row, ...] = tuple(
        (
            role,
            each.turn,
            *(round(100 * by.value) for by in (each.expected, each.decided, each.own, each.luck)),
        )
        for role, account in luck.accounts.items()
        for each in account.turns
    )
    return Table("luck", columns, rows)


def _knowledge(record: Record) -> Table:
    columns = (
        ROLE,
        TURN,
        Column("value", "words", "the headline value, by its id"),
        Column("true", "number", "how it truly stood as the orders were given"),
        Column("shown", "words", "what the role was shown; empty if nothing"),
        Column("low", "words", "the lowest that was said to be possible; empty if nothing was shown"),
        Column("high", "words", "the highest"),
    )
    rows: tuple[Row, ...] = tuple(
        (
            gap.role,
            gap.turn,
            gap.id,
            gap.true,
            *("" if each is None else str(each) for each in (gap.shown, gap.low, gap.high)),
        )
        for gap in gaps(record)
    )
    return Table("knowledge", columns, rows)


def _deeds(record: Record) -> Table:
    columns = (
        TURN,
        ROLE,
        Column("kind", "words", "offer, agreement or promise"),
        Column("id", "words", "the agreement or promise, by its id"),
        Column("outcome", "words", "refused, unanswered, standing, broken, kept, moot or open"),
        Column("settled", "words", "the calendar turn that settled it; empty if none did"),
        Column("who", "words", "the role that answered or broke it; empty if none"),
    )
    rows: tuple[Row, ...] = tuple(
        (each.turn, each.by, each.kind, each.id, each.outcome, str(each.settled or ""), each.who)
        for each in deeds(record)
    )
    return Table("deeds", columns, rows)


def _orders(record: Record) -> Table:
    columns = (
        TURN,
        ROLE,
        Column("number", "number", "which of the role's orders of the turn it is", "from 1"),
        Column("order", "words", "the order, by its id"),
        Column("place", "words", "the place it is for, by its id; empty if it is for none"),
        Column("option", "words", "the option chosen; empty if it has none"),
        Column("confidence", "words", "how sure its giver was, in percent; empty if nothing was said"),
    )
    rows: tuple[Row, ...] = tuple(
        (
            played.turn,
            role,
            number,
            each.order.id,
            each.order.place or "",
            each.order.option or "",
            "" if each.confidence is None else str(each.confidence),
        )
        for played in record.turns
        for role, given in played.submissions.items()
        for number, each in enumerate(given, start=1)
    )
    return Table("orders", columns, rows)
