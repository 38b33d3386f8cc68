"""What the model answered, as lines: other orders, a decision tried again, a question the scenario asks."""

from __future__ import annotations

from collections.abc import Sequence

from wargame.debrief import find, prepared
from wargame.debrief.find import Trial
from wargame.debrief.prepared import Answer
from wargame.debrief.record import Record
from wargame.debrief.whatif import Change, Compared, given, played
from wargame.lab.intervals import Estimate
from wargame.rules.explain import describe_order
from wargame.rules.orders import Order
from wargame.tui.debrief.fan import fans
from wargame.tui.debrief.tables import Cell, table, wrapped
from wargame.tui.lines import BAD, GOOD, QUIET, STRONG, Line, head, line, quiet

__all__ = ["Result", "asking_lines", "told_orders"]

Result = Compared | Trial | Answer

INTRO = (
    "Choose other orders for a seat in a turn and play on: many times for the spread, and once with the same "
    "dice as a game of its own, which you can open and play. Or find a better order at a turning point "
    "yourself, or put a question to the model that this scenario brings with it."
)
STAR = "* stands behind a difference that chance does not explain."
OF_WHICH = "The bars are of the games with the other orders; the mark is the game as it went."
HONESTY = "It says what depended on a choice in this model, not what would have been."


def asking_lines(
    record: Record,
    results: Sequence[Result],
    working: tuple[str, int, int] | None,
    keys: Sequence[str],
    width: int,
) -> list[Line]:
    """The tab: what one can do, with the *keys* for it, how far the work is, and the answers."""
    rows = [*(line(row) for row in wrapped(INTRO, width)), line("")]
    rows += [line((row, STRONG)) for each in keys for row in wrapped(each, width)]
    if working is not None:
        what, done, all = working
        rows += [line(""), *(line(row) for row in wrapped(f"{what}: {done:,} of {all:,} games", width))]
    for result in reversed(results):
        rows += [line(""), *_result(record, result, width)]
    return rows


def told_orders(record: Record, orders: Sequence[Order]) -> str:
    """Orders in a line."""
    return "; ".join(describe_order(record.kernel.scenario, order) for order in orders) or "no orders"


def _title(record: Record, role: str) -> str:
    return record.kernel.scenario.roles[role].title


def _result(record: Record, result: Result, width: int) -> list[Line]:
    match result:
        case Compared():
            return _compared(record, result, width)
        case Trial():
            title = f"Found by yourself: turn {result.turn}, {_title(record, result.role)}"
            told = [*find.in_words(record, result)]
        case Answer():
            title = result.question.question
            told = [result.question.about, *prepared.in_words(record.kernel.scenario, result)]
            told.append(prepared.CAUTION.format(games=result.games))
    rows = [head(f"   {part}" if at else f"── {part}") for at, part in enumerate(wrapped(title, width - 3))]
    return rows + [line(row) for each in told if each for row in wrapped(each, width)]


def _compared(record: Record, compared: Compared, width: int) -> list[Line]:
    change: Change = compared.change
    done = given(played(record, change.turn)).get(change.role, ())
    rows = [head(f"── Other orders: turn {change.turn}, {_title(record, change.role)}")]
    for words in (
        f"What was done: {told_orders(record, done)}.",
        f"Instead: {told_orders(record, change.orders)}.",
        f"{compared.actual.games:,} games played on from each over the same dice, by doctrines.",
    ):
        rows += [line(row) for row in wrapped(words, width)]
    cells: list[list[Cell | str]] = [
        [
            _title(record, role),
            f"{compared.actual.scores[role].value:.1f}",
            f"{compared.other.scores[role].value:.1f}",
            _gain(gain),
        ]
        for role, gain in compared.gain.items()
    ]
    rows += [
        line(""),
        *table(["seat", "as done", "instead", "difference"], cells, width, wrap=0, right=(1, 2, 3)),
    ]
    titles = record.kernel.scenario.endings
    found = list(dict.fromkeys([*compared.actual.endings, *compared.other.endings]))
    shares: list[list[Cell | str]] = [
        [
            titles[id].title if id in titles else id,
            _share(compared.actual.endings.get(id, 0), compared.actual.games),
            _share(compared.other.endings.get(id, 0), compared.other.games),
        ]
        for id in found
    ]
    rows += [line(""), *table(["it ends with", "as done", "instead"], shares, width, wrap=0, right=(1, 2))]
    rows += [line(""), *(line(row) for row in wrapped(OF_WHICH, width))]
    rows += [line(""), *fans(record, compared.other, change.turn, width)]
    return [*rows, line(""), *(quiet(row) for row in wrapped(f"{STAR} {HONESTY}", width))]


def _gain(gain: Estimate) -> Cell:
    told = f"{gain.value:+.1f} ({gain.low:+.1f} to {gain.high:+.1f})"
    if gain.is_above_zero:
        return Cell(f"{told}*", GOOD)
    return Cell(f"{told}*", BAD) if gain.is_below_zero else Cell(f"{told} within noise", QUIET)


def _share(count: int, games: int) -> str:
    return f"{100 * count / games:.0f} %"
