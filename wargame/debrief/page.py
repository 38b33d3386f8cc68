"""The debrief as Markdown: what happened turn by turn, and what it shows, for a class to read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from attrs import frozen

from wargame.debrief.calibration import calibration
from wargame.debrief.deeds import Deed, deeds
from wargame.debrief.gaps import Gap, gaps
from wargame.debrief.luck import Account, Luck
from wargame.debrief.markdown import escaped
from wargame.debrief.markdown import table as _table
from wargame.debrief.record import Played, Record
from wargame.debrief.turning import turning_points
from wargame.lab.intervals import Estimate
from wargame.rules.explain import describe_act, describe_order
from wargame.rules.facts import Told
from wargame.scenario.model import Derived, Variable
from wargame.text import clean_text

__all__ = ["Names", "as_markdown"]

WIDEST = 6
"""Knowledge gaps that are told."""


@frozen
class Names:
    """What people wrote is left out where the game is told without names."""

    anonymous: bool = False

    def words(self, text: str) -> str:
        """Free text, safe inside Markdown, in one line."""
        if self.anonymous:
            return ""
        return escaped(text)


def as_markdown(record: Record, luck: Luck, names: Names | None = None) -> str:
    """The whole debrief of a game."""
    return "\n".join(_page(record, luck, names or Names())) + "\n"


def _page(record: Record, luck: Luck, names: Names) -> Iterator[str]:
    scenario, last = record.kernel.scenario, record.last
    yield f"# {scenario.title}: debrief"
    yield ""
    if record.is_over:
        ending = scenario.endings.get(str(last.ending))
        yield f"It ended after {len(record.turns)} turns: **{ending.title if ending else last.ending}**."
        yield from (["", ending.about] if ending and ending.about else [])
    else:
        yield f"The game stands in turn {last.turn}; {len(record.turns)} turns were played."
    if record.verdict.kind != "clean":
        yield from ("", f"Of the save: {names.words(str(record.verdict)) or record.verdict.kind}.")
    yield from ("", "## Turn by turn", "")
    yield from _headlines(record)
    for played in record.turns:
        yield from _turn(record, played, names)
    yield from _luck(record, luck)
    yield from _points(record, luck)
    yield from _gaps(record, gaps(record))
    yield from _deeds(record, deeds(record))
    yield from _calibration(record)
    yield from _honesty(luck)


def _headlines(record: Record) -> Iterator[str]:
    scenario = record.kernel.scenario
    about: dict[str, Variable | Derived] = {**scenario.variables, **scenario.derived}
    calendar = record.kernel.plan.calendars[record.length]
    turns = [f"T{turn}" for turn in calendar[: len(record.turns)]] + ["end" if record.is_over else "now"]
    history = record.kernel.view(record.last, "control").history
    rows = [[about[id].title, *(each.words for each in past)] for id, past in history.items() if past]
    shown = turns[-len(rows[0]) + 1 :] if rows else []
    yield from _table(["value, as it truly was", *shown], rows)


def _turn(record: Record, played: Played, names: Names) -> Iterator[str]:
    scenario = record.kernel.scenario
    title = next((each.title for number, each in enumerate(scenario.turns, 1) if number == played.turn), "")
    yield from (f"### Turn {played.turn}{f': {title}' if title else ''}", "")
    for said in record.course.said:
        if said.step == played.step and not (names.anonymous and hasattr(said.act, "text")):
            act = describe_act(scenario, said.act)
            words = names.words(act) if hasattr(said.act, "text") else act
            yield f"- {scenario.roles[said.role].title}: {words}"
    for role, given in played.submissions.items():
        for each in given:
            reason = names.words(each.reason)
            sure = f" ({each.confidence} % sure)" if each.confidence is not None else ""
            why = f": {reason}" if reason else ""
            yield f"- **{scenario.roles[role].title}** {describe_order(scenario, each.order)}{sure}{why}"
        if not given:
            yield f"- **{scenario.roles[role].title}** gave no orders"
    told = [fact for fact in played.facts if isinstance(fact, Told)]
    for fact in told:
        yield f"- *{clean_text(' '.join(fact.text.split()))}*"
    yield ""


def _luck(record: Record, luck: Luck) -> Iterator[str]:
    yield from ("## Luck against decision", "")
    yield (
        f"What each seat could expect, by {luck.games} games played on from every position by doctrines with "
        "other dice. First expectation, decisions of all seats and luck add up to the score exactly."
    )
    yield ""
    titles = {role: each.title for role, each in record.kernel.scenario.roles.items()}
    rows = [
        [
            titles[role],
            f"{account.first.value:.1f}",
            f"{account.decided.value:+.1f}",
            f"{account.luck.value:+.1f}",
            account.score,
            f"{account.adjusted.value:.1f}",
            "within noise" if account.is_noise else "lucky" if account.luck.value > 0 else "unlucky",
        ]
        for role, account in luck.accounts.items()
    ]
    yield from _table(["seat", "expected", "decisions", "luck", "score", "without luck", "so it was"], rows)
    for role, account in luck.accounts.items():
        yield from _account(titles[role], account)


def _account(title: str, account: Account) -> Iterator[str]:
    rows = [
        [each.turn, f"{each.expected.value:.1f}", *map(_change, (each.decided, each.own, each.luck))]
        for each in account.turns
    ]
    yield from (f"{title}, turn by turn (`*`: beyond noise):", "")
    yield from _table(["turn", "expected", "all orders", "own orders", "dice"], rows)


def _change(by: Estimate) -> str:
    clear = by.is_above_zero or by.is_below_zero
    return f"{by.value:+.1f}{'*' if clear else ''}"


def _points(record: Record, luck: Luck) -> Iterator[str]:
    points = turning_points(record, luck)
    yield from ("## Turning points", "")
    if not points:
        yield from ("No order and no roll moved an expectation beyond noise.", "")
        return
    titles = {role: each.title for role, each in record.kernel.scenario.roles.items()}
    for point in points:
        what = "; ".join(point.words)
        if point.kind == "orders":
            gave = "gave" if point.by.value > 0 else "cost"
            words = f"its orders ({what}) {gave} it {abs(point.by.value):.1f} points against its doctrine's"
        else:
            gave = "gave" if point.by.value > 0 else "took"
            words = f"the dice {gave} {abs(point.by.value):.1f} points: {what}"
        yield f"- Turn {point.turn}, {titles[point.role]}: {words}"
    yield ""


def _gaps(record: Record, found: Sequence[Gap]) -> Iterator[str]:
    yield from ("## Who knew what", "")
    widest = sorted((gap for gap in found if gap.wide), key=lambda gap: -gap.wide)[:WIDEST]
    if not widest:
        yield from ("Whoever saw a headline value saw it as it was.", "")
        return
    titles = {role: each.title for role, each in record.kernel.scenario.roles.items()}
    rows = [
        [titles[gap.role], gap.turn, gap.title, gap.true, gap.shown, f"{gap.low} to {gap.high}", gap.wide]
        for gap in widest
    ]
    yield from _table(["seat", "turn", "value", "true", "shown", "said to lie in", "off by"], rows)


def _deeds(record: Record, found: Sequence[Deed]) -> Iterator[str]:
    yield from ("## Promises against deeds", "")
    if not found:
        yield from ("Nobody offered or promised anything.", "")
        return
    titles: Mapping[str, str] = {role: each.title for role, each in record.kernel.scenario.roles.items()}
    rows = []
    for deed in found:
        settled = "" if deed.settled is None else f"turn {deed.settled}"
        who = titles.get(deed.who, "")
        order = f"with '{deed.order}'" if deed.order else ""
        how = " ".join(
            part for part in (settled, who if deed.outcome in ("broken", "refused") else "", order) if part
        )
        rows.append([deed.turn, titles[deed.by], deed.kind, deed.title, deed.outcome, how])
    yield from _table(["turn", "who", "what", "", "came to", ""], rows, 6)


def _calibration(record: Record) -> Iterator[str]:
    found = calibration(record)
    if not found:
        return
    yield from ("## How sure, and how right", "")
    yield (
        "The Brier score is the mean square of confidence less outcome: 0 is perfect, 0.25 is what always "
        "saying 50 % comes to."
    )
    yield ""
    titles = {role: each.title for role, each in record.kernel.scenario.roles.items()}
    rows = [
        [titles[each.role], len(each.beliefs), f"{each.brier:.2f}", f"{each.bias:+.0f} %"] for each in found
    ]
    yield from _table(["seat", "orders with a check", "Brier score", "too sure by"], rows)


def _honesty(luck: Luck) -> Iterator[str]:
    yield from ("## What this is", "")
    yield (
        f"Expectations are means over {luck.games} games of this model, played on by its doctrines: they say "
        "what the model makes of a position, not what would have been. The game teaches; it does not predict."
    )
