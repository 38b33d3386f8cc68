"""The planner: tries what it might do in games that could be the real one, and does what comes out best."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from attrs import field, frozen
from attrs.validators import ge

from wargame.agents.accounting import reasons
from wargame.agents.base import Chair, Choice
from wargame.agents.imagining import doctrines_of, worlds
from wargame.agents.plans import Plan, Speech, plans, speeches
from wargame.agents.trials import Trials, Tried, beats
from wargame.rules.orders import Act, Answer

__all__ = ["LEVELS", "Level", "Planner"]


@frozen
class Level:
    """How much a planner thinks about a turn, in games played on to their end; never in seconds."""

    playouts: int = field(validator=ge(1))
    """Continuations it may play to choose its orders; a quarter of that goes into what to say."""

    worlds: int = field(validator=ge(1))
    """Positions it believes possible and tries its plans in."""

    plans: int = field(validator=ge(1))
    """The most sets of orders it compares."""

    tries: int = 1
    """Games it imagines up to now for every world it keeps."""


LEVELS: Mapping[str, Level] = {
    "easy": Level(playouts=60, worlds=10, plans=10),
    "medium": Level(playouts=240, worlds=24, plans=24, tries=2),
    "hard": Level(playouts=960, worlds=64, plans=48, tries=3),
}


@frozen
class Planner:
    """Plays what came out best for its scorecard; its best doctrine, if that is no more than luck."""

    level: Level

    def talk(self, chair: Chair) -> tuple[Act, ...]:
        acts = chair.acts()
        if not acts:
            return ()
        level, ways = self.level, doctrines_of(chair.kernel, chair.role)
        trials, budget = self._trials(chair), max(level.playouts // 4, 1)
        best = trials.race([Speech(way.talk(chair), way) for way in ways], budget // 3)
        options = speeches(chair, best.then, max(budget // 6, 2))
        wanted = _chosen(trials, options, budget - trials.played)
        return (*wanted.acts, *_refusals(acts, wanted.acts))

    def choose(self, chair: Chair) -> tuple[Choice, ...]:
        level, ways = self.level, doctrines_of(chair.kernel, chair.role)
        trials = self._trials(chair)
        own = [Plan(tuple(choice.order for choice in way.choose(chair)), way) for way in ways]
        best = trials.race(own, level.playouts // 4)
        found = plans(chair, ways, best.then, level.plans)
        wanted = _chosen(trials, found, level.playouts - trials.played)
        if not chair.explains:
            return tuple(Choice(order) for order in wanted.orders)
        # What several doctrines would do the leading one explains.
        said = [choice for way in (*ways, best.then) for choice in way.choose(chair)]
        return reasons(chair, trials, wanted, {choice.order: choice.reason for choice in said})

    def _trials(self, chair: Chair) -> Trials:
        level = self.level
        return Trials(chair.kernel, chair.role, worlds(chair, level.worlds, level.worlds * level.tries))


def _chosen(trials: Trials, options: Sequence[Tried], playouts: int) -> Tried:
    """The best of *options*; the first one, unless another is better by more than luck."""
    first, count = options[0], len(trials.worlds)
    # What the last comparison takes is put aside.
    wanted = trials.race(options, max(playouts - count, 1))
    better = beats(trials.scores(wanted, count), trials.scores(first, count))
    return wanted if better else first


def _refusals(acts: Sequence[Act], said: Sequence[Act]) -> list[Act]:
    """A no to every offer that is not answered: a seat does not leave others waiting."""
    answered = {act.agreement for act in said if isinstance(act, Answer)}
    return [
        act for act in acts if isinstance(act, Answer) and not act.accept and act.agreement not in answered
    ]
