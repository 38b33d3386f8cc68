"""Sessions for the tests: the harbour played by dice."""

from __future__ import annotations

from contextlib import suppress
from functools import cache
from pathlib import Path
from random import Random

from tests.rules.toys import HARBOUR
from wargame.errors import IllegalOrder
from wargame.rules.orders import Answer, Offer, Order, Promise
from wargame.scenario.library import load_bundle
from wargame.scenario.model import Scenario
from wargame.session.seat import LocalSeat, Submission
from wargame.session.session import Session


@cache
def harbour() -> Scenario:
    return load_bundle({"scenario.toml": HARBOUR})


def new(path: Path, *, seed: int = 1, length: str = "full") -> Session:
    """A new game of the harbour with a person in every seat."""
    return Session.create(harbour(), seed=seed, length=length, path=path)


def play(session: Session, rng: Random, turns: int = 100) -> Session:
    """Plays up to *turns* turns with legal orders, talk, drafts and notes drawn by *rng*."""
    for _ in range(turns):
        if session.is_over:
            break
        for role in session.scenario.roles:
            talk(session, role, rng)
        for role in session.scenario.roles:
            order(session.seat(role), rng)
        session.control().adjudicate()
    return session


def talk(session: Session, role: str, rng: Random) -> None:
    seat = session.seat(role)
    if rng.random() < 0.4:
        others = [each for each in session.scenario.roles if each != role]
        seat.say(f"number {rng.randrange(100)} é", rng.sample(others, rng.randint(0, len(others))))
    for act in session.kernel.acts(session.position, role):
        if rng.random() < 0.5:
            match act:
                case Offer(id):
                    seat.offer(id)
                case Answer(id, accept):
                    # Both answers stand in the list; after the one the other is refused.
                    with suppress(IllegalOrder):
                        seat.answer(id, accept)
                case Promise(id):
                    seat.promise(id)


def order(seat: LocalSeat, rng: Random) -> None:
    """Drafts up to three legal orders one by one, then locks them."""
    chosen: list[Submission] = []
    for _ in range(rng.randint(0, 3)):
        legal = seat.legal()
        wanted = [*chosen, note(rng.choice(legal), rng)] if legal else chosen
        try:
            seat.draft(wanted)
        except IllegalOrder:
            continue
        chosen = wanted
    seat.submit(chosen)


def note(order: Order, rng: Random) -> Submission:
    return Submission(order, rng.choice(("", "why not")), rng.choice(("", "calm")), rng.choice((None, 0, 70)))
