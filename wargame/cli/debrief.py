"""`wargame debrief`: what happened in a game, why, and how much of it was luck."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click
from attrs import frozen

from wargame.cli import exits
from wargame.cli.room import need_room
from wargame.cli.saves import SavePath
from wargame.cli.workers import progress
from wargame.text import visible_text

if TYPE_CHECKING:
    from wargame.debrief.record import Record
    from wargame.lab.table import Table


@click.command()
@click.argument("saves", metavar="SAVE...", nargs=-1, required=True, type=SavePath(path_type=Path))
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
@click.option(
    "--guide",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write the page of who leads the debrief here, as HTML: minutes, questions, what to listen for.",
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
    saves: tuple[Path, ...],
    games: int,
    report: Path | None,
    page: Path | None,
    folder: Path | None,
    guide: Path | None,
    anonymous: bool,
    control: bool,
    turn: int | None,
    role: str | None,
    screen: bool | None,
) -> int:
    """
    Look back on the game in SAVE, or on several tables that played the same scenario.

    Turn by turn what was true, ordered and told; what orders and dice gave each seat; turning points; who
    knew what; promises against deeds; the game beside history; questions for the room. It is printed as
    Markdown, or written to files. Saves are only read.
    """
    if screen or turn is not None or role is not None:
        if any(each is not None for each in (report, page, folder, guide)) or len(saves) > 1:
            raise click.UsageError(
                "-o, --md, --csv and --guide write the whole game; leave out --turn, --as and --screen"
                if len(saves) == 1
                else "the screen looks back on one game; name one"
            )
        if anonymous:
            raise click.UsageError(
                "--anonymous is for reports and tables; the screen shows a game as its chairs saw it"
            )
        show = _on_screen if screen is not False else _in_print
        return show(saves[0], turn, role and role.lower(), control, games)
    wanted = _Wanted(report, page, folder, guide, anonymous, control)
    need_room([path for path in (report, page, guide) if path is not None], saves)
    over = {path for path in (report, page, guide) if path is not None and path.exists()}
    written = list(_one(saves[0], games, wanted) if len(saves) == 1 else _several(saves, wanted))
    if written:
        named = (f"{visible_text(str(path))}{' (written over)' if path in over else ''}" for path in written)
        click.echo(f"written: {', '.join(named)}")
    return exits.DONE


@frozen
class _Wanted:
    """What is to be written of games, and how."""

    report: Path | None
    page: Path | None
    folder: Path | None
    guide: Path | None
    anonymous: bool
    control: bool

    @property
    def is_nothing(self) -> bool:
        """Whether it is to be printed."""
        return all(each is None for each in (self.report, self.page, self.folder, self.guide))


def _tell_damage(record: Record) -> None:
    if record.verdict.kind != "clean":
        click.echo(f"wargame: of the save: {visible_text(str(record.verdict))}", err=True)


def _need_open(record: Record, wanted: _Wanted) -> None:
    """Says what is amiss with a save, and leaves a game to its players while it goes on."""
    _tell_damage(record)
    if record.is_over or not record.has_persons or wanted.control:
        return
    if record.verdict.can_continue:
        raise click.UsageError("this game goes on, and a debrief opens its secrets; --control if you lead it")
    raise click.UsageError(
        "what can be read of this save does not come to the game's end, so it may still go on; "
        "--control opens it all the same, if you lead it"
    )


def _one(save: Path, games: int, wanted: _Wanted) -> Iterator[Path]:
    """Writes what was asked for of one game; the files."""
    from wargame.debrief.page import Names, parts, title_of, written
    from wargame.debrief.parts.leading import leading
    from wargame.debrief.record import open_record
    from wargame.debrief.report import filled
    from wargame.debrief.sheets import sheets
    from wargame.debrief.whole import look_back, steps_of

    record, names = open_record(save), Names(wanted.anonymous)
    _need_open(record, wanted)
    with progress(steps_of(record), "looking back") as tell:
        found = look_back(record, games, told=tell)
    title, about = title_of(found), record.kernel.scenario.about
    shown = parts(found, names)
    if wanted.is_nothing:
        click.echo(written(title, shown), nl=False)
    if wanted.report is not None:
        yield _put(wanted.report, filled(title, about, shown))
    if wanted.page is not None:
        yield _put(wanted.page, written(title, shown))
    if wanted.guide is not None:
        yield _put(wanted.guide, filled(f"{title}: for whoever leads", about, [leading(found, names)]))
    if wanted.folder is not None:
        yield from _put_tables(wanted.folder, sheets(found, names))


def _several(saves: tuple[Path, ...], wanted: _Wanted) -> Iterator[Path]:
    """Writes what was asked for of several tables of one class; the files."""
    from wargame.debrief.markdown import Names
    from wargame.debrief.page import written
    from wargame.debrief.parts.leading import side_by_side
    from wargame.debrief.report import filled
    from wargame.debrief.sheets import side_by_side_sheet
    from wargame.debrief.tables import open_tables

    if wanted.guide is not None:
        raise click.UsageError("--guide is written of one game; name one")
    tables, names = open_tables(saves), Names(wanted.anonymous)
    for each in tables.sittings:
        _need_open(each.record, wanted)
    for name, why in tables.lost:
        click.echo(f"wargame: {visible_text(name)} is left out: {visible_text(why)}", err=True)
    scenario = tables.sittings[0].record.kernel.scenario
    title, shown = f"{scenario.title}: {len(tables.sittings)} tables", [side_by_side(tables, names)]
    if wanted.is_nothing:
        click.echo(written(title, shown), nl=False)
    if wanted.report is not None:
        yield _put(wanted.report, filled(title, scenario.about, shown))
    if wanted.page is not None:
        yield _put(wanted.page, written(title, shown))
    if wanted.folder is not None:
        yield from _put_tables(wanted.folder, [side_by_side_sheet(tables, names)])


def _put(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8", newline="\n")
    return path


def _put_tables(folder: Path, tables: Iterable[Table]) -> Iterator[Path]:
    from wargame.lab.table import as_csv

    folder.mkdir(parents=True, exist_ok=True)
    for table in tables:
        rows = [[column.name for column in table.columns], *table.rows]
        yield _put(folder / f"{table.name}.csv", as_csv(rows))


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
    _tell_damage(record)
    text = printed(record, turn, role, None, control=control)
    if any(id == "luck" for id, _ in tabs_for(record, control=control)):
        with progress(len(record.turns), "looking back") as tell:
            found = luck(record, games, go_on=continuations(record, games), told=lambda turn: tell(1))
        text = printed(record, turn, role, Progress(0, 0, games, found), control=control)
    click.echo(text, nl=False)
    return exits.DONE
