"""`wargame debrief`: what happened in a game, why, and how much of it was luck."""

from __future__ import annotations

from pathlib import Path

import click

from wargame.cli import exits
from wargame.cli.workers import progress
from wargame.text import visible_text


@click.command()
@click.argument("save", type=click.Path(path_type=Path))
@click.option(
    "--games",
    type=click.IntRange(2, 100_000),
    default=400,
    show_default=True,
    help="Games played on from every position.",
)
@click.option("--md", "page", type=click.Path(path_type=Path, dir_okay=False), help="Write the page here.")
@click.option(
    "--csv",
    "folder",
    metavar="DIR",
    type=click.Path(path_type=Path, file_okay=False),
    help="Write the tables luck, knowledge, deeds and orders here.",
)
@click.option("--anonymous", is_flag=True, help="Leave out what people wrote.")
@click.option("--control", is_flag=True, help="Open a game that still goes on: you lead it.")
def debrief(
    save: Path, games: int, page: Path | None, folder: Path | None, anonymous: bool, control: bool
) -> int:
    """
    Look back on the game in SAVE.

    Turn by turn what was true, ordered and told; what orders and dice gave each seat; turning points; who
    knew what; promises against deeds. It is printed as Markdown, or written to a file. The save is only read.
    """
    from wargame.debrief.luck import continuations, luck
    from wargame.debrief.page import Names, as_markdown
    from wargame.debrief.record import open_record
    from wargame.debrief.sheets import sheets
    from wargame.lab.table import as_csv

    record = open_record(save)
    if not record.is_over and record.has_persons and not control:
        raise click.UsageError("this game goes on, and a debrief opens its secrets; --control if you lead it")
    with progress(len(record.turns), "looking back") as tell:
        found = luck(record, games, go_on=continuations(record, games), told=lambda turn: tell(1))
    text = as_markdown(record, found, Names(anonymous))
    written: list[Path] = []
    if page is not None:
        page.write_text(text, encoding="utf-8", newline="\n")
        written.append(page)
    if folder is not None:
        folder.mkdir(parents=True, exist_ok=True)
        for table in sheets(record, found):
            path = folder / f"{table.name}.csv"
            rows = [[column.name for column in table.columns], *table.rows]
            path.write_text(as_csv(rows), encoding="utf-8", newline="\n")
            written.append(path)
    if written:
        click.echo(f"written: {', '.join(visible_text(str(path)) for path in written)}")
    else:
        click.echo(text, nl=False)
    return exits.DONE
