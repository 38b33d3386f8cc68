"""A turn of a saved game as plain text, from any chair."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from textwrap import fill

from wargame.errors import JournalError
from wargame.rules.explain import describe_order, explain
from wargame.rules.facts import Fact, PhaseBegan, TurnBegan
from wargame.rules.orders import Order
from wargame.rules.score import Scorecard
from wargame.rules.view import Reading, View
from wargame.session.course import Said, Step
from wargame.session.entries import Submission
from wargame.session.minutes import branched, in_words
from wargame.session.session import PERSON, Session

__all__ = ["show"]

CONTROL = "control"
WIDTH = 96


def show(path: Path | str, turn: int | None = None, role: str | None = None) -> str:
    """
    What *role*, or `control`, knows of a turn of a save: how things stood, what was ordered, what happened.

    *turn* is the calendar number; without it the last turn there is. Without *role* it is the person's chair
    as long as the game goes on, so that no slip tells a secret, and control's for all other games.

    Raises:
        JournalError: If the save cannot be read, or has no such turn or role.
    """
    with Session.open(path, read_only=True) as session:
        if role is None:
            role = _chair_of(session)
        if role != CONTROL and role not in session.scenario.roles:
            known = ", ".join((*session.scenario.roles, CONTROL))
            raise JournalError(f"there is no role '{role}'; there are: {known}")
        number = _number_of(session, turn)
        return "\n".join(_lines(session, number, role)) + "\n"


def _chair_of(session: Session) -> str:
    persons = [role for role, player in session.seats.items() if player == PERSON]
    return persons[0] if persons and not session.is_over else CONTROL


def _number_of(session: Session, turn: int | None) -> int:
    """Which step led to the start of *turn*."""
    steps = session.course.steps
    starts = [step.position.turn for step in steps if step.position.ending is None]
    if not starts:
        starts = [steps[0].position.turn]
    if turn is None:
        return len(starts) - 1
    if turn not in starts:
        why = "" if session.verdict.kind == "clean" else f"; {session.verdict}"
        raise JournalError(
            f"{session.path.name} has no turn {turn}; it has {', '.join(map(str, starts))}{why}"
        )
    return starts.index(turn)


def _lines(session: Session, number: int, role: str) -> Iterator[str]:
    start, after = session.course.steps[number], _after(session, number)
    view = session.kernel.view(start.position, role, ())
    yield from _heading(session, view, role)
    yield from _section("How things stood", _standing(session, view))
    yield from _section("Brief", _told(session, _brief(start.facts), role))
    yield from _section("Said", _said(session, view.step, role))
    if role == CONTROL:
        yield from _section("Control", _decided(session, view.step))
    if after is None:
        yield from _section("Orders so far", _orders(session, session.course.locked, role))
        yield from _section("Chosen, not locked", _orders(session, session.course.drafts, role))
        return
    yield from _section("Orders", _orders(session, after.submissions, role))
    yield from _section("What happened", _told(session, _without_brief(after.facts), role))
    now = session.kernel.view(after.position, role, ())
    yield from _section("How things stand now", _standing(session, now))
    if after.position.ending is not None:
        yield from _section("The end", _end(session, after, role))


def _after(session: Session, number: int) -> Step | None:
    steps = session.course.steps
    return steps[number + 1] if number + 1 < len(steps) else None


def _heading(session: Session, view: View, role: str) -> Iterator[str]:
    scenario = session.scenario
    chair = CONTROL if role == CONTROL else scenario.roles[role].title
    yield scenario.title
    dates = f" ({view.dates})" if view.dates else ""
    yield f"Turn {view.turn} of {scenario.turns[-1].number}: {view.title}{dates}"
    yield f"As seen by {chair}" + (f"; seed {session.seed}" if role == CONTROL else "")
    branch = session.course.header.branch
    if branch is not None and role == CONTROL:
        yield branched(branch)
    if session.verdict.kind != "clean":
        yield f"This save is {session.verdict}"


def _section(title: str, lines: Iterator[str]) -> Iterator[str]:
    body = list(lines)
    if body:
        yield ""
        yield title
        yield from body


def _standing(session: Session, view: View) -> Iterator[str]:
    headlines = set(view.history)
    by_place: dict[str, list[Reading]] = {}
    for reading in view.readings:
        if reading.place is not None:
            by_place.setdefault(reading.place, []).append(reading)
        elif reading.id in headlines:
            yield f"  {_title(session, reading.id)}: {_words(reading)}"
    for place, readings in by_place.items():
        values = [f"{_title(session, each.id).lower()} {each.words}" for each in readings if each.value]
        if values:
            yield _wrapped(f"{session.scenario.places[place].title}: {', '.join(values)}")


def _words(reading: Reading) -> str:
    if reading.exact or reading.low == reading.high:
        return reading.words
    late = f", {reading.delay} turn{'s' if reading.delay > 1 else ''} old" if reading.delay else ""
    return f"{reading.words} ({reading.low} to {reading.high}{late})"


def _brief(facts: Sequence[Fact]) -> tuple[Fact, ...]:
    starts = [index for index, fact in enumerate(facts) if isinstance(fact, TurnBegan)]
    return tuple(facts[starts[-1] + 1 :]) if starts else ()


def _without_brief(facts: Sequence[Fact]) -> tuple[Fact, ...]:
    starts = [index for index, fact in enumerate(facts) if isinstance(fact, TurnBegan)]
    return tuple(facts[: starts[-1]]) if starts else tuple(facts)


def _told(session: Session, facts: Sequence[Fact], role: str) -> Iterator[str]:
    known = session.kernel.known(facts, role)
    for fact, following in zip(known, (*known, None)[1:], strict=True):
        if isinstance(fact, PhaseBegan):
            # A phase in which nothing became known is not worth a line.
            if following is not None and not isinstance(following, PhaseBegan) and fact.phase != "brief":
                yield f"  {explain(session.scenario, fact)}"
        else:
            yield _wrapped(explain(session.scenario, fact, with_lines=role == CONTROL), 4)


def _said(session: Session, step: int, role: str) -> Iterator[str]:
    said: Sequence[Said] = session.control().messages() if role == CONTROL else session.seat(role).messages()
    for each in said:
        if each.step == step:
            yield _wrapped(f"{session.scenario.roles[each.role].title}: {session.act_in_words(each.act)}")


def _decided(session: Session, step: int) -> Iterator[str]:
    for each in session.course.decisions:
        if each.step == step:
            yield _wrapped(in_words(session.scenario, each.what))


def _orders(session: Session, given: dict[str, tuple[Submission, ...]], role: str) -> Iterator[str]:
    for each, submissions in given.items():
        if role not in (CONTROL, each):
            continue
        title = session.scenario.roles[each].title
        if not submissions:
            yield f"  {title}: none"
        for submission in submissions:
            yield _wrapped(f"{title}: {_order(session, submission.order)}{_notes(submission)}")


def _order(session: Session, order: Order) -> str:
    return describe_order(session.scenario, order)


def _notes(submission: Submission) -> str:
    notes = [
        f"because: {submission.reason}" if submission.reason else "",
        f"expects: {submission.expects}" if submission.expects else "",
        f"sure: {submission.confidence}%" if submission.confidence is not None else "",
    ]
    words = "; ".join(note for note in notes if note)
    return f" ({words})" if words else ""


def _end(session: Session, after: Step, role: str) -> Iterator[str]:
    ending = session.scenario.endings.get(str(after.position.ending))
    yield f"  {ending.title if ending else after.position.ending}"
    for each in session.scenario.roles if role == CONTROL else (role,):
        yield from _score(session, session.kernel.score(after.position, each))


def _score(session: Session, card: Scorecard) -> Iterator[str]:
    yield f"  {session.scenario.roles[card.role].title}: {card.total} points"
    for mark in card.objectives:
        yield f"    {mark.title}: {mark.value} of 100, weight {mark.weight}"
    for line in card.red_lines:
        if line.crossed:
            yield f"    Red line crossed: {line.title}: -{line.penalty}"
    if card.agenda is not None:
        reached = f"reached, +{card.agenda.points}" if card.agenda.reached else "not reached"
        yield f"    Secret agenda: {card.agenda.title}: {reached}"


def _title(session: Session, id: str) -> str:
    scenario = session.scenario
    for known in (scenario.variables, scenario.constants, scenario.derived):
        if id in known:
            return known[id].title
    return id


def _wrapped(text: str, indent: int = 2) -> str:
    space = " " * indent
    return fill(text, WIDTH, initial_indent=space, subsequent_indent=space + "  ")
