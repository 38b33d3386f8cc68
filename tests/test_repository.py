"""What no file of the repository may hold, and what is forbidden in its code."""

from __future__ import annotations

import ast
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

# Spelled in pieces, so that this file does not hold what it looks for.
FORBIDDEN = {
    "a package registry's host": re.compile(
        r"py" + r"pi\.org|files\." + r"pythonhosted|registry\." + r"npmjs"
    ),
    "a registry's path": re.compile(r"https?://\S+/" + r"(simple|packages)/|\.whl" + r"#sha"),
    "a path of one machine": re.compile(
        r"/" + r"work/(main|shared)|/" + r"root/|/" + r"tmp/(venv|notes)|/" + r"home/\w+/"
    ),
}
SKIPPED = {".git", ".venv", ".hypothesis", ".pytest_cache", ".mypy_cache", ".ruff_cache", "__pycache__"}


def repository_files() -> list[Path]:
    """The files git knows or would take; all files where there is no git."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    if listed.returncode == 0 and listed.stdout:
        return [ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]
    return [path for path in ROOT.rglob("*") if path.is_file() and not SKIPPED & set(path.parts)]


def texts() -> list[tuple[str, str]]:
    found = []
    for path in repository_files():
        try:
            found.append((str(path.relative_to(ROOT)), path.read_text(encoding="utf-8")))
        except UnicodeDecodeError:
            continue
    return found


@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_file_names(what: str) -> None:
    named = [f"{name}: {found[0]}" for name, text in texts() if (found := FORBIDDEN[what].search(text))]

    assert named == []


def test_every_text_file_ends_its_lines_with_a_single_newline() -> None:
    assert [name for name, text in texts() if "\r" in text] == []


CODE = sorted((ROOT / "wargame").rglob("*.py"))


@pytest.mark.parametrize("path", CODE, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_is_of_one_noun_and_its_functions_can_be_read(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    tree = ast.parse(text)
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    long = [node.name for node in functions if (node.end_lineno or 0) - node.lineno > 60]

    assert ast.get_docstring(tree)
    assert text.count("\n") <= 400
    assert long == []


def test_what_authors_write_is_cut_into_files_that_can_be_read() -> None:
    tables = sorted((ROOT / "scenarios").rglob("*.toml"))

    assert tables
    assert [path.name for path in tables if path.read_text(encoding="utf-8").count("\n") > 400] == []


@pytest.mark.parametrize("path", CODE, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_text_file_is_opened_with_its_encoding_named(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]

    assert [call.lineno for call in calls if _opens_text(call) and "encoding" not in _words(call)] == []


def _opens_text(call: ast.Call) -> bool:
    """Whether it opens a file as text: `open(...)`, `path.read_text(...)`, `path.write_text(...)`."""
    if isinstance(call.func, ast.Name):
        modes = [arg.value for arg in call.args[1:] if isinstance(arg, ast.Constant)]
        return call.func.id == "open" and not any("b" in str(mode) for mode in modes)
    return isinstance(call.func, ast.Attribute) and call.func.attr in ("read_text", "write_text")


def _words(call: ast.Call) -> set[str | None]:
    return {keyword.arg for keyword in call.keywords}


@pytest.mark.parametrize("path", CODE, ids=lambda path: str(path.relative_to(ROOT)))
def test_an_assert_only_tells_the_type_checker_something(path: Path) -> None:
    """Python -O takes asserts out, so nothing may be checked by one."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    asserts = [node for each in functions for node in ast.walk(each) if isinstance(node, ast.Assert)]
    tests = {ast.unparse(node.test) for node in asserts}

    assert [test for test in tests if " is not None" not in test and not test.startswith("isinstance(")] == []
