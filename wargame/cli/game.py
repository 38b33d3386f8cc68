"""Commands that open a game for a person: the start screen and `play`."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from wargame.cli import exits
from wargame.cli.lab import SEED, seats

if TYPE_CHECKING:
    from wargame.agents.driver import Table

DEFAULT_SCENARIO = "kazakhstan-2022"
DEFAULT_ROLE = "tokayev"
PLAIN_START = """\
Plain lines are set. 'wargame play' begins a game, 'wargame play tutorial' teaches how to play,
'wargame saves' lists your games, 'wargame play --resume SAVE' goes on with one.
'wargame play --screen' opens a screen all the same; 'wargame settings --path' tells where this is set."""


def need_terminal(instead: str = "wargame play --plain") -> None:
    """
    Refuses a full screen where there is no terminal to draw on; *instead* is what works without one.

    Raises:
        click.UsageError: If a stream is no terminal, or the terminal cannot place text.
    """
    streams = (sys.stdin, sys.stdout, sys.stderr)
    if not all(stream is not None and stream.isatty() for stream in streams):
        raise click.UsageError(f"the screen needs a terminal; '{instead}' works without one")
    if os.environ.get("TERM", "") in ("", "dumb"):
        raise click.UsageError(f"this terminal cannot place text; use '{instead}', or set TERM")


def prefers_plain() -> bool:
    """Whether plain lines are set; what is wrong with the settings is then said, for want of a screen."""
    from wargame import settings

    found = settings.load()
    if found.settings.plain:
        for problem in found.problems:
            click.echo(f"wargame: {problem}", err=True)
    return found.settings.plain


def open_start_screen() -> int:
    """Opens the start screen; the exit code when it is left."""
    if prefers_plain():
        click.echo(PLAIN_START)
        return exits.DONE
    need_terminal()
    from wargame.cli.terminal import run_app
    from wargame.tui.app import WargameApp

    return run_app(WargameApp())


@click.command()
@click.argument("scenario", required=False)
@click.option(
    "--role",
    "roles",
    multiple=True,
    help="The role you play; without it the first that can be played, Tokayev in Kazakhstan. Given several "
    "times, or as 'all', several persons share this machine, with a curtain between their seats.",
)
@click.option("--seed", type=SEED, help="What all dice come from; without it they are drawn.")
@click.option("--length", help="Which length of the scenario: full, or one it names.")
@click.option(
    "--opponent",
    "opponents",
    metavar="ROLE=PLAYER",
    multiple=True,
    help="How another role plays: a doctrine, planner:easy, planner:medium, planner:hard, random, "
    "historical, or a program of yours as 'program:COMMAND' (docs/protocol.md).",
)
@click.option("--save", type=click.Path(path_type=Path), help="Where to keep the game; a new file.")
@click.option("--resume", type=click.Path(path_type=Path), help="Go on with this save.")
@click.option(
    "--plain/--screen", default=None, help="Plain lines of text, or a screen; usually as the settings say."
)
@click.option(
    "--programs",
    is_flag=True,
    help="With --resume: start the outside programs that the save names. A save alone starts none.",
)
@click.option("--no-curtains", is_flag=True, help="One person plays all the roles named by --role.")
def play(
    scenario: str | None,
    roles: tuple[str, ...],
    seed: int | None,
    length: str | None,
    opponents: tuple[str, ...],
    save: Path | None,
    resume: Path | None,
    plain: bool | None,
    programs: bool,
    no_curtains: bool,
) -> int:
    """
    Play a scenario against scripted roles, or with others at this machine.

    Without SCENARIO it is Kazakhstan, January 2022. The game is saved from its first turn.
    """
    fresh = {
        "SCENARIO": scenario,
        "--role": roles or None,
        "--seed": seed,
        "--length": length,
        "--opponent": opponents or None,
        "--save": save,
    }
    if resume is not None:
        clash = [name for name, value in fresh.items() if value is not None]
        if clash:
            raise click.UsageError(f"--resume goes on as the game was set up; leave out {', '.join(clash)}")
    if plain is None:
        plain = prefers_plain()
    if not plain:
        need_terminal()
    if resume is not None:
        table, played = resumed(resume, programs=programs)
    else:
        table, played = new_game(scenario or DEFAULT_SCENARIO, roles, seed, length or "full", opponents, save)
    if plain:
        return play_plain(table, played, curtains=not no_curtains)
    return play_on_screen(table, played, curtains=not no_curtains)


def new_game(
    scenario: str,
    roles: tuple[str, ...],
    seed: int | None,
    length: str,
    opponents: tuple[str, ...],
    save: Path | None,
) -> tuple[Table, str]:
    """The table of a new game, and the role the person plays, or the first of several."""
    from wargame.agents.driver import Table
    from wargame.agents.seating import seating
    from wargame.cli.app import unknown
    from wargame.session.kernels import load
    from wargame.session.session import Session

    loaded = load(scenario)
    playable = [id for id, each in loaded.roles.items() if each.playable]
    persons = _persons(roles, playable)
    if length not in loaded.lengths:
        raise click.UsageError(unknown("length", length, list(loaded.lengths)))
    chosen = seats(opponents, list(loaded.roles))
    for played in persons:
        if played in chosen:
            raise click.UsageError(
                f"you play {played} yourself; leave out --opponent {played}={chosen[played]}"
            )
    if save is not None and save.exists():
        raise click.UsageError(
            f"{save} exists already; choose another name, or go on with it by --resume {save}"
        )
    seated = seating(loaded, chosen, persons=persons)
    session = Session.create(loaded, seed=seed, length=length, seats=seated, path=save)
    return Table.of(session), persons[0]


def _persons(roles: tuple[str, ...], playable: list[str]) -> tuple[str, ...]:
    """The roles that persons play; each once, and only those that can be played."""
    from wargame.cli.app import unknown

    if not roles:
        return (DEFAULT_ROLE if DEFAULT_ROLE in playable else playable[0],)
    if roles == ("all",) and "all" not in playable:
        return tuple(playable)
    for number, role in enumerate(roles):
        if role not in playable:
            raise click.UsageError(unknown("role", role, playable))
        if role in roles[:number]:
            raise click.UsageError(f"--role {role} is given twice")
    return roles


def resumed(save: Path, *, programs: bool = False) -> tuple[Table, str]:
    """The table of a saved game, and the role the person plays in it; *programs* of the save are started."""
    from wargame.agents.driver import Table
    from wargame.agents.seating import allow_programs
    from wargame.errors import JournalError
    from wargame.session.session import Session

    session = Session.open(save)
    if session.read_only and not session.is_over:
        session.close()
        raise JournalError(f"{save}: {session.verdict}; 'wargame show {save}' prints what can be read")
    persons = [role for role, player in session.seats.items() if player == "person"]
    if not persons:
        session.close()
        raise JournalError(f"{save}: no person plays in this game; 'wargame show {save}' prints it")
    if programs:
        allow_programs(session.seats.values())
    return Table.of(session), persons[0]


def play_plain(table: Table, role: str, *, curtains: bool = True) -> int:
    """The game as lines of text on stdin and stdout."""
    from wargame.tui import hotseat, plain, plain_seats

    if len(hotseat.persons(table.session.seats)) > 1:
        plain_seats.run(table, curtains=curtains)
    else:
        plain.run(table, role)
    return exits.DONE


def play_on_screen(table: Table, role: str, *, curtains: bool = True) -> int:
    """The game on the screen."""
    from wargame.cli.terminal import run_app
    from wargame.tui.app import WargameApp

    return run_app(WargameApp(table, role, curtains=curtains))
