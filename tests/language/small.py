"""A small fixed scope for examples."""

from __future__ import annotations

from typing import Any

from tests.language.cases import Tape
from wargame.errors import Problem
from wargame.language.check import Checked, check_block, check_expression
from wargame.language.python import Builder
from wargame.language.scope import DerivedName, OrderName, Scope, Use, VariableName
from wargame.language.types import Choice, Flag, Number, Type

BOTH = frozenset({"kremlin", "tokayev"})
MANDATE = Choice("mandate", ("none", "guard", "joint"))
SIZE = Choice("size", ("500", "2500", "5000"))

TURN, STEP, LEGITIMACY, TROOPS, SECRET, GUESSED, MANDATE_SLOT, HELP, HELP_SINCE, RATE = range(10)
UNREST, LOST, LOST_SINCE, SENT = 10, 13, 16, 19
SLOTS = 20


def _variables() -> list[VariableName]:
    only = frozenset({"kremlin"})
    return [
        VariableName("legitimacy", LEGITIMACY, Number(0, 100), exact=BOTH, seen=BOTH),
        VariableName("troops", TROOPS, Number(0, 60), exact=BOTH, seen=BOTH),
        VariableName("secret", SECRET, Number(0, 50), exact=only, seen=only),
        VariableName("guessed", GUESSED, Number(-10, 10), exact=only, seen=BOTH),
        VariableName("mandate", MANDATE_SLOT, MANDATE, exact=BOTH, seen=BOTH),
        VariableName("help_asked", HELP, Flag(), exact=BOTH, seen=BOTH, since=HELP_SINCE),
        VariableName("rate", RATE, Number(1, 5), writable=False, exact=BOTH, seen=BOTH),
        VariableName("unrest", UNREST, Number(0, 100), per_place=True, exact=BOTH, seen=BOTH),
        VariableName("lost", LOST, Flag(), per_place=True, exact=BOTH, seen=BOTH, since=LOST_SINCE),
    ]


SCOPE = Scope(
    variables={name.id: name for name in _variables()},
    derived={
        "anger": DerivedName("anger", 0, Number(0, 9), False, BOTH, BOTH, frozenset({"unrest"})),
        "heat": DerivedName(
            "heat", 1, Number(0, 200), True, frozenset({"kremlin"}), BOTH, frozenset({"secret"})
        ),
    },
    orders={"send_force": OrderName("send_force", SENT, "kremlin", frozenset({"kremlin"}))},
    places=("aktau", "almaty", "astana"),
    neighbours=((1,), (0, 2), (1,)),
    roles=("kremlin", "tokayev"),
    turns=12,
)
DERIVED = {"anger": "highest(unrest) // 10", "heat": "unrest[here] * 2 + secret"}


def problems(text: str, use: Use | None = None, want: Type | None = None) -> list[Problem]:
    """The faults of a block, or with *want* of an expression."""
    if want is None:
        found = check_block(text, SCOPE, use or Use("procedure", here=True, entry="procedures.any"))
    else:
        found = check_expression(text, SCOPE, use or Use("value", here=True, entry="any"), want)
    return found if isinstance(found, list) else []


def checked(text: str, use: Use | None = None, want: Type | None = None) -> Checked:
    """A text that must pass."""
    if want is None:
        found = check_block(text, SCOPE, use or Use("procedure", here=True, entry="procedures.any"))
    else:
        found = check_expression(text, SCOPE, use or Use("value", here=True, entry="any"), want)
    assert isinstance(found, Checked), [str(problem) for problem in found]
    return found


def values(**named: int) -> list[int]:
    """Values at step 4, all else 0; `unrest=` and `lost=` give every place the same."""
    slots = [0] * SLOTS
    slots[TURN], slots[STEP], slots[RATE] = 4, 4, 1
    for name, value in named.items():
        variable = SCOPE.variables[name]
        count = 3 if variable.per_place else 1
        slots[variable.slot : variable.slot + count] = [value] * count
    return slots


def builder() -> Builder:
    """A builder that knows the derived values."""
    made = Builder(SCOPE)
    for name, text in DERIVED.items():
        derived = SCOPE.derived[name]
        use = Use("value", here=derived.per_place)
        made.add_derived(derived.index, checked(text, use, derived.type))
    return made


def evaluate(text: str, slots: list[int] | None = None, *, want: Type, here: int = 0, option: int = 0) -> Any:
    """The value of an expression."""
    made = builder()
    name = made.add(checked(text, Use("value", here=True, option=SIZE), want))
    return made.build("plain")[name](slots or values(), 0, here, option)


def run(
    text: str, slots: list[int] | None = None, *, use: Use | None = None, key: int = 0, here: int = 0
) -> Tape:
    """A block run in both flavours; the tape holds what was told, and `after` the values."""
    made = builder()
    block = checked(text, use)
    name = made.add(block)
    plainly, tracedly = list(slots or values()), list(slots or values())
    tape = Tape(block)
    notes = ({},) if block.use.kind == "order" else ()
    made.build("plain")[name](plainly, key, here, 0, *notes)
    made.build("traced")[name](tracedly, key, here, 0, tape)
    assert plainly == tracedly
    tape.after = plainly
    return tape
