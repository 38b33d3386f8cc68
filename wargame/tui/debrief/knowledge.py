"""Who knew what, word against deed, and how sure the seats were, as lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from wargame.debrief.calibration import Calibration, calibration
from wargame.debrief.deeds import Deed, deeds
from wargame.debrief.gaps import Gap, gaps
from wargame.debrief.knowing import Mattered
from wargame.debrief.parts.knowledge import MATTERED, NONE_MATTERED, mattered_words, sifted
from wargame.debrief.record import Record
from wargame.tui.debrief.tables import Cell, table, within, wrapped
from wargame.tui.lines import BAD, GOOD, QUIET, STRONG, WARN, Line, head, line, quiet

__all__ = ["how_sure", "who_knew", "words_and_deeds"]

WIDEST = 6
"""Knowledge gaps that are told one by one."""

NAME, COLUMN = 25, 4
TONES = {"broken": BAD, "refused": WARN, "unanswered": WARN, "kept": GOOD, "standing": GOOD}


def who_knew(record: Record, width: int, mattered: Sequence[Mattered] | None = None) -> list[Line]:
    """
    For every seat and headline value: what was true as it ordered, and what it was shown.

    *mattered* are the gaps it would have acted on, once they are known.
    """
    found = gaps(record)
    rows = _text("What was true when the orders were given, and what each seat was shown of it.", width)
    rows += [line(""), head("── The widest gaps"), *_widest(record, found, width)]
    if mattered is not None:
        rows += [
            line(""),
            head("── Gaps that mattered"),
            *_text(MATTERED if mattered else NONE_MATTERED, width),
        ]
        telling, others = sifted(mattered)
        for gap in telling:
            rows += within(line(f"- {mattered_words(record, gap)}"), width)
        rows += _text(others, width) if others else []
    for role, about in record.kernel.scenario.roles.items():
        own = [gap for gap in found if gap.role == role]
        rows += [line(""), head(f"── {about.title}"), *_of_seat(own, width)]
    return rows


def _widest(record: Record, found: Sequence[Gap], width: int) -> list[Line]:
    widest = sorted((gap for gap in found if gap.wide), key=lambda gap: -gap.wide)[:WIDEST]
    if not widest:
        return [line("Whoever saw a headline value saw it as it was.")]
    titles = _titles(record)
    rows: list[list[Cell | str]] = [
        [
            str(gap.turn),
            titles[gap.role],
            gap.title,
            str(gap.true),
            str(gap.shown),
            f"{gap.low} to {gap.high}{', old' if gap.late else ''}",
            Cell(str(gap.wide), BAD),
        ]
        for gap in widest
    ]
    heads = ["turn", "seat", "value", "true", "shown", "said to lie in", "off by"]
    return table(heads, rows, width, wrap=2, right=(0, 3, 4, 6))


def _of_seat(found: Sequence[Gap], width: int) -> list[Line]:
    turns = list(dict.fromkeys(gap.turn for gap in found))
    room = max((width - NAME) // COLUMN, 1)
    rows: list[Line] = []
    for first in range(0, len(turns), room):
        chosen = turns[first : first + room]
        cells: list[list[Cell | str]] = []
        for id in dict.fromkeys(gap.id for gap in found):
            cells += _value([gap for gap in found if gap.id == id and gap.turn in chosen])
        rows += [line("")] if rows else []
        heads = ["value", *(f"T{turn}" for turn in chosen)]
        rows += table(heads, cells, width, wrap=0, right=range(1, len(heads)), gap=1)
    return rows or [quiet("No turn was played.")]


def _value(found: Sequence[Gap]) -> Iterator[list[Cell | str]]:
    """The true values of a row of turns, and below them what was shown where that was another."""
    yield [Cell(found[0].title, STRONG), *(str(gap.true) for gap in found)]
    if all(gap.shown is None for gap in found):
        yield [Cell("  not shown", QUIET), *[Cell("-", QUIET)] * len(found)]
    elif any(gap.wide for gap in found):
        yield [Cell("  shown"), *map(_shown, found)]
    else:
        yield [Cell("  shown as it was", QUIET), *[Cell("", QUIET)] * len(found)]


def _shown(gap: Gap) -> Cell:
    if gap.shown is None:
        return Cell("-", QUIET)
    misled = gap.low is not None and gap.high is not None and not gap.low <= gap.true <= gap.high
    return Cell(str(gap.shown), BAD if misled else WARN if gap.wide else QUIET)


def words_and_deeds(record: Record, width: int) -> list[Line]:
    """Every offer, agreement and promise, what became of it, and the order that settled it."""
    found = deeds(record)
    if not found:
        return [line("Nobody offered or promised anything.")]
    titles = _titles(record)
    rows: list[list[Cell | str]] = [
        [
            str(deed.turn),
            titles[deed.by],
            deed.kind,
            Cell(deed.outcome, TONES.get(deed.outcome, "")),
            f"{deed.title}{_how(deed, titles)}",
        ]
        for deed in found
    ]
    counts = ", ".join(f"{count} {what}" for what, count in _counted(found))
    rows_before = _text(f"{len(found)} words were given: {counts}.", width)
    heads = ["turn", "who", "what", "came to", "the word, and what settled it"]
    return [*rows_before, line(""), *table(heads, rows, width, right=(0,))]


def _counted(found: Sequence[Deed]) -> list[tuple[str, int]]:
    outcomes = [deed.outcome for deed in found]
    return [(what, outcomes.count(what)) for what in dict.fromkeys(outcomes)]


def _how(deed: Deed, titles: dict[str, str]) -> str:
    parts = [
        f"turn {deed.settled}" if deed.settled is not None else "",
        f"by {titles[deed.who]}" if deed.who in titles and deed.outcome in ("broken", "refused") else "",
        f"with '{deed.order}'" if deed.order else "",
    ]
    words = " ".join(part for part in parts if part)
    return f": {words}" if words else ""


def how_sure(record: Record, width: int) -> list[Line]:
    """What the seats said of their orders' chances, against what came of them."""
    found = calibration(record)
    if not found:
        return _text(
            "Nobody said how sure they were of an order that a check decided. Players say it when they give "
            "an order; then this page tells whether they knew what they did not know.",
            width,
        )
    rows = _text(
        "The Brier score is the mean square of confidence less outcome: 0 is perfect, 0.25 is what always "
        "saying 50 % comes to, 1 is always sure and always wrong.",
        width,
    )
    titles = _titles(record)
    summary = [
        [titles[each.role], str(len(each.beliefs)), f"{each.brier:.2f}", _bias(each)] for each in found
    ]
    rows += [line(""), *table(["seat", "orders", "Brier score", "so it was"], summary, width, right=(1, 2))]
    for each in found:
        rows += [line(""), head(f"── {titles[each.role]}")]
        beliefs: list[list[Cell | str]] = [
            [
                str(belief.turn),
                belief.order,
                f"{belief.confidence} %",
                f"{belief.chance} %",
                Cell("succeeded", GOOD) if belief.passed else Cell("failed", BAD),
            ]
            for belief in each.beliefs
        ]
        heads = ["turn", "order", "said", "true odds", "it"]
        rows += table(heads, beliefs, width, wrap=1, right=(0, 2, 3))
    return rows


def _bias(each: Calibration) -> str:
    if not each.is_telling:
        return "too few to say"
    if abs(each.bias) < 1:
        return "as sure as right"
    return f"too {'sure' if each.bias > 0 else 'careful'} by {abs(each.bias):.0f} %"


def _titles(record: Record) -> dict[str, str]:
    return {role: each.title for role, each in record.kernel.scenario.roles.items()}


def _text(words: str, width: int) -> list[Line]:
    return [line(row) for row in wrapped(words, width)]
