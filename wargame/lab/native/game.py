"""Whole games in machine code: the same endings, scores and positions as `lab.match` gives."""

from __future__ import annotations

import ctypes
import hashlib
import sys
import threading
from collections.abc import Mapping, Sequence
from concurrent.futures.process import BrokenProcessPool
from functools import lru_cache
from typing import Any

from attrs import define, field

from wargame.agents.deck import Deck
from wargame.agents.scripted import scripted
from wargame.agents.seating import default_player
from wargame.errors import ScenarioError, WargameError
from wargame.lab.batch import cores, process_pool
from wargame.lab.headlines import headlines
from wargame.lab.match import Result
from wargame.lab.native.ballot import declarations
from wargame.lab.native.basket import write_baskets
from wargame.lab.native.choosing import Choosing
from wargame.lab.native.lanes import LANES, Lanes
from wargame.lab.native.looking import write_look
from wargame.lab.native.module import Module, copied
from wargame.lab.native.talking import Talking
from wargame.lab.native.turning import Turning
from wargame.lab.native.watching import write_watch
from wargame.language.native import Code, compile_text, load_code, machine
from wargame.language.native_dice import face, signed64
from wargame.rules.dice import GAMMA, label_key
from wargame.rules.kernel import Kernel
from wargame.rules.orders import Order
from wargame.rules.position import Position
from wargame.session.shelf import keep_machine, kept_machine

__all__ = ["Games", "build", "games", "written"]

_PLAY = ctypes.CFUNCTYPE(None, ctypes.c_uint64, ctypes.c_int32, ctypes.c_void_p, ctypes.c_void_p)
_RESUME = ctypes.CFUNCTYPE(
    None,
    ctypes.c_void_p,
    ctypes.c_int32,
    ctypes.c_int32,
    ctypes.c_int32,
    ctypes.c_bool,
    ctypes.c_void_p,
    ctypes.c_int32,
    ctypes.c_void_p,
    ctypes.c_void_p,
)

_WATCH = ctypes.CFUNCTYPE(
    None,
    ctypes.c_void_p,
    ctypes.c_int32,
    ctypes.c_int32,
    ctypes.c_void_p,
    ctypes.c_int32,
    ctypes.c_int32,
    ctypes.c_void_p,
)

_CELLS = {"i16": ctypes.c_int16, "i32": ctypes.c_int32}

LARGE = 500_000
"""Characters of a module from which on it is compiled in parts, where there are cores for them."""

Rows = Any
"""An array of integers as C has it."""

Score = tuple[str, dict[str, int]]
"""The id of an ending, and the scores by role, 0 to 100."""

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
    decks: dict[str, Deck] = {}
    for role in plan.roles:
        name = doctrines.get(role, default_player(kernel.scenario, role)).removeprefix("doctrine:")
        if name not in kernel.scenario.doctrines.get(role, {}):
            raise ScenarioError(
                f"{role} is not played by a doctrine but by '{name}', which needs the reference"
            )
        decks[role] = scripted(kernel, role, name).deck
    looking = {role: _looking(kernel, deck) for role, deck in decks.items()}
    module = Module(kernel, plan.calendars[length], looking)
    module.add(_KEY)
    for number, role in enumerate(plan.roles):
        write_look(module, number, role, decks[role])
        doctrine = kernel.scenario.doctrines[role][decks[role].label.split(".")[2]]
        Choosing(module, number, role, decks[role], doctrine).write()
    counts = {len(plan.places), *(len(deck.cards) for deck in decks.values())}
    module.declare(declarations({max(1, count) for count in counts}))
    write_baskets(module)
    Talking(module, decks).write()
    stages = Turning(module).write()
    module.groups += _groups(module, stages)
    _write_deal(module)
    _write_scores(module)
    Lanes(module, stages).write()
    write_watch(module)
    return module


