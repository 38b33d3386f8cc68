"""The command that prints what a person has set, and what is wrong with it."""

from __future__ import annotations

import click

from wargame.cli import exits


@click.command()
@click.option(
    "--path", "only_path", is_flag=True, help="Print where the settings are kept, and nothing else."
)
@click.option(
    "--check", is_flag=True, help="Print what is wrong with them, one line each; then the code is 1."
)
@click.option("--keys", is_flag=True, help="Print every action whose key can be changed, with its key.")
def settings(only_path: bool, check: bool, keys: bool) -> int:
    """
    Print the settings in force.

    They are changed on the screen 'Settings', or in the file itself. No file means that all have their usual
    value.
    """
    from wargame import settings as kept

    if sum((only_path, check, keys)) > 1:
        raise click.UsageError("--path, --check and --keys are three questions; ask one")
    if only_path:
        click.echo(kept.path())
        return exits.DONE
    from wargame.tui.keymap import checked, grouped

    found = kept.load()
    in_force, refused = checked(found.settings.keys, str(kept.path()))
    if keys:
        for action, now in grouped(in_force):
            click.echo(f"{action.id:<24}{now:<22}{action.words}")
        return exits.DONE
    problems = [*found.problems, *refused]
    if check:
        lines = [str(problem) for problem in problems] or ["Nothing is wrong with the settings."]
        click.echo("\n".join(lines))
        return exits.INPUT if problems else exits.DONE
    there = "" if found.text is not None or found.spoiled else ", which does not exist yet"
    click.echo(f"# {kept.path()}{there}")
    click.echo("\n".join(kept.listed(found.settings)))
    for problem in problems:
        click.echo(f"wargame: {problem}", err=True)
    return exits.DONE
