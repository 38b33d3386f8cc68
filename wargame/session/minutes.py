"""What control decided, as sentences with the reasons."""

from __future__ import annotations

from collections.abc import Iterable

from wargame.scenario.model import Scenario
from wargame.session.entries import (
    AdviserSet,
    Argued,
    Branch,
    ClockSet,
    Injected,
    Released,
    Ruling,
    SeatChanged,
)

__all__ = ["Decision", "adviser_reason", "argument", "branched", "in_words"]

Decision = Ruling | Injected | Released | Argued | SeatChanged | ClockSet | AdviserSet

_CLOCK = {"start": "Clock started: {} left", "pause": "Clock stopped: {} left", "extend": "Clock: {} more"}


def in_words(scenario: Scenario, decision: Decision) -> str:
    """*decision* for those who may know everything."""
    return f"{_what(scenario, decision)}{_because(decision.reason)}"


def adviser_reason(decisions: Iterable[Decision]) -> str:
    """Why the adviser is as it is: the last reason control gave; empty if there is none."""
    return ([""] + [each.reason for each in decisions if isinstance(each, AdviserSet)])[-1]


def argument(scenario: Scenario, argued: Argued) -> str:
    """An argument and how it came out, as those who hear of it are told."""
    who = scenario.roles[argued.role].title
    reasons = "".join(
        f" {title}: {'; '.join(given)}."
        for title, given in (("For", argued.pros), ("Against", argued.cons))
        if given
    )
    outcome = "it succeeds" if argued.face < argued.percent else "it fails"
    return f"{who} argued: {argued.action}.{reasons} {argued.percent}%, rolled {argued.face}: {outcome}."


def branched(branch: Branch) -> str:
    """Where a save comes from."""
    return (
        f"Branched off game {branch.session[:8]} at the start of turn {branch.turn}{_because(branch.reason)}"
    )


def _what(scenario: Scenario, decision: Decision) -> str:
    match decision:
        case Ruling(what):
            return what
        case Injected(text, to, claim):
            kind = "Claim" if claim else "Report"
            return f"{kind} to {_roles(scenario, to)}: {text}"
        case Released(event):
            return f"Released '{scenario.events[event].title}'"
        case Argued():
            told = (
                ""
                if set(scenario.roles) <= set(decision.to)
                else f" Told to {_roles(scenario, decision.to)}."
            )
            return f"{argument(scenario, decision)}{told}"
        case SeatChanged(role, player):
            return f"{scenario.roles[role].title} is now played by {player}"
        case ClockSet(what, seconds):
            return _CLOCK[what].format(f"{seconds // 60}:{seconds % 60:02d}")
        case AdviserSet(allowed):
            return f"The adviser is turned {'on' if allowed else 'off'}"


def _roles(scenario: Scenario, roles: tuple[str, ...]) -> str:
    if set(scenario.roles) <= set(roles):
        return "everybody"
    return ", ".join(scenario.roles[role].title for role in roles)


def _because(reason: str) -> str:
    return f" (because: {reason})" if reason else ""
