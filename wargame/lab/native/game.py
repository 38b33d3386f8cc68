"""Whole games in machine code: the same endings, scores and positions as `lab.match` gives."""

from __future__ import annotations

import ctypes
from collections.abc import Mapping
from typing import Any

from attrs import define, field

from wargame.agents.deck import Deck
from wargame.agents.scripted import scripted
from wargame.agents.seating import default_player
from wargame.errors import ScenarioError
from wargame.lab.match import Result
from wargame.lab.native.basket import write_baskets
from wargame.lab.native.choosing import LIGHTEST, Choosing
from wargame.lab.native.looking import write_look
from wargame.lab.native.module import Module, copied
from wargame.lab.native.talking import Talking
from wargame.lab.native.turning import Turning
from wargame.language.llvm import Writer
from wargame.language.native import Code, compile_text
from wargame.language.native_dice import face, signed64
from wargame.rules.dice import GAMMA, label_key
from wargame.rules.kernel import Kernel
from wargame.rules.position import Position

__all__ = ["Games", "games", "written"]

_PLAY = ctypes.CFUNCTYPE(None, ctypes.c_uint64, ctypes.c_int32, ctypes.c_void_p, ctypes.c_void_p)

_KEY = f"""
define internal i64 @turn_key(i64 %seed, i32 %step) noinline {{
  %a = add i64 %seed, {signed64(GAMMA)}
  %b = call i64 @mix(i64 %a)
  %c = zext i32 %step to i64
  %d = mul i64 %c, {signed64(GAMMA)}
  %e = add i64 %b, %d
  %f = call i64 @mix(i64 %e)
  ret i64 %f
}}
declare i64 @llvm.smax.i64(i64, i64)
declare i64 @llvm.smin.i64(i64, i64)
declare void @llvm.memcpy.p0.p0.i64(ptr, ptr, i64, i1)
declare void @llvm.memset.p0.i64(ptr, i8, i64, i1)
"""


def written(kernel: Kernel, doctrines: Mapping[str, str], length: str = "full") -> Module:
    """The module that plays whole games of *kernel* with a doctrine in every seat."""
    plan = kernel.plan
    module = Module(kernel, plan.calendars[length])
    module.add(_KEY)
    module.add(LIGHTEST)
    decks: dict[str, Deck] = {}
    for role in plan.roles:
        name = doctrines.get(role, default_player(kernel.scenario, role)).removeprefix("doctrine:")
        if name not in kernel.scenario.doctrines.get(role, {}):
            raise ScenarioError(
                f"{role} is not played by a doctrine but by '{name}', which needs the reference"
            )
        decks[role] = scripted(kernel, role, name).deck
    for number, role in enumerate(plan.roles):
        write_look(module, number, role, decks[role])
        doctrine = kernel.scenario.doctrines[role][decks[role].label.split(".")[2]]
        Choosing(module, number, role, decks[role], doctrine).write()
    write_baskets(module)
    Talking(module, decks).write()
    Turning(module).write()
    _write_deal(module)
    _write_scores(module)
    _write_play(module)
    return module


def _write_deal(module: Module) -> None:
    """The first values, with the truth and the agendas dealt."""
    plan = module.kernel.plan
    w = Writer("define internal void @deal(ptr %mem, i64 %seed) noinline")
    copied(w, "%mem", "@begin", module.size)
    for number in range(len(plan.roles)):
        copied(w, w.at("%mem", module.memory.seen[number]), "@begin", module.size)
    cards = [("truth", plan.truth_slot, plan.truth_weights)] if plan.truth_slot is not None else []
    cards += [
        (f"agenda.{role}", plan.agenda_slots[role], (1,) * len(goals))
        for role, goals in plan.agendas.items()
        if goals
    ]
    key = w.let("call i64 @turn_key(i64 %seed, i32 0)")
    for label, slot, weights in cards:
        top = w.let(f"call i64 @top(i64 {w.let(f'add i64 {key}, {signed64(label_key(label))}')})")
        drawn, card, sum_ = face(w, top, str(sum(weights))), "0", 0
        for weight in weights[:-1]:
            sum_ += weight
            card = w.let(f"add i32 {card}, {w.as_number(w.compare('sge', drawn, sum_))}")
        w.store(card, "%mem", slot)
    w.do("ret void")
    module.add(w.text)


def _write_scores(module: Module) -> None:
    plan = module.kernel.plan
    w = Writer("define internal void @scores(ptr %mem, ptr %out) noinline")
    for number, role in enumerate(plan.roles):
        goals, worth = plan.objectives.get(role, ()), "0"
        for goal in goals:
            value = module.value(w, f"objectives.{role}.{goal.id}.value", "%mem")
            value = w.let(f"call i32 @llvm.smin.i32(i32 {value}, i32 100)")
            value = w.sized(w.let(f"call i32 @llvm.smax.i32(i32 {value}, i32 0)"), "i64")
            worth = w.let(f"add i64 {worth}, {w.let(f'mul i64 {value}, {goal.worth}')}")
        points = w.let(f"sdiv i64 {worth}, {max(1, sum(goal.worth for goal in goals))}")
        for line in plan.red_lines.get(role, ()):
            crossed = w.compare("ne", w.load("%mem", line.slot), 0)
            points = w.let(f"sub i64 {points}, {w.let(f'select i1 {crossed}, i64 {line.worth}, i64 0')}")
        for index, card in enumerate(plan.agendas.get(role, ())):
            is_mine = w.compare("eq", w.load("%mem", plan.agenda_slots[role]), index)
            reached = module.holds(w, f"agendas.{role}.{card.id}.when", "%mem")
            truth = w.let(f"and i1 {is_mine}, {reached}")
            points = w.let(f"add i64 {points}, {w.let(f'select i1 {truth}, i64 {card.worth}, i64 0')}")
        points = w.let(f"call i64 @llvm.smax.i64(i64 {points}, i64 0)")
        points = w.let(f"call i64 @llvm.smin.i64(i64 {points}, i64 100)")
        w.store(w.sized(points, "i32", "trunc"), "%out", 2 + number)
    w.do("ret void")
    module.add(w.text)


