"""Why a number is what it is: the facts a role may know, walked from the start of the game to now."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from attrs import evolve, frozen

from wargame.rules.explain import describe_cause
from wargame.rules.facts import Change, Fact, TurnBegan
from wargame.rules.view import Reading
from wargame.session.entries import Submission
from wargame.session.public import Public

if TYPE_CHECKING:
    from wargame.rules.position import Position
    from wargame.session.course import Course
    from wargame.session.session import Session

__all__ = ["Account", "Moment", "Move", "account", "moment", "named", "past"]

HIDDEN = "causes you do not know"
BETWEEN = "what you were not told"


@frozen
class Moment:
    """One turn of the game as a role knew it when the turn began."""

    step: int
    """Number among the played turns, from 1."""

    turn: int
    """Calendar number, from 1."""

    title: str
    readings: tuple[Reading, ...]
    facts: tuple[Fact, ...]
    """What the role knows of how the turn before ended and how this one began."""

    sentences: tuple[str, ...]
    """The same in words, one each."""

    causes: tuple[str, ...]
    """What caused each of them, in words; empty for what is no change."""

    during: int
    """How many of the facts, the last ones, are what control did while the turn ran."""

    given: tuple[Submission, ...]
    """The role's own orders of the turn before."""

    derived: frozenset[str]
    """The values that are worked out from others."""

    def reading(self, id: str, place: str | None = None) -> Reading | None:
        """What the role saw of one value; None if it did not see it."""
        return next((each for each in self.readings if (each.id, each.place) == (id, place)), None)


@frozen
class Move:
    """One change of a value by one cause."""

    turn: int
    """Calendar number of the turn in which it happened; of the first one for how the game began."""

    by: int
    before: int
    after: int
    cause: str
    is_known: bool = True


@frozen
class Account:
    """The whole way of one value, as far as one role knows it."""

    id: str
    place: str | None
    kind: str
    """`exact`, `estimate`, `derived` (worked out from other values) or `unseen`."""

    stands: tuple[tuple[int, Reading], ...] = ()
    """Calendar number and what was seen as each turn began, the last one as it is now."""

    start: int | None = None
    """What it was when the game began."""

    moves: tuple[Move, ...] = ()
    """Every change in its sequence; of an estimate none is known."""


def past(session: Session, role: str) -> tuple[Moment, ...]:
    """Every turn so far as *role* knew it, the last one as it is now."""
    course = session.course
    steps = course.steps
    # A turn that is over stays as it is; a game taken back goes on as another one, with another name.
    kept, game = _KEPT.setdefault(session, {}), course.header.session
    moments = []
    for number in range(1, len(steps)):
        if (game, role, number) not in kept:
            kept[game, role, number] = moment(course, role, number, steps[number - 1].position)
        moments.append(kept[game, role, number])
    return (*moments, moment(course, role, len(steps), course.position))


_KEPT: WeakKeyDictionary[Session, dict[tuple[str, str, int], Moment]] = WeakKeyDictionary()


def moment(course: Course, role: str, number: int, position: Position) -> Moment:
    """The *number*-th turn, from 1, as *role*, or `control`, knew it when the game stood at *position*."""
    kernel, scenario, step = course.kernel, course.kernel.scenario, course.steps[number - 1]
    view = kernel.view(position, role)
    settled, since = kernel.known(step.adjudicated, role), kernel.known(step.since, role)
    facts = (*settled, *since)
    return Moment(
        step=number,
        turn=view.turn,
        title=view.title,
        readings=view.readings,
        facts=facts,
        sentences=tuple(kernel.explain(fact) for fact in facts),
        causes=tuple(
            describe_cause(scenario, fact.cause) if isinstance(fact, Change) else "" for fact in facts
        ),
        during=len(since),
        given=step.submissions.get(role, ()),
        derived=frozenset(scenario.derived),
    )


