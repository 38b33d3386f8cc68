"""Why is this number what it is: every value the role sees, and how each came to be."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from wargame.rules.view import View
from wargame.session.public import Public
from wargame.session.why import Moment, account
from wargame.tui import because
from wargame.tui.lines import Line
from wargame.tui.screens.browse import Browse


class Knower(Protocol):
    """Whoever can be asked: a seat, or a chair somebody looks back from."""

    @property
    def scenario(self) -> Public:
        """What it may read of the scenario."""

    def view(self) -> View:
        """What it knows now."""

    def past(self) -> tuple[Moment, ...]:
        """Every turn so far as it knew it."""


class WhyScreen(Browse):
    """The values, and the account of the one under the cursor; *about* is the one asked for."""

    name_of_screen = "Why is it what it is?"
    wanted_hint = "/ finds a value or a place"
    help_words = (
        "The list holds every value you see, those of single places last. For the one under the cursor you "
        "read all that moved it since the game began, as far as you may know it. Press / and type a part of "
        "its name, or of a place.",
    )

    def __init__(self, seat: Knower, about: tuple[str, str | None] | None = None) -> None:
        super().__init__()
        self._public, self._view, self._moments = seat.scenario, seat.view(), seat.past()
        self._values = because.values(self._public, self._view)
        known = [(value.id, value.place) for value in self._values]
        self.first = known.index(about) if about in known else 0

    def rows(self, wanted: str, width: int) -> Sequence[Line | str]:
        self._values = because.values(self._public, self._view, wanted, width)
        return [value.row for value in self._values]

    def text(self, number: int, wanted: str) -> Sequence[Line | str]:
        value = self._values[number]
        return because.lines(self._public, account(self._public, self._moments, value.id, value.place))
