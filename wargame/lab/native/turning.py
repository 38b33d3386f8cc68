"""The adjudication of a turn: prices, orders at the same time, procedures, events, and what is settled."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from attrs import define

from wargame.lab.native.carrying import write_carrying
from wargame.lab.native.module import Module, copied
from wargame.language.llvm import Writer
from wargame.language.native_dice import face, signed64
from wargame.rules.plan import AgreementPlan, EventPlan, PromisePlan, Rule
from wargame.rules.settle import AGREEMENT_BROKEN, BROKEN, GIVEN, KEPT, MOOT, STANDING

__all__ = ["Turning"]

FEW = 8
"""Procedures of a stage, at most."""


@define(eq=False)
class Turning:
    """
    Writes the adjudication as stages, which are called one after the other: `void @stage(ptr mem, i64 k)`.

    A stage is so small that its code stays near while all games side by side go through it.
    """

    module: Module

    def write(self) -> list[str]:
        """The names of the stages."""
        plan = self.module.kernel.plan
        self._events("brief", plan.brief)
        write_carrying(self.module)
        self._begin()
        stages = ["pay"]
        for number, phase in enumerate(plan.phases):
            stages += [f"carry_out{number}", f"land{number}", *self._procedures(number, phase.procedures)]
            if phase.events:
                self._events(str(number), phase.events)
                stages.append(f"events{number}")
        self._settle()
        self._close()
        self._ending()
        return [*stages, "settle"]

    def _begin(self) -> None:
        """The position is kept, prices are paid, agreements take effect, and orders wait for their phase."""
        memory = self.module.memory
        w = self.module.writer("define internal void @pay(ptr %mem, i64 %k) noinline")
        step = w.let(f"sub i32 {w.get('%mem', 1)}, 1")
        row = w.let(f"add i32 {w.let(f'mul i32 {step}, {self.module.size}')}, {memory.past}")
        start = w.slot("%mem", row)
        copied(w, start, "%mem", self.module.size)
        self._pay(w, start)
        self._take_effect(w)
        w.do("call void @by_phase(ptr %mem)")
        w.do("ret void")
        self.module.add(w.text)

    def _procedures(self, phase: int, procedures: Sequence[Rule]) -> Iterator[str]:
        for first in range(0, len(procedures), FEW):
            name = f"procedures{phase}.{first}"
            w = self.module.writer(f"define internal void @{name}(ptr %mem, i64 %k) noinline")
            for rule in procedures[first : first + FEW]:
                self.module.run(w, f"procedures.{rule.cause.id}.rules")
            w.do("ret void")
            self.module.add(w.text)
            yield name

    def _events(self, name: str, events: Sequence[EventPlan]) -> None:
        w = self.module.writer(f"define internal void @events{name}(ptr %mem, i64 %k) noinline")
        for event in events:
            self._event(w, event)
        w.do("ret void")
        self.module.add(w.text)

    def _event(self, w: Writer, event: EventPlan) -> None:
        module, after, key = self.module, w.fresh("next"), f"events.{event.id}"

        def need(truth: str) -> None:
            w.need(truth, after)

        is_new = w.compare("eq", w.get("%mem", event.slot), 0) if event.once else "true"
        if event.turn is not None:
            step, now = w.get("%mem", 1), w.get("%mem", 0)
            need(w.compare("sle", event.turn, now))
            at = w.let(f"call i32 @llvm.smax.i32(i32 {w.let(f'sub i32 {step}, 2')}, i32 0)")
            last = w.load("@calendar", at)
            is_later = w.compare("slt", last, event.turn)
            need(w.let(f"or i1 {is_later}, {w.compare('slt', step, 2)}"))
            if event.turn <= 0:
                need("false")
        if event.when is not None and module.is_light(f"{key}.when"):
            # One branch, mostly left, is foreseen better than two.
            need(w.let(f"and i1 {is_new}, {module.holds(w, f'{key}.when', '%mem', k='%k')}"))
        else:
            need(is_new)
            need(module.holds(w, f"{key}.when", "%mem", k="%k"))
        if event.percent is not None:
            percent = module.value(w, f"{key}.percent", "%mem", k="%k")
            top = w.let(f"call i64 @top(i64 {w.let(f'add i64 %k, {signed64(event.die)}')})")
            need(w.compare("slt", face(w, top, "100"), percent))
        w.put(w.get("%mem", 1), "%mem", event.slot)
        self.module.run(w, f"{key}.effects")
        w.jump(after)
        w.label(after)

    def _pay(self, w: Writer, start: str) -> None:
        plan = self.module.kernel.plan
        orders = w.slot("%mem", self.module.memory.orders)
        paid = [order for order in plan.orders.values() if order.prices]
        if not paid:
            return
        with self.module.each_order(w, orders) as (order, here, option):
            done, by_number = w.fresh("paid"), {each.number: each for each in paid}
            for number, label in w.switch(order, by_number, done):
                each = by_number[number]
                w.label(label)
                for purse in each.about.spend:
                    slot = plan.variables[purse].slot
                    cost = self.module.value(w, f"orders.{each.id}.spend.{purse}", start, here, option)
                    left = w.let(f"sub i32 {w.get('%mem', slot)}, {cost}")
                    left = w.let(f"call i32 @llvm.smax.i32(i32 {left}, i32 {plan.slots[slot].lo})")
                    w.put(left, "%mem", slot)
                w.jump(done)
            w.label(done)

    def _take_effect(self, w: Writer) -> None:
        for each in self.module.kernel.plan.agreements.values():
            with w.when(w.compare("ne", w.get("%mem", each.agreed), 0)):
                w.put(0, "%mem", each.agreed)
                w.put(STANDING, "%mem", each.slot)
                self.module.run(w, f"agreements.{each.id}.effects")

    def _settle(self) -> None:
        plan = self.module.kernel.plan
        w = self.module.writer("define internal void @settle(ptr %mem, i64 %k) noinline")
        for agreement in plan.agreements.values():
            with w.when(w.compare("eq", w.get("%mem", agreement.slot), STANDING)):
                self._judge_agreement(w, agreement)
        for promise in plan.promises.values():
            with w.when(w.compare("eq", w.get("%mem", promise.slot), GIVEN)):
                self._judge_promise(w, promise)
        for role, lines in plan.red_lines.items():
            for line in lines:
                with (
                    w.when(w.compare("eq", w.get("%mem", line.slot), 0)),
                    w.when(self.module.holds(w, f"red_lines.{role}.{line.id}.when", "%mem", k="%k")),
                ):
                    w.put(w.get("%mem", 1), "%mem", line.slot)
        w.do("ret void")
        self.module.add(w.text)

    def _judge_agreement(self, w: Writer, each: AgreementPlan) -> None:
        truth, step = "false", w.get("%mem", 1)
        for by in each.broken_by:
            truth = w.let(f"or i1 {truth}, {w.compare('eq', w.get('%mem', by.slot), step)}")
        with w.when(truth):
            w.put(AGREEMENT_BROKEN, "%mem", each.slot)
            self.module.run(w, f"agreements.{each.id}.on_break")
        with w.unless(truth):
            self.module.run(w, f"agreements.{each.id}.each_turn")

    def _judge_promise(self, w: Writer, each: PromisePlan) -> None:
        key, outcome = f"promises.{each.id}", w.room("i32", 0)
        if each.about.due is not None:
            turns = w.let(f"sub i32 {w.get('%mem', 1)}, {w.get('%mem', each.given)}")
            is_due = w.compare("sge", w.let(f"add i32 {turns}, 1"), each.about.due)
            late = KEPT if each.kept_when is None else BROKEN
            w.store(w.let(f"select i1 {is_due}, i32 {late}, i32 0"), outcome)
        for text, result in (("kept_when", KEPT), ("broken_when", BROKEN)):
            if self.module.has(f"{key}.{text}"):
                with w.when(self.module.holds(w, f"{key}.{text}", "%mem", k="%k")):
                    w.store(result, outcome)
        found = w.load(outcome)
        with w.when(w.compare("ne", found, 0)):
            w.put(found, "%mem", each.slot)
            is_kept = w.compare("eq", found, KEPT)
            with w.when(is_kept):
                self.module.run(w, f"{key}.on_kept")
            with w.unless(is_kept):
                self.module.run(w, f"{key}.on_broken")

    def _close(self) -> None:
        w = self.module.writer("define internal void @close(ptr %mem) noinline")
        for promise in self.module.kernel.plan.promises.values():
            with w.when(w.compare("eq", w.get("%mem", promise.slot), GIVEN)):
                w.put(MOOT, "%mem", promise.slot)
        w.do("ret void")
        self.module.add(w.text)

    def _ending(self) -> None:
        """`i32 @ending(ptr mem, i64 k, i1 last)`: the number of the ending, or -1."""
        plan = self.module.kernel.plan
        w = self.module.writer("define internal i32 @ending(ptr %mem, i64 %k, i1 %last) noinline")
        for number, ending in enumerate(plan.endings):
            counts = "true" if ending.about.early else "%last"
            with w.when(counts), w.when(self.module.holds(w, f"endings.{ending.id}.when", "%mem", k="%k")):
                self._end(w, number)
        with w.when("%last"):
            self._end(w, max(0, len(plan.endings) - 1))
        w.do("ret i32 -1")
        self.module.add(w.text)

    def _end(self, w: Writer, number: int) -> None:
        w.do("call void @close(ptr %mem)")
        w.do(f"ret i32 {number}")
        w.label(w.fresh("dead"))