def named(public: Public, words: str) -> tuple[str, str | None] | None:
    """
    The value and the place that *words* name, by id or by the beginning of a title, such as `unrest almaty`.

    None if the role sees nothing of that name.
    """
    wanted = " ".join(words.replace("_", " ").lower().split())
    best: tuple[int, str, str | None] | None = None
    for note in public.gauges.values():
        for name in {note.id.replace("_", " "), note.title.lower()}:
            rest = wanted.removeprefix(name).strip() if wanted.startswith(name) else None
            place = _place_named(public, rest) if rest else None
            if rest is not None and (not rest or place is not None) and bool(place) <= note.per_place:
                best = max(best or (0, "", None), (len(name), note.id, place), key=lambda each: each[0])
    if best is None and wanted:
        titled = [note.id for note in public.gauges.values() if note.title.lower().startswith(wanted)]
        return (titled[0], None) if titled else None
    return None if best is None else (best[1], best[2])


def _place_named(public: Public, words: str) -> str | None:
    exact = [id for id, each in public.places.items() if words in (id.replace("_", " "), each.title.lower())]
    near = [id for id, each in public.places.items() if each.title.lower().startswith(words)]
    return next(iter([*exact, *near]), None)


def account(public: Public, moments: Sequence[Moment], id: str, place: str | None = None) -> Account:
    """
    The way of one value through *moments*.

    What the known changes do not make up, stands in it as a change by what the role was not told.
    """
    seen = [(moment.turn, moment.reading(id, place)) for moment in moments]
    stands = tuple((turn, reading) for turn, reading in seen if reading is not None)
    if id not in public.gauges or not stands:
        return Account(id, place, "unseen")
    if id in moments[-1].derived:
        return Account(id, place, "derived", stands, stands[0][1].value)
    if not stands[-1][1].exact:
        return Account(id, place, "estimate", stands)
    start, moves = _walked(moments, id, place)
    return Account(id, place, "exact", stands, start, tuple(_together(moves)))


def _walked(moments: Sequence[Moment], id: str, place: str | None) -> tuple[int, list[Move]]:
    """What a value was at first, and all its moves: those told, and the gaps between them."""
    start: int | None = None
    running, before = 0, moments[0].turn
    moves: list[Move] = []
    for moment in moments:
        settled, late = _changes(moment, before, id, place)
        if moment is moments[-1]:  # Its readings are those of now.
            settled, late = settled + late, []
        reading = moment.reading(id, place)
        if start is None:
            start = running = (reading.value if reading else 0) - sum(move.by for move in settled)
        for move in settled:
            moves.append(evolve(move, before=running, after=running + move.by))
            running += move.by
        if reading is not None and reading.value != running:
            moves.append(Move(before, reading.value - running, running, reading.value, BETWEEN, False))
            running = reading.value
        for move in late:
            moves.append(evolve(move, before=running, after=running + move.by))
            running += move.by
        before = moment.turn
    return start or 0, moves


def _changes(moment: Moment, before: int, id: str, place: str | None) -> tuple[list[Move], list[Move]]:
    """
    The told changes of one value: those up to the moment, and those control made while its turn ran.

    *before* is the calendar number of the turn before.
    """
    turn = before
    found: tuple[list[Move], list[Move]] = ([], [])
    for number, (fact, cause) in enumerate(zip(moment.facts, moment.causes, strict=True)):
        if isinstance(fact, TurnBegan):
            turn = fact.turn
        elif isinstance(fact, Change) and (fact.variable, fact.place) == (id, place):
            known = fact.cause.kind != "other"
            move = Move(turn, fact.by, fact.before, fact.after, cause if known else HIDDEN, known)
            found[number >= len(moment.facts) - moment.during].append(move)
    return found


def _together(moves: Iterable[Move]) -> Iterator[Move]:
    """Changes that follow each other in one turn by one cause, as one."""
    held: Move | None = None
    for move in moves:
        if held is not None and (held.turn, held.cause) == (move.turn, move.cause):
            held = evolve(held, by=held.by + move.by, after=move.after)
            continue
        if held is not None and held.by:
            yield held
        held = move
    if held is not None and held.by:
        yield held
