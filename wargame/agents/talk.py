"""The talk of a turn when every seat is an agent's."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from wargame.agents.base import Agent, Chair
from wargame.rules.kernel import Kernel
from wargame.rules.orders import Act, Answer, Offer, Promise, Say
from wargame.rules.position import Position

Chairs = Mapping[str, Chair]


def chairs_at(kernel: Kernel, position: Position, roles: Iterable[str]) -> dict[str, Chair]:
    """A chair for each of *roles*, at which no reasons are asked for."""
    return {role: Chair(kernel, position, role, explains=False) for role in roles}


def go_round(
    agents: Mapping[str, Agent], chair: Callable[[str], Chair], say: Callable[[str, Act], None]
) -> None:
    """
    Lets every agent talk, all from the same position; if anything was offered, once more for answers.

    *chair* gives a role's chair as things stand, *say* carries out what it says.
    """
    said = [(role, act) for role, agent in agents.items() for act in agent.talk(chair(role))]
    for number, (role, act) in enumerate(said):
        # What another has just said may have settled it: of two who offer the same, the first has offered.
        if number == 0 or isinstance(act, Say) or act in chair(role).acts():
            say(role, act)
    if any(isinstance(act, Offer) for _, act in said):
        for role, agent in agents.items():
            for act in agent.talk(chair(role)) if chair(role).is_asked else ():
                if isinstance(act, Answer):
                    say(role, act)


def talk_round(kernel: Kernel, position: Position, agents: Mapping[str, Agent]) -> tuple[Position, Chairs]:
    """The position after every agent offered, promised and answered, and everybody's chair there."""
    at = position
    chairs = chairs_at(kernel, position, agents)
    if not (kernel.plan.agreements or kernel.plan.promises):
        return at, chairs

    def say(role: str, act: Act) -> None:
        nonlocal at, chairs
        if not isinstance(act, Say):
            at = kernel.talk(at, role, act)
            deal = act.promise if isinstance(act, Promise) else act.agreement
            chairs = {each: chair.after(at, deal) for each, chair in chairs.items()}

    go_round(agents, lambda role: chairs[role], say)
    return at, chairs
