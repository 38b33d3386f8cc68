"""`wargame lab`: runs with their tables, two runs compared, the balance of a scenario."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from wargame.cli import exits
from wargame.cli.lab import GAMES, JOBS, SEED, seats
from wargame.cli.scenarios import as_json
from wargame.cli.sweep import sweep
from wargame.cli.tables import show_json
from wargame.cli.workers import CLUSTER, progress, workers
from wargame.text import visible_text

if TYPE_CHECKING:
    from wargame.lab.balance import Balance
    from wargame.lab.compare import Comparison


class Parts(click.Group):
    """A group that treats a slip of the keyboard as the whole command line does."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        from wargame.cli.app import refuse_twice, unknown

        if args and args[0] not in self.commands and not args[0].startswith("-"):
            raise click.UsageError(unknown("command", args[0], list(self.commands)))
        name, command, rest = super().resolve_command(ctx, args)
        if command is not None:
            refuse_twice(command, rest)
        return name, command, rest


@click.group(cls=Parts)
def lab() -> None:
    """
    Study a scenario with many games.

    `run` keeps whole games as tables, `compare` sets two runs side by side, `balance` tells an author what to
    mend, `sweep` finds the assumptions that decide. docs/laboratory.md explains every column and figure.
    """


AGENTS = click.option(
    "--agent",
    "pairs",
    metavar="ROLE=NAME",
    multiple=True,
    help="Who plays a role: a doctrine, random, historical, or any (drawn for each game). May be repeated.",
)
LENGTH = click.option("--length", default="full", show_default=True, help="Which length of the scenario.")
FIRST = click.option(
    "--seed", type=SEED, default=1, show_default=True, help="Seed of the first game; the next counts up."
)


@lab.command()
@click.argument("scenario")
@AGENTS
@click.option("--games", type=GAMES, default=500, show_default=True, help="How many games.")
@FIRST
@LENGTH
@JOBS
@click.option(
    "-o",
    "folder",
    metavar="DIR",
    type=click.Path(path_type=Path),
    help="Keep the games here, as tables; the same command goes on where it was interrupted.",
)
@click.option(
    "--values",
    type=click.Choice(["all", "headline"]),
    default="all",
    show_default=True,
    help="Which values the table of turns holds.",
)
@CLUSTER
@as_json
def run(
    scenario: str,
    pairs: tuple[str, ...],
    games: int,
    seed: int,
    length: str,
    jobs: int | None,
    folder: Path | None,
    values: Literal["all", "headline"],
    address: str | None,
    as_json: bool,
) -> int:
    """
    Play many games and keep what happened.

    Writes the tables games, turns, orders and outcomes into DIR, as CSV and as Parquet, and prints endings
    and scores with 95 % intervals. Neither the number of cores nor an interruption changes a byte of them.
    """
    from wargame.lab import export, summary
    from wargame.lab.run import Stopped
    from wargame.lab.run import run as play
    from wargame.session.kernels import kernel_for, load

    loaded = load(scenario)
    chosen = seats(pairs, list(loaded.roles))
    try:
        with workers(address, jobs) as (executor, many), progress(games, "playing") as tell:
            found = play(
                kernel_for(loaded),
                chosen,
                games=games,
                seed=seed,
                length=length,
                values=values,
                folder=folder,
                jobs=many,
                executor=executor,
                progress=tell,
            )
        written = found.export() if folder is not None else []
    except Stopped as stopped:
        _say(_stopped(stopped, folder))
        return exits.INTERRUPTED
    if found.replayed:
        _say(f"{found.replayed} games were damaged on disk and have been played anew")
    about = summary.summarise(found)
    if as_json:
        show_json(summary.as_data(about))
        return exits.DONE
    click.echo(summary.as_text(about))
    if folder is None:
        click.echo("nothing was kept; -o DIR keeps the games as tables")
    else:
        names = ", ".join(path.name for path in written)
        click.echo(f"written to {visible_text(str(folder))}: {names}")
        if export.arrow() is None:
            click.echo(export.NO_PARQUET)
    return exits.DONE


def _stopped(stopped: BaseException, folder: Path | None) -> str:
    if folder is None:
        return f"{stopped}; nothing was kept, for no folder was named with -o"
    return f"{stopped}; what was done is kept. Go on with: {shlex.join(['wargame', *sys.argv[1:]])}"


