"""The command line: every exit code, and what must not happen on bad input."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parent.parent
HOST = {key: value for key, value in os.environ.items() if key not in ("COLUMNS", "LINES")}


def run(*arguments: str | bytes, cwd: Path = ROOT, **environment: str) -> subprocess.CompletedProcess[str]:
    """One command line in a process of its own, with nothing on stdin."""
    return subprocess.run(
        [sys.executable, "-m", "wargame", *arguments],
        capture_output=True,
        text=True,
        errors="replace",
        stdin=subprocess.DEVNULL,
        timeout=60,
        cwd=cwd,
        env={**HOST, "PYTHONPATH": str(ROOT), **environment},
    )


def in_one_line(text: str) -> bool:
    return text.count("\n") == 1 and "Traceback" not in text


@pytest.fixture(scope="module")
def game(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A save of a whole scripted game of the tutorial."""
    from wargame.agents.driver import Table
    from wargame.session.session import Session

    path = tmp_path_factory.mktemp("saves") / "game.jsonl"
    with Session.create("tutorial", seed=3, seats={}, path=path) as session:
        Table.of(session).play_to_the_end()
    return path


def test_the_version_is_the_packages() -> None:
    import wargame

    assert run("--version").stdout == f"wargame {wargame.__version__}\n"
    assert run("--version", "check").stdout == f"wargame {wargame.__version__}\n"


def test_help_names_every_command() -> None:
    from wargame.cli.app import COMMANDS

    done = run("--help")

    assert done.returncode == 0
    assert all(f"  {name} " in done.stdout for name in COMMANDS)


def test_every_command_has_help() -> None:
    from wargame.cli.app import COMMANDS

    for name in COMMANDS:
        done = run(name, "--help")

        assert (done.returncode, done.stderr) == (0, "")
        assert done.stdout.startswith("Usage: wargame")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("chek",), "did you mean 'check'?"),
        (("frobnicate",), "there are: play, control"),
        (("check",), "Missing argument"),
        (("check", "tutorial", "--jsn"), "--json"),
        (("simulate", "tutorial", "--games", "0"), "1<=x<=1000000"),
        (("simulate", "tutorial", "--games", "1000000000"), "1<=x<=1000000"),
        (("simulate", "tutorial", "--seed", "-1"), "0<=x"),
        (("simulate", "tutorial", "--seed", "1", "--seed=2"), "--seed is given twice"),
        (("simulate", "tutorial", "--role", "nobody=cautious"), "no role 'nobody'"),
        (("simulate", "tutorial", "--role", "mayor=random", "--role", "mayor=patient"), "twice"),
        (("simulate", "tutorial", "--role", "nothing"), "ROLE=DOCTRINE"),
        (("play", "tutorial", "--plain", "--role", "nobody"), "no role 'nobody'"),
        (("play", "tutorial", "--plain", "--length", "endless"), "no length 'endless'"),
        (("play", "tutorial", "--plain", "--resume", "x", "--seed", "3"), "--resume"),
        (("show", "no-such-file"), "does not exist"),
        (("verify",), "Missing argument"),
    ],
)
def test_a_wrong_command_line_exits_2_with_one_line(arguments: tuple[str, ...], words: str) -> None:
    done = run(*arguments)

    assert done.returncode == 2
    assert words in done.stderr
    assert in_one_line(done.stderr)
    assert done.stdout == ""


@pytest.mark.parametrize("arguments", [(), ("play",), ("play", "tutorial")])
def test_a_screen_without_a_terminal_exits_2_with_one_line(arguments: tuple[str, ...]) -> None:
    done = run(*arguments)

    assert done.returncode == 2
    assert "needs a terminal" in done.stderr
    assert in_one_line(done.stderr)
    assert "\x1b" not in done.stdout + done.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ("check", "no-such-scenario"),
        ("check", "/dev/null"),
        ("check", "."),
        ("simulate", "no-such-scenario"),
        ("history", "tutorial-of-nothing"),
        ("simulate", "tutorial", "--length", "endless"),
        ("framework", "no-such-scenario"),
        ("rules", "no-such-scenario"),
    ],
)
def test_input_at_fault_exits_1_in_words(arguments: tuple[str, ...]) -> None:
    done = run(*arguments)

    assert done.returncode == 1
    assert (done.stdout + done.stderr).strip()
    assert "Traceback" not in done.stderr


def test_check_says_what_a_good_scenario_holds_in_one_line() -> None:
    done = run("check", "tutorial")

    assert done.returncode == 0
    assert in_one_line(done.stdout)
    assert done.stdout.startswith("tutorial: ")


