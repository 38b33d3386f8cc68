"""The figures a scenario measures its history by, compiled."""

from __future__ import annotations

from attrs import frozen

from wargame.agents.texts import compile_texts
from wargame.language.python import Function
from wargame.rules.kernel import Kernel
from wargame.rules.perceive import Eyes
from wargame.rules.position import Position


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
    checked = {each.id: kernel.book.texts[f"history.measures.{each.id}"] for each in history.measures}
    functions = compile_texts(kernel.book, checked)
    return tuple(
        Measure(
            id=each.id,
            title=each.title,
            role=each.role,
            scale=each.scale,
            function=functions[each.id],
            eyes=Eyes(kernel.plan, each.role, checked[each.id].reads),
        )
        for each in history.measures
    )
