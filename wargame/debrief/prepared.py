"""The questions a scenario asks of its model: history played with other orders, beside history as it was."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence

from attrs import frozen

from wargame.agents.base import Agent
from wargame.agents.historical import Historical, historical
from wargame.agents.playing import play_on
from wargame.debrief.onward import nobody
from wargame.errors import WargameError
from wargame.lab.batch import over_cores
from wargame.lab.headlines import headlines
from wargame.lab.intervals import Estimate, mean_of
from wargame.lab.match import undisturbed
from wargame.rules.kernel import Kernel
from wargame.rules.orders import Order
from wargame.scenario.model import Derived, Scenario, Variable
from wargame.scenario.players import WhatIf

__all__ = ["CAUTION", "Answer", "Asked", "Outcome", "as_data", "ask", "in_words", "question_of"]

CAUTION = (
    "Means over {games:,} games of this model for each line, with 95 % intervals; everybody else gives the "
    "orders of the record. It says what depended on a choice in the model, not what would have been."
)

SHARE = 25
"""Games between two words of how far it is."""

TOLD = 4
"""Endings that are named."""


@frozen
class Outcome:
    """How one game came out."""

    ending: str
    scores: Mapping[str, int]
    headlines: tuple[int, ...]


@frozen
class Answer:
    """What the model says to a question."""

    question: WhatIf
    games: int
    scores: Mapping[str, tuple[Estimate, Estimate]]
    """By role: what it scores over history, with its orders as they were, and what it gains, in points."""

    headlines: Mapping[str, tuple[Estimate, Estimate]]
    """By id: how it stands at the end of history, and by how much otherwise then."""

    endings: Mapping[str, tuple[int, int]]
    """By id: games of history that end so, and games otherwise, the most frequent first."""

    @property
    def is_noise(self) -> bool:
        """Whether no score changes beyond what chance explains."""
        return not any(gain.is_above_zero or gain.is_below_zero for _, gain in self.scores.values())


@frozen
class Asked:
    """What each core plays; it holds only values, so that it travels between processes."""

    question: WhatIf | None

    def __call__(self, kernel: Kernel, seeds: range) -> list[Outcome]:
        """A game for each of *seeds*; of history as it was without a question."""
        agents, shown = _players(kernel.scenario, self.question), headlines(kernel)
        start = dict(self.question.start) if self.question else {}
        found = []
        for seed in seeds:
            position, _ = kernel.start(seed, traced=False, changed=start)
            end = play_on(kernel, position, agents)
            scores = {role: kernel.total(end, role) for role in kernel.plan.roles}
            found.append(Outcome(str(end.ending), scores, tuple(each.read(end.values) for each in shown)))
        return found


def _players(scenario: Scenario, question: WhatIf | None) -> dict[str, Agent]:
    found: dict[str, Agent] = {}
    for role in scenario.roles:
        line = dict(historical(scenario, role).line)
        for each in question.turns if question else ():
            if each.role == role:
                line[each.turn] = tuple(Order(one.order, one.place, one.option) for one in each.orders)
        found[role] = Historical(line)
    return found


def question_of(scenario: Scenario, id: str) -> WhatIf:
    """
    The question with that *id*.

    Raises:
        WargameError: If the scenario does not ask it.
    """
    asked = scenario.history.what_ifs if scenario.history else ()
    for each in asked:
        if each.id == id:
            return each
    if not asked:
        raise WargameError(f"{scenario.id} asks no questions of its model")
    raise WargameError(
        f"{scenario.id} asks no question '{id}'; it asks {', '.join(each.id for each in asked)}"
    )


def ask(
    kernel: Kernel,
    questions: Sequence[WhatIf],
    games: int = 400,
    *,
    seed: int = 1,
    jobs: int = 1,
    told: Callable[[int], object] = nobody,
) -> tuple[Answer, ...]:
    """
    The answers to *questions*, each on *games* (from 2) games of the full length from *seed* on.

    Everybody gives the orders of the record, as far as they may; in a question some give others. The dice are
    the same in all. *told* hears how many games more are done; it will be one more than the questions times
    *games*.
    """
    if games < 2:
        raise WargameError("a question is asked of 2 games at least")
    with undisturbed():
        before = _played(kernel, None, games, seed, jobs, told)
        return tuple(
            _answer(kernel, each, before, _played(kernel, each, games, seed, jobs, told))
            for each in questions
        )


def _played(
    kernel: Kernel,
    question: WhatIf | None,
    games: int,
    seed: int,
    jobs: int,
    told: Callable[[int], object],
) -> list[Outcome]:
    found: list[Outcome] = []
    for some in over_cores(kernel, Asked(question), range(seed, seed + games), jobs, SHARE):
        found += some
        told(len(some))
    return found


def _answer(kernel: Kernel, question: WhatIf, before: Sequence[Outcome], after: Sequence[Outcome]) -> Answer:
    pairs = list(zip(before, after, strict=True))
    was, now = (Counter(each.ending for each in some) for some in (before, after))
    return Answer(
        question,
        len(pairs),
        {
            role: (
                mean_of([old.scores[role] for old in before]),
                mean_of([new.scores[role] - old.scores[role] for old, new in pairs]),
            )
            for role in kernel.plan.roles
        },
        {
            each.id: (
                mean_of([old.headlines[number] for old in before]),
                mean_of([new.headlines[number] - old.headlines[number] for old, new in pairs]),
            )
            for number, each in enumerate(headlines(kernel))
        },
        {id: (was[id], now[id]) for id, _ in (was + now).most_common()},
    )


def in_words(scenario: Scenario, answer: Answer) -> Iterator[str]:
    """What the model says, a sentence each."""
    if answer.is_noise:
        yield "The model finds no difference in any score that chance does not explain."
    for role, (was, gain) in answer.scores.items():
        if gain.is_above_zero or gain.is_below_zero:
            title = scenario.roles[role].title
            way = "more" if gain.value > 0 else "less"
            yield (
                f"{title}: {abs(gain.value):.1f} points {way} ({gain.low:+.1f} to {gain.high:+.1f}), "
                f"{was.value:.0f} in history as played."
            )
    about: dict[str, Variable | Derived] = {**scenario.variables, **scenario.derived}
    moved = [
        f"{about[id].title} {gain.value:+.0f} to {was.value + gain.value:.0f}"
        for id, (was, gain) in answer.headlines.items()
        if (gain.is_above_zero or gain.is_below_zero) and abs(gain.value) >= 1
    ]
    if moved:
        yield f"At the end: {', '.join(moved)}."
    named = [
        f"'{scenario.endings[id].title if id in scenario.endings else id}' in {_share(now, answer.games)} "
        f"of games ({_share(was, answer.games)} in history as played)"
        for id, (was, now) in list(answer.endings.items())[:TOLD]
        if abs(now - was) * 50 > answer.games
    ]
    if named:
        yield f"It ends with {', '.join(named)}."


def as_data(answer: Answer) -> dict[str, object]:
    """The same for another program."""

    def figure(one: Estimate) -> list[float]:
        return [round(one.value, 2), round(one.low, 2), round(one.high, 2)]

    return {
        "id": answer.question.id,
        "question": answer.question.question,
        "games": answer.games,
        "scores": {
            role: {"history": figure(was), "gain": figure(gain)}
            for role, (was, gain) in answer.scores.items()
        },
        "headlines": {
            id: {"history": figure(was), "change": figure(gain)}
            for id, (was, gain) in answer.headlines.items()
        },
        "endings": {id: {"history": was, "then": now} for id, (was, now) in answer.endings.items()},
    }


def _share(count: int, games: int) -> str:
    return f"{100 * count / games:.0f} %"
