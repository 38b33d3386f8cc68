"""Turn by turn: what was said, ordered, ruled and told, with a map of every turn."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from wargame.debrief.charts import Spot, map_chart
from wargame.debrief.find import was_so
from wargame.debrief.ledger import is_written
from wargame.debrief.markdown import Names, escaped, told
from wargame.debrief.parts.part import Part, Picture, heads, role_titles
from wargame.debrief.record import Played, Record
from wargame.debrief.whole import Debrief
from wargame.handouts.chart import Chart, chart_of
from wargame.lab.headlines import headlines
from wargame.language.types import Number
from wargame.rules.explain import describe_act, describe_order
from wargame.rules.facts import Fact, Told, TurnBegan
from wargame.rules.orders import Say
from wargame.rules.plan import VariablePlan
from wargame.session.entries import ClockSet
from wargame.session.minutes import in_words
from wargame.session.public import public_of

__all__ = ["turns"]

AS_IT_WAS = "†"
"""Behind an order that was really given in that turn."""


def turns(debrief: Debrief, names: Names) -> Part:
    """All turns, one after the other."""
    record = debrief.record
    lines = [line for played in record.turns for line in _turn(record, played, names)]
    if lines and record.kernel.scenario.history:
        lines = [f"{AS_IT_WAS}: what the record of history holds as well.", "", *lines]
    return Part("turns", "Turn by turn", tuple(lines), tuple(_maps(record)))


def _turn(record: Record, played: Played, names: Names) -> Iterator[str]:
    scenario, titles = record.kernel.scenario, role_titles(record)
    yield from (f"### {heads(record, played)}", "", *_news(_brief(record, played), names))
    for said in record.course.said:
        if said.step == played.step and not (names.anonymous and isinstance(said.act, Say)):
            act = describe_act(scenario, said.act)
            yield f"- {titles[said.role]}: {names.words(act) if isinstance(said.act, Say) else act}"
    for decided in record.course.decisions:
        if decided.step == played.step and not isinstance(decided.what, ClockSet):
            what = "control decided something" if names.anonymous else in_words(scenario, decided.what)
            yield f"- Control: {escaped(what)}"
    for role, given in played.submissions.items():
        for each in given:
            reason, expected = names.words(each.reason), names.words(each.expects)
            sure = f" ({each.confidence} % sure)" if each.confidence is not None else ""
            why = f": {reason}" if reason else ""
            hoped = f" (expected: {expected})" if expected else ""
            so = f" {AS_IT_WAS}" if was_so(record, played.turn, role, [each.order]) else ""
            yield f"- **{titles[role]}** {describe_order(scenario, each.order)}{sure}{why}{hoped}{so}"
        if not given:
            yield f"- **{titles[role]}** gave no orders"
    yield from _news(_worked_out(played), names)
    moved = ", ".join(_moved(record, played))
    yield from (["", f"By its end: {moved}.", ""] if moved else [""])


def _news(facts: Sequence[Fact], names: Names) -> Iterator[str]:
    """What was told; without what people wrote, if that is left out."""
    for fact in facts:
        if isinstance(fact, Told) and not (names.anonymous and is_written(fact)):
            yield f"- *{told(fact.text)}*"


def _brief(record: Record, played: Played) -> tuple[Fact, ...]:
    """What the turn began with: it stands behind the adjudication of the turn before."""
    before = next((each for each in record.turns if each.step == played.step - 1), None)
    facts = record.course.steps[0].facts if before is None else before.facts
    return facts[_seam(facts) :]


def _worked_out(played: Played) -> tuple[Fact, ...]:
    """What its adjudication found, without the next brief."""
    return played.facts[: _seam(played.facts)]


def _seam(facts: Sequence[Fact]) -> int:
    """Where the next turn begins among *facts*."""
    return next((at for at, fact in enumerate(facts) if isinstance(fact, TurnBegan)), len(facts))


def _moved(record: Record, played: Played) -> Iterator[str]:
    for each in headlines(record.kernel):
        before, after = each.read(played.began.values), each.read(played.after.values)
        if before != after:
            yield f"{each.about.title} {before} to {after} ({after - before:+d})"


def _maps(record: Record) -> Iterator[Picture]:
    variable, chart = _of_places(record), _chart(record)
    if variable is None or chart is None or not record.turns:
        return
    low, high = variable.about.range
    for played in record.turns:
        spots = [
            Spot(dot.x, dot.y, dot.short, value)
            for dot, value in zip(chart.dots, _values(played, variable), strict=True)
        ]
        title = f"{variable.about.title}, turn {played.turn}"
        svg = map_chart(title, chart.width, chart.height, chart.outline, spots, low=low, high=high)
        yield Picture(svg, title, small=True)


def _values(played: Played, variable: VariablePlan) -> tuple[int, ...]:
    return played.ordered.values[variable.slot : variable.slot + variable.width]


def _of_places(record: Record) -> VariablePlan | None:
    """The number of every place a map is most about: a headline, if there is one."""
    per_place = [
        each
        for each in record.kernel.plan.variables.values()
        if each.about.per_place and isinstance(each.about.type, Number)
    ]
    shown = [each for each in per_place if each.about.headline]
    return next(iter([*shown, *per_place]), None)


def _chart(record: Record) -> Chart | None:
    public = public_of(record.kernel.book, next(iter(record.kernel.scenario.roles)))
    return chart_of(public.places, public.outline)
