"""The rule book within the game, with its sections, a search, and the scenario's open tables behind."""

from __future__ import annotations

from collections.abc import Sequence

from wargame.scenario.model import Scenario
from wargame.session.public import Public
from wargame.tui import rules
from wargame.tui.lines import Line
from wargame.tui.screens.browse import Browse


class RulesScreen(Browse):
    """The book, opened at the section of that number."""

    name_of_screen = "The rules"
    wanted_hint = "/ finds words"
    help_words = (
        "The sections of the rule book stand on the left, and behind them what this scenario adds. Press / "
        "and type words: the sections that have them are left, and what has them all stands first.",
        "",
        "Tables that would tell of others' secrets are left out; 'wargame rules SCENARIO' prints everything.",
    )

    def __init__(self, scenario: Scenario, public: Public, section: str = "1") -> None:
        super().__init__()
        self._all = (*rules.sections(), *rules.tables(scenario, public))
        self._shown = list(self._all)
        self.first = next((at for at, part in enumerate(self._all) if part.number == section), 0)

    def rows(self, wanted: str, width: int) -> Sequence[Line | str]:
        self._shown = rules.ranked(self._all, wanted)
        return [rules.row(part, wanted, width) for part in self._shown]

    def text(self, number: int, wanted: str) -> Sequence[Line | str]:
        return rules.page(self._shown[number], wanted)
