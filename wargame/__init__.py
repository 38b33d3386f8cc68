"""A turn-based crisis wargame for the terminal: secret orders, explained adjudication, replayable saves."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from wargame.agents.driver import Table
    from wargame.errors import IllegalOrder, JournalError, ScenarioError, WargameError
    from wargame.lab.match import play
    from wargame.rules.kernel import Kernel
    from wargame.rules.orders import Order
    from wargame.scenario.book import check
    from wargame.scenario.library import shipped as scenarios
    from wargame.session.kernels import load
    from wargame.session.replay import verify
    from wargame.session.seat import Submission
    from wargame.session.session import Session

__version__ = "0.1.0"

__all__ = [
    "IllegalOrder",
    "JournalError",
    "Kernel",
    "Order",
    "ScenarioError",
    "Session",
    "Submission",
    "Table",
    "WargameError",
    "check",
    "load",
    "play",
    "scenarios",
    "verify",
]

_HOMES = {
    "IllegalOrder": "wargame.errors",
    "JournalError": "wargame.errors",
    "Kernel": "wargame.rules.kernel",
    "Order": "wargame.rules.orders",
    "ScenarioError": "wargame.errors",
    "Session": "wargame.session.session",
    "Submission": "wargame.session.seat",
    "Table": "wargame.agents.driver",
    "WargameError": "wargame.errors",
    "check": "wargame.scenario.book",
    "load": "wargame.session.kernels",
    "play": "wargame.lab.match",
    "scenarios": "wargame.scenario.library",
    "verify": "wargame.session.replay",
}


_CALLED_THERE = {"scenarios": "shipped"}


def __getattr__(name: str) -> Any:
    # Loaded when asked for, so that `wargame --version` and `import wargame` cost next to nothing.
    if name not in _HOMES:
        raise AttributeError(f"module 'wargame' has no attribute '{name}'")
    value = getattr(import_module(_HOMES[name]), _CALLED_THERE.get(name, name))
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
