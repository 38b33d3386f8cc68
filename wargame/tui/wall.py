"""What stands on the wall of a class, as lines: only what every role knows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import evolve

from wargame.session.projector import Projector
from wargame.tui import render
from wargame.tui.lines import HEAD, STRONG, Line, head, line, quiet
from wargame.tui.lines import unwrapped as joined
from wargame.tui.story import story

if TYPE_CHECKING:
    from wargame.rules.view import View
    from wargame.session.public import Public


def wall(projector: Projector, width: int) -> list[Line]:
    """All that everybody knows: the stand, what happened, what was said to all."""
    scenario, view = projector.scenario, projector.view()
    rows = [line((joined(view.text), STRONG))] if view.text else []
    if view.ending is not None:
        rows.append(line((f"The game is over: {scenario.endings.get(view.ending, view.ending)}", HEAD)))
    gauges = render.gauges(scenario, view, width)
    rows += [line(""), head("How things stand"), *gauges] if gauges else []
    told = story(scenario, projector.happened(), projector.told())
    rows += [line(""), head("What everybody knows"), *told]
    if not told:
        rows.append(quiet("Nothing yet."))
    said = [each for each in projector.messages() if each.step == view.step]
    if said:
        rows += [line(""), head("Said to all")]
        rows += [
            line((f"- {scenario.roles[each.role].title}: ", STRONG), render.act_words(scenario, each.act))
            for each in said
        ]
    places = _wall_places(scenario, view, width)
    return rows + ([line(""), head("The places, as everybody knows them"), *places] if places else [])


def _wall_places(scenario: Public, view: View, width: int) -> list[Line]:
    """Numbers as a table; of flags only where they hold, and nothing that no rule ever changes."""
    moving = {id: note for id, note in scenario.gauges.items() if not note.fixed}
    scenario = evolve(scenario, gauges=moving)
    notes = render.place_notes(scenario, view)
    rows = render.places(scenario, view, width) if any(note.range != (0, 1) for note in notes) else []
    for note in moving.values():
        held = [
            place.title
            for place in scenario.places.values()
            if note.per_place
            and note.range == (0, 1)
            and (reading := view.reading(note.id, place.id)) is not None
            and reading.value
        ]
        if held:
            rows.append(line((f"{note.title}: ", STRONG), ", ".join(held)))
    return rows


def wall_heading(projector: Projector) -> str:
    """The game and its turn, as everybody knows them."""
    return f"{projector.scenario.title}. {render.heading(projector.view())}"
