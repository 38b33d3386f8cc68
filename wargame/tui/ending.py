"""The end of a game as lines: the ending, every scorecard, and all secrets opened."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from wargame.agents.driver import Table
from wargame.language.plainly import ways
from wargame.rules.explain import titles_here
from wargame.rules.score import Scorecard
from wargame.rules.view import View
from wargame.scenario.model import Scenario
from wargame.session.session import Session
from wargame.tui import render
from wargame.tui.chart import Series, beside, charts
from wargame.tui.lines import HEAD, QUIET, STRONG, Line, head, hung, line, quiet, unwrapped

HEIGHT = 8
"""Rows of a chart."""


WIDE = 100
"""Cells across from which two scorecards stand side by side; for three it takes half as much again."""


def summary(table: Table, *readers: str, width: int = 0) -> list[Line]:
    """
    The whole end of a game in lines for one reader or several, on the screen and in plain text alike.

    With *width* the values are drawn turn by turn, and the scorecards stand side by side if there is room.
    """
    role = readers[0] if len(readers) == 1 else ""
    session = table.session
    scenario, control = session.scenario, session.control()
    ending = scenario.endings.get(str(session.ending))
    cards = control.scorecards()
    titles = {id: each.title for id, each in scenario.roles.items()}
    lines = [line((f"The game has ended: {ending.title if ending else session.ending}", HEAD))]
    lines += [line(unwrapped(ending.about))] if ending and ending.about else []
    lines += [quiet(_before_time(session))] if ending and ending.early and ending.when else []
    lines += [line(""), head("── Scores, of 100")]
    lines += render.ranking(cards, titles, role)
    lines += _truth(scenario, control.view())
    for reader in readers:
        whose = f", beside what {titles[reader]} saw" if not role else ""
        seen, true = session.seat(reader).view(), control.view()
        lines += [line(""), head("── As it truly was" + whose)]
        lines += render.revealed(_scales(scenario), seen, true)
        lines += [line(""), *charts(series(_scales(scenario), seen, true), width, HEIGHT)] if width else []
    lines += [line(""), head("── Scorecards")]
    blocks = []
    for each in sorted(cards, key=lambda each: each != role):
        mark = " (you)" if each in readers and role else ""
        rows = [*render.scorecard(cards[each], titles[each] + mark), *_agendas(scenario, cards[each], each)]
        blocks.append([*rows, quiet(f"  played by {_player(session, each)}")])
    lines += _cards(blocks, width)
    lines += [line(""), quiet(f"The seed was {session.seed}. The game is saved in {session.path}.")]
    return lines


def _before_time(session: Session) -> str:
    """When a game ended that need not have, and what may end it so."""
    scenario, position = session.scenario, session.position
    turns = len(session.kernel.plan.calendars[session.length])
    asked = ways(str(scenario.endings[str(session.ending)].when), titles_here(scenario))
    what = f"what ends it is one of these: {'; '.join(asked)}" if len(asked) > 1 else f"because {asked[0]}"
    return f"It ended after turn {position.step} of {turns}; {what}."


def series(scales: Mapping[str, tuple[str, int, int]], seen: View, true: View) -> list[Series]:
    """The headline values as they truly were, with what the reader took them for where that was another."""
    found = []
    for id, past in true.history.items():
        if past and id in scales:
            title, low, high = scales[id]
            values = tuple(each.value for each in past)
            believed = tuple(each.value for each in seen.history.get(id, ()))
            found.append(Series(title, low, high, values, believed if believed != values else ()))
    return found


def _agendas(scenario: Scenario, card: Scorecard, role: str) -> list[Line]:
    """The agendas the role might have had instead."""
    drawn = card.agenda.title if card.agenda is not None else ""
    others = [each.title for each in scenario.agendas.get(role, {}).values() if each.title != drawn]
    return [quiet(f"  it might have been: {'; '.join(others)}")] if drawn and others else []


def _cards(blocks: Sequence[Sequence[Line]], width: int) -> list[Line]:
    """The scorecards one under another, or as many side by side as *width* allows."""
    across = 1 if width < WIDE else min(width // (WIDE // 2), 3)
    room = (width - 2 * (across - 1)) // across
    rows: list[Line] = []
    for first in range(0, len(blocks), across):
        group = blocks[first : first + across]
        wrapped = [[row for each in block for row in hung(each, room)] for block in group]
        rows += [line(""), *(beside(wrapped, room) if across > 1 else group[0])]
    return rows


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
    if doctrine is not None:
        return doctrine.title
    kind, _, level = name.partition(":")
    return f"a planner ({level})" if kind == "planner" else "a person" if name == "person" else name
