"""`wargame debrief`: what happened in a game, why, and how much of it was luck."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from wargame.cli import exits
from wargame.cli.workers import progress
from wargame.text import visible_text

if TYPE_CHECKING:
    from wargame.debrief.markdown import Names
    from wargame.debrief.whole import Debrief


@click.command()
@click.argument("save", type=click.Path(path_type=Path))
@click.option(
    "--games",
    type=click.IntRange(2, 100_000),
    default=400,
    show_default=True,
    help="Games played on from every position.",
)
@click.option(
    "-o",
    "--html",
    "report",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write a report here: one HTML file that needs nothing else, to read or to print.",
)
@click.option("--md", "page", type=click.Path(path_type=Path, dir_okay=False), help="The same as Markdown.")
@click.option(
    "--csv",
    "folder",
    metavar="DIR",
    type=click.Path(path_type=Path, file_okay=False),
    help="Write tables here, such as turns, orders, press, facts and outcomes.",
)
@click.option("--anonymous", is_flag=True, help="Leave out what people wrote.")
@click.option("--control", is_flag=True, help="Open a game that still goes on: you lead it.")
@click.option("--turn", type=click.IntRange(1), help="Open the screen at this turn, as the calendar counts.")
@click.option("--as", "role", metavar="ROLE", help="Open the screen from this role's chair, or control's.")
@click.option(
    "--screen/--no-screen",
    default=None,
    help="Look back on the screen, or print what it shows; the screen is usual with --turn or --as.",
)
def debrief(
    save: Path,
    games: int,
    report: Path | None,
    page: Path | None,
    folder: Path | None,
    anonymous: bool,
    control: bool,
    turn: int | None,
    role: str | None,
    screen: bool | None,
) -> int:
    """
    Look back on the game in SAVE.

    Turn by turn what was true, ordered and told; what orders and dice gave each seat; turning points; who
    knew what; promises against deeds. It is printed as Markdown, or written to a file. The save is only read.
    """
    if screen or turn is not None or role is not None:
        if any(each is not None for each in (report, page, folder)):
            raise click.UsageError(
                "-o, --md and --csv write the whole game; leave out --turn, --as and --screen"
            )
        show = _on_screen if screen is not False else _in_print
        return show(save, turn, role, control, games)

    from wargame.debrief.page import Names, as_markdown
    from wargame.debrief.record import open_record
    from wargame.debrief.whole import look_back, steps_of

    record = open_record(save)
    if not record.is_over and record.has_persons and not control:
        raise click.UsageError("this game goes on, and a debrief opens its secrets; --control if you lead it")
    with progress(steps_of(record), "looking back") as tell:
        found = look_back(record, games, told=tell)
    names = Names(anonymous)
    written = list(_written(found, names, report, page, folder))
    if written:
        click.echo(f"written: {', '.join(visible_text(str(path)) for path in written)}")
    else:
        click.echo(as_markdown(found, names), nl=False)
    return exits.DONE


def _written(
    found: Debrief, names: Names, report: Path | None, page: Path | None, folder: Path | None
) -> Iterator[Path]:
    """Writes what was asked for; the files."""
    from wargame.debrief.page import as_markdown
    from wargame.debrief.report import as_report
    from wargame.debrief.sheets import sheets
    from wargame.lab.table import as_csv

    if report is not None:
        report.write_text(as_report(found, names), encoding="utf-8", newline="\n")
        yield report
    if page is not None:
        page.write_text(as_markdown(found, names), encoding="utf-8", newline="\n")
        yield page
    if folder is not None:
        folder.mkdir(parents=True, exist_ok=True)
        for table in sheets(found.record, found.luck):
            path = folder / f"{table.name}.csv"
            rows = [[column.name for column in table.columns], *table.rows]
            path.write_text(as_csv(rows), encoding="utf-8", newline="\n")
            yield path


def _on_screen(save: Path, turn: int | None, role: str | None, control: bool, games: int) -> int:
    from wargame.cli.game import need_terminal
    from wargame.cli.terminal import run_app
    from wargame.tui.debrief.app import opened

    need_terminal("wargame debrief --no-screen")
    return run_app(opened(save, turn=turn, role=role, control=control, games=games))


def _in_print(save: Path, turn: int | None, role: str | None, control: bool, games: int) -> int:
    """Prints what the screen would show, one tab below the other."""
    from wargame.debrief.luck import continuations, luck
    from wargame.debrief.record import open_record
    from wargame.tui.debrief.pages import printed, tabs_for
    from wargame.tui.debrief.reckoning import Progress

    record = open_record(save)
    text = printed(record, turn, role, None, control=control)
    if any(id == "luck" for id, _ in tabs_for(record, control=control)):
        with progress(len(record.turns), "looking back") as tell:
            found = luck(record, games, go_on=continuations(record, games), told=lambda turn: tell(1))
        text = printed(record, turn, role, Progress(0, 0, games, found), control=control)
    click.echo(text, nl=False)
    return exits.DONE
