"""The settings file: what is wrong is named, what is right is kept, comments stay."""

from __future__ import annotations

import os
import sys
import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from wargame import settings
from wargame.cli.app import run, wargame
from wargame.settings import ABOUT, SPEEDS, THEMES, Settings, SettingsError, load, save


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("WARGAME_CONFIG", str(tmp_path / "config"))
    (tmp_path / "config").mkdir()
    return tmp_path / "config" / "settings.toml"


def test_no_file_means_that_all_is_as_usual(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WARGAME_CONFIG", str(tmp_path / "never made"))

    assert load() == settings.Found(Settings())
    assert not (tmp_path / "never made").exists()


def test_the_platform_says_where_the_file_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("WARGAME_CONFIG", raising=False)

    assert settings.path().name == "settings.toml"
    assert "wargame" in settings.path().parts


def test_everything_that_can_be_set_is_read(file: Path) -> None:
    file.write_text(
        'theme = "nord"\ntelling = "slow"\ncolour_blind = true\nreduced_motion = true\nplain = true\n'
        '[keys]\nplay.lock = "k"\n"play.drop" = "x, delete"\n'
    )

    found = load()

    assert found.problems == ()
    assert found.settings == Settings(
        "nord", "slow", True, True, True, {"play.lock": "k", "play.drop": "x,delete"}
    )


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('theme = "nrod"', ["theme: 'nrod' cannot be set", "did you mean 'nord'"]),
        ("theme = 3", ["theme: 3 cannot be set", '"textual-dark" is used', "it may be"]),
        ('telling = "fast"', ["telling: 'fast' cannot be set", '"step" is used', "all, step, slow"]),
        ("plain = 1", ["plain: 1 cannot be set", "false is used", "true or false"]),
        ('plain = "yes"', ["plain: 'yes' cannot be set"]),
        ("tehme = 1", ["no setting 'tehme'", "did you mean 'theme'"]),
        ("zzz = 1", ["no setting 'zzz'", "there are theme, telling"]),
        ('"a\\u001b[2J" = 1', ["no setting 'a^[[2J'"]),
        ('theme = "\\u202Enord"', ["cannot be set"]),
        ("keys = 1", ["keys: must be a table"]),
        ("keys.play.lock = 1", ["keys.play.lock: 1 is no key"]),
        ('keys.play.lock = "two words"', ["is no key"]),
        ('keys.lock = "k"', ["keys.lock: 'k' is no key"]),
    ],
)
def test_one_wrong_value_is_named_and_the_rest_counts(file: Path, text: str, words: list[str]) -> None:
    file.write_text(f"reduced_motion = true\n{text}\n", encoding="utf-8")

    found = load()

    assert len(found.problems) == 1
    said = str(found.problems[0])
    assert [word for word in [str(file), *words] if word not in said] == []
    assert said.isprintable()
    assert found.settings == Settings(reduced_motion=True)


BROKEN = {
    "no TOML": b"theme = [\n",
    "not UTF-8": b'theme = "\xff"\n',
    "NUL": b"theme = \x00\n",
    "far too large": b"# \n" * 30_000,
    "nested deeply": b"a = " + b"[" * 5_000,
    "twice": b"plain = true\nplain = false\n",
    "escape": b"\x1b]0;title\x07\n",
}


@pytest.mark.parametrize("raw", BROKEN.values(), ids=BROKEN.keys())
def test_a_broken_file_is_named_in_a_line_and_never_written_over(file: Path, raw: bytes) -> None:
    file.write_bytes(raw)

    found = load()

    assert found.settings == Settings()
    assert [str(file) in str(each) and str(each).isprintable() for each in found.problems] == [True]
    with pytest.raises(SettingsError, match="Not saved"):
        save("plain", True)
    assert file.read_bytes() == raw
    assert [each.name for each in file.parent.iterdir()] == ["settings.toml"]


def test_a_folder_in_the_place_of_the_file_is_named(file: Path) -> None:
    file.mkdir()

    assert "is no file" in str(load().problems[0])
    with pytest.raises(SettingsError):
        save("plain", True)


@pytest.mark.skipif(sys.platform == "win32", reason="needs a named pipe")
def test_a_pipe_is_not_waited_for(file: Path) -> None:
    os.mkfifo(file)

    assert "is no file" in str(load().problems[0])


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="needs permissions that hold")
def test_a_file_that_may_not_be_read_is_named(file: Path) -> None:
    file.write_text("plain = true\n")
    file.chmod(0)

    assert "cannot be read" in str(load().problems[0])


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "config").write_text("a file")

    with pytest.raises(SettingsError, match="Not saved"):
        save("plain", True, tmp_path / "config" / "settings.toml")


