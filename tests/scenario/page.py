"""
Takes the files of the tutorial out of docs/authoring.md, where each stands in fences under its name.

    python -m tests.scenario.page      writes scenarios/tutorial anew from the page
"""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "authoring.md"
TUTORIAL = ROOT / "scenarios" / "tutorial"
_FENCE = re.compile(r"^\*([a-z_/]+\.(?:toml|md))\*\n\n```(?:toml|md)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def files_on_page() -> dict[str, str]:
    """Every file of the tutorial by name; the parts of one follow each other after a blank line."""
    found: dict[str, list[str]] = {}
    for name, text in _FENCE.findall(PAGE.read_text(encoding="utf-8")):
        found.setdefault(name, []).append(text)
    return {name: "\n".join(parts) for name, parts in found.items()}


def main() -> None:
    """Write the files of the page into the tutorial's folder."""
    for name, text in files_on_page().items():
        path = TUTORIAL / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
