"""The orders of a turn as they are chosen one by one: each beside the others, and none too dear."""

from __future__ import annotations

from wargame.lab.native.module import Module
from wargame.language.llvm import Writer, listed
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
    """Puts a rank behind all lower ones, all ranks side by side: what is behind it moves on by one."""
    w, memory = module.writer("define internal void @insert(ptr %mem, i32 %rank) noinline"), module.memory
    orders, most, of = w.slot("%mem", memory.orders), memory.most, module.cells
    row, bits, first = f"<{most} x {of}>", f"<{most} x i1>", w.slot(orders, 1)
    count = w.get(orders)
    held = w.let(f"load {row}, ptr {first}, align {w.cell_bytes}")
    rank = w.spread(w.sized("%rank", "i32", of), of, most)
    there = w.spread(w.sized(count, "i32", of), of, most)
    is_there = w.let(f"icmp slt {row} {listed(of, range(most))}, {there}")
    is_lower = w.let(f"and {bits} {is_there}, {w.let(f'icmp slt {row} {held}, {rank}')}")
    before, is_next = _moved_on(w, of, held, most), _moved_on(w, "i1", is_lower, most)
    found = w.let(f"select {bits} {is_next}, {row} {rank}, {row} {before}")
    found = w.let(f"select {bits} {is_lower}, {row} {held}, {row} {found}")
    w.do(f"store {row} {found}, ptr {first}, align {w.cell_bytes}")
    w.put(w.let(f"add i32 {count}, 1"), orders)
    w.do("ret void")
    module.add(w.text)


def _moved_on(w: Writer, of: str, values: str, count: int) -> str:
    """Each of a row in the place of the next; the first is -1, or true."""
    row, ones = f"<{count} x {of}>", w.spread("-1", of, count)
    numbers = listed("i32", (count, *range(count - 1)))
    return w.let(f"shufflevector {row} {values}, {row} {ones}, <{count} x i32> {numbers}")
