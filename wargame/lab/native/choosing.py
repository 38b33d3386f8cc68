"""A scripted role's choice of orders: its deck's lines by weight and dice, within its limit and its purse."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import define, field

from wargame.agents.deck import Card, Deck, size_of
from wargame.lab.native.ballot import Keys
from wargame.lab.native.drawing import faces
from wargame.lab.native.module import Module
from wargame.language.llvm import Writer, listed
from wargame.language.reach import narrowest
from wargame.rules.dice import label_key
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
        self._writer = w = self.module.writer(
            f"define internal void @choose{self.number}(ptr %mem, i64 %k) noinline"
        )
        self._seen, self._chosen = w.slot("%mem", memory.seen[self.number]), w.room("i32", 0)
        for slot in sorted({slot for order in plan.menus[self.role] for slot, _ in order.prices}):
            w.put(0, w.slot("%mem", memory.spent), slot)
        lines = [(at, line) for at, line in enumerate(self.doctrine.lines, 1) if line.order is not None]
        size = size_of(len(lines))
        heaviest = max((abs(line.weight) for _, line in lines), default=0) + self.deck.jitter
        keys = Keys(w, len(lines), narrowest((heaviest + 1) * size, "i32"))
        self._ballot(lines, size, keys)
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
        is_open = {id: self._open(id) for id in dict.fromkeys(str(line.order) for _, line in lines)}
        if not lines:
            return
        truths, of, row = list[str](), keys.number, f"<{len(lines)} x {keys.number}>"
        for number, line in lines:
            truth = w.let(f"and i1 {shown[line.face]}, {is_open[str(line.order)]}")
            when = module.holds(w, f"{entry}.lines.{number}.when", self._seen)
            truths.append(w.let(f"and i1 {truth}, {when}"))
        luck = faces(w, "%k", label_key(f"agents.{self.role}.{entry}"), self.deck.jitter + 1, len(lines), of)
        weight = w.let(f"add {row} {luck}, {listed(of, (line.weight for _, line in lines))}")
        weight = w.let(f"mul {row} {weight}, {w.spread(str(size), of, len(lines))}")
        keys.put_all(w.let(f"sub {row} {listed(of, range(len(lines)))}, {weight}"), keys.bits(truths))

    def _open(self, id: str) -> str:
        """Whether an order may be given, for whatever target and option."""
        w, order = self._writer, self.module.kernel.plan.orders[id]
        truth = self.module.holds(w, f"orders.{id}.when", self._seen)
        if order.about.once:
            truth = w.let(f"and i1 {truth}, {w.compare('eq', w.get(self._seen, order.slot), 0)}")
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
        spent = w.slot("%mem", self.module.memory.spent)
        for slot in costs[0]:
            total = w.let(f"add i32 {w.get(spent, slot)}, {min(each.get(slot, 0) for each in costs)}")
            w.need(w.compare("sle", total, w.get(self._seen, slot)), after)

    def _spots(self, order: OrderPlan, where: str, option: int, is_settled: bool) -> Keys:
        """The keys of the places the order may be given for: the one of the highest worth is the smallest."""
        w, module, places = self._writer, self.module, len(self.module.kernel.plan.places)
        spots = Keys(w, places, narrowest((module.reach(where) + 1) * size_of(places), "i32"))
        allow = f"orders.{order.id}.allow" if is_settled else ""
        if self._weighs_together(spots, allow, where, option):
            return spots
        with w.each(places) as here:
            truth = "true"
            if is_settled:
                truth = module.holds(w, f"orders.{order.id}.allow", self._seen, here, option)
            of = spots.number
            key = w.sized(here, "i32", of)
            if module.has(where):
                worth = w.sized(module.value(w, where, self._seen, here, option), "i32", of)
                key = w.let(f"sub {of} {key}, {w.let(f'mul {of} {worth}, {size_of(places)}')}")
            spots.put(here, key, truth)
        return spots

    def _weighs_together(self, spots: Keys, allow: str, where: str, option: int) -> bool:
        """Puts the keys of all places side by side, and says so, if both texts can be worked out so."""
        w, module, places = self._writer, self.module, len(self.module.kernel.plan.places)
        rows = [module.row(w, key, self._seen, option) if module.has(key) else "" for key in (allow, where)]
        allowed, worth = rows
        if allowed is None or worth is None:
            return False
        row, of, wide = f"<{places} x i32>", spots.number, f"<{places} x {spots.number}>"
        keys, truths = listed(of, range(places)), w.spread("true", "i1", places)
        if worth:
            worth = w.sized(worth, "i32", of, places)
            size = w.spread(str(size_of(places)), of, places)
            keys = w.let(f"sub {wide} {keys}, {w.let(f'mul {wide} {worth}, {size}')}")
        if allowed:
            truths = w.let(f"icmp ne {row} {allowed}, zeroinitializer")
        spots.put_all(keys, truths)
        return True

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
