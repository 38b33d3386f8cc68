"""The command that asks what a role's temperaments would consider at a point of a saved game."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from wargame.cli import exits
from wargame.cli.saves import SAVE
from wargame.cli.scenarios import as_json
from wargame.cli.tables import show_json
from wargame.text import visible_text

if TYPE_CHECKING:
    from wargame.agents.adviser import Advice
    from wargame.session.session import Session


@click.command()
@click.argument("save", type=SAVE)
@click.option("--role", help="Whose adviser; without it the first role a person plays.")
@as_json
def advise(save: Path, role: str | None, as_json: bool) -> int:
    """
    Print what a role might consider in the turn a save stands at.

    Two or three orders it may give, each with the reason and the temperament that suggests it; nothing the
    role may not know goes into them.
    """
    from wargame.agents.driver import Table
    from wargame.errors import JournalError
    from wargame.session.session import Session

    with Session.open(save, read_only=True) as session:
        asked = role or next((id for id, player in session.seats.items() if player == "person"), None)
        if asked is None:
            raise click.UsageError("no person plays in this game; say --role whose adviser you mean")
        if asked not in session.scenario.roles:
            from wargame.cli.app import unknown

            raise click.UsageError(unknown("role", asked, list(session.scenario.roles)))
        if session.is_over:
            raise JournalError(f"{save}: the game is over; there is nothing to consider")
        found = Table.of(session).advise(asked)
        if as_json:
            show_json(_as_data(save, session, asked, found))
        else:
            for line in _as_text(session, asked, found):
                click.echo(visible_text(line))
    return exits.DONE


def _as_text(session: Session, role: str, found: tuple[Advice, ...]) -> list[str]:
    from wargame.rules.explain import describe_order

    scenario = session.scenario
    turn = scenario.turns[session.turn - 1]
    lines = [f"Turn {turn.number}: {turn.title}. {scenario.roles[role].title} might consider:"]
    for number, advice in enumerate(found, 1):
        price = _price(session, role, advice)
        words = describe_order(scenario, advice.order)
        lines += ["", f"{number}. {words}{f' (price: {price})' if price else ''}"]
        lines += [f"   {voice.title}: {voice.reason}" for voice in advice.voices]
    if not found:
        lines += ["", "Nothing: no temperament of this role would give an order now."]
    return lines


def _price(session: Session, role: str, advice: Advice) -> str:
    """What the order costs now, as the role's menu says it."""
    menu = session.kernel.menu(session.position, role)
    entry = next(entry for entry in menu if entry.id == advice.order.id)
    at = entry.candidates.index(advice.order)
    return ", ".join(f"{each.costs[at]} {each.title}" for each in entry.price if each.costs[at])


def _as_data(save: Path, session: Session, role: str, found: tuple[Advice, ...]) -> dict[str, object]:
    from wargame.rules.explain import describe_order

    return {
        "save": str(save),
        "scenario": session.scenario.id,
        "turn": session.turn,
        "role": role,
        "advice": [
            {
                "order": each.order.id,
                "place": each.order.place,
                "option": each.order.option,
                "words": describe_order(session.scenario, each.order),
                "price": _price(session, role, each),
                "voices": [
                    {"doctrine": voice.doctrine, "title": voice.title, "reason": voice.reason}
                    for voice in each.voices
                ],
            }
            for each in found
        ],
    }
