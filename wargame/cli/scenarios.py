"""Commands about scenarios: check them, look for what is amiss in play, list them, print their rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from wargame.cli import exits
from wargame.cli.tables import show_json, table
from wargame.text import visible_text

if TYPE_CHECKING:
    from wargame.errors import Problem
    from wargame.scenario.model import Scenario

as_json = click.option("--json", "as_json", is_flag=True, help="Print JSON for tools.")


@click.command()
@click.argument("scenario", metavar="PATH|NAME")
@as_json
def check(scenario: str, as_json: bool) -> int:
    """
    Check a scenario.

    Prints every fault with its file, key, line and remedy and exits 1, or prints one line of what the
    scenario holds and exits 0.
    """
    from wargame.errors import ScenarioError
    from wargame.scenario.library import load, summary

    try:
        loaded = load(scenario)
    except ScenarioError as error:
        if as_json:
            show_json(
                {"ok": False, "scenario": scenario, "problems": [_fields(each) for each in error.problems]}
            )
        else:
            click.echo(_faults(error.problems))
        return exits.INPUT
    if as_json:
        show_json(
            {
                "ok": True,
                "scenario": loaded.id,
                "title": loaded.title,
                "holds": _holds(loaded),
                "problems": [],
            }
        )
    else:
        click.echo(summary(loaded))
    return exits.DONE


def _faults(problems: tuple[Problem, ...]) -> str:
    from wargame.errors import listed
    from wargame.text import visible_text

    count = len(problems)
    lines = [visible_text(line) for line in listed(problems)]
    if count > 1 or problems[0].key:  # A scenario that is not there has no faults to count.
        lines.append(f"{'1 fault' if count == 1 else f'{count} faults'}: this scenario cannot be played")
    return "\n".join(lines)


def _fields(problem: Problem) -> dict[str, str | int | None]:
    return {
        "file": problem.file,
        "key": problem.key,
        "line": problem.line,
        "column": problem.column,
        "what": problem.what,
        "near": problem.near,
        "remedy": problem.remedy,
    }


def _holds(scenario: Scenario) -> dict[str, int]:
    """What the scenario holds, as counts by noun."""
    return {
        "turns": len(scenario.turns),
        "roles": len(scenario.roles),
        "places": len(scenario.places),
        "variables": len(scenario.variables),
        "derived": len(scenario.derived),
        "orders": len(scenario.orders),
        "procedures": len(scenario.procedures),
        "events": len(scenario.events),
        "agreements": len(scenario.agreements),
        "promises": len(scenario.promises),
        "objectives": sum(len(each) for each in scenario.objectives.values()),
        "doctrines": sum(len(each) for each in scenario.doctrines.values()),
        "endings": len(scenario.endings),
    }


BRIEFLY, AT_LENGTH = (60, 0), (400, 60)
"""Games, and what-ifs of each order, that `lint` plays."""


@click.command()
@click.argument("scenario", metavar="PATH|NAME")
@click.option("--long", is_flag=True, help="Weigh every order too, and print all figures; takes minutes.")
@click.option(
    "--jobs", type=click.IntRange(1, 256), default=None, help="How many cores to use; all, if not given."
)
@as_json
def lint(scenario: str, long: bool, jobs: int | None, as_json: bool) -> int:
    """
    Look for what is amiss in a scenario that can be played.

    Plays it a little and says what never happened: orders nobody could give, values nothing moved, events,
    deals and endings that never came. --long is `wargame lab balance`. Exits 1 if an order is dead or
    dominated, and as `check` does if the scenario has faults.
    """
    from wargame.cli.laboratory import measured
    from wargame.lab import balance_text
    from wargame.lab.findings import findings

    found = measured(scenario, AT_LENGTH if long else BRIEFLY, 1, "full", jobs)
    told = findings(found)
    if as_json:
        show_json(balance_text.as_data(found))
    elif long:
        click.echo(balance_text.as_text(found))
    else:
        click.echo(balance_text.in_brief(found))
        click.echo(f"'wargame lint {scenario} --long' weighs every order and takes minutes")
    return exits.INPUT if any(each.weight == "mend" for each in told) else exits.DONE


@click.command()
@as_json
def scenarios(as_json: bool) -> int:
    """List the scenarios shipped with the program and those in your own folder."""
    from wargame.scenario import library

    rows = [_summary(name) for name in [*library.shipped(), *library.own()]]
    if as_json:
        show_json(rows)
    else:
        cells = [(row["scenario"], row["turns"], row["roles"], row["title"]) for row in rows]
        click.echo(table(("scenario", "turns", "roles", "title"), cells, right=frozenset({1, 2})))
        click.echo(f"\nyour own: a folder each in {visible_text(str(library.user_root()))}")
    return exits.DONE


def _summary(name: str) -> dict[str, object]:
    """One row of the list; a scenario that cannot be read is listed with the reason."""
    from wargame.errors import ScenarioError
    from wargame.session.kernels import load

    try:
        scenario = load(name)
    except ScenarioError as error:
        fault = f"{len(error.problems)} faults; run 'wargame check {name}'"
        return {"scenario": name, "title": fault, "turns": 0, "roles": 0, "ok": False}
    return {
        "scenario": name,
        "title": scenario.title,
        "turns": len(scenario.turns),
        "roles": len(scenario.roles),
        "ok": True,
    }


@click.command()
@click.argument("scenario", required=False)
def rules(scenario: str | None) -> int:
    """Print the rule book; with SCENARIO, its tables as an appendix."""
    from wargame.lab.rulebook import appendix, rule_book

    tables = None
    if scenario is not None:
        from wargame.session.kernels import load

        tables = appendix(load(scenario))
    click.echo(rule_book())
    if tables is not None:
        click.echo(tables)
    return exits.DONE