def test_comments_order_and_what_is_unknown_stay(file: Path) -> None:
    before = '# mine\r\nplain = false  # for now\r\nfuture = 3\r\n\r\n[keys]\r\n"play.lock" = "k" # K\r\n'
    file.write_bytes(before.encode())

    save("plain", True)

    assert file.read_bytes().decode() == before.replace("false", "true")


def test_a_wrong_value_elsewhere_is_left_for_its_owner(file: Path) -> None:
    file.write_text('theme = "nrod"\n')

    found = save("plain", True)

    assert found.settings == Settings(plain=True)
    assert 'theme = "nrod"' in file.read_text()


def test_a_first_file_says_what_it_is(file: Path) -> None:
    save("theme", "nord")

    assert file.read_text().startswith("# Settings of wargame.")
    assert load().settings == Settings(theme="nord")


def test_a_key_is_set_changed_and_given_back_in_either_spelling(file: Path) -> None:
    file.write_text('[keys]\nplay.lock = "k"\nplay.drop = "x"\n')

    assert save("keys.play.lock", "j").settings.keys == {"play.lock": "j", "play.drop": "x"}
    assert save("keys.play.drop", "").settings.keys == {"play.lock": "j"}
    assert save("keys.play.lock", "").settings.keys == {}
    assert save("keys.play.lock", "").settings.keys == {}


@pytest.mark.skipif(sys.platform == "win32", reason="needs links")
def test_a_linked_file_stays_linked(file: Path, tmp_path: Path) -> None:
    real = tmp_path / "dotfiles.toml"
    real.write_text("plain = false\n")
    file.symlink_to(real)

    save("plain", True)

    assert file.is_symlink()
    assert tomllib.loads(real.read_text()) == {"plain": True}


@given(
    st.lists(
        st.one_of(
            st.tuples(st.just("theme"), st.sampled_from(THEMES)),
            st.tuples(st.just("telling"), st.sampled_from(list(SPEEDS))),
            st.tuples(st.sampled_from(["colour_blind", "reduced_motion", "plain"]), st.booleans()),
            st.tuples(
                st.sampled_from(["keys.play.lock", "keys.play.drop"]), st.sampled_from(["k", "'", '"', "\\"])
            ),
        ),
        max_size=5,
    )
)
def test_what_was_set_last_is_what_is_read(tmp_path_factory: pytest.TempPathFactory, changes: list) -> None:
    file = tmp_path_factory.mktemp("any") / "settings.toml"
    for name, value in changes:
        assert save(name, value, file).problems == ()

    found = load(file).settings

    for name, value in dict(changes).items():
        kept = found.keys[name[5:]] if name.startswith("keys.") else getattr(found, name)
        assert kept == value


@given(st.binary(max_size=200))
def test_whatever_stands_in_the_file_it_can_be_read(
    tmp_path_factory: pytest.TempPathFactory, raw: bytes
) -> None:
    file = tmp_path_factory.mktemp("any") / "settings.toml"
    file.write_bytes(raw)

    found = load(file)

    assert all(str(each).isprintable() for each in found.problems)


# --- The command


def command(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(wargame, ["settings", *arguments], standalone_mode=False)
    return result.return_value, result.output


def test_the_path_is_printed_and_nothing_else(file: Path) -> None:
    assert command("--path") == (0, f"{file}\n")


def test_what_is_printed_is_a_file_that_can_be_kept(file: Path) -> None:
    save("theme", "nord")
    save("keys.play.lock", "k")

    code, printed = command()

    assert code == 0
    assert tomllib.loads(printed) == {
        "theme": "nord",
        "telling": "step",
        "colour_blind": False,
        "reduced_motion": False,
        "plain": False,
        "keys": {"play.lock": "k"},
    }
    assert [words for words in ABOUT.values() if words not in printed] == ["keys that were changed"]


def test_the_check_names_everything_wrong_also_keys_that_clash(file: Path) -> None:
    assert command("--check") == (0, "Nothing is wrong with the settings.\n")
    file.write_text('theme = "nrod"\n[keys]\n"play.lock" = "d"\n"play.nothing" = "k"\n')

    code, printed = command("--check")

    assert code == 1
    assert len(printed.splitlines()) == 3
    assert "play.drop" in printed


def test_all_keys_are_listed_as_they_are_now(file: Path) -> None:
    save("keys.play.lock", "k")

    code, printed = command("--keys")

    assert code == 0
    assert any(row.split()[:2] == ["play.lock", "k"] for row in printed.splitlines())


def test_two_questions_at_once_are_refused(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["settings", "--path", "--check"]) == 2
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_plain_lines_can_be_set_and_overruled(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    save("plain", True)

    assert run([]) == 0
    assert "wargame play" in capsys.readouterr().out
    assert run(["play", "--screen"]) == 2
    assert "needs a terminal" in capsys.readouterr().err
