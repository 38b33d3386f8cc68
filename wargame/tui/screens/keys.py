"""The keys of the playing screen, from which its footer and its help are made."""

from __future__ import annotations

from textual.binding import Binding, BindingType

PLAY_KEYS: list[BindingType] = [
    Binding("l", "lock", "Lock", id="play.lock", tooltip="Your orders stand; the turn is worked out"),
    Binding("d", "drop", "Take back", id="play.drop", tooltip="Take back a chosen order"),
    Binding("i", "info", "About", id="play.info", tooltip="All about the order under the cursor"),
    Binding("e", "annotate", "Say why", id="play.annotate", show=False, tooltip="Note why you give an order"),
    Binding("o", "deal", "Offer", id="play.deal", tooltip="Offer, answer or promise"),
    Binding("m", "message", "Message", id="play.message", tooltip="Say something to the others"),
    Binding("f1,question_mark", "help", "Help", id="play.help", tooltip="Keys and marks"),
    Binding("q", "leave", "Leave", id="play.leave", tooltip="The game is kept"),
    Binding(
        "z", "wide", "Wide", id="play.wide", show=False, tooltip="Give the text the whole width, and back"
    ),
    Binding("a", "advise", "Advice", id="play.advise", tooltip="What would your advisers consider?"),
    Binding(
        "f2,2",
        "pane('places')",
        "Places",
        id="play.places",
        show=False,
        tooltip="The places and their state",
    ),
    Binding("p", "pane('map')", "Map", id="play.map", show=False, tooltip="The places on a map"),
    Binding(
        "f3,3",
        "pane('values')",
        "Values",
        id="play.values",
        show=False,
        tooltip="Every value you see, with its meaning; again: each on a page",
    ),
    Binding("f4,4", "pane('briefing')", "Briefing", id="play.briefing", show=False, tooltip="Your briefing"),
    Binding("f5,5", "pane('news')", "News", id="play.news", show=False, tooltip="News of this turn"),
    Binding(
        "f6,6",
        "pane('deals')",
        "Deals",
        id="play.deals",
        show=False,
        tooltip="Agreements, promises, all that was said",
    ),
    Binding(
        "f7,7",
        "pane('why')",
        "Last turn",
        id="play.why",
        show=False,
        tooltip="What happened in the last turn, with causes",
    ),
]
