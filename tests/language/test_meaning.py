"""What rule texts mean: values, assignments, dice, and the source they are compiled to."""

from __future__ import annotations

import re

import pytest

from tests.language.oracle import face
from tests.language.small import (
    HELP,
    HELP_SINCE,
    LEGITIMACY,
    LOST,
    LOST_SINCE,
    SENT,
    SIZE,
    TROOPS,
    UNREST,
    builder,
    checked,
    evaluate,
    problems,
    run,
    values,
)
from wargame.errors import WargameError
from wargame.language import typed
from wargame.language.check import label_key, places_of
from wargame.language.python import Flavour
from wargame.language.scope import Use
from wargame.language.types import Flag, Interval, Number

NUMBER = Number()

EXPRESSIONS = {
    "7 // 2": 3,
    "(-7) // 2": -4,
    "7 // (-2)": -4,
    "(-7) % 3": 2,
    "7 % (-3)": -2,
    "2 + 3 * 4 - 6 // 4": 13,
    "-2 * 3": -6,
    "10 - 3 - 4": 3,
    "10 - (3 - 4)": 11,
    "100 // 7 * 7 % 10": 8,
    "min(3, 1, 2) + max(1, 3) + abs(-4)": 8,
    "clamp(troops, 10, 20)": 10,
    "clamp(99, 10, 20)": 20,
    "1 if troops == 5 else 2": 1,
    "1 if troops > 5 or legitimacy > 40 and rate > 1 else 2": 2,
    "1 if not troops > 5 and legitimacy < 40 else 2": 2,
    "1 if 3 < troops < 6 else 2": 1,
    "1 if 3 < troops < legitimacy < 41 else 2": 1,
    "1 if mandate == 'guard' else 2": 1,
    "1 if 'guard' == mandate else 2": 1,
    "1 if mandate != 'guard' else 2": 2,
    "1 if mandate in ('none', 'guard') else 2": 1,
    "1 if mandate not in ('none', 'joint') else 2": 1,
    "1 if here == almaty else 2": 1,
    "1 if here in (aktau, astana) else 2": 2,
    "1 if size == '5000' else 2": 1,
    "1 if help_asked == (troops > 9) else 2": 1,
    "unrest[here]": 30,
    "unrest[astana]": 50,
    "total(unrest)": 90,
    "highest(unrest)": 50,
    "lowest(unrest)": 10,
    "mean(unrest)": 30,
    "count(unrest)": 3,
    "count(lost)": 0,
    "anger + heat[aktau] + total(heat)": 5 + 20 + 180,
    "mean(heat)": 60,
    "turn": 4,
    "turns_since(help_asked)": 99,
}


@pytest.mark.parametrize("text", EXPRESSIONS)
def test_an_expression_has_its_value(text: str) -> None:
    slots = values(troops=5, legitimacy=40, mandate=1)
    slots[UNREST : UNREST + 3] = [10, 30, 50]

    assert evaluate(text, slots, want=NUMBER, here=1, option=2) == EXPRESSIONS[text]


def test_an_expression_may_read_a_tuple_and_gives_integers() -> None:
    made = builder()
    name = made.add(checked("troops > 3", want=Flag()))

    assert repr(made.build("plain")[name](tuple(values(troops=5)), 0, 0, 0)) == "1"


def test_the_value_clamps_to_the_bounds_asked_for() -> None:
    assert evaluate("legitimacy * 3", values(legitimacy=90), want=Number(0, 100)) == 100
    assert evaluate("legitimacy - 95", values(legitimacy=90), want=Number(0, 100)) == 0
    assert checked("legitimacy * 3", want=Number(0, 100)).interval == Interval(0, 100)
    assert checked("legitimacy // 3", want=Number(0, 100)).interval == Interval(0, 33)


@pytest.mark.parametrize(("text", "value"), [("true", 1), ("1", 1), ("false", 0), ("0", 0)])
def test_a_bare_literal_may_stand_for_a_condition(text: str, value: int) -> None:
    assert evaluate(text, want=Flag()) == value


def test_turns_since_counts_played_turns() -> None:
    slots = values()
    slots[SENT], slots[HELP], slots[HELP_SINCE] = 1, 1, 4
    assert evaluate("turns_since(send_force)", slots, want=NUMBER) == 3
    assert evaluate("turns_since(help_asked)", slots, want=NUMBER) == 0
    slots[SENT], slots[HELP] = 0, 0
    assert evaluate("turns_since(send_force)", slots, want=NUMBER) == 99
    assert evaluate("turns_since(help_asked)", slots, want=NUMBER) == 99


def test_turns_since_works_place_by_place() -> None:
    slots = values()
    slots[LOST + 1], slots[LOST_SINCE + 1] = 1, 2

    assert evaluate("turns_since(lost[here])", slots, want=NUMBER, here=1) == 2
    assert evaluate("turns_since(lost[almaty])", slots, want=NUMBER) == 2
    assert evaluate("turns_since(lost[here])", slots, want=NUMBER, here=2) == 99


