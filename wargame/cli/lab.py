"""Commands for those who study a scenario: simulate, history, framework."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import click

from wargame.cli import exits
from wargame.cli.scenarios import as_json
from wargame.cli.tables import show_json

GAMES = click.IntRange(1, 1_000_000)
JOBS = click.option(
    "--jobs", type=click.IntRange(1, 256), default=None, help="How many cores to use; all, if not given."
)
SEED = click.IntRange(0, 2**53 - 1)


def seats(pairs: Sequence[str], roles: Sequence[str]) -> dict[str, str]:
    """The ROLE=DOCTRINE pairs of a command line as a mapping; each role once, and only roles there are."""
    from wargame.cli.app import unknown

    chosen: dict[str, str] = {}
    for pair in pairs:
        role, equals, doctrine = pair.partition("=")
        if not equals or not doctrine:
            raise click.UsageError(f"'{pair}' is not of the form ROLE=DOCTRINE")
        if role not in roles:
            raise click.UsageError(unknown("role", role, list(roles)))
        if role in chosen:
            raise click.UsageError(f"{role} is given a doctrine twice")
        chosen[role] = doctrine
    return chosen


@click.command()
@click.argument("scenario")
@click.option("--games", type=GAMES, default=500, show_default=True, help="How many games.")
@click.option(
    "--seed", type=SEED, default=1, show_default=True, help="Seed of the first game; the next counts up."
)
@click.option(
    "--role", "pairs", metavar="ROLE=DOCTRINE", multiple=True, help="How a role plays; may be repeated."
)
@click.option("--length", default="full", show_default=True, help="Which length of the scenario.")
@JOBS
@click.option(
    "--engine",
    type=click.Choice(["reference", "native"]),
    default="reference",
    show_default=True,
    help="What plays them: native is machine code, the same games faster; needs the extra 'native'.",
)
@as_json
def simulate(
    scenario: str,
    games: int,
    seed: int,
    pairs: tuple[str, ...],
    length: str,
    jobs: int | None,
    engine: Literal["reference", "native"],
    as_json: bool,
) -> int:
    """
    Play many scripted games without a screen.

    Prints how they ended, the scores by role and the games played a second. A doctrine is one of the
    scenario's, `planner:easy`, `planner:medium`, `planner:hard`, `random` or `historical`.
    """
    from wargame.lab import simulate as lab
    from wargame.lab.batch import cores
    from wargame.session.kernels import kernel_for, load

    loaded = load(scenario)
    kernel = kernel_for(loaded)
    chosen = lab.doctrines(kernel, seats(pairs, list(loaded.roles)))
    outcome = lab.simulate(
        kernel, chosen, games=games, seed=seed, length=length, jobs=jobs or cores(), engine=engine
    )
    if as_json:
        show_json(lab.as_data(outcome))
    else:
        click.echo(lab.as_text(outcome))
    return exits.DONE


@click.command()
@click.argument("scenario", default="kazakhstan-2022")
@click.option("--games", type=GAMES, default=1000, show_default=True, help="How many seeds.")
@click.option("--seed", type=SEED, default=1, show_default=True, help="The first seed; the next counts up.")
@JOBS
@as_json
def history(scenario: str, games: int, seed: int, jobs: int | None, as_json: bool) -> int:
    """
    Play the historical line over many seeds.

    Prints for every turn the median and the 10-90 % range of each measure beside its band.
    """
    from wargame.lab import history as lab
    from wargame.lab.batch import cores
    from wargame.session.kernels import kernel_for, load

    line = lab.play_history(kernel_for(load(scenario)), games=games, seed=seed, jobs=jobs or cores())
    if as_json:
        show_json(lab.as_data(line))
    else:
        click.echo(lab.as_text(line))
    return exits.DONE


@click.command()
@click.argument("scenario", default="kazakhstan-2022")
@as_json
def framework(scenario: str, as_json: bool) -> int:
    """
    Print the case table of the intervention framework.

    The rule's answer stands beside what Moscow did, with where the rule fails and why.
    """
    from wargame.lab import framework as lab

    cases = lab.cases(scenario)
    if as_json:
        show_json(lab.as_data(cases))
    else:
        click.echo(lab.as_text(cases))
    return exits.DONE
