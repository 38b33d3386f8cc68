"""The figures a scenario measures its history by, compiled."""

from __future__ import annotations

from attrs import frozen

from wargame.errors import ScenarioError
from wargame.language.python import Function
from wargame.rules.kernel import Kernel
from wargame.rules.perceive import Eyes
from wargame.rules.position import Position
from wargame.scenario import model as scenario


@frozen(eq=False)
class Measure:
    """One figure: how to read it from a position."""

    id: str
    title: str
    role: str | None
    """The role through whose eyes it is read; None for the true value."""

    scale: int
    """The figure is divided by this to come to the bands' scale."""

    _function: Function
    _eyes: Eyes

    def of(self, position: Position) -> int:
        """The figure, before it is scaled."""
        return int(self._function(self._eyes.see(position), 0, 0, 0))


def measures(kernel: Kernel) -> tuple[Measure, ...]:
    """The measures of the kernel's scenario, in its order; none if it records no history."""
    history = kernel.scenario.history
    if history is None:
        return ()
    return tuple(_measure(kernel, each) for each in history.measures)


def _measure(kernel: Kernel, about: scenario.Measure) -> Measure:
    key = f"history.measures.{about.id}"
    function = kernel.function(key)
    if function is None:
        raise ScenarioError(f"the measure {about.id} has no value")
    eyes = kernel.eyes(about.role or "control", kernel.book.texts[key].reads)
    return Measure(about.id, about.title, about.role, about.scale, function, eyes)
