"""The external agent: an outside program that plays a role by JSON lines on a pipe (docs/protocol.md)."""

from __future__ import annotations

import atexit
import time
from collections.abc import Mapping, Sequence
from typing import Any
from weakref import WeakSet

from attrs import define, field

from wargame import __version__
from wargame.agents.base import Chair, Choice
from wargame.agents.program import Program, ProgramFailed
from wargame.rules.explain import describe_act, describe_order
from wargame.rules.orders import Act, Answer, Order, Promise
from wargame.text import clean_text

__all__ = ["External", "ProgramFailed", "allow"]

PREFIX = "program:"
"""What the name of such a player begins with; its command follows."""

PROTOCOL = 1
LIMIT = 10.0
"""Seconds a program has for a turn, talk and orders together, its start included."""

GRACE = 1.0
"""Seconds between `stop` and the end."""

BENCH = 3
"""Turns in a row that may fail before the program is not asked any more."""

REASON = 500
"""Characters kept of a reason."""

_allowed: set[str] = set()
_running: WeakSet[External] = WeakSet()


def allow(command: str) -> None:
    """Lets *command* be started in this process: a person named it. A save alone never starts a program."""
    _allowed.add(command)


@define(eq=False)
class External:
    """Plays a role by a program, which is started when first asked and runs until `close` or a fault."""

    command: str
    limit: float = LIMIT
    """Seconds for a turn."""

    grace: float = GRACE

    _program: Program | None = field(init=False, default=None)
    _step: int = field(init=False, default=0)
    _left: float = field(init=False, default=0.0)
    """Seconds of the turn that are left."""

    _silent: int = field(init=False, default=0)
    """The step in which it is not asked to talk any more."""

    _failed: int = field(init=False, default=0)
    """Turns in a row without orders."""

    def __attrs_post_init__(self) -> None:
        _running.add(self)

    def talk(self, chair: Chair) -> tuple[Act, ...]:
        """What the program offers, answers and promises: asked as a turn begins, and when an offer waits."""
        acts = chair.acts()
        is_heard = self._step == chair.step and not chair.is_asked
        if self._is_out or not acts or is_heard or self._silent == chair.step:
            return ()
        listed = _numbered(acts, lambda act: describe_act(_of(chair), act))
        try:
            answer = self._ask(chair, "talk", {"acts": listed})
        except ProgramFailed:
            self._silent = chair.step  # Its orders will tell why.
            return ()
        numbers = _listed(answer, "acts")
        chosen = [acts[number] for number in dict.fromkeys(numbers) if 0 <= number < len(acts)]
        return tuple(chosen)

    def choose(self, chair: Chair) -> tuple[Choice, ...]:
        """
        The orders the program gives.

        Raises:
            ProgramFailed: If it gives none that can be taken, in words for the record.
        """
        if self.command not in _allowed:
            raise ProgramFailed("the program was not started, because a save alone starts no program")
        if self._is_out:
            raise ProgramFailed(f"the program is not asked any more, after {BENCH} turns without orders")
        legal = chair.legal()
        orders = _numbered(legal, lambda order: describe_order(_of(chair), order))
        try:
            chosen = _choices(chair, legal, self._ask(chair, "orders", {"orders": orders}))
        except ProgramFailed:
            self._failed += 1
            self.close()
            raise
        self._failed = 0
        return chosen

    def close(self) -> None:
        """Ends the program and all it started."""
        if self._program is not None:
            program, self._program = self._program, None
            program.send({"type": "quit"})
            program.close()

    @property
    def _is_out(self) -> bool:
        return self._failed >= BENCH or self.command not in _allowed

    def _ask(self, chair: Chair, what: str, more: Mapping[str, Any]) -> Mapping[str, Any]:
        """The program's answer to `go`, within what is left of the turn's time."""
        began = time.monotonic()
        if self._step != chair.step:
            self._step, self._left = chair.step, self.limit
        try:
            program, id = self._begun(chair), f"{chair.step}.{what}"
            program.send(view_message(chair))
            program.send({"type": "legal", **more})
            program.send({"type": "go", "id": id, "want": what, "seconds": round(max(self._left, 0.0), 3)})
            answer = _wait(program, id, began + self._left)
            if answer is None:
                program.send({"type": "stop", "id": id})
                answer = _wait(program, id, time.monotonic() + self.grace)
        finally:
            self._left -= time.monotonic() - began
        if answer is None:
            raise ProgramFailed(f"the program gave no {what} in {self.limit:g} s")
        return answer

    def _begun(self, chair: Chair) -> Program:
        if self._program is None:
            self._program = Program(self.command)
            for message in greeting(chair):
                self._program.send(message)
        self._program.begin_turn()
        return self._program


