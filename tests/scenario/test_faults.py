"""Every fault of a scenario is told at once, and no fault is a crash."""

from __future__ import annotations

import copy
import tomllib
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest

from tests.language.programs import spoiled
from tests.scenario.page import files_on_page
from tests.scenario.test_hazards import SMALL, faults
from tests.scenario.worlds import as_read, toml
from wargame.rules.explain import describe_order
from wargame.rules.orders import Order
from wargame.scenario import library
from wargame.scenario.book import examine
from wargame.scenario.files import tidied
from wargame.scenario.merge import Merged, merge
from wargame.scenario.structure import structure

JUNK: tuple[Any, ...] = (
    *(
        0,
        -1,
        10**9,
        10**400,
        True,
        False,
        1.5,
        "",
        "x",
        "all",
        "exact",
        "mayor",
        "quay",
        "supplies",
        "turn == 1",
    ),
    *(
        [],
        [1],
        ["mayor"],
        ["mayor", "mayor"],
        [[]],
        [{}],
        {},
        {"x": 1},
        {"mayor": 3},
        {"title": "T"},
        "{",
        "\n",
    ),
)
PLANTED = {
    "scenario.toml": [('short = "Mayor"', 'short = "The mayor of the island"', "roles.mayor.short")],
    "variables.toml": [
        (
            "seen = { mayor = 10, union = 15 }",
            "seen = { mayr = 10, union = 15 }",
            "variables.patience.seen.mayr",
        ),
        ("range = [0, 40]", "range = [40, 0]", "constants.appetite.range"),
        ("headline = true", "headlin = true", "variables.supplies.headlin"),
    ],
    "places.toml": [('next_to = ["market", "causeway"]', 'next_to = ["markt"]', "places.quay.next_to")],
    "orders_mayor.toml": [
        ("patience -= 10", "patience -= 10 // (supplies - 50)", "orders.publish.effects"),
        ("supplies < 45 and", "solidarity < 45 and", "orders.tugs.when"),
        ('title = "Send the police"\n', "", "orders.police.title"),
    ],
    "world.toml": [
        ("tell = ", "tel = ", "events.storm.tel"),
        ("favours += 2", "favour += 2", "procedures.nerves.rules"),
        ("if tension[q] >= 60:", "if tension[q] >= 600:", "procedures.nerves.rules"),
    ],
    "deals.toml": [
        ('broken_by = ["tugs", "occupy"]', 'broken_by = ["tug"]', "agreements.night_shift.broken_by")
    ],
    "goals.toml": [("weight = 40", "weight = 4000", "objectives.mayor.harbour.weight")],
    "doctrines.toml": [
        ('order = "lorries"', 'order = "lorrys"', "doctrines.mayor.patient.lines.4.order"),
        ("at {here}", "at {hear}", "doctrines.mayor.patient.lines.6.because.1"),
    ],
}


def test_all_mistakes_planted_are_told_at_once_each_with_its_file() -> None:
    files = files_on_page()
    planted = set()
    for name, changes in PLANTED.items():
        for old, new, key in changes:
            assert old in files[name], old
            files[name] = files[name].replace(old, new, 1)
            planted.add((name, key))

    told = {(problem.file, problem.key) for problem in faults(files)}
    assert planted <= told
    # What follows from a planted mistake may be told as well, but nothing is told of what is in order.
    assert all(any(key.startswith(mine.rpartition(".")[0]) for _, mine in planted) for _, key in told)


def test_two_faults_of_one_rule_text_are_both_told_with_their_lines() -> None:
    said = faults({"scenario.toml": SMALL.replace('"calm += 1"', '"""\ncalm += one\nclam -= 1\n"""')})

    assert [(problem.key, problem.line) for problem in said] == [("orders.wait.effects", n) for n in (1, 2)]


def test_a_name_read_badly_is_told_once_and_not_wherever_it_is_used() -> None:
    said = faults({"scenario.toml": SMALL.replace("range = [0, 100]", "choices = []")})

    assert {problem.key for problem in said} == {"variables.calm.choices"}


def test_a_title_of_an_option_there_is_not_is_told_and_a_known_one_is_read() -> None:
    def spoken(titles: str) -> str:
        return SMALL.replace(
            '"calm += 1"', f'"calm += 1"\nchoose = {{ way = ["soft", "loud"] }}\ntitles = {titles}'
        )

    said = faults({"scenario.toml": spoken('{ soft = "with a whisper", lout = "x" }')})
    assert [(problem.key, problem.near) for problem in said] == [("orders.wait.titles.lout", "loud")]

    good = {"scenario.toml": spoken('{ soft = "with a whisper" }')}
    scenario = library.load_bundle(good)
    told = [describe_order(scenario, Order("wait", None, way)) for way in ("soft", "loud")]
    assert told == ["'Wait', with a whisper", "'Wait', loud"]


# --- Junk wherever there is something