def test_ordered_means_carried_out_this_turn() -> None:
    slots = values()
    assert evaluate("ordered(send_force)", slots, want=Flag()) == 0
    slots[SENT] = 4
    assert evaluate("ordered(send_force)", slots, want=Flag()) == 1


def test_a_value_is_cut_to_the_variables_bounds_and_told_as_it_became() -> None:
    tape = run("troops += 70\nlegitimacy -= 1\nlegitimacy -= 0")

    assert tape.after[TROOPS] == 60
    assert tape.told == [("change", TROOPS, 0, 60, 1)]


def test_a_flag_that_becomes_true_notes_the_step_once() -> None:
    slots = values(help_asked=1)
    slots[HELP_SINCE] = 2
    assert run("help_asked = true", slots).after[HELP_SINCE] == 2
    assert run("help_asked = false\nhelp_asked = true", slots).after[HELP_SINCE] == 4
    assert run("help_asked = troops < 3").after[HELP_SINCE] == 4
    assert run("lost[here] = true", here=1).after[LOST_SINCE : LOST_SINCE + 3] == [0, 4, 0]


def test_a_loop_walks_places_in_order_and_neighbours_only() -> None:
    tape = run("for p in places:\n unrest[p] += 1\n for q in neighbours(p):\n  unrest[q] += 10")

    assert tape.after[UNREST : UNREST + 3] == [11, 21, 11]


def test_a_local_counts_up_through_a_loop_within_the_check() -> None:
    block = "x = 0\nfor p in places:\n x += unrest[p]\nlegitimacy += x // 3"

    assert run(block, values(unrest=30)).after[LEGITIMACY] == 30


def test_a_condition_bounds_what_stands_under_it() -> None:
    text = "if troops > 0:\n legitimacy += 100 // troops"

    assert run(text, values(troops=7)).after[LEGITIMACY] == 14
    assert run("legitimacy += 100 // troops if troops != 0 else 0", values(troops=50)).after[LEGITIMACY] == 2
    assert checked("if troops > 0 and 10 // troops > 3:\n legitimacy += 1")
    assert problems("if troops > 0 or 10 // troops > 3:\n legitimacy += 1")
    assert problems("if troops > 0:\n troops -= 1\n legitimacy += 100 // troops")
    assert problems("if troops > 0:\n for p in places:\n  legitimacy += 100 // troops\n  troops -= 1")


def test_an_order_only_adds_to_numbers() -> None:
    order = Use("order", entry="orders.any")

    assert checked("troops += 1\nhelp_asked = true\nmandate = 'joint'\nx = 3\nx = 4", order)
    assert "+= or -= only" in problems("troops = 1", order)[0].what


# Dice.


def test_dice_fall_as_published() -> None:
    use = Use("order", here=True, entry="orders.send_force")
    tape = run(
        "if chance(10 + troops // 5, 'ambush'):\n troops += 1\ntroops += roll(6)", use=use, key=77, here=2
    )

    hundred = face(77, "orders.send_force.ambush", 3, 100)
    six = face(77, "orders.send_force.2", 3, 6)
    assert [event for event in tape.told if event[0] == "roll"] == [
        ("roll", 0, 3, 10, hundred, hundred < 10),
        ("roll", 1, 3, 6, six + 1, True),
    ]


def test_the_published_hash_has_not_moved() -> None:
    sixes = [face(0, "procedures.any.spread", subject, 6) for subject in (0, 1, 64, 65, 4160)]

    assert label_key("orders.send_force.ambush") == 7994787423395635170
    assert [face(key, "orders.any.1", 0, 100) for key in range(8)] == [7, 45, 90, 56, 80, 83, 39, 4]
    assert sixes == [1, 4, 3, 5, 1]


def test_compiled_dice_fall_by_the_published_hash() -> None:
    block = "troops = roll(1000)"

    fallen = [
        run(f"{block} // 20", use=Use("event", entry="orders.any"), key=key).told[0] for key in range(8)
    ]
    assert fallen == [("roll", 0, 0, 1000, 1 + face(key, "orders.any.1", 0, 1000), True) for key in range(8)]


def test_a_die_in_a_loop_falls_for_each_place() -> None:
    use = Use("procedure", entry="procedures.any")
    tape = run("for p in places:\n for q in neighbours(p):\n  lost[q] = chance(50)", use=use, key=5)

    subjects = [event[2] for event in tape.told if event[0] == "roll"]
    assert subjects == [(p + 1) * 64 + q + 1 for p, q in ((0, 1), (1, 0), (1, 2), (2, 1))]
    assert [places_of(int(str(subject))) for subject in subjects] == [(0, 1), (1, 0), (1, 2), (2, 1)]


def test_a_subject_names_the_target_and_every_loop() -> None:
    assert places_of(0) == ()
    assert places_of(1) == (0,)
    assert places_of(64) == (63,)
    assert places_of((1 * 64 + 64) * 64 + 64) == (0, 63, 63)


