"""The architecture, as tests: imports point down, and what must be light is light."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "wargame"

LAYERS = {
    "errors": 0,
    "text": 0,
    "settings": 1,
    "language": 1,
    "scenario": 2,
    "rules": 3,
    "session": 4,
    "agents": 5,
    "lab": 6,
    "handouts": 7,
    "debrief": 8,
    "tui": 9,
    "cli": 10,
    "__main__": 11,
}
MODULES = sorted(path for path in PACKAGE.rglob("*.py") if path != PACKAGE / "__init__.py")
FORBIDDEN = {
    "language": {"random", "time", "os", "cattrs", "logging", "textual"},
    "rules": {"random", "time", "os", "cattrs", "logging", "textual"},
    "scenario": {"random", "textual"},
    "session": {"textual"},
    "agents": {"random", "textual", "cattrs"},
    "lab": {"random", "textual", "cattrs"},
    "handouts": {"random", "textual", "cattrs"},
    "debrief": {"random", "textual", "cattrs"},
}


def layer_of(module: str) -> str:
    return module.split(".")[1] if "." in module else module


def imports(path: Path) -> Iterator[str]:
    """The modules a file imports, wherever in it, but not those only a type checker reads."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    skipped = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"
        for inner in ast.walk(node)
    }
    for node in ast.walk(tree):
        if id(node) in skipped:
            continue
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""


def names(path: Path) -> str:
    return str(path.relative_to(PACKAGE.parent))


@pytest.mark.parametrize("path", MODULES, ids=names)
def test_imports_point_down(path: Path) -> None:
    here = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
    too_high = [
        module
        for module in imports(path)
        if module.startswith("wargame.") and LAYERS[layer_of(module)] > LAYERS[here]
    ]

    assert too_high == []


@pytest.mark.parametrize("path", MODULES, ids=names)
def test_a_layer_imports_nothing_it_must_not(path: Path) -> None:
    here = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
    found = {module.split(".")[0] for module in imports(path)} & FORBIDDEN.get(here, set())

    assert found == set()


def loaded_by(code: str) -> set[str]:
    """The top-level modules in memory after *code* ran in a fresh interpreter."""
    program = f"{code}\nimport sys\nprint(' '.join({{name.split('.')[0] for name in sys.modules}}))"
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=PACKAGE.parent
    )
    return set(done.stdout.split())


def below_the_screens() -> list[str]:
    parts = [path.relative_to(PACKAGE.parent).with_suffix("").parts for path in MODULES]
    return [".".join(each).removesuffix(".__init__") for each in parts if each[1] not in ("tui", "__main__")]


def test_everything_below_the_screens_loads_without_textual() -> None:
    loaded = loaded_by("import " + ", ".join(below_the_screens()))

    assert "textual" not in loaded
    assert "rich" not in loaded


def test_the_rules_load_without_cattrs_or_random() -> None:
    rules = [name for name in below_the_screens() if name.startswith(("wargame.rules", "wargame.language"))]
    loaded = loaded_by("import " + ", ".join(rules))

    assert loaded & {"cattrs", "textual", "logging"} == set()


def test_asking_for_the_version_loads_neither_attrs_nor_click() -> None:
    code = "import sys; sys.argv = ['wargame', '--version']; from wargame.__main__ import main; main()"

    assert loaded_by(code) & {"attr", "attrs", "cattrs", "click", "textual"} == set()


def test_listing_the_commands_loads_no_rules() -> None:
    code = "import wargame.cli.app"

    assert loaded_by(code) & {"attr", "attrs", "cattrs", "textual"} == set()
