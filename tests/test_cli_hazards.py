"""Bad input at the command line that a person can really give: the answer is a line of words and a code."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.test_cli import run

ROOT = Path(__file__).resolve().parents[1]


def shell(line: str, saves: Path) -> subprocess.CompletedProcess[str]:
    """Runs the program from a shell, which can close its streams; `WARGAME` in *line* stands for it."""
    return subprocess.run(
        ["sh", "-c", line.replace("WARGAME", f"{sys.executable} -m wargame")],
        cwd=ROOT,
        env={"PATH": "/usr/bin:/bin", "HOME": str(saves), "WARGAME_SAVES": str(saves)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_streams_that_are_closed_are_no_fault(tmp_path: Path) -> None:
    assert (done := shell("WARGAME scenarios >&-", tmp_path)).returncode == 0, done.stderr
    assert done.stderr == ""
    done = shell("WARGAME play tutorial --plain <&-", tmp_path)

    assert (done.returncode, done.stderr) == (0, "")
    assert "The game is kept." in done.stdout


def test_line_breaks_in_an_argument_stay_in_one_line() -> None:
    done = run("play", "tutorial", "--plain", "--role", "a\n\nb\x1b[2J")

    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "\x1b" not in done.stderr


def test_an_empty_name_is_not_the_folder_one_stands_in() -> None:
    done = run("check", "")

    assert done.returncode == 1
    assert "there is no scenario ''" in done.stdout


@pytest.mark.parametrize("content", [b"", b"\xef\xbb\xbf", b"# nothing\n", b"\xff\xfe"])
def test_without_its_main_file_a_scenario_has_one_fault(content: bytes, tmp_path: Path) -> None:
    for file in (ROOT / "scenarios" / "tutorial").glob("*.toml"):
        (tmp_path / file.name).write_bytes(content if file.name == "scenario.toml" else file.read_bytes())
    done = run("check", str(tmp_path))

    assert done.returncode == 1
    assert len(done.stdout.splitlines()) <= 2, done.stdout
    assert done.stdout.startswith("scenario.toml: ")


PRINTING = (
    "--help",
    "--version",
    "check tutorial",
    "framework",
    "history --games 3",
    "play tutorial --plain",
    "rules",
    "rules tutorial",
    "saves",
    "scenarios",
    "show saves/recorded-bargain.jsonl",
    "simulate --help",
    "simulate tutorial --games 3",
    "verify saves/recorded-bargain.jsonl",
)


@pytest.mark.parametrize("command", PRINTING)
def test_a_reader_that_goes_away_is_no_fault(command: str, tmp_path: Path) -> None:
    done = shell(f"(WARGAME {command} </dev/null; echo $? >&2) | true", tmp_path)

    assert done.stderr in ("0\n", "141\n")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device that is always full is wanted")
@pytest.mark.parametrize("command", ["--version", "rules", "scenarios"])
def test_a_full_disk_behind_the_output_is_said(command: str, tmp_path: Path) -> None:
    done = shell(f"WARGAME {command} >/dev/full", tmp_path)

    assert (done.returncode, done.stderr) == (1, "wargame: No space left on device\n")


@pytest.mark.parametrize(
    "line",
    [
        "simulate tutorial --seed 1 --seed 2",
        "simulate tutorial --seed=1 --seed=1",
        "simulate tutorial --json --json",
        "history --games 3 --games 4",
        "play tutorial --plain --plain",
        "show nothing.jsonl --as union --as mayor",
    ],
)
def test_an_option_given_twice_is_refused(line: str) -> None:
    done = run(*line.split())

    assert done.returncode == 2
    assert "is given twice; say it once" in done.stderr and done.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("tutoral", "there is no scenario 'tutoral' (did you mean 'tutorial'?)"),
        ("no/such/folder", "there is no scenario 'no/such/folder'; known: "),
        ("empty", "there is no scenario.toml in this folder; "),
    ],
)
def test_what_is_no_scenario_is_told_in_one_line(name: str, said: str, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    done = run("check", str(tmp_path / "empty") if name == "empty" else name)

    assert done.returncode == 1
    assert done.stdout.startswith(said) and done.stdout.count("\n") == 1, done.stdout


@pytest.mark.parametrize(
    ("line", "code", "said"),
    [
        ("rules tutoral", 1, "there is no scenario 'tutoral'"),
        ("saves --folder no/such/folder", 2, "'no/such/folder' does not exist"),
        ("saves --folder /dev/null", 1, "Not a directory"),
        ("verify /dev/zero", 1, "/dev/zero: not a file"),
        ("play --plain --resume /dev/zero", 1, "/dev/zero: not a file"),
        ("play tutorial --plain --save /dev/null", 2, "exists already"),
        ("history tutorial", 1, "records no history"),
        ("framework tutorial", 1, "has no case table"),
    ],
)
def test_what_is_not_there_or_no_file_is_told_in_a_line_and_nothing_else(
    line: str, code: int, said: str
) -> None:
    done = run(*line.split())

    assert (done.returncode, done.stdout) == (code, "")
    assert said in done.stderr and done.stderr.count("\n") == 1


def test_hundreds_of_faults_are_cut_to_a_list_that_can_be_read(tmp_path: Path) -> None:
    lines = "".join(f'[variables.v{i}]\ntitle = "V"\nrange = [0, 9]\nwrong = {i}\n' for i in range(263))
    (tmp_path / "scenario.toml").write_text('format = 1\ntitle = "T"\n' + lines)
    done = run("check", str(tmp_path))
    told = done.stdout.splitlines()

    assert done.returncode == 1
    assert len(told) == 52
    assert told[-2].startswith("and 2") and told[-2].endswith(" more")
    assert told[-1].endswith("faults: this scenario cannot be played")


def test_a_damaged_save_is_not_played_on(tmp_path: Path) -> None:
    save = tmp_path / "game.jsonl"
    assert shell(f"echo quit | WARGAME play tutorial --plain --save {save}", tmp_path).returncode == 0
    lines = save.read_bytes().splitlines(keepends=True)
    save.write_bytes(b"".join([*lines[:2], lines[1], *lines[2:]]))
    before = save.read_bytes()
    done = shell(f"echo quit | WARGAME play --plain --resume {save}", tmp_path)

    assert done.returncode == 1
    assert "damaged at entry 2" in done.stderr and done.stderr.count("\n") == 1
    assert save.read_bytes() == before


def test_a_save_too_large_is_told_with_its_unit(tmp_path: Path) -> None:
    save = tmp_path / "game.jsonl"
    with save.open("wb") as file:
        file.truncate(2_000_000_000)
    done = run("show", str(save))

    assert done.returncode == 1
    assert "more than 64 MB" in done.stderr


def test_what_is_shown_of_a_broken_save_stands_under_what_broke(tmp_path: Path) -> None:
    lines = (ROOT / "saves" / "recorded-bargain.jsonl").read_bytes().splitlines(keepends=True)
    changed = lines[40].replace(b"1", b"2", 1)
    broken = {
        "torn: 100 bytes of an unfinished entry at the end (entry 60)": [*lines[:60], lines[60][:100]],
        "damaged at entry 40 (byte ": [*lines[:40], changed, *lines[41:]],
        "damaged at entry 30 (byte ": [*lines[:30], *lines[31:]],
        "damaged at entry 20 (byte ": [*lines[:20], lines[21], lines[20], *lines[22:]],
    }
    for said, content in broken.items():
        save = tmp_path / "game.jsonl"
        save.write_bytes(b"".join(content))
        done = run("show", str(save), "--as", "tokayev")
        late = run("show", str(save), "--turn", "12")

        assert (done.returncode, done.stderr) == (0, "")
        assert f"\nThis save is {said}" in done.stdout
        assert "How things stood" in done.stdout
        assert late.returncode == 1 and late.stderr.count("\n") == 1
        assert "has no turn 12; it has 1, 2" in late.stderr and said in late.stderr
