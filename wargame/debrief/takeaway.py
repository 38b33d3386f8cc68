"""One action every seat takes away: a sentence to finish, drawn from what happened to that seat."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import frozen

from wargame.debrief.calibration import calibration
from wargame.debrief.deeds import deeds
from wargame.debrief.gaps import gaps
from wargame.debrief.luck import Luck
from wargame.debrief.markdown import listing
from wargame.debrief.participation import participation
from wargame.debrief.question import Game, points
from wargame.debrief.record import Record

__all__ = ["Takeaway", "takeaways"]

FAR = 15
"""Percent points by which a seat must be too sure, or too unsure, before it is told so."""

FEW = 3
"""Orders a seat must have been sure of before anything is made of it."""


@frozen
class Takeaway:
    """What one seat is asked to finish."""

    role: str
    topic: str
    because: str
    """What happened, in a sentence."""

    line: str
    """The beginning of a sentence in the first person."""


def takeaways(record: Record, luck: Luck | None = None) -> tuple[Takeaway, ...]:
    """One for every seat people played, in the scenario's order; of different topics where there are some."""
    game, taken = Game(record, luck), list[Takeaway]()
    for role in game.roles:
        found = list(_prompts(game, role))
        used = {each.topic for each in taken}
        taken.append(next((each for each in found if each.topic not in used), found[0]))
    return tuple(taken)


def _prompts(game: Game, role: str) -> Iterator[Takeaway]:
    """What could be taken away from a seat's game, the most telling first; never nothing."""
    yield from _sure(game, role)
    yield from _word(game, role)
    yield from _late(game, role)
    yield from _saw(game, role)
    yield from _dice(game, role)
    yield from _offer(game, role)
    yield from _silent(game, role)
    yield from _reasons(game, role)
    yield Takeaway(
        role,
        "again",
        "Think of the one thing of your seat's game that you would do again.",
        "When I have to decide on little knowledge, I will again",
    )


def _sure(game: Game, role: str) -> Iterator[Takeaway]:
    for each in calibration(game.record):
        count = len(each.beliefs)
        if each.role == role and count >= FEW and each.bias >= FAR:
            because = (
                f"Of {count} orders you were on average {each.bias:.0f} percent points surer than they came "
                "off."
            )
            yield Takeaway(role, "sure", because, "Before I say how sure I am, I will ask")
        if each.role == role and count >= FEW and each.bias <= -FAR:
            because = (
                f"{count} of your orders came off more often than you had thought, by {-each.bias:.0f} "
                "percent points."
            )
            yield Takeaway(role, "unsure", because, "When I doubt something that others find easy, I will")


def _word(game: Game, role: str) -> Iterator[Takeaway]:
    for deed in deeds(game.record):
        breaker = deed.by if deed.kind == "promise" else deed.who
        if deed.outcome == "broken" and breaker == role:
            because = (
                f"Your word on '{deed.title}', given in turn {deed.turn}, was broken in turn {deed.settled}."
            )
            yield Takeaway(role, "word", because, "Before I give my word, I will")
            return


def _late(game: Game, role: str) -> Iterator[Takeaway]:
    part = next(each for each in participation(game.record) if each.role == role)
    if part.late:
        turns = listing([str(turn) for turn in part.late])
        because = f"In turn {turns} the time ran out before you had ordered."
        yield Takeaway(role, "late", because, "When time is short and we do not agree, I will")


def _saw(game: Game, role: str) -> Iterator[Takeaway]:
    found = [each for each in gaps(game.record) if each.role == role and each.wide >= 8]
    if found:
        gap = max(found, key=lambda each: (each.wide, -each.turn))
        because = f"In turn {gap.turn} you were shown {gap.shown} for {gap.title}; it stood at {gap.true}."
        yield Takeaway(role, "number", because, "Before I rely on a number, I will ask")


def _dice(game: Game, role: str) -> Iterator[Takeaway]:
    account = game.luck.accounts[role] if game.luck is not None else None
    if account is not None and not account.is_noise:
        good = account.luck.value > 0
        because = (
            f"Over the game the dice {'gave' if good else 'took'} you {points(account.luck.value)}: that was "
            "luck."
        )
        line = (
            "When something has gone well, I will ask"
            if good
            else "When something has gone badly, I will ask"
        )
        yield Takeaway(role, "luck", because, line)


def _offer(game: Game, role: str) -> Iterator[Takeaway]:
    for deed in deeds(game.record):
        if deed.by == role and deed.outcome in ("refused", "unanswered"):
            because = f"Your offer '{deed.title}' in turn {deed.turn} was {deed.outcome}."
            yield Takeaway(role, "offer", because, "Before I offer something, I will find out")
            return


def _silent(game: Game, role: str) -> Iterator[Takeaway]:
    parts = participation(game.record)
    mine = next(each for each in parts if each.role == role)
    if not mine.messages and any(each.messages for each in parts):
        because = "Others wrote messages; your seat wrote none."
        yield Takeaway(role, "silence", because, "Before I act, I will first speak with")


def _reasons(game: Game, role: str) -> Iterator[Takeaway]:
    part = next(each for each in participation(game.record) if each.role == role)
    if part.orders - part.reasons > part.orders // 2:
        because = f"Of your {part.orders} orders, {part.orders - part.reasons} have no reason beside them."
        yield Takeaway(role, "reasons", because, "So that others can follow me, I will")
