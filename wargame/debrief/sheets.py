"""The debrief as tidy tables."""

from __future__ import annotations

from wargame.debrief.cells import harmless
from wargame.debrief.deeds import deeds
from wargame.debrief.gaps import gaps
from wargame.debrief.ledger import ROLE, TURN, ledger
from wargame.debrief.luck import Luck
from wargame.debrief.markdown import Names
from wargame.debrief.record import Record
from wargame.debrief.tables import Tables
from wargame.debrief.whole import Debrief
from wargame.lab.table import Column, Row, Table

__all__ = ["sheets", "side_by_side_sheet"]


def sheets(debrief: Debrief, names: Names) -> tuple[Table, ...]:
    """
    The tables `turns`, `orders`, `press`, `facts`, `outcomes`, `luck`, `knowledge` and `deeds`.

    Cells are whole numbers, so that `luck` counts in hundredths of a point.
    """
    record = debrief.record
    return (*ledger(record, names), _luck(debrief.luck), _knowledge(record), _deeds(record))


def _luck(luck: Luck) -> Table:
    columns = (
        ROLE,
        TURN,
        *(
            Column(name, "number", about, "hundredths of a point")
            for name, about in (
                ("expected", "the score to be expected as the turn began"),
                ("decided", "what the orders of all seats changed in it"),
                ("own", "what the role's own orders gave against what its doctrine orders there"),
                ("others", "what the other roles' orders gave it; with `own` it is `decided`"),
                ("luck", "what the dice then gave or took"),
            )
        ),
    )
    rows: tuple[Row, ...] = tuple(
        (
            role,
            each.turn,
            *(
                round(100 * by.value)
                for by in (each.expected, each.decided, each.own, each.others, each.luck)
            ),
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


def side_by_side_sheet(tables: Tables, names: Names) -> Table:
    """Every role's score at every table, with how its game ended."""
    columns = (
        Column("table", "number", "the table, in the order the games were named", "from 1"),
        Column("name", "words", "what it is called"),
        ROLE,
        Column("score", "number", "what the game was worth to it", "points, 0 to 100"),
        Column("ending", "words", "how the game ended, by its id; empty if it goes on"),
        Column("turns", "number", "turns played"),
    )
    rows: tuple[Row, ...] = tuple(
        (
            each.number,
            "" if names.anonymous else harmless(each.name),
            role,
            each.record.kernel.total(each.record.last, role),
            str(each.record.last.ending or ""),
            len(each.record.turns),
        )
        for each in tables.sittings
        for role in each.record.kernel.scenario.roles
    )
    return Table("tables", columns, rows)
