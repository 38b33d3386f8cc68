"""The debrief as one page of HTML that needs nothing but itself: no network, no script, good in print."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from wargame.debrief.page import Names, parts, title_of
from wargame.debrief.parts.part import Part
from wargame.debrief.whole import Debrief
from wargame.handouts.prose import as_html

__all__ = ["as_report", "filled"]

FOLDER = Path(__file__).parent / "templates"


def as_report(debrief: Debrief, names: Names | None = None) -> str:
    """The report of one game."""
    scenario = debrief.record.kernel.scenario
    return filled(title_of(debrief), scenario.about, parts(debrief, names))


def filled(title: str, about: str, shown: Sequence[Part]) -> str:
    """A page with these parts."""
    return _template().render(title=title, about=about, parts=shown)


@cache
def _template() -> Template:
    environment = Environment(
        loader=FileSystemLoader(FOLDER, encoding="utf-8"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["prose"] = lambda lines: as_html("\n".join(lines))
    return environment.get_template("report.html.jinja")
