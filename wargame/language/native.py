"""
Checked rule texts compiled to machine code: the second back end, with the results of the first, bit for bit.

It needs llvmlite, which is imported only when something is compiled; the text of the code needs nothing.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from attrs import define, field

from wargame.errors import WargameError
from wargame.language.apart import Round
from wargame.language.check import Checked
from wargame.language.llvm import Writer
from wargame.language.native_dice import HELPERS
from wargame.language.native_expressions import (
    Expressions,
    aggregate_declarations,
    aggregate_name,
    reduced,
)
from wargame.language.native_orders import Moves, give_back, hold, strips_of
from wargame.language.native_ready import Ask, Ready
from wargame.language.native_rows import Rows, row_width
from wargame.language.native_slots import Slots
from wargame.language.native_statements import Statements, names_of
from wargame.language.reach import FAR, Reach, names_in, narrowest
from wargame.language.scope import DerivedName, Scope, VariableName
from wargame.language.types import Number

__all__ = ["Code", "Natives", "compile_text", "is_there", "load_code", "machine"]

_VALUE = ctypes.CFUNCTYPE(ctypes.c_int32, ctypes.c_void_p, ctypes.c_uint64, ctypes.c_int32, ctypes.c_int32)
_BLOCK = ctypes.CFUNCTYPE(None, ctypes.c_void_p, ctypes.c_uint64, ctypes.c_int32, ctypes.c_int32)
_ORDER = ctypes.CFUNCTYPE(
    None, ctypes.c_void_p, ctypes.c_uint64, ctypes.c_int32, ctypes.c_int32, ctypes.c_void_p
)


@define(eq=False)
class Natives:
    """
    Collects the checked texts of one scenario and writes them as one LLVM module.

    A position is an array of integers as wide as *cells*. An order's block leaves it as it was, and lets
    what it moved meet the moves of other orders (see `native_orders`).
    """

    scope: Scope
    size: int
    """The number of slots of a position."""

    is_library: bool = True
    """Whether the functions can be asked for by name; otherwise only others of the module call them."""

    moves: Moves = field(factory=Moves)
    """How the moves of orders are kept."""

    cells: str = "i32"
    """The type of a slot: `i16` where their bounds prove that it holds every one of them."""

    ready: Ready = field(factory=dict)
    """What lies ready behind the slots of what a role sees, for the texts that look at it."""

    declared: set[str] = field(factory=set, init=False)
    """What LLVM offers and is called, beside what every module declares: a line for each function."""

    _slots: Slots = field(init=False)
    _derived: dict[int, Checked] = field(factory=dict, init=False)
    _texts: dict[str, str] = field(factory=dict, init=False)
    _kinds: dict[str, Any] = field(factory=dict, init=False)
    _aggregates: set[Ask] = field(factory=set, init=False)

    def __attrs_post_init__(self) -> None:
        self._slots = Slots(self.scope)

    def add(self, checked: Checked, alone: bool = False, looks: bool = False) -> str:
        """
        The name under which *checked* will be found.

        An expression is `i32 f(ptr s, i64 k, i32 here, i32 option)`; a block has no result, and an order's
        block takes the moves as one more `ptr u`. An order that is *alone* in its phase needs none: its block
        sets the position itself, as those of procedures and events do. An expression that *looks* is asked
        only of what a role sees, where some things lie ready.
        """
        name = f"f{len(self._texts)}"
        keeps = checked.is_block and checked.use.kind == "order" and not alone
        self._kinds[name] = _ORDER if keeps else _BLOCK if checked.is_block else _VALUE
        self._texts[name] = self._function(name, checked, keeps, self.ready if looks else {})
        return name

    def add_derived(self, index: int, checked: Checked) -> str:
        """As `add`, for derived value *index*: it is called `d<index>`, and takes only `s` and `here`."""
        name = f"d{index}"
        self._derived[index] = checked
        self._texts[name] = self._value(
            f"define internal i32 @{name}(ptr %s, i32 %here) noinline", checked, {}
        )
        return name

    def add_aggregate(self, ask: Ask) -> str:
        """The name of `i32 f(ptr s)`, a function over all places."""
        self._aggregates.add(ask)
        return aggregate_name(*ask)

    def add_row(self, checked: Checked, looks: bool = False) -> str | None:
        """
        The name of `<places x i32> r(ptr s, i32 option)`: what the expression comes to at every place.

        None if it cannot be worked out for all places side by side.
        """
        round_ = Round(self.scope, self._derived, None)
        if isinstance(checked.tree, tuple) or not round_.can(checked.tree):
            return None
        name, row = f"r{len(self._texts)}", f"<{len(self.scope.places)} x i32>"
        w = Writer(f"define internal {row} @{name}(ptr %s, i32 %option)", self.cells)
        rows = self._rows(w, round_, checked, self.ready if looks else {})
        w.do(f"ret {row} {w.sized(rows.value(checked), rows.width, 'i32', rows.count)}")
        self._texts[name] = w.text
        return name

    def text(self) -> str:
        """The module, which holds no word and no number that is not ours."""
        aggregates = {
            aggregate_name(*each): self._aggregate(*each) for each in sorted(self._aggregates, key=str)
        }
        declared = set(self.declared)
        for *_, places in self._aggregates:
            declared.update(aggregate_declarations(places))
        ordered = [*sorted(declared), *(aggregates[name] for name in sorted(aggregates))]
        return "\n".join(
            [HELPERS, *self._near(), *_EXTERNAL, *ordered, *self._texts.values(), self._slots.text(), ""]
        )

    def build(self, level: int = 2) -> dict[str, Callable[..., Any]]:
        """
        Every text added but the derived values, by name, as a function of addresses and integers.

        Raises:
            WargameError: If llvmlite is missing.
        """
        code = load_code([compile_text(self.text(), level)])
        return {name: code.function(name, kind) for name, kind in self._kinds.items()}

    def _aggregate(self, function: str, base: int | None, derived: int | None, places: int) -> str:
        """What makes one number of those of all places: of a variable's, or of a derived value's."""
        name = aggregate_name(function, base, derived, places)
        w = Writer(f"define internal i32 @{name}(ptr %s) noinline", self.cells)
        if base is not None:
            values, of = self._slots.load_row(w, base, places, self.cells), self.cells
        else:
            values, of = self._all_of(w, derived or 0, places)
        sums = narrowest(places * self._reach(base, derived), of)
        w.do(f"ret i32 {reduced(w, function, values, places, of, sums)}")
        return w.text

    def _reach(self, base: int | None, derived: int | None) -> int:
        """How far a variable or a derived value reaches."""
        owners: list[VariableName | DerivedName] = [
            each for each in self.scope.variables.values() if base is not None and each.slot == base
        ]
        owners += [each for each in self.scope.derived.values() if each.index == derived]
        bounds = [max(-each.type.lo, each.type.hi) for each in owners if isinstance(each.type, Number)]
        return max(bounds, default=FAR)

    def reach_of(self, checked: Checked) -> int:
        """How far what an expression comes to reaches, whatever its sign."""
        reach = Reach(self._derived, self.scope.turns)
        return FAR if isinstance(checked.tree, tuple) else reach.value(checked.tree)

    def _rows(self, w: Writer, round_: Round, text: Checked, ready: Ready) -> Rows:
        """Writes an expression for all places side by side."""
        reach = Reach(self._derived, self.scope.turns)
        far = FAR if isinstance(text.tree, tuple) else reach.of(text.tree)
        return Rows(round_, self._expressions(w, text, ready), width=row_width(w, far))

    def _all_of(self, w: Writer, derived: int, places: int) -> tuple[str, str]:
        """The row of a derived value at all places, side by side if they do not meet, and its type."""
        text, round_ = self._derived[derived], Round(self.scope, self._derived, None)
        if not isinstance(text.tree, tuple) and round_.can(text.tree):
            rows = self._rows(w, round_, text, {})
            return rows.value(text), rows.width
        row, values = f"<{places} x i32>", "poison"
        for place in range(places):
            value = w.let(f"call i32 @d{derived}(ptr %s, i32 {place})")
            values = w.let(f"insertelement {row} {values}, i32 {value}, i32 {place}")
        return values, "i32"

    def _near(self) -> list[str]:
        """The neighbours of every place, one after the other, and where those of each place begin."""
        near = [place for places in self.scope.neighbours for place in places]
        first = [0]
        for places in self.scope.neighbours:
            first.append(first[-1] + len(places))
        bits = [sum(1 << place for place in places) for places in self.scope.neighbours]
        return [constant("near", near), constant("near_first", first), constant("near_bits", bits, "i64")]

    def _function(self, name: str, checked: Checked, keeps: bool, ready: Ready) -> str:
        """The function of a text; a block that *keeps* leaves its moves and not the values it has set."""
        scope = "" if self.is_library else "internal "
        parameters = "ptr %s, i64 %k, i32 %here, i32 %option"
        if not isinstance(checked.tree, tuple):
            return self._value(f"define {scope}i32 @{name}({parameters})", checked, ready)
        w = Writer(
            f"define {scope}void @{name}({parameters}{', ptr noalias %u' if keeps else ''})", self.cells
        )
        expressions = self._expressions(w, checked, {})
        expressions.locals = {index: w.room("i32", 0) for index in sorted(names_of(checked.tree))}
        held = hold(w, strips_of(checked.tree, len(self.scope.places)) if keeps else ())
        names = names_in(checked.tree, self._derived, self.scope.turns)
        reach = Reach(self._derived, self.scope.turns, names)
        Statements(expressions, checked.ranges, reach).block(checked.tree)
        give_back(w, held, self.moves)
        w.do("ret void")
        return w.text

    def _value(self, head: str, checked: Checked, ready: Ready) -> str:
        w = Writer(head, self.cells)
        expressions = self._expressions(w, checked, ready)
        if isinstance(checked.tree, tuple):
            raise TypeError("a block of statements has no value")
        value = expressions.number(checked.tree)
        if checked.clamp is not None:
            value = expressions.cut(value, checked.ranges[checked.tree], *checked.clamp)
        w.do(f"ret i32 {value}")
        return w.text

    def _expressions(self, writer: Writer, checked: Checked, ready: Ready) -> Expressions:
        made = Expressions(self.scope, writer, self._slots, checked.dice, checked.use.here)
        made.aggregates, made.ready = self._aggregates, ready
        return made


_EXTERNAL = (
    "declare i32 @llvm.smin.i32(i32, i32)",
    "declare i32 @llvm.smax.i32(i32, i32)",
    "declare i64 @llvm.ctpop.i64(i64)",
    "declare i64 @llvm.cttz.i64(i64, i1)",
)


def constant(name: str, numbers: Sequence[int], type_: str = "i32") -> str:
    """Numbers that never change."""
    if not numbers:
        return f"@{name} = internal constant [1 x {type_}] zeroinitializer"
    listed = ", ".join(f"{type_} {number}" for number in numbers)
    return f"@{name} = internal constant [{len(numbers)} x {type_}] [{listed}]"


@define(eq=False)
class Code:
    """A compiled module; its functions live as long as it does."""

    engine: Any

    def function(self, name: str, kind: Any) -> Callable[..., Any]:
        """The function of that name, with what it takes and gives."""
        made: Callable[..., Any] = kind(self.engine.get_function_address(name))
        made.code = self  # type: ignore[attr-defined]
        return made


def is_there() -> bool:
    """Whether llvmlite can be imported."""
    try:
        import llvmlite.binding  # noqa: F401
    except ImportError:
        return False
    return True


def machine(level: int) -> str:
    """
    What code made here depends on besides its text: LLVM, the processor and how much is optimised.

    Raises:
        WargameError: If llvmlite is missing.
    """
    llvm = _llvm()
    features = llvm.get_host_cpu_features().flatten()
    return (
        f"{llvm.llvm_version_info} {llvm.Target.from_default_triple().triple} {_cpu(llvm)} {features} {level}"
    )


def compile_text(text: str, level: int = 2) -> bytes:
    """
    The module *text* as an object file, optimised as much as *level* says (0 to 3).

    Raises:
        WargameError: If llvmlite is missing.
    """
    llvm = _llvm()
    module = llvm.parse_assembly(text)
    module.verify()
    target = _target(llvm, level)
    options = llvm.create_pipeline_tuning_options(speed_level=level)
    options.loop_vectorization = options.slp_vectorization = options.loop_unrolling = False
    builder = llvm.create_pass_builder(target, options)
    builder.getModulePassManager().run(module, builder)
    return bytes(target.emit_object(module))


def load_code(parts: Iterable[bytes]) -> Code:
    """
    What `compile_text` gave for every part of a module, ready to be called.

    Raises:
        WargameError: If llvmlite is missing, or a part is no object file.
    """
    llvm = _llvm()
    engine = llvm.create_mcjit_compiler(llvm.parse_assembly(""), _target(llvm, 0))
    try:
        for part in parts:
            engine.add_object_file(llvm.ObjectFileRef.from_data(part))
    except RuntimeError as error:
        raise WargameError(f"this is no machine code: {error}") from error
    engine.finalize_object()
    return Code(engine)


def _llvm() -> Any:
    try:
        import llvmlite.binding as llvm
    except ImportError as error:
        raise WargameError("machine code needs llvmlite; install wargame[native]") from error
    llvm.initialize_native_target()
    llvm.initialize_native_asmprinter()
    return llvm


def _cpu(llvm: Any) -> str:
    return str(llvm.get_host_cpu_name())


def _target(llvm: Any, level: int) -> Any:
    features = llvm.get_host_cpu_features().flatten()
    target = llvm.Target.from_default_triple()
    return target.create_target_machine(cpu=_cpu(llvm), features=features, opt=level, jit=True)
