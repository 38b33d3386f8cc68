"""The game itself as tidy tables: turns, orders, press, facts and outcomes."""

from __future__ import annotations

from collections.abc import Iterator

from wargame.debrief.cells import harmless
from wargame.debrief.find import was_so
from wargame.debrief.markdown import Names
from wargame.debrief.record import Record
from wargame.lab.headlines import headlines
from wargame.lab.table import Column, Row, Table
from wargame.rules.explain import describe_act
from wargame.rules.facts import Cause, Change, Fact, Roll
from wargame.rules.orders import Answer, Offer, Promise, Say

__all__ = ["ROLE", "TURN", "is_written", "ledger"]

WRITTEN = ("ruling", "inject", "argument", "table")
"""Causes whose facts hold words of people."""

TURN = Column("turn", "number", "the turn, as the calendar counts", "calendar turn, from 1")
ROLE = Column("role", "words", "the role, by its id")


def ledger(record: Record, names: Names) -> tuple[Table, ...]:
    """The tables `turns`, `orders`, `press`, `facts` and `outcomes`."""
    return (
        _turns(record),
        _orders(record, names),
        _press(record, names),
        _facts(record, names),
        _outcomes(record),
    )


def _turns(record: Record) -> Table:
    shown = headlines(record.kernel)
    columns = (
        TURN,
        Column("moment", "words", "`ordered`, as the orders were given, or `after` the turn was worked out"),
        *(Column(each.id, "number", f"{each.about.title}, as it truly was") for each in shown),
    )
    rows: list[Row] = [
        (played.turn, moment, *(each.read(position.values) for each in shown))
        for played in record.turns
        for moment, position in (("ordered", played.ordered), ("after", played.after))
    ]
    return Table("turns", columns, tuple(rows))


def _orders(record: Record, names: Names) -> Table:
    columns = (
        TURN,
        ROLE,
        Column("number", "number", "which of the role's orders of the turn it is", "from 1"),
        Column("order", "words", "the order, by its id"),
        Column("place", "words", "the place it is for, by its id; empty if it is for none"),
        Column("option", "words", "the option chosen; empty if it has none"),
        Column("confidence", "words", "how sure its giver was, in percent; empty if nothing was said"),
        Column("in_history", "words", "yes, if the record holds the same order of that role in that turn"),
        Column("reason", "words", "why it was given, as its giver wrote"),
        Column("expects", "words", "what its giver expected, as it was written"),
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
            "yes" if was_so(record, played.turn, role, [each.order]) else "no",
            *("" if names.anonymous else harmless(words) for words in (each.reason, each.expects)),
        )
        for played in record.turns
        for role, given in played.submissions.items()
        for number, each in enumerate(given, start=1)
    )
    return Table("orders", columns, rows)


def _press(record: Record, names: Names) -> Table:
    columns = (
        TURN,
        ROLE,
        Column("kind", "words", "message, offer, answer or promise"),
        Column("to", "words", "the roles a message went to, with blanks between; empty if to all"),
        Column("about", "words", "the agreement or promise, by its id; empty for a message"),
        Column("words", "words", "what was said; of a message as it was written"),
    )
    calendar = record.kernel.plan.calendars[record.length]
    rows: list[Row] = []
    for said in record.course.said:
        turn, act = calendar[min(said.step, len(calendar)) - 1], said.act
        words = harmless(describe_act(record.kernel.scenario, act))
        match act:
            case Say(text, to):
                told = "" if names.anonymous else harmless(text)
                rows.append((turn, said.role, "message", " ".join(to), "", told))
            case Offer(id) | Answer(id):
                kind = "offer" if isinstance(act, Offer) else "answer"
                rows.append((turn, said.role, kind, "", id, words))
            case Promise(id):
                rows.append((turn, said.role, "promise", "", id, words))
    return Table("press", columns, tuple(rows))


def _facts(record: Record, names: Names) -> Table:
    columns = (
        TURN,
        Column("number", "number", "which fact of the turn it is", "from 1"),
        Column("kind", "words", "what kind of fact it is"),
        Column("place", "words", "the place, by its id; empty if it is about none"),
        Column("variable", "words", "of a change: the variable, by its id"),
        Column("before", "words", "of a change: the number before"),
        Column("after", "words", "of a change: the number after"),
        Column("chance", "words", "of a roll: the chance in percent"),
        Column("face", "words", "of a roll: the face"),
        Column("words", "words", "the fact in words"),
    )
    return Table("facts", columns, tuple(_facts_of(record, names)))


def is_written(fact: Fact) -> bool:
    """Whether a fact may hold what control or a player wrote."""
    cause = getattr(fact, "cause", None)
    return isinstance(cause, Cause) and cause.kind in WRITTEN


def _facts_of(record: Record, names: Names) -> Iterator[Row]:
    for played in record.turns:
        for number, fact in enumerate(played.facts, start=1):
            changed = fact if isinstance(fact, Change) else None
            rolled = fact if isinstance(fact, Roll) else None
            yield (
                played.turn,
                number,
                type(fact).__name__,
                getattr(fact, "place", None) or "",
                changed.variable if changed else "",
                str(changed.before) if changed else "",
                str(changed.after) if changed else "",
                "" if rolled is None or rolled.percent is None else str(rolled.percent),
                str(rolled.face) if rolled else "",
                "" if names.anonymous and is_written(fact) else harmless(record.kernel.explain(fact)),
            )


def _outcomes(record: Record) -> Table:
    columns = (
        ROLE,
        Column("score", "number", "what the game was worth to it", "points, 0 to 100"),
        Column("ending", "words", "how the game ended, by its id; empty if it goes on"),
        Column("item", "words", "objective, red_line, agenda, or score for the whole"),
        Column("id", "words", "the item's id; empty for the whole"),
        Column(
            "value",
            "number",
            "0 to 100; of a red line or an agenda 1 if crossed or reached, else 0",
        ),
        Column("weight", "number", "of an objective its weight, of the others the points it takes or gives"),
    )
    rows: list[Row] = []
    ending = str(record.last.ending or "")
    for role in record.kernel.scenario.roles:
        card = record.kernel.score(record.last, role)
        head = (role, card.total, ending)
        rows.append((*head, "score", "", card.total, 0))
        rows += [(*head, "objective", each.id, each.value, each.weight) for each in card.objectives]
        rows += [(*head, "red_line", each.id, int(each.crossed), each.penalty) for each in card.red_lines]
        if card.agenda is not None:
            rows.append((*head, "agenda", card.agenda.id, int(card.agenda.reached), card.agenda.points))
    return Table("outcomes", columns, tuple(rows))
