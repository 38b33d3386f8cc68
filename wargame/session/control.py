"""Control's seat: who is ready, the adjudication, and everything there is to see."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from attrs import frozen

from wargame.errors import IllegalOrder
from wargame.rules.orders import Order
from wargame.session.course import Said
from wargame.session.entries import Locked, SeatChanged, Submission
from wargame.session.verdict import Verdict
from wargame.text import clean_text

if TYPE_CHECKING:
    from wargame.rules.score import Scorecard
    from wargame.rules.view import View
    from wargame.session.session import Session

__all__ = ["Control"]

ABSENT = "the seat was empty as the turn closed"


@frozen(eq=False)
class Control:
    """The facilitator's seat of a session in this process."""

    _session: Session

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

    def view(self) -> View:
        """Everything, as it truly is."""
        return self._session.kernel.view(self._session.position, "control", self._session.facts)

    def messages(self) -> tuple[Said, ...]:
        """All that was said."""
        return tuple(self._session.course.said)

    def submitted(self) -> dict[str, tuple[Submission, ...]]:
        """The orders locked so far, by role."""
        return dict(self._session.course.locked)

    def told(self) -> tuple[str, ...]:
        """All that happened in the last adjudication, as sentences."""
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

    def change_seat(self, role: str, player: str, reason: str = "") -> None:
        """
        Hands a seat to *player*: `person`, or an agent such as `doctrine:cautious`.

        Raises:
            IllegalOrder: If there is no such role.
        """
        if role not in self._session.scenario.roles:
            raise IllegalOrder(f"there is no role '{role}'")
        self._session.record(SeatChanged(role, clean_text(player)[:80], clean_text(reason)[:500]))

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
