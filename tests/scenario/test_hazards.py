"""What no author writes: hostile and broken files are refused in a line each, soon, and never half loaded."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from wargame.errors import Problem, ScenarioError
from wargame.scenario import library
from wargame.scenario.files import MOST_BYTES, NAME

SMALL = """
format = 1
title = "Small"
phases = [{ id = "day" }]
turns = [{ title = "One" }, { title = "Two" }]
[roles.one]
title = "One"
[variables.calm]
title = "Calm"
range = [0, 100]
seen = "all"
[orders.wait]
role = "one"
title = "Wait"
phase = "day"
visible = "all"
effects = "calm += 1"
[objectives.one.calm]
title = "Calm"
weight = 1
value = "calm"
[endings.over]
title = "Over"
"""


def faults(files: Mapping[str, str]) -> tuple[Problem, ...]:
    """The faults of a bundle, found soon; each is one line that can be shown."""
    started = time.perf_counter()
    try:
        library.load_bundle(files)
    except ScenarioError as error:
        assert time.perf_counter() - started < 5
        for problem in error.problems:
            assert "\n" not in str(problem) and "\x1b" not in str(problem), repr(str(problem))
            assert len(str(problem)) < 600
        return error.problems
    return ()


def words(text: str) -> str:
    """The faults of one file, as lines."""
    return "\n".join(map(str, faults({"scenario.toml": text})))


def changed(old: str, new: str) -> str:
    """The small scenario with one part changed."""
    assert old in SMALL
    return SMALL.replace(old, new, 1)


def test_the_small_scenario_is_one() -> None:
    assert faults({"scenario.toml": SMALL}) == ()


@pytest.mark.parametrize("text", ["", "\ufeff", "# nothing\n", "\n\n"])
def test_a_file_of_nothing_holds_no_scenario(text: str) -> None:
    assert "there is no scenario in this file" in words(text)


def test_a_byte_order_mark_and_windows_line_ends_change_nothing() -> None:
    plain = library.load_bundle({"scenario.toml": SMALL})
    other = library.load_bundle({"scenario.toml": "\ufeff" + SMALL.replace("\n", "\r\n")})

    assert plain.digest == other.digest


def test_a_lone_carriage_return_is_refused_with_its_line() -> None:
    said = words(changed('title = "Small"\n', 'title = "Small"\r'))

    assert "line 3" in said and "U+000D" in said


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("inf", "is no number"),
        ("nan", "is no number"),
        ("1e999", "is no number"),
        ("-0.0", "not a whole number"),
        ("1.5", "not a whole number"),
        ("true", "a whole number is wanted here, not true"),
        ("1979-05-27", "a date"),
        ('"5"', "take the quotes away"),
        ("5000", "outside 0..20"),
        ("-1", "outside 0..20"),
        ("0x" + "f" * 3000, "a very large number"),
        ("[]", "not a list"),
        ("{}", "not a table"),
    ],
)
def test_only_whole_numbers_within_bounds_are_numbers(value: str, said: str) -> None:
    assert said in words(changed('title = "One"\n[var', f'title = "One"\norders = {value}\n[var'))


@pytest.mark.parametrize("escape", [r"\u001b]0;x\u0007", r"\u202egpj", r"\u200b", r"\u0000", r"\ufeff"])
def test_a_hidden_character_is_named_with_its_key(escape: str) -> None:
    said = words(changed('title = "Calm"', f'title = "Ca{escape}lm"'))

    assert "variables.calm.title: the character U+" in said


def test_a_hidden_character_in_the_file_itself_is_named_with_its_place() -> None:
    assert "line 3 column 10" in words(changed('title = "Small"', 'title = "\u202eSmall"'))


BOMBS: dict[str, Callable[[], str]] = {
    "a dotted key": lambda: ".".join(["a"] * 100_000) + " = 1",
    "many dotted headers": lambda: "\n".join("[" + ".".join([f"a{i}"] * 500) + "]" for i in range(2_000)),
    "a quoted dotted key": lambda: ".".join(['"a"'] * 900) + " = 1",
    "nested lists": lambda: SMALL + "x = " + "[" * 2_000 + "]" * 2_000,
    "nested tables": lambda: SMALL + "x = " + "{a=" * 1_000 + "1" + "}" * 1_000,
    "a long line": lambda: 'title = "' + "x" * 100_000 + '"',
    "a long file": lambda: "#\n" * MOST_BYTES,
    "ten thousand roles": lambda: SMALL + "".join(f'[roles.r{i}]\ntitle = "R"\n' for i in range(10_000)),
    "a file of long words": lambda: "\n".join(["#" + "x" * 4_000] * 400),
    "six hundred orders of roles that are not there": lambda: (
        SMALL
        + "".join(f'[orders.o{i}]\nrole = "r{i}"\nphase = "p{i}"\nwhen = "x{i} > y{i}"\n' for i in range(599))
    ),
    "a long number": lambda: changed("[0, 100]", f"[0, {'9' * 4_000}]"),
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_refused_soon(name: str) -> None:
    assert faults({"scenario.toml": BOMBS[name]()})


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('title = "Small"\n', "", "scenario.toml: title: 'title' is missing"),
        ("[orders.wait]", "[orders.Wait]", "orders.Wait: 'Wait' cannot be an id"),
        ("[orders.wait]", '[orders."we it"]', "cannot be an id"),
        ("[orders.wait]", 'x = "never closed\n[orders.wait]', "a text is not closed on its line"),
        ("[orders.wait]", "x = word\n[orders.wait]", "a text without quotes"),
        ("[orders.wait]", "x = 1\nx = 2\n[orders.wait]", "the same key stands twice"),
        ("[orders.wait]", "[orders.w\u00e4it]", "not TOML"),
        ("[orders.wait]", "[orders.calm]", "'calm' is also the id of variables.calm"),
        ("[orders.wait]", "[orders.lambda]", "'lambda' is a word of the rule language"),
        ('role = "one"', 'role = "oen"', "there is no role 'oen' (did you mean 'one'?)"),
        ('phase = "day"', 'phase = "night"', "there is no phase 'night'"),
        ('visible = "all"', 'visible = ["two"]', "there is no role 'two'"),
        ('visible = "all"', 'visible = "everybody"', 'write "all"'),
        ('visible = "all"', 'visibel = "all"', "unknown key 'visibel' (did you mean 'visible'?)"),
        ('visible = "all"', 'command = "rm -rf /"', "unknown key 'command'"),
        ('visible = "all"', 'target = "place"', "has no places"),
        ("[roles.one]", "[rolse.one]", "unknown key 'rolse' (did you mean 'roles'?)"),
        ('turns = [{ title = "One" }, { title = "Two" }]', "turns = []", "at least one turn"),
        ('phases = [{ id = "day" }]', "phases = 3", "a list is wanted here, not 3"),
        ('phases = [{ id = "day" }]', 'phases = [{ id = "day" }, { id = "day" }]', "two phases 'day'"),
        ("range = [0, 100]", "range = [100, 0]", "this is no range"),
        ("range = [0, 100]", "", "what kind of variable"),
        ("range = [0, 100]", "range = [0, 100]\nflag = true", "a variable is one thing"),
        ("range = [0, 100]", 'choices = ["a", "a"]', "twice"),
        ("format = 1", "format = 2", "newer than this program"),
        ("format = 1", "format = 0", "there is no format 0"),
        ("calm += 1", "calm = 1", "+= or -= only"),
        ("calm += 1", "clam += 1", "(did you mean 'calm'?)"),
        ("calm += 1", "__import__('os')", "orders.wait.effects, in the rule's line 1, column 1"),
        ('weight = 1\nvalue = "calm"', 'weight = 1\nvalue = "100 // calm"', "0"),
        ('[endings.over]\ntitle = "Over"', "", "without an ending"),
        (
            '[endings.over]\ntitle = "Over"',
            '[endings.over]\ntitle = "O"\nearly = true',
            "after its first turn",
        ),
        ('[objectives.one.calm]\ntitle = "Calm"\nweight = 1\nvalue = "calm"', "", "nothing to be scored by"),
        ('seen = "all"', 'seen = { one = "exactly" }', "does not say how one sees it"),
        ('seen = "all"', 'seen = { one = "exact", all = "exact" }', "there is no role 'all'"),
    ],
)
def test_a_mistake_is_told_with_its_place_and_a_way_out(old: str, new: str, said: str) -> None:
    assert said in words(changed(old, new))


def test_a_value_worked_out_from_itself_is_told_with_its_way() -> None:
    ring = ("a", "b", "c")
    text = "".join(
        f'[derived.{id}]\ntitle = "D"\nrange = [0, 1]\nvalue = "{ring[(i + 1) % 3]}"\n'
        for i, id in enumerate(ring)
    )

    said = words(SMALL + text)
    assert "'a' is worked out from itself: a -> b -> c -> a" in said


def test_a_variable_nobody_may_see_cannot_decide_what_a_menu_shows() -> None:
    said = words(changed('seen = "all"', "").replace('visible = "all"', 'when = "calm > 5"\nvisible = "all"'))

    assert "orders.wait.when, in the rule's line 1, column 1" in said


# --- Folders


def folder(tmp_path: Path, text: str | bytes = SMALL) -> Path:
    path = tmp_path / "small"
    path.mkdir()
    (path / "scenario.toml").write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def said_of(path: Path | str) -> str:
    return "\n".join(map(str, library.problems(path)))


def test_a_folder_is_loaded_and_its_bundle_loads_again(tmp_path: Path) -> None:
    scenario = library.load(folder(tmp_path))
    again = library.load_bundle(scenario.text)

    assert (again.id, again.digest, again.text) == ("small", scenario.digest, scenario.text)
    assert again.text[NAME] == "small"


def test_a_scenario_is_found_by_its_file(tmp_path: Path) -> None:
    assert library.load(folder(tmp_path) / "scenario.toml").id == "small"


@pytest.mark.parametrize(
    "name", ["nowhere", "tutoral", "../tutorial", "a\x1b[2Jb", "x" * 9_000, "/dev/zero", "a\0b"]
)
def test_a_name_that_is_none_is_told_in_a_line(name: str) -> None:
    said = said_of(name)

    assert said and "\n" not in said and "\x1b" not in said


def test_a_near_name_is_offered() -> None:
    assert "did you mean 'tutorial'?" in said_of("tutoral")


def test_bytes_that_are_not_utf_8_are_refused_with_their_line(tmp_path: Path) -> None:
    assert "line 3 is not UTF-8" in said_of(
        folder(tmp_path, SMALL.replace("Small", "Sm\u00e4ll").encode("latin-1"))
    )


def test_a_folder_without_tables_holds_no_scenario(tmp_path: Path) -> None:
    assert said_of(tmp_path).startswith("there is no scenario.toml in this folder; ")


def test_a_briefing_is_not_measured_against_roles_that_are_not_there(tmp_path: Path) -> None:
    path = folder(tmp_path, SMALL.replace("[roles.one]", "[rolls.one]"))
    (path / "briefings").mkdir()
    (path / "briefings" / "one.md").write_text("## Public\nHello.\n")

    said = said_of(path)
    assert "there are no roles" in said
    assert "one of: \n" not in said + "\n" and "to brief" not in said


@pytest.mark.parametrize(
    "sign", ["-", "+", "!", "$", "(", ")", "--", "not ", "~", "{", "[", "]", "x = ", "$@", "''"]
)
def test_a_row_of_signs_is_not_told_sign_by_sign(sign: str) -> None:
    for text in (sign * (500 // len(sign)), sign * 60 + "calm"):
        found = faults(
            {"scenario.toml": changed('weight = 1\nvalue = "calm"', f'weight = 1\nvalue = "{text}"')}
        )

        assert 1 <= len(found) <= 10, [str(each) for each in found]


def test_a_pipe_is_refused_without_waiting(tmp_path: Path) -> None:
    path = folder(tmp_path)
    os.mkfifo(path / "more.toml")

    assert "more.toml: this is no ordinary file" in said_of(path)


@pytest.mark.parametrize("target", ["/dev/zero", "/etc/passwd", "scenario.toml"])
def test_a_link_is_refused(tmp_path: Path, target: str) -> None:
    path = folder(tmp_path)
    (path / "more.toml").symlink_to(target)

    assert "more.toml: this is a link" in said_of(path)


def test_a_directory_that_looks_like_a_file_is_refused(tmp_path: Path) -> None:
    path = folder(tmp_path)
    (path / "more.toml").mkdir()

    assert "more.toml:" in said_of(path)


def test_a_file_too_large_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = folder(tmp_path)
    with (path / "more.toml").open("wb") as file:
        file.truncate(50_000_000_000)

    assert "more.toml: the file is larger than 2,000,000 bytes" in said_of(path)


def test_a_folder_of_briefings_that_is_a_link_is_refused(tmp_path: Path) -> None:
    path = folder(tmp_path)
    (path / "briefings").symlink_to(tmp_path)

    assert "briefings: this is a link" in said_of(path)


@pytest.mark.parametrize("kind", ["variables", "roles", "events"])
def test_more_entries_than_anybody_writes_are_one_fault(kind: str) -> None:
    text = SMALL + "".join(f'[{kind}.x{i}]\ntitle = "X"\n' for i in range(20_000))
    [fault] = faults({"scenario.toml": text})

    assert fault.key == kind and "at most" in fault.remedy


@pytest.mark.parametrize("text", ["", "   ", "# a note"])
def test_an_empty_rule_is_a_fault(text: str) -> None:
    said = words(changed('weight = 1\nvalue = "calm"', f'weight = 1\nvalue = "{text}"'))

    assert "objectives.one.calm.value" in said and "the text is empty" in said


def test_two_files_may_not_say_the_same_thing(tmp_path: Path) -> None:
    path = folder(tmp_path)
    (path / "more.toml").write_text('[orders.wait]\nneeds = "x"\n')

    said = said_of(path)
    assert "'orders.wait' stands in two files, more.toml and scenario.toml" in said


def test_a_briefing_for_nobody_is_refused(tmp_path: Path) -> None:
    path = folder(tmp_path)
    (path / "briefings").mkdir()
    (path / "briefings" / "two.md").write_text("## Public\nHello.\n")

    assert "there is no role 'two' to brief" in said_of(path)


@pytest.mark.parametrize("name", ["../../etc", "/etc", "Rules", "", "a/b", "."])
def test_a_ruleset_is_a_name_and_no_path(tmp_path: Path, name: str) -> None:
    said = said_of(folder(tmp_path, changed("format = 1", f'format = 1\nruleset = "{name}"')))

    assert "this names no ruleset" in said


def test_a_pack_with_a_shipped_name_does_not_hide_the_shipped_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = tmp_path / "tutorial"
    folder(tmp_path).rename(other)
    monkeypatch.setattr(library, "user_root", lambda: tmp_path)

    assert library.find("tutorial") == library.shipped_root() / "tutorial"
    assert library.own() == []
