"""Goes through every rule text of a scenario and has the language check it for its use."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from difflib import get_close_matches

from attrs import define, evolve, field, frozen

from wargame.errors import Problem
from wargame.language.check import Checked, check_block, check_expression
from wargame.language.scope import DerivedName, Scope, Use
from wargame.language.types import Flag, Number, Type
from wargame.scenario.layout import Layout
from wargame.scenario.model import Derived, Doctrine, Line, Order, Scenario
from wargame.scenario.tables import MOST_FAULTS

MOST_PRICE = 1_000
_WORD = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_QUOTED = re.compile(r"'[^'\n]*'|\"[^\"\n]*\"|#[^\n]*")
_BRACES = re.compile(r"\{([^{}]*)\}")


@frozen(eq=False)
class Words:
    """A text for people with values in it."""

    pieces: tuple[str | int, ...]
    """Literal words, and numbers that stand for an argument."""

    args: tuple[Checked, ...]

    def fill(self, words: Iterable[str]) -> str:
        """The text with *words* in the place of the arguments; nothing in it is ever interpreted."""
        listed = tuple(words)
        return "".join(piece if isinstance(piece, str) else listed[piece] for piece in self.pieces)


def names_in(text: str) -> frozenset[str]:
    """Every word of a rule text that could be a name; texts in quotes and comments aside."""
    return frozenset(_WORD.findall(_QUOTED.sub(" ", text)))


@define(eq=False)
class Examination:
    """One pass over all rule texts of a scenario."""

    scenario: Scenario
    layout: Layout = field(init=False)
    scope: Scope = field(init=False)
    texts: dict[str, Checked] = field(init=False, factory=dict)
    words: dict[str, Words] = field(init=False, factory=dict)
    _derived: dict[str, DerivedName] = field(init=False, factory=dict)
    _found: dict[Problem, str] = field(init=False, factory=dict)
    """Each problem with the text it was found in."""

    def __attrs_post_init__(self) -> None:
        self.layout = Layout(self.scenario)
        self.scope = evolve(self.layout.scope, derived=self._derived)

    def problems(self, doubtful: frozenset[str]) -> list[Problem]:
        """The faults found, but for those of texts that use a doubtful name."""
        return [found for found, text in self._found.items() if not names_in(text) & doubtful]

    def run(self) -> None:
        self._derive()
        for order in self.scenario.orders.values():
            self._order(order)
        self._world()
        self._deals()
        self._scores()
        for doctrines in self.scenario.doctrines.values():
            for doctrine in doctrines.values():
                self._doctrine(doctrine)
        self._history()

    # --- One text

    def _note(self, key: str, text: str, what: str, remedy: str = "", near: str | None = None) -> None:
        self._found.setdefault(Problem(what, key=key, near=near, remedy=remedy), text)

    def _keep(self, key: str, text: str, result: Checked | list[Problem]) -> Checked | None:
        if isinstance(result, Checked):
            return self.texts.setdefault(key, result)
        for problem in result:
            self._found.setdefault(evolve(problem, key=key), text)
        return None

    def _value(self, key: str, text: str | None, use: Use, want: Type | None) -> Checked | None:
        if text is None or len(self._found) > MOST_FAULTS:
            return None
        return self._keep(key, text, check_expression(text, self.scope, use, want))

    def _condition(self, key: str, text: str | None, *readers: str, perceived: bool = False) -> None:
        for reader in readers or (None,):
            use = Use("condition", reader=reader, perceived=perceived, entry=key)
            self._value(key, text, use, Flag())

    def _block(self, key: str, text: str | None, use: Use) -> None:
        if text is not None and len(self._found) <= MOST_FAULTS:
            self._keep(key, text, check_block(text, self.scope, use))

    # --- Derived values

    def _derive(self) -> None:
        """Check derived values, each after those it reads."""
        waiting = dict(self.scenario.derived)
        reads = {id: names_in(each.value) & waiting.keys() for id, each in waiting.items()}
        while waiting:
            ready = [id for id in waiting if not reads[id] & waiting.keys()]
            if not ready:
                self._cycle(waiting, reads)
                return
            for id in ready:
                self._derived_value(waiting.pop(id))

    def _cycle(self, waiting: Mapping[str, Derived], reads: Mapping[str, frozenset[str]]) -> None:
        """Report each derived value that leads back to itself; let the rest pass, their names known."""
        everybody = frozenset(self.scenario.roles)
        for id, each in waiting.items():
            path = _way_back(id, reads)
            if path is not None:
                way = " -> ".join((id, *path))
                remedy = "take one of the reads out"
                self._note(f"derived.{id}.value", "", f"'{id}' is worked out from itself: {way}", remedy)
            self._name(each, everybody, everybody, frozenset())

    def _derived_value(self, each: Derived) -> None:
        key = f"derived.{each.id}.value"
        use = Use("value", here=each.per_place, entry=f"derived.{each.id}")
        checked = self._value(key, each.value, use, each.type)
        everybody = frozenset(self.scenario.roles)
        if checked is None:
            self._name(each, everybody, everybody, frozenset())
            return
        exact, seen = everybody, everybody
        for id in checked.reads:
            variable = self.scope.variables[id]
            exact, seen = exact & variable.exact, seen & variable.seen
        for id in checked.derived:
            exact, seen = exact & self._derived[id].exact, seen & self._derived[id].seen
        for id in checked.asks:
            exact, seen = exact & self.scope.orders[id].known, seen & self.scope.orders[id].known
        if each.seen is not None:
            self._narrowed(each, seen)
            exact, seen = exact & each.seen, seen & each.seen
        self._name(each, exact, seen, checked.reads)

    def _narrowed(self, each: Derived, seen: frozenset[str]) -> None:
        # A derived value shows what it is made of, so `seen` can take readers away but not add any.
        for role in sorted((each.seen or frozenset()) - seen):
            what = f"{role} does not see all that '{each.id}' is worked out from"
            self._note(f"derived.{each.id}.seen", each.value, what, f"take {role} out, or show it the rest")

    def _name(
        self, each: Derived, exact: frozenset[str], seen: frozenset[str], reads: frozenset[str]
    ) -> None:
        index = list(self.scenario.derived).index(each.id)
        self._derived[each.id] = DerivedName(
            each.id, index, each.type, each.per_place, exact=exact, seen=seen, reads=reads
        )

    # --- Orders and what the world does

    def _order(self, order: Order) -> None:
        key = f"orders.{order.id}"
        use = Use("condition", here=order.target, option=order.choice, reader=order.role, entry=key)
        self._condition(f"{key}.when", order.when, order.role)
        self._value(f"{key}.allow", order.allow, use, Flag())
        for purse, price in order.spend.items():
            at = f"{key}.spend.{purse}"
            self._value(at, price, evolve(use, kind="value", entry=at), Number(0, MOST_PRICE))
            self._purse(at, price, purse, order.role)
        effects = Use("order", here=order.target, option=order.choice, reveals=order.reveals, entry=key)
        self._block(f"{key}.effects", order.effects, effects)
        self._reveals(key, order.reveals)

    def _purse(self, key: str, price: str, purse: str, role: str) -> None:
        variable = self.scope.variables.get(purse)
        if variable is None:
            return
        if not isinstance(variable.type, Number) or variable.per_place or not variable.writable:
            self._note(key, price, f"'{purse}' is no purse", "spend from a number that is not per place")
        elif role not in variable.exact:
            remedy = f"give {role} an exact view of it in `seen`"
            self._note(key, price, f"{role} spends from '{purse}' but does not see it exactly", remedy)

    def _reveals(self, key: str, reveals: frozenset[str]) -> None:
        known = {*self.scope.variables, *self._derived, *self.scope.orders}
        for id in sorted(reveals - known):
            near = next(iter(get_close_matches(id, sorted(known), 1)), None)
            self._note(f"{key}.reveals", id, f"there is no '{id}' to reveal", "name a variable", near)

    def _world(self) -> None:
        for each in self.scenario.procedures.values():
            key = f"procedures.{each.id}"
            self._block(f"{key}.rules", each.rules, Use("procedure", reveals=each.reveals, entry=key))
            self._reveals(key, each.reveals)
        for event in self.scenario.events.values():
            key = f"events.{event.id}"
            self._condition(f"{key}.when", event.when)
            self._value(f"{key}.percent", event.percent, Use("value", entry=key), Number(0, 100))
            self._block(f"{key}.effects", event.effects, Use("event", reveals=event.reveals, entry=key))
            self._reveals(key, event.reveals)

    # --- Deals

    def _deals(self) -> None:
        for deal in self.scenario.agreements.values():
            key = f"agreements.{deal.id}"
            self._condition(f"{key}.when", deal.when, *deal.parties)
            for name in ("effects", "each_turn", "on_break"):
                self._deal_block(f"{key}.{name}", getattr(deal, name), deal.reveals)
            self._reveals(key, deal.reveals)
        for promise in self.scenario.promises.values():
            key = f"promises.{promise.id}"
            self._condition(f"{key}.when", promise.when, promise.by)
            self._condition(f"{key}.kept_when", promise.kept_when)
            self._condition(f"{key}.broken_when", promise.broken_when)
            for name in ("on_kept", "on_broken"):
                self._deal_block(f"{key}.{name}", getattr(promise, name), promise.reveals)
            self._reveals(key, promise.reveals)

    def _deal_block(self, key: str, text: str | None, reveals: frozenset[str]) -> None:
        self._block(key, text, Use("event", reveals=reveals, entry=key))

    # --- Scores, endings, doctrines, history

    def _scores(self) -> None:
        for role, objectives in self.scenario.objectives.items():
            for goal in objectives.values():
                key = f"objectives.{role}.{goal.id}.value"
                self._value(key, goal.value, Use("value", entry=key), Number(0, 100))
        for role, lines in self.scenario.red_lines.items():
            for line in lines.values():
                self._condition(f"red_lines.{role}.{line.id}.when", line.when)
        for role, agendas in self.scenario.agendas.items():
            for agenda in agendas.values():
                self._condition(f"agendas.{role}.{agenda.id}.when", agenda.when)
        for ending in self.scenario.endings.values():
            self._condition(f"endings.{ending.id}.when", ending.when)

    def _doctrine(self, doctrine: Doctrine) -> None:
        key, role = f"doctrines.{doctrine.role}.{doctrine.id}", doctrine.role
        self._condition(f"{key}.hard_when", doctrine.hard_when, role, perceived=True)
        for agreement, text in doctrine.accepts.items():
            self._condition(f"{key}.accepts.{agreement}", text, role, perceived=True)
        for number, line in enumerate(doctrine.lines, 1):
            self._line(f"{key}.lines.{number}", role, line)

    def _line(self, key: str, role: str, line: Line) -> None:
        self._condition(f"{key}.when", line.when, role, perceived=True)
        use = Use("value", here=True, reader=role, perceived=True, entry=key)
        where = self._value(f"{key}.where", line.where, use, None)
        if where is not None and not isinstance(where.type, Number | Flag):
            self._note(
                f"{key}.where", where.text, f"the worth of a place is {where.type}", "make it a number"
            )
        self._because(f"{key}.because", line, evolve(use, here=self._has_place(line)))

    def _has_place(self, line: Line) -> bool:
        order = self.scenario.orders.get(line.order or "")
        return order is not None and order.target

    def _because(self, key: str, line: Line, use: Use) -> None:
        pieces: list[str | int] = []
        args: list[Checked] = []
        for number, part in enumerate(_BRACES.split(line.because)):
            if number % 2 == 0:
                pieces += [part] if part else []
                if "{" in part or "}" in part:
                    self._note(
                        key, line.because, "a brace without its partner", "write {name} or leave it out"
                    )
                continue
            checked = self._keep(f"{key}.{number // 2 + 1}", part, check_expression(part, self.scope, use))
            if checked is not None:
                pieces.append(len(args))
                args.append(checked)
        self.words[key] = Words(tuple(pieces), tuple(args))

    def _history(self) -> None:
        for measure in self.scenario.history.measures if self.scenario.history else ():
            key = f"history.measures.{measure.id}"
            use = Use("value", reader=measure.role, perceived=True, entry=key)
            self._value(key, measure.value, use, Number())


def _way_back(id: str, reads: Mapping[str, frozenset[str]]) -> tuple[str, ...] | None:
    """The shortest way from *id* to itself through what is read."""
    ways: list[tuple[str, ...]] = [(name,) for name in sorted(reads[id])]
    met: set[str] = set()
    while ways:
        way = ways.pop(0)
        if way[-1] == id:
            return way
        if way[-1] not in met:
            met.add(way[-1])
            ways += [(*way, name) for name in sorted(reads[way[-1]])]
    return None