def test_the_terms_of_a_percentage_are_told_apart() -> None:
    block = checked("help_asked = chance(clamp(30 + legitimacy // 5 - unrest[here], 5, 95), 'a')")
    [die] = block.dice
    made = builder()
    name = made.add(block)
    functions = made.build("plain")
    slots = values(legitimacy=50, unrest=20)

    assert [part.text for part in die.parts] == ["30", "legitimacy // 5", "unrest[here]"]
    assert [sorted(part.reads) for part in die.parts] == [[], ["legitimacy"], ["unrest"]]
    assert [part.interval for part in die.parts] == [Interval(30, 30), Interval(0, 20), Interval(-100, 0)]
    assert die.limits == (5, 95)
    [parts] = made.part_functions(name)
    assert [functions[part](slots, 0, 1, 0) for part in parts if part] == [30, 10, -20]
    assert run("help_asked = chance(clamp(30 - troops, 5, 95))", values(troops=60)).told[0][3] == 5


def test_a_term_with_a_local_or_a_die_cannot_stand_alone() -> None:
    block = checked(
        "x = troops\nhelp_asked = chance(x + roll(6) + 3)\nfor p in places:\n lost[p] = chance(unrest[p])"
    )

    chances = [die for die in block.dice if die.kind == "chance"]
    assert [[part.shown for part in die.parts] for die in chances] == [[False, False, True], [False]]


def test_reports_carry_their_arguments_and_readers() -> None:
    use = Use("order", here=True, option=SIZE)
    block = checked(
        "x = troops > 3\nreport('{here}: {size}, {unrest[here]} {x}', to=(tokayev, kremlin))", use
    )
    [site] = block.reports

    assert site.to == ("kremlin", "tokayev")
    assert site.template == "{0}: {1}, {2} {3}"
    assert site.fill(["Almaty", "500", "3", "{0}"]) == "Almaty: 500, 3 {0}"


# The source.

WORDS = re.compile(
    r"(?:def|return|if|elif|else|for|in|not|and|or|pass|s|k|t|u|v|b|i|here|option|near|range|sum|min|max|count"
    r"|change|roll|report|chance|[fdlpq]\d+(?:_\d+_\d+)?)\Z"
)
EVERYTHING = """
x = 3
legitimacy += min(x, troops, 4) + clamp(troops, x, 99) + abs(guessed) + anger + heat[here] + mean(heat)
if chance(30 + troops, 'ambush') and mandate in ('joint', 'guard') or size == '500':
    report("secret words {here}", to=kremlin)
elif not help_asked:
    help_asked = ordered(send_force) or turns_since(lost[here]) > 2
for p in places:
    for q in neighbours(p):
        unrest[q] += roll(6, 'sparks') - 2
        lost[q] = true
mandate = 'joint' if troops > 3 else 'none'
"""


@pytest.mark.parametrize("flavour", ["plain", "traced"])
def test_the_source_holds_generated_words_and_integers_only(flavour: Flavour) -> None:
    made = builder()
    reveals = frozenset({"secret", "heat", "send_force"})
    made.add(checked(EVERYTHING, Use("order", here=True, option=SIZE, reveals=reveals, entry="orders.x")))
    source = made.source(flavour)

    assert "'" not in source
    assert '"' not in source
    assert "#" not in source
    assert [word for word in re.findall(r"[^\W\d]\w*", source) if not WORDS.match(word)] == []


def _deep(template: str, levels: int, inside: str = "troops") -> str:
    for _ in range(levels):
        inside = template.format(inside)
    return inside


DEEP = [
    "(1 + {})",
    "-({})",
    "min({}, 7)",
    "max(1, 2, {})",
    "abs({})",
    "clamp({}, 1, 9)",
    "clamp(3, 1, max(2, {}))",
]
DEEP += ["(legitimacy if {} % 7 > 3 else 50)", "roll(clamp({}, 1, 6))", "unrest[aktau if {} > 3 else here]"]


@pytest.mark.parametrize("template", DEEP)
def test_whatever_passes_the_limits_compiles(template: str) -> None:
    most = 0
    for levels in range(1, 25):
        text = f"legitimacy += {_deep(template, levels)}"
        if not problems(text):
            most = levels
            run(text)

    assert most >= 7


def test_the_longest_sum_compiles() -> None:
    text = "+".join(["1"] * 256)

    assert evaluate(text, want=NUMBER) == 256


@pytest.mark.parametrize("word", ["().__class__", "s.clear()", "x", "print", "'a'", "1 if __import__ else 2"])
def test_a_tree_that_was_tampered_with_is_not_compiled(word: str) -> None:
    block = checked("troops += 7")
    [statement] = block.tree if isinstance(block.tree, tuple) else ()
    assert isinstance(statement, typed.SetSlot)
    assert isinstance(statement.value, typed.Chain)
    object.__setattr__(statement.value, "rest", (("+", typed.Local(statement.at, word, "")),))  # type: ignore[arg-type]
    made = builder()
    made.add(block)

    with pytest.raises(WargameError):
        made.build("plain")
