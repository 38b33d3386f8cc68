"""Questions the scenario asks of its model, and how to ask them."""

from __future__ import annotations

from wargame.debrief.markdown import Names, told
from wargame.debrief.parts.part import Part
from wargame.debrief.whole import Debrief

__all__ = ["asked"]


def asked(debrief: Debrief, names: Names) -> Part:
    """What one may ask of the model about history, with the command that answers it."""
    scenario = debrief.record.kernel.scenario
    known = scenario.history.what_ifs if scenario.history else ()
    lines = [f"- {told(each.question)} `wargame whatif {scenario.id} {each.id}`" for each in known]
    about = "The model can be asked: history is played with other orders and as it was, over the same dice."
    return Part("asked", "Questions to ask of the model", (about, "", *lines, "") if lines else ())
