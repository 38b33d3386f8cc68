"""Control's seat: who is ready, the adjudication, and everything there is to see."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from attrs import frozen

from wargame.errors import IllegalOrder
from wargame.rules.facts import Fact
from wargame.rules.orders import Order
from wargame.rules.umpire import event_of
from wargame.session import deciding
from wargame.session.branching import turns_of
from wargame.session.clock import DAY, Stand
from wargame.session.course import Said
from wargame.session.deciding import Case, needed, note
from wargame.session.entries import (
    AdviserSet,
    Argued,
    ClockSet,
    Locked,
    SeatChanged,
    Submission,
)
from wargame.session.minutes import adviser_reason
from wargame.session.naming import Value, named
from wargame.session.public import Public, open_book
from wargame.session.rulings import Decided, Ruled
from wargame.session.storage import REAL, Disk
from wargame.session.verdict import Verdict
from wargame.text import clean_text

if TYPE_CHECKING:
    from wargame.rules.kernel import Kernel
    from wargame.rules.position import Position
    from wargame.rules.score import Scorecard
    from wargame.rules.view import View
    from wargame.session.session import Session

__all__ = ["Control", "Loaded"]

ABSENT = "the seat was empty as the turn closed"


@frozen
class Loaded:
    """An event of the scenario that control may release."""

    id: str
    title: str
    tell: str
    to: tuple[str, ...]
    claim: bool
    turn: int | None
    """The calendar turn it is timed for, if it is."""

    happened: int | None
    """The step, from 1, at which it last happened; None for never."""

    again: bool
    """Whether it may happen more than once."""


@frozen(eq=False)
class Control:
    """The facilitator's seat of a session in this process."""

    _session: Session

    @property
    def _kernel(self) -> Kernel:
        return self._session.kernel

    @property
    def _position(self) -> Position:
        return self._session.position

    @property
    def path(self) -> Path:
        """Where the game is saved."""
        return self._session.path

    @property
    def verdict(self) -> Verdict:
        """What was found when the save was opened."""
        return self._session.verdict

    @property
    def head(self) -> str:
        """The hash of the last entry: noted elsewhere, it shows later whether entries are missing."""
        return self._session.journal.head

    def ready(self) -> tuple[str, ...]:
        """The roles whose orders are locked, in the scenario's order."""
        return tuple(role for role in self._session.scenario.roles if role in self._session.course.locked)

    def waiting(self) -> tuple[str, ...]:
        """The other roles; none once the game is over."""
        if self._session.is_over:
            return ()
        return tuple(role for role in self._session.scenario.roles if role not in self._session.course.locked)

    @property
    def scenario(self) -> Public:
        """The scenario with everything open."""
        return open_book(self._kernel.book)

    def view(self) -> View:
        """Everything, as it truly is."""
        return self._kernel.view(self._position, "control", self._session.facts)

    def messages(self) -> tuple[Said, ...]:
        """All that was said."""
        return tuple(self._session.course.said)

    def submitted(self) -> dict[str, tuple[Submission, ...]]:
        """The orders locked so far, by role."""
        return dict(self._session.course.locked)

    def happened(self) -> tuple[Fact, ...]:
        """All that happened in the last adjudication, and this turn since."""
        return tuple(self._session.facts)

    def told(self) -> tuple[str, ...]:
        """The same as sentences."""
        return self._session.in_words(self._session.facts)

    def scorecards(self) -> dict[str, Scorecard]:
        """Every role's scorecard as it stands."""
        return {
            role: self._session.kernel.score(self._session.position, role)
            for role in self._session.scenario.roles
        }

    def adjudicate(self, *, fill_absent: bool = False) -> None:
        """
        Works out the turn, once every role has locked its orders.

        With *fill_absent* the scenario's default orders are given for those who have not.

        Raises:
            IllegalOrder: If the game is over, or roles are missing.
            NotSaved: If the disk does not take the turn. Nothing has happened then; try again.
        """
        self._session.need_open_game()
        missing = self.waiting()
        if missing and not fill_absent:
            titles = ", ".join(self._session.scenario.roles[role].title for role in missing)
            raise IllegalOrder(f"not all orders are locked: waiting for {titles}")
        for role in missing:
            self._session.record(Locked(role, self._defaults(role), by_default=True))
        self._session.adjudicate()

    def lock_absent(self, role: str) -> None:
        """
        Closes the turn of a role that did not lock: the scenario's default orders stand for it.

        All seats are told so in the brief that follows.

        Raises:
            IllegalOrder: If the game is over, there is no such role, or its orders are locked.
            NotSaved: If the disk does not take it.
        """
        id = self._role(role)
        self._session.need_open_turn(id)
        self._session.record(Locked(id, self._defaults(id), by_default=True))

    def defaults(self) -> dict[str, tuple[Order, ...]]:
        """The orders that would stand for each role that has not locked, if the turn were closed now."""
        return {role: tuple(each.order for each in self._defaults(role)) for role in self.waiting()}

    def hand_over(self, role: str, player: str, reason: str = "") -> None:
        """
        Hands a seat to *player*: `person`, or an agent such as `doctrine:cautious`, `random` or `historical`.

        Orders it has locked this turn stand; what is still open the new player decides.

        Raises:
            IllegalOrder: If the game is over, or there is no such role or no such doctrine of it.
            NotSaved: If the disk does not take it.
        """
        self._session.need_open_game()
        id, who = self._role(role), clean_text(player).strip()[:80]
        kind, colon, doctrine = who.partition(":")
        known = self._session.scenario.doctrines.get(id, {})
        if not who or (kind == "doctrine" and colon and doctrine not in known):
            listed = ", ".join(["person", *(f"doctrine:{each}" for each in known)])
            raise IllegalOrder(f"{self._title(id)} cannot be played by '{who}'; there are {listed}")
        self._session.record(SeatChanged(id, who, note(reason)))

    # --- Rulings

    def set(self, variable: str, value: Value, *, place: str | None = None, reason: str) -> tuple[str, ...]:
        """
        Sets a variable, by id or title; the *place*, too, of one that differs from place to place.

        A number is kept inside the variable's range; a flag takes True or False, a choice one of its options.
        What changed is told as sentences, and to each seat that sees the variable exactly. Nothing is told
        of a value that was so already.

        Raises:
            IllegalOrder: If there is no such variable or place, it takes no such value, the reason is missing
                or longer than 500 characters, or the game is over.
            NotSaved: If the disk does not take it.
        """
        return self._decide(deciding.setting(self._kernel, self._position, variable, value, place, reason))

    def overrule(self, outcome: str, values: Mapping[str, Value], *, reason: str) -> tuple[str, ...]:
        """
        Puts another outcome in place of the one that was adjudicated.

        *outcome* says in words (1 to 500 characters) how it came out instead. *values* are the new values, as
        `set` takes them, by variable or `variable.place`; they may be none.

        Raises:
            IllegalOrder: As for `set`, and if *outcome* says nothing.
            NotSaved: If the disk does not take it.
        """
        return self._decide(deciding.overruling(self._kernel, self._position, outcome, values, reason))

    def inject(
        self, text: str, to: Sequence[str] | str | None = None, *, claim: bool = False, reason: str = ""
    ) -> tuple[str, ...]:
        """
        Tells the roles in *to* something at once, as news of this turn; everybody if none is named.

        With *claim* it is not true, which only the record and control know. No other seat learns that there
        was anything to tell.

        Raises:
            IllegalOrder: If the text is empty or longer than 2,000 characters, there is no such role, or the
                game is over.
            NotSaved: If the disk does not take it.
        """
        return self._decide(deciding.injection(self._kernel, text, to, claim, reason))

    def release(self, event: str, *, reason: str) -> tuple[str, ...]:
        """
        Lets an event of the scenario, by id or title, happen now, whatever its time, condition and chance.

        It tells whom it tells and does what it does, and one that happens only once will not happen again.

        Raises:
            IllegalOrder: If there is no such event, it has happened and happens only once, the reason is
                missing, or the game is over.
            NotSaved: If the disk does not take it.
        """
        return self._decide(deciding.releasing(self._kernel, self._position, event, reason))

    def argue(
        self,
        role: str,
        action: str,
        pros: Sequence[str] = (),
        cons: Sequence[str] = (),
        *,
        success: Mapping[str, Value] | None = None,
        failure: Mapping[str, Value] | None = None,
        to: Sequence[str] | str | None = None,
        reason: str = "",
    ) -> Argued:
        """
        Judges an action no order stands for, as a matrix game does: reasons for and against it, and a die.

        The chance is 50 percent, 10 more for each of *pros* and 10 less for each of *cons*, at least 5 and at
        most 95. The die is `matrix.<n>` of this turn, *n* counting its arguments from 1. *success* and
        *failure* say what comes of it, by variable or `variable.place`: what a number changes by, what a flag
        or choice becomes. *to* are the roles that are told, everybody if none is named; control always knows.

        Raises:
            IllegalOrder: If there is no such role, variable or place, a value is none, a text is empty or
                longer than 500 characters, there are more than 10 reasons on a side, or the game is over.
            NotSaved: If the disk does not take it.
        """
        case = Case(role, action, pros, cons, success or {}, failure or {}, to, reason)
        number = self._session.course.arguments + 1
        entry = deciding.arguing(self._kernel, self._position, number, case)
        self._decide(entry)
        return entry

    # --- The clock: for people only

    @property
    def clock(self) -> Stand | None:
        """How the clock of this turn was left; None if nobody touched it. `Clock.of` makes it tick."""
        return self._session.course.clock

    def start_clock(self, seconds: int, reason: str = "") -> None:
        """
        Notes that the clock runs, with *seconds* left: 1 to 86,400.

        Raises:
            IllegalOrder: If that is no time for a clock, or the game is over.
            NotSaved: If the disk does not take it.
        """
        self._clock("start", seconds, 1, reason)

    def pause_clock(self, seconds: int, reason: str = "") -> None:
        """Notes that the clock stands, with *seconds* left: 0 to 86,400. Raises as `start_clock`."""
        self._clock("pause", seconds, 0, reason)

    def extend_clock(self, seconds: int, reason: str = "") -> None:
        """Notes that *seconds*, 1 to 86,400, were added. Raises as `start_clock`."""
        self._clock("extend", seconds, 1, reason)

    # --- The adviser

    @property
    def adviser(self) -> bool:
        """Whether the seats may ask the adviser."""
        return self._session.course.adviser

    def set_adviser(self, allowed: bool, *, reason: str) -> None:
        """
        Forbids the adviser to all seats, or allows it again; until then `Table.advise` refuses.

        Raises:
            IllegalOrder: If the reason is missing or longer than 500 characters, or the game is over.
            NotSaved: If the disk does not take it.
        """
        self._session.need_open_game()
        self._session.record(AdviserSet(allowed, needed(reason)))

    # --- Taking back

    def turns(self) -> tuple[int, ...]:
        """The turns the game can be taken back to, by the calendar, this one last."""
        return turns_of(self._session.course)

    def rewind(self, turn: int, reason: str, *, path: Path | str | None = None, disk: Disk = REAL) -> Path:
        """
        Takes the game back to the start of *turn* (calendar number, from 1), and goes on in a new save.

        The old save keeps everything and is never changed. The new one branches off it: its header names the
        old game, the turn and the *reason*. What was said, ordered and ruled in that turn is open again; who
        sits where, and whether the adviser may be asked, stays as it is. Without *path* the new save goes
        beside the old one. The new path is given back.

        Raises:
            IllegalOrder: If the reason is missing or longer than 500 characters.
            JournalError: If the game has not come to that turn, or the place does not take the new save; the
                game then stands as it stood.
        """
        adviser, why = self.adviser, adviser_reason(each.what for each in self._session.course.decisions)
        self._session.rewind(turn, needed(reason), path=path, disk=disk)
        if self.adviser != adviser:
            self._session.record(AdviserSet(adviser, why))
        return self._session.path

    # --- What was decided

    def decisions(self) -> tuple[Decided, ...]:
        """All that control decided in this game, in its sequence."""
        return tuple(self._session.course.decisions)

    def injects(self) -> tuple[Loaded, ...]:
        """The events of the scenario, in its order, with whether they have happened."""
        kernel, values = self._session.kernel, self._session.position.values
        return tuple(
            Loaded(
                each.id, each.title, each.tell, each.to, not each.truth, each.turn, happened, not each.once
            )
            for each in self._session.scenario.events.values()
            for happened in (values[event_of(kernel.plan, each.id).slot] or None,)
        )

    def _decide(self, entry: Ruled) -> tuple[str, ...]:
        """Records *entry*; what came of it, as sentences."""
        self._session.need_open_game()
        before = len(self._session.facts)
        self._session.record(entry)
        return self._session.in_words(self._session.facts[before:])

    def _clock(self, what: str, seconds: int, least: int, reason: str) -> None:
        self._session.need_open_game()
        if type(seconds) is not int or not least <= seconds <= DAY:
            raise IllegalOrder(f"a clock takes {least} to {DAY:,} whole seconds, not {seconds}")
        self._session.record(ClockSet(what, seconds, note(reason)))

    def _role(self, role: str) -> str:
        return named(role, {id: each.title for id, each in self._session.scenario.roles.items()}, "role")

    def _title(self, role: str) -> str:
        return self._session.scenario.roles[role].title

    def _defaults(self, role: str) -> tuple[Submission, ...]:
        kernel, position = self._session.kernel, self._session.position
        taken: list[Order] = []
        legal = kernel.legal(position, role)
        for wanted in self._session.scenario.roles[role].default:
            for order in legal:
                if order.id == wanted and kernel.allows(position, role, [*taken, order]):
                    taken.append(order)
                    break
        return tuple(Submission(order, ABSENT) for order in taken)