def _say(line: str) -> None:
    click.echo(f"wargame: {visible_text(line)}", err=True)


@lab.command()
@click.argument("first", metavar="DIR|SCENARIO")
@click.argument("second", metavar="[DIR]", required=False)
@AGENTS
@click.option(
    "--with",
    "changed",
    metavar="ROLE=NAME",
    multiple=True,
    help="Who plays a role in the second run of SCENARIO; the other seats stay as they are.",
)
@click.option("--games", type=GAMES, default=500, show_default=True, help="How many games of SCENARIO.")
@FIRST
@LENGTH
@JOBS
@as_json
def compare(
    first: str,
    second: str | None,
    pairs: tuple[str, ...],
    changed: tuple[str, ...],
    games: int,
    seed: int,
    length: str,
    jobs: int | None,
    as_json: bool,
) -> int:
    """
    Set two runs side by side.

    Two folders of `wargame lab run`, paired by the seeds they share; or a SCENARIO, of which two runs with
    the same dice are played, the second --with other players. Prints the differences with 95 % intervals.
    """
    from wargame.lab import compare as lab

    if second is not None:
        if pairs or changed:
            raise click.UsageError("two folders are compared as they are; leave --agent and --with out")
        found = lab.compare_folders(Path(first), Path(second))
    else:
        found = _two_runs(first, (pairs, changed), games, seed, length, jobs)
    if as_json:
        show_json(lab.as_data(found))
    else:
        click.echo("\n".join(visible_text(line) for line in lab.as_text(found).splitlines()))
    return exits.DONE


def _two_runs(
    scenario: str,
    pairs: tuple[tuple[str, ...], tuple[str, ...]],
    games: int,
    seed: int,
    length: str,
    jobs: int | None,
) -> Comparison:
    from wargame.lab.batch import cores
    from wargame.lab.compare import compare
    from wargame.lab.run import run as play
    from wargame.session.kernels import kernel_for, load

    loaded = load(scenario)
    base, other = (seats(each, list(loaded.roles)) for each in pairs)
    if not other:
        raise click.UsageError("nothing differs; say with --with ROLE=NAME who plays in the second run")
    kernel = kernel_for(loaded)
    with progress(2 * games, "playing") as tell:
        runs = [
            play(kernel, chosen, games=games, seed=seed, length=length, jobs=jobs or cores(), progress=tell)
            for chosen in (base, base | other)
        ]
    names = [", ".join(f"{role}={name}" for role, name in run.settings.seats.items()) for run in runs]
    return compare(runs[0], runs[1], (names[0], names[1]))


@lab.command()
@click.argument("scenario")
@click.option("--games", type=GAMES, default=400, show_default=True, help="How many games.")
@click.option(
    "--what-ifs",
    "whatifs",
    type=click.IntRange(0, 10_000),
    default=60,
    show_default=True,
    help="How often each order is weighed, at most; 0 leaves that out.",
)
@FIRST
@LENGTH
@JOBS
@as_json
def balance(
    scenario: str, games: int, whatifs: int, seed: int, length: str, jobs: int | None, as_json: bool
) -> int:
    """
    Measure what a scenario does to its roles and with its orders.

    Says what its author should mend or look at: dead and dominated orders, values that nothing moves, events
    that never happen, a seat that is better than the others. All with numbers.
    """
    from wargame.lab import balance_text

    found = measured(scenario, (games, whatifs), seed, length, jobs)
    if as_json:
        show_json(balance_text.as_data(found))
    else:
        click.echo(balance_text.as_text(found))
    return exits.DONE


def measured(scenario: str, counts: tuple[int, int], seed: int, length: str, jobs: int | None) -> Balance:
    """The balance of *scenario* from so many games and what-ifs an order, with a bar while it is measured."""
    from wargame.lab.balance import balance
    from wargame.lab.batch import cores
    from wargame.session.kernels import kernel_for, load

    games, whatifs = counts
    loaded = load(scenario)
    # Few orders have fewer moments than asked for: the bar is right but for those.
    with progress(games + whatifs * len(loaded.orders), "measuring") as tell:
        return balance(
            kernel_for(loaded),
            games=games,
            whatifs=whatifs,
            seed=seed,
            length=length,
            jobs=jobs or cores(),
            progress=tell,
        )


lab.add_command(sweep)
