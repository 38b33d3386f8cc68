"""`wargame lab sweep`: which assumptions decide the outcome."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from wargame.cli import exits
from wargame.cli.lab import JOBS, SEED, seats
from wargame.cli.scenarios import as_json
from wargame.cli.tables import show_json
from wargame.cli.workers import CLUSTER, progress, workers
from wargame.text import visible_text

if TYPE_CHECKING:
    from wargame.lab.sweep import Sweep


@click.command()
@click.argument("scenario")
@click.option(
    "--method",
    type=click.Choice(["morris", "sobol"]),
    default="morris",
    show_default=True,
    help="Morris screens many assumptions; Sobol takes a few apart.",
)
@click.option(
    "--factor",
    "wanted",
    metavar="PATTERN",
    multiple=True,
    help="Vary only what has such an id, such as 'm1*'; constants, and how variables begin. May be repeated.",
)
@click.option("--starts", is_flag=True, help="Vary how the variables of the whole country begin, too.")
@click.option(
    "--samples",
    type=click.IntRange(2, 4096),
    help="Trajectories of Morris (10, if not given), or the base of Sobol (a power of 2; 64, if not given).",
)
@click.option(
    "--games", type=click.IntRange(1, 10_000), default=20, show_default=True, help="Games of each setting."
)
@click.option(
    "--agent", "pairs", metavar="ROLE=NAME", multiple=True, help="Who plays a role. May be repeated."
)
@click.option(
    "--seed", type=SEED, default=1, show_default=True, help="Seed of the first game, and of the design."
)
@click.option("--length", default="full", show_default=True, help="Which length of the scenario.")
@JOBS
@click.option(
    "-o", "folder", metavar="DIR", type=click.Path(path_type=Path), help="Write sweep.csv and sweep.svg here."
)
@CLUSTER
@as_json
def sweep(
    scenario: str,
    method: str,
    wanted: tuple[str, ...],
    starts: bool,
    samples: int | None,
    games: int,
    pairs: tuple[str, ...],
    seed: int,
    length: str,
    jobs: int | None,
    folder: Path | None,
    address: str | None,
    as_json: bool,
) -> int:
    """
    Find out which assumptions decide the outcome.

    Every constant goes over the range its author gave it; all settings are played with the same seeds. With
    the extra `native` the games are played in machine code.
    """
    from wargame.lab import sweep as lab
    from wargame.lab import sweep_text
    from wargame.lab.factors import factors
    from wargame.session.kernels import kernel_for, load

    loaded = load(scenario)
    kernel, agents = kernel_for(loaded), seats(pairs, list(loaded.roles))
    found = factors(kernel, wanted, starts=starts)
    how: lab.Method = "morris" if method == "morris" else "sobol"
    count = samples or (10 if how == "morris" else 64)
    if how == "sobol" and count & (count - 1):
        raise click.UsageError(f"--samples {count} is no power of 2, which Sobol's design needs")
    total = games * lab.settings(len(found), how, count)
    with workers(address, jobs) as (executor, many), progress(total, "sweeping") as tell:
        swept = lab.sweep(
            kernel,
            found,
            agents,
            method=how,
            samples=count,
            games=games,
            seed=seed,
            length=length,
            jobs=many,
            executor=executor,
            progress=tell,
        )
    if folder is not None:
        _write(folder, swept)
    if as_json:
        show_json(sweep_text.as_data(swept))
    else:
        click.echo(sweep_text.as_text(swept))
        if folder is not None:
            click.echo(f"written to {visible_text(str(folder))}: sweep.csv, sweep.svg")
    return exits.DONE


def _write(folder: Path, swept: Sweep) -> None:
    from wargame.lab import sweep_text
    from wargame.lab.table import as_csv

    folder.mkdir(parents=True, exist_ok=True)
    table = sweep_text.as_table(swept)
    rows = [[column.name for column in table.columns], *table.rows]
    (folder / "sweep.csv").write_text(as_csv(rows), encoding="utf-8", newline="\n")
    (folder / "sweep.svg").write_text(sweep_text.as_svg(swept), encoding="utf-8", newline="\n")
