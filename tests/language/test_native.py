"""Machine code gives what the plain functions give: for random texts, and for all that is shipped."""

from __future__ import annotations

import os
from random import Random

import pytest

from wargame.language import native_dice, native_expressions, native_statements
from wargame.language.native import Natives, is_there
from wargame.rules.kernel import Kernel
from wargame.session.kernels import kernel_for, load

pytestmark = pytest.mark.skipif(not is_there(), reason="llvmlite is not installed")

from tests.language import natives  # noqa: E402
from tests.language.small import SCOPE, SLOTS, checked, values  # noqa: E402

WORLDS = 4 if os.environ.get("FAST") else 30
POSITIONS = 3 if os.environ.get("FAST") else 20


def test_random_texts_mean_the_same_in_machine_code() -> None:
    random = Random(1)

    assert sum(natives.compare_world(random) for _ in range(WORLDS)) > WORLDS * 10


def random_values(kernel: Kernel, random: Random) -> list[int]:
    """A position as no game may ever see it: every slot anywhere in its bounds."""
    plan = kernel.plan
    step = random.randint(1, len(plan.calendars["full"]))
    values = [
        random.choice((slot.lo, slot.hi, random.randint(slot.lo, slot.hi)))
        if slot.variable is not None
        else random.choice((0, 0, random.randint(0, step)))
        for slot in plan.slots
    ]
    values[0], values[1] = plan.calendars["full"][step - 1], step
    for variable in plan.variables.values():
        if variable.since is not None:
            for slot in range(variable.since, variable.since + variable.width):
                values[slot] = random.randint(0, step)
    return values


@pytest.mark.parametrize("scenario", ["tutorial", "kazakhstan-2022"])
def test_every_shipped_text_means_the_same_in_machine_code(scenario: str) -> None:
    kernel, random = kernel_for(load(scenario)), Random(2)
    book = kernel.book
    derived = {key.split(".")[1]: text for key, text in book.texts.items() if key.startswith("derived.")}
    texts = [text for key, text in book.texts.items() if not key.startswith("derived.")]

    pairs = natives.pairs_of(book.scope, book.layout.size, derived, texts)

    for _ in range(POSITIONS):
        values = random_values(kernel, random)
        for pair in pairs:
            use = pair.checked.use
            here = random.randrange(len(kernel.plan.places)) if use.here else 0
            option = random.randrange(len(use.option.options)) if use.option else 0
            pair.agrees(values, random.getrandbits(64), here, option)


@pytest.mark.parametrize(
    ("module", "name", "wrong"),
    [
        (native_dice, "HELPERS", native_dice.HELPERS.replace("i64 %x, 30", "i64 %x, 29")),
        (native_expressions, "NEVER", 98),
        (native_expressions, "COMPARE", native_expressions.COMPARE | {"<": "sle"}),
    ],
    ids=["a die is mixed otherwise", "never is 98", "less is less or equal"],
)
def test_a_planted_fault_is_found(
    module: object, name: str, wrong: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, name, wrong)
    if name == "HELPERS":
        monkeypatch.setattr("wargame.language.native.HELPERS", wrong)
    random = Random(1)

    with pytest.raises(AssertionError):
        for _ in range(30):
            natives.compare_world(random)


FAR_ON_THE_WAY = """
for p in places:
    unrest[p] = unrest[p] * legitimacy * troops // 10000
"""


def test_slots_of_16_bits_are_reckoned_with_in_32_where_numbers_go_further() -> None:
    [pair] = natives.pairs_of(SCOPE, SLOTS, {}, [checked(FAR_ON_THE_WAY)])

    assert pair.cells == "i16"
    pair.agrees(values(legitimacy=100, troops=60, unrest=90), 7, 0, 0)


def test_rows_too_narrow_for_what_is_reckoned_on_the_way_are_found_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(native_statements, "row_width", lambda w, *far: w.cells)

    with pytest.raises(AssertionError):
        test_slots_of_16_bits_are_reckoned_with_in_32_where_numbers_go_further()


def test_the_code_holds_no_word_of_the_author() -> None:
    made = Natives(SCOPE, SLOTS)
    made.add(checked("report('Marmalade.')\nlegitimacy += 1 if chance(50, 'quince') else 2"))

    assert "armalade" not in made.text()
    assert "quince" not in made.text()
    assert "legitimacy" not in made.text()
