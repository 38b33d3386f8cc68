"""Cards of what can be chosen for a new game: scenarios, roles, who plays them, lengths."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wargame.tui.lines import ACCENT, HEAD, QUIET, STRONG, Line, line, quiet, unwrapped

if TYPE_CHECKING:
    from wargame.scenario.model import Scenario

ALWAYS = {
    "planner:easy": "plays each idea on in imagined games before it decides; answers at once",
    "planner:medium": "the same, thinking longer: a second or so for every turn",
    "planner:hard": "the same, thinking longest: some seconds for every turn",
    "random": "any legal order, at random",
    "historical": "what was done in history, where it is legal",
    "person": "somebody else at this machine, behind a curtain",
}
TURN = 5
"""Minutes a person takes over a turn, roughly: the lesson of a class is planned with no less."""


def scenario_card(scenario: Scenario) -> list[Line]:
    """What a scenario is about, how long and how hard it is, who plays, and what it teaches."""
    rows = [line((scenario.title, HEAD)), line(unwrapped(scenario.about)), line("")]
    rows += [_fact("Length", lengths(scenario))]
    rows += [_fact("Roles", ", ".join(role.title for role in scenario.roles.values() if role.playable))]
    rows += [_fact("Difficulty", scenario.difficulty)] if scenario.difficulty else []
    rows += [_fact("Teaches", unwrapped(scenario.teaches))] if scenario.teaches else []
    return rows


def lengths(scenario: Scenario) -> str:
    """Each length with its turns and the time one person needs for them."""
    return "; ".join(
        f"{name} {len(turns)} turns, about {len(turns) * TURN} minutes"
        for name, turns in scenario.lengths.items()
    )


def role_card(scenario: Scenario, id: str) -> list[Line]:
    """Who a role is, what it wants, how hard it is and how much it may do."""
    role = scenario.roles[id]
    rows = [line((role.title, HEAD)), line(unwrapped(role.about)), line("")]
    goals = scenario.objectives.get(id, {})
    rows += [_fact("Wants", "; ".join(goal.title for goal in goals.values()))] if goals else []
    lines = scenario.red_lines.get(id, {})
    rows += [_fact("Red lines", "; ".join(each.title for each in lines.values()))] if lines else []
    rows += [_fact("Difficulty", role.difficulty)] if role.difficulty else []
    return [*rows, _fact("Orders", f"at most {role.orders} a turn")]


def player_card(scenario: Scenario, role: str, player: str) -> list[Line]:
    """Who plays another role, and in what temper."""
    doctrine = scenario.doctrines.get(role, {}).get(player)
    title = doctrine.title if doctrine is not None else player
    about = unwrapped(doctrine.about) if doctrine is not None else ALWAYS.get(player, "")
    return [
        line((scenario.roles[role].title, HEAD), f", played by: {title}"),
        line(unwrapped(scenario.roles[role].about)),
        line(""),
        line(("Temperament  ", STRONG), about),
        quiet("It decides from what its role may know, and from nothing else."),
    ]


def chosen(scenario: Scenario) -> Line:
    """A scenario in a list: its name, how hard it is, and what it is about."""
    hard = f" ({scenario.difficulty})" if scenario.difficulty else ""
    return line(
        (scenario.title, STRONG),
        (hard, ACCENT),
        f". {lengths(scenario)}. ",
        (unwrapped(scenario.teaches or scenario.about), QUIET),
    )


def _fact(name: str, words: str) -> Line:
    return line((f"{name:<13}", STRONG), words)
