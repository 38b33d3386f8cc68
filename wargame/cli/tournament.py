"""The command that compares players: tournament."""

from __future__ import annotations

import click

from wargame.cli import exits
from wargame.cli.lab import JOBS, SEED
from wargame.cli.scenarios import as_json
from wargame.cli.tables import show_json
from wargame.cli.workers import progress


@click.command()
@click.argument("scenario", default="kazakhstan-2022")
@click.option(
    "--games",
    type=click.IntRange(2, 100_000),
    default=20,
    show_default=True,
    help="How many games each player plays in each seat.",
)
@click.option(
    "--seed", type=SEED, default=1, show_default=True, help="Seed of the first game; the next counts up."
)
@click.option(
    "--player",
    "names",
    metavar="NAME",
    multiple=True,
    help="Who takes part: a doctrine, planner:easy, planner:medium, planner:hard, random or historical; may "
    "be repeated. Without it all doctrines, planner:easy and random.",
)
@click.option("--role", "roles", multiple=True, help="Which seats; may be repeated. Without it all.")
@click.option("--length", default="full", show_default=True, help="Which length of the scenario.")
@JOBS
@as_json
def tournament(
    scenario: str,
    games: int,
    seed: int,
    names: tuple[str, ...],
    roles: tuple[str, ...],
    length: str,
    jobs: int | None,
    as_json: bool,
) -> int:
    """
    Let players meet in every seat and print who plays how well.

    Each plays each role with the same dice against the first doctrines of the others. Prints the mean score
    with its 95 % interval and who beats whom.
    """
    from wargame.cli.app import unknown
    from wargame.lab import tournament as lab
    from wargame.lab.batch import cores
    from wargame.session.kernels import kernel_for, load

    loaded = load(scenario)
    for role in roles:
        if role not in loaded.roles:
            raise click.UsageError(unknown("role", role, list(loaded.roles)))
    if length not in loaded.lengths:
        raise click.UsageError(unknown("length", length, list(loaded.lengths)))
    kernel = kernel_for(loaded)
    found = {role: lab.entrants(kernel, role, names) for role in dict.fromkeys(roles or loaded.roles)}
    seats = {role: players for role, players in found.items() if players}
    if not seats:
        raise click.UsageError(
            f"none of {', '.join(names)} plays {', '.join(roles)}; choose another --player"
        )
    total = games * sum(len(each) for each in seats.values())
    with progress(total, "playing") as tell:
        table = lab.tournament(
            kernel, seats, games=games, seed=seed, length=length, jobs=jobs or cores(), progress=tell
        )
    if as_json:
        show_json(lab.as_data(table))
    else:
        click.echo(lab.as_text(table))
    return exits.DONE
