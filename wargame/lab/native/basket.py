"""The orders of a turn as they are chosen one by one: each beside the others, and none too dear."""

from __future__ import annotations

from wargame.lab.native.module import Module
from wargame.language.llvm import Writer
from wargame.rules.plan import OrderPlan

__all__ = ["write_baskets"]


def write_baskets(module: Module) -> None:
    """
    `i1 @takes<order>(ptr mem, ptr seen, i32 here, i32 option)` for every order.

    As `Basket.takes`: whether it was added to the orders of the turn, which stay sorted by rank.
    """
    _write_insert(module)
    for order in module.kernel.plan.orders.values():
        _write_takes(module, order)


def _write_takes(module: Module, order: OrderPlan) -> None:
    plan, about = module.kernel.plan, order.about
    w = module.writer(
        f"define internal i1 @takes{order.number}(ptr %mem, ptr %seen, i32 %here, i32 %option) noinline"
    )
    refused = w.fresh("refused")
    _stands(w, module, order, refused)
    spent, sums = w.slot("%mem", module.memory.spent), list[tuple[int, str]]()
    for purse in about.spend:
        slot = plan.variables[purse].slot
        cost = module.value(w, f"orders.{order.id}.spend.{purse}", "%seen", "%here", "%option")
        total = w.let(f"add i32 {cost}, {w.get(spent, slot)}")
        w.need(w.compare("sle", total, w.get("%seen", slot)), refused)
        sums.append((slot, total))
    for slot, total in sums:
        w.put(total, spent, slot)
    options = len(about.choice.options) if about.choice else 1
    rank = w.let(f"add i32 {w.let(f'mul i32 %here, {options}')}, {order.ways[0].rank}")
    rank = w.let(f"add i32 {rank}, %option")
    w.do(f"call void @insert(ptr %mem, i32 {rank})")
    times = w.slot("%mem", module.memory.times)
    w.put(w.let(f"add i32 {w.get(times, order.number)}, 1"), times, order.number)
    w.do("ret i1 true")
    w.label(refused)
    w.do("ret i1 false")
    module.add(w.text)


def _stands(w: Writer, module: Module, order: OrderPlan, refused: str) -> None:
    """Leaves for *refused* where the order was chosen as often as it may, or for this place."""
    times = w.slot("%mem", module.memory.times)
    chosen = w.get(times, order.number)
    w.need(w.compare("slt", chosen, order.about.per_turn), refused)
    if order.about.per_turn > 1:
        listed = w.slot("%mem", module.memory.orders)
        with module.each_order(w, listed) as (other, here, _):
            is_same = w.let(
                f"and i1 {w.compare('eq', other, order.number)}, {w.compare('eq', here, '%here')}"
            )
            w.need(w.let(f"xor i1 {is_same}, true"), refused)


def _write_insert(module: Module) -> None:
    """Puts a rank behind all lower ones."""
    w = module.writer("define internal void @insert(ptr %mem, i32 %rank) noinline")
    orders = w.slot("%mem", module.memory.orders)
    count = w.let(f"add i32 {w.get(orders)}, 1")
    w.put(count, orders)
    at, test, done = w.room("i32", count), w.fresh("test"), w.fresh("done")
    w.jump(test)
    w.label(test)
    here = w.load(at)
    before = w.let(f"sub i32 {here}, 1")
    w.need(w.compare("sgt", before, 0), done)
    other = w.get(orders, before)
    w.need(w.compare("sgt", other, "%rank"), done)
    w.put(other, orders, here)
    w.store(before, at)
    w.jump(test)
    w.label(done)
    w.put("%rank", orders, w.load(at))
    w.do("ret void")
    module.add(w.text)
