"""What happened: the ending, the scorecards side by side, and the headline values over the turns."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest

from wargame.debrief.charts import Series, line_chart
from wargame.debrief.markdown import Names, counted, escaped, table
from wargame.debrief.parts.part import Part, Picture, role_titles, short_heads
from wargame.debrief.record import Record
from wargame.debrief.whole import Debrief
from wargame.lab.headlines import headlines
from wargame.rules.score import Scorecard
from wargame.scenario.model import Derived, Variable

__all__ = ["happened"]


def happened(debrief: Debrief, names: Names) -> Part:
    """The outcome."""
    record = debrief.record
    pictures = _headlines_chart(record)
    return Part("happened", "What happened", tuple(_lines(record, names)), pictures)


def _lines(record: Record, names: Names) -> Iterator[str]:
    scenario, last = record.kernel.scenario, record.last
    if record.is_over:
        ending = scenario.endings.get(str(last.ending))
        yield f"It ended after {len(record.turns)} turns: **{ending.title if ending else last.ending}**."
        yield from (["", ending.about] if ending and ending.about else [])
    else:
        so_far = counted(len(record.turns), "turn was", "turns were")
        yield f"The game stands in turn {last.turn}; {so_far} played."
    if record.verdict.kind != "clean":
        yield from ("", f"Of the save: {escaped(str(record.verdict)) or record.verdict.kind}.")
    yield ""
    yield from _headlines(record)
    yield from _scores(record)


def _headlines(record: Record) -> Iterator[str]:
    scenario = record.kernel.scenario
    about: dict[str, Variable | Derived] = {**scenario.variables, **scenario.derived}
    history = record.kernel.view(record.last, "control").history
    rows = [[about[id].title, *(each.words for each in past)] for id, past in history.items() if past]
    shown = short_heads(record)[-len(rows[0]) + 1 :] if rows else []
    if rows:
        yield from table(["value, as it truly was", *shown], rows)


def _headlines_chart(record: Record) -> tuple[Picture, ...]:
    shown = headlines(record.kernel)
    positions = [*(played.ordered for played in record.turns), record.last]
    if len(positions) < 2:
        return ()
    found = []
    for first in range(0, len(shown), 4):
        some = shown[first : first + 4]
        series = [
            Series(each.about.title, tuple(each.read(position.values) for position in positions))
            for each in some
        ]
        ends = [end for each in some for end in each.range]
        title = ", ".join(each.about.title for each in some)
        svg = line_chart(title, short_heads(record), series, low=min(ends), high=max(ends))
        found.append(Picture(svg, "As it truly was when the orders of each turn were given, and at the end."))
    return tuple(found)


def _scores(record: Record) -> Iterator[str]:
    yield from ("### Scorecards", "")
    titles = role_titles(record)
    cards = [record.kernel.score(record.last, role) for role in titles]
    if not record.is_over:
        yield from ("If the game ended here:", "")
    rows = [[f"**{card.total}** of 100" for card in cards]]
    for kind in (_objectives, _red_lines, _agendas):
        rows += [list(row) for row in zip_longest(*map(kind, cards), fillvalue="")]
    yield from table(list(titles.values()), rows, len(titles))


def _objectives(card: Scorecard) -> list[str]:
    return [f"{each.title}: **{each.value}** (weight {each.weight})" for each in card.objectives]


def _red_lines(card: Scorecard) -> list[str]:
    return [
        f"Red line: {each.title}: {f'**crossed**, {-each.penalty:+d}' if each.crossed else 'not crossed'}"
        for each in card.red_lines
    ]


def _agendas(card: Scorecard) -> list[str]:
    if card.agenda is None:
        return []
    reached = f"**reached**, {card.agenda.points:+d}" if card.agenda.reached else "not reached"
    return [f"Secret agenda: {card.agenda.title}: {reached}"]
