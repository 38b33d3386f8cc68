"""The end of a game as lines: the ending, every scorecard, and all secrets opened."""

from __future__ import annotations

from wargame.agents.driver import Table
from wargame.rules.view import View
from wargame.scenario.model import Scenario
from wargame.session.session import Session
from wargame.tui import render
from wargame.tui.lines import HEAD, QUIET, STRONG, Line, head, line, quiet, unwrapped


def summary(table: Table, *readers: str) -> list[Line]:
    """The whole end of a game in lines for one reader or several, on the screen and in plain text alike."""
    role = readers[0] if len(readers) == 1 else ""
    session = table.session
    scenario, control = session.scenario, session.control()
    ending = scenario.endings.get(str(session.ending))
    cards = control.scorecards()
    titles = {id: each.title for id, each in scenario.roles.items()}
    lines = [line((f"The game has ended: {ending.title if ending else session.ending}", HEAD))]
    lines += [line(unwrapped(ending.about))] if ending and ending.about else []
    lines += [line(""), head("── Scores, of 100")]
    lines += render.ranking(cards, titles, role)
    lines += _truth(scenario, control.view())
    for reader in readers:
        lines += [
            line(""),
            head("── As it truly was" + (f", beside what {titles[reader]} saw" if not role else "")),
        ]
        lines += render.revealed(_scales(scenario), session.seat(reader).view(), control.view())
    for each in sorted(cards, key=lambda each: each != role):
        mark = " (you)" if each in readers and role else ""
        lines += [line(""), *render.scorecard(cards[each], titles[each] + mark)]
        lines.append(quiet(f"  played by {_player(session, each)}"))
    lines += [line(""), quiet(f"The seed was {session.seed}. The game is saved in {session.path}.")]
    return lines


def _truth(scenario: Scenario, view: View) -> list[Line]:
    reading = view.reading("truth")
    if reading is None or not scenario.truths:
        return []
    card = list(scenario.truths.values())[reading.value]
    lines = [line(""), head("── The hidden truth"), line((card.title, STRONG))]
    return lines + ([line((unwrapped(card.about), QUIET))] if card.about else [])


def _scales(scenario: Scenario) -> dict[str, tuple[str, int, int]]:
    scales = {id: (each.title, *each.range) for id, each in scenario.variables.items() if each.headline}
    for id, each in scenario.derived.items():
        if each.headline:
            scales[id] = (each.title, each.type.lo, each.type.hi)
    return scales


def _player(session: Session, role: str) -> str:
    name = session.seats.get(role, "")
    doctrine = session.scenario.doctrines.get(role, {}).get(name.removeprefix("doctrine:"))
    return "a person" if name == "person" else doctrine.title if doctrine is not None else name