def greeting(chair: Chair) -> tuple[Mapping[str, Any], ...]:
    """What a program is told once: who it is, and what game it plays, as far as its role may know."""
    scenario, role = _of(chair), chair.kernel.scenario.roles[chair.role]
    briefing = scenario.briefings.get(chair.role)
    rules = {
        "type": "rules",
        "scenario": scenario.id,
        "title": scenario.title,
        "about": scenario.about,
        "roles": {id: each.title for id, each in scenario.roles.items()},
        "places": {id: each.title for id, each in scenario.places.items()},
        "briefing": briefing.public if briefing else "",
        "secret": briefing.secret if briefing else "",
        "most_orders": role.orders,
    }
    hello = {"type": "hello", "protocol": PROTOCOL, "engine": f"wargame {__version__}", "role": chair.role}
    return hello, rules


def view_message(chair: Chair) -> Mapping[str, Any]:
    """What its role sees now."""
    view = chair.view()
    values = [
        {"id": r.id, "place": r.place, "value": r.value, "low": r.low, "high": r.high, "words": r.words}
        for r in view.readings
    ]
    return {
        "type": "view",
        "turn": view.turn,
        "step": view.step,
        "steps": view.steps,
        "title": view.title,
        "agenda": view.agenda,
        "values": values,
        "deals": [{"id": each.id, "state": each.state, "offered_by": each.offered_by} for each in view.deals],
        "promises": [{"id": each.id, "by": each.by, "state": each.state} for each in view.pledges],
        "news": [told.text for told in view.news],
    }


def _of(chair: Chair) -> Any:
    return chair.kernel.scenario


def _numbered(items: Sequence[Any], words: Any) -> list[dict[str, Any]]:
    return [{"number": number, **_told(item), "words": words(item)} for number, item in enumerate(items)]


def _told(item: Order | Act) -> dict[str, Any]:
    if isinstance(item, Order):
        return {"id": item.id, "place": item.place, "option": item.option}
    id = item.promise if isinstance(item, Promise) else getattr(item, "agreement", "")
    accept = {"accept": item.accept} if isinstance(item, Answer) else {}
    return {"kind": type(item).__name__.lower(), "id": id, **accept}


def _wait(program: Program, id: str, until: float) -> Mapping[str, Any] | None:
    """The first answer to the question *id*; what answers another comes too late, and is passed over."""
    while (message := program.receive(until)) is not None:
        if message.get("type") == "answer" and message.get("id") == id:
            return message
        if time.monotonic() >= until:
            return None
    return None


def _listed(answer: Mapping[str, Any], name: str) -> list[int]:
    """The numbers an answer gives, bare or as `{"number": 3}`; whatever is none is left out."""
    given = answer.get(name)
    if not isinstance(given, list):
        return []
    found = [each.get("number") if isinstance(each, dict) else each for each in given]
    return [each for each in found if type(each) is int]


def _choices(chair: Chair, legal: tuple[Order, ...], answer: Mapping[str, Any]) -> tuple[Choice, ...]:
    given = answer.get("orders")
    if not isinstance(given, list) or len(given) > chair.limit:
        raise ProgramFailed(f"the program did not give a list of at most {chair.limit} orders")
    chosen = tuple(_choice(legal, each) for each in given)
    if not chair.allows([each.order for each in chosen]):
        raise ProgramFailed("the program gave orders that may not be given together")
    return chosen


def _choice(legal: tuple[Order, ...], given: object) -> Choice:
    number = given.get("number") if isinstance(given, dict) else given
    if type(number) is not int or not 0 <= number < len(legal):
        raise ProgramFailed("the program gave an order that is not in the list of legal orders")
    reason = given.get("reason", "") if isinstance(given, dict) else ""
    return Choice(legal[number], clean_text(reason)[:REASON] if isinstance(reason, str) else "")


@atexit.register
def _end_all() -> None:
    for each in list(_running):
        each.close()
