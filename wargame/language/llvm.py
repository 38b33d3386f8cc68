"""The text of LLVM functions, instruction by instruction: registers, jumps and loops."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from attrs import define, field

__all__ = ["Writer", "listed"]


def listed(type_: str, values: Iterable[int | str]) -> str:
    """A row that never changes."""
    return f"<{', '.join(f'{type_} {value}' for value in values)}>"


@define(eq=False)
class Writer:
    """
    Writes one function. Operands are registers such as `%7`, or numbers; all are words of text.

    A number is an `i32`, a truth an `i1`, a die an `i64`; a row is a vector of them. What changes on the way
    lives in memory, from which LLVM takes it into registers.
    """

    head: str
    """All that stands before the body, such as `define i32 @f0(ptr %s)`."""

    cells: str = "i32"
    """How wide the numbers of a position lie in memory: `i16` or `i32`."""

    _lines: list[str] = field(factory=list, init=False)
    _memory: list[str] = field(factory=list, init=False)
    _count: int = field(default=0, init=False)

    @property
    def cell_bytes(self) -> int:
        """How many bytes a slot of a position takes."""
        return int(self.cells[1:]) // 8

    @property
    def text(self) -> str:
        """The whole function."""
        return "\n".join([f"{self.head} {{", "start:", *self._memory, *self._lines, "}"])

    def fresh(self, word: str = "v") -> str:
        """A name nothing has yet."""
        self._count += 1
        return f"{word}{self._count}"

    def do(self, line: str) -> None:
        """An instruction without a result."""
        self._lines.append(f"  {line}")

    def let(self, code: str) -> str:
        """An instruction with a result: its register."""
        name = f"%{self.fresh()}"
        self._lines.append(f"  {name} = {code}")
        return name

    # Memory.

    def room(self, type_: str = "i32", first: int | str | None = None) -> str:
        """New memory of the function; *first*, if given, is put there now."""
        name = f"%{self.fresh('m')}"
        self._memory.append(f"  {name} = alloca {type_}")
        if first is not None:
            self.do(f"store {type_} {first}, ptr {name}")
        return name

    def at(self, base: str, index: int | str, type_: str = "i32") -> str:
        """Where element *index* of *base* lies."""
        if index in (0, "0"):
            return base
        return self.let(f"getelementptr inbounds {type_}, ptr {base}, i32 {index}")

    def load(self, base: str, index: int | str = 0, type_: str = "i32") -> str:
        return self.let(f"load {type_}, ptr {self.at(base, index, type_)}")

    def store(self, value: int | str, base: str, index: int | str = 0, type_: str = "i32") -> None:
        self.do(f"store {type_} {value}, ptr {self.at(base, index, type_)}")

    # Slots of a position, which may lie in fewer bits than they are reckoned with.

    def slot(self, base: str, number: int | str) -> str:
        """Where slot *number* of the position at *base* lies."""
        return self.at(base, number, self.cells)

    def get(self, base: str, number: int | str = 0) -> str:
        """What the slot holds, as an `i32`."""
        return self.sized(self.load(base, number, self.cells), self.cells, "i32")

    def put(self, value: int | str, base: str, number: int | str = 0) -> None:
        """Gives the slot *value*, an `i32` that fits into it."""
        self.store(self.sized(str(value), "i32", self.cells), base, number, self.cells)

    def sized(self, value: str, of: str, to: str, count: int = 0, way: str = "sext") -> str:
        """A number, or a row of *count* of them, of the type *of* made one of the type *to*."""
        if of == to or not value.startswith(("%", "<")):
            return value
        word = way if int(to[1:]) > int(of[1:]) else "trunc"
        of, to = (f"<{count} x {each}>" if count else each for each in (of, to))
        return self.let(f"{word} {of} {value} to {to}")

    def as_number(self, truth: str) -> str:
        return {"true": "1", "false": "0"}.get(truth) or self.let(f"zext i1 {truth} to i32")

    def spread(self, value: str, type_: str, count: int) -> str:
        """A row of *count* times the same."""
        if not value.startswith("%"):
            return listed(type_, [value] * count)
        row = f"<{count} x {type_}>"
        first = self.let(f"insertelement {row} poison, {type_} {value}, i32 0")
        return self.let(f"shufflevector {row} {first}, {row} poison, <{count} x i32> zeroinitializer")

    def compare(self, how: str, one: int | str, two: int | str, type_: str = "i32") -> str:
        """A truth; *how* is a word of LLVM such as `slt`."""
        return self.let(f"icmp {how} {type_} {one}, {two}")

    # Ways.

    def label(self, name: str) -> None:
        self._lines.append(f"{name}:")

    def jump(self, name: str) -> None:
        self.do(f"br label %{name}")

    def fork(self, truth: str, yes: str, no: str) -> None:
        self.do(f"br i1 {truth}, label %{yes}, label %{no}")

    def need(self, truth: str, otherwise: str) -> None:
        """What follows happens only where *truth* holds; otherwise it goes on at the label *otherwise*."""
        if truth != "true":
            inside = self.fresh("yes")
            self.fork(truth, inside, otherwise)
            self.label(inside)

    def switch(self, number: str, cases: Iterable[int], otherwise: str) -> list[tuple[int, str]]:
        """The label each of *cases* of *number* goes on at; any other goes to *otherwise*."""
        ways = [(case, self.fresh("case")) for case in cases]
        listed = " ".join(f"i32 {case}, label %{label}" for case, label in ways)
        self.do(f"switch i32 {number}, label %{otherwise} [{listed}]")
        return ways

    @contextmanager
    def when(self, truth: str) -> Iterator[str]:
        """What is written inside happens only where *truth* holds; the label behind it is given."""
        inside, after = self.fresh("in"), self.fresh("after")
        self.fork(truth, inside, after)
        self.label(inside)
        yield after
        self.jump(after)
        self.label(after)

    @contextmanager
    def unless(self, truth: str) -> Iterator[str]:
        """As `when`, for what happens where *truth* does not hold."""
        with self.when(self.let(f"xor i1 {truth}, true")) as after:
            yield after

    @contextmanager
    def each(self, count: int | str, first: int | str = 0) -> Iterator[str]:
        """What is written inside happens for every number from *first* to below *count*."""
        at, test, inside, after = self.room(), *(self.fresh(word) for word in ("test", "each", "done"))
        self.store(first, at)
        self.jump(test)
        self.label(test)
        number = self.load(at)
        self.fork(self.compare("slt", number, count), inside, after)
        self.label(inside)
        yield number
        self.store(self.let(f"add i32 {number}, 1"), at)
        self.jump(test)
        self.label(after)
