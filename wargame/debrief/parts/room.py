"""For the room: the game beside history, questions, what each takes away, and who took part."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from wargame.debrief.against_page import against_page
from wargame.debrief.markdown import Names, told
from wargame.debrief.participation import participation_page
from wargame.debrief.parts.part import Part, role_titles
from wargame.debrief.question import GROUPS
from wargame.debrief.questions import questions
from wargame.debrief.takeaway import takeaways
from wargame.debrief.whole import Debrief

__all__ = ["beside_history", "inner", "room", "took_part"]


def inner(lines: Iterable[str]) -> tuple[str, ...]:
    """A page of its own as a part of another: without its title, its headings a level lower."""
    found = [f"#{line}" if line.startswith("##") else line for line in lines if not line.startswith("# ")]
    while found and not found[0]:
        found.pop(0)
    return tuple(found)


def beside_history(debrief: Debrief, names: Names) -> Part:
    """The game and what really happened; nothing, where the scenario records none."""
    record = debrief.record
    lines = inner(against_page(record, names)) if record.kernel.scenario.history else ()
    return Part("history", "What really happened", lines)


def room(debrief: Debrief, names: Names) -> Part:
    """Questions in their order, and a sentence for each seat to finish."""
    return Part("questions", "Questions for the room", tuple(_questions(debrief, names)))


def _questions(debrief: Debrief, names: Names) -> Iterator[str]:
    record = debrief.record
    yield (
        "From what one knows best to what one sees last. Nobody has to justify anything; a decision is "
        "looked at with what could be known when it was taken."
    )
    yield ""
    asked = questions(record, debrief.luck)
    for group in GROUPS:
        yield from (f"### {told(group).capitalize()}", "")
        for question in (each for each in asked if each.group == group):
            yield f"- {told(question.text)}"
            if quote := names.words(question.quote):
                yield f"  - Written then: {quote}"
        yield ""
    yield from ("### One action each takes away", "")
    titles = role_titles(record)
    for each in takeaways(record, debrief.luck):
        yield f"- **{told(titles[each.role])}**: {told(each.because)} *{told(each.line)}* …"
    yield ""


def took_part(debrief: Debrief, names: Names) -> Part:
    """The record of participation."""
    return Part("participation", "Who took part", inner(participation_page(debrief.record, names)))