def test_check_lists_every_fault_of_a_bad_one(tmp_path: Path) -> None:
    (tmp_path / "scenario.toml").write_text(
        'format = 1\ntitle = "x"\nturnz = 3\nroles = 7\n', encoding="utf-8"
    )
    text = run("check", str(tmp_path))
    data = json.loads(run("check", str(tmp_path), "--json").stdout)

    assert text.returncode == 1
    assert data["ok"] is False
    assert len(data["problems"]) >= 2
    assert set(data["problems"][0]) == {"file", "key", "line", "column", "what", "near", "remedy"}
    assert all(problem["what"] in text.stdout for problem in data["problems"])


def test_simulate_gives_stable_keys() -> None:
    data = json.loads(run("simulate", "tutorial", "--games", "5", "--seed", "2", "--json").stdout)

    assert sum(data["endings"].values()) == 5
    assert data["games_per_second"] > 0
    assert all({"mean", "median", "p10", "p90"} <= scores.keys() for scores in data["scores"].values())


def test_framework_gives_the_rules_answer_beside_what_moscow_did() -> None:
    data = json.loads(run("framework", "--json").stdout)
    text = run("framework").stdout

    assert data["agree"] == 8
    assert data["of"] == 9
    assert "the rule fails" in text
    assert all(case["case"] in text for case in data["cases"])


def test_rules_prints_the_book_and_the_tables() -> None:
    done = run("rules", "tutorial")

    assert done.stdout.startswith("# The rules")
    assert "# Appendix" in done.stdout


def test_a_reader_that_leaves_early_is_no_fault() -> None:
    command = f"{sys.executable} -m wargame rules kazakhstan-2022 | head -1"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, cwd=ROOT, timeout=60)

    assert done.stdout.startswith("# The rules")
    assert done.stderr == ""


@pytest.mark.parametrize(
    "locale", [{"LC_ALL": "C"}, {"PYTHONIOENCODING": "ascii"}, {"LC_ALL": "C", "PYTHONUTF8": "0"}]
)
def test_printing_is_safe_in_any_locale(locale: dict[str, str]) -> None:
    done = run("rules", "kazakhstan-2022", **locale)

    assert (done.returncode, done.stderr) == (0, "")


def test_an_argument_that_is_no_text_is_shown_escaped() -> None:
    done = run("check", b"\xff\x1b[2J")

    assert done.returncode == 1
    assert "\x1b" not in done.stdout + done.stderr


def test_a_home_that_does_not_exist_is_no_fault(tmp_path: Path) -> None:
    nowhere = str(tmp_path / "none")
    done = run("saves", "--json", HOME=nowhere, XDG_DATA_HOME=nowhere)

    assert done.returncode == 0


def test_verify_says_clean_and_exits_0(game: Path) -> None:
    done = run("verify", str(game))

    assert done.returncode == 0
    assert in_one_line(done.stdout)
    assert json.loads(run("verify", str(game), "--json").stdout)[0]["verdict"] == "clean"


