"""Games of people at a tutorial table who do everything people do: talk, promise, come late, hand over."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from random import Random

from tests.lab.native_games import some_orders
from wargame.rules.orders import Answer, Offer
from wargame.session.seat import Submission
from wargame.session.session import Session

PEOPLE = dict.fromkeys(("mayor", "union"), "person")
EVIL = "<script>x</script> | [a](b) `c`\n# d *e* \x1b[2J"


def lively_game(
    path: Path, seed: int, turns: int = 9, *, dice: int | None = None
) -> Counter[tuple[str, str]]:
    """A game saved at *path*; how often every role did what, as counted while it was played."""
    random, did = Random(seed), Counter[tuple[str, str]]()
    with Session.create("tutorial", seed=seed if dice is None else dice, seats=PEOPLE, path=path) as session:
        for _ in range(turns):
            if session.is_over:
                break
            control = session.control()
            for role in session.scenario.roles:
                _talk(session, role, random, did)
                if random.random() < 0.15 and session.course.seats[role] == "person":
                    control.hand_over(role, next(iter(session.scenario.doctrines[role])), EVIL)
                    control.hand_over(role, "person", "back again")
                    did[role, "handed"] += 2
                if random.random() < 0.15:
                    did[role, "late"] += 1
                    continue
                given = some_orders(session.kernel, session.position, role, random)
                written = [
                    Submission(order, random.choice(("", EVIL)), random.choice(("", "peace")), sure)
                    for order in given
                    for sure in (random.choice((None, 0, 40, 90)),)
                ]
                session.seat(role).submit(written)
                did[role, "turns"] += 1
                did[role, "orders"] += len(written)
                did[role, "reasons"] += sum(bool(each.reason) for each in written)
                did[role, "expectations"] += sum(bool(each.expects) for each in written)
                did[role, "confidence"] += sum(each.confidence is not None for each in written)
            control.adjudicate(fill_absent=True)
    return did


def _talk(session: Session, role: str, random: Random, did: Counter[tuple[str, str]]) -> None:
    seat = session.seat(role)
    if random.random() < 0.5:
        seat.say(EVIL)
        did[role, "messages"] += 1
    for act in session.kernel.acts(session.position, role):
        if random.random() < 0.5 or act not in session.kernel.acts(session.position, role):
            continue
        if isinstance(act, Offer):
            seat.offer(act.agreement)
            did[role, "offers"] += 1
        elif isinstance(act, Answer):
            seat.answer(act.agreement, act.accept)
            did[role, "answers"] += 1
        else:
            seat.promise(act.promise)
            did[role, "promises"] += 1
