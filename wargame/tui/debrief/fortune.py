"""Luck against decision, and the turning points, as lines."""

from __future__ import annotations

from collections.abc import Sequence

from wargame.debrief.luck import Account, Luck
from wargame.debrief.record import Record
from wargame.debrief.turning import Point, point_words, turning_points
from wargame.lab.intervals import Estimate
from wargame.tui.chart import Series
from wargame.tui.debrief.tables import Cell, drawn, signed_bar, table, wrapped
from wargame.tui.lines import BAD, GOOD, QUIET, STRONG, Line, head, line, quiet

__all__ = ["luck_lines", "point_title", "turning_lines", "waiting"]

BAR, HALF = 24, 8
LEAST = 2.0
"""Points of score a full bar stands for at least, so that next to nothing does not look like much."""

HEIGHT = 6
HONESTY = (
    "Expectations are means over games of this model, played on by its scripted roles with other dice: they "
    "say what the model makes of a position, not what would have been. The game teaches; it does not predict."
)


def waiting(done: int, all: int, games: int, width: int) -> list[Line]:
    """How far the games have been played on; *all* is 0 before the first one is."""
    if not all:
        return _text(f"{games:,} games are about to be played on from every position.", width)
    size = done * BAR // max(all, 1)
    words = f"Playing {games:,} games on from every position: {done} of {all}"
    return [*_text(words, width), line(("━" * size, STRONG), ("─" * (BAR - size), QUIET))]


def luck_lines(record: Record, luck: Luck, width: int) -> list[Line]:
    """What orders and dice gave every seat: in all, and turn by turn."""
    rows = _text(
        f"By {luck.games:,} games played on from every position. First expectation, the decisions of all "
        "seats and luck add up to the score exactly.",
        width,
    )
    titles = _titles(record)
    heads = ["seat", "expected", "decisions", "luck", "score", "without luck", "so it was"]
    summary: list[list[Cell | str]] = [
        [
            titles[role],
            f"{account.first.value:.1f}",
            f"{_rounded(account.decided.value)} ",
            _toned(account.luck),
            Cell(f"{round(account.score, 1):g}", STRONG),
            f"{account.adjusted.value:.1f}",
            _verdict(account),
        ]
        for role, account in luck.accounts.items()
    ]
    rows += [line(""), *table(heads, summary, width, wrap=0, right=range(1, 6), gap=1)]
    for role, account in luck.accounts.items():
        rows += [line(""), *_account(titles[role], account, width)]
    return [*rows, line(""), *(quiet(row) for row in wrapped(HONESTY, width))]


def _verdict(account: Account) -> Cell:
    if account.is_noise:
        return Cell("within noise", QUIET)
    return Cell("lucky", GOOD) if account.luck.value > 0 else Cell("unlucky", BAD)


def _account(title: str, account: Account, width: int) -> list[Line]:
    words = (
        f"Score {round(account.score, 1):g}; without luck {_with_interval(account.adjusted)}. "
        f"Luck {_with_interval(account.luck, '+')}."
    )
    rows = [head(f"── {title}, turn by turn"), *_text(words, width)]
    moves = [abs(by.value) for each in account.turns for by in (each.own, each.others, each.luck)]
    most = max(LEAST, *moves) if moves else LEAST
    heads = ["turn", "expected", "own orders", "others'", "dice"]
    cells: list[list[Cell | str]] = [
        [
            str(each.turn),
            f"{each.expected.value:.1f}",
            *(_toned(by) for by in (each.own, each.others, each.luck)),
            Cell(signed_bar(each.own.value, most, HALF)),
            Cell(signed_bar(each.luck.value, most, HALF)),
        ]
        for each in account.turns
    ]
    heads += [f"{'own orders':^{2 * HALF + 1}}", f"{'dice':^{2 * HALF + 1}}"]
    if width < 84:
        heads, cells = [*heads[:5], heads[6]], [[*row[:5], row[6]] for row in cells]
    return [*rows, *table(heads, cells, width, wrap=0, right=range(5)), quiet("* beyond noise")]


def _with_interval(by: Estimate, sign: str = "") -> str:
    value, low, high = (_rounded(each, sign) for each in (by.value, by.low, by.high))
    return f"{value} ({low} to {high})"


def _rounded(value: float, sign: str = "+") -> str:
    return f"{round(value, 1) + 0:{sign}.1f}"  # Adding nothing makes -0.0 to 0.0.


def _toned(by: Estimate) -> Cell:
    tone = GOOD if by.is_above_zero else BAD if by.is_below_zero else QUIET
    return Cell(f"{_rounded(by.value)}{' ' if tone == QUIET else '*'}", tone)


def turning_lines(
    record: Record, luck: Luck, width: int, weighed: Sequence[Point] | None = None
) -> list[Line]:
    """
    The orders and dice that moved expectations most, and what every seat could expect turn by turn.

    *weighed* are the points with what each order and roll gave, once that is known.
    """
    points = turning_points(record, luck) if weighed is None else weighed
    rows = [head("── What moved the expected scores most")]
    if not points:
        rows += _text("No order and no roll moved an expectation beyond noise.", width)
    else:
        told: list[list[Cell | str]] = [
            [
                str(number),
                Cell(_rounded(point.by.value), GOOD if point.by.value > 0 else BAD),
                f"Turn {point.turn}, {_titles(record)[point.role]}: {point_words(point)}",
            ]
            for number, point in enumerate(points, start=1)
        ]
        rows += table(["", "points", "what happened"], told, width, right=(0, 1))
    rows += [line(""), head("── What each seat could expect, as each turn began"), line("")]
    rows += drawn(_expected(record, luck), width, HEIGHT)
    return [*rows, line(""), *(quiet(row) for row in wrapped(HONESTY, width))]


def _expected(record: Record, luck: Luck) -> list[Series]:
    found = []
    for role, account in luck.accounts.items():
        values = (*(round(each.expected.value) for each in account.turns), round(account.score))
        low, high = _scale(values)
        found.append(Series(f"{_titles(record)[role]}, to {round(account.score)}", low, high, values))
    return found


def _scale(values: Sequence[int]) -> tuple[int, int]:
    """The tens around *values*; at least twenty points, so that a small step does not look large."""
    low, high = min(values) // 10 * 10, -(-max(values) // 10) * 10
    return (max(high - 20, 0), max(high, 20)) if high - low < 20 else (low, high)


def point_title(record: Record, point: Point) -> str:
    """A turning point in a few words."""
    what = {"orders": "own orders", "others": "the others' orders"}.get(point.kind, "the dice")
    return f"Turn {point.turn}, {_titles(record)[point.role]}: {what} {_rounded(point.by.value)}"


def _titles(record: Record) -> dict[str, str]:
    return {role: each.title for role, each in record.kernel.scenario.roles.items()}


def _text(words: str, width: int) -> list[Line]:
    return [line(row) for row in wrapped(words, width)]
