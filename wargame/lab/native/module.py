"""The LLVM module of one scenario's games: its rule texts, its memory, and calls of one by the other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager

from attrs import define, field

from wargame.language.llvm import Writer
from wargame.language.native import Natives, constant
from wargame.language.native_expressions import is_bold
from wargame.language.native_orders import Moves
from wargame.language.native_parts import cut
from wargame.language.native_ready import Ask, asks_in, width_of
from wargame.language.reach import Reach, bits_of, narrowest
from wargame.rules.kernel import Kernel
from wargame.rules.plan import OrderPlan, Plan

__all__ = ["Memory", "Module", "copied"]


class Memory:
    """Where things lie in the one array of integers a game needs, by number of integers."""

    def __init__(
        self,
        cells: str,
        moves: str,
        size: int,
        ready: int,
        roles: int,
        turns: int,
        orders: int,
        most: int,
        phases: int,
    ) -> None:
        """
        Of integers of the type *cells*, for positions of *size* slots, with what lies *ready* behind them.

        The moves of orders are of the type *moves*; of *orders* the roles may give *most* in a turn.
        """
        self._long = 64 // bits_of(cells)
        self._end = 0
        self.values = self._take(size)
        self.seen = [self._take(size + ready) for _ in range(roles)]
        self.moves = self._take(size * bits_of(moves) // bits_of(cells))
        """How far the orders of a phase move each slot."""

        self.most = most
        self.orders = self._take(1 + most)
        """The ranks of those of the turn: how many, and each, sorted."""

        self.wide = self._rounded(1 + most)
        self.by_phase = [self._take(self.wide) for _ in range(phases)]
        """The same for each phase, one *wide* list behind the other."""

        self.times = self._take(orders)
        """How often each order was chosen this turn."""

        self.spent = self._take(size)
        self.seed = self._take(self._long)
        self.key = self._take(self._long)
        self.open = self._take(1)
        """1 while the game goes on."""

        self.past = self._take(turns * size)
        self.size = self._end

    def _take(self, count: int) -> int:
        first = self._end
        self._end += self._rounded(count)
        return first

    def _rounded(self, count: int) -> int:
        """So many that what comes behind them may be of 64 bits."""
        return -(-count // self._long) * self._long


@define(eq=False)
class Module:
    """Everything is written into it; a rule text is compiled when first called."""

    kernel: Kernel
    calendar: tuple[int, ...]
    looking: Mapping[str, Sequence[str]]
    """By role the keys of the texts that are asked only of what it sees."""

    asks: dict[str, list[Ask]] = field(factory=dict, init=False)
    """By role what lies ready behind the slots of what it sees."""

    natives: Natives = field(init=False)
    memory: Memory = field(init=False)
    groups: list[tuple[str, ...]] = field(factory=list, init=False)
    """Functions that may be compiled apart from the rest."""

    _looked: frozenset[str] = field(init=False)
    _names: dict[str, str] = field(factory=dict, init=False)
    _rows: dict[str, str | None] = field(factory=dict, init=False)
    _texts: list[str] = field(factory=list, init=False)

    def __attrs_post_init__(self) -> None:
        book, plan = self.kernel.book, self.kernel.plan
        most = max(1, sum(role.orders for role in self.kernel.scenario.roles.values()))
        self._looked = frozenset(key for keys in self.looking.values() for key in keys)
        cells = _cells(plan, most)
        moves = _moves(plan, most, cells)
        self.natives = Natives(book.scope, book.layout.size, is_library=False, moves=moves, cells=cells)
        counts = (
            self._make_ready(),
            len(plan.roles),
            len(self.calendar),
            len(plan.orders),
            most,
            len(plan.phases),
        )
        self.memory = Memory(cells, moves.number, self.size, *counts)
        for key, checked in book.texts.items():
            if key.startswith("derived."):
                self.natives.add_derived(book.scope.derived[key.split(".")[1]].index, checked)

    def _make_ready(self) -> int:
        """Finds places for what the texts of all roles ask for; how many slots that takes."""
        scope, texts, slot = self.kernel.book.scope, self.kernel.book.texts, self.size
        reach, ready = Reach({}, scope.turns), dict[Ask, int]()
        for role, keys in self.looking.items():
            found = asks_in([texts[key] for key in keys], len(scope.places), reach)
            self.asks[role] = [ask for ask, far in found.items() if narrowest(far, self.cells) == self.cells]
            for ask in self.asks[role]:
                if ask not in ready:
                    ready[ask] = slot
                    slot += width_of(ask)
        self.natives.ready = ready
        return slot - self.size

    @property
    def cells(self) -> str:
        """The type of the integers in memory."""
        return self.natives.cells

    def writer(self, head: str) -> Writer:
        """Writes one more function, whose text is to be added."""
        return Writer(head, self.cells)

    @property
    def size(self) -> int:
        """The number of slots of a position."""
        return self.kernel.book.layout.size

    def has(self, key: str) -> bool:
        """Whether the author wrote the text called *key*."""
        return key in self.kernel.book.texts

    def is_alone(self, order: OrderPlan) -> bool:
        """Whether no other order is ever carried out in its phase in the same turn."""
        plan = self.kernel.plan
        roles = {other.role for other in plan.orders.values() if other.phase == order.phase}
        return len(roles) == 1 and plan.scenario.roles[order.role].orders == 1

    def reach(self, key: str) -> int:
        """How far the expression called *key* reaches, whatever its sign; 0 where there is none."""
        return self.natives.reach_of(self.kernel.book.texts[key]) if self.has(key) else 0

    def declare(self, lines: Iterable[str]) -> None:
        """What LLVM offers and the module calls, a line for each function."""
        self.natives.declared.update(lines)

    def is_light(self, key: str) -> bool:
        """Whether the expression called *key* may be worked out where its value is not wanted."""
        tree = self.kernel.book.texts[key].tree
        return not (isinstance(tree, tuple) or is_bold(tree))

    def name(self, key: str, alone: bool = False) -> str:
        """The function of the text called *key*; of an order's block, if it is *alone* in its phase."""
        if key not in self._names:
            self._names[key] = self.natives.add(self.kernel.book.texts[key], alone, self._looks(key))
        return self._names[key]

    def value(
        self,
        w: Writer,
        key: str,
        s: str = "%mem",
        here: int | str = 0,
        option: int | str = 0,
        k: int | str = 0,
    ) -> str:
        """The register of what the expression called *key* comes to."""
        return w.let(f"call i32 @{self.name(key)}(ptr {s}, i64 {k}, i32 {here}, i32 {option})")

    def row(self, w: Writer, key: str, s: str, option: int) -> str | None:
        """The register of what the expression called *key* comes to at every place, if it can be had so."""
        if key not in self._rows:
            self._rows[key] = self.natives.add_row(self.kernel.book.texts[key], self._looks(key))
        name = self._rows[key]
        row = f"<{len(self.kernel.plan.places)} x i32>"
        return name and w.let(f"call {row} @{name}(ptr {s}, i32 {option})")

    def _looks(self, key: str) -> bool:
        """Whether the text called *key* is asked only of what a role sees."""
        return key in self._looked

    def aggregate(self, w: Writer, ask: Ask, s: str) -> str:
        """The register of what a function over all places comes to."""
        return w.let(f"call i32 @{self.natives.add_aggregate(ask)}(ptr {s})")

    def derived(self, w: Writer, id: str, s: str = "%mem", here: int | str = 0) -> str:
        """The register of what the derived value called *id* comes to."""
        return w.let(f"call i32 @d{self.kernel.book.scope.derived[id].index}(ptr {s}, i32 {here})")

    def holds(
        self,
        w: Writer,
        key: str,
        s: str = "%mem",
        here: int | str = 0,
        option: int | str = 0,
        k: int | str = 0,
    ) -> str:
        """Whether the condition called *key* holds; it does where there is none."""
        if not self.has(key):
            return "true"
        return w.compare("ne", self.value(w, key, s, here, option, k), 0)

    def run(self, w: Writer, key: str) -> None:
        """Works out the block called *key*, if there is one, on `%mem`, which begins with the position."""
        if self.has(key):
            w.do(f"call void @{self.name(key)}(ptr %mem, i64 %k, i32 0, i32 0)")

    @contextmanager
    def each_order(self, w: Writer, listed: str) -> Iterator[tuple[str, str, str]]:
        """What is written inside happens for every order in the list: its number, place and option."""
        with w.each(w.get(listed)) as index:
            rank = w.get(listed, w.let(f"add i32 {index}, 1"))
            yield w.load("@order_of", rank), w.load("@here_of", rank), w.load("@option_of", rank)

    def add(self, text: str) -> None:
        """One more function or constant."""
        self._texts.append(text)

    def parts(self) -> list[str]:
        """The whole, cut up."""
        return cut(self.text(), self.groups)

    def text(self) -> str:
        plan = self.kernel.plan
        ways = sorted(plan.ways.values(), key=lambda way: way.rank)
        constants = [
            constant("calendar", self.calendar),
            constant("begin", plan.start, self.cells),
            constant("order_of", [way.plan.number for way in ways]),
            constant("here_of", [way.here for way in ways]),
            constant("option_of", [way.option for way in ways]),
        ]
        return "\n".join([self.natives.text(), *constants, *self._texts, ""])


def _cells(plan: Plan, most: int) -> str:
    """What holds every slot, the rank of every order and the steps; *most* orders are given in a turn."""
    notes = max(len(plan.ways), most, *map(max, plan.calendars.values()))
    # The engine's own slots hold steps, and numbers of roles and options.
    bounds = [max(-slot.lo, slot.hi) for slot in plan.slots if slot.variable is not None]
    return narrowest(max(notes, *bounds, 0))


def _moves(plan: Plan, most: int, cells: str) -> Moves:
    """How the moves of *most* orders are kept, so that a slot and its moves can be added up."""
    reach = [
        max(-slot.lo, slot.hi) + most * (slot.hi - slot.lo)
        for slot in plan.slots
        if slot.variable is not None
    ]
    clashes = {number: slot.clash for number, slot in enumerate(plan.slots)}
    return Moves(narrowest(max(reach, default=0), cells), clashes)


def copied(w: Writer, to: str, source: str, count: int) -> None:
    """Copies *count* integers."""
    size = w.cell_bytes
    w.do(
        f"call void @llvm.memcpy.p0.p0.i64(ptr align {size} {to}, ptr align {size} {source}, "
        f"i64 {size * count}, i1 false)"
    )
