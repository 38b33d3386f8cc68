"""The command: what it writes, what it refuses, and that the pages open in a browser."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.handouts.worlds import shipped_pages
from tests.test_cli import in_one_line, run
from wargame.handouts.folder import write
from wargame.handouts.pages import Page
from wargame.scenario.library import shipped_root

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


def listing(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_it_writes_every_page_and_says_which(tmp_path: Path) -> None:
    done = run("handouts", "tutorial", cwd=tmp_path)

    assert (done.returncode, done.stderr) == (0, "")
    assert listing(tmp_path) == ["tutorial-handouts"]
    assert listing(tmp_path / "tutorial-handouts") == sorted(shipped_pages("tutorial"))
    assert all(name in done.stdout for name in shipped_pages("tutorial"))


def test_what_is_there_is_kept_unless_forced(tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "map.html").write_text("mine", encoding="utf-8")
    (out / "notes.txt").write_text("mine", encoding="utf-8")
    refused = run("handouts", "tutorial", "-o", str(out))

    assert refused.returncode == 2
    assert in_one_line(refused.stderr) and "--force" in refused.stderr and "map.html" in refused.stderr
    assert listing(out) == ["map.html", "notes.txt"]

    forced = run("handouts", "tutorial", "-o", str(out), "--force", "--paper", "LETTER")

    assert forced.returncode == 0
    assert "size: Letter;" in (out / "map.html").read_text(encoding="utf-8")
    assert (out / "notes.txt").read_text(encoding="utf-8") == "mine"
    assert listing(out) == sorted([*shipped_pages("tutorial"), "notes.txt"])


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("no-such-scenario",), 1, "no-such-scenario"),
        (("tutorial", "-o", "file"), 1, "file"),
        (("tutorial", "-o", "file/deeper"), 1, "file"),
        (("tutorial", "-o", "x" * 300), 1, "too long"),
        (("tutorial", "--paper", "a3"), 2, "a3"),
        ((), 2, "Missing argument"),
        (("tutorial", "-o", "a", "-o", "b"), 2, "twice"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_line(
    tmp_path: Path, arguments: tuple[str, ...], code: int, words: str
) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    before = listing(tmp_path)
    done = run("handouts", *arguments, cwd=tmp_path)

    assert done.returncode == code
    assert words in done.stderr and in_one_line(done.stderr)
    assert done.stdout == ""
    assert listing(tmp_path) == before


def test_a_page_that_is_a_folder_is_not_replaced(tmp_path: Path) -> None:
    (tmp_path / "map.html").mkdir()
    done = run("handouts", "tutorial", "-o", str(tmp_path), "--force")

    assert done.returncode == 1 and in_one_line(done.stderr)
    assert not [name for name in listing(tmp_path) if name.endswith(".part")]


def test_a_disk_that_fills_leaves_what_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    old = [Page(name, "", "", "", "old") for name in ("a.html", "b.html", "c.html")]
    write(tmp_path, old)
    full = iter([None, OSError(28, "No space left on device")])

    def sync(handle: int) -> None:
        if (error := next(full)) is not None:
            raise error

    monkeypatch.setattr(os, "fsync", sync)
    with pytest.raises(OSError, match="No space"):
        write(tmp_path, [Page(page.name, "", "", "", "new") for page in old])

    assert listing(tmp_path) == ["a.html", "b.html", "c.html"]
    assert {path.read_text(encoding="utf-8") for path in tmp_path.iterdir()} == {"old"}


def harbour_with(tmp_path: Path, guide: str | bytes) -> Path:
    folder = tmp_path / "mine"
    shutil.copytree(shipped_root() / "tutorial", folder)
    (folder / "facilitating.md").write_bytes(guide.encode() if isinstance(guide, str) else guide)
    return folder


def test_the_scenarios_own_notes_are_in_the_script_and_nowhere_else(tmp_path: Path) -> None:
    folder = harbour_with(tmp_path, "## Turn 2\nWatch the *baker*, 4711.\n")
    done = run("handouts", str(folder), "-o", str(tmp_path / "out"))

    assert done.returncode == 0
    holding = [
        path.name for path in (tmp_path / "out").iterdir() if "4711" in path.read_text(encoding="utf-8")
    ]
    assert holding == ["facilitator.html"]


@pytest.mark.parametrize(
    ("guide", "words"),
    [
        ("## Turn 9\n", "there is no turn 9"),
        (b"\xff", "not UTF-8"),
        ("a\u202eb", "U+202E"),
        ("x" * 5000, "5,000"),
    ],
)
def test_notes_at_fault_are_named(tmp_path: Path, guide: str | bytes, words: str) -> None:
    done = run("handouts", str(harbour_with(tmp_path, guide)), "-o", str(tmp_path / "out"))

    assert done.returncode == 1
    assert "facilitating.md" in done.stderr and words in done.stderr and in_one_line(done.stderr)
    assert not (tmp_path / "out").exists()


def test_notes_are_no_part_of_the_scenario(tmp_path: Path) -> None:
    from wargame.scenario.library import load

    assert load(harbour_with(tmp_path, "## Before\nsomething else\n")).digest == load("tutorial").digest


@pytest.mark.skipif(CHROMIUM is None, reason="no chromium on this machine")
def test_a_page_opens_in_a_browser_and_prints(tmp_path: Path) -> None:
    [page] = write(tmp_path / "out", [shipped_pages("tutorial")["map.html"]])
    pdf = _printed(page)

    assert pdf.startswith(b"%PDF")
    assert len(pdf) > 5_000


def _printed(page: Path) -> bytes:
    """The page as a browser without a network prints it."""
    pdf, profile = page.with_suffix(".pdf"), page.with_suffix(".profile")
    options = ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--no-pdf-header-footer"]
    options += [f"--user-data-dir={profile}", "--host-resolver-rules=MAP * ~NOTFOUND"]
    command = [str(CHROMIUM), *options, f"--print-to-pdf={pdf}", page.as_uri()]
    subprocess.run(command, capture_output=True, timeout=120, check=True)
    return pdf.read_bytes()
