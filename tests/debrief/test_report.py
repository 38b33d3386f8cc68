"""The report: one page that needs nothing, holds every part, and in which nothing written does anything."""

from __future__ import annotations

import re
import shutil
import subprocess
from html.parser import HTMLParser
from pathlib import Path
from random import Random

import pytest

from tests.debrief.games import lively_game
from tests.debrief.test_charts import EVIL
from tests.scenario.worlds import random_bundle
from wargame.agents.driver import Table
from wargame.agents.seating import seating
from wargame.cli.app import run
from wargame.debrief.markdown import Names
from wargame.debrief.page import PARTS, as_markdown, parts
from wargame.debrief.record import open_record
from wargame.debrief.report import as_report
from wargame.debrief.sheets import sheets
from wargame.debrief.whole import Debrief, look_back
from wargame.lab.table import as_csv
from wargame.scenario.library import load_bundle
from wargame.session.seat import Submission
from wargame.session.session import Session

SAVES = sorted((Path(__file__).parents[2] / "saves").glob("recorded-*.jsonl"))
BROWSER = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome", "chrome", "msedge"))),
    None,
)
HOLLOW = {"meta", "br", "hr", "img", "link", "input"}
SECRET = "Quokka"
FORMULAS = ("=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "\uff1d1+1", "  =2")


class Tags(HTMLParser):
    """Reads a page strictly: every element ends where it should."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.seen: set[str] = set()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.feed(page)
        self.close()
        assert not self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.add(tag)
        for name, value in attrs:
            assert not name.startswith("on")
            if name == "id" and tag == "section":
                self.ids.append(str(value))
            if name in ("href", "src", "xlink:href", "action"):
                self.links.append(str(value))
        if tag not in HOLLOW and not (self.get_starttag_text() or "").endswith("/>"):
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if tag not in HOLLOW and self.open:
            assert self.open.pop() == tag


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Debrief:
    """A game in which people wrote whatever a program might stumble over."""
    path = tmp_path_factory.mktemp("game") / "g.jsonl"
    seats = dict.fromkeys(("mayor", "union"), "person")
    with Session.create("tutorial", seed=2, seats=seats, path=path) as session:
        for number in range(3):
            for evil in EVIL[number::3]:
                session.seat("mayor").say(f"{SECRET} {evil}")
            session.control().inject(f"{SECRET} {EVIL[number]}")
            for role in session.scenario.roles:
                order = session.kernel.legal(session.position, role)[0]
                session.seat(role).submit(
                    [Submission(order, FORMULAS[number], f"{SECRET}{FORMULAS[number + 3]}", 60)]
                )
            session.control().adjudicate()
            if session.is_over:
                break
    return look_back(open_record(path), 4, leans=2)


def test_the_page_needs_nothing_and_every_part_is_in_it(hostile: Debrief) -> None:
    page = as_report(hostile)
    read = Tags(page)
    shown = [part.id for part in parts(hostile)]

    assert read.ids == shown and len(shown) >= len(PARTS) - 2
    assert {link.removeprefix("#") for link in read.links} == set(shown)
    assert not read.seen & {"script", "img", "link", "iframe", "object", "form", "base"}
    assert "default-src 'none'" in page and "@import" not in page


def test_nothing_anybody_wrote_does_anything(hostile: Debrief) -> None:
    page = as_report(hostile)

    assert SECRET in page
    assert not [evil for evil in EVIL if "<" in evil and evil in page]
    assert "\x1b" not in page and "\u202e" not in page and "\0" not in page


def test_without_names_nothing_anybody_wrote_is_left(hostile: Debrief) -> None:
    names = Names(anonymous=True)
    tables = [as_csv(table.rows) for table in sheets(hostile, names)]

    for text in (as_report(hostile, names), as_markdown(hostile, names), *tables):
        assert SECRET not in text


def test_no_cell_of_a_table_is_worked_out_by_a_spreadsheet(hostile: Debrief) -> None:
    cells = [
        cell
        for table in sheets(hostile, Names())
        for row in table.rows
        for cell, column in zip(row, table.columns, strict=True)
        if isinstance(cell, str) and column.name in ("reason", "expects", "words", "name")
    ]

    assert any("1+1" in cell for cell in cells)
    assert not [cell for cell in cells if re.match(r"\s*[=+\-@\t|%\uff1d\uff0b\uff0d\uff20]", cell)]


def test_tables_add_up(hostile: Debrief) -> None:
    tables = {table.name: table for table in sheets(hostile, Names())}
    record = hostile.record
    given = sum(len(each) for played in record.turns for each in played.submissions.values())

    assert len(tables["orders"]) == given
    assert len(tables["press"]) == len(record.course.said)
    assert len(tables["facts"]) == sum(len(played.facts) for played in record.turns)
    assert len(tables["turns"]) == 2 * len(record.turns)
    scores = {row[0]: row[1] for row in tables["outcomes"].rows}
    assert scores == {role: record.kernel.total(record.last, role) for role in record.kernel.scenario.roles}


def test_the_command_writes_all_and_several_tables(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    games = [tmp_path / f"{number}.jsonl" for number in (1, 2, 3)]
    for number, game in enumerate(games):
        lively_game(game, number)
    out = tmp_path / "out"
    out.mkdir()
    asked = ["debrief", *map(str, games), "--control"]
    assert run([*asked, "-o", str(out / "c.html"), "--md", str(out / "c.md"), "--csv", str(out / "t")]) == 0
    Tags((out / "c.html").read_text(encoding="utf-8"))
    assert "## The tables side by side" in (out / "c.md").read_text(encoding="utf-8")
    assert (out / "t" / "tables.csv").read_text().count("\n") == 1 + 3 * 2
    assert "written: " in capsys.readouterr().out

    assert run(["debrief", str(games[0]), str(SAVES[0])]) == 1
    assert "cannot be compared" in capsys.readouterr().err
    assert run([*asked, "--turn", "2"]) == 2
    assert "one game" in capsys.readouterr().err
    assert run([*asked, "--guide", str(out / "g.html")]) == 2
    assert run(["debrief", str(games[0]), "--control", "--games", "2", "--guide", str(out / "g.html")]) == 0
    assert "Leading the debrief" in (out / "g.html").read_text(encoding="utf-8")


@pytest.mark.skipif(BROWSER is None, reason="no browser on this machine")
@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (["-o", "game.jsonl"], "is a saved game, which would be lost"),
        (["--md", "other.jsonl"], "is a saved game, which would be lost"),
        (["-o", "a.html", "--guide", "a.html"], "is named twice"),
        (["-o", "nowhere/a.html"], "there is no folder"),
        (["-o", "a.pdf"], "print it as a PDF"),
        (["--anonymous", "--turn", "1"], "for reports and tables"),
    ],
)
def test_nothing_is_lost_and_nothing_reckoned_in_vain(
    asked: list[str], said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("game", "other"):
        lively_game(tmp_path / f"{name}.jsonl", 1)
    before = [(tmp_path / f"{name}.jsonl").read_bytes() for name in ("game", "other")]
    there = [str(tmp_path / each) if "." in each else each for each in asked]

    assert run(["debrief", str(tmp_path / "game.jsonl"), "--control", *there]) == 2
    assert said in capsys.readouterr().err
    assert [(tmp_path / f"{name}.jsonl").read_bytes() for name in ("game", "other")] == before


def test_damage_is_told_to_whoever_looks_back(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    save = tmp_path / "game.jsonl"
    lively_game(save, 1)
    rows = save.read_bytes().splitlines(keepends=True)
    save.write_bytes(b"".join(rows[:12]) + b"{broken}\n" + b"".join(rows[12:]))

    assert run(["debrief", str(save), "--games", "2"]) == 2
    said = capsys.readouterr().err
    assert "damaged at entry 12" in said and "--control" in said and "this game goes on" not in said
    assert run(["debrief", str(save), "--games", "2", "--control", "--md", str(tmp_path / "a.md")]) == 0
    assert "damaged at entry 12" in capsys.readouterr().err


def test_a_browser_shows_and_prints_it_and_runs_nothing(hostile: Debrief, tmp_path: Path) -> None:
    page, pdf = tmp_path / "r.html", tmp_path / "r.pdf"
    page.write_text(as_report(hostile), encoding="utf-8")
    options = [str(BROWSER), "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run"]
    options += [f"--user-data-dir={tmp_path / 'p'}", "--host-resolver-rules=MAP * ~NOTFOUND"]
    shown = subprocess.run(
        [*options, "--dump-dom", page.as_uri()], capture_output=True, text=True, timeout=120, check=True
    ).stdout
    subprocess.run(
        [*options, f"--print-to-pdf={pdf}", page.as_uri()], capture_output=True, timeout=120, check=True
    )

    for part in parts(hostile):
        assert f'<section id="{part.id}"' in shown
    Tags(shown.replace("<!DOCTYPE html>", ""))
    assert "<script" not in shown
    assert pdf.read_bytes().startswith(b"%PDF") and pdf.stat().st_size > 20_000


@pytest.mark.parametrize("seed", range(6))
def test_a_game_of_any_scenario_is_told(seed: int, tmp_path: Path) -> None:
    scenario = load_bundle(random_bundle(Random(seed)))
    path = tmp_path / "g.jsonl"
    with Session.create(scenario, seed=seed, seats=seating(scenario, {}), path=path) as session:
        Table.of(session).play_to_the_end()
    found = look_back(open_record(path), 3, leans=2)

    Tags(as_report(found))
    assert as_markdown(found).startswith("# ")
    assert all(len(row) == len(table.columns) for table in sheets(found, Names()) for row in table.rows)
