"""Orders carried out at the same time: all are tried out from where the phase found things, and then land."""

from __future__ import annotations

from wargame.lab.native.module import Module
from wargame.language.native import constant
from wargame.language.native_orders import Strip, land, strips_of
from wargame.rules.plan import OrderPlan

__all__ = ["write_carrying"]


def write_carrying(module: Module) -> None:
    """
    `void @by_phase(ptr mem)`, which puts the orders of the turn into the lists of their phases.

    For each phase `void @carry_out<number>(ptr mem, i64 k)`, and `@land<number>` to be called behind it.
    """
    orders = list(module.kernel.plan.orders.values())
    module.add(constant("phases", [order.phase for order in orders]))
    module.add(constant("given", [order.slot for order in orders]))
    _by_phase(module)
    for number, first in enumerate(module.memory.by_phase):
        _effects(module, number)
        _landing(module, number)
        _carry_out(module, number, first)


def _effects(module: Module, phase: int) -> None:
    """The block of an order of the phase, by its number: it puts back what it sets, and leaves its moves."""
    head = f"define internal void @effects{phase}(ptr %mem, i64 %k, i32 %order, i32 %here, i32 %option)"
    w = module.writer(f"{head} noinline")
    moves, done = w.slot("%mem", module.memory.moves), w.fresh("done")
    orders = {order.number: order for order in _orders(module, phase)}
    orders = {number: order for number, order in orders.items() if module.has(f"orders.{order.id}.effects")}
    for number, label in w.switch("%order", orders, done):
        w.label(label)
        alone = module.is_alone(orders[number])
        block = module.name(f"orders.{orders[number].id}.effects", alone)
        kept = "" if alone else f", ptr {moves}"
        w.do(f"call void @{block}(ptr %mem, i64 %k, i32 %here, i32 %option{kept})")
        w.jump(done)
    w.label(done)
    w.do("ret void")
    module.add(w.text)


def _landing(module: Module, phase: int) -> None:
    """Moves what an order of the phase has moved, by its number; once for all that moved the same."""
    plan = module.kernel.plan
    w = module.writer(f"define internal void @landing{phase}(ptr %mem, i32 %order, i32 %here) noinline")
    moves, done = w.slot("%mem", module.memory.moves), w.fresh("done")
    strips: dict[int, tuple[Strip, ...]] = {}
    for order in _orders(module, phase):
        checked = module.kernel.book.texts.get(f"orders.{order.id}.effects")
        if checked is not None and isinstance(checked.tree, tuple) and not module.is_alone(order):
            strips[order.number] = strips_of(checked.tree, len(plan.places))
    for number, label in w.switch("%order", strips, done):
        w.label(label)
        for strip in strips[number]:
            slot = plan.slots[strip.base]
            land(w, strip, module.natives.moves, moves, slot.lo, slot.hi)
        w.jump(done)
    w.label(done)
    w.put(w.get("%mem", 1), "%mem", w.load("@given", "%order"))
    w.put(0, w.slot("%mem", module.memory.times), "%order")
    w.do("ret void")
    module.add(w.text)


def _orders(module: Module, phase: int) -> list[OrderPlan]:
    return [order for order in module.kernel.plan.orders.values() if order.phase == phase]


def _by_phase(module: Module) -> None:
    """`void @by_phase(ptr mem)`: the orders of the turn, put into the list of their phase."""
    memory = module.memory
    w = module.writer("define internal void @by_phase(ptr %mem) noinline")
    for place in memory.by_phase:
        w.put(0, "%mem", place)
    if memory.by_phase:
        listed, wide = w.slot("%mem", memory.orders), memory.wide
        with w.each(w.get(listed)) as index:
            rank = w.get(listed, w.let(f"add i32 {index}, 1"))
            phase = w.load("@phases", w.load("@order_of", rank))
            first = w.let(f"add i32 {w.let(f'mul i32 {phase}, {wide}')}, {memory.by_phase[0]}")
            own = w.slot("%mem", first)
            count = w.let(f"add i32 {w.get(own)}, 1")
            w.put(count, own)
            w.put(rank, own, count)
    w.do("ret void")
    module.add(w.text)


def _carry_out(module: Module, number: int, first: int) -> None:
    """All orders of phase *number*, whose list begins at *first*."""
    w = module.writer(f"define internal void @carry_out{number}(ptr %mem, i64 %k) noinline")
    with module.each_order(w, w.slot("%mem", first)) as (order, here, option):
        w.do(f"call void @effects{number}(ptr %mem, i64 %k, i32 {order}, i32 {here}, i32 {option})")
    w.do("ret void")
    module.add(w.text)
    w = module.writer(f"define internal void @land{number}(ptr %mem, i64 %k) noinline")
    with module.each_order(w, w.slot("%mem", first)) as (order, here, _):
        w.do(f"call void @landing{number}(ptr %mem, i32 {order}, i32 {here})")
    w.do("ret void")
    module.add(w.text)
