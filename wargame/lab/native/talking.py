"""The talk of a turn: all propose and answer from one position; offers are answered in a second round."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial

from attrs import define, field

from wargame.agents.deck import Card, Deck
from wargame.lab.native.module import Module
from wargame.language.llvm import Writer
from wargame.rules.orders import Offer, Promise
from wargame.rules.plan import AgreementPlan
from wargame.rules.settle import GIVEN, NONE, OFFERED

__all__ = ["Talking"]

Saying = tuple[str, Callable[[], None]]
"""Where it lies whether something is said, and what writes the saying of it."""


@define(eq=False)
class Talking:
    """Writes `void @talk(ptr mem, i64 k)`, behind which every role has looked at where things stand."""

    module: Module
    decks: Mapping[str, Deck]
    _writer: Writer = field(init=False)
    _changed: str = field(init=False)
    _offered: str = field(init=False)

    def write(self) -> None:
        self._writer = w = self.module.writer("define internal void @talk(ptr %mem, i64 %k) noinline")
        self._changed, self._offered = w.room("i1", "false"), w.room("i1", "false")
        self._look()
        said = [saying for role, deck in self.decks.items() for saying in self._says(role, deck)]
        for truth, say in said:
            with w.when(w.load(truth, 0, "i1")):
                say()
        with w.when(w.load(self._offered, 0, "i1")):
            for role in self.decks:
                self._answers_again(role)
        with w.when(w.load(self._changed, 0, "i1")):
            self._look()
        w.do("ret void")
        self.module.add(w.text)

    def _look(self) -> None:
        for number in range(len(self.decks)):
            self._writer.do(f"call void @look{number}(ptr %mem, i64 %k)")

    def _seen(self, role: str) -> str:
        number = self.module.kernel.plan.roles.index(role)
        return self._writer.slot("%mem", self.module.memory.seen[number])

    def _agreements(self, role: str) -> list[AgreementPlan]:
        agreements = self.module.kernel.plan.agreements.values()
        return [each for each in agreements if role in each.about.parties]

    def _asked(self, role: str, each: AgreementPlan) -> str:
        """Whether the role can answer an offer now."""
        w = self._writer
        is_offered = w.compare("eq", w.get("%mem", each.slot), OFFERED)
        is_open = w.compare("eq", w.get("%mem", each.agreed), 0)
        own = each.about.parties.index(role) + 1
        parties = list(each.about.parties)
        offered_by = w.get("%mem", each.offered_by)
        truth = w.let(f"and i1 {is_offered}, {is_open}")
        # With 0 the last of the parties is meant, as a list counts from behind.
        theirs = "true" if parties[-1] != role else w.compare("ne", offered_by, 0)
        truth = w.let(f"and i1 {truth}, {theirs}")
        return w.let(f"and i1 {truth}, {w.compare('ne', offered_by, own)}")

    def _says(self, role: str, deck: Deck) -> Iterator[Saying]:
        """What it may say, by how things stand now."""
        w, seen = self._writer, self._seen(role)
        for each in self._agreements(role):
            truth, accept = (
                w.room("i1", self._asked(role, each)),
                w.room("i1", self._accepts(deck, each, seen)),
            )
            yield truth, partial(self._answer, role, each, accept)
        doctrine = self.module.kernel.scenario.doctrines[role][deck.label.split(".")[2]]
        talk = [row for row in enumerate(doctrine.lines, 1) if row[1].order is None]
        # Sorted as the deck sorts them, so that each stands beside its card.
        talk.sort(key=lambda row: -row[1].weight)
        is_hard = self.module.holds(w, f"{deck.label}.hard_when", seen) if deck.hard_when else "false"
        faces = {None: "true", "hard": is_hard, "soft": w.let(f"xor i1 {is_hard}, true")}
        for (number, _), (state, card) in zip(talk, deck.talk, strict=True):
            is_new = w.compare("eq", w.get(seen, deck.sight.eyes.slots[state]), 0)
            truth = w.let(f"and i1 {is_new}, {faces[card.face]}")
            when = self.module.holds(w, f"{deck.label}.lines.{number}.when", seen)
            truth = w.let(f"and i1 {truth}, {when}")
            may = w.let(f"and i1 {truth}, {self._may(role, card)}")
            yield w.room("i1", may), partial(self._propose, role, card)

    def _accepts(self, deck: Deck, each: AgreementPlan, seen: str) -> str:
        """Whether its doctrine says yes to an offer."""
        if each.id not in deck.accepts:
            return "false"
        return self.module.holds(self._writer, f"{deck.label}.accepts.{each.id}", seen)

    def _may(self, role: str, card: Card) -> str:
        """Whether the proposal is legal now."""
        w, plan = self._writer, self.module.kernel.plan
        if isinstance(card.act, Offer):
            agreement = plan.agreements[card.act.agreement]
            if role not in agreement.about.parties:
                return "false"
            slot, key = agreement.slot, f"agreements.{agreement.id}.when"
        elif isinstance(card.act, Promise):
            promise = plan.promises[card.act.promise]
            if promise.about.by != role:
                return "false"
            slot, key = promise.slot, f"promises.{promise.id}.when"
        else:
            return "false"
        is_new = w.compare("eq", w.get("%mem", slot), NONE)
        return w.let(f"and i1 {is_new}, {self.module.holds(w, key, '%mem')}")

    def _propose(self, role: str, card: Card) -> None:
        w, plan = self._writer, self.module.kernel.plan
        if isinstance(card.act, Offer):
            w.store("true", self._offered, 0, "i1")
        with w.when(self._may(role, card)):
            w.store("true", self._changed, 0, "i1")
            if isinstance(card.act, Offer):
                agreement = plan.agreements[card.act.agreement]
                w.put(OFFERED, "%mem", agreement.slot)
                w.put(agreement.about.parties.index(role) + 1, "%mem", agreement.offered_by)
            elif isinstance(card.act, Promise):
                promise = plan.promises[card.act.promise]
                w.put(GIVEN, "%mem", promise.slot)
                w.put(w.get("%mem", 1), "%mem", promise.given)

    def _answer(self, role: str, each: AgreementPlan, accept: str) -> None:
        w = self._writer
        with w.when(self._asked(role, each)):
            w.store("true", self._changed, 0, "i1")
            truth = w.load(accept, 0, "i1")
            with w.when(truth):
                w.put(1, "%mem", each.agreed)
            with w.unless(truth):
                w.put(NONE, "%mem", each.slot)
                w.put(0, "%mem", each.offered_by)

    def _answers_again(self, role: str) -> None:
        """The second round: whoever is asked looks, makes up its mind on all, and answers."""
        w = self._writer
        agreements = self._agreements(role)
        if not agreements:
            return
        asked = "false"
        for each in agreements:
            asked = w.let(f"or i1 {asked}, {self._asked(role, each)}")
        with w.when(asked):
            number = self.module.kernel.plan.roles.index(role)
            w.do(f"call void @look{number}(ptr %mem, i64 %k)")
            seen = self._seen(role)
            minds = [w.room("i1", self._accepts(self.decks[role], each, seen)) for each in agreements]
            for each, accept in zip(agreements, minds, strict=True):
                self._answer(role, each, accept)
