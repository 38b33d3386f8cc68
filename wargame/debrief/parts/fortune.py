"""Luck against decision: what the orders of all and the dice gave every seat."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from wargame.debrief.charts import Row, waterfall
from wargame.debrief.luck import Account, Luck
from wargame.debrief.markdown import Names, table
from wargame.debrief.parts.part import Part, Picture, change, role_titles
from wargame.debrief.whole import Debrief
from wargame.lab.intervals import Estimate

__all__ = ["fortune", "verdict"]


def fortune(debrief: Debrief, names: Names) -> Part:
    """All seats' luck and decisions."""
    titles = role_titles(debrief.record)
    pictures = tuple(
        Picture(_waterfall(titles[role], account), f"{titles[role]}: {verdict(account)}.")
        for role, account in debrief.luck.accounts.items()
    )
    return Part("luck", "Luck against decision", tuple(_lines(debrief.luck, titles)), pictures)


def verdict(account: Account) -> str:
    """Whether a seat was lucky."""
    if account.is_noise:
        return "its luck is within noise"
    return "it was lucky" if account.luck.value > 0 else "it was unlucky"


def _half(by: Estimate) -> float:
    return (by.high - by.low) / 2


def _waterfall(title: str, account: Account) -> Markup:
    first, decided = account.first.value, account.decided.value
    rows = [
        Row("expected", 0, first, _half(account.first)),
        Row("decisions of all", first, first + decided, _half(account.decided)),
        Row("luck", first + decided, account.score, _half(account.luck)),
        Row("score", 0, account.score),
    ]
    return waterfall(f"{title}: luck against decision", rows)


def _lines(luck: Luck, titles: dict[str, str]) -> Iterator[str]:
    yield (
        f"What each seat could expect, by {luck.games} games played on from every position by doctrines with "
        "other dice. First expectation, decisions of all seats and luck add up to the score exactly; of a "
        "game that goes on, to what is to be expected as it stands."
    )
    yield ""
    rows = [
        [
            titles[role],
            f"{account.first.value:.1f}",
            f"{account.decided.value:+.1f}",
            f"{account.luck.value:+.1f}",
            f"{round(account.score, 1):g}",
            f"{account.adjusted.value:.1f} ({account.adjusted.low:.1f} to {account.adjusted.high:.1f})",
            "within noise" if account.is_noise else "lucky" if account.luck.value > 0 else "unlucky",
        ]
        for role, account in luck.accounts.items()
    ]
    yield from table(["seat", "expected", "decisions", "luck", "score", "without luck", "luck was"], rows)
    for role, account in luck.accounts.items():
        yield from _account(titles[role], account)


def _account(title: str, account: Account) -> Iterator[str]:
    rows = [
        [each.turn, f"{each.expected.value:.1f}", *map(change, (each.own, each.others, each.luck))]
        for each in account.turns
    ]
    yield from (f"{title}, turn by turn (`*`: beyond noise):", "")
    yield from table(["turn", "expected", "own orders", "others' orders", "dice"], rows)
