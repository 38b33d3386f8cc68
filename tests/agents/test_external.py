"""Outside programs: whatever one does, the turn closes, the record says why, and nothing is left running."""

from __future__ import annotations

import json
import shlex
import subprocess
import sys
import time
from pathlib import Path

import pytest

from wargame.agents import external
from wargame.agents.base import Chair
from wargame.agents.draws import Draws
from wargame.agents.driver import Table
from wargame.agents.examples import first
from wargame.agents.external import BENCH, External, greeting, view_message
from wargame.agents.program import BAD_LINES
from wargame.agents.seating import allow_programs, seating
from wargame.cli.app import run
from wargame.errors import ScenarioError
from wargame.lab.match import play
from wargame.lab.oracles import disguised
from wargame.rules.position import Position
from wargame.session.kernels import kernel_for, load
from wargame.session.replay import verify
from wargame.session.session import Session

LIMIT = 0.4
SAYS = "import json, sys\ndef say(**each): print(json.dumps(each), flush=True)\n"
ASKED = """for line in sys.stdin:
    m = json.loads(line)
    if m['type'] == 'go' and m['want'] == 'orders':
        """
LATE = "say(type='answer', id='0.orders', orders=[])\n        say(type='answer', id=m['id'], orders=[])"

HOSTILE = {
    "import time; time.sleep(60)": "no orders in",
    "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(60)": "no orders in",
    "while True: pass": "no orders in",
    "print('{', flush=True); import time; time.sleep(60)": "no orders in",
    f"print('nonsense\\n' * {BAD_LINES}, flush=True)": f"{BAD_LINES} lines that are no JSON",
    f"print('{{\"a\": NaN}}\\n' * {BAD_LINES}, flush=True)": "no JSON",
    f"print(('[' * 6000 + '\\n') * {BAD_LINES}, flush=True)": "no JSON",
    f"print('[]\\n' * {BAD_LINES}, flush=True)": "no JSON",
    f"import sys; sys.stdout.buffer.write(b'\\xff\\n' * {BAD_LINES})": "no JSON",
    f"print(('x' * 70000 + '\\n') * {BAD_LINES}, flush=True)": "no JSON",
    "import sys\nwhile True: sys.stdout.write('x' * 65536)": "wrote more than|ended or closed|no orders in",
    "while True: print('{}')": "wrote more than|no orders in",
    "while True: print('{\"a\": \"' + 'x' * 9000 + '\"}')": "wrote more than",
    "import sys\nwhile True: sys.stderr.write('x' * 65536)": "no orders in",
    "raise SystemExit(3)": "ended or closed",
    "raise ValueError('\\x1b]0;x\\x07[b]why')": "ValueError: ]0;x\\[b\\]why",
    SAYS + ASKED + "say(type='answer', id=m['id'], orders=[9999])": "not in the list",
    SAYS + ASKED + "say(type='answer', id=m['id'], orders=[True])": "not in the list",
    SAYS + ASKED + "say(type='answer', id=m['id'], orders=[0] * 50)": "a list of at most",
    SAYS + ASKED + "say(type='answer', id=m['id'], orders=[0, 0])": "may not be given together",
    SAYS + ASKED + "say(type='answer', id=m['id'])": "a list of at most",
    SAYS + ASKED + "say(type='answer', id='7.orders', orders=[])": "no orders in",
}


def new(path: Path, command: str) -> Session:
    external.allow(command)
    return Session.create("tutorial", seed=11, seats={"union": f"program:{command}"}, path=path / "g.jsonl")


def seated(session: Session, command: str) -> Table:
    table = Table.of(session)
    table.agents = {**table.agents, "union": External(command, limit=LIMIT, grace=0.2)}
    return table


def python(text: str) -> str:
    return shlex.join([sys.executable, "-c", text])


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_program_gets_default_orders_and_the_record_says_why(tmp_path: Path, text: str) -> None:
    with new(tmp_path, python(text)) as session:
        table = seated(session, python(text))
        began = time.monotonic()
        table.play_agents()
        table.close()

        assert time.monotonic() - began < LIMIT + 2 + 1  # a second for the start of a loaded machine
        told = session.seat("union").notes[0].text
        assert any(part.replace("\\", "") in told for part in HOSTILE[text].split("|")), told
    with Session.open(tmp_path / "g.jsonl") as session:
        assert session.seat("union").locked or session.seat("mayor").locked
    assert verify(tmp_path / "g.jsonl").kind == "clean"


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_children_and_theirs_are_killed_with_the_program(tmp_path: Path) -> None:
    mark = tmp_path / "child"
    child = (
        f"import os, time; os.fork(); open({str(mark)!r}, 'a').write(str(os.getpid()) + ' '); time.sleep(60)"
    )
    text = (
        f"import subprocess, sys, time; subprocess.Popen([sys.executable, '-c', {child!r}]); time.sleep(60)"
    )
    with new(tmp_path, python(text)) as session:
        table = seated(session, python(text))
        table.play_agents()
        # A process that has been killed still runs for the moment until its core hears of it.
        until = time.monotonic() + 2
        while any(map(_is_running, mark.read_text().split())) and time.monotonic() < until:
            time.sleep(0.02)
        assert not any(map(_is_running, mark.read_text().split()))


