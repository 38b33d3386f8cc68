"""Commands about saved games: list them, verify them, print a turn."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import click

from wargame.cli import exits
from wargame.cli.scenarios import as_json
from wargame.cli.tables import show_json, table
from wargame.text import visible_text


class SavePath(click.Path):
    """A save by its path, or by its name in the folder of saves, with or without the ending."""

    def convert(
        self, value: str | os.PathLike[str], param: click.Parameter | None, ctx: click.Context | None
    ) -> Any:
        given = Path(os.fsdecode(value))
        if given.parent == Path() and not given.exists():
            from wargame.session.saves import SUFFIX, folder

            for name in (given.name, f"{given.name}{SUFFIX}"):
                if name and (folder() / name).is_file():
                    value = folder() / name
        return super().convert(value, param, ctx)


SAVE = SavePath(exists=True, dir_okay=False, path_type=Path)


@click.command()
@as_json
@click.option(
    "--folder", type=click.Path(exists=True, file_okay=False, path_type=Path), help="Another folder of saves."
)
def saves(as_json: bool, folder: Path | None) -> int:
    """List the saved games with date, scenario, role, turn and verdict."""
    from wargame.session import saves as folder_of_saves

    where = folder_of_saves.folder() if folder is None else folder
    listed = folder_of_saves.families(folder_of_saves.listing(where))
    names = {each.session: each.path.name for _, each in reversed(listed) if each.session}
    rows = [
        {
            "save": str(each.path),
            "date": each.date,
            "scenario": each.scenario,
            "role": each.role,
            "turn": each.turn,
            "ending": each.ending,
            "verdict": each.verdict,
            "branch_of": names.get(each.parent, "a game not here") if each.parent else None,
            "left_turn": each.left,
        }
        for _, each in listed
    ]
    if as_json:
        show_json({"folder": str(where), "saves": rows})
    elif not rows:
        click.echo(f"no saved games in {where}")
    else:
        cells = [[Path(str(row["save"])).name, *list(row.values())[1:]] for row in rows]
        shown = [["" if cell is None else visible_text(str(cell)) for cell in row] for row in cells]
        click.echo(
            table(
                (
                    "save",
                    "date",
                    "scenario",
                    "role",
                    "turn",
                    "ending",
                    "verdict",
                    "branch of",
                    "left at turn",
                ),
                shown,
            )
        )
        click.echo(f"in {where}")
    return exits.DONE


@click.command()
@click.argument("files", metavar="SAVE...", nargs=-1, required=True, type=SAVE)
@as_json
def verify(files: tuple[Path, ...], as_json: bool) -> int:
    """
    Play saves through again and give the verdict on each.

    Exits 0 clean, 3 torn (play can go on), 4 damaged, 5 made by a newer version, 6 rules differ; with several
    saves, the highest of their codes.
    """
    from wargame.session.replay import verify as verdict_on

    verdicts = [(path, verdict_on(path)) for path in files]
    if as_json:
        show_json(
            [
                {"save": str(path), "verdict": each.kind, "entry": each.entry, "detail": each.detail}
                for path, each in verdicts
            ]
        )
    else:
        for path, each in verdicts:
            click.echo(f"{path}: {each}")
    return max(each.exit_code for _, each in verdicts)


@click.command()
@click.argument("save", type=SAVE)
@click.option("--turn", type=click.IntRange(min=1), help="The turn, from 1; without it the last one.")
@click.option(
    "--as",
    "role",
    metavar="ROLE|control|public",
    help="Whose chair; without it the person's while the game goes on, else control's, who sees everything.",
)
def show(save: Path, turn: int | None, role: str | None) -> int:
    """Print a turn of a saved game as plain text."""
    from wargame.session.show import show as text_of

    if role == "public":
        from wargame.cli.control import public_text

        if turn is not None:
            raise click.UsageError("what everybody knows is printed of the last turn only; leave out --turn")
        click.echo(public_text(save))
        return exits.DONE
    click.echo(text_of(save, turn, role))
    return exits.DONE