def _groups(module: Module, stages: Sequence[str]) -> list[tuple[str, ...]]:
    """What is compiled apart: how each role looks and chooses, the orders of each phase, and the turn."""
    seats = [(f"look{number}", f"choose{number}") for number in range(len(module.kernel.plan.roles))]
    phases = [(f"carry_out{number}", f"land{number}") for number in range(len(module.kernel.plan.phases))]
    apart = {stage for phase in phases for stage in phase}
    return [*seats, *phases, ("eventsbrief", "ending", *(stage for stage in stages if stage not in apart))]


def _looking(kernel: Kernel, deck: Deck) -> tuple[str, ...]:
    """The texts that are asked only of what the role sees: its deck's, and whether it may give an order."""
    orders = [order.id for order in kernel.plan.menus[deck.role]]
    menu = {f"orders.{id}.{part}" for id in orders for part in ("when", "allow")}
    # In the book's order: the same rules make the same code in every run, or it could not be kept.
    return tuple(key for key in kernel.book.texts if key in menu or key.startswith(f"{deck.label}."))


def _write_deal(module: Module) -> None:
    """The first values, with the truth and the agendas dealt."""
    plan = module.kernel.plan
    w = module.writer("define internal void @deal(ptr %mem, i64 %seed) noinline")
    copied(w, "%mem", "@begin", module.size)
    for number in range(len(plan.roles)):
        copied(w, w.slot("%mem", module.memory.seen[number]), "@begin", module.size)
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
        w.put(card, "%mem", slot)
    w.do("ret void")
    module.add(w.text)


