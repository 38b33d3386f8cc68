"""The `wargame` command: its list of subcommands, and the one place that turns errors into exit codes."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from difflib import get_close_matches
from importlib import import_module
from itertools import takewhile

import click

from wargame.cli import exits

COMMANDS = {
    "play": ("wargame.cli.game", "Play a scenario against scripted roles."),
    "control": ("wargame.cli.control", "Lead a class: the facilitator's console over a game."),
    "check": ("wargame.cli.scenarios", "Check a scenario: everything wrong with it at once."),
    "lint": (
        "wargame.cli.scenarios",
        "Look for what is amiss in play: orders nobody gives, values nothing moves.",
    ),
    "scenarios": ("wargame.cli.scenarios", "List the scenarios that can be played."),
    "rules": ("wargame.cli.scenarios", "Print the rule book, with a scenario's tables behind it."),
    "saves": ("wargame.cli.saves", "List the saved games."),
    "verify": ("wargame.cli.saves", "Play saves through again and give the verdict on each."),
    "show": ("wargame.cli.saves", "Print a turn of a saved game as plain text."),
    "debrief": ("wargame.cli.debrief", "Look back on a game: why it went so, and how much of it was luck."),
    "advise": ("wargame.cli.advice", "Print what a role might consider in the turn a save stands at."),
    "handouts": ("wargame.cli.handouts", "Write print-ready pages for a class that plays on paper."),
    "settings": ("wargame.cli.settings", "Print your settings, or what is wrong with them."),
    "simulate": ("wargame.cli.lab", "Play many scripted games without a screen."),
    "fuzz": ("wargame.cli.fuzz", "Play a scenario at random and look for faults."),
    "tournament": ("wargame.cli.tournament", "Let players meet in every seat: who plays how well."),
    "lab": ("wargame.cli.laboratory", "Study a scenario with many games: tables, comparisons, balance."),
    "history": ("wargame.cli.lab", "Play the historical line over many seeds, beside its bands."),
    "whatif": ("wargame.cli.whatif", "Ask the model what would have come of other orders in history."),
    "framework": ("wargame.cli.lab", "Print the case table of the intervention framework."),
}


class Commands(click.Group):
    """A group whose commands are imported when they are run, not when they are listed."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module, _ = COMMANDS[cmd_name]
        command: click.Command = getattr(import_module(module), cmd_name)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            raise click.UsageError(unknown("command", args[0], list(COMMANDS)))
        name, command, rest = super().resolve_command(ctx, args)
        if command is not None:
            refuse_twice(command, rest)
        return name, command, rest

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in COMMANDS.items()])


def refuse_twice(command: click.Command, arguments: Sequence[str]) -> None:
    """An option is given once, unless it says otherwise: of two, nobody can say which was meant."""
    given = [argument.partition("=")[0] for argument in takewhile("--".__ne__, arguments)]
    options = [each for each in command.params if isinstance(each, click.Option)]
    for option in options:
        if not option.multiple and sum(given.count(name) for name in option.opts) > 1:
            raise click.UsageError(f"{option.opts[0]} is given twice; say it once")


def unknown(noun: str, name: str, known: Sequence[str]) -> str:
    """One sentence about a name that does not exist, with the nearest one that does."""
    near = get_close_matches(name, known, 1, 0.5)
    guess = f"did you mean '{near[0]}'?" if near else f"there are: {', '.join(known)}"
    return f"no {noun} '{name}'; {guess}"


def _print_version(ctx: click.Context, param: click.Parameter, value: bool) -> None:
    if value and not ctx.resilient_parsing:
        from wargame import __version__

        click.echo(f"wargame {__version__}")
        ctx.exit()


@click.command(
    cls=Commands,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_print_version,
    help="Print the version.",
)
@click.pass_context
def wargame(ctx: click.Context) -> None:
    """A crisis wargame for the terminal. Without a command it opens the start screen."""
    if ctx.invoked_subcommand is None:
        from wargame.cli.game import open_start_screen

        ctx.exit(open_start_screen())


def run(arguments: Sequence[str]) -> int:
    """Runs one command line and gives its exit code; no exception leaves it."""
    exits.prepare_streams()
    try:
        code = _invoke(arguments)
        if code == exits.DONE:
            sys.stdout.flush()
    except BrokenPipeError:
        # The reader went away (`| head`): nothing is wrong, and nothing more can be said.
        code = exits.PIPE
    except OSError as error:
        code = exits.explain(error)
    exits.drop_output()
    return code


def _invoke(arguments: Sequence[str]) -> int:
    try:
        result = wargame.main(args=list(arguments), prog_name="wargame", standalone_mode=False)
    except SystemExit:
        # Out of standalone mode click leaves so for one reason: the reader of what it prints went away.
        raise BrokenPipeError from None
    except Exception as error:
        return exits.explain(error)
    except KeyboardInterrupt:
        return exits.INTERRUPTED
    return result if isinstance(result, int) else exits.DONE
