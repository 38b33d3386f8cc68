"""Questions for the room, in order, drawn from the events of one game."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from wargame.debrief.against import against
from wargame.debrief.luck import Luck
from wargame.debrief.markdown import Names, told
from wargame.debrief.question import GROUPS, Candidate, Game, Question
from wargame.debrief.questions_others import from_outside, the_others
from wargame.debrief.questions_own import own_seat, own_team
from wargame.debrief.record import Record

__all__ = ["GROUPS", "Question", "question_lines", "questions", "questions_page"]

MOST = 4
"""Questions a group has at most; more would not be asked."""

LEAST = 2


def questions(record: Record, luck: Luck | None = None) -> tuple[Question, ...]:
    """
    Two to four questions of each of `GROUPS`, in that order; inside a group the most telling one first.

    The same game gives the same questions. *luck* adds turning points and what dice gave and took.
    """
    game, history = Game(record, luck), against(record)
    found = {
        GROUPS[0]: own_seat(game, history),
        GROUPS[1]: own_team(game),
        GROUPS[2]: the_others(game),
        GROUPS[3]: from_outside(game, history),
    }
    return tuple(
        question
        for group, candidates in found.items()
        for question in _chosen(candidates, by_seat=group in GROUPS[:2])
    )


def _chosen(candidates: Iterable[Candidate], *, by_seat: bool) -> list[Question]:
    """
    The best of *candidates*, of different topics first; questions to seats go to different seats first.

    What stands below 10 fills up: it fits every game, and is asked only where the game offers too little.
    """
    ranked = sorted(candidates, key=lambda each: (-each.weight, each.question.turn, each.question.text))
    telling = [each.question for each in ranked if each.weight >= 10]
    rest = [each.question for each in ranked if each.weight < 10]
    chosen: list[Question] = []
    # By seat: a question for every seat matters more than one on every topic.
    for new_topic, new_seat in ((True, by_seat), (not by_seat, by_seat)):
        _take(telling, chosen, MOST, new_topic=new_topic, new_seat=new_seat)
    for source in (telling, rest):
        _take(source, chosen, LEAST)
    return chosen


def _take(
    source: Iterable[Question],
    chosen: list[Question],
    most: int,
    *,
    new_topic: bool = False,
    new_seat: bool = False,
) -> None:
    """Adds questions of *source* to *chosen* until there are *most*."""
    for question in source:
        is_new = not (new_topic and question.topic in {each.topic for each in chosen})
        is_new &= not (new_seat and question.role in {each.role for each in chosen})
        if len(chosen) < most and is_new and question not in chosen:
            chosen.append(question)


def questions_page(
    record: Record, names: Names, luck: Luck | None = None, *, leads: bool = True
) -> Iterator[str]:
    """All questions; with what to listen for if *leads*, for that is the facilitator's."""
    yield from (f"# {told(record.kernel.scenario.title)}: questions for the room", "")
    yield (
        "In this order: from what one knows best to what one sees last. Nobody has to justify anything; a "
        "decision is looked at with what could be known when it was taken."
    )
    yield ""
    found = questions(record, luck)
    for number, group in enumerate(GROUPS, start=1):
        yield from (f"## {number}. {told(group).capitalize()}", "")
        yield from question_lines([each for each in found if each.group == group], names, leads=leads)
        yield ""


def question_lines(asked: Iterable[Question], names: Names, *, leads: bool = True) -> Iterator[str]:
    """Questions as items of a list; what to listen for is not said twice."""
    said: set[str] = set()
    for question in asked:
        yield f"- {told(question.text)}"
        if quote := names.words(question.quote):
            yield f"  - Written then: {quote}"
        listen = "" if question.listen in said else question.listen
        if not leads:
            continue
        if words := " ".join(part for part in (listen, question.also) if part):
            yield f"  - *{'Listen for' if listen else 'Note'}:* {told(words)}"
        said.add(question.listen)
