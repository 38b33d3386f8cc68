"""What roles aim at, what is hidden from them, and how a game can end."""

from __future__ import annotations

from attrs import frozen

__all__ = ["Agenda", "Ending", "Objective", "RedLine", "Truth"]


@frozen
class Objective:
    """One thing a role is scored by."""

    id: str
    title: str
    weight: int
    value: str
    """An expression; cut to 0..100."""

    about: str = ""
    source: str = ""


@frozen
class RedLine:
    """A line that costs points once it is crossed at the end of a turn."""

    id: str
    title: str
    when: str
    penalty: int
    about: str = ""
    source: str = ""


@frozen
class Agenda:
    """A secret aim; every role with agendas is dealt one by the seed."""

    id: str
    title: str
    when: str
    points: int
    about: str = ""
    source: str = ""


@frozen
class Truth:
    """One of the hidden truths, of which the seed deals one."""

    id: str
    title: str
    weight: int = 1
    about: str = ""
    source: str = ""


@frozen
class Ending:
    """A way the game can end."""

    id: str
    title: str
    when: str | None = None
    """None for the last ending, which holds when no other does."""

    early: bool = False
    """Whether it is tested at the end of every turn, or of the last one only."""

    about: str = ""
    source: str = ""