def _write_scores(module: Module) -> None:
    plan = module.kernel.plan
    w = module.writer("define internal void @scores(ptr %mem, ptr %out) noinline")
    for number, role in enumerate(plan.roles):
        goals, worth = plan.objectives.get(role, ()), "0"
        for goal in goals:
            value = module.value(w, f"objectives.{role}.{goal.id}.value", "%mem")
            value = w.let(f"call i32 @llvm.smin.i32(i32 {value}, i32 100)")
            value = w.sized(w.let(f"call i32 @llvm.smax.i32(i32 {value}, i32 0)"), "i32", "i64")
            worth = w.let(f"add i64 {worth}, {w.let(f'mul i64 {value}, {goal.worth}')}")
        points = w.let(f"sdiv i64 {worth}, {max(1, sum(goal.worth for goal in goals))}")
        for line in plan.red_lines.get(role, ()):
            crossed = w.compare("ne", w.get("%mem", line.slot), 0)
            points = w.let(f"sub i64 {points}, {w.let(f'select i1 {crossed}, i64 {line.worth}, i64 0')}")
        for index, card in enumerate(plan.agendas.get(role, ())):
            is_mine = w.compare("eq", w.get("%mem", plan.agenda_slots[role]), index)
            reached = module.holds(w, f"agendas.{role}.{card.id}.when", "%mem")
            truth = w.let(f"and i1 {is_mine}, {reached}")
            points = w.let(f"add i64 {points}, {w.let(f'select i1 {truth}, i64 {card.worth}, i64 0')}")
        points = w.let(f"call i64 @llvm.smax.i64(i64 {points}, i64 0)")
        points = w.let(f"call i64 @llvm.smin.i64(i64 {points}, i64 100)")
        w.store(w.sized(points, "i64", "i32"), "%out", 2 + number)
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
    _resume: Any = field(init=False)
    _watch: Any = field(init=False)
    _endings: list[str] = field(init=False)

    def __attrs_post_init__(self) -> None:
        self._endings = [each.id for each in self.kernel.plan.endings] or ["end"]
        self._play = self.code.function("play", _PLAY)
        self._resume = self.code.function("resume", _RESUME)
        self._watch = self.code.function("watch", _WATCH)

    def batch(self, first: int, count: int) -> Rows:
        """Number of the ending, turns and scores by role of every game, one after the other, in one array."""
        out = self._out(count)
        self._play(first, count, out, self._memory(LANES))
        return out

    def columns(self, first: int, count: int) -> tuple[list[str], dict[str, list[int]]]:
        """How *count* games with seeds from *first* on ended, and by role what they were worth."""
        rows, wide = self.batch(first, count), 2 + len(self.kernel.plan.roles)
        scores = {role: rows[2 + number :: wide] for number, role in enumerate(self.kernel.plan.roles)}
        return [self._endings[ending] for ending in rows[::wide]], scores

    def go_on(
        self,
        positions: Position | Sequence[Position],
        seeds: Sequence[int],
        orders: Mapping[str, Sequence[Order]] | None = None,
        *,
        talked: bool = False,
    ) -> list[Score]:
        """
        How games go on from *positions* with these *seeds* in place of their own: the ending and the scores.

        One position serves all seeds; several, all at the same step, are one for each. The roles in *orders*
        give those in the first turn, which must be legal, and play on by their doctrines. After *talked* the
        offers and answers of that turn are made already.

        Raises:
            WargameError: If the game is over, of another length, or the positions are not at one step.
        """
        listed = [positions] if isinstance(positions, Position) else positions
        step = self._step(listed, len(seeds))
        images, mask = self._images(listed, orders or {})
        stride = self.module.memory.size if len(listed) > 1 else 0
        out, drawn = self._out(len(seeds)), (ctypes.c_uint64 * len(seeds))(*seeds)
        self._resume(images, stride, step, mask, talked, drawn, len(seeds), out, self._memory(LANES))
        return self._read(out, len(seeds))

    def lines(
        self,
        position: Position,
        seeds: Sequence[int],
        orders: Mapping[str, Sequence[Order]] | None = None,
        *,
        talked: bool = False,
    ) -> list[tuple[Score, list[tuple[int, ...]]]]:
        """
        As `go_on` from one position, with the headline numbers (see `lab.headlines`) on the way.

        There is a row for every turn from that of *position* on, as its orders were given, and a last one of
        the end.
        """
        step, shown = self._step([position], 1), len(headlines(self.kernel))
        images, mask = self._images([position], orders or {})
        memory, most = self._memory(LANES), len(self.kernel.plan.calendars[self.length]) + 2 - step
        rows, wide = (ctypes.c_int32 * (LANES * most * shown))(), 2 + len(self.kernel.plan.roles)
        found: list[tuple[Score, list[tuple[int, ...]]]] = []
        for at in range(0, len(seeds), LANES):
            some = seeds[at : at + LANES]
            out, drawn = self._out(len(some)), (ctypes.c_uint64 * len(some))(*some)
            self._resume(images, 0, step, mask, talked, drawn, len(some), out, memory)
            self._watch(memory, len(some), step, out, wide, most, rows)
            ends, listed = out[1::wide], rows[:]
            for lane, (score, end) in enumerate(zip(self._read(out, len(some)), ends, strict=True)):
                first = lane * most * shown
                steps = range(first, first + (end + 2 - step) * shown, shown)
                found.append((score, [tuple(listed[row : row + shown]) for row in steps]))
        return found

    def _images(self, listed: Sequence[Position], given: Mapping[str, Sequence[Order]]) -> tuple[Rows, int]:
        """The memory games begin with, an image for each position, and the roles whose orders stand in it."""
        memory, turn = self.module.memory, self._given(given)
        images = self._memory(len(listed))
        for number, position in enumerate(listed):
            base = number * memory.size
            rows = (position.values, *(self.kernel.plan.start,) * len(memory.seen))
            for at, row in zip((memory.values, *memory.seen), rows, strict=True):
                images[base + at : base + at + len(row)] = row
            for at, row in enumerate(position.past):
                begin = base + memory.past + at * len(row)
                images[begin : begin + len(row)] = row
            images[base + memory.orders : base + memory.orders + len(turn)] = turn
        mask = sum(1 << number for number, role in enumerate(self.kernel.plan.roles) if role in given)
        return images, mask

    def play(self, seed: int) -> Result:
        """One game with its last position, as `lab.match.play` gives it."""
        size = self.module.size
        out, memory = self._out(1), self._memory(LANES)
        self._play(seed, 1, out, memory)
        turns, past = out[1], self.module.memory.past
        rows = tuple(tuple(memory[past + at * size : past + (at + 1) * size]) for at in range(turns))
        ((ending, scores),) = self._read(out, 1)
        position = Position(seed, turns, tuple(memory[:size]), rows, ending, (), self.length)
        return Result(seed, ending, scores, turns, position)

    def _step(self, positions: Sequence[Position], seeds: int) -> int:
        steps = {position.step for position in positions}
        if any(position.is_over or position.length != self.length for position in positions):
            raise WargameError(f"only a game of length '{self.length}' that is not over can go on here")
        if len(steps) != 1 or len(positions) not in (1, seeds):
            raise WargameError("games go on from one position, or from one at the same step for each seed")
        return steps.pop()

    def _given(self, orders: Mapping[str, Sequence[Order]]) -> list[int]:
        """The orders of the turn as the memory holds them: how many, and the rank of each."""
        ranks = sorted(self.kernel.plan.ways[order].rank for each in orders.values() for order in each)
        return [len(ranks), *ranks]

    def _out(self, count: int) -> Rows:
        return (ctypes.c_int32 * (count * (2 + len(self.kernel.plan.roles))))()

    def _memory(self, games: int) -> Rows:
        return (_CELLS[self.module.cells] * (games * self.module.memory.size))()

    def _read(self, rows: Rows, count: int) -> list[Score]:
        plan = self.kernel.plan
        wide, listed = 2 + len(plan.roles), rows[:]
        return [
            (self._endings[listed[at]], dict(zip(plan.roles, listed[at + 2 : at + wide], strict=True)))
            for at in range(0, count * wide, wide)
        ]


