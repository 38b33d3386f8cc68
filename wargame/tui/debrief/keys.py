"""The one table of what can be done in the debrief, and its help."""

from __future__ import annotations

from textual.binding import Binding

from wargame.debrief.replay import BY_FACT, BY_PHASE, BY_TURN
from wargame.tui.debrief import pages

__all__ = ["ACTIONS", "ASKING", "HELP", "NOTING"]

ASKING = (
    "{debrief.other:o}  other orders in a turn",
    "{debrief.find:f}  find a better order yourself, at a turning point",
    "{debrief.prepared:p}  a question this scenario brings with it",
    "{debrief.branch:s}  the last other orders as a game of its own, with the same dice",
)
"""What one can do on the tab of questions."""

NOTING = (
    "In the replay {debrief.mark:b} sets or takes away a bookmark, {debrief.note:n} writes a note on what is "
    "told there, and {debrief.strike:d} strikes one out."
)

HELP = (
    "The replay shows a turn as one chair was shown it then, and no more: {debrief.chair:c} opens another "
    "chair, {debrief.beside:x} puts a second one beside it. What that chair sees exactly moves with every "
    "change that is told; the rest stands as the turn began. The row at the bottom is the fact itself.",
    "",
    "{debrief.next:right} and {debrief.before:left} go from fact to fact, {debrief.phase:full_stop} and "
    "{debrief.phase_back:comma} from phase to phase, {debrief.turn:greater_than_sign} and "
    "{debrief.turn_back:less_than_sign} from turn to turn; {debrief.play:a} plays by itself. "
    "{debrief.why:w} tells why any number was what it was at that point.",
    "",
    "The other tabs look at the whole game. Luck and turning points are reckoned by playing on from every "
    "position; that goes on while you read. While persons still play, only who leads the game opens more "
    "than one chair: 'wargame debrief SAVE --control'.",
)


def _keys(number: int) -> str:
    """The keys of the tab with that number; F10 lists all actions everywhere."""
    return f"{number % 10},f{number + 1}" if number < 9 else str(number % 10)


ACTIONS = [
    Binding("right,space", f"step('{BY_FACT}', 1)", "Next", id="debrief.next", tooltip="The next fact"),
    Binding(
        "left", f"step('{BY_FACT}', -1)", "Before", id="debrief.before", show=False, tooltip="The fact before"
    ),
    Binding(
        "full_stop",
        f"step('{BY_PHASE}', 1)",
        "Phase",
        id="debrief.phase",
        tooltip="The phase to its end, then the next",
    ),
    Binding(
        "comma",
        f"step('{BY_PHASE}', -1)",
        "Phase back",
        id="debrief.phase_back",
        show=False,
        tooltip="The beginning of this phase, or the phase before",
    ),
    Binding(
        "greater_than_sign",
        f"step('{BY_TURN}', 1)",
        "Turn",
        id="debrief.turn",
        tooltip="The next turn",
    ),
    Binding(
        "less_than_sign",
        f"step('{BY_TURN}', -1)",
        "Turn back",
        id="debrief.turn_back",
        show=False,
        tooltip="The beginning of this turn, or the turn before",
    ),
    Binding("g", "go", "Go to", id="debrief.go", tooltip="A turn, a note or a turning point"),
    Binding("c", "chair", "Chair", id="debrief.chair", tooltip="Look from another chair"),
    Binding("x", "beside", "Beside", id="debrief.beside", tooltip="A second chair beside it, or none"),
    Binding("a", "play", "Play", id="debrief.play", show=False, tooltip="By itself, at a pace you choose"),
    Binding("m", "side", "Map", id="debrief.side", show=False, tooltip="The map, the places, or neither"),
    Binding("v", "value", "Map value", id="debrief.value", show=False, tooltip="Another value on the map"),
    Binding("w", "why", "Why", id="debrief.why", tooltip="Why a number was what it was"),
    Binding("r", "rules", "Rules", id="debrief.rules", show=False, tooltip="The rules of what was told"),
    Binding("b", "mark", "Mark", id="debrief.mark", show=False, tooltip="A bookmark here, or no longer"),
    Binding("n", "note", "Note", id="debrief.note", show=False, tooltip="Write a note on this point"),
    Binding("d", "strike", "Strike out", id="debrief.strike", show=False, tooltip="Takes a note away"),
    Binding("o", "other", "Other orders", id="debrief.other", tooltip="Play on with other orders"),
    Binding("f", "find", "Find yourself", id="debrief.find", tooltip="A better order at a turning point"),
    Binding("p", "prepared", "Questions", id="debrief.prepared", tooltip="Questions this scenario brings"),
    Binding("s", "branch", "As a game", id="debrief.branch", tooltip="The last other orders as a save"),
    *(
        Binding(_keys(number), f"tab('{id}')", title, id=f"debrief.{id}", show=False)
        for number, (id, title) in enumerate(pages.TABS, start=1)
    ),
    Binding("f1,question_mark", "help", "Help", id="debrief.help"),
    Binding("escape,q", "leave", "Leave", id="debrief.leave", tooltip="Closes the debrief"),
]