def spots(data: Any, way: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The way to every value in the tables."""
    items: Any = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, inner in items:
        yield (*way, key)
        yield from spots(inner, (*way, key))


def with_junk(random: Random, data: Any) -> Any:
    """*data* with a few values replaced, taken out or put in."""
    data = copy.deepcopy(data)
    for _ in range(random.choice((1, 1, 2, 5))):
        *way, last = random.choice(list(spots(data)))
        table = data
        for key in way:
            table = table[key]
        kind = random.randrange(6)
        if kind == 0:
            del table[last]
        elif kind == 1 and isinstance(table, dict):
            table[random.choice(("x", "title", "all", "turn", "mayor", "supplies", "a.b", "\u00e4"))] = table[
                last
            ]
        else:
            table[last] = copy.deepcopy(random.choice(JUNK))
        if not data:
            return {"title": 1}
    return data


def tables() -> list[dict[str, Any]]:
    return [merge(files_on_page(), []).tables, tomllib.loads(SMALL)]


def test_junk_anywhere_in_the_tables_is_a_fault_and_never_a_crash() -> None:
    originals = tables()
    clean = 0
    for seed in range(300):
        random = Random(seed)
        data = with_junk(random, originals[seed % 7 != 0])
        try:
            problems = as_read(data)[1]
        except BaseException:
            print(f"seed {seed}")
            raise
        clean += not problems
        assert all(problem.key or problem.file for problem in problems)
        assert all("\n" not in str(problem) and len(str(problem)) < 800 for problem in problems)

    assert clean < 150


def test_spoiled_text_is_a_fault_and_never_a_crash() -> None:
    for seed in range(200):
        random = Random(seed)
        faults({"scenario.toml": spoiled(random, SMALL)})


# --- Rulesets


@pytest.fixture
def family(tmp_path: Path) -> Path:
    """A scenario and its ruleset, which holds all but the frame."""
    data = tomllib.loads(SMALL)
    frame = {key: data.pop(key) for key in ("format", "title", "phases", "turns")}
    rules = tmp_path / "rulesets" / "family"
    rules.mkdir(parents=True)
    (rules / "rules.toml").write_text(toml(data))
    (tmp_path / "child").mkdir()
    (tmp_path / "child" / "scenario.toml").write_text(toml({**frame, "ruleset": "family"}))
    return tmp_path / "child"


def also(family: Path, text: str) -> None:
    (family / "more.toml").write_text(text)


def test_a_scenario_takes_what_it_does_not_say_from_its_ruleset(family: Path) -> None:
    also(family, "[variables.calm]\nstart = 7\n")
    calm = library.load(family).variables["calm"]

    assert (calm.start, calm.title, calm.range) == (7, "Calm", (0, 100))


def test_a_scenario_with_its_ruleset_is_one_bundle(family: Path) -> None:
    scenario = library.load(family)

    assert set(scenario.text) == {"name", "scenario.toml", "rulesets/family/rules.toml"}
    assert library.load_bundle(scenario.text).digest == scenario.digest


def test_a_fault_names_the_file_it_stands_in(family: Path) -> None:
    also(family, '[orders.wait]\nneeds = 3\n[orders.go]\nrole = "one"\ntitle = "Go"\nphase = "nigth"\n')
    rules = family.parent / "rulesets" / "family" / "rules.toml"
    rules.write_text(rules.read_text().replace("calm += 1", "calm += x"))

    told = {(problem.file, problem.key) for problem in library.problems(family)}
    assert told == {
        ("more.toml", "orders.wait.needs"),
        ("more.toml", "orders.go.phase"),
        ("rulesets/family/rules.toml", "orders.wait.effects"),
    }


def test_what_is_dropped_is_gone_and_what_is_not_there_cannot_be(family: Path) -> None:
    scenario = family / "scenario.toml"
    text = scenario.read_text()
    scenario.write_text('drop = ["orders.wait"]\n' + text)
    assert library.load(family).orders == {}

    scenario.write_text('drop = ["orders.wiat", "orders"]\n' + text)
    assert "there is no 'orders.wiat' to drop" in str(library.problems(family)[0])


def test_a_missing_ruleset_is_told(family: Path) -> None:
    scenario = family / "scenario.toml"
    scenario.write_text(scenario.read_text().replace('"family"', '"famly"'))

    assert "there is no ruleset 'famly'" in "\n".join(map(str, library.problems(family)))


def test_what_is_not_used_is_not_in_the_bundle() -> None:
    texts = {"scenario.toml": SMALL, "notes.md": "x", "briefings/one.md": "## Public\nHello.\n"}

    assert tidied(texts, []) == texts
    assert library.load_bundle(texts).briefings["one"].public == "Hello."


# --- The historical line

PAST = """
[[turns]]
turn = 1
[turns.orders]
mayor = [{ order = "police", place = "quay", option = "patrol" }, { order = "speak" }]
[[measures]]
id = "FOOD"
value = "supplies"
scale = 10
[[measures]]
id = "MOOD"
value = "patience"
role = "mayor"
[bands]
FOOD = [5, 3, 2, 2]
[[figures]]
what = "hungry"
known = "then"
turn = 2
date = "the second evening"
value = "hundreds"
source = "paper"
[[figures]]
what = "hungry"
known = "now"
date = "a year later"
value = 1200
source = "paper; book"
[outcome]
about = "It ended."
"""


def test_the_historical_line_is_read_and_checked() -> None:
    scenario = library.load_bundle({**files_on_page(), "history.toml": PAST})
    assert scenario.history is not None

    assert [str(order.place) for order in scenario.history.turns[1]["mayor"]] == ["quay", "None"]
    assert scenario.history.bands == {"FOOD": (5, 3, 2, 2)}
    then, now = scenario.history.figures
    assert (then.turn, then.value, then.known) == (2, "hundreds", "then")
    assert (now.turn, now.value, now.known) == (None, "1,200", "now")
    assert scenario.history.outcome is not None and scenario.history.outcome.about == "It ended."


ASKED = """
[what_ifs.silence]
question = "What if the mayor had said nothing?"
turns = [{ turn = 2, role = "union", orders = [{ order = "rally", place = "market" }] }]
start = { patience = 40 }
"""


def test_a_question_is_read_and_belongs_to_the_historical_line() -> None:
    files = {**files_on_page(), "what_ifs.toml": ASKED}
    scenario = library.load_bundle({**files, "history.toml": PAST})
    assert scenario.history is not None
    [question] = scenario.history.what_ifs
    assert (question.turns[0].turn, question.turns[0].role, question.start) == (2, "union", {"patience": 40})

    [problem] = faults(files)
    assert "a question is asked of history, and there is none" in str(problem)


def test_a_question_that_changes_nothing_is_a_fault() -> None:
    without = "".join(row for row in ASKED.splitlines(True) if not row.startswith(("turns =", "start =")))
    told = faults({**files_on_page(), "history.toml": PAST, "what_ifs.toml": without})

    assert [str(problem).count("changes nothing") for problem in told] == [1]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("turn = 2", "turn = 5", "outside 1..4"),
        ('role = "union"', 'role = "onion"', "did you mean 'union'?"),
        ('"rally"', '"police"', "there is no order of union 'police'"),
        ("patience = 40", "patience = 400", "outside 0..100"),
        ("patience = 40", "tension = 40", "there is no number of the whole map 'tension'"),
        ('question = "What if the mayor had said nothing?"', "", "missing"),
        ("[what_ifs.silence]", "[what_ifs.Silence]", "cannot be an id"),
        ("start = { patience", "begin = { patience", "unknown key 'begin'"),
    ],
)
def test_a_mistake_in_a_question_is_told(old: str, new: str, said: str) -> None:
    assert old in ASKED
    told = faults({**files_on_page(), "history.toml": PAST, "what_ifs.toml": ASKED.replace(old, new, 1)})

    assert said in "\n".join(map(str, told))
    assert all(problem.file == "what_ifs.toml" for problem in told)


def test_a_figure_names_sources_that_sources_md_knows() -> None:
    files = {**files_on_page(), "history.toml": PAST, "sources.md": "| paper | The Harbour Paper |\n"}
    (problem,) = faults(files)

    assert "sources.md does not say what 'book' is" in str(problem)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('place = "quay", ', "", "'police' needs a place"),
        (', option = "patrol"', "", "'police' needs an option"),
        ('"patrol"', '"army"', "there is no option of police 'army'"),
        ('"speak"', '"rally"', "there is no order of mayor 'rally'"),
        ("turn = 1", "turn = 9", "outside 1..4"),
        ('role = "mayor"', 'role = "union"', ""),
        ('"patience"', '"patiance"', "did you mean 'patience'?"),
        ("[5, 3, 2, 2]", "[5, 3, 2]", "4 whole numbers"),
        ("FOOD = [", "FUD = [", "there is no measure 'FUD'"),
        ('role = "mayor"', 'roll = "mayor"', "unknown key 'roll'"),
        ('known = "now"', 'known = "later"', "there is no kind of figure 'later'"),
        ("turn = 2\n", "", "what was known then needs its turn"),
        ("value = 1200", "value = -1", "outside 0.."),
        ("value = 1200", "value = [1]", "a whole number is wanted"),
        ('date = "a year later"\n', "", "'date' is missing"),
        ('"It ended."', '"It ended."\nending = "peace"', "there is no ending 'peace'"),
    ],
)
def test_a_mistake_in_the_historical_line_is_told(old: str, new: str, said: str) -> None:
    assert old in PAST
    told = faults({**files_on_page(), "history.toml": PAST.replace(old, new, 1)})

    assert said in "\n".join(map(str, told))
    assert all(problem.file == "history.toml" for problem in told)


def test_junk_in_the_historical_line_is_a_fault_and_never_a_crash() -> None:
    data, past = tomllib.loads(SMALL), tomllib.loads(PAST)
    for seed in range(200):
        merged = Merged([], copy.deepcopy(data), history=with_junk(Random(seed), past))
        scenario, notes = structure(merged, {})
        assert [str(problem) for problem in (*notes.found, *examine(scenario)[1])]
