"""Games side by side, step by step, from their beginning or from where others stopped."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from attrs import define, field

from wargame.lab.native.module import Module
from wargame.language.llvm import Writer

__all__ = ["LANES", "Lanes"]

LANES = 32
"""Games played side by side: the code of a step is used for all of them while it is near."""


@define(eq=False)
class Lanes:
    """
    Writes `@play` and `@resume`, whose *all* is the memory of `LANES` games.

    `void @play(i64 first, i32 count, ptr out, ptr all)`: a game for each of *count* seeds from *first* on.
    `void @resume(ptr image, i32 stride, i32 from, i32 given, i1 spoken, ptr seeds, i32 count, ptr out,
    ptr all)`: goes on at step *from* with a game for each of *seeds*. *image* is the memory a game begins
    with, and the next game's lies *stride* integers further; the bits of *given* are the roles whose orders
    stand in it, and *spoken* tells that the talk of the turn is over.
    """

    module: Module
    stages: Sequence[str]
    """The functions that adjudicate, in their sequence."""

    _row: int = field(init=False)
    _roles: int = field(init=False)
    _writer: Writer = field(init=False)

    def __attrs_post_init__(self) -> None:
        self._roles = len(self.module.kernel.plan.roles)
        self._row = 2 + self._roles

    def write(self) -> None:
        self._turns()
        self._play()
        self._resume()

    def _play(self) -> None:
        module, memory = self.module, self.module.memory
        w = self._writer = self.module.writer("define void @play(i64 %first, i32 %count, ptr %out, ptr %all)")

        def begin(number: str, mem: str) -> None:
            seed = w.let(f"add i64 %first, {w.sized(number, 'i32', 'i64')}")
            w.do(
                f"call void @llvm.memset.p0.i64(ptr {mem}, i8 0, i64 {w.cell_bytes * memory.past}, i1 false)"
            )
            w.store(seed, w.slot(mem, memory.seed), 0, "i64")
            w.do(f"call void @deal(ptr {mem}, i64 {seed})")

        self._in_groups(begin, "i32 1, i32 0, i1 false, i1 false")
        w.do("ret void")
        module.add(w.text)

    def _resume(self) -> None:
        memory = self.module.memory
        w = self._writer = self.module.writer(
            "define void @resume(ptr %image, i32 %stride, i32 %from, i32 %given, i1 %spoken, ptr %seeds, "
            "i32 %count, ptr %out, ptr %all)"
        )
        rows = w.let(f"mul i32 {w.let('sub i32 %from, 1')}, {self.module.size}")
        bytes_ = w.let(
            f"mul i64 {w.sized(w.let(f'add i32 {rows}, {memory.past}'), 'i32', 'i64')}, {w.cell_bytes}"
        )

        def begin(number: str, mem: str) -> None:
            source = w.slot("%image", w.let(f"mul i32 {number}, %stride"))
            w.do(f"call void @llvm.memcpy.p0.p0.i64(ptr {mem}, ptr {source}, i64 {bytes_}, i1 false)")
            w.store(w.load("%seeds", number, "i64"), w.slot(mem, memory.seed), 0, "i64")

        self._in_groups(begin, "i32 %from, i32 %given, i1 %spoken, i1 true")
        w.do("ret void")
        self.module.add(w.text)

    def _in_groups(self, begin: Callable[[str, str], None], how: str) -> None:
        """All games, as many at a time as there are lanes; *begin* readies the memory of one."""
        w = self._writer
        groups = w.let(f"sdiv i32 {w.let(f'add i32 %count, {LANES - 1}')}, {LANES}")
        with w.each(groups) as group:
            first = w.let(f"mul i32 {group}, {LANES}")
            many = w.let(f"call i32 @llvm.smin.i32(i32 {w.let(f'sub i32 %count, {first}')}, i32 {LANES})")
            with w.each(many) as index:
                mem = self._lane(index)
                begin(w.let(f"add i32 {first}, {index}"), mem)
                w.put(1, mem, self.module.memory.open)
            out = w.at("%out", w.let(f"mul i32 {first}, {self._row}"))
            w.do(f"call void @turns(ptr %all, i32 {many}, ptr {out}, {how})")

    def _turns(self) -> None:
        """Plays the games of all lanes from one step to their ends."""
        module, turns = self.module, len(self.module.calendar)
        w = self._writer = self.module.writer(
            "define internal void @turns(ptr %all, i32 %many, ptr %out, i32 %from, i32 %given, i1 %spoken, "
            "i1 %resumed) noinline"
        )
        with w.each(turns + 1, "%from") as step:
            is_first = w.compare("eq", step, "%from")
            is_resumed = w.let(f"and i1 {is_first}, %resumed")
            is_spoken = w.let(f"and i1 {is_first}, %spoken")
            given = w.let(f"select i1 {is_first}, i32 %given, i32 0")
            self._stage(lambda mem, index: self._open(mem, step, is_resumed, given))
            with w.when(is_spoken):
                for number in range(self._roles):
                    self._call(f"look{number}")
            with w.unless(is_spoken):
                self._call("talk")
            for number in range(self._roles):
                bit = w.let(f"and i32 {given}, {1 << number}")
                with w.when(w.compare("eq", bit, 0)):
                    self._call(f"choose{number}")
            for stage in self.stages:
                self._call(stage)
            is_last = w.compare("eq", step, turns)
            self._stage(lambda mem, index: self._close(mem, index, step, is_last))
        with w.each("%many") as index:
            out = w.at("%out", w.let(f"mul i32 {index}, {self._row}"))
            w.do(f"call void @scores(ptr {self._lane(index)}, ptr {out})")
        w.do("ret void")
        module.add(w.text)

    def _lane(self, index: str) -> str:
        """Where the memory of a lane begins."""
        return self._writer.slot("%all", self._writer.let(f"mul i32 {index}, {self.module.memory.size}"))

    def _stage(self, body: Callable[[str, str], None]) -> None:
        """One thing after another, each for every game that goes on."""
        w = self._writer
        with w.each("%many") as index:
            mem = self._lane(index)
            with w.when(w.compare("ne", w.get(mem, self.module.memory.open), 0)):
                body(mem, index)

    def _call(self, name: str) -> None:
        w, memory = self._writer, self.module.memory

        def call(mem: str, index: str) -> None:
            key = w.load(w.slot(mem, memory.key), 0, "i64")
            w.do(f"call void @{name}(ptr {mem}, i64 {key})")

        self._stage(call)

    def _open(self, mem: str, step: str, is_resumed: str, given: str) -> None:
        """The key of the turn's dice, and its brief, which a game that is resumed has heard."""
        w, memory = self._writer, self.module.memory
        seed = w.load(w.slot(mem, memory.seed), 0, "i64")
        key = w.let(f"call i64 @turn_key(i64 {seed}, i32 {step})")
        w.store(key, w.slot(mem, memory.key), 0, "i64")
        with w.unless(is_resumed):
            w.put(w.load("@calendar", w.let(f"sub i32 {step}, 1")), mem, 0)
            w.put(step, mem, 1)
            w.do(f"call void @eventsbrief(ptr {mem}, i64 {key})")
        with w.when(w.compare("eq", given, 0)):
            w.put(0, w.slot(mem, memory.orders))

    def _close(self, mem: str, index: str, step: str, is_last: str) -> None:
        """Whether the game is over, and how."""
        w, memory = self._writer, self.module.memory
        key = w.load(w.slot(mem, memory.key), 0, "i64")
        out = w.at("%out", w.let(f"mul i32 {index}, {self._row}"))
        ending = w.let(f"call i32 @ending(ptr {mem}, i64 {key}, i1 {is_last})")
        w.store(ending, out, 0)
        w.store(step, out, 1)
        with w.when(w.compare("sge", ending, 0)):
            w.put(0, mem, memory.open)
