"""The random player: any legal order, by dice of the game's own seed."""

from __future__ import annotations

from attrs import frozen

from wargame.agents.base import Chair, Choice, within
from wargame.agents.draws import Draws
from wargame.rules.orders import Act, Answer

REASON = "drawn at random"


@frozen
class Random:
    """Gives up to its limit of legal orders, each as likely as any other, and answers offers by a coin."""

    def talk(self, chair: Chair) -> tuple[Act, ...]:
        draws = Draws(chair.die("random.talk"))
        said: list[Act] = []
        for act in chair.acts():
            if isinstance(act, Answer):
                # One coin an offer: both answers stand in the list, and only one of them is given.
                if act.accept:
                    said.append(act if draws.below(2) else Answer(act.agreement, accept=False))
            elif draws.below(4) == 0:
                said.append(act)
        return tuple(said)

    def choose(self, chair: Chair) -> tuple[Choice, ...]:
        draws = Draws(chair.die("random.choose"))
        legal = list(chair.legal())
        wanted: list[Choice] = []
        count = draws.below(chair.limit + 1)
        while legal and len(wanted) < count:
            wanted.append(Choice(legal.pop(draws.below(len(legal))), REASON))
        return within(chair, wanted)
