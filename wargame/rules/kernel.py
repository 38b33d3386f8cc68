"""The rules of one scenario, ready to play: the only thing that knows how rules run."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from types import CodeType
from typing import Any

from wargame.errors import IllegalOrder, WargameError
from wargame.language.types import Choice, Flag
from wargame.rules import adjudicate, legal, menu, score, talk, umpire, view
from wargame.rules.believed import Draw, Ken
from wargame.rules.common import Common
from wargame.rules.compile import Functions, plan_of
from wargame.rules.dice import deal
from wargame.rules.explain import explain
from wargame.rules.facts import Fact
from wargame.rules.known import known
from wargame.rules.orders import Act, Order
from wargame.rules.perceive import Eyes
from wargame.rules.position import Position
from wargame.rules.trace import Die, Throw, Trace
from wargame.scenario.book import Book

__all__ = ["Kernel"]

CONTROL = view.CONTROL
LARGEST_SEED = 2**64 - 1


class Kernel:
    """
    Compiled rules. Every method is a pure function of its arguments.

    A role is given by its id; where a method says so, `control` stands for who sees everything.
    """

    def __init__(self, book: Book, code: CodeType | None = None) -> None:
        """The rules of *book*; *code*, another kernel's of the same book, saves compiling them."""
        self.book = book
        self.scenario = book.scenario
        self._functions = Functions(book, code)
        self.plan = plan_of(self._functions)
        self._eyes = {role: Eyes(self.plan, role) for role in self.plan.roles}
        self._eyes[CONTROL] = Eyes(self.plan, None)
        self._common: Common | None = None
        self._kens: dict[str, Ken] = {}

    @property
    def code(self) -> CodeType:
        """The plain flavour as it was compiled."""
        return self._functions.code

    # --- Play

    def start(
        self,
        seed: int,
        length: str = "full",
        traced: bool = True,
        changed: Mapping[str, int] | None = None,
    ) -> tuple[Position, tuple[Fact, ...]]:
        """
        The first position, its cards dealt and its brief held, with the facts of the brief.

        *changed* gives variables or constants, by name as in `slots`, another value to begin with.

        Raises:
            WargameError: for a seed outside 0 to 2**64 - 1, a length the scenario does not have, or a value
                outside its range.
        """
        if not 0 <= seed <= LARGEST_SEED:
            raise WargameError(f"the seed {seed} is outside 0 to {LARGEST_SEED}; choose another")
        if length not in self.plan.calendars:
            lengths = ", ".join(self.plan.calendars)
            raise WargameError(f"there is no length '{length}'; this scenario has {lengths}")
        trace = Trace(self.plan) if traced else None
        position = adjudicate.begin(self.plan, seed, length, self._dealt(seed, changed or {}), trace)
        return position, tuple(trace.facts) if trace is not None else ()

    def adjudicate(
        self, position: Position, orders: Mapping[str, Sequence[Order]], traced: bool = True
    ) -> tuple[Position, tuple[Fact, ...]]:
        """
        The next position, and what happened; in the plain flavour (not *traced*) the facts are left out.

        An order that cannot be given is refused, which is a fact, and the rest is carried out.

        Raises:
            IllegalOrder: if the game is over, or for a role the scenario does not have.
        """
        if position.is_over:
            raise IllegalOrder("the game is over")
        accepted, refused = legal.accept(self.plan, position.values, orders)
        trace = Trace(self.plan) if traced else None
        after = adjudicate.adjudicate(self.plan, position, accepted, refused, trace)
        return after, tuple(trace.facts) if trace is not None else ()

    def thrown(
        self,
        position: Position,
        orders: Mapping[str, Sequence[Order]],
        fixed: Mapping[Die, int] | None = None,
    ) -> tuple[Position, tuple[Throw, ...]]:
        """
        As `adjudicate`, for looking back: the next position, and every die that was thrown, in sequence.

        The dice in *fixed* show those faces, from 0, whatever is drawn.
        """
        accepted, refused = legal.accept(self.plan, position.values, orders)
        trace = Trace(self.plan, fixed or {})
        after = adjudicate.adjudicate(self.plan, position, accepted, refused, trace)
        return after, trace.throws()

    def play(self, position: Position, orders: Iterable[Order]) -> Position:
        """
        The next position in the plain flavour, for orders known to be legal: the fast path.

        *orders* are those of all roles together. Unlike `adjudicate` it checks nothing.
        """
        ways = self.plan.ways
        given = sorted([ways[order] for order in orders], key=lambda one: one.rank)
        return adjudicate.adjudicate(self.plan, position, given, (), None)

    def talk(self, position: Position, role: str, act: Act) -> Position:
        """
        The position after an offer, answer or promise; words change nothing.

        Raises:
            IllegalOrder: with the reason why the role cannot do this now.
        """
        return talk.talk(self.plan, position, role, act)

    def release(self, position: Position, event: str) -> tuple[Position, tuple[Fact, ...]]:
        """
        The position after control let an event happen now, and what happened.

        Its time, condition and chance are passed over; KeyError if there is no such event.
        """
        trace = Trace(self.plan)
        after = umpire.release(self.plan, position, umpire.event_of(self.plan, event), trace)
        return after, tuple(trace.facts)

    # --- Choosing

    def legal(self, position: Position, role: str) -> tuple[Order, ...]:
        """Every order the role may give now, each on its own, in the scenario's order."""
        if position.is_over:
            return ()
        values = list(position.values)
        return tuple(given.order for order in self._menu(role) for given in legal.ways(order, values))

    def ways(self, position: Position, order: str) -> tuple[Order, ...]:
        """Every legal way to give the order with this id now, by place and then by option."""
        if position.is_over:
            return ()
        values = list(position.values)
        return tuple(given.order for given in legal.ways(self.plan.orders[order], values))

    def acts(self, position: Position, role: str) -> tuple[Act, ...]:
        """Every offer, answer and promise the role may make now."""
        return talk.legal_acts(self.plan, position, role)

    def menu(self, position: Position, role: str) -> tuple[menu.MenuEntry, ...]:
        """Every order of the role with price, odds as far as its view goes, and why it cannot be given."""
        self._menu(role)
        return menu.menu(self.plan, self._eyes[role], position, role)

    def check(self, position: Position, role: str, orders: Sequence[Order]) -> None:
        """
        Nothing, if the role may give all these orders together.

        Raises:
            IllegalOrder: names the first order that cannot be given, and why.
        """
        legal.check(self.plan, position.values, role, orders, position.is_over)

    def allows(self, position: Position, role: str, orders: Sequence[Order]) -> bool:
        """Whether the role may give all these orders together."""
        try:
            self.check(position, role, orders)
        except IllegalOrder:
            return False
        return True

    # --- Knowing

    def common_view(self, position: Position, facts: Sequence[Fact] = ()) -> view.View:
        """What every role knows of the position and of *facts*: what may stand on a wall."""
        if self._common is None:
            self._common = Common(self.plan)
        return self._common.view(position, facts)

    def view(self, position: Position, role: str, facts: Sequence[Fact] = ()) -> view.View:
        """What the role, or control, may know of the position and of the last adjudication's *facts*."""
        return view.view(self.plan, self._eye(role), position, facts)

    def known(self, facts: Iterable[Fact], role: str) -> tuple[Fact, ...]:
        """Those of *facts* the role may know; control knows all."""
        return tuple(facts) if role == CONTROL else known(self.plan, facts, role)

    def explain(self, fact: Fact) -> str:
        """*fact* as a sentence."""
        return explain(self.scenario, fact)

    def perceive(self, position: Position, role: str) -> list[int]:
        """All values as the role sees them; what it does not see holds its value from the game's start."""
        return self._eye(role).see(position)

    def believed(self, position: Position, role: str, imagined: Position, draw: Draw) -> Position:
        """
        *imagined*, a position of another game of this length, corrected by what *role* knows of *position*.

        What it cannot know stays as imagined; *draw* gives a number from 0 to one less than its argument.
        """
        return self._ken(role).believed(position, imagined, self._eye(role).see(position), draw)

    def carried_out(self, position: Position, role: str) -> tuple[frozenset[str], ...]:
        """The ids of the orders carried out in each earlier turn, as far as *role* learned of them."""
        return self._ken(role).carried_out(position)

    def eyes(self, role: str, wanted: Iterable[str] | None = None) -> Eyes:
        """A way to see only the variables *wanted*, which is faster."""
        return Eyes(self.plan, None if role == CONTROL else role, wanted)

    def score(self, position: Position, role: str) -> score.Scorecard:
        """The role's scorecard if the game ended here."""
        self._menu(role)
        return score.score(self.plan, position, role)

    def total(self, position: Position, role: str) -> int:
        """What the role's scorecard would come to if the game ended here, 0 to 100."""
        self._menu(role)
        return score.total(self.plan, position, role)

    # --- Looking things up, for tools and tests

    def function(self, key: str) -> Callable[..., Any] | None:
        """
        The compiled expression called *key* in the book, `f(values, 0, place, option)`; None if absent.

        A reason's argument is called as in `book.words`: `doctrines.r.d.lines.1.because.1`.
        """
        return self._functions.get(key)

    def slots(self, name: str) -> range:
        """The slots of a variable, or the one of `variable.place`."""
        id, _, place = name.partition(".")
        variable = self.plan.variables[id]
        if place:
            slot = variable.slot + self.plan.places.index(place)
            return range(slot, slot + 1)
        return range(variable.slot, variable.slot + variable.width)

    def encoded(self, name: str, value: int | bool | str) -> int:
        """The number that stands for *value* in the slots of a variable."""
        type_ = self.plan.variables[name.partition(".")[0]].about.type
        if isinstance(type_, Choice) and isinstance(value, str):
            return type_.options.index(value)
        if isinstance(type_, Flag) and isinstance(value, str):
            return int(value in ("true", "yes"))
        return int(value)

    def reading(self, position: Position, name: str, role: str = CONTROL) -> int:
        """The value of a variable, a derived value or `name.place`; one per place is added up."""
        id, _, place = name.partition(".")
        seen = self._eye(role).see(position)
        if id not in self.plan.derived:
            return sum(seen[slot] for slot in self.slots(name))
        derived = self.plan.derived[id]
        if place:
            return derived.function(seen, self.plan.places.index(place))
        count = len(self.plan.places) if derived.about.per_place else 1
        return sum(derived.function(seen, here) for here in range(count))

    def _dealt(self, seed: int, changed: Mapping[str, int]) -> list[int]:
        values = list(self.plan.start)
        for name, value in changed.items():
            for slot in self.slots(name):
                lo, hi = self.plan.slots[slot].lo, self.plan.slots[slot].hi
                if not lo <= value <= hi:
                    raise WargameError(f"{name} cannot begin at {value}; its range is {lo} to {hi}")
                values[slot] = value
        if self.plan.truth_slot is not None:
            values[self.plan.truth_slot] = deal(seed, "truth", self.plan.truth_weights)
        for role, cards in self.plan.agendas.items():
            if cards:
                values[self.plan.agenda_slots[role]] = deal(seed, f"agenda.{role}", (1,) * len(cards))
        return values

    def _menu(self, role: str) -> tuple[Any, ...]:
        if role not in self.plan.menus:
            raise IllegalOrder(f"there is no role '{role}'; the roles are {', '.join(self.plan.roles)}")
        return self.plan.menus[role]

    def _ken(self, role: str) -> Ken:
        self._menu(role)
        if role not in self._kens:
            self._kens[role] = Ken(self.plan, role)
        return self._kens[role]

    def _eye(self, role: str) -> Eyes:
        if role not in self._eyes:
            raise IllegalOrder(f"there is no role '{role}'; the roles are {', '.join(self.plan.roles)}")
        return self._eyes[role]
