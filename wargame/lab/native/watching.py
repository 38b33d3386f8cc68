"""What is watched on the way of a game in machine code: the headline numbers of every turn."""

from __future__ import annotations

from wargame.lab.headlines import headlines
from wargame.lab.native.module import Module

__all__ = ["write_watch"]


def write_watch(module: Module) -> None:
    """
    Writes `@watch`, which reads the memory of games that have been played.

    `void @watch(ptr all, i32 many, i32 from, ptr turns, i32 wide, i32 rows, ptr out)`: of each of *many*
    games the headlines as the orders of every step from *from* to its last were given, and how they stand at
    its end; one row lies after the other, with room for *rows* of them for each game. *turns* is what
    `@resume` told of the games, *wide* integers for each.
    """
    memory, size, shown = module.memory, module.size, headlines(module.kernel)
    w = module.writer(
        "define void @watch(ptr %all, i32 %many, i32 %from, ptr %turns, i32 %wide, i32 %rows, ptr %out)"
    )
    with w.each("%many") as index:
        mem = w.slot("%all", w.let(f"mul i32 {index}, {memory.size}"))
        last = w.load("%turns", w.let(f"add i32 {w.let(f'mul i32 {index}, %wide')}, 1"))
        out = w.at("%out", w.let(f"mul i32 {w.let(f'mul i32 {index}, %rows')}, {len(shown)}"))
        count = w.let(f"sub i32 {w.let(f'add i32 {last}, 2')}, %from")
        with w.each(count) as row:
            step = w.let(f"add i32 {row}, %from")
            earlier = w.let(f"mul i32 {w.let(f'sub i32 {step}, 1')}, {size}")
            past = w.let(f"add i32 {earlier}, {memory.past}")
            is_end = w.compare("sgt", step, last)
            at = w.slot(mem, w.let(f"select i1 {is_end}, i32 {memory.values}, i32 {past}"))
            for number, each in enumerate(shown):
                value = w.get(at, each.slot) if each.slot is not None else module.derived(w, each.id, at)
                w.store(value, out, w.let(f"add i32 {w.let(f'mul i32 {row}, {len(shown)}')}, {number}"))
    w.do("ret void")
    module.add(w.text)
