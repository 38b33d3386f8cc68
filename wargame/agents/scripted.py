"""The scripted player: a doctrine's deck of lines, read from what the role sees."""

from __future__ import annotations

from weakref import WeakKeyDictionary

from attrs import frozen

from wargame.agents.base import Chair, Choice
from wargame.agents.deck import Deck, deck_of
from wargame.rules.kernel import Kernel
from wargame.rules.legal import Basket
from wargame.rules.orders import Act, Answer

__all__ = ["Scripted", "scripted"]

_decks: WeakKeyDictionary[Kernel, dict[tuple[str, str], Deck]] = WeakKeyDictionary()


@frozen(eq=False)
class Scripted:
    """Gives the heaviest lines of its doctrine that hold, within its limit and its purse."""

    deck: Deck

    def talk(self, chair: Chair) -> tuple[Act, ...]:
        deck = self.deck
        asked = chair.is_asked
        if not (asked or deck.talk):
            return ()
        seen = self._look(chair)
        proposals = [card.act for card in deck.proposing(seen)]
        if not (asked or proposals):
            return ()
        acts = chair.acts()
        answers = [self._answer(seen, act) for act in acts if isinstance(act, Answer) and act.accept]
        return (*answers, *(act for act in proposals if act is not None and act in acts))

    def choose(self, chair: Chair) -> tuple[Choice, ...]:
        # Everything below reads `seen`: what the role does not see is not in it, so it cannot decide.
        seen = self._look(chair)
        limit, explains = chair.limit, chair.explains
        basket = Basket(seen)
        chosen: list[Choice] = []
        for card in self.deck.holding(seen, chair):
            if len(chosen) == limit:
                break
            if not basket.can_pay(card.least):
                continue
            given = next(filter(basket.takes, card.candidates(seen)), None)
            if given is not None:
                chosen.append(Choice(given.order, card.reason.told(seen, given.here) if explains else ""))
        return tuple(chosen)

    def _look(self, chair: Chair) -> list[int]:
        """What the role sees; looked at once, for talk and orders, while nothing has changed."""
        if self not in chair.notes:
            chair.notes[self] = self.deck.sight.look(chair)
        return chair.notes[self]

    def _answer(self, seen: list[int], act: Answer) -> Answer:
        condition = self.deck.accepts.get(act.agreement)
        return Answer(act.agreement, accept=bool(condition is not None and condition(seen, 0, 0, 0)))


def scripted(kernel: Kernel, role: str, doctrine: str) -> Scripted:
    """The player of *role* by its *doctrine*; decks are compiled once for a kernel."""
    decks = _decks.setdefault(kernel, {})
    if (role, doctrine) not in decks:
        decks[role, doctrine] = deck_of(kernel, kernel.scenario.doctrines[role][doctrine])
    return Scripted(decks[role, doctrine])
