"""The command that looks for faults: fuzz."""

from __future__ import annotations

from pathlib import Path

import click

from wargame.cli import exits
from wargame.cli.lab import JOBS, SEED
from wargame.cli.scenarios import as_json
from wargame.cli.tables import show_json
from wargame.cli.workers import progress


@click.command()
@click.argument("scenario")
@click.option(
    "--games", type=click.IntRange(1, 10_000_000), default=200, show_default=True, help="How many games."
)
@click.option(
    "--seed", type=SEED, default=1, show_default=True, help="Seed of the first game; the next counts up."
)
@click.option(
    "-o",
    "--output",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path(),
    help="Where the saves of games with a fault go; the current folder, if not given.",
)
@JOBS
@as_json
def fuzz(scenario: str, games: int, seed: int, folder: Path, jobs: int | None, as_json: bool) -> int:
    """
    Play SCENARIO at random and look for faults.

    Every turn of every game is held against what must be: values in their ranges, no legal order refused,
    views that depend on nothing secret, a game that ends in time, a save that plays through again. A game
    with a fault is saved, so that it can be looked at. The exit code is 1 if there is any.
    """
    from wargame.lab import fuzz as lab
    from wargame.lab.batch import cores
    from wargame.session.kernels import kernel_for, load

    kernel = kernel_for(load(scenario))
    lab.check_folder(folder)
    with progress(games, "playing") as tell:
        report = lab.fuzz(
            kernel,
            games=games,
            seed=seed,
            jobs=jobs or cores(),
            folder=folder,
            told=tell,
        )
    if as_json:
        show_json(lab.as_data(report))
    else:
        click.echo(lab.as_text(report))
    return exits.INPUT if report.faults else exits.DONE
