"""The end of a game as lines: the ending, every scorecard, and all secrets opened."""

from __future__ import annotations

from wargame.agents.driver import Table
from wargame.tui import render


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
