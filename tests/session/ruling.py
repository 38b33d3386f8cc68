"""A facilitator for the tests: draws rulings of every kind, and looks at all a seat could notice."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from random import Random

from wargame.errors import IllegalOrder
from wargame.session.session import Session

HIDDEN = ("anger",)
"""The harbour's variables that no role sees."""


def some_value(session: Session, id: str, rng: Random) -> int | bool | str:
    about = session.kernel.plan.variables[id].about
    if about.is_flag:
        return rng.random() < 0.5
    return rng.choice(about.options) if about.options else rng.randint(-200, 200)


def some_variable(session: Session, rng: Random) -> tuple[str, str | None]:
    id = rng.choice(list(session.scenario.variables))
    place = rng.choice(list(session.scenario.places)) if session.scenario.variables[id].per_place else None
    return id, place


def some_outcome(session: Session, rng: Random) -> dict[str, int | bool | str]:
    found: dict[str, int | bool | str] = {}
    for _ in range(rng.randint(0, 3)):
        id, place = some_variable(session, rng)
        found[id if place is None else f"{id}.{place}"] = some_value(session, id, rng)
    return found


def some_roles(session: Session, rng: Random) -> list[str]:
    roles = list(session.scenario.roles)
    return rng.sample(roles, rng.randint(1, len(roles)))


def one_of_each(session: Session, rng: Random) -> dict[str, Callable[[], object]]:
    """Something to decide of every kind there is."""
    control = session.control()
    id, place = some_variable(session, rng)
    event = rng.choice(list(session.scenario.events))
    role = rng.choice(list(session.scenario.roles))
    return {
        "set": lambda: control.set(id, some_value(session, id, rng), place=place, reason="to see"),
        "overrule": lambda: control.overrule(
            "it came out otherwise", some_outcome(session, rng), reason="a dispute"
        ),
        "inject": lambda: control.inject(
            "A ship is in sight.", some_roles(session, rng), claim=rng.random() < 0.5, reason="to hurry them"
        ),
        "release": lambda: control.release(event, reason="it is time"),
        "argue": lambda: control.argue(
            role,
            "talks to the crew",
            ["they know him", "they are tired"][: rng.randint(0, 2)],
            ["nobody pays them"][: rng.randint(0, 1)],
            success=some_outcome(session, rng),
            failure=some_outcome(session, rng),
            to=some_roles(session, rng),
        ),
        "hand_over": lambda: control.hand_over(role, rng.choice(["person", "random"]), "went home"),
        "start_clock": lambda: control.start_clock(rng.randint(1, 900)),
        "pause_clock": lambda: control.pause_clock(rng.randint(0, 900), "a question"),
        "extend_clock": lambda: control.extend_clock(rng.randint(1, 900)),
    }


def rule(session: Session, rng: Random, most: int = 4) -> None:
    """Up to *most* rulings of any kind, as far as they may be."""
    for _ in range(rng.randint(0, most)):
        if not session.is_over:
            decide = rng.choice(list(one_of_each(session, rng).values()))
            with suppress(IllegalOrder):  # an event that has happened already
                decide()


def noticed(session: Session) -> dict[str, object]:
    """All that a person could notice of a session, control's desk included."""
    course, control = session.course, session.control()
    return {
        "position": session.position,
        "news": session.position.news,
        "history": session.history,
        "drafts": dict(course.drafts),
        "locked": dict(course.locked),
        "said": list(course.said),
        "seats": session.seats,
        "decisions": control.decisions(),
        "clock": control.clock,
        "turns": control.turns(),
        "seen": {role: seen_by(session, role) for role in session.scenario.roles},
        "wall": on_the_wall(session),
    }


def seen_by(session: Session, role: str) -> str:
    """All that a seat is ever shown, as text whose every byte counts."""
    seat = session.seat(role)
    return repr(
        (
            seat.view(),
            seat.menu(),
            seat.legal(),
            seat.messages(),
            seat.told(),
            seat.drafted,
            seat.locked,
            seat.submitted,
            seat.scorecard(),
        )
    )


def on_the_wall(session: Session) -> str:
    wall = session.public()
    return repr((wall.view(), wall.messages(), wall.told(), wall.clock))
