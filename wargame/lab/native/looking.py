"""What a role sees, put into its own array of values: exact, late, or with an error drawn by a keyed die."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from wargame.agents.deck import Deck
from wargame.lab.native.drawing import faces
from wargame.lab.native.module import Module, copied
from wargame.language.llvm import Writer
from wargame.language.native_ready import Ask
from wargame.language.reach import narrowest
from wargame.rules.perceive import Estimate

__all__ = ["write_look"]


def write_look(module: Module, number: int, role: str, deck: Deck) -> None:
    """`void @look<number>(ptr mem, i64 k)`: only what the deck asks for is looked at."""
    plan, memory = module.kernel.plan, module.memory
    wanted = set(deck.sight.eyes.slots)
    w = module.writer(f"define internal void @look{number}(ptr %mem, i64 %k) noinline")
    s, seen = w.slot("%mem", memory.values), w.slot("%mem", memory.seen[number])
    exact: set[int] = {0, 1} | {order.slot for order in plan.orders.values() if role in order.known}
    late: dict[int, set[int]] = {}
    estimates: list[Estimate] = []
    for variable in plan.variables.values():
        sight = variable.about.seen.get(role)
        slots = set(range(variable.slot, variable.slot + variable.width))
        if sight is None or not slots & wanted:
            continue
        if variable.since is not None:
            slots |= set(range(variable.since, variable.since + variable.width))
        if sight.is_exact:
            exact |= slots
        elif sight.error == sight.bias == 0:
            late.setdefault(sight.delay, set()).update(slots)
        else:
            estimates.append(Estimate(variable, role, sight))
    _copy(w, seen, s, exact & wanted)
    for delay, slots in sorted(late.items()):
        _copy(w, seen, _delayed(w, module, delay), slots & wanted)
    sources = {delay: _delayed(w, module, delay) for delay in {each.delay for each in estimates}}
    for each in estimates:
        _blur(w, seen, sources[each.delay], each)
    for ask in module.asks[role]:
        _make_ready(w, module, seen, ask)
    w.do("ret void")
    module.add(w.text)


def _make_ready(w: Writer, module: Module, seen: str, ask: Ask) -> None:
    """Works out once what many texts of the role ask for."""
    word, _, derived, places = ask
    first = module.natives.ready[ask]
    if word:
        w.put(module.aggregate(w, ask, seen), seen, first)
        return
    id = next(each.id for each in module.kernel.book.scope.derived.values() if each.index == derived)
    row = module.row(w, f"derived.{id}.value", seen, 0) if places > 1 else None
    if row is None:
        for place in range(places):
            w.put(module.derived(w, id, seen, place), seen, first + place)
        return
    row = w.sized(row, "i32", w.cells, places)
    w.do(f"store <{places} x {w.cells}> {row}, ptr {w.slot(seen, first)}, align {w.cell_bytes}")


def _copy(w: Writer, to: str, source: str, slots: Iterable[int]) -> None:
    for first, end in _runs(sorted(slots)):
        if end - first < 3:
            for slot in range(first, end):
                w.put(w.get(source, slot), to, slot)
        else:
            copied(w, w.slot(to, first), w.slot(source, first), end - first)


def _runs(slots: Sequence[int]) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for slot in slots:
        if runs and runs[-1][1] == slot:
            runs[-1] = (runs[-1][0], slot + 1)
        else:
            runs.append((slot, slot + 1))
    return runs


def _delayed(w: Writer, module: Module, turns: int) -> str:
    """The values *turns* played turns ago, those of the first turn in a younger game."""
    s = w.slot("%mem", module.memory.values)
    if not turns:
        return s
    # The rows of the past are those of the steps before this one.
    past = w.let(f"sub i32 {w.get(s, 1)}, 1")
    is_first = w.compare("eq", past, 0)
    row = w.let(f"call i32 @llvm.smax.i32(i32 {w.let(f'sub i32 {past}, {turns}')}, i32 0)")
    at = w.let(f"add i32 {w.let(f'mul i32 {row}, {module.size}')}, {module.memory.past}")
    return w.let(f"select i1 {is_first}, ptr {s}, ptr {w.slot('%mem', at)}")


def _blur(w: Writer, seen: str, source: str, each: Estimate) -> None:
    """All places of a variable side by side."""
    count = len(each.slots)
    of = narrowest(max(-each.lo, each.hi) + each.faces + abs(each.shift), w.cells)
    wide = f"<{count} x {of}>"
    drawn = faces(w, "%k", each.label, each.faces, count, of)
    row, align = f"<{count} x {w.cells}>", f"align {w.cell_bytes}"
    exact = w.let(f"load {row}, ptr {w.slot(source, each.first)}, {align}")
    shift = w.spread(str(each.shift), of, count)
    value = w.let(f"add {wide} {w.sized(exact, w.cells, of, count)}, {shift}")
    value = w.let(f"add {wide} {value}, {drawn}")
    for how, bound in (("slt", each.lo), ("sgt", each.hi)):
        limit = w.spread(str(bound), of, count)
        is_out = w.let(f"icmp {how} {wide} {value}, {limit}")
        value = w.let(f"select <{count} x i1> {is_out}, {wide} {limit}, {wide} {value}")
    w.do(f"store {row} {w.sized(value, of, w.cells, count)}, ptr {w.slot(seen, each.first)}, {align}")
