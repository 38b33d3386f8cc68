"""The command that writes print-ready pages for a class that plays on paper."""

from __future__ import annotations

from pathlib import Path

import click

from wargame.cli import exits
from wargame.cli.tables import table
from wargame.text import visible_text


@click.command()
@click.argument("scenario")
@click.option(
    "-o",
    "--output",
    "folder",
    type=click.Path(path_type=Path),
    help="The folder to write to; without it SCENARIO-handouts, here.",
)
@click.option(
    "--paper",
    type=click.Choice(["a4", "letter"], case_sensitive=False),
    default="a4",
    show_default=True,
    help="The size of paper.",
)
@click.option("--force", is_flag=True, help="Write over handouts that are there already.")
def handouts(scenario: str, folder: Path | None, paper: str, force: bool) -> int:
    """
    Write print-ready pages for a class that plays on paper.

    For each role a briefing, its orders, slips to fill in and a scorecard; the map; for the facilitator a
    script with minutes, cards to deal, record sheets and all tables. Open index.html first.
    """
    from wargame.handouts.folder import already_there, write
    from wargame.handouts.pages import pages_of
    from wargame.handouts.script import guide_text
    from wargame.scenario.book import check
    from wargame.session.kernels import load

    loaded = load(scenario)
    pages = pages_of(check(loaded), paper=paper.lower(), guide=guide_text(scenario))
    where = folder if folder is not None else Path(f"{loaded.id}-handouts")
    found = already_there(where, pages)
    if found is not None and not force:
        raise click.UsageError(
            f"{found} exists already; choose another folder, or write over it with --force"
        )
    write(where, pages)
    rows = [(page.name, page.title, page.reader, page.copies) for page in pages]
    click.echo(_listed(rows))
    click.echo(visible_text(f"in {where}"))
    return exits.DONE


def _listed(rows: list[tuple[str, str, str, str]]) -> str:
    """*rows* under their headings, nothing hidden in them."""
    shown = [[visible_text(cell) for cell in row] for row in rows]
    return table(("file", "title", "for", "print"), shown)
