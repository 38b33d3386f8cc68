"""A scripted role's choice of orders: its deck's lines by weight and dice, within its limit and its purse."""

from __future__ import annotations

from attrs import define

from wargame.agents.deck import Card, Deck, size_of
from wargame.language.llvm import Writer
from wargame.language.native_dice import face, signed64
from wargame.lab.native.module import Module
from wargame.rules.dice import MASK, PLACE_INCREMENT, PLACE_MULTIPLIER, label_key
from wargame.rules.plan import OrderPlan
from wargame.scenario.model import Doctrine, Line

__all__ = ["HELPERS", "Choosing", "write_takes"]

HELPERS = """
define internal i32 @lightest(ptr %keys, i32 %count) noinline {
start:
  br label %next
next:
  %i = phi i32 [ 0, %start ], [ %j, %next ]
  %at = phi i32 [ 0, %start ], [ %at2, %next ]
  %least = phi i64 [ 9223372036854775807, %start ], [ %least2, %next ]
  %p = getelementptr inbounds i64, ptr %keys, i32 %i
  %key = load i64, ptr %p
  %less = icmp slt i64 %key, %least
  %at2 = select i1 %less, i32 %i, i32 %at
  %least2 = select i1 %less, i64 %key, i64 %least
  %j = add i32 %i, 1
  %more = icmp slt i32 %j, %count
  br i1 %more, label %next, label %done
done:
  ret i32 %at2
}
"""
"""Where the smallest of so many numbers lies; there is at least one."""


def write_takes(module: Module, order: OrderPlan) -> None:
    """
    `i1 @takes<order>(ptr mem, ptr seen, i32 here, i32 option)`.

    As `Basket.takes`: whether the order was added to those of the turn, which stay sorted by rank.
    """
    memory, about = module.memory, order.about
    w = Writer(
        f"define internal i1 @takes{order.number}(ptr %mem, ptr %seen, i32 %here, i32 %option) noinline"
    )
    orders, times = w.at("%mem", memory.orders), w.room("i32", 0)
    with w.each(w.load(orders)) as index:
        at = w.let(f"add i32 {w.let(f'mul i32 {index}, 4')}, 1")
        other = w.load(orders, w.let(f"add i32 {at}, 1"))
        with w.when(w.compare("eq", other, order.number)):
            count = w.let(f"add i32 {w.load(times)}, 1")
            w.store(count, times)
            is_same = w.compare("eq", w.load(orders, w.let(f"add i32 {at}, 2")), "%here")
            is_full = w.compare("eq", count, about.per_turn)
            with w.when(w.let(f"or i1 {is_same}, {is_full}")):
                w.do("ret i1 false")
                w.label(w.fresh("dead"))
    spent = w.at("%mem", memory.spent)
    sums: list[tuple[int, str]] = []
    for purse in about.spend:
        slot = module.kernel.plan.variables[purse].slot
        cost = module.value(w, f"orders.{order.id}.spend.{purse}", "%seen", "%here", "%option")
        total = w.let(f"add i32 {cost}, {w.load(spent, slot)}")
        sums.append((slot, total))
        with w.when(w.compare("sgt", total, w.load("%seen", slot))):
            w.do("ret i1 false")
            w.label(w.fresh("dead"))
    for slot, total in sums:
        w.store(total, spent, slot)
    _insert(w, orders, order)
    w.do("ret i1 true")
    module.add(w.text)


def _insert(w: Writer, orders: str, order: OrderPlan) -> None:
    """Puts the order where its rank belongs."""
    options = len(order.about.choice.options) if order.about.choice else 1
    rank = w.let(f"add i32 {w.let(f'mul i32 %here, {options}')}, {order.ways[0].rank}")
    rank = w.let(f"add i32 {rank}, %option")
    count = w.load(orders)
    w.store(w.let(f"add i32 {count}, 1"), orders)
    at = w.room("i32", count)
    test, shift, done = (w.fresh(word) for word in ("test", "shift", "done"))
    w.jump(test)
    w.label(test)
    here = w.load(at)
    more = w.fresh("more")
    w.fork(w.compare("sgt", here, 0), more, done)
    w.label(more)
    before = w.let(f"sub i32 {w.let(f'mul i32 {here}, 4')}, 3")
    w.fork(w.compare("sgt", w.load(orders, before), rank), shift, done)
    w.label(shift)
    for part in range(4):
        value = w.load(orders, w.let(f"add i32 {before}, {part}"))
        w.store(value, orders, w.let(f"add i32 {before}, {part + 4}"))
    w.store(w.let(f"sub i32 {here}, 1"), at)
    w.jump(test)
    w.label(done)
    first = w.let(f"add i32 {w.let(f'mul i32 {w.load(at)}, 4')}, 1")
    for part, value in enumerate((rank, str(order.number), "%here", "%option")):
        w.store(value, orders, w.let(f"add i32 {first}, {part}"))


