"""The facilitator's page for the debrief: minutes, the questions in them, and what everybody takes away."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from attrs import frozen

from wargame.debrief.luck import Luck
from wargame.debrief.markdown import Names, listing, table, told
from wargame.debrief.question import GROUPS, Question
from wargame.debrief.questions import question_lines, questions
from wargame.debrief.record import Record
from wargame.debrief.takeaway import takeaways
from wargame.errors import WargameError

__all__ = ["MINUTES", "Slot", "agenda", "room_page"]

MINUTES = (15, 30, 45)
"""The lengths of debriefs the page plans."""

SHORTEST, LONGEST = 10, 180

ARRIVE = "out of the roles"
ACT = "one action each"
SHARES = dict(zip((ARRIVE, *GROUPS, ACT), (12, 20, 17, 20, 18, 13), strict=True))
"""Of a hundred minutes."""

EACH = 3
"""Minutes a question needs, with its answers."""


@frozen
class Slot:
    """Some minutes of a debrief."""

    start: int
    """Minutes from its beginning, as `end`."""

    end: int
    title: str
    questions: tuple[int, ...] = ()
    """Which of the game's questions, from 1."""


def agenda(asked: Sequence[Question], minutes: int) -> tuple[Slot, ...]:
    """
    A debrief of *minutes*, every one spent: in each group the most telling of *asked*, as many as fit.

    Raises:
        WargameError: If *minutes* is not between 10 and 180.
    """
    if not SHORTEST <= minutes <= LONGEST:
        raise WargameError(f"a debrief takes {SHORTEST} to {LONGEST} minutes, not {minutes}")
    slots: list[Slot] = []
    at = 0
    for title, length in _shared(minutes).items():
        numbers = [number for number, each in enumerate(asked, start=1) if each.group == title]
        slots.append(Slot(at, at + length, title, tuple(numbers[: max(1, length // EACH)])))
        at += length
    return tuple(slots)


def _shared(minutes: int) -> dict[str, int]:
    """*minutes* by `SHARES`, in whole minutes: those that are left go to whom rounding took most."""
    found = {title: minutes * share // 100 for title, share in SHARES.items()}
    most = sorted(SHARES, key=lambda title: -(minutes * SHARES[title] % 100))
    for title in most[: minutes - sum(found.values())]:
        found[title] += 1
    return found


def room_page(
    record: Record, names: Names, luck: Luck | None = None, *, minutes: Sequence[int] = MINUTES
) -> Iterator[str]:
    """The page: an agenda for each of *minutes*, the questions, and the sentences to finish."""
    asked = questions(record, luck)
    yield from (f"# {told(record.kernel.scenario.title)}: leading the debrief", "")
    yield from _before()
    for each in minutes:
        yield from (f"## {each} minutes", "")
        yield from _agenda(asked, each)
    yield from ("## The questions", "")
    for group in GROUPS:
        numbered = [(number, one) for number, one in enumerate(asked, start=1) if one.group == group]
        yield from (f"### {told(group).capitalize()}", "")
        for number, question in numbered:
            first, *rest = question_lines([question], names)
            yield f"- **{number}.** {first.removeprefix('- ')}"
            yield from rest
        yield ""
    yield from _actions(record, luck)


def _before() -> Iterator[str]:
    yield (
        "Ask in this order: people speak about the others more kindly once they have spoken about "
        "themselves. Let seats finish. A decision is looked at with what could be known when it was taken; "
        "what dice did is called luck; nobody has to justify anything."
    )
    yield ""
    yield (
        "If time runs short, leave out questions, never the last step: what a person writes down for "
        "themselves is what stays."
    )
    yield ""


def _agenda(asked: Sequence[Question], minutes: int) -> Iterator[str]:
    yield from table(
        ["minute", "what", "questions"],
        [
            [
                f"{slot.start} to {slot.end}",
                _what(slot, asked),
                listing([f"{each}" for each in slot.questions]),
            ]
            for slot in agenda(asked, minutes)
        ],
        3,
    )


def _what(slot: Slot, asked: Sequence[Question]) -> str:
    if slot.title == ARRIVE:
        return "**Out of the roles.** Put the name plates away. Everybody says one word: how was it?"
    if slot.title == ACT:
        return (
            "**One action each.** Everybody finishes the sentence of their seat and reads it to a neighbour."
        )
    turns = sorted({asked[number - 1].turn for number in slot.questions})
    about = (
        f" About turn{'s' if len(turns) > 1 else ''} {listing([str(turn) for turn in turns])}."
        if turns
        else ""
    )
    return f"**{told(slot.title).capitalize()}.**{about}"


def _actions(record: Record, luck: Luck | None) -> Iterator[str]:
    yield from ("## One action each takes away", "")
    yield "To copy for every seat. It is written for oneself; nobody collects it."
    yield ""
    titles = {role: about.title for role, about in record.kernel.scenario.roles.items()}
    for each in takeaways(record, luck):
        yield from (f"### {told(titles[each.role])}", "")
        yield from (told(each.because), "")
        yield f"{told(each.line)} {'. ' * 40}".rstrip()
        yield from ("", f"First time I can try it: {'. ' * 30}".rstrip(), "")
