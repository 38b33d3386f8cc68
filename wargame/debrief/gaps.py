"""Knowledge gaps: what was true, what a seat was shown, and what it expected."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import frozen

from wargame.debrief.record import Record
from wargame.language.types import Number
from wargame.scenario.model import Derived, Variable

__all__ = ["Gap", "gaps"]


@frozen
class Gap:
    """One value in one turn as a seat saw it."""

    turn: int
    """Calendar number, from 1."""

    role: str
    id: str
    title: str
    true: int
    shown: int | None
    """None if the seat does not see the value at all."""

    low: int | None
    high: int | None
    late: int
    """How many turns old what was shown was; then the truth may lie outside `low` to `high`."""

    @property
    def wide(self) -> int:
        """How far off it was; 0 for what is not shown."""
        return 0 if self.shown is None else abs(self.shown - self.true)


def gaps(record: Record) -> tuple[Gap, ...]:
    """The headline values of every turn for every seat, turn by turn."""
    return tuple(_gaps(record))


def _gaps(record: Record) -> Iterator[Gap]:
    kernel = record.kernel
    scenario = kernel.scenario
    everything: list[Variable | Derived] = [*scenario.variables.values(), *scenario.derived.values()]
    shown = [each for each in everything if each.headline and not each.per_place]
    notes = [each for each in shown if isinstance(each.type, Number)]
    for played in record.turns:
        true = kernel.view(played.ordered, "control")
        for role in kernel.scenario.roles:
            view = kernel.view(played.ordered, role)
            for note in notes:
                fact, seen = true.reading(note.id), view.reading(note.id)
                if fact is not None:
                    yield Gap(
                        played.turn,
                        role,
                        note.id,
                        note.title,
                        fact.value,
                        None if seen is None else seen.value,
                        None if seen is None else seen.low,
                        None if seen is None else seen.high,
                        0 if seen is None else seen.delay,
                    )
