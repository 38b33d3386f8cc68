"""The few errors of the engine, named by what went wrong for a person."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import frozen

MOST_LISTED = 50
"""Faults shown at once: nobody reads more, and mending the first ones often mends the rest."""


@frozen
class Problem:
    """One fault in something an author wrote, with the place and the way out."""

    what: str
    """What is wrong, as a sentence without a full stop."""

    file: str = ""
    """The file it stands in; empty when the text came from no file."""

    key: str = ""
    """The dotted key, such as `orders.send_force.effects`."""

    line: int | None = None
    """The line inside the rule text, from 1."""

    column: int | None = None
    """The column inside that line, from 1."""

    near: str | None = None
    """The nearest name that exists."""

    remedy: str = ""
    """What to do about it."""

    def __str__(self) -> str:
        where = ": ".join(part for part in (self.file, self.key) if part)
        if self.line is not None:
            # The line counts inside the rule text, not in the file it stands in.
            spot = f"in the rule's line {self.line}"
            spot += "" if self.column is None else f", column {self.column}"
            where = f"{where}, {spot}" if where else spot
        guess = f" (did you mean '{self.near}'?)" if self.near else ""
        advice = f"; {self.remedy}" if self.remedy else ""
        return f"{where + ': ' if where else ''}{self.what}{guess}{advice}"


def listed(problems: Sequence[Problem]) -> list[str]:
    """*problems* as lines, and how many more there are than can be listed."""
    lines = [str(problem) for problem in problems[:MOST_LISTED]]
    more = len(problems) - len(lines)
    return [*lines, f"and {more} more"] if more else lines


class WargameError(Exception):
    """Base of all errors raised on purpose: catch this one at the edge."""


class ScenarioError(WargameError, ValueError):
    """A scenario cannot be used; `problems` lists every fault found."""

    def __init__(self, problems: tuple[Problem, ...] | list[Problem] | str) -> None:
        found = (Problem(problems),) if isinstance(problems, str) else tuple(problems)
        super().__init__("\n".join(listed(found)))
        self.problems: tuple[Problem, ...] = found


class IllegalOrder(WargameError, ValueError):
    """The order can be read, but this role may not give it now."""

    def __init__(self, message: str, why: str = "") -> None:
        super().__init__(message)
        self.why = why or message
        """The reason alone, for where it is clear whose order is meant."""


class AgentError(WargameError):
    """An agent failed, was late, or answered with something that is no order."""


class JournalError(WargameError):
    """A journal cannot be read, written or trusted."""


class JournalInUse(JournalError):
    """Another program, or another game in this one, is writing to the journal."""


class NotSaved(JournalError):
    """The disk did not take an entry: it was refused, and the game stands as it stood before."""
