"""`wargame whatif`: asks the model what would have come of other orders in history."""

from __future__ import annotations

import click

from wargame.cli import exits
from wargame.cli.lab import JOBS, SEED
from wargame.cli.scenarios import as_json
from wargame.cli.tables import show_json
from wargame.cli.workers import progress


@click.command()
@click.argument("scenario", default="kazakhstan-2022")
@click.argument("questions", nargs=-1)
@click.option("--all", "every", is_flag=True, help="Ask every question.")
@click.option(
    "--games", type=click.IntRange(2, 1_000_000), default=400, show_default=True, help="Games for each."
)
@click.option("--seed", type=SEED, default=1, show_default=True, help="The first seed; the next counts up.")
@JOBS
@as_json
def whatif(
    scenario: str,
    questions: tuple[str, ...],
    every: bool,
    games: int,
    seed: int,
    jobs: int | None,
    as_json: bool,
) -> int:
    """
    Ask QUESTIONS of the model of SCENARIO.

    Everybody gives the orders of the historical record; in a question some are changed, and both lines are
    played over the same dice. Without QUESTIONS those the scenario has are listed.
    """
    from wargame.debrief import prepared, sources
    from wargame.lab.batch import cores
    from wargame.session.kernels import kernel_for, load

    kernel = kernel_for(load(scenario))
    known = kernel.scenario.history.what_ifs if kernel.scenario.history else ()
    chosen = known if every else tuple(prepared.question_of(kernel.scenario, id) for id in questions)
    if not chosen:
        _list(kernel.scenario.id, [(each.id, each.question) for each in known], as_json)
        return exits.DONE
    with progress((len(chosen) + 1) * games, "asking the model") as tell:
        answers = prepared.ask(kernel, chosen, games, seed=seed, jobs=jobs or cores(), told=tell)
    if as_json:
        show_json([prepared.as_data(each) for each in answers])
        return exits.DONE
    for answer in answers:
        click.echo(f"{answer.question.question}")
        for sentence in (answer.question.about, *prepared.in_words(kernel.scenario, answer)):
            if sentence:
                click.echo(f"  {sentence}")
        click.echo(f"  ({answer.question.id}; sources {answer.question.source or 'none'})\n")
    keys = [key for answer in answers for key in sources.named(answer.question.source)]
    for key, text in sources.sources_of(kernel.scenario, keys):
        click.echo(f"{key}: {text}")
    click.echo(prepared.CAUTION.format(games=games))
    return exits.DONE


def _list(scenario: str, known: list[tuple[str, str]], as_json: bool) -> None:
    if as_json:
        show_json([{"id": id, "question": question} for id, question in known])
        return
    if not known:
        click.echo(f"{scenario} asks no questions of its model.")
        return
    wide = max(len(id) for id, _ in known)
    for id, question in known:
        click.echo(f"{id:{wide}}  {question}")
    click.echo(f"\nwargame whatif {scenario} {known[0][0]} asks one of them, --all every one.")