def test_verify_exits_3_when_the_tail_is_torn_and_4_when_damaged(game: Path, tmp_path: Path) -> None:
    whole = game.read_bytes()
    torn, damaged = tmp_path / "torn.jsonl", tmp_path / "damaged.jsonl"
    torn.write_bytes(whole[:-40])
    damaged.write_bytes(whole[: len(whole) // 2] + b"#" + whole[len(whole) // 2 + 1 :])

    assert run("verify", str(torn)).returncode == 3
    assert run("verify", str(damaged)).returncode == 4
    assert run("verify", str(game), str(torn), str(damaged)).returncode == 4
    assert torn.read_bytes() == whole[:-40]


def test_verify_exits_5_for_a_save_of_a_newer_version(game: Path, tmp_path: Path) -> None:
    newer = resealed(game, tmp_path / "newer.jsonl", lambda data: data | {"format": 99}, at=0)

    assert run("verify", str(newer)).returncode == 5


def test_verify_exits_6_when_the_rules_give_another_turn(game: Path, tmp_path: Path) -> None:
    last = game.read_bytes().count(b"\n") - 1
    other = resealed(game, tmp_path / "other.jsonl", lambda data: data | {"digest": "0" * 64}, at=last)

    assert run("verify", str(other)).returncode == 6


def resealed(save: Path, path: Path, change: Callable[[dict[str, Any]], dict[str, Any]], at: int) -> Path:
    """A forged copy: one entry's data changed, and every hash after it made right again."""
    from wargame.session.records import FIRST, encode

    previous, lines = FIRST, []
    for number, line in enumerate(save.read_bytes().splitlines()):
        old = json.loads(line)
        record = encode(number, previous, old["kind"], change(old["data"]) if number == at else old["data"])
        previous = record.hash
        lines.append(record.line)
    path.write_bytes(b"\n".join(lines) + b"\n")
    return path


def test_verify_refuses_what_is_no_save(tmp_path: Path) -> None:
    for content in (b"", b"hello\n", b"\x00" * 5000, b"{}\n", b"[" * 100_000):
        path = tmp_path / "x.jsonl"
        path.write_bytes(content)
        done = run("verify", str(path))

        assert done.returncode in (1, 3, 4), content[:10]
        assert "Traceback" not in done.stderr


def test_show_prints_a_turn_from_a_chair(game: Path) -> None:
    whole = run("show", str(game), "--turn", "1")
    chair = run("show", str(game), "--turn", "1", "--as", first_role())

    assert whole.returncode == chair.returncode == 0
    assert len(whole.stdout) > len(chair.stdout) > 0


def test_a_save_may_be_named_as_the_list_names_it(game: Path) -> None:
    for name in (game.name, game.stem):
        done = run("verify", name, WARGAME_SAVES=str(game.parent))

        assert done.returncode == 0
        assert "clean" in done.stdout


def test_show_without_a_chair_keeps_the_secrets_of_a_game_that_goes_on(tmp_path: Path) -> None:
    from wargame.session.session import Session

    path = tmp_path / "going.jsonl"
    person = first_role()
    with Session.create("tutorial", seed=5, seats={person: "person"}, path=path):
        pass

    assert run("show", str(path)).stdout == run("show", str(path), "--as", person).stdout
    assert "seed" in run("show", str(path), "--as", "control").stdout


def first_role() -> str:
    from wargame.scenario.library import load

    return next(iter(load("tutorial").roles))


def test_show_of_a_turn_or_role_there_is_not_says_so(game: Path) -> None:
    for arguments in (("--turn", "99"), ("--as", "nobody")):
        done = run("show", str(game), *arguments)

        assert done.returncode in (1, 2)
        assert in_one_line(done.stderr)


def test_saves_lists_a_folder(game: Path) -> None:
    data = json.loads(run("saves", "--json", "--folder", str(game.parent)).stdout)

    assert [Path(row["save"]).name for row in data["saves"]] == ["game.jsonl"]
    assert data["saves"][0]["scenario"] == "tutorial"
    assert "game.jsonl" in run("saves", "--folder", str(game.parent)).stdout


def test_a_fault_of_ours_exits_70_and_names_a_crash_file(tmp_path: Path) -> None:
    code = (
        "import wargame.cli.scenarios as module, sys\n"
        "from wargame.cli.app import run\n"
        "secret = 'the hidden truth'\n"
        "import wargame.lab.rulebook as book\n"
        "book.rule_book = lambda: 1 // 0\n"
        "sys.exit(run(['rules']))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={**HOST, "XDG_STATE_HOME": str(tmp_path)},
        timeout=60,
    )
    [crash] = tmp_path.rglob("crash-*.txt")

    assert done.returncode == 70
    assert str(crash) in done.stderr
    assert in_one_line(done.stderr)
    assert "ZeroDivisionError" in crash.read_text(encoding="utf-8")


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs a pseudo-terminal")
@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 143), (signal.SIGHUP, 129)])
@pytest.mark.parametrize("arguments", [(), ("play", "tutorial")])
def test_a_signal_gives_the_terminal_back(
    number: int, code: int, arguments: tuple[str, ...], tmp_path: Path
) -> None:
    from benchmarks.terminal import Terminal

    environment = {"PYTHONPATH": str(ROOT), "XDG_DATA_HOME": str(tmp_path), "WARGAME_SAVES": str(tmp_path)}
    terminal = Terminal(*arguments, environment=environment)
    terminal.seconds_until(b"\x1b[?1049h")
    time.sleep(1.0)

    assert terminal.close(number) == code
    assert b"\x1b[?1049l" in terminal.shown
    assert b"\x1b[?25h" in terminal.shown


def test_a_fault_on_the_screen_exits_70_with_a_crash_file_and_no_secrets(tmp_path: Path) -> None:
    from benchmarks.terminal import Terminal

    code = (
        "import sys\n"
        "from wargame.cli.terminal import run_app\n"
        "from wargame.tui.app import WargameApp\n"
        "def broken(self):\n"
        "    secret = 'the clan did it'\n"
        "    1 // 0\n"
        "WargameApp.on_mount = broken\n"
        "sys.exit(run_app(WargameApp()))"
    )
    environment = {"PYTHONPATH": str(ROOT), "XDG_STATE_HOME": str(tmp_path), "WARGAME_SAVES": str(tmp_path)}
    terminal = Terminal(environment=environment, code=code)

    assert terminal.wait() == 70
    [crash] = tmp_path.rglob("crash-*.txt")
    assert str(crash).encode() in terminal.shown.replace(b"\r\n", b"")
    assert b"the clan" not in terminal.shown
    assert b"\x1b[?1049l" in terminal.shown
