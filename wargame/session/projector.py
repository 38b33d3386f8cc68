"""What may stand on a wall: only what every role knows, put together from nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import evolve, frozen

from wargame.rules.facts import Fact
from wargame.rules.orders import Say
from wargame.scenario.model import EVERYBODY
from wargame.session.clock import Stand
from wargame.session.course import Said
from wargame.session.public import Public, RoleNote, public_of

if TYPE_CHECKING:
    from wargame.rules.view import View
    from wargame.session.session import Session

__all__ = ["Projector"]


@frozen(eq=False)
class Projector:
    """The common knowledge of a session's roles."""

    _session: Session

    @property
    def scenario(self) -> Public:
        """What every role may read of the scenario."""
        book = self._session.kernel.book
        readers = [public_of(book, role) for role in self._session.scenario.roles]
        first, others = readers[0], readers[1:]
        seen = {reading.id for reading in self.view().readings}
        return evolve(
            first,
            role=RoleNote(EVERYBODY, "Everybody", "All", "", 0),
            briefing="",
            secret="",
            gauges={id: gauge for id, gauge in first.gauges.items() if id in seen},
            agreements={
                id: pact
                for id, pact in first.agreements.items()
                if all(id in other.agreements for other in others)
            },
            promises={
                id: pact
                for id, pact in first.promises.items()
                if all(id in other.promises for other in others)
            },
        )

    @property
    def clock(self) -> Stand | None:
        """How control left the clock of this turn."""
        return self._session.course.clock

    def view(self) -> View:
        """What every role knows now, as a view whose role is `all`."""
        return self._session.kernel.common_view(self._session.position, self._session.facts)

    def messages(self) -> tuple[Said, ...]:
        """What was said to everybody."""
        roles = set(self._session.scenario.roles)
        return tuple(
            said
            for said in self._session.course.said
            if isinstance(said.act, Say) and (not said.act.to or roles <= {said.role, *said.act.to})
        )

    def happened(self) -> tuple[Fact, ...]:
        """What every role knows of the last adjudication, and of this turn since."""
        return self.view().facts

    def told(self) -> tuple[str, ...]:
        """The same as sentences."""
        return self._session.in_words(self.happened())
