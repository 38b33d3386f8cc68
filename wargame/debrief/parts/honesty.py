"""What all this is: the model's assumptions, what it is sensitive to, and what it cannot say."""

from __future__ import annotations

from collections.abc import Iterator

from wargame.debrief.markdown import Names, counted, escaped, table
from wargame.debrief.parts.part import Part, change, role_titles
from wargame.debrief.whole import Debrief

__all__ = ["SENTENCE", "honesty"]

SENTENCE = "The game teaches; it does not predict."
TOLD = 8
"""Assumptions that are told: those that decide most."""


def honesty(debrief: Debrief, names: Names) -> Part:
    """The caution."""
    return Part("honesty", "What this is", tuple(_lines(debrief)))


def _lines(debrief: Debrief) -> Iterator[str]:
    yield (
        f"Expectations are means over {debrief.luck.games} games of this model, played on by its doctrines: "
        f"they say what the model makes of a position, not what would have been. {SENTENCE}"
    )
    yield ""
    scenario = debrief.record.kernel.scenario
    if scenario.constants:
        assumed = counted(len(scenario.constants), "assumption", "assumptions")
        yield (
            f"The model rests on {assumed}; `wargame rules {scenario.id}` lists them with their sources, "
            f"`wargame lab sweep {scenario.id}` varies them together."
        )
        yield ""
    telling = [each for each in debrief.leaning if each.most][:TOLD]
    if not telling:
        return
    titles = role_titles(debrief.record)
    yield "What it is most sensitive to: by how much scores change when one assumption goes from end to end."
    yield ""
    rows = [
        [
            escaped(each.factor.about or each.factor.id),
            f"{each.factor.low} to {each.factor.high} (here {each.factor.usual})",
            *(change(each.by[role]) for role in titles),
        ]
        for each in telling
    ]
    yield from table(["assumption", "range", *titles.values()], rows, 2)