def games(
    kernel: Kernel, doctrines: Mapping[str, str] | None = None, length: str = "full", level: int = 1
) -> Games:
    """
    Whole games of *kernel*, ready to be played, optimised as much as *level* says (0 to 3).

    They are compiled once: the program has the last ones at hand, and the cache folder keeps them for the
    same rules, seats, length and processor. Who asks while they are being compiled for another waits.

    Raises:
        ScenarioError: If a role is not played by a doctrine.
        WargameError: If llvmlite is missing.
    """
    with _compiling:
        return _at_hand(kernel, tuple(sorted((doctrines or {}).items())), length, level)


_compiling = threading.Lock()


@lru_cache(maxsize=8)
def _at_hand(kernel: Kernel, seats: tuple[tuple[str, str], ...], length: str, level: int) -> Games:
    return build(kernel, dict(seats), length, level)


def build(kernel: Kernel, doctrines: Mapping[str, str], length: str, level: int) -> Games:
    """As `games`, from the cache folder or anew."""
    module = written(kernel, doctrines, length)
    text = module.text()
    mark = hashlib.sha256(f"{machine(level)}\n{text}".encode()).hexdigest()
    data = kept_machine(mark)
    if data is None:
        jobs = cores() if len(text) > LARGE and _can_fork() else 1
        data = _in_parts(module.parts(), level, jobs) if jobs > 1 else [compile_text(text, level)]
        keep_machine(mark, data)
    return Games(kernel, module, length, load_code(data))


def _in_parts(parts: Sequence[str], level: int, jobs: int) -> list[bytes]:
    """The parts as object files, compiled by *jobs* processes; by one alone the whole would be quicker."""
    with process_pool(jobs) as pool:
        # The longest first, so that no core is left waiting for it at the end.
        begun = {
            part: pool.submit(compile_text, part, level) for part in sorted(parts, key=len, reverse=True)
        }
        try:
            return [begun[part].result() for part in parts]
        except BrokenProcessPool:
            return [compile_text(part, level) for part in parts]


def _can_fork() -> bool:
    """
    Whether a second process is no risk and no surprise.

    Elsewhere it would begin by running the caller's script anew, and of several threads only one comes along.
    """
    return sys.platform == "linux" and threading.active_count() == 1
