"""The keys of the playing screen, from which its footer and its help are made, and what help says besides."""

from __future__ import annotations

from textual.binding import Binding, BindingType

from wargame.tui import render

HELP = (
    "Choose orders with Enter; you are asked for a place or an option where there is a choice. Enter on a "
    "chosen order takes it back. {play.more:space} reads on in the text beside the list.",
    "",
    "Tab goes to the list of chosen orders and further, and back to the orders. There Enter asks what to do "
    "with one and {chosen.drop:delete} takes it back. {play.annotate:e} notes why you give an order.",
    "",
    "When you are content, press {play.lock:l}: your orders stand, the turn is worked out for all roles at "
    "once, and you are told what happened and why.",
)

MARKS = (
    "*               chosen",
    "-               cannot be given now; the box below the list says why",
    "!               grave, or waiting for you",
    "~ and 'about'   an estimate: the truth may lie some points off",
    "=               no change since the last turn",
    "1-2, 25-45 %    it depends on the place or the option you choose, or on what you only estimate",
    "no odds         an order without a roll: it does what it says",
    f"{render.SURE * 3}{render.UNSURE * 3}{render.REST * 3}       surely so far, possibly so far, the rest",
    "",
)

PLAY_KEYS: list[BindingType] = [
    Binding("l", "lock", "Lock", id="play.lock", tooltip="Your orders stand; the turn is worked out"),
    Binding(
        "d",
        "drop",
        "Take back",
        id="play.drop",
        show=False,
        tooltip="Take back a chosen order; so does Enter",
    ),
    Binding("i", "info", "About", id="play.info", tooltip="All about the order under the cursor"),
    Binding("e", "annotate", "Say why", id="play.annotate", show=False, tooltip="Note why you give an order"),
    Binding("o", "deal", "Offer", id="play.deal", tooltip="Offer, answer or promise"),
    Binding("m", "message", "Message", id="play.message", tooltip="Say something to the others"),
    Binding(
        "space", "more", "More", id="play.more", tooltip="Read on in the pane; at its end, from its beginning"
    ),
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