def _is_running(pid: str) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().split()[2] != "Z"
    except OSError:
        return False


def test_the_example_plays_a_whole_game_and_its_save_needs_it_no_more(tmp_path: Path) -> None:
    command = shlex.join([sys.executable, "-m", "wargame.agents.examples.first"])
    seats = {"union": f"program:{command}", "mayor": "doctrine:patient"}
    external.allow(command)
    with Session.create("tutorial", seed=1, seats=seats, path=tmp_path / "g.jsonl") as session:
        table = Table.of(session)
        table.play_to_the_end()
        table.close()

        given = [each for step in session.course.steps for each in step.submissions.get("union", ())]
        assert given and {each.reason for each in given} == {"the first of the list"}
        assert session.seat("union").notes == ()
    external._allowed.clear()
    assert verify(tmp_path / "g.jsonl").kind == "clean"


def test_the_answer_to_the_question_counts_and_older_ones_do_not(tmp_path: Path) -> None:
    text = SAYS + ASKED + LATE
    with new(tmp_path, python(text)) as session:
        table = Table.of(session)
        table.play_agents()
        table.close()

        assert session.seat("union").notes == () and session.seat("union").submitted == ()


def test_after_three_failures_in_a_row_it_is_not_asked_any_more(tmp_path: Path) -> None:
    with new(tmp_path, python("raise SystemExit")) as session:
        table = seated(session, python("raise SystemExit"))
        for _ in range(BENCH + 1):
            table.play_agents()
            session.seat("mayor").submit([]) if not session.seat("mayor").locked else None
            table.advance()

        assert "not asked any more" in session.seat("union").notes[BENCH].text


def test_a_save_alone_starts_no_program(tmp_path: Path) -> None:
    mark = tmp_path / "ran"
    name = "program:" + python(f"open({str(mark)!r}, 'w')")
    with Session.create("tutorial", seed=1, seats={"union": name}, path=tmp_path / "g") as session:
        table = Table.of(session)
        table.play_agents()

        assert not mark.exists()
        assert "a save alone" in session.seat("union").notes[0].text
        table.session.seat("mayor").submit([]) if not session.seat("mayor").locked else None
        table.advance()
        allow_programs(session.seats.values())
        table.play_agents()
        assert mark.exists()


def test_a_program_is_named_on_the_command_line_and_plays_at_a_table_only(
    capsys: pytest.CaptureFixture[str],
) -> None:
    scenario = load("tutorial")
    assert seating(scenario, {"union": "program:x y"})["union"] == "program:x y"
    with pytest.raises(ScenarioError, match="at a table only"):
        play(kernel_for(scenario), {"union": "program:x"}, seed=1)
    assert run(["simulate", "tutorial", "--role", "union=program:x"]) == 1
    assert "at a table only" in capsys.readouterr().err


def test_what_a_role_may_not_know_goes_over_no_pipe() -> None:
    kernel, draws = kernel_for(load("kazakhstan-2022")), Draws(3)
    position = kernel.start(5)[0]
    for _ in range(3):
        position = kernel.play(position, [])
    for role in kernel.plan.roles:

        def told(at: Position, role: str = role) -> str:
            chair = Chair(kernel, at, role)
            listed = external._numbered(chair.legal(), str)
            return json.dumps([*greeting(chair), view_message(chair), listed])

        assert told(position) == told(disguised(kernel.plan, position, role, draws))
        others = [each for each in kernel.plan.roles if each != role]
        secrets = [
            kernel.scenario.briefings[each].secret for each in others if each in kernel.scenario.briefings
        ]
        assert not [secret for secret in secrets if secret and json.dumps(secret)[1:-1] in told(position)]


def test_the_transcript_of_the_page_is_what_happens() -> None:
    page = (Path(__file__).parents[2] / "docs" / "protocol.md").read_text(encoding="utf-8")
    told = [line[6:] for line in page.splitlines() if line.startswith("    > ")]
    answers = [line[6:] for line in page.splitlines() if line.startswith("    < ")]
    done = subprocess.run(
        [sys.executable, str(first.__file__)],
        input="\n".join(told),
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.splitlines() == answers

    kernel = kernel_for(load("tutorial"))
    chair = Chair(kernel, kernel.start(1)[0], "union")
    sent = [*greeting(chair), view_message(chair)]
    shown = [json.loads(line) for line in told]
    assert [list(message) for message in sent] == [list(message) for message in shown[:3]]
    assert list(view_message(chair)["values"][0]) == list(shown[2]["values"][0])
    assert list(external._numbered(chair.legal(), str)[0]) == list(shown[6]["orders"][0])
