"""The rules of play: orders in, facts out, with no disk, no clock and no randomness but the dice."""

from wargame.rules.facts import (
    Cause,
    Change,
    Ended,
    Fact,
    Happened,
    Modifier,
    OrderGiven,
    PhaseBegan,
    RedLine,
    Refused,
    Roll,
    Settled,
    Told,
    TurnBegan,
)
from wargame.rules.kernel import CONTROL, Kernel
from wargame.rules.menu import Bonus, MenuEntry, Odds, Price
from wargame.rules.orders import Act, Answer, Offer, Order, Promise, Say
from wargame.rules.position import Position
from wargame.rules.score import Scorecard
from wargame.rules.view import Deal, Pledge, Reading, View

__all__ = [
    "CONTROL",
    "Act",
    "Answer",
    "Bonus",
    "Cause",
    "Change",
    "Deal",
    "Ended",
    "Fact",
    "Happened",
    "Kernel",
    "MenuEntry",
    "Modifier",
    "Odds",
    "Offer",
    "Order",
    "OrderGiven",
    "PhaseBegan",
    "Pledge",
    "Position",
    "Price",
    "Promise",
    "Reading",
    "RedLine",
    "Refused",
    "Roll",
    "Say",
    "Scorecard",
    "Settled",
    "Told",
    "TurnBegan",
    "View",
]
