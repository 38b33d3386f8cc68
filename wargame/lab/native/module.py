"""The LLVM module of one scenario's games: its rule texts, its memory, and calls of one by the other."""

from __future__ import annotations

from attrs import define, field

from wargame.language.llvm import Writer
from wargame.language.native import Natives, constant
from wargame.rules.kernel import Kernel

__all__ = ["ORDER", "Memory", "Module", "copied"]

ORDER = 4
"""Numbers kept of an order of the turn: its rank, which it is, place and option."""


class Memory:
    """Where things lie in the one array of 32-bit integers a game needs, by number of integers."""

    def __init__(self, size: int, roles: int, turns: int, orders: int) -> None:
        self._end = 0
        self.values = self._take(size)
        self.seen = [self._take(size) for _ in range(roles)]
        self.found = self._take(2 * size)
        """64-bit integers: what the orders of a phase make of each slot."""

        self.is_found = self._take(size)
        self.found_list = self._take(1 + size)
        self.notes = self._take(1 + 3 * size)
        self.orders = self._take(1 + ORDER * orders)
        """Those of the turn: how many, and each, sorted by rank."""

        self.spent = self._take(size)
        self.seed = self._take(2)
        self.key = self._take(2)
        self.open = self._take(1)
        """1 while the game goes on."""

        self.past = self._take(turns * size)
        self.size = self._end

    def _take(self, count: int) -> int:
        first = self._end
        self._end += count + count % 2
        return first


@define(eq=False)
class Module:
    """Everything is written into it; a rule text is compiled when first called."""

    kernel: Kernel
    calendar: tuple[int, ...]
    natives: Natives = field(init=False)
    memory: Memory = field(init=False)
    _names: dict[str, str] = field(factory=dict, init=False)
    _texts: list[str] = field(factory=list, init=False)

    def __attrs_post_init__(self) -> None:
        book, plan = self.kernel.book, self.kernel.plan
        self.natives = Natives(book.scope, book.layout.size, is_library=False)
        most = sum(role.orders for role in self.kernel.scenario.roles.values())
        self.memory = Memory(self.size, len(plan.roles), len(self.calendar), most)
        for key, checked in book.texts.items():
            if key.startswith("derived."):
                self.natives.add_derived(book.scope.derived[key.split(".")[1]].index, checked)

    @property
    def size(self) -> int:
        """The number of slots of a position."""
        return self.kernel.book.layout.size

    def has(self, key: str) -> bool:
        """Whether the author wrote the text called *key*."""
        return key in self.kernel.book.texts

    def name(self, key: str) -> str:
        """The function of the text called *key*."""
        if key not in self._names:
            self._names[key] = self.natives.add(self.kernel.book.texts[key])
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

    def order(self, w: Writer, orders: str, index: str) -> tuple[str, str]:
        """Which order is number *index* of the turn, and where its numbers begin."""
        at = w.let(f"add i32 {w.let(f'mul i32 {index}, {ORDER}')}, 1")
        return w.load(orders, w.let(f"add i32 {at}, 1")), at

    def here(self, w: Writer, orders: str, at: str) -> str:
        """The place of the order whose numbers begin *at*."""
        return w.load(orders, w.let(f"add i32 {at}, 2"))

    def option(self, w: Writer, orders: str, at: str) -> str:
        """The option of the order whose numbers begin *at*."""
        return w.load(orders, w.let(f"add i32 {at}, 3"))

    def add(self, text: str) -> None:
        """One more function or constant."""
        self._texts.append(text)

    def text(self) -> str:
        plan = self.kernel.plan
        constants = [
            constant("calendar", self.calendar),
            constant("begin", plan.start),
            constant("lows", [slot.lo for slot in plan.slots]),
            constant("highs", [slot.hi for slot in plan.slots]),
            constant("clashes", [("add", "highest", "lowest").index(slot.clash) for slot in plan.slots]),
        ]
        return "\n".join([self.natives.text(), *constants, *self._texts, ""])


def copied(w: Writer, to: str, source: str, count: int) -> None:
    """Copies *count* integers."""
    w.do(
        f"call void @llvm.memcpy.p0.p0.i64(ptr align 4 {to}, ptr align 4 {source}, i64 {4 * count}, i1 false)"
    )
