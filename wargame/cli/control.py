"""The command that opens control's console."""

from __future__ import annotations

from pathlib import Path

import click

from wargame.cli import exits
from wargame.cli.game import DEFAULT_SCENARIO, need_terminal
from wargame.cli.lab import SEED, seats
from wargame.text import visible_text

WIDTH = 96


@click.command()
@click.argument("game", metavar="[SAVE|SCENARIO]", required=False)
@click.option("--length", help="Which length of a new game: full, or one the scenario names.")
@click.option("--seed", type=SEED, help="What all dice of a new game come from; without it they are drawn.")
@click.option(
    "--seat", "pairs", metavar="ROLE=PLAYER", multiple=True, help="person, or a doctrine; else a person."
)
@click.option("--save", type=click.Path(path_type=Path), help="Where to keep a new game; a new file.")
@click.option("--plain", is_flag=True, help="Print what the console shows of a save, and open nothing.")
@click.option(
    "--minutes", type=click.Choice(["50", "100"]), default="50", help="Of the class whose script is printed."
)
def control(
    game: str | None,
    length: str | None,
    seed: int | None,
    pairs: tuple[str, ...],
    save: Path | None,
    plain: bool,
    minutes: str,
) -> int:
    """
    Lead a class: the facilitator's console over a new game, or over a save.

    Without an argument it is a new game of Kazakhstan, January 2022. A file is opened as a save;
    anything else is a scenario. Persons at this machine play all roles unless --seat says otherwise.
    With --plain the seats, orders, messages, values, events, record and script of a save are printed,
    every secret among them.
    """
    from wargame.cli.app import unknown
    from wargame.cli.terminal import run_app
    from wargame.session.kernels import load
    from wargame.tui.facilitator import ControlApp, led, new_class

    if plain:
        click.echo(_plain_text(game, int(minutes)))
        return exits.DONE
    need_terminal()
    if game is not None and Path(game).is_file():
        fresh = {"--length": length, "--seed": seed, "--seat": pairs or None, "--save": save}
        clash = [name for name, value in fresh.items() if value is not None]
        if clash:
            raise click.UsageError(f"a save goes on as it was set up; leave out {', '.join(clash)}")
        table = led(Path(game))
    else:
        scenario = load(game or DEFAULT_SCENARIO)
        if length is not None and length not in scenario.lengths:
            raise click.UsageError(unknown("length", length, list(scenario.lengths)))
        if save is not None and save.exists():
            raise click.UsageError(f"{save} exists already; choose another name, or open it: control {save}")
        chosen = seats(pairs, list(scenario.roles))
        table = new_class(
            game or DEFAULT_SCENARIO, length=length or "full", seed=seed, chosen=chosen, path=save
        )
    return run_app(ControlApp(table, next(iter(table.session.seats))))


def _plain_text(game: str | None, minutes: int) -> str:
    """What the console shows of the save *game*."""
    from wargame.session.session import Session
    from wargame.tui import twin

    if game is None or not Path(game).is_file():
        raise click.UsageError("--plain prints a save; name its file")
    with Session.open(Path(game), read_only=True) as session:
        return "\n".join(visible_text(row) for row in twin.plain(session, minutes).split("\n"))


def public_text(save: Path) -> str:
    """What everybody knows of the last turn of *save*, as the wall shows it."""
    from wargame.session.session import Session
    from wargame.tui import wall
    from wargame.tui.lines import words

    with Session.open(save, read_only=True) as session:
        known = session.public()
        rows = [wall.wall_heading(known), "", *words(wall.wall(known, WIDTH))]
    return "\n".join(row.rstrip() for row in rows)