@define(eq=False)
class Choosing:
    """Writes `void @choose<number>(ptr mem, i64 k)` of one role."""

    module: Module
    number: int
    role: str
    deck: Deck
    doctrine: Doctrine

    def write(self) -> None:
        w = Writer(f"define internal void @choose{self.number}(ptr %mem, i64 %k) noinline")
        memory = self.module.memory
        seen = w.at("%mem", memory.seen[self.number])
        plan = self.module.kernel.plan
        purses = {slot for order in plan.menus[self.role] for slot, _ in order.prices}
        for slot in sorted(purses):
            w.store(0, w.at("%mem", memory.spent), slot)
        lines = [
            (number, line) for number, line in enumerate(self.doctrine.lines, 1) if line.order is not None
        ]
        size = size_of(len(lines))
        keys, count = w.room(f"[{max(1, len(lines))} x i64]"), w.room("i32", 0)
        self._ballot(w, seen, lines, size, keys, count)
        chosen = w.room("i32", 0)
        again, some, done = (w.fresh(word) for word in ("again", "some", "done"))
        w.jump(again)
        w.label(again)
        left = w.load(count)
        limit = self.module.kernel.scenario.roles[self.role].orders
        goes_on = w.let(
            f"and i1 {w.compare('sgt', left, 0)}, {w.compare('slt', w.load(chosen), limit)}"
        )
        w.fork(goes_on, some, done)
        w.label(some)
        heaviest = self._extracted(w, keys, left)
        w.store(w.let(f"sub i32 {left}, 1"), count)
        card = w.let(f"and i32 {w.sized(heaviest, 'i32', 'trunc')}, {size - 1}")
        labels = [w.fresh("card") for _ in lines]
        cases = " ".join(f"i32 {index}, label %{label}" for index, label in enumerate(labels))
        w.do(f"switch i32 {card}, label %{done} [{cases}]")
        for index, (number, line) in enumerate(lines):
            w.label(labels[index])
            self._card(w, seen, self.deck.cards[index], number, line, chosen)
            w.jump(again)
        w.label(done)
        w.do("ret void")
        self.module.add(w.text)

    def _extracted(self, w: Writer, keys: str, left: str) -> str:
        """The smallest key, taken out."""
        at = w.let(f"call i32 @lightest(ptr {keys}, i32 {left})")
        key = w.load(keys, at, "i64")
        w.store(w.load(keys, w.let(f"sub i32 {left}, 1"), "i64"), keys, at, "i64")
        return key

    def _ballot(
        self, w: Writer, seen: str, lines: list[tuple[int, Line]], size: int, keys: str, count: str
    ) -> None:
        """The keys of all lines that hold."""
        module, entry = self.module, f"doctrines.{self.role}.{self.doctrine.id}"
        has_face = module.has(f"{entry}.hard_when")
        is_hard = module.holds(w, f"{entry}.hard_when", seen) if has_face else "false"
        is_soft = w.let(f"xor i1 {is_hard}, true")
        label = signed64(label_key(f"agents.{self.role}.{self.deck.label}"))
        raw = w.let(f"call i64 @mix(i64 {w.let(f'add i64 %k, {label}')})")
        is_open: dict[str, str] = {}
        for _, line in lines:
            if line.order not in is_open:
                is_open[str(line.order)] = self._open(w, seen, str(line.order))
        multiplier, increment = 1, 0
        for index, (number, line) in enumerate(lines):
            after = w.fresh("next")
            faces = {"hard": [is_hard], "soft": [is_soft]}.get(str(line.face), [])
            for truth in (*faces, is_open[str(line.order)]):
                self._need(w, truth, after)
            self._need(w, module.holds(w, f"{entry}.lines.{number}.when", seen), after)
            drawn = w.let(f"mul i64 {raw}, {signed64(multiplier)}")
            drawn = w.let(f"lshr i64 {w.let(f'add i64 {drawn}, {signed64(increment)}')}, 32")
            luck = w.sized(face(w, drawn, str(self.deck.jitter + 1)), "i64")
            weight = w.let(f"mul i64 {w.let(f'add i64 {luck}, {line.weight}')}, {size}")
            at = w.load(count)
            w.store(w.let(f"sub i64 {index}, {weight}"), keys, at, "i64")
            w.store(w.let(f"add i32 {at}, 1"), count)
            w.jump(after)
            w.label(after)
            increment = increment * PLACE_MULTIPLIER + PLACE_INCREMENT & MASK
            multiplier = multiplier * PLACE_MULTIPLIER & MASK

    def _open(self, w: Writer, seen: str, id: str) -> str:
        order = self.module.kernel.plan.orders[id]
        truth = self.module.holds(w, f"orders.{id}.when", seen)
        if order.about.once:
            truth = w.let(f"and i1 {truth}, {w.compare('eq', w.load(seen, order.slot), 0)}")
        return truth

    def _need(self, w: Writer, truth: str, otherwise: str) -> None:
        if truth != "true":
            goes_on = w.fresh("yes")
            w.fork(truth, goes_on, otherwise)
            w.label(goes_on)

    def _card(self, w: Writer, seen: str, card: Card, number: int, line: Line, chosen: str) -> None:
        """Tries the ways to give one line's order, the best first."""
        module, order = self.module, self.module.kernel.plan.orders[str(line.order)]
        ways = [each for each in order.ways if line.option in (None, each.order.option)]
        if not ways:
            return
        after = w.fresh("tried")
        self._least(w, seen, ways, after)
        options = sorted({each.option for each in ways})
        is_settled = line.option is not None or order.about.choice is None
        allow = f"orders.{order.id}.allow"
        if not order.about.target:
            self._ways(w, seen, order, "0", options, True, chosen, after)
        else:
            where = f"doctrines.{self.role}.{self.doctrine.id}.lines.{number}.where"
            places = len(module.kernel.plan.places)
            spots, count = w.room(f"[{places} x i64]"), w.room("i32", 0)
            with w.each(places) as here:
                off = w.fresh("off")
                if is_settled:
                    self._need(w, module.holds(w, allow, seen, here, ways[0].option), off)
                worth = w.sized(module.value(w, where, seen, here, ways[0].option), "i64") if module.has(where) else "0"
                key = w.let(f"mul i64 {worth}, {size_of(places)}")
                key = w.let(f"sub i64 {w.sized(here, 'i64')}, {key}")
                at = w.load(count)
                w.store(key, spots, at, "i64")
                w.store(w.let(f"add i32 {at}, 1"), count)
                w.jump(off)
                w.label(off)
            again, some = w.fresh("spots"), w.fresh("spot")
            w.jump(again)
            w.label(again)
            left = w.load(count)
            w.fork(w.compare("sgt", left, 0), some, after)
            w.label(some)
            key = self._extracted(w, spots, left)
            w.store(w.let(f"sub i32 {left}, 1"), count)
            here = w.let(f"and i32 {w.sized(key, 'i32', 'trunc')}, {size_of(places) - 1}")
            self._ways(w, seen, order, here, options, not is_settled, chosen, after)
            w.jump(again)
            w.label(w.fresh("dead"))
            w.jump(after)
        w.label(after) if order.about.target else self._close(w, after)

    def _close(self, w: Writer, after: str) -> None:
        w.jump(after)
        w.label(after)

    def _least(self, w: Writer, seen: str, ways: list, after: str) -> None:  # type: ignore[type-arg]
        """Leaves a line whose order costs more than is left, whatever the way."""
        listed = [each.costs for each in ways]
        if any(each is None for each in listed):
            return
        costs = [dict(each) for each in listed]
        for slot in costs[0]:
            least = min(each.get(slot, 0) for each in costs)
            spent = w.load(w.at("%mem", self.module.memory.spent), slot)
            total = w.let(f"add i32 {spent}, {least}")
            self._need(w, w.compare("sle", total, w.load(seen, slot)), after)

    def _ways(
        self,
        w: Writer,
        seen: str,
        order: OrderPlan,
        here: str,
        options: list[int],
        asks: bool,
        chosen: str,
        after: str,
    ) -> None:
        for option in options:
            off = w.fresh("off")
            if asks:
                self._need(w, self.module.holds(w, f"orders.{order.id}.allow", seen, here, option), off)
            taken = w.let(f"call i1 @takes{order.number}(ptr %mem, ptr {seen}, i32 {here}, i32 {option})")
            self._need(w, taken, off)
            w.store(w.let(f"add i32 {w.load(chosen)}, 1"), chosen)
            w.jump(after)
            w.label(off)