def _write_play(module: Module) -> None:
    """`void @play(i64 seed, i32 count, ptr out, ptr mem)`: one game for each seed from the first on."""
    plan, turns = module.kernel.plan, len(module.calendar)
    row = 2 + len(plan.roles)
    w = Writer("define void @play(i64 %first, i32 %count, ptr %out, ptr %mem)")
    w.do(f"call void @llvm.memset.p0.i64(ptr %mem, i8 0, i64 {4 * module.memory.past}, i1 false)")
    with w.each("%count") as index:
        seed = w.let(f"add i64 %first, {w.sized(index, 'i64')}")
        out = w.at("%out", w.let(f"mul i32 {index}, {row}"))
        w.do(f"call void @deal(ptr %mem, i64 {seed})")
        after = w.fresh("over")
        with w.each(turns) as turn:
            step = w.let(f"add i32 {turn}, 1")
            w.store(w.load("@calendar", turn), "%mem", 0)
            w.store(step, "%mem", 1)
            key = w.let(f"call i64 @turn_key(i64 {seed}, i32 {step})")
            w.do(f"call void @eventsbrief(ptr %mem, i64 {key})")
            w.do(f"call void @talk(ptr %mem, i64 {key})")
            w.store(0, w.at("%mem", module.memory.orders))
            for number in range(len(plan.roles)):
                w.do(f"call void @choose{number}(ptr %mem, i64 {key})")
            w.do(f"call void @adjudicate(ptr %mem, i64 {key})")
            is_last = w.compare("eq", step, turns)
            ending = w.let(f"call i32 @ending(ptr %mem, i64 {key}, i1 {is_last})")
            w.store(ending, out, 0)
            w.store(step, out, 1)
            goes_on = w.fresh("on")
            w.fork(w.compare("slt", ending, 0), goes_on, after)
            w.label(goes_on)
        w.jump(after)
        w.label(after)
        w.do(f"call void @scores(ptr %mem, ptr {out})")
    w.do("ret void")
    module.add(w.text)


@define(eq=False)
class Games:
    """Compiled games of one scenario, seats and length."""

    kernel: Kernel
    module: Module
    length: str
    code: Code
    _play: Any = field(init=False)

    def __attrs_post_init__(self) -> None:
        self._play = self.code.function("play", _PLAY)

    def batch(self, first: int, count: int) -> Any:
        """Number of the ending, turns and scores by role of every game, one after the other, in one array."""
        out = (ctypes.c_int32 * (count * (2 + len(self.kernel.plan.roles))))()
        self._play(first, count, out, (ctypes.c_int32 * self.module.memory.size)())
        return out

    def scores(self, first: int, count: int) -> list[tuple[str, dict[str, int]]]:
        """The ending and the scores by role of *count* games, with seeds from *first* on."""
        plan, rows = self.kernel.plan, self.batch(first, count)
        wide = 2 + len(plan.roles)
        endings = [each.id for each in plan.endings] or ["end"]
        return [
            (endings[rows[at]], dict(zip(plan.roles, rows[at + 2 : at + wide], strict=True)))
            for at in range(0, count * wide, wide)
        ]

    def play(self, seed: int) -> Result:
        """One game with its last position, as `lab.match.play` gives it."""
        plan, size = self.kernel.plan, self.module.size
        out = (ctypes.c_int32 * (2 + len(plan.roles)))()
        memory = (ctypes.c_int32 * self.module.memory.size)()
        self._play(seed, 1, out, memory)
        turns, past = out[1], self.module.memory.past
        rows = tuple(tuple(memory[past + at * size : past + (at + 1) * size]) for at in range(turns))
        ending = plan.endings[out[0]].id if plan.endings else "end"
        position = Position(seed, turns, tuple(memory[:size]), rows, ending, (), self.length)
        return Result(seed, ending, dict(zip(plan.roles, out[2:], strict=True)), turns, position)


def games(
    kernel: Kernel, doctrines: Mapping[str, str] | None = None, length: str = "full", level: int = 1
) -> Games:
    """
    Whole games of *kernel*, ready to be played, optimised as much as *level* says (0 to 3).

    Level 2 takes half as long again to compile as level 1, and pays for long batches only.

    Raises:
        ScenarioError: If a role is not played by a doctrine.
        WargameError: If llvmlite is missing.
    """
    module = written(kernel, doctrines or {}, length)
    return Games(kernel, module, length, compile_text(module.text(), level))
