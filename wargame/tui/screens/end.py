"""The end of a game: the ending, every scorecard, and all secrets opened."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.screen import Screen
from textual.widgets import Footer

from wargame.agents.driver import Table
from wargame.tui import render
from wargame.tui.widgets.text import Lines


def summary(table: Table, role: str) -> list[str]:
    """The whole end of a game in lines, for the screen and for the plain game alike."""
    session = table.session
    scenario = session.scenario
    ending = scenario.endings.get(str(session.ending))
    lines = [f"The game has ended: {ending.title if ending else session.ending}"]
    lines += [ending.about, ""] if ending and ending.about else [""]
    cards = session.control().scorecards()
    for each in sorted(cards, key=lambda each: each != role):
        mark = " (you)" if each == role else ""
        lines += [*render.scorecard(cards[each], scenario.roles[each].title + mark), ""]
    truth = session.control().view().reading("truth")
    if truth is not None and scenario.truths:
        card = list(scenario.truths.values())[truth.value]
        lines += [f"The hidden truth: {card.title}", card.about, ""]
    lines += [f"Played by: {', '.join(f'{id} {who}' for id, who in session.seats.items())}"]
    lines += [f"The seed was {session.seed}. The game is saved in {session.path}."]
    return lines


class EndScreen(Screen[None]):
    """Scores and secrets."""

    BINDINGS = [
        Binding("q,escape,ctrl+q", "leave", "Leave", id="end.leave"),
        Binding("n", "again", "Start screen", id="end.again"),
    ]

    def __init__(self, table: Table, role: str) -> None:
        super().__init__()
        self._table = table
        self._role = role

    def compose(self) -> ComposeResult:
        yield Lines(["The end"], id="heading")
        with VerticalScroll(id="story"):
            yield Lines(summary(self._table, self._role))
        yield Footer(show_command_palette=False, compact=True)

    def on_mount(self) -> None:
        self.query_one("#story").focus()

    def action_leave(self) -> None:
        self.app.exit()

    def action_again(self) -> None:
        from wargame.tui.screens.start import StartScreen

        self._table.session.close()
        self.app.switch_screen(StartScreen())
