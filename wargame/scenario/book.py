"""The check of a scenario's rules: every rule text, checked together with all others, in one book."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from weakref import WeakKeyDictionary

from attrs import evolve, field, frozen

from wargame.errors import Problem, ScenarioError
from wargame.language.check import Checked
from wargame.language.scope import Scope
from wargame.scenario.layout import Layout
from wargame.scenario.model import Scenario
from wargame.scenario.tables import file_of
from wargame.scenario.texts import Examination, Words

__all__ = ["Book", "Words", "check", "examine", "remember"]


@frozen(eq=False)
class Book:
    """A scenario whose every rule text passed."""

    scenario: Scenario
    layout: Layout
    scope: Scope
    """The layout's, with the derived values."""

    texts: Mapping[str, Checked]
    """
    By dotted key, such as `orders.send_force.effects`, `orders.send_force.spend.capital`,
    `derived.trigger.value`, `procedures.spread.rules`, `events.quorum.percent`, `agreements.exit.each_turn`,
    `promises.calm.kept_when`, `objectives.mayor.calm.value`, `red_lines.mayor.dead.when`,
    `agendas.mayor.hawk.when`, `endings.deal.when`, `doctrines.mayor.firm.hard_when`,
    `doctrines.mayor.firm.lines.1.where` (lines are counted from 1), `doctrines.mayor.firm.accepts.exit` and
    `history.measures.ORDER`. A text the author left out has no entry.
    """

    words: Mapping[str, Words] = field(factory=dict)
    """The reasons of doctrine lines by dotted key, such as `doctrines.mayor.firm.lines.1.because`."""


_books: WeakKeyDictionary[Scenario, Book] = WeakKeyDictionary()


def check(scenario: Scenario) -> Book:
    """
    The book of *scenario*; asked for again, the same one.

    Raises:
        ScenarioError: If any rule text is at fault; it lists all the faults of all texts.
    """
    if scenario not in _books:
        book, problems = examine(scenario)
        if problems:
            raise ScenarioError(problems)
        _books[scenario] = book
    return _books[scenario]


def remember(book: Book) -> None:
    """Lets `check` give *book*, which was checked before, for its scenario."""
    _books[book.scenario] = book


def examine(scenario: Scenario, doubtful: frozenset[str] = frozenset()) -> tuple[Book, tuple[Problem, ...]]:
    """
    The book as far as it goes, and every fault of its rule texts.

    Names in *doubtful* could not be read properly: what is said about them has been said already, so faults
    of texts that use them are left out.
    """
    examination = Examination(scenario)
    examination.run()
    found = tuple(_placed(scenario, problem) for problem in examination.problems(doubtful))
    layout = examination.layout
    return Book(scenario, layout, examination.scope, examination.texts, examination.words), found


def _placed(scenario: Scenario, problem: Problem) -> Problem:
    """*problem* with the file its key was read from."""
    return evolve(problem, file=file_of(scenario.files, problem.key))


def main(arguments: list[str]) -> int:
    """Checks the scenario named in *arguments*: prints its faults (1) or a line of what it holds (0)."""
    from wargame.scenario.library import examined, summary

    if len(arguments) != 1:
        print("usage: python -m wargame.scenario.book PATH|NAME", file=sys.stderr)
        return 2
    scenario, faults = examined(arguments[0])
    for fault in faults:
        print(fault)
    if not faults and scenario is not None:
        print(summary(scenario))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
