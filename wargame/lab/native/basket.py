"""The orders of a turn as they are chosen one by one: each beside the others, and none too dear."""

from __future__ import annotations

from wargame.lab.native.module import ORDER, Module
from wargame.language.llvm import Writer
from wargame.rules.plan import OrderPlan

__all__ = ["write_baskets"]


def write_baskets(module: Module) -> None:
    """
    `i1 @takes<order>(ptr mem, ptr seen, i32 here, i32 option)` for every order.

    As `Basket.takes`: whether it was added to the orders of the turn, which stay sorted by rank.
    """
    _write_may_stand(module)
    _write_insert(module)
    for order in module.kernel.plan.orders.values():
        _write_takes(module, order)


def _write_takes(module: Module, order: OrderPlan) -> None:
    plan, about = module.kernel.plan, order.about
    w = Writer(
        f"define internal i1 @takes{order.number}(ptr %mem, ptr %seen, i32 %here, i32 %option) noinline"
    )
    refused = w.fresh("refused")
    stands = w.let(f"call i1 @may_stand(ptr %mem, i32 {order.number}, i32 %here, i32 {about.per_turn})")
    w.need(stands, refused)
    spent, sums = w.at("%mem", module.memory.spent), list[tuple[int, str]]()
    for purse in about.spend:
        slot = plan.variables[purse].slot
        cost = module.value(w, f"orders.{order.id}.spend.{purse}", "%seen", "%here", "%option")
        total = w.let(f"add i32 {cost}, {w.load(spent, slot)}")
        w.need(w.compare("sle", total, w.load("%seen", slot)), refused)
        sums.append((slot, total))
    for slot, total in sums:
        w.store(total, spent, slot)
    options = len(about.choice.options) if about.choice else 1
    rank = w.let(f"add i32 {w.let(f'mul i32 %here, {options}')}, {order.ways[0].rank}")
    rank = w.let(f"add i32 {rank}, %option")
    w.do(f"call void @insert(ptr %mem, i32 {rank}, i32 {order.number}, i32 %here, i32 %option)")
    w.do("ret i1 true")
    w.label(refused)
    w.do("ret i1 false")
    module.add(w.text)


def _write_may_stand(module: Module) -> None:
    """Whether an order may be given once more this turn, for that place."""
    w = Writer("define internal i1 @may_stand(ptr %mem, i32 %order, i32 %here, i32 %most) noinline")
    orders, times, refused = w.at("%mem", module.memory.orders), w.room("i32", 0), w.fresh("refused")
    with w.each(w.load(orders)) as index:
        order, at = module.order(w, orders, index)
        with w.when(w.compare("eq", order, "%order")):
            count = w.let(f"add i32 {w.load(times)}, 1")
            w.store(count, times)
            w.need(w.compare("ne", module.here(w, orders, at), "%here"), refused)
            w.need(w.compare("ne", count, "%most"), refused)
    w.do("ret i1 true")
    w.label(refused)
    w.do("ret i1 false")
    module.add(w.text)


def _write_insert(module: Module) -> None:
    """Puts an order behind all of lower rank."""
    w = Writer(
        "define internal void @insert(ptr %mem, i32 %rank, i32 %order, i32 %here, i32 %option) noinline"
    )
    orders = w.at("%mem", module.memory.orders)
    count = w.load(orders)
    w.store(w.let(f"add i32 {count}, 1"), orders)
    at, test, done = w.room("i32", count), w.fresh("test"), w.fresh("done")
    w.jump(test)
    w.label(test)
    here = w.load(at)
    w.need(w.compare("sgt", here, 0), done)
    before = w.let(f"sub i32 {w.let(f'mul i32 {here}, {ORDER}')}, {ORDER - 1}")
    w.need(w.compare("sgt", w.load(orders, before), "%rank"), done)
    for part in range(ORDER):
        value = w.load(orders, w.let(f"add i32 {before}, {part}"))
        w.store(value, orders, w.let(f"add i32 {before}, {part + ORDER}"))
    w.store(w.let(f"sub i32 {here}, 1"), at)
    w.jump(test)
    w.label(done)
    first = w.let(f"add i32 {w.let(f'mul i32 {w.load(at)}, {ORDER}')}, 1")
    for part, value in enumerate(("%rank", "%order", "%here", "%option")):
        w.store(value, orders, w.let(f"add i32 {first}, {part}"))
    w.do("ret void")
    module.add(w.text)
