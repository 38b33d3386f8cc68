"""The small scenario that most tests of the rules play, written as an author would write it."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from wargame.rules import Kernel
from wargame.scenario.book import check
from wargame.scenario.library import load_bundle

HARBOUR = Path(__file__).with_name("harbour.toml").read_text(encoding="utf-8")


@cache
def kernel(text: str = HARBOUR) -> Kernel:
    """The kernel of a scenario in one file."""
    return Kernel(check(load_bundle({"scenario.toml": text})))
