"""A scripted role's choice of orders: its deck's lines by weight and dice, within its limit and its purse."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import define, field

from wargame.agents.deck import Card, Deck, size_of
from wargame.lab.native.ballot import NONE, Keys
from wargame.lab.native.module import Module
from wargame.language.llvm import Writer
from wargame.language.native_dice import face, signed64
from wargame.rules.dice import label_key
from wargame.rules.lanes import steps_of
from wargame.rules.plan import Given, OrderPlan
from wargame.scenario.model import Doctrine, Line

__all__ = ["Choosing"]


@define(eq=False)
class Choosing:
    """Writes `void @choose<number>(ptr mem, i64 k)` of one role."""

    module: Module
    number: int
    role: str
    deck: Deck
    doctrine: Doctrine
    _writer: Writer = field(init=False)
    _seen: str = field(init=False)
    _chosen: str = field(init=False)

    def write(self) -> None:
        plan, memory = self.module.kernel.plan, self.module.memory
        self._writer = w = Writer(f"define internal void @choose{self.number}(ptr %mem, i64 %k) noinline")
        self._seen, self._chosen = w.at("%mem", memory.seen[self.number]), w.room("i32", 0)
        for slot in sorted({slot for order in plan.menus[self.role] for slot, _ in order.prices}):
            w.store(0, w.at("%mem", memory.spent), slot)
        lines = [(at, line) for at, line in enumerate(self.doctrine.lines, 1) if line.order is not None]
        keys = Keys(w, len(lines))
        self._ballot(lines, size_of(len(lines)), keys)
        again, done = w.fresh("again"), w.fresh("done")
        w.jump(again)
        w.label(again)
        w.need(w.compare("slt", w.load(self._chosen), plan.scenario.roles[self.role].orders), done)
        for index, label in w.switch(keys.take(done), range(len(lines)), done):
            w.label(label)
            self._card(self.deck.cards[index], *lines[index])
            w.jump(again)
        w.label(done)
        w.do("ret void")
        self.module.add(w.text)

    def _ballot(self, lines: Sequence[tuple[int, Line]], size: int, keys: Keys) -> None:
        """The keys of all lines that hold: the heaviest is the smallest number."""
        w, module, entry = self._writer, self.module, self.deck.label
        is_hard = module.holds(w, f"{entry}.hard_when", self._seen) if self.deck.hard_when else "false"
        shown = {None: "true", "hard": is_hard, "soft": w.let(f"xor i1 {is_hard}, true")}
        label = signed64(label_key(f"agents.{self.role}.{entry}"))
        raw = w.let(f"call i64 @mix(i64 {w.let(f'add i64 %k, {label}')})")
        is_open = {id: self._open(id) for id in dict.fromkeys(str(line.order) for _, line in lines)}
        for index, (number, line) in enumerate(lines):
            truth = w.let(f"and i1 {shown[line.face]}, {is_open[str(line.order)]}")
            when = module.holds(w, f"{entry}.lines.{number}.when", self._seen)
            luck = w.sized(self._luck(raw, index), "i64")
            weight = w.let(f"mul i64 {w.let(f'add i64 {luck}, {line.weight}')}, {size}")
            keys.put(index, w.let(f"sub i64 {index}, {weight}"), w.let(f"and i1 {truth}, {when}"))

    def _luck(self, raw: str, index: int) -> str:
        """What the dice add to the weight of a line."""
        w, (multiplier, increment) = self._writer, steps_of(index)
        state = w.let(f"add i64 {w.let(f'mul i64 {raw}, {signed64(multiplier)}')}, {signed64(increment)}")
        return face(w, w.let(f"lshr i64 {state}, 32"), str(self.deck.jitter + 1))

    def _open(self, id: str) -> str:
        """Whether an order may be given, for whatever target and option."""
        w, order = self._writer, self.module.kernel.plan.orders[id]
        truth = self.module.holds(w, f"orders.{id}.when", self._seen)
        if order.about.once:
            truth = w.let(f"and i1 {truth}, {w.compare('eq', w.load(self._seen, order.slot), 0)}")
        return truth

    def _card(self, card: Card, number: int, line: Line) -> None:
        """Tries the ways to give one line's order, the best first."""
        w, order = self._writer, self.module.kernel.plan.orders[str(line.order)]
        ways = [each for each in order.ways if line.option in (None, each.order.option)]
        if not ways:
            return
        after = w.fresh("tried")
        self._afford(ways, after)
        options = sorted({each.option for each in ways})
        if order.about.target:
            is_settled = line.option is not None or order.about.choice is None
            spots = self._spots(order, f"{self.deck.label}.lines.{number}.where", options[0], is_settled)
            again = w.fresh("again")
            w.jump(again)
            w.label(again)
            here = spots.take(after)
            self._try(order, here, options, not is_settled, after)
            w.jump(again)
        else:
            self._try(order, "0", options, True, after)
            w.jump(after)
        w.label(after)

    def _afford(self, ways: Sequence[Given], after: str) -> None:
        """Leaves a line whose order costs more than is left, whatever the way."""
        w, costs = self._writer, [dict(each.costs) for each in ways if each.costs is not None]
        if len(costs) < len(ways):
            return
        spent = w.at("%mem", self.module.memory.spent)
        for slot in costs[0]:
            total = w.let(f"add i32 {w.load(spent, slot)}, {min(each.get(slot, 0) for each in costs)}")
            w.need(w.compare("sle", total, w.load(self._seen, slot)), after)

    def _spots(self, order: OrderPlan, where: str, option: int, is_settled: bool) -> Keys:
        """The keys of the places the order may be given for: the one of the highest worth is the smallest."""
        w, module, places = self._writer, self.module, len(self.module.kernel.plan.places)
        spots = Keys(w, places)
        allow = f"orders.{order.id}.allow" if is_settled else ""
        row = self._row_of_keys(allow, where, option)
        if row is not None:
            spots.put_all(row)
            return spots
        with w.each(places) as here:
            truth = "true"
            if is_settled:
                truth = module.holds(w, f"orders.{order.id}.allow", self._seen, here, option)
            key = w.sized(here, "i64")
            if module.has(where):
                worth = w.sized(module.value(w, where, self._seen, here, option), "i64")
                key = w.let(f"sub i64 {key}, {w.let(f'mul i64 {worth}, {size_of(places)}')}")
            spots.put(here, key, truth)
        return spots

    def _row_of_keys(self, allow: str, where: str, option: int) -> str | None:
        """The keys of all places side by side, if both texts can be worked out so."""
        w, module, places = self._writer, self.module, len(self.module.kernel.plan.places)
        rows = [module.row(w, key, self._seen, option) if module.has(key) else "" for key in (allow, where)]
        allowed, worth = rows
        if allowed is None or worth is None:
            return None
        row, wide = f"<{places} x i32>", f"<{places} x i64>"
        keys = f"<{', '.join(f'i64 {place}' for place in range(places))}>"
        if worth:
            worth = w.let(f"sext {row} {worth} to {wide}")
            size = f"<{', '.join([f'i64 {size_of(places)}'] * places)}>"
            keys = w.let(f"sub {wide} {keys}, {w.let(f'mul {wide} {worth}, {size}')}")
        if not allowed:
            return keys
        truths = w.let(f"icmp ne {row} {allowed}, zeroinitializer")
        none = f"<{', '.join([f'i64 {NONE}'] * places)}>"
        return w.let(f"select <{places} x i1> {truths}, {wide} {keys}, {wide} {none}")

    def _try(self, order: OrderPlan, here: str, options: Sequence[int], asks: bool, after: str) -> None:
        """Gives the order with the first option it can be given with, and goes to *after*."""
        w = self._writer
        for option in options:
            off = w.fresh("off")
            if asks:
                w.need(self.module.holds(w, f"orders.{order.id}.allow", self._seen, here, option), off)
            w.need(
                w.let(f"call i1 @takes{order.number}(ptr %mem, ptr {self._seen}, i32 {here}, i32 {option})"),
                off,
            )
            w.store(w.let(f"add i32 {w.load(self._chosen)}, 1"), self._chosen)
            w.jump(after)
            w.label(off)
